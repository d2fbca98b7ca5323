import { parsePolicy, UnsupportedPolicyError } from "../../../rehearsal/iam/document";
import {
  type AccessRequest,
  evaluate,
  isPublic,
  type Policy,
  type Principal,
} from "../../../rehearsal/iam/evaluator";
import type { StackOutputs } from "../../../outputs";
import { isGone, known } from "../facts/answer";
import type { AwsFacts } from "../facts/aws";
import { finding, type Finding } from "./findings";

/** The policies of the buckets and of the endpoint, by what they decide: each question asked of the evaluator. */
export function judgePolicies(outputs: StackOutputs, aws: AwsFacts): readonly Finding[] {
  const endpoint = readEndpointPolicy(outputs, aws);
  return [
    ...endpoint.findings,
    ...Object.entries(outputs.buckets).flatMap(([key, bucket]) =>
      judgeBucketPolicy(outputs, aws, { key, ...bucket }, endpoint.policy),
    ),
  ];
}

interface Bucket {
  readonly key: string;
  readonly bucketName: string;
  readonly access: "read" | "readWrite";
}

/** What the reader must be able to do, and what it must not. */
const needed = { list: "s3:ListBucket", get: "s3:GetObject", put: "s3:PutObject" } as const;

function readEndpointPolicy(
  outputs: StackOutputs,
  aws: AwsFacts,
): { readonly policy: Policy | undefined; readonly findings: readonly Finding[] } {
  const endpoint = known(aws.endpoint);
  if (endpoint === undefined) return { policy: undefined, findings: [] };
  const id = outputs.endpointId;
  if (endpoint.policy === undefined)
    return {
      policy: undefined,
      findings: [finding("endpoint-policy-open", id, "it has no policy, so it lets everything pass")],
    };
  const policy = readPolicy("endpoint", endpoint.policy);
  if (typeof policy === "string")
    return { policy: undefined, findings: [finding("endpoint-policy-unreadable", id, policy)] };
  const strangers = ["s3:ListBucket", "s3:GetObject", "s3:PutObject"].filter((action) => {
    const stranger = {
      ...requestOf(outputs, "somebody-elses-bucket", action, "endpoint"),
      principal: strangerOf(outputs),
    };
    return evaluate({ bucket: allowAll, endpoint: policy, identity: [] }, stranger).allowed;
  });
  const open =
    strangers.length === 0
      ? []
      : [
          finding(
            "endpoint-policy-open",
            id,
            `it lets others pass, to other buckets: ${strangers.join(", ")}`,
          ),
        ];
  return { policy, findings: open };
}

function judgeBucketPolicy(
  outputs: StackOutputs,
  aws: AwsFacts,
  bucket: Bucket,
  endpoint: Policy | undefined,
): readonly Finding[] {
  const facts = aws.buckets[bucket.key];
  const name = bucket.bucketName;
  if (facts === undefined || known(facts.region) === undefined) return [];
  if (isGone(facts.policy)) return [finding("bucket-policy-missing", name, "it has no policy at all")];
  const json = known(facts.policy);
  if (json === undefined) return [];
  const policy = readPolicy("bucket", json);
  if (typeof policy === "string") return [finding("bucket-policy-unreadable", name, policy)];
  const findings: Finding[] = [];
  for (const action of allowedActions(bucket.access)) {
    const asked = requestOf(outputs, name, action, "endpoint");
    const byBucket = evaluate({ bucket: policy, endpoint: undefined, identity: [] }, asked);
    if (!byBucket.allowed)
      findings.push(
        finding(
          "bucket-policy-shuts-out",
          name,
          `the reader may not ${action} through the endpoint: ${byBucket.because}`,
        ),
      );
    else if (endpoint !== undefined) {
      const decision = evaluate({ bucket: policy, endpoint, identity: [] }, asked);
      if (!decision.allowed)
        findings.push(
          finding(
            "endpoint-policy-shuts-out",
            outputs.endpointId,
            `the reader may not ${action} on ${name}: ${decision.because}`,
          ),
        );
    }
  }
  return [...findings, ...judgeIntruders(outputs, name, policy), ...judgeGrants(outputs, name, policy)];
}

