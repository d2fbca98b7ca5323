import type { AccessReport } from "./report";
import type { Caller } from "./callers";
import type { Way } from "./actions";
import { like } from "../iam/conditions";
import { isPublic, type Policies, type Policy, type Statement } from "../iam/evaluator";

/** A bucket with everything that decides about it. */
export interface JudgedBucket {
  readonly name: string;
  readonly arn: string;
  /** Logs are nobody's but the account's own, and its administrators reach them from anywhere. */
  readonly holds: "data" | "logs";
  /** Services that deliver there: they are asked by themselves. */
  readonly deliverers: readonly string[];
  /** What the stack promises its reader. */
  readonly access: "read" | "readWrite" | undefined;
  readonly restricted: boolean;
  readonly policy: Policy | undefined;
  /** The part of the endpoint's policy that can speak of it. */
  readonly endpointPolicy: Policy | undefined;
  readonly place: string;
  readonly perimeter: AccessReport["perimeter"];
  /** How long a presigned URL is meant to work; undefined where nobody says, and then none is asked about. */
  readonly presignedUrlMinutes: number | undefined;
}

/** Lets everything be, so that what another policy stops shows. */
export const open: Statement = {
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
  const { identity } = caller;
  const endpoint = way === "endpoint" ? bucket.endpointPolicy : undefined;
  const only = (effect: Statement["effect"]) => policy?.statements.filter((s) => s.effect === effect) ?? [];
  switch (caller.scope) {
    case "bucket policy's Allow":
      return { bucket: { kind: "bucket", statements: only("Allow") }, endpoint: undefined, identity };
    case "bucket policy's Deny":
      return {
        bucket: { kind: "bucket", statements: [open, ...only("Deny")] },
        endpoint: undefined,
        identity,
      };
    case "endpoint policy":
      return { bucket: { kind: "bucket", statements: [open] }, endpoint, identity };
    case "all": {
      // S3 then hears nobody from outside the account, save AWS's own services, whatever a public policy says.
      const outside = caller.principal.kind !== "service" && !caller.sameAccount;
      const deaf = outside && bucket.restricted && policy !== undefined && isPublic(policy);
      return { bucket: deaf ? undefined : policy, endpoint, identity };
    }
  }
}

/** The part of a policy that can speak of a bucket: the endpoint's speaks of all of them. */
export function aboutBucket(policy: Policy | undefined, arn: string): Policy | undefined {
  if (policy === undefined) return undefined;
  const statements = policy.statements.map((statement) => ({
    ...statement,
    resources: statement.resources.filter((resource) => {
      const slash = resource.indexOf("/");
      // A star before the slash can mean a part of the key as well.
      return (
        like(slash === -1 ? resource : resource.slice(0, slash), arn) || like(resource, `${arn}/some/object`)
      );
    }),
  }));
  return { ...policy, statements: statements.filter(({ resources }) => resources.length > 0) };
}
