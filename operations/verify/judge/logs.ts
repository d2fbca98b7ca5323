import {
  accessLogRequests,
  deliveryServices,
  flowLogRequests,
  type LogKind,
  type LogTarget,
  trailRequests,
} from "../../../rehearsal/iam/logDelivery";
import { administratorAccess } from "../../../rehearsal/access/callers";
import { type AccessRequest, evaluate, type Policy } from "../../../rehearsal/iam/evaluator";
import { logRetentionDays } from "../../../logRetention";
import type { StackOutputs } from "../../../outputs";
import { isGone } from "../facts/answer";
import type { AwsFacts } from "../facts/aws";
import type { BucketFacts, FlowLogFacts } from "../facts/buckets";
import { accountOf } from "../facts/ids";
import { judgeGuards } from "./buckets";
import { finding } from "./findings";
import { entry, type Judgement, read } from "./judgement";
import { bucketPolicyOf } from "./policyTexts";

/** The log bucket, who may write there, and whether everything that must log does. */
export function* judgeLogs(outputs: StackOutputs, { logs, buckets }: AwsFacts): Judgement {
  const { logBucketName: bucket, logKinds: kinds = [] } = outputs;
  if (logs === undefined || bucket === undefined) return;
  if (isGone(logs.bucket.region))
    yield finding("log-bucket-missing", bucket, "S3 has no bucket of this name");
  else {
    yield* judgeGuards(bucket, outputs.awsRegion, logs.bucket, deliveryWithoutKey);
    const policy = yield* bucketPolicyOf(bucket, logs.bucket);
    if (policy !== undefined) {
      for (const kind of kinds) yield* judgeDelivery(outputs, bucket, policy, kind);
      yield* judgeGrants(
        bucket,
        policy,
        kinds.map((kind) => deliveryServices[kind]),
      );
      yield* judgeTls(outputs, bucket, policy);
    }
    yield* judgeExpiry(bucket, logs.bucket);
    // Where it logs to itself, each log that is delivered makes another one.
    const target = yield* read(logs.bucket.logging, "all right");
    if (target !== undefined)
      yield finding("bucket-logs-elsewhere", bucket, `its access logs go to ${target}`);
  }
  const flowLogs = logs.flowLogs === undefined ? undefined : yield* read(logs.flowLogs);
  if (flowLogs !== undefined) yield* judgeFlowLogs(outputs.awsNetwork.vpcId, bucket, flowLogs);
  if (!kinds.includes("access")) return;
  for (const [key, { bucketName: name }] of Object.entries(outputs.buckets)) {
    const data = yield* entry(buckets, key);
    // A bucket that is gone is a finding by itself.
    if (data === undefined || isGone(data.region)) continue;
    const unlogged = finding("bucket-not-logged", name, "requests to it are not logged");
    const target = yield* read(data.logging, unlogged);
    if (target !== undefined && target !== bucket)
      yield finding("bucket-not-logged", name, `its logs go to ${target}, not to ${bucket}`);
  }
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html */
const deliveryWithoutKey =
  "AWS delivers no access logs to it, and flow logs only where the key's policy lets it";

/** The service may do all that it needs to deliver, for this account and no other. */
function* judgeDelivery(outputs: StackOutputs, bucket: string, policy: Policy, kind: LogKind): Judgement {
  const name = deliveryServices[kind];
  const requests = requestsOf(outputs, bucket, kind);
  const refused = requests.find((request) => !isAllowed(policy, request));
  if (refused !== undefined)
    yield finding(
      "log-delivery-shut-out",
      bucket,
      `${name} may not ${refused.action} there, so no ${kind} logs come`,
    );
  const principal = {
    kind: "service",
    name,
    sourceAccount: "000000000000",
    sourceArn: "arn:aws:logs:us-east-1:000000000000:any",
  } as const;
  if (requests.some((request) => isAllowed(policy, { ...request, principal })))
    yield finding("bucket-policy-lets-in", bucket, `${name} may deliver ${kind} logs of other accounts`);
}

function requestsOf(outputs: StackOutputs, bucket: string, kind: LogKind): readonly AccessRequest[] {
  const target: LogTarget = {
    bucketArn: `arn:aws:s3:::${bucket}`,
    prefix: `${kind}/`,
    region: outputs.awsRegion,
    accountId: accountOf(outputs),
  };
  if (kind === "flow") return flowLogRequests(target);
  if (kind === "audit") return trailRequests(target, outputs.trailArn ?? "");
  return Object.values(outputs.buckets).flatMap(({ bucketName }) =>
    accessLogRequests(target, `arn:aws:s3:::${bucketName}`),
  );
}

/** Whether the bucket's policy lets a call through, with what else the caller may do. */
function isAllowed(bucket: Policy, request: AccessRequest, identity: readonly Policy[] = []): boolean {
  return evaluate({ bucket, endpoint: undefined, identity }, request).allowed;
}

/** Nobody but those who deliver is allowed anything by name. */
function* judgeGrants(bucket: string, policy: Policy, deliverers: readonly string[]): Judgement {
  for (const { sid, effect, principals = [] } of policy.statements)
    for (const principal of effect === "Allow" ? principals : [])
      if (!deliverers.includes(principal))
        yield finding(
          "bucket-policy-lets-in",
          bucket,
          `${sid} lets ${principal} in, who delivers no logs here`,
        );
}

/** Even a caller with every right must use TLS. */
function* judgeTls(outputs: StackOutputs, bucket: string, policy: Policy): Judgement {
  const accountId = accountOf(outputs);
  const plain: AccessRequest = {
    principal: { kind: "user", arn: outputs.readerArn, accountId },
    action: "s3:GetObject",
    resource: `arn:aws:s3:::${bucket}/any`,
    ownerAccountId: accountId,
    secureTransport: false,
    through: undefined,
  };
  if (isAllowed(policy, plain, [administratorAccess]))
    yield finding("bucket-without-tls", bucket, "s3:GetObject works without TLS");
}

function* judgeExpiry(bucket: string, { lifecycle }: BucketFacts): Judgement {
  const forever = finding("logs-kept-forever", bucket, "no rule expires everything in it");
  const rules = yield* read(lifecycle, forever);
  if (rules?.some((rule) => rule.enabled && rule.everything && rule.expires !== undefined) === false)
    yield forever;
  for (const { id, enabled, expires, moves } of rules ?? [])
    if (enabled && (id !== "expire-logs" || moves.length > 0 || expires !== logRetentionDays))
      yield finding(
        "bucket-lifecycle-differs",
        bucket,
        `its rule ${id} expires objects after ${expires ?? "no"} days and moves them to ${moves.join(", ") || "no other class"}; the stack has expire-logs alone, after ${logRetentionDays} days`,
      );
}

function* judgeFlowLogs(vpc: string, bucket: string, found: readonly FlowLogFacts[]): Judgement {
  const here = found.filter(({ destination }) => destination.split("/")[0] === `arn:aws:s3:::${bucket}`);
  if (here.length === 0) yield finding("flow-log-missing", vpc, `no flow log of it leads to ${bucket}`);
  for (const { id, trafficType, deliveryStatus, deliveryError } of here) {
    if (trafficType !== "ALL") yield finding("flow-log-partial", id, `it logs ${trafficType} only, not ALL`);
    if (deliveryStatus === "FAILED")
      yield finding("flow-log-failing", id, `AWS reports: ${deliveryError ?? "no reason"}`);
  }
}
