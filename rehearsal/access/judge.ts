import type { Surroundings } from "./surroundings";
import type { Organisation } from "../iam/principals";
import { type AccessRequest, evaluate, type Decision } from "../iam/evaluator";
import { type Deciding, signature } from "../iam/signature";
import { bucketsNamed } from "../iam/namedCalls";
import type { Way } from "./actions";
import { aboutBucket, type JudgedBucket, policiesFor } from "./buckets";
import { type Call, callsOn } from "./calls";
import { type Caller, fixedCallers } from "./callers";
import { expectation } from "./expectations";
import { at, homesOf } from "./homes";
import { namedCallers } from "./namedCallers";
import type { AskedCase } from "./report";
import { isOpenTo, type NamedRoute, nothing, routesOn } from "./routes";

/**
 * Everybody, by every way, to do everything with one bucket: those that are always asked, and whatever its policies name.
 * Callers, ways and calls that the policies do not tell apart are asked once.
 */
export function casesOf(bucket: JudgedBucket, surroundings: Surroundings): readonly AskedCase[] {
  const table = tableOf(bucket, surroundings);
  return callersOf(bucket, surroundings, table.deciding).flatMap((caller) => casesOfCaller(table, caller));
}

/** What passes the endpoint on its way to buckets that are none of the stack's: through there data could leave. */
export function casesElsewhere(surroundings: Surroundings): readonly AskedCase[] {
  const { endpointPolicy, bucketArns, endpoint, partition } = surroundings;
  const foreign = [
    `arn:${partition}:s3:::somebody-elses-bucket`,
    ...bucketsNamed([endpointPolicy], bucketArns),
  ];
  return foreign.flatMap((arn, index) => {
    const bucket: JudgedBucket = {
      name: index === 0 ? "somebody else's bucket" : `somebody else's bucket ${arn.split(":").at(-1) ?? ""}`,
      arn,
      // Nobody is meant to use it.
      holds: "logs",
      presignedUrlMinutes: undefined,
      deliverers: [],
      access: undefined,
      restricted: false,
      policy: undefined,
      endpointPolicy: aboutBucket(endpointPolicy, arn),
      place: endpoint?.place ?? "",
      perimeter: "allow",
    };
    const table = tableOf(bucket, surroundings);
    return callersOf(bucket, surroundings, table.deciding)
      .filter(({ scope }) => scope === "endpoint policy")
      .flatMap((caller) => casesOfCaller(table, caller));
  });
}

interface Table {
  readonly bucket: JudgedBucket;
  readonly surroundings: Surroundings;
  readonly deciding: Deciding;
  readonly routes: readonly NamedRoute[];
  readonly calls: readonly Call[];
  readonly homes: readonly (Organisation | undefined)[];
  /** Whether something is allowed only without TLS. */
  readonly allowsPlain: boolean;
}

function tableOf(bucket: JudgedBucket, surroundings: Surroundings): Table {
  const deciding = [bucket.policy, bucket.endpointPolicy];
  return {
    bucket,
    surroundings,
    deciding,
    routes: routesOn(deciding, surroundings),
    calls: callsOn(deciding, bucket.arn),
    homes: homesOf(deciding),
    allowsPlain: deciding.some((policy) =>
      policy?.statements.some(
        ({ effect, conditions }) =>
          effect === "Allow" && conditions.some(({ key }) => key === "aws:securetransport"),
      ),
    ),
  };
}

/** Those always asked, and of the others those that the policies tell from all before them. */
function callersOf(bucket: JudgedBucket, surroundings: Surroundings, deciding: Deciding): readonly Caller[] {
  const always = fixedCallers(surroundings, bucket.presignedUrlMinutes);
  // Trusted principals can be many, and each can sign URLs.
  const fixed = always.filter(({ role }) => role !== "expired");
  const seen = new Set(fixed.map((caller) => kindOf(bucket, caller)));
  const others = [
    ...always.filter(({ role }) => role === "expired"),
    ...namedCallers(deciding, surroundings, bucket.deliverers),
  ];
  const told = others.filter((caller) => {
    const kind = kindOf(bucket, caller);
    const isNew = !seen.has(kind);
    seen.add(kind);
    return isNew;
  });
  return [...fixed, ...told];
}

/** Equal for callers to whom everything is answered alike, and of whom the same is expected. */
function kindOf(bucket: JudgedBucket, caller: Caller): string {
  const { bucket: asked } = policiesFor(bucket, caller, "internet");
  const { principal, ownerAccountId, role, scope, sameAccount, identity } = caller;
  const request = { ...nothing, principal, ownerAccountId, through: undefined };
  const bits = signature([asked, bucket.endpointPolicy], "caller", request);
  const own =
    principal.kind === "service"
      ? "service"
      : `${identity.length > 0 ? "rights" : ""} ${String(sameAccount)}`;
  return `${scope} ${role} ${own} ${bits}`;
}

