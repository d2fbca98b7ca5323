import { type Problem, problemOf } from "./problem";

/** One question to a cloud, and what came back: a value (`undefined` where the cloud has no such thing) or a problem. */
export type Answer<Value> = {
  /** As "the route table rtb-1", to end "… could not be read". */
  readonly about: string;
} & ({ readonly value: Value | undefined } | { readonly problem: Problem });

/** Undefined where the cloud has no such thing, and where it gave no answer. */
export function known<Value>(answer: Answer<Value>): Value | undefined {
  return "value" in answer ? answer.value : undefined;
}

/** Whether the cloud answered that there is no such thing. */
export function isGone(answer: Answer<unknown>): boolean {
  return "value" in answer && answer.value === undefined;
}

/** Asks once; the SDK's own standard retry has run when this gives up. */
export async function ask<Value>(
  about: string,
  permission: string,
  question: () => Promise<Value | undefined>,
): Promise<Answer<Value>> {
  try {
    return { about, value: await question() };
  } catch (error) {
    const problem = problemOf(error, permission);
    return problem.kind === "gone" ? { about, value: undefined } : { about, problem };
  }
}

export interface Unanswered {
  readonly about: string;
  readonly problem: Problem;
}

/** Every answer that is missing, wherever it stands in the facts. */
export function unanswered(facts: unknown): readonly Unanswered[] {
  if (typeof facts !== "object" || facts === null) return [];
  if ("about" in facts && "problem" in facts) return [facts as Unanswered];
  return Object.values(facts).flatMap((fact) => unanswered(fact));
}
