import { awsTypes } from "../model/resourceTypes";
import type { AccessCase } from "./report";
import type { JudgedBucket } from "./buckets";
import { allActions, type Verb } from "./actions";
import { type Call, callsOn } from "./calls";
import { keysNamed } from "../iam/namedCalls";
import type { Estate } from "../estate/estate";
import { bucketName, targetOf } from "../estate/logDeliveries";
import {
  accessLogRequests,
  deliveryServices,
  flowLogRequests,
  type LogKind,
  logKinds,
  trailRequests,
} from "../iam/logDelivery";
import { type AccessRequest, evaluate } from "../iam/evaluator";
import { type Home, type Service, servicesNamed, strangerAccount } from "../iam/namedCallers";
import { signature } from "../iam/signature";
import type { RecordedResource } from "../model/recording";
import { remembered } from "../model/remembered";

const elsewhere = ", elsewhere in the bucket,";

/** A call of a service, and in what it is not the delivery that it should be. */
interface Attempt {
  readonly how: string;
  readonly request: AccessRequest & { readonly principal: Service };
  readonly expected: boolean;
}

/** The services that deliver may do exactly that, where logs are to come; no other, and for nobody else's sake. */
export function deliveryCases(
  estate: Estate,
  bucket: JudgedBucket,
  resource: RecordedResource,
  { ownerAccountId, partition }: Home,
): readonly AccessCase[] {
  const deliveries = logKinds.map((kind) => deliveryOf(estate, bucket, resource, { kind, ownerAccountId }));
  return casesOfDeliveries(bucket, deliveries, { ownerAccountId, partition });
}

/** The logs of one kind that come to a bucket, and what their service asks for; without any, what it would ask. */
interface Delivery {
  readonly kind: LogKind;
  readonly prefixes: readonly string[];
  readonly requests: readonly Attempt["request"][];
}

const casesOfDeliveries = remembered(
  (bucket: JudgedBucket, deliveries: readonly Delivery[], home: Home): readonly AccessCase[] => {
    const policies = { bucket: bucket.policy, endpoint: undefined, identity: [] };
    const calls = callsOn([bucket.policy], bucket.arn);
    return deliveries
      .flatMap((delivery) =>
        withoutConsequences(
          attemptsOf(bucket, delivery, { calls, home }).map((one) => ({
            ...one,
            ...evaluate(policies, one.request),
          })),
        ),
      )
      .map(({ how, request, expected, allowed, because }) => ({
        bucket: bucket.name,
        caller: `${request.principal.name}${how}`,
        role: "service",
        scope: "all",
        way: "internet",
        via: undefined,
        secure: request.secureTransport,
        verb: verbOf(request.action),
        action: request.action,
        alike: [],
        key: undefined,
        allowed,
        because,
        expected,
        open: false,
        place: bucket.place,
        others: [],
        shown: false,
        outcome: allowed === expected ? "holds" : "broken",
      }));
  },
  { most: 16 },
);

type Decided = Attempt & { readonly allowed: boolean; readonly because: string };

/** Of what is let in and should not be, only what does not follow from something simpler that is let in as well. */
function withoutConsequences(tried: readonly Decided[]): readonly Decided[] {
  const wrong = tried.filter(({ allowed, expected }) => allowed && !expected);
  const isConsequence = (one: Decided) =>
    wrong.includes(one) && wrong.some((other) => followsFrom(one, other));
  return tried.filter((one) => !isConsequence(one));
}

/** The same with an ACL beside it, or at a certain key where any key will do. */
function followsFrom(one: Attempt, other: Attempt): boolean {
  if (one === other || one.request.action !== other.request.action) return false;
  if (one.request.principal.name !== other.request.principal.name || other.how === "") return false;
  return other.how === elsewhere ? one.how.startsWith(", at ") : one.how.startsWith(`${other.how} with`);
}