function casesOfCaller(table: Table, caller: Caller): readonly AskedCase[] {
  const plain = new Map<Way, readonly AskedCase[]>();
  return table.routes
    .filter((route) => isOpenTo(caller, route))
    .flatMap((route) => {
      const cases = casesByRoute(table, caller, route);
      const plainest = plain.get(route.by);
      if (plainest === undefined) {
        plain.set(route.by, cases);
        return cases;
      }
      // A way that changes nothing for this caller needs no row of its own.
      const differs = sayings(cases) !== sayings(plainest);
      return cases.map((one) => ({ ...one, shown: one.shown && differs }));
    });
}

function sayings(cases: readonly AskedCase[]): string {
  return cases
    .map(({ action, key, secure, allowed, expected }) => [action, key, secure, allowed, expected].join())
    .join(" ");
}

function casesByRoute(table: Table, caller: Caller, route: NamedRoute): readonly AskedCase[] {
  const { bucket, calls, allowsPlain } = table;
  const policies = policiesFor(bucket, caller, route.by);
  const asksPlain = caller.scope === "all" || caller.scope === "bucket policy's Deny";
  const decide = (secure: boolean) => {
    const known = new Map<number, Answer>();
    return (call: Call): AskedCase => {
      const answer = known.get(call.group) ?? answerTo(table, { caller, route, call, secure, policies });
      known.set(call.group, answer);
      return caseOf(table, { caller, route, call, secure, answer });
    };
  };
  const [secure, insecure] = [decide(true), decide(false)];
  // No policy of a bucket can allow what is done to none; only the endpoint's can let it pass.
  const asked = calls.filter(({ data }) => data.on !== "neither" || caller.scope === "endpoint policy");
  const cases = asked.flatMap((call) => {
    const one = secure(call);
    // Whoever may, may not without TLS; for everybody else the answer cannot be another.
    return (one.allowed || one.open || allowsPlain) && asksPlain ? [one, insecure(call)] : [one];
  });
  // Who is named in no policy has a row only where it gets anything.
  const shown = caller.scope === "all" && (caller.shown || cases.some(({ allowed }) => allowed));
  return cases.map((one) => ({ ...one, shown }));
}

interface Asking {
  readonly caller: Caller;
  readonly route: NamedRoute;
  readonly call: Call;
  readonly secure: boolean;
}

type Answer = Decision & { readonly open: boolean };

function answerTo(
  { homes, surroundings }: Table,
  asking: Asking & { readonly policies: ReturnType<typeof policiesFor> },
): Answer {
  const { ownerAccountId } = surroundings;
  const { caller, route, call, secure, policies } = asking;
  const request: AccessRequest = {
    principal: caller.principal,
    action: call.data.action,
    resource: call.resource,
    ownerAccountId,
    secureTransport: secure,
    acl: call.acl,
    through: route.through,
    sourceIp: route.sourceIp,
  };
  const [decision, ...others] = homes.map((home) =>
    evaluate(policies, home === undefined ? request : at(home, request)),
  );
  if (decision === undefined) throw new Error("a call has no answer");
  const other = others.findIndex(({ allowed }) => allowed !== decision.allowed);
  if (other === -1) return { ...decision, open: false };
  const because = `it depends on whether account ${ownerAccountId} belongs to ${homes[other + 1]?.path ?? ""}`;
  return { ...decision, because, open: true };
}

function caseOf(
  { bucket, surroundings }: Table,
  { caller, route, call, secure, answer }: Asking & { readonly answer: Answer },
): AskedCase {
  const { allowed, because, open } = answer;
  const { verb, action } = call.data;
  const expected = expectation(bucket, caller, { way: route.by, data: call.data, secure });
  const byEndpoint = caller.scope === "endpoint policy" || because.includes("endpoint policy");
  const places = [bucket.place, ...(route.by === "endpoint" ? [surroundings.endpoint?.place ?? ""] : [])];
  const [place = "", ...others] = byEndpoint ? places.reverse() : places;
  return {
    bucket: bucket.name,
    caller: caller.label,
    role: caller.role,
    by: caller.by,
    scope: caller.scope,
    way: route.by,
    via: route.via,
    secure,
    verb,
    action,
    alike: call.alike,
    key: call.key,
    allowed,
    because,
    expected,
    open,
    place,
    others,
    shown: false,
  };
}
