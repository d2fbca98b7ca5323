import { parsePolicy, UnsupportedPolicyError } from "../../../rehearsal/iam/document";
import type { Policy } from "../../../rehearsal/iam/evaluator";
import type { BucketFacts } from "../facts/buckets";
import { finding } from "./findings";
import { type Judging, read } from "./judgement";

/** The policy, unless the evaluator does not cover what it says. */
export function* parsed(
  kind: "bucket" | "endpoint",
  subject: string,
  json: string,
): Judging<Policy | undefined> {
  try {
    return parsePolicy(kind, json);
  } catch (error) {
    if (!(error instanceof UnsupportedPolicyError)) throw error;
    yield finding(`${kind}-policy-unreadable`, subject, error.message);
    return undefined;
  }
}

export function* bucketPolicyOf(name: string, { policy }: BucketFacts): Judging<Policy | undefined> {
  const json = yield* read(policy, finding("bucket-policy-missing", name, "it has no policy at all"));
  return json === undefined ? undefined : yield* parsed("bucket", name, json);
}
