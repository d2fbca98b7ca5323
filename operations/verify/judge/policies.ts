import { aboutBucket, type JudgedBucket } from "../../../rehearsal/access/buckets";
import { casesElsewhere, casesOf } from "../../../rehearsal/access/judge";
import type { AccessCase } from "../../../rehearsal/access/report";
import type { Surroundings } from "../../../rehearsal/access/surroundings";
import type { Policy } from "../../../rehearsal/iam/evaluator";
import { remarksOn } from "../../../rehearsal/iam/remarks";
import { valuesOf } from "../../../rehearsal/iam/signature";
import type { StackOutputs } from "../../../outputs";
import { isGone, known } from "../facts/answer";
import type { AwsFacts } from "../facts/aws";
import type { BucketFacts } from "../facts/buckets";
import { accountOf } from "../facts/ids";
import { awsCidrs, azureCidrs } from "../facts/networks";
import { finding, type KindName } from "./findings";
import { entry, type Judgement, type Judging, read } from "./judgement";
import { bucketPolicyOf, parsed } from "./policyTexts";

/** Whoever the policies name and those who are always asked, by every way, to do everything, as the rehearsal asks. */
export function* judgePolicies(outputs: StackOutputs, aws: AwsFacts): Judgement {
  const endpointPolicy = yield* endpointPolicyOf(outputs, aws);
  const cases: AccessCase[] = [];
  for (const [key, { bucketName: name, access }] of Object.entries(outputs.buckets)) {
    const facts = yield* entry(aws.buckets, key);
    if (facts === undefined) continue;
    if (isGone(facts.region)) {
      yield { about: `the policy of bucket ${name}`, reason: "S3 has no bucket of this name" };
      continue;
    }
    const policy = yield* bucketPolicyOf(name, facts);
    if (policy === undefined) continue;
    yield* judgeRemarks(name, policy);
    const exempt = yield* exemptIn(outputs, name, policy);
    const bucket = judgedBucket(outputs, { name, access, facts, policy, endpointPolicy });
    const asked = casesOf(bucket, surroundingsOf(outputs, endpointPolicy, exempt));
    // An endpoint without a policy is a finding by itself, or not judged: who passes it then says nothing more.
    cases.push(...asked.filter((one) => endpointPolicy !== undefined || !isPast(one)));
  }
  if (endpointPolicy !== undefined) {
    yield* judgeRemarks(outputs.endpointId, endpointPolicy);
    cases.push(...casesElsewhere(surroundingsOf(outputs, endpointPolicy, outputs.exemptPrincipals ?? [])));
  }
  yield* judgeCases(outputs, cases);
}

/** Others than the reader, through the endpoint. */
function isPast({ scope, way, role }: AccessCase): boolean {
  return scope === "endpoint policy" || (way === "endpoint" && role !== "reader");
}

function* endpointPolicyOf(outputs: StackOutputs, aws: AwsFacts): Judging<Policy | undefined> {
  const id = outputs.endpointId;
  const endpoint = yield* read(aws.endpoint);
  if (endpoint === undefined) return undefined;
  if (endpoint.policy === undefined) {
    yield finding("endpoint-policy-open", id, "it has no policy, so it lets everything pass");
    return undefined;
  }
  return yield* parsed("endpoint", id, endpoint.policy);
}

/** Principals that were deleted, and actions that S3 does not have. */
function* judgeRemarks(subject: string, policy: Policy): Judgement {
  for (const { outcome, problem } of remarksOn(policy))
    if (outcome === "broken") yield finding("policy-names-deleted", subject, problem);
    else yield { about: `the ${policy.kind} policy of ${subject}`, reason: problem };
}

/** Whom an enforced perimeter is meant to exempt; older outputs do not say, and then whoever the policy exempts. */
function* exemptIn(outputs: StackOutputs, bucket: string, policy: Policy): Judging<readonly string[]> {
  if (outputs.perimeter === "allow") return [];
  if (outputs.exemptPrincipals !== undefined) return outputs.exemptPrincipals;
  yield {
    about: `whom the perimeter of ${bucket} exempts`,
    reason: "the stack's outputs do not say whom it must exempt; deploy it again",
  };
  return valuesOf([policy], "aws:principalarn").filter((arn) => arn !== outputs.readerArn);
}

