import type { BucketSurroundings, Surroundings } from "./surroundings";
import type { Organisation } from "../iam/principals";
import { type Asker, evaluate, type Decision, type Policies, policiesMetBy } from "../iam/evaluator";
import { type Deciding, signature } from "../iam/signature";
import { bucketsNamed } from "../iam/namedCalls";
import { remembered } from "../model/remembered";
import type { Way } from "./actions";
import { aboutBucket, type JudgedBucket, policiesFor } from "./buckets";
import { type Call, callsOn } from "./calls";
import { type Caller, fixedCallers, type Scope } from "./callers";
import { expectation } from "./expectations";
import { at, homesOf } from "./homes";
import { namedCallers } from "./namedCallers";
import type { AccessCase } from "./report";
import { isOpenTo, type NamedRoute, nothing, routesOn } from "./routes";

/**
 * Everybody, by every way, to do everything with one bucket: those that are always asked, and whatever its policies name.
 * Callers, ways and calls that the policies do not tell apart are asked once.
 */
export function casesOf(bucket: JudgedBucket, surroundings: BucketSurroundings): readonly AccessCase[] {
  return casesIn(undefined, bucket, plain(surroundings));
}

/** Of callers with one scope, or of all. */
const casesIn = remembered(
  (wanted: Scope | undefined, bucket: JudgedBucket, surroundings: BucketSurroundings) => {
    const table = tableOf(bucket, surroundings);
    return callersOf(bucket, surroundings, table.deciding)
      .filter(({ scope }) => wanted === undefined || scope === wanted)
      .flatMap((caller) => casesOfCaller(table, caller));
  },
  { most: 32 },
);

/** Whoever is exempt comes with all that a stack's settings say. */
function plain(surroundings: BucketSurroundings): BucketSurroundings {
  const { readerArn, ownerAccountId, partition, endpoint } = surroundings;
  const { deployer, trustedPrincipals } = surroundings.exempt;
  return { readerArn, ownerAccountId, partition, endpoint, exempt: { deployer, trustedPrincipals } };
}

/** What passes the endpoint on its way to buckets that are none of the stack's: through there data could leave. */
export function casesElsewhere(surroundings: Surroundings): readonly AccessCase[] {
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
    return casesIn("endpoint policy", bucket, plain(surroundings));
  });
}

interface Table {
  readonly bucket: JudgedBucket;
  readonly surroundings: BucketSurroundings;
  readonly deciding: Deciding;
  readonly routes: readonly NamedRoute[];
  readonly calls: readonly Call[];
  readonly homes: readonly (Organisation | undefined)[];
  /** Whether something is allowed only without TLS. */
  readonly allowsPlain: boolean;
}