function deliveryOf(
  estate: Estate,
  bucket: JudgedBucket,
  resource: RecordedResource,
  { kind, ownerAccountId }: { readonly kind: LogKind; readonly ownerAccountId: string },
): Delivery {
  const flows = estate.logDeliveries.filter((flow) => flow.kind === kind && flow.bucketName === bucket.name);
  const idle = { kind, source: undefined, prefix: `${kind}/` };
  const asked = flows.length > 0 ? flows : [idle];
  const requests = asked.flatMap((flow) => requestsOf(estate, flow, resource, ownerAccountId));
  return { kind, prefixes: flows.map(({ prefix }) => prefix), requests };
}

function attemptsOf(
  bucket: JudgedBucket,
  { kind, prefixes, requests }: Delivery,
  { calls, home }: { readonly calls: readonly Call[]; readonly home: Home },
): readonly Attempt[] {
  // Where no such logs come, their service has no business.
  if (prefixes.length === 0)
    return requests.map((request) => ({ how: `, without any ${kind} logs,`, request, expected: false }));
  return [
    ...requests.flatMap((request) => [{ how: "", request, expected: true }, ...strayings(kind, request)]),
    ...otherCalls(bucket, { kind, calls, requests }),
    ...otherKeys(bucket, prefixes, requests),
    ...otherSources(bucket, requests, home),
  ];
}

function requestsOf(
  estate: Estate,
  flow: { readonly kind: LogKind; readonly source: string | undefined; readonly prefix: string },
  resource: RecordedResource,
  accountId: string,
): readonly Attempt["request"][] {
  const target = targetOf(flow, resource, accountId);
  const logged = estate.ofType(awsTypes.bucket).find((one) => bucketName(one) === flow.source);
  const all = {
    flow: () => flowLogRequests(target),
    access: () =>
      accessLogRequests(target, `arn:aws:s3:::${logged === undefined ? "none" : bucketName(logged)}`),
    audit: () =>
      trailRequests(target, flow.source ?? `arn:aws:cloudtrail:${target.region}:${accountId}:trail/none`),
  };
  const requests = all[flow.kind]();
  return requests.filter((request): request is Attempt["request"] => request.principal.kind === "service");
}

/** Whatever else the policy could let a service do that delivers: every action, key and ACL that it tells apart. */
function otherCalls(
  { policy, arn }: JudgedBucket,
  {
    kind,
    calls,
    requests,
  }: {
    readonly kind: LogKind;
    readonly calls: readonly Call[];
    readonly requests: readonly Attempt["request"][];
  },
): readonly Attempt[] {
  const [first] = requests;
  if (first === undefined) return [];
  // Access logs alone are delivered without an ACL.
  const kindOf = ({ acl, ...request }: AccessRequest) =>
    signature([policy], "call", kind !== "access" ? { ...request, acl } : request);
  const seen = new Set(requests.map(kindOf));
  return calls
    .filter(({ data }) => data.on !== "neither")
    .map(({ data, resource, acl }) => ({ ...first, action: data.action, resource, acl }))
    .filter((request) => {
      const isNew = !seen.has(kindOf(request));
      seen.add(kindOf(request));
      return isNew;
    })
    .map((request) => ({
      how: `, at ${request.resource.slice(arn.length + 1) || "the bucket"},`,
      request,
      expected: false,
    }));
}

/** A key that the policy names, outside of what any delivery of this kind begins with, though no statement tells it apart. */
function otherKeys(
  { policy, arn }: JudgedBucket,
  prefixes: readonly string[],
  requests: readonly Attempt["request"][],
): readonly Attempt[] {
  const keys = keysNamed([policy], arn).filter((key) => !prefixes.some((prefix) => key.startsWith(prefix)));
  return requests
    .filter(({ action }) => action === "s3:PutObject")
    .flatMap((request) =>
      keys.map((key) => ({
        how: `, at ${key},`,
        request: { ...request, resource: `${arn}/${key}` },
        expected: false,
      })),
    );
}

