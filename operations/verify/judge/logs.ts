import {
  accessLogRequests,
  deliveryServices,
  flowLogRequests,
  type LogKind,
  type LogTarget,
} from "../../../rehearsal/iam/logDelivery";
import { type AccessRequest, evaluate, type Policy } from "../../../rehearsal/iam/evaluator";
import type { StackOutputs } from "../../../outputs";
import { isGone, known } from "../facts/answer";
import type { AwsFacts } from "../facts/aws";
import type { BucketFacts } from "../facts/buckets";
import { finding, type Finding } from "./findings";
import { judgeBucket } from "./buckets";
import { accountOf, allowAll, readPolicy } from "./policies";
import type { LogFacts } from "../facts/buckets";

/** The log bucket, whoever may write there, and whether everything that should log does. */
export function judgeLogs(outputs: StackOutputs, { logs, buckets }: AwsFacts): readonly Finding[] {
  const { logBucketName: bucket } = outputs;
  if (logs === undefined || bucket === undefined) return [];
  return [
    ...(isGone(logs.bucket.region)
      ? [finding("log-bucket-missing", bucket, "S3 has no bucket of this name")]
      : [
          ...judgeBucket(bucket, outputs.awsRegion, logs.bucket),
          ...judgeLogPolicy(outputs, bucket, logs),
          ...judgeExpiry(bucket, logs),
        ]),
    ...judgeFlowLogs(outputs, bucket, logs),
    ...judgeAccessLogs(outputs, bucket, { ...logs, buckets }),
  ];
}

function judgeLogPolicy(
  outputs: StackOutputs,
  bucket: string,
  { bucket: { policy: answer } }: LogFacts,
): readonly Finding[] {
  if (isGone(answer)) return [finding("bucket-policy-missing", bucket, "it has no policy at all")];
  const json = known(answer);
  if (json === undefined) return [];
  const policy = readPolicy("bucket", json);
  if (typeof policy === "string") return [finding("bucket-policy-unreadable", bucket, policy)];
  return [
    ...judgeDeliveries(outputs, bucket, policy),
    ...judgeLogGrants(outputs, bucket, policy),
    ...judgePlain(outputs, bucket, policy),
  ];
}

/** Each service that is to deliver asks for all that it needs. */
function judgeDeliveries(outputs: StackOutputs, bucket: string, policy: Policy): readonly Finding[] {
  return (outputs.logKinds ?? []).flatMap((kind) => {
    const refused = deliveriesOf(outputs, bucket, kind).find((request) => !allows(policy, request));
    if (refused === undefined) return [];
    const says = `${deliveryServices[kind]} may not ${refused.action} there, so that no ${kind} logs come`;
    return [finding("log-delivery-shut-out", bucket, says)];
  });
}

/** The services that deliver here, for this account; nobody else, and for nobody else. */
function judgeLogGrants(outputs: StackOutputs, bucket: string, policy: Policy): readonly Finding[] {
  const kinds = outputs.logKinds ?? [];
  const services = kinds.map((kind) => deliveryServices[kind]);
  const strangers = policy.statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap(({ sid, principals = [] }) =>
      principals
        .filter((principal) => !services.includes(principal))
        .map((principal) => `${sid} lets ${principal} in, who delivers no logs here`),
    );
  const forOthers = kinds
    .filter((kind) =>
      deliveriesOf(outputs, bucket, kind).some((request) =>
        allows(policy, {
          ...request,
          principal: {
            kind: "service",
            name: deliveryServices[kind],
            sourceAccount: "000000000000",
            sourceArn: "arn:aws:logs:us-east-1:000000000000:any",
          },
        }),
      ),
    )
    .map((kind) => `${deliveryServices[kind]} may deliver ${kind} logs of other accounts`);
  return [...strangers, ...forOthers].map((says) => finding("bucket-policy-lets-in", bucket, says));
}

function judgePlain(outputs: StackOutputs, bucket: string, policy: Policy): readonly Finding[] {
  const accountId = accountOf(outputs);
  const plain: AccessRequest = {
    principal: { kind: "user", arn: outputs.readerArn, accountId },
    action: "s3:GetObject",
    resource: `arn:aws:s3:::${bucket}/any`,
    ownerAccountId: accountId,
    secureTransport: false,
    through: undefined,
  };
  return evaluate({ bucket: policy, endpoint: undefined, identity: [allowAll] }, plain).allowed
    ? [finding("bucket-without-tls", bucket, "s3:GetObject works without TLS")]
    : [];
}

function deliveriesOf(outputs: StackOutputs, bucket: string, kind: LogKind): readonly AccessRequest[] {
  const target: LogTarget = {
    bucketArn: `arn:aws:s3:::${bucket}`,
    prefix: `${kind}/`,
    region: outputs.awsRegion,
    accountId: accountOf(outputs),
  };
  return kind === "flow"
    ? flowLogRequests(target)
    : Object.values(outputs.buckets).flatMap(({ bucketName }) =>
        accessLogRequests(target, `arn:aws:s3:::${bucketName}`),
      );
}

function allows(policy: Policy, request: AccessRequest): boolean {
  return evaluate({ bucket: policy, endpoint: undefined, identity: [] }, request).allowed;
}

function judgeExpiry(bucket: string, { expiry }: LogFacts): readonly Finding[] {
  const rules = isGone(expiry) ? [] : known(expiry);
  const expires = rules?.some((rule) => rule.enabled && rule.everything && rule.days !== undefined);
  return expires === false ? [finding("logs-kept-forever", bucket, "no rule expires all that it holds")] : [];
}

function judgeFlowLogs(outputs: StackOutputs, bucket: string, { flowLogs }: LogFacts): readonly Finding[] {
  const found = flowLogs === undefined ? undefined : known(flowLogs);
  if (found === undefined) return [];
  const here = found.filter(({ destination }) => destination.split("/")[0] === `arn:aws:s3:::${bucket}`);
  const vpc = outputs.awsNetwork.vpcId;
  if (here.length === 0) return [finding("flow-log-missing", vpc, `no flow log of it leads to ${bucket}`)];
  return here.flatMap(({ id, trafficType, deliveryStatus, deliveryError }) => [
    ...(trafficType === "ALL"
      ? []
      : [finding("flow-log-partial", id, `it logs ${trafficType} only, not ALL`)]),
    ...(deliveryStatus === "FAILED"
      ? [finding("flow-log-failing", id, `AWS says: ${deliveryError ?? "nothing more"}`)]
      : []),
  ]);
}

function judgeAccessLogs(
  outputs: StackOutputs,
  bucket: string,
  { accessLogs, buckets }: LogFacts & { readonly buckets: Readonly<Record<string, BucketFacts>> },
): readonly Finding[] {
  return Object.entries(accessLogs).flatMap(([key, answer]) => {
    const [name, facts] = [outputs.buckets[key]?.bucketName ?? key, buckets[key]];
    // A bucket that is gone is a finding by itself.
    if (facts !== undefined && isGone(facts.region)) return [];
    if (isGone(answer)) return [finding("bucket-not-logged", name, "requests to it are not logged")];
    const target = known(answer);
    if (target === undefined || target.targetBucket === bucket) return [];
    return [finding("bucket-not-logged", name, `its logs go to ${target.targetBucket}, not to ${bucket}`)];
  });
}
