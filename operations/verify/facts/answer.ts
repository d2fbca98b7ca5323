/** Why a question got no answer. */
export type ProblemKind =
  "credentials" | "permission" | "throttled" | NetworkProblem | "proxy" | "gone" | "other";

/** Why nothing came back at all. */
export const networkProblems = ["name", "refused", "timeout", "tls", "network"] as const;
export type NetworkProblem = (typeof networkProblems)[number];

export function isNetworkProblem(kind: ProblemKind): kind is NetworkProblem {
  return (networkProblems as readonly string[]).includes(kind);
}

export interface Problem {
  readonly kind: ProblemKind;
  /** One sentence: what went wrong, and what to do. Never a secret. */
  readonly says: string;
}

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

export interface Unanswered {
  readonly about: string;
  readonly problem: Problem;
}

/** Every answer that is missing, wherever it is in the facts. */
export function unanswered(facts: unknown): readonly Unanswered[] {
  if (typeof facts !== "object" || facts === null) return [];
  if ("about" in facts && "problem" in facts) return [facts as Unanswered];
  return Object.values(facts).flatMap((fact) => unanswered(fact));
}
