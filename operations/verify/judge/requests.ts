import { parsePolicy, UnsupportedPolicyError } from "../../../rehearsal/iam/document";
import {
  type AccessRequest,
  evaluate,
  type Policies,
  type Policy,
  type Principal,
} from "../../../rehearsal/iam/evaluator";
import type { StackOutputs } from "../../../outputs";
import type { BucketFacts } from "../facts/buckets";
import { accountOf } from "../facts/ids";
import { finding } from "./findings";
import { type Judgement, type Judging, read } from "./judgement";

export type Way = "endpoint" | "internet";

/** What the reader needs at most. */
export const actions = { list: "s3:ListBucket", get: "s3:GetObject", put: "s3:PutObject" } as const;

/** The reader's call of S3, the way it comes. */
export function requestOf(outputs: StackOutputs, bucket: string, action: string, way: Way): AccessRequest {
  const accountId = accountOf(outputs);
  return {
    principal: { kind: "user", arn: outputs.readerArn, accountId },
    action,
    resource: action === actions.list ? `arn:aws:s3:::${bucket}` : `arn:aws:s3:::${bucket}/any`,
    ownerAccountId: accountId,
    secureTransport: true,
    through:
      way === "endpoint" ? { endpointId: outputs.endpointId, vpcId: outputs.awsNetwork.vpcId } : undefined,
  };
}

/** A role of the same account that no policy names. */
export function strangerOf(outputs: StackOutputs): Principal {
  const accountId = accountOf(outputs);
  return {
    kind: "role",
    arn: `arn:aws:iam::${accountId}:role/verify-asks-as-nobody-in-particular`,
    accountId,
  };
}

/** The identity policy of a caller with every right. */
export const allowAll: Policy = {
  kind: "identity",
  statements: [
    {
      sid: "AllowAll",
      effect: "Allow",
      principals: undefined,
      actions: ["*"],
      resources: ["*"],
      conditions: [],
    },
  ],
};

/** What a bucket's policy decides, alone unless `others` apply as well. */
export function decide(bucket: Policy, request: AccessRequest, others: Partial<Policies> = {}) {
  return evaluate({ bucket, endpoint: undefined, identity: [], ...others }, request);
}

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

/** Even a caller with every right must use TLS. */
export function* judgeTls(outputs: StackOutputs, bucket: string, policy: Policy, way: Way): Judgement {
  const plain = { ...requestOf(outputs, bucket, actions.get, way), secureTransport: false };
  if (decide(policy, plain, { identity: [allowAll] }).allowed)
    yield finding("bucket-without-tls", bucket, "s3:GetObject works without TLS");
}

/** Nobody but those expected is allowed anything by name. */
export function* judgeGrants(
  bucket: string,
  policy: Policy,
  { expected, others }: { readonly expected: readonly string[]; readonly others: string },
): Judgement {
  for (const { sid, effect, principals = [] } of policy.statements)
    for (const principal of effect === "Allow" ? principals : [])
      if (!expected.includes(principal))
        yield finding("bucket-policy-lets-in", bucket, `${sid} lets ${principal} in, ${others}`);
}
