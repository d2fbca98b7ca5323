import type { Outcome } from "../model/findings";
import type { Verb, Way } from "./actions";

/** A call with its answer, before it is held against what is expected. */
export type AskedCase = Omit<AccessCase, "outcome">;

/** One call and what becomes of it. */
export interface AccessCase {
  readonly bucket: string;
  readonly caller: string;
  readonly way: Way;
  readonly secure: boolean;
  readonly verb: Verb;
  readonly action: string;
  readonly allowed: boolean;
  /** Which statement decides, or that none does. */
  readonly because: string;
  readonly expected: boolean;
  /** Not judged where a policy that has a say could not be evaluated. */
  readonly outcome: Outcome;
  /** URN of the resource whose policy decides, or should. */
  readonly place: string;
  readonly others: readonly string[];
  /** Asked of everything, as S3 asks; false where one policy is tried by itself, or a service calls. */
  readonly shown: boolean;
}

export interface AccessReport {
  readonly perimeter: "allow" | "enforced" | undefined;
  readonly cases: readonly AccessCase[];
  /** Policies that cannot be evaluated, and what is missing. */
  readonly problems: readonly { readonly place: string; readonly problem: string }[];
}
