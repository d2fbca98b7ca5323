import { isPublic, type Policy } from "../../../rehearsal/iam/evaluator";
import type { StackOutputs } from "../../../outputs";
import { isGone } from "../facts/answer";
import type { AwsFacts } from "../facts/aws";
import { finding, findingsOn } from "./findings";
import { entry, type Judgement, type Judging, read } from "./judgement";
import {
  actions,
  allowAll,
  bucketPolicyOf,
  decide,
  judgeGrants,
  judgeTls,
  parsed,
  requestOf,
  strangerOf,
} from "./requests";

type Bucket = StackOutputs["buckets"][string];

/** The policies of the buckets and of the endpoint, by what they decide: each question goes to the evaluator. */
export function* judgePolicies(outputs: StackOutputs, aws: AwsFacts): Judgement {
  const endpoint = yield* endpointPolicyOf(outputs, aws);
  for (const [key, bucket] of Object.entries(outputs.buckets)) {
    const facts = yield* entry(aws.buckets, key);
    if (facts === undefined) continue;
    const name = bucket.bucketName;
    if (isGone(facts.region)) {
      yield { about: `the policy of bucket ${name}`, reason: "S3 has no bucket of this name" };
      continue;
    }
    const policy = yield* bucketPolicyOf(name, facts);
    if (policy === undefined) continue;
    yield* judgeReaderAccess(outputs, bucket, policy, endpoint);
    yield* judgeIntruders(outputs, name, policy);
    yield* judgeTls(outputs, name, policy, "endpoint");
    yield* judgeGrants(name, policy, { expected: [outputs.readerArn], others: "who is not the reader" });
    if (isPublic(policy)) yield finding("bucket-policy-lets-in", name, "S3 counts this policy as public");
  }
}

/** The endpoint's policy, which must let nothing pass but what the reader needs. */
function* endpointPolicyOf(outputs: StackOutputs, aws: AwsFacts): Judging<Policy | undefined> {
  const id = outputs.endpointId;
  const endpoint = yield* read(aws.endpoint);
  if (endpoint === undefined) return undefined;
  if (endpoint.policy === undefined) {
    yield finding("endpoint-policy-open", id, "it has no policy, so it lets everything pass");
    return undefined;
  }
  const policy = yield* parsed("endpoint", id, endpoint.policy);
  if (policy === undefined) return undefined;
  const open = Object.values(actions).filter((action) => {
    const request = requestOf(outputs, "somebody-elses-bucket", action, "endpoint");
    return decide(allowAll, { ...request, principal: strangerOf(outputs) }, { endpoint: policy }).allowed;
  });
  if (open.length > 0)
    yield finding("endpoint-policy-open", id, `it lets others pass, to other buckets: ${open.join(", ")}`);
  return policy;
}

/** The reader can do what it needs, as both policies decide. */
function* judgeReaderAccess(
  outputs: StackOutputs,
  { bucketName, access }: Bucket,
  policy: Policy,
  endpoint: Policy | undefined,
): Judgement {
  const { list, get, put } = actions;
  for (const action of access === "read" ? [list, get] : [list, get, put]) {
    const request = requestOf(outputs, bucketName, action, "endpoint");
    const [byBucket, byBoth] = [decide(policy, request), decide(policy, request, { endpoint })];
    if (!byBucket.allowed)
      yield finding(
        "bucket-policy-shuts-out",
        bucketName,
        `the reader may not ${action} through the endpoint: ${byBucket.because}`,
      );
    else if (!byBoth.allowed)
      yield finding(
        "endpoint-policy-shuts-out",
        outputs.endpointId,
        `the reader may not ${action} on ${bucketName}: ${byBoth.because}`,
      );
  }
}

/** Those who must be kept out, each asking for everything from anywhere. */
function* judgeIntruders(outputs: StackOutputs, bucket: string, policy: Policy): Judgement {
  const found = findingsOn(bucket);
  for (const action of Object.values(actions)) {
    const reader = requestOf(outputs, bucket, action, "internet");
    const around = decide(policy, reader);
    if (around.allowed)
      yield found("bucket-policy-lets-in", `the reader may ${action} from anywhere: ${around.because}`);
    const anonymous = decide(policy, { ...reader, principal: { kind: "anonymous" } });
    if (anonymous.allowed)
      yield found("bucket-policy-lets-in", `everybody may ${action}: ${anonymous.because}`);
    const administrator = { ...reader, principal: strangerOf(outputs) };
    if (outputs.perimeter === "enforced" && decide(policy, administrator, { identity: [allowAll] }).allowed)
      yield found(
        "bucket-perimeter-open",
        `an administrator may ${action} from anywhere; perimeter is enforced`,
      );
  }
}