function tableOf(bucket: JudgedBucket, surroundings: BucketSurroundings): Table {
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
function callersOf(
  bucket: JudgedBucket,
  surroundings: BucketSurroundings,
  deciding: Deciding,
): readonly Caller[] {
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

function casesOfCaller(table: Table, caller: Caller): readonly AccessCase[] {
  const plain = new Map<Way, readonly Answered[]>();
  return table.routes
    .filter((route) => isOpenTo(caller, route))
    .flatMap((route) => {
      const answers = answersOn(table, caller, route);
      const plainest = plain.get(route.by);
      if (plainest === undefined) plain.set(route.by, answers);
      // A way that changes nothing for this caller needs no row of its own, and who is named in no policy has one only
      // where it gets anything.
      const differs = plainest === undefined || !sayTheSame(answers, plainest);
      const gets = caller.shown || answers.some(({ answer }) => answer.allowed);
      const shown = differs && gets && caller.scope === "all";
      return answers.map((one) => caseOf(table, { caller, route, shown, ...one }));
    });
}

function sayTheSame(answers: readonly Answered[], others: readonly Answered[]): boolean {
  return (
    answers.length === others.length &&
    answers.every(({ call, secure, answer, expected }, index) => {
      const other = others[index];
      return (
        call === other?.call &&
        secure === other.secure &&
        answer.allowed === other.answer.allowed &&
        expected === other.expected
      );
    })
  );
}

/** A call of one caller on one way, with what comes of it. */
interface Answered {
  readonly call: Call;
  readonly secure: boolean;
  readonly answer: Answer;
  readonly expected: boolean;
}

function answersOn(table: Table, caller: Caller, route: NamedRoute): readonly Answered[] {
  const { bucket, calls, allowsPlain } = table;
  const policies = policiesFor(bucket, caller, route.by);
  const asksPlain = caller.scope === "all" || caller.scope === "bucket policy's Deny";
  const answering = (secure: boolean) => {
    const answerTo = answersTo(table, { caller, route, secure, policies });
    return (call: Call): Answered => ({
      call,
      secure,
      answer: answerTo(call),
      expected: expectation(bucket, caller, { way: route.by, data: call.data, secure }),
    });
  };
  const [secure, insecure] = [answering(true), answering(false)];
  // No policy of a bucket can allow what is done to none; only the endpoint's can let it pass.
  const asked = calls.filter(({ data }) => data.on !== "neither" || caller.scope === "endpoint policy");
  return asked.flatMap((call) => {
    const one = secure(call);
    const { allowed, open } = one.answer;
    // Whoever may, may not without TLS; for everybody else the answer cannot be another.
    return (allowed || open || allowsPlain) && asksPlain ? [one, insecure(call)] : [one];
  });
}

interface Asking {
  readonly caller: Caller;
  readonly route: NamedRoute;
  readonly secure: boolean;
}

type Answer = Decision & { readonly open: boolean };

/** What is answered to each call of one caller on one way; calls that the policies do not tell apart are decided once. */
function answersTo(
  { homes, surroundings }: Table,
  { caller, route, secure, policies }: Asking & { readonly policies: Policies },
): (call: Call) => Answer {
  const { ownerAccountId } = surroundings;
  const asker: Asker = {
    principal: caller.principal,
    ownerAccountId,
    secureTransport: secure,
    through: route.through,
    sourceIp: route.sourceIp,
  };
  let met: readonly { readonly asker: Asker; readonly policies: Policies }[] | undefined;
  const known = new Map<number, Answer>();
  return ({ data, resource, acl, group }) => {
    const answered = known.get(group);
    if (answered !== undefined) return answered;
    met ??= homes.map((home) => {
      const there = home === undefined ? asker : at(home, asker);
      return { asker: there, policies: policiesMetBy(policies, there) };
    });
    const [decision, ...others] = met.map(({ asker: { principal, through, sourceIp }, policies: left }) =>
      evaluate(left, {
        principal,
        action: data.action,
        resource,
        acl,
        ownerAccountId,
        secureTransport: secure,
        through,
        sourceIp,
      }),
    );
    if (decision === undefined) throw new Error("a call has no answer");
    const other = others.findIndex(({ allowed }) => allowed !== decision.allowed);
    const answer =
      other === -1
        ? { ...decision, open: false }
        : { ...decision, because: dependsOn(ownerAccountId, homes[other + 1]), open: true };
    known.set(group, answer);
    return answer;
  };
}

function dependsOn(ownerAccountId: string, home: Organisation | undefined): string {
  return `it depends on whether account ${ownerAccountId} belongs to ${home?.path ?? ""}`;
}

function caseOf(
  { bucket, surroundings }: Table,
  given: Answered & { readonly caller: Caller; readonly route: NamedRoute; readonly shown: boolean },
): AccessCase {
  const { caller, route, shown, call, secure, answer, expected } = given;
  const { allowed, because, open } = answer;
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
    verb: call.data.verb,
    action: call.data.action,
    alike: call.alike,
    key: call.key,
    allowed,
    because,
    expected,
    open,
    place,
    others,
    shown,
    outcome: open ? "not judged" : allowed === expected ? "holds" : "broken",
  };
}
