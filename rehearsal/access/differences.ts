import type { Policies, Policy } from "../iam/evaluator";
import { type AccessRequest, evaluate } from "../iam/evaluator";
import { bucketsNamed } from "../iam/namedCalls";
import { type Deciding, signature, valuesOf } from "../iam/signature";
import { open } from "./buckets";
import { type Caller, fixedCallers } from "./callers";
import { type Call, callsOn } from "./calls";
import { at, homesOf } from "./homes";
import { namedCallers } from "./namedCallers";
import { isOpenTo, type NamedRoute, nothing, routesOn } from "./routes";
import type { Surroundings } from "./surroundings";

/** One policy before and after a change; undefined where there is none. */
export interface ChangedPolicy {
  readonly kind: "bucket" | "endpoint";
  readonly before: Policy | undefined;
  readonly after: Policy | undefined;
  /** Whose policy it is; an endpoint's speaks of all buckets. */
  readonly bucketArn: string | undefined;
}

/** Whose bucket it is, by which endpoint it is meant to be reached, and by whom. */
export type Place = Pick<Surroundings, "ownerAccountId" | "partition" | "endpoint" | "readerArn">;

/** What the policy by itself answers differently than before, for one caller on one way. */
export interface Difference {
  readonly caller: string;
  /** The reader and the services that policies name are who uses the buckets. */
  readonly uses: "uses" | "does not use";
  /** As `through the endpoint`. */
  readonly way: string;
  readonly actions: readonly string[];
  /** As `in another-bucket`; undefined for the policy's own bucket and any object in it. */
  readonly on: string | undefined;
}

export interface Differences {
  readonly opened: readonly Difference[];
  readonly closed: readonly Difference[];
}

/**
 * Asks both policies the same: whoever either names and whoever is always asked, by every way, for every action. Each
 * policy is asked by itself, as if everything else allowed the call.
 */
export function differencesOf(changed: ChangedPolicy, place: Place): Differences {
  const deciding: Deciding = [changed.before, changed.after];
  const arns =
    changed.bucketArn === undefined
      ? [...bucketsNamed(deciding, new Set()), `arn:${place.partition}:s3:::somebody-elses-bucket`]
      : [changed.bucketArn];
  const routes = routesOn(deciding, place);
  const callers = callersOn(deciding, place);
  const found = arns.flatMap((arn) => {
    const calls = callsOn(deciding, arn).filter(
      ({ data }) => data.on !== "neither" || changed.kind === "endpoint",
    );
    // Callers to whom everything is answered alike are many: each trusted principal is one.
    const known = new Map<string, readonly Answered[]>();
    return callers.flatMap((caller) => {
      const kind = kindOf(deciding, caller);
      const answered = known.get(kind) ?? answers({ changed, deciding, caller, routes, calls });
      known.set(kind, answered);
      return answered.map((one) => ({
        ...one,
        difference: describe(one, { caller, place, arn, changed }),
      }));
    });
  });
  const having = (change: Answered["change"]) =>
    found.filter((one) => one.change === change).map(({ difference }) => difference);
  return { opened: having("opened"), closed: having("closed") };
}

/** Those always asked and those named: each as S3 asks, whatever it is meant to be allowed. */
function callersOn(deciding: Deciding, place: Place): readonly Caller[] {
  const { ownerAccountId, partition, readerArn } = place;
  const surroundings: Surroundings = {
    ...place,
    // Nobody is exempt beforehand: whoever the policies exempt is asked like others.
    exempt: { deployer: `arn:${partition}:iam::${ownerAccountId}:user/nobody`, trustedPrincipals: [] },
    endpointPolicy: undefined,
    bucketArns: new Set(),
  };
  const limits = valuesOf(deciding, "s3:signatureage").map((ms) => Number(ms) / 60_000);
  const always = [undefined, ...limits].flatMap((minutes) => fixedCallers(surroundings, minutes));
  const fixed = [...new Map(always.map((caller) => [caller.label, caller])).values()].filter(
    ({ role }) => role !== "exempt" && (role !== "reader" || readerArn !== undefined),
  );
  return [...fixed, ...namedCallers(deciding, surroundings, [])].filter(({ scope }) => scope === "all");
}

