import type { Value } from "./values";
import { open } from "../rehearsal/access/buckets";
import { administratorAccess } from "../rehearsal/access/callers";
import { type Call, callsOn } from "../rehearsal/access/calls";
import { type NamedRoute, routesOn } from "../rehearsal/access/routes";
import { parsePolicy } from "../rehearsal/iam/document";
import { evaluate, type Policy, type Principal } from "../rehearsal/iam/evaluator";
import { identitiesNamed } from "../rehearsal/iam/namedCallers";
import { instancesOf } from "../rehearsal/iam/patterns";
import { remarksOn } from "../rehearsal/iam/remarks";
import { asksFor, valuesOf } from "../rehearsal/iam/signature";

/** One call that a bucket's policy lets through. */
export interface Passing {
  readonly principal: Principal;
  /** Whether the policy names exactly this user or role. */
  readonly named: "by name" | "otherwise";
  /** The endpoint that the policy names and that the call comes through; undefined for any other way. */
  readonly endpointId: string | undefined;
  readonly call: Call;
}

/** What is asked of a bucket's policy: its Deny statements by themselves, as if all else allowed, or all of it. */
export interface Question {
  readonly of: "Deny" | "all";
  readonly secure: boolean;
}

/** A policy as the evaluator reads it, or why it cannot. */
export type Meaning =
  | { readonly kind: "read"; readonly passing: (question: Question) => readonly Passing[] }
  | { readonly kind: "not read"; readonly problem: string };

/** An account that no policy is likely to name: a bucket's policy does not say whose the bucket is. */
const owner = "109876543210";

/** Asks everybody whom the policy names, and some whom it does not, by every way, for every action of S3. */
export function meaningOf(document: Value, bucketName: string): Meaning {
  const text = typeof document === "string" ? document : JSON.stringify(document);
  try {
    const policy = parsePolicy("bucket", text);
    const strange = remarksOn(policy)[0];
    if (strange !== undefined) return { kind: "not read", problem: strange.problem };
    if (asksFor([policy], "aws:resourceaccount", "s3:resourceaccount"))
      return {
        kind: "not read",
        problem: "the bucket policy asks whose the bucket is, which is not known here",
      };
    const partition = /arn:(aws[a-z-]*):s3:::/.exec(text)?.[1] ?? "aws";
    const bucketArn = `arn:${partition}:s3:::${bucketName}`;
    return { kind: "read", passing: (question) => passing(policy, { bucketArn, partition }, question) };
  } catch (error) {
    return { kind: "not read", problem: error instanceof Error ? error.message : String(error) };
  }
}

function passing(
  policy: Policy,
  { bucketArn, partition }: { readonly bucketArn: string; readonly partition: string },
  question: Question,
): readonly Passing[] {
  const deciding = [policy];
  const home = { ownerAccountId: owner, partition };
  const bucket: Policy = {
    kind: "bucket",
    statements:
      question.of === "Deny"
        ? [open, ...policy.statements.filter(({ effect }) => effect === "Deny")]
        : policy.statements,
  };
  const endpoints = valuesOf(deciding, "aws:sourcevpce").flatMap(instancesOf);
  const routes = routesOn(deciding, { ...home, endpoint: undefined })
    .filter(({ by }) => by !== "endpoint")
    // Endpoints that the policy does not tell apart are still several.
    .flatMap((route) => [route, ...throughEach(endpoints, route)]);
  const calls = callsOn(deciding, bucketArn).filter(({ data }) => data.on !== "neither");
  const names = new Set([
    ...valuesOf(deciding, "aws:principalarn"),
    ...policy.statements.flatMap(({ principals = [] }) => principals),
  ]);
  const idOf = ({ through }: NamedRoute) =>
    through !== undefined && endpoints.includes(through.endpointId) ? through.endpointId : undefined;
  const administrator = {
    kind: "user",
    arn: `arn:${partition}:iam::${owner}:user/any`,
    accountId: owner,
  } as const;
  const principals: readonly Principal[] = [administrator, ...identitiesNamed(deciding, home)];
  const policies = { bucket, endpoint: undefined, identity: [administratorAccess] };
  return (
    principals
      // In its own account administrators need no Allow: what a policy allows is asked of others.
      .filter(
        (principal) => question.of === "Deny" || !("accountId" in principal && principal.accountId === owner),
      )
      .flatMap((principal) =>
        routes.flatMap((route) =>
          calls.flatMap((call): Passing[] => {
            const { allowed } = evaluate(policies, {
              principal,
              action: call.data.action,
              resource: call.resource,
              ownerAccountId: owner,
              secureTransport: question.secure,
              acl: call.acl,
              through: route.through,
              sourceIp: route.sourceIp,
            });
            const named = "arn" in principal && names.has(principal.arn) ? "by name" : "otherwise";
            return allowed ? [{ principal, named, endpointId: idOf(route), call }] : [];
          }),
        ),
      )
  );
}

function throughEach(endpointIds: readonly string[], route: NamedRoute): readonly NamedRoute[] {
  const { through } = route;
  return through === undefined
    ? []
    : endpointIds.map((endpointId) => ({ ...route, through: { ...through, endpointId } }));
}

/** What comes neither through an endpoint that the policy names nor through the only one of them. */
export function pastOneEndpoint(passing: readonly Passing[]): readonly Passing[] {
  const endpoints = new Set(passing.map(({ endpointId }) => endpointId));
  endpoints.delete(undefined);
  return endpoints.size > 1 ? passing : passing.filter(({ endpointId }) => endpointId === undefined);
}