/** The same calls for accounts and resources that the policy names and that have nothing to do with the delivery. */
function otherSources(
  { policy }: JudgedBucket,
  requests: readonly Attempt["request"][],
  home: Home,
): readonly Attempt[] {
  const own = home.ownerAccountId;
  const sources = requests.map(({ principal }) => principal.sourceArn);
  // The stranger's account and none at all are tried already, with everything else as it should be.
  const strays = servicesNamed([policy], home).filter(
    ({ sourceAccount, sourceArn }) =>
      (sourceAccount !== own && sourceAccount !== strangerAccount && sourceAccount !== undefined) ||
      (sourceAccount === own &&
        sourceArn !== undefined &&
        !sources.includes(sourceArn) &&
        sourceArn.split(":")[4] !== own),
  );
  return requests.flatMap((request) =>
    strays
      .filter(({ name }) => name === request.principal.name)
      .flatMap((principal) =>
        aclsOf(request).map(({ with: acl, ...asked }) => ({
          how: `, for ${principal.sourceAccount ?? "no account"} and ${principal.sourceArn ?? "no resource"},${acl}`,
          request: { ...request, ...asked, principal },
          expected: false,
        })),
      ),
  );
}

/** The same call with one thing about it that is not as the delivery would have it. */
function strayings(kind: LogKind, request: Attempt["request"]): readonly Attempt[] {
  const { principal, resource } = request;
  const bucketArn = resource.split("/")[0] ?? "";
  const stray = (how: string, changes: Partial<AccessRequest>): Attempt => ({
    how,
    request: { ...request, ...changes } as Attempt["request"],
    expected: false,
  });
  const as = (how: string, changes: Partial<Service>) =>
    aclsOf(request).map(({ with: acl, ...asked }) =>
      stray(`${how}${acl}`, { ...asked, principal: { ...principal, ...changes } }),
    );
  const puts = request.action === "s3:PutObject";
  return [
    stray(", without TLS,", { secureTransport: false }),
    ...strangersOf(kind).flatMap(({ how, ...changes }) => as(how, changes)),
    ...as(" instead of the service", { name: "config.amazonaws.com" }),
    ...logKinds
      .filter((other) => other !== kind)
      .flatMap((other) => as(` instead of ${deliveryServices[kind]}`, { name: deliveryServices[other] })),
    ...["s3:GetObject", "s3:DeleteObject", "s3:PutObjectAcl"].map((action) =>
      stray("", { action, resource: puts ? resource : `${bucketArn}/some/object` }),
    ),
    ...["s3:ListBucket", "s3:PutBucketPolicy"].map((action) => stray("", { action, resource: bucketArn })),
    ...(puts ? [stray(elsewhere, { resource: `${bucketArn}/some/object` })] : []),
    // AWS puts a statement of its own beside one that asks for no ACL.
    ...(kind !== "access" && puts
      ? [stray(", with another ACL,", { acl: "public-read" }), withoutAcl(request)]
      : []),
  ];
}

/** For whom else a service may come, by what its own policy has to tell them apart: the account, the ARN or both. */
function strangersOf(kind: LogKind): readonly ({ readonly how: string } & Partial<Service>)[] {
  const account = [
    { how: ", for another account,", sourceAccount: strangerAccount },
    { how: ", without a source account,", sourceAccount: undefined },
  ];
  const arn = (other: string) => [
    { how: ", for another's deliveries,", sourceArn: other },
    { how: ", without a source ARN,", sourceArn: undefined },
  ];
  switch (kind) {
    case "access":
      return account;
    case "flow":
      return [...account, ...arn(`arn:aws:logs:us-east-1:${strangerAccount}:delivery`)];
    case "audit":
      // The trail's ARN names its account.
      return arn(`arn:aws:cloudtrail:us-east-1:${strangerAccount}:trail/any`);
  }
}

/** The ACL that a delivery asks for, another, and none: a policy can want two things of a call at once. */
function aclsOf({
  acl,
}: AccessRequest): readonly { readonly with: string; readonly acl?: string | undefined }[] {
  if (acl === undefined) return [{ with: "" }];
  return [
    { with: "", acl },
    { with: " with another ACL,", acl: "public-read" },
    { with: " without an ACL,", acl: undefined },
  ];
}

function withoutAcl(request: Attempt["request"]): Attempt {
  const { principal, action, resource, ownerAccountId, secureTransport, through } = request;
  return {
    how: ", without an ACL,",
    request: { principal, action, resource, ownerAccountId, secureTransport, through },
    expected: false,
  };
}

function verbOf(action: string): Verb {
  return allActions.find((one) => one.action === action)?.verb ?? "configure";
}
