import { aboutBucket, bucketsOf, type JudgedBucket, objectIn, policiesFor } from "./buckets";
import { deliveryCases } from "./deliveries";
import { dataActions, type DataAction, type Verb, type Way, ways } from "./actions";
import { accountOf, type Caller, callersOf, readerOf, type Intent } from "./callers";
import { text } from "../model/values";
import type { Estate } from "../estate/estate";
import { parsePolicy } from "../iam/document";
import { type AccessRequest, evaluate, type Policies, type Policy } from "../iam/evaluator";
import type { RecordedResource } from "../model/recording";

/** One call and what becomes of it. */
export interface AccessCase {
  readonly bucket: string;
  readonly caller: string;
  readonly way: Way;
  readonly secure: boolean;
  readonly verb: Verb;
  readonly action: string;
  readonly allowed: boolean;
  /** Which statement decides, or that none does. */
  readonly because: string;
  readonly expected: boolean;
  /** URN of the resource whose policy decides, or should. */
  readonly place: string;
  readonly others: readonly string[];
  /** Asked of everything, as S3 asks; false where one policy is tried by itself, or a service calls. */
  readonly shown: boolean;
}

export interface AccessReport {
  readonly perimeter: "allow" | "enforced" | undefined;
  readonly cases: readonly AccessCase[];
  /** Policies that cannot be evaluated, and what is missing. */
  readonly problems: readonly { readonly place: string; readonly problem: string }[];
}

/** An administrator's way in where the perimeter is not enforced, in one sentence. */
export const administratorsGetIn =
  "Inside the bucket's own account an administrator's policy suffices, from anywhere; perimeter: enforced keeps administrators out.";

/** Everybody, by every way, to do everything, with every bucket. */
export function judgeAccess(estate: Estate, intent: Intent): AccessReport {
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
  const callers = callersOf(estate, intent);
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
      : [...cases, ...deliveryCases(estate, judged, accountOf(readerOf(estate) ?? intent.deployer))];
  });
  return { perimeter, cases, problems };
}

/** What the stack says of its perimeter. */
export function perimeterOf(estate: Estate): AccessReport["perimeter"] {
  const stated = estate.outputs["perimeter"];
  return stated === "allow" || stated === "enforced" ? stated : undefined;
}

function casesOf(bucket: JudgedBucket, caller: Caller): readonly AccessCase[] {
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

function casesElsewhere(bucket: JudgedBucket, caller: Caller): readonly AccessCase[] {
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
): AccessCase {
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