/** Equal for callers to whom everything is answered alike. */
function kindOf(deciding: Deciding, { principal, ownerAccountId, sameAccount, identity }: Caller): string {
  const request = { ...nothing, principal, ownerAccountId, through: undefined };
  const own = principal.kind === "service" ? "service" : `${String(identity.length)} ${String(sameAccount)}`;
  return `${principal.kind} ${own} ${signature(deciding, "caller", request)}`;
}

interface Answered {
  readonly change: "opened" | "closed";
  readonly route: NamedRoute;
  readonly secure: boolean;
  readonly call: Call;
}

interface Asking {
  readonly changed: ChangedPolicy;
  readonly deciding: Deciding;
  readonly caller: Caller;
  readonly routes: readonly NamedRoute[];
  readonly calls: readonly Call[];
}

function answers({ changed, deciding, caller, routes, calls }: Asking): readonly Answered[] {
  const homes = homesOf(deciding);
  const ways = routes.filter(
    (route) => isOpenTo(caller, route) && (changed.kind === "bucket" || route.by === "endpoint"),
  );
  return ways.flatMap((route) =>
    [true, false].flatMap((secure) =>
      calls.flatMap((call): Answered[] => {
        const request = requestOf(caller, route, secure, call);
        const requests = homes.map((home) => (home === undefined ? request : at(home, request)));
        const decided = requests.map((one) => ({
          was: isAllowed(changed.kind, changed.before, caller, one),
          is: isAllowed(changed.kind, changed.after, caller, one),
        }));
        return [
          ...(decided.some(({ was, is }) => is && !was) ? (["opened"] as const) : []),
          ...(decided.some(({ was, is }) => was && !is) ? (["closed"] as const) : []),
        ].map((change) => ({ change, route, secure, call }));
      }),
    ),
  );
}

function requestOf(caller: Caller, route: NamedRoute, secure: boolean, call: Call): AccessRequest {
  return {
    principal: caller.principal,
    action: call.data.action,
    resource: call.resource,
    ownerAccountId: caller.ownerAccountId,
    secureTransport: secure,
    acl: call.acl,
    through: route.through,
    sourceIp: route.sourceIp,
  };
}

function isAllowed(
  kind: ChangedPolicy["kind"],
  policy: Policy | undefined,
  { identity }: Caller,
  request: AccessRequest,
): boolean {
  const policies: Policies =
    kind === "bucket"
      ? { bucket: policy, endpoint: undefined, identity }
      : { bucket: { kind: "bucket", statements: [open] }, endpoint: policy, identity };
  return evaluate(policies, request).allowed;
}

function describe(
  { route, secure, call }: Answered,
  of: {
    readonly caller: Caller;
    readonly place: Place;
    readonly arn: string;
    readonly changed: ChangedPolicy;
  },
): Difference {
  const { caller, place, arn, changed } = of;
  const bucket =
    changed.kind === "endpoint" && call.data.on !== "neither" ? arn.split(":").at(-1) : undefined;
  const object =
    call.data.on === "objects" && call.key !== undefined ? `on objects as ${call.key}` : undefined;
  const acl =
    call.acl !== undefined && call.acl !== "bucket-owner-full-control" ? `with ACL ${call.acl}` : undefined;
  const on = [object, acl, bucket === undefined ? undefined : `in ${bucket}`].filter(
    (one) => one !== undefined,
  );
  return {
    caller: labelOf(caller),
    uses: isUser(caller, place.readerArn) ? "uses" : "does not use",
    way: `${route.via ?? plainWays[route.by]}${secure ? "" : " without TLS"}`,
    actions: [call.data.action, ...call.alike],
    on: on.length === 0 ? undefined : on.join(" "),
  };
}

const plainWays = {
  endpoint: "through the endpoint",
  "other endpoint": "through another endpoint",
  internet: "from the internet",
} as const;

/** Whose presigned URL grows too old, who lets a service act for it and who asks STS for a session must not count on the buckets. */
function isUser({ principal, role }: Caller, readerArn: string | undefined): boolean {
  if (principal.kind === "service") return principal.name !== "any-other.amazonaws.com";
  return (
    role !== "expired" && role !== "session" && principal.kind !== "anonymous" && principal.arn === readerArn
  );
}

function labelOf({ label, role }: Caller): string {
  const suffix = " as an administrator";
  return role === "administrator" && label.endsWith(suffix)
    ? `${label.slice(0, -suffix.length)}, given rights of its own`
    : label;
}
