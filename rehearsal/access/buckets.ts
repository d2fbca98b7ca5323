import { awsTypes, type ResourceType } from "../model/resourceTypes";
import type { AccessReport } from "./report";
import type { Caller } from "./callers";
import type { Way } from "./actions";
import { isTrue, text } from "../model/values";
import type { Estate } from "../estate/estate";
import { like } from "../iam/conditions";
import { type AccessRequest, isPublic, type Policies, type Policy, type Statement } from "../iam/evaluator";
import type { RecordedResource } from "../model/recording";

/** A bucket with what stands beside it. */
export interface BucketParts {
  readonly name: string;
  readonly arn: string;
  /** Logs are nobody's but the account's own, and its administrators reach them from anywhere. */
  readonly holds: "data" | "logs";
  /** What the stack promises its reader. */
  readonly access: "read" | "readWrite" | undefined;
  readonly resource: RecordedResource;
  readonly policyResource: RecordedResource | undefined;
  readonly restricted: boolean;
}

/** A bucket with everything that decides about it. */
export interface JudgedBucket extends BucketParts {
  readonly policy: Policy | undefined;
  readonly endpointPolicy: Policy | undefined;
  readonly foreignEndpointPolicy: Policy | undefined;
  readonly endpointPlace: string | undefined;
  readonly through: AccessRequest["through"];
  readonly place: string;
  readonly perimeter: AccessReport["perimeter"];
}

export function bucketsOf(estate: Estate): readonly BucketParts[] {
  const promised = Object.values(estate.outputs["buckets"] ?? {}) as readonly unknown[];
  const settingOf = (type: ResourceType, name: string) => estate.ofBucket(type, name)[0];
  const logBuckets = estate.logBuckets;
  return estate.ofType(awsTypes.bucket).map((resource) => {
    const name = text(resource.outputs, "bucket") ?? resource.id;
    const promise = promised.map(asPromise).find((entry) => entry.bucketName === name);
    return {
      name,
      arn: text(resource.outputs, "arn") ?? `arn:aws:s3:::${name}`,
      holds: logBuckets.includes(resource) ? "logs" : "data",
      access: promise?.access,
      resource,
      policyResource: settingOf(awsTypes.bucketPolicy, name),
      restricted: isTrue(settingOf(awsTypes.bucketPublicAccessBlock, name)?.inputs, "restrictPublicBuckets"),
    };
  });
}

function asPromise(value: unknown): { bucketName?: string; access?: "read" | "readWrite" } {
  return typeof value === "object" && value !== null ? value : {};
}

/** Lets everything be, so that what another policy stops shows. */
const open: Statement = {
  sid: "Everything",
  effect: "Allow",
  principals: ["*"],
  actions: ["*"],
  resources: ["*"],
  conditions: [],
};

/** The policies that a caller meets, or the one that is tried by itself. */
export function policiesFor(bucket: JudgedBucket, caller: Caller, way: Way): Policies {
  const { policy } = bucket;
  const endpoint = way === "endpoint" ? bucket.endpointPolicy : undefined;
  const only = (effect: Statement["effect"]) => policy?.statements.filter((s) => s.effect === effect) ?? [];
  switch (caller.scope) {
    case "bucket policy's Allow":
      return { bucket: { kind: "bucket", statements: only("Allow") }, endpoint: undefined, identity: [] };
    case "bucket policy's Deny":
      return {
        bucket: { kind: "bucket", statements: [open, ...only("Deny")] },
        endpoint: undefined,
        identity: [],
      };
    case "endpoint policy":
      return { bucket: { kind: "bucket", statements: [open] }, endpoint, identity: [] };
    case "all": {
      // S3 then hears nobody from outside the account, whatever a public policy says.
      const deaf =
        caller.principal.kind === "anonymous" &&
        bucket.restricted &&
        policy !== undefined &&
        isPublic(policy);
      return { bucket: deaf ? undefined : policy, endpoint, identity: caller.identity };
    }
  }
}

/** The part of a policy that can speak of a bucket: the endpoint's speaks of all of them. */
export function aboutBucket(policy: Policy | undefined, arn: string): Policy | undefined {
  if (policy === undefined) return undefined;
  const statements = policy.statements.map((statement) => ({
    ...statement,
    resources: statement.resources.filter((resource) => like(resource, arn) || like(resource, objectIn(arn))),
  }));
  return { ...policy, statements: statements.filter(({ resources }) => resources.length > 0) };
}

export function objectIn(arn: string): string {
  return `${arn}/some/object`;
}