function surroundingsOf(
  outputs: StackOutputs,
  endpointPolicy: Policy | undefined,
  exempt: readonly string[],
): Surroundings {
  const { readerArn, endpointId, awsNetwork, buckets } = outputs;
  const ownerAccountId = accountOf(outputs);
  const [deployer = `arn:aws:iam::${ownerAccountId}:role/deployer`, ...trustedPrincipals] = exempt;
  return {
    readerArn,
    exempt: { deployer, trustedPrincipals },
    ownerAccountId,
    partition: readerArn.split(":")[1] ?? "aws",
    endpoint: {
      endpointId,
      vpcId: awsNetwork.vpcId,
      clientNetworks: [
        ...azureCidrs(outputs),
        ...Object.values(outputs.azureClients ?? {}),
        ...awsCidrs(outputs),
      ],
      place: endpointId,
    },
    endpointPolicy,
    bucketArns: new Set(Object.values(buckets).map(({ bucketName }) => arnOf(bucketName))),
  };
}

function arnOf(bucketName: string): string {
  return `arn:aws:s3:::${bucketName}`;
}

function judgedBucket(
  { perimeter, presignedUrlMinutes }: StackOutputs,
  read: {
    readonly name: string;
    readonly access: "read" | "readWrite";
    readonly facts: BucketFacts;
    readonly policy: Policy;
    readonly endpointPolicy: Policy | undefined;
  },
): JudgedBucket {
  const { name, access, facts, policy } = read;
  return {
    ...{ name, arn: arnOf(name), holds: "data", deliverers: [], access, policy, place: name, perimeter },
    presignedUrlMinutes,
    restricted: known(facts.publicAccessBlock)?.includes("RestrictPublicBuckets") === true,
    endpointPolicy: aboutBucket(read.endpointPolicy, arnOf(name)),
  };
}

/** One finding for each kind and subject, with those who gain or lose something. */
function* judgeCases(outputs: StackOutputs, cases: readonly AccessCase[]): Judgement {
  const open = new Map(cases.filter((one) => one.open).map((one) => [`${one.bucket} ${one.because}`, one]));
  for (const { bucket, because } of open.values())
    yield { about: `who gets into ${bucket}`, reason: because };
  const wrong = cases.filter((one) => !one.open && one.allowed !== one.expected);
  const endpointIsOpen = wrong.some(({ scope, allowed }) => scope === "endpoint policy" && allowed);
  const kinds = new Map<string, { kind: KindName; subject: string; cases: AccessCase[] }>();
  for (const one of wrong) {
    const kind = endpointIsOpen && one.allowed && isPast(one) ? "endpoint-policy-open" : kindOf(outputs, one);
    const subject = kind.startsWith("endpoint-") ? outputs.endpointId : one.bucket;
    const known = kinds.get(`${kind} ${subject}`) ?? { kind, subject, cases: [] };
    known.cases.push(one);
    kinds.set(`${kind} ${subject}`, known);
  }
  for (const { kind, subject, cases: all } of kinds.values()) {
    // What one policy decides by itself says nothing new where all of them together are wrong.
    const together = all.filter(({ scope }) => scope === "all");
    yield finding(kind, subject, firstOf(callersIn(together.length > 0 ? together : all), 3, "; "));
  }
}

function kindOf(
  { endpointId, perimeter }: StackOutputs,
  { allowed, place, secure, scope, role }: AccessCase,
): KindName {
  if (!allowed) return place === endpointId ? "endpoint-policy-shuts-out" : "bucket-policy-shuts-out";
  if (scope === "endpoint policy") return "endpoint-policy-open";
  if (!secure) return "bucket-without-tls";
  if (role === "expired") return "bucket-presigned-urls";
  if (role === "session") return "bucket-reader-sessions";
  const kept = role === "administrator" || role === "service" || scope === "bucket policy's Deny";
  return perimeter === "enforced" && kept ? "bucket-perimeter-open" : "bucket-policy-lets-in";
}

function callersIn(cases: readonly AccessCase[]): readonly string[] {
  return [...new Set(cases.map(({ caller }) => caller))].map((caller) => {
    const own = cases.filter((one) => one.caller === caller);
    const actions = [...new Set(own.flatMap(({ action, alike }) => [action, ...alike]))];
    const ways = [...new Set(own.map(wayOf))];
    const [first] = own;
    const who = first?.scope === "all" ? caller : `${caller},`;
    const may = first?.allowed === true ? "may" : "may not";
    const tls = first?.secure === false ? " without TLS" : "";
    return `${who} ${may} ${firstOf(actions, 3, ", ")} ${firstOf(ways, 3, ", ")}${tls}: ${first?.because ?? ""}`;
  });
}

const ways = {
  endpoint: "through the endpoint",
  "other endpoint": "through another endpoint",
  internet: "from the internet",
} as const;

function wayOf({ via, way, bucket, key }: AccessCase): string {
  return `on ${bucket}${key === undefined ? "" : `/${key}`} ${via ?? ways[way]}`;
}

function firstOf(list: readonly string[], most: number, joint: string): string {
  const rest = list.length - most;
  return [...list.slice(0, most), ...(rest > 0 ? [`and ${String(rest)} more`] : [])].join(joint);
}
