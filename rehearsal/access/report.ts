import type { Outcome } from "../model/findings";
import type { Remark } from "../iam/remarks";
import type { Verb, Way } from "./actions";
import type { Caller, Scope } from "./callers";

/** One call and what becomes of it. */
export interface AccessCase {
  readonly bucket: string;
  readonly caller: string;
  readonly role: Caller["role"];
  readonly by?: Caller["by"];
  readonly scope: Scope;
  readonly way: Way;
  /** The way in words, where it is one that only a policy names: `through vpce-0abc`. */
  readonly via: string | undefined;
  readonly secure: boolean;
  readonly verb: Verb;
  readonly action: string;
  /** Other actions that the policies do not tell apart from it. */
  readonly alike: readonly string[];
  /** The object's key, where policies tell it from others. */
  readonly key: string | undefined;
  readonly allowed: boolean;
  /** Which statement decides, or that none does. */
  readonly because: string;
  readonly expected: boolean;
  /** Whether the answer depends on what nobody here knows. */
  readonly open: boolean;
  /** Not judged where it is open, or where a policy that has a say could not be evaluated. */
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
  /** What is wrong in a policy whoever calls, or leaves calls open. */
  readonly remarks: readonly (Remark & { readonly place: string })[];
}
