/** What a judge says of one thing: it is as it must be, it is not, or nobody can tell, for a reason that is given. */
export type Outcome = "holds" | "broken" | "not judged";

/** Something that does not hold: broken at a place, or not judged for a reason. */
export interface Finding {
  readonly outcome: Exclude<Outcome, "holds">;
  /** `contract`: an output promises what is not so; `output`: it repeats a resource wrongly. */
  readonly kind: "error" | "refusal" | "path" | "tunnel" | "access" | "guard" | "contract" | "output";
  /** URN of the resource at fault; empty where it is the program or the stack as a whole. */
  readonly place: string;
  /** URNs of what else is concerned: the other end, what points at it. */
  readonly others: readonly string[];
  /** One sentence: what is wrong, and why it matters; or why it could not be judged. */
  readonly problem: string;
  /** One sentence: what to do. */
  readonly fix: string;
}

/** Of several: one that is broken decides, else one that was not judged. */
export function overall(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.includes("broken")) return "broken";
  return outcomes.includes("not judged") ? "not judged" : "holds";
}
