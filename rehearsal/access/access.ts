import { aboutBucket, bucketsOf, type JudgedBucket, objectIn, policiesFor } from "./buckets";
import { deliveryCases } from "./deliveries";
import { dataActions, type DataAction, type Way, ways } from "./actions";
import { accountOf, type Caller, callersOf, type Exempt, readerOf } from "./callers";
import type { AccessReport, AskedCase } from "./report";
import type { Outcome } from "../model/findings";
import { text } from "../model/values";
import type { Estate } from "../estate/estate";
import { parsePolicy } from "../iam/document";
import { type AccessRequest, evaluate, type Policies, type Policy } from "../iam/evaluator";
import type { RecordedResource } from "../model/recording";

/** An administrator's way in where the perimeter is not enforced, in one sentence. */
export const administratorsGetIn =
  "Inside the bucket's own account an administrator's policy suffices, from anywhere; perimeter: enforced keeps administrators out.";

/** Everybody, by every way, to do everything, with every bucket. */
export function judgeAccess(estate: Estate, exempt: Exempt): AccessReport {
  const perimeter = perimeterOf(estate);
  const problems: { place: string; problem: string }[] = [];
  const read = (kind: Policy["kind"], resource: RecordedResource | undefined): Policy | undefined => {
    const json = text(resource?.inputs, "policy");
    if (resource === undefined || json === undefined) return undefined;
    try {
      return parsePolicy(kind, json);
    } catch (error) {
      problems.push({ place: resource.urn, problem: error instanceof Error ? error.message : String(error) });
      return { kind, statements: [] };
    }
  };
  const [endpoint] = estate.aws.endpoints;
  const endpointPolicy = read("endpoint", endpoint?.resource);
  const foreignEndpointPolicy = aboutBucket(endpointPolicy, foreignArn);
  const callers = callersOf(estate, exempt);
  const cases = bucketsOf(estate).flatMap((bucket) => {
    const place = bucket.policyResource ?? bucket.resource;
    const judged = {
      ...bucket,
      policy: read("bucket", bucket.policyResource),
      endpointPolicy: aboutBucket(endpointPolicy, bucket.arn),
      foreignEndpointPolicy,
      endpointPlace: endpoint?.resource.urn,
      through:
        endpoint === undefined
          ? undefined
          : { endpointId: endpoint.resource.id, vpcId: endpoint.vpcId ?? "" },
      place: place.urn,
      // What keeps administrators from data elsewhere is no matter of logs.
      perimeter: bucket.holds === "logs" ? "allow" : perimeter,
    } as const;
    const cases = callers.flatMap((caller) => casesOf(judged, caller));
    return bucket.holds === "data"
      ? cases
      : [...cases, ...deliveryCases(estate, judged, accountOf(readerOf(estate) ?? exempt.deployer))];
  });
  const unread = new Set(problems.map(({ place }) => place));
  return { perimeter, cases: cases.map((one) => ({ ...one, outcome: outcomeOf(one, unread) })), problems };
}

/** A policy that could not be read may say anything. */
function outcomeOf({ place, others, allowed, expected }: AskedCase, unread: ReadonlySet<string>): Outcome {
  if ([place, ...others].some((urn) => unread.has(urn))) return "not judged";
  return allowed === expected ? "holds" : "broken";
}

/** What the stack says of its perimeter. */
function perimeterOf(estate: Estate): AccessReport["perimeter"] {
  const stated = estate.outputs["perimeter"];
  return stated === "allow" || stated === "enforced" ? stated : undefined;
}

function casesOf(bucket: JudgedBucket, caller: Caller): readonly AskedCase[] {
  const own = waysOf(caller).flatMap((way) => {
    const policies = policiesFor(bucket, caller, way);
    return dataActions.flatMap((data) => {
      const secure = judgeCase(bucket, caller, policies, { way, data, secure: true });
      // Whoever may, may not without TLS; for everybody else the answer cannot be another.
      const asked = caller.scope === "all" || caller.scope === "bucket policy's Deny";
      return secure.allowed && asked
        ? [secure, judgeCase(bucket, caller, policies, { way, data, secure: false })]
        : [secure];
    });
  });
  return [...own, ...casesElsewhere(bucket, caller)];
}

function casesElsewhere(bucket: JudgedBucket, caller: Caller): readonly AskedCase[] {
  if (caller.scope !== "endpoint policy") return [];
  const endpointPolicy = bucket.foreignEndpointPolicy;
  const foreign = {
    ...bucket,
    name: "somebody else's bucket",
    arn: foreignArn,
    access: undefined,
    endpointPolicy,
  };
  const policies = policiesFor(foreign, caller, "endpoint");
  return dataActions.map((data) => ({
    ...judgeCase(foreign, caller, policies, { way: "endpoint", data, secure: true }),
    expected: false,
  }));
}

/** A bucket that is none of the stack's: through the endpoint data could leave for it. */
const foreignArn = "arn:aws:s3:::somebody-elses-bucket";

/** Services come from nowhere in our networks; an endpoint's policy is asked only on the way through it. */
function waysOf(caller: Caller): readonly Way[] {
  if (caller.role === "service") return ["internet"];
  return caller.scope === "endpoint policy" ? ["endpoint"] : ways;
}

const otherEndpoint = { endpointId: "vpce-0f1e2d3c4b5a69788", vpcId: "vpc-0f1e2d3c4b5a69788" };

function judgeCase(
  bucket: JudgedBucket,
  caller: Caller,
  policies: Policies,
  call: { readonly way: Way; readonly data: DataAction; readonly secure: boolean },
): AskedCase {
  const { way, data, secure } = call;
  const through = { endpoint: bucket.through, "other endpoint": otherEndpoint, internet: undefined }[way];
  const request: AccessRequest = {
    principal: caller.principal,
    action: data.action,
    resource: data.on === "bucket" ? bucket.arn : objectIn(bucket.arn),
    ownerAccountId: caller.ownerAccountId,
    secureTransport: secure,
    // Whoever tries names the ACL that a policy may ask for.
    ...(data.action === "s3:PutObject" ? { acl: "bucket-owner-full-control" } : {}),
    through,
  };
  const decision = evaluate(policies, request);
  const expected = secure && isExpected(bucket, caller, way, data);
  const byEndpoint = caller.scope === "endpoint policy" || decision.because.includes("endpoint policy");
  const places = [bucket.place, ...(way === "endpoint" ? [bucket.endpointPlace ?? ""] : [])];
  const [place = "", ...others] = byEndpoint ? places.reverse() : places;
  return {
    bucket: bucket.name,
    caller: caller.label,
    way,
    secure,
    verb: data.verb,
    action: data.action,
    allowed: decision.allowed,
    because: decision.because,
    expected,
    place,
    others,
    shown: caller.scope === "all" && caller.role !== "service",
  };
}

function isExpected(bucket: JudgedBucket, caller: Caller, way: Way, data: DataAction): boolean {
  // Whoever is let in by everything else is still kept to the endpoint by an enforced perimeter.
  if (caller.scope === "bucket policy's Deny")
    return way === "endpoint" || bucket.perimeter === "allow" || data.verb === "configure";
  switch (caller.role) {
    case "reader":
      return (
        bucket.holds === "data" &&
        way === "endpoint" &&
        (data.givenBy === "read" || (data.givenBy === "readWrite" && bucket.access === "readWrite"))
      );
    case "nobody":
      return false;
    case "administrator":
      return way !== "endpoint" && (data.verb === "configure" || bucket.perimeter === "allow");
    case "exempt":
      return way !== "endpoint" && caller.sameAccount;
    case "service":
      return true;
  }
}