/** Everybody who must be kept out, each asking for what the bucket gives at most. */
function judgeIntruders(outputs: StackOutputs, bucket: string, policy: Policy): readonly Finding[] {
  const findings: Finding[] = [];
  const allowed = (request: AccessRequest, identity: readonly Policy[] = []) =>
    evaluate({ bucket: policy, endpoint: undefined, identity }, request);
  for (const action of Object.values(needed)) {
    const around = allowed(requestOf(outputs, bucket, action, "internet"));
    if (around.allowed)
      findings.push(
        finding("bucket-policy-lets-in", bucket, `the reader may ${action} from anywhere: ${around.because}`),
      );
    const anonymous = allowed({
      ...requestOf(outputs, bucket, action, "internet"),
      principal: { kind: "anonymous" },
    });
    if (anonymous.allowed)
      findings.push(
        finding("bucket-policy-lets-in", bucket, `everybody may ${action}: ${anonymous.because}`),
      );
  }
  const plain = { ...requestOf(outputs, bucket, "s3:GetObject", "endpoint"), secureTransport: false };
  if (allowed(plain, [allowAll]).allowed)
    findings.push(finding("bucket-without-tls", bucket, "s3:GetObject works without TLS"));
  if (outputs.perimeter === "enforced")
    for (const action of Object.values(needed)) {
      const administrator = {
        ...requestOf(outputs, bucket, action, "internet"),
        principal: strangerOf(outputs),
      };
      if (allowed(administrator, [allowAll]).allowed)
        findings.push(
          finding(
            "bucket-perimeter-open",
            bucket,
            `an administrator may ${action} from anywhere; perimeter is enforced`,
          ),
        );
    }
  return findings;
}

/** Whom the policy lets in at all: the reader, and nobody else by name. */
function judgeGrants(outputs: StackOutputs, bucket: string, policy: Policy): readonly Finding[] {
  const grants = policy.statements.filter(({ effect }) => effect === "Allow");
  const others = grants.flatMap(({ sid, principals = [] }) =>
    principals
      .filter((principal) => principal !== outputs.readerArn)
      .map((principal) => ({ sid, principal })),
  );
  const open = isPublic(policy) ? ["S3 itself would call this policy public"] : [];
  return [
    ...others.map(({ sid, principal }) => `${sid} lets ${principal} in, who is not the reader`),
    ...open,
  ].map((says) => finding("bucket-policy-lets-in", bucket, says));
}

function allowedActions(access: Bucket["access"]): readonly string[] {
  return access === "read" ? [needed.list, needed.get] : Object.values(needed);
}

function requestOf(
  outputs: StackOutputs,
  bucket: string,
  action: string,
  way: "endpoint" | "internet",
): AccessRequest {
  const accountId = accountOf(outputs);
  return {
    principal: { kind: "user", arn: outputs.readerArn, accountId },
    action,
    resource: action === needed.list ? `arn:aws:s3:::${bucket}` : `arn:aws:s3:::${bucket}/any`,
    ownerAccountId: accountId,
    secureTransport: true,
    through:
      way === "endpoint" ? { endpointId: outputs.endpointId, vpcId: outputs.awsNetwork.vpcId } : undefined,
  };
}

export function accountOf({ readerArn }: StackOutputs): string {
  return readerArn.split(":")[4] ?? "";
}

/** Somebody of the same account with every right, whom no policy can know by name. */
function strangerOf(outputs: StackOutputs): Principal {
  const accountId = accountOf(outputs);
  return {
    kind: "role",
    arn: `arn:aws:iam::${accountId}:role/verify-asks-as-nobody-in-particular`,
    accountId,
  };
}

/** A caller with every right of its own. */
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

/** The policy, or why it cannot be judged. */
export function readPolicy(kind: "bucket" | "endpoint", json: string): Policy | string {
  try {
    return parsePolicy(kind, json);
  } catch (error) {
    if (error instanceof UnsupportedPolicyError) return error.message;
    throw error;
  }
}
