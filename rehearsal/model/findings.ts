/** Something that is not as it must be. */
export interface Finding {
  /** `contract`: an output promises what is not so; `output`: it repeats a resource wrongly. */
  readonly kind: "error" | "refusal" | "path" | "tunnel" | "access" | "guard" | "contract" | "output";
  /** URN of the resource at fault; empty where it is the program or the stack as a whole. */
  readonly place: string;
  /** URNs of what else is concerned: the other end, what points at it. */
  readonly others: readonly string[];
  /** One sentence: what is wrong, and why it matters. */
  readonly problem: string;
  /** One sentence: what to do. */
  readonly fix: string;
}

/** A guard's finding: what it looks at, and what it says. */
export function guardFinding(
  place: string | { readonly resource: { readonly urn: string } } | { readonly urn: string },
  problem: string,
  fix: string,
  others: readonly string[] = [],
): Finding {
  const urn = typeof place === "string" ? place : "urn" in place ? place.urn : place.resource.urn;
  return { kind: "guard", place: urn, others, problem, fix };
}
