import type { Value } from "./values";
import { open } from "../rehearsal/access/buckets";
import { administratorAccess } from "../rehearsal/access/callers";
import { type Call, callsOn } from "../rehearsal/access/calls";
import { type NamedRoute, nothing, routesOn } from "../rehearsal/access/routes";
import { arnParts } from "../rehearsal/iam/conditions";
import { parsePolicy } from "../rehearsal/iam/document";
import { evaluate, type Policies, type Policy, type Principal } from "../rehearsal/iam/evaluator";
import { identitiesNamed, type Service, servicesNamed, strangerAccount } from "../rehearsal/iam/namedCallers";
import { bucketsNamed } from "../rehearsal/iam/namedCalls";
import { instancesOf } from "../rehearsal/iam/patterns";
import { principalMatch } from "../rehearsal/iam/principals";
import { remarksOn } from "../rehearsal/iam/remarks";
import { asksFor, signature, valuesOf } from "../rehearsal/iam/signature";

/** One call that a policy lets through. */
export interface Passing {
  readonly principal: Principal;
  /** Whether the policy names exactly this user, role or service, or the account of it. */
  readonly named: "by name" | "by account" | "otherwise";
  /** The endpoint that the policy names and that the call comes through; undefined for any other way. */
  readonly endpointId: string | undefined;
  /** Whether the policy names exactly this bucket. */
  readonly bucket: "by name" | "otherwise";
  /** Whether a service calls for a customer whom the policy names; undefined for whoever is no service. */
  readonly customer: "by name" | "otherwise" | undefined;
  readonly call: Call;
}

/** What is asked of a bucket's policy: its Deny statements by themselves, as if all else allowed, or all of it. */
export interface Question {
  readonly of: "Deny" | "all";
  readonly secure: boolean;
}

/** A policy as the evaluator reads it, or why it cannot. */
export type Meaning<Passes> =
  | { readonly kind: "read"; readonly passing: Passes }
  | { readonly kind: "not read"; readonly problem: string };

/** An account that no policy is likely to name: a policy does not say whose the bucket is. */
const owner = "109876543210";

/** Asks everybody whom the policy names, and some whom it does not, by every way, for every action of S3. */
export function bucketMeaning(document: Value, bucketName: string): BucketMeaning {
  if (last !== undefined && last.document === document && last.bucketName === bucketName) return last.meaning;
  const meaning = readBucket(document, bucketName);
  last = { document, bucketName, meaning };
  return meaning;
}

type BucketMeaning = Meaning<(question: Question) => readonly Passing[]>;

/** The engine puts one policy to all rules before the next: they share what it means. */
let last:
  { readonly document: Value; readonly bucketName: string; readonly meaning: BucketMeaning } | undefined;

function readBucket(document: Value, bucketName: string): BucketMeaning {
  return meaningOf("bucket", document, (policy, partition) => {
    if (asksFor([policy], "aws:resourceaccount", "s3:resourceaccount"))
      throw new Error("the bucket policy asks whose the bucket is, which is not known here");
    const known = new Map<string, readonly Passing[]>();
    return (question) => {
      const key = `${question.of} ${question.secure}`;
      const passing =
        known.get(key) ?? passingBucket(policy, `arn:${partition}:s3:::${bucketName}`, question);
      known.set(key, passing);
      return passing;
    };
  });
}

/** Asks the same of an endpoint's policy, for the buckets that it names and for somebody else's. */
export function endpointMeaning(document: Value): Meaning<readonly Passing[]> {
  return meaningOf("endpoint", document, passingEndpoint);
}

function meaningOf<Passes>(
  kind: "bucket" | "endpoint",
  document: Value,
  read: (policy: Policy, partition: string) => Passes,
): Meaning<Passes> {
  const text = typeof document === "string" ? document : JSON.stringify(document ?? null);
  try {
    const policy = parsePolicy(kind, text);
    const [strange] = remarksOn(policy);
    if (strange !== undefined) return { kind: "not read", problem: strange.problem };
    return { kind: "read", passing: read(policy, /arn:(aws[a-z-]*):s3:::/.exec(text)?.[1] ?? "aws") };
  } catch (error) {
    return { kind: "not read", problem: error instanceof Error ? error.message : String(error) };
  }
}

function passingBucket(policy: Policy, bucketArn: string, { of, secure }: Question): readonly Passing[] {
  const partition = arnParts(bucketArn)[1] ?? "aws";
  const home = { ownerAccountId: owner, partition };
  const denies = policy.statements.filter(({ effect }) => effect === "Deny");
  const bucket: Policy = {
    kind: "bucket",
    statements: of === "Deny" ? [open, ...denies] : policy.statements,
  };
  const endpoints = valuesOf([policy], "aws:sourcevpce").flatMap(instancesOf);
  const routes = routesOn([policy], { ...home, endpoint: undefined })
    .filter(({ by }) => by !== "endpoint")
    // Endpoints that the policy does not tell apart are still several.
    .flatMap((route) => [route, ...throughEach(endpoints, route)]);
  const arn = `arn:${partition}:iam::${owner}:user/any`;
  const administrator: Principal = { kind: "user", arn, accountId: owner };
  // A query service makes its calls with the rights of whoever asks it.
  const queryService: Principal = { ...administrator, viaAwsService: true };
  return passing(policy, {
    policies: { bucket, endpoint: undefined, identity: [administratorAccess] },
    // In its own account administrators need no Allow: what a policy allows is asked of others.
    principals: [
      ...(of === "Deny" ? [administrator, queryService] : []),
      ...identitiesNamed([policy], home).filter(({ accountId }) => of === "Deny" || accountId !== owner),
      { kind: "anonymous" },
      ...servicesNamed([policy], home),
    ],
    routes,
    endpoints,
    buckets: [{ arn: bucketArn, ownerAccountId: owner, named: true }],
    secure,
  }).filter(({ call }) => call.data.on !== "neither");
}

function passingEndpoint(policy: Policy, partition: string): readonly Passing[] {
  const home = { ownerAccountId: owner, partition };
  const resources = policy.statements.flatMap((one) => [...one.resources, ...(one.exceptResources ?? [])]);
  const named = new Set(resources.map((one) => one.split("/")[0] ?? "").filter((arn) => !/[*?]/.test(arn)));
  const owners = ["aws:resourceaccount", "s3:resourceaccount"]
    .flatMap((key) => valuesOf([policy], key))
    .flatMap(instancesOf);
  const arns = [`arn:${partition}:s3:::somebody-elses-bucket`, ...bucketsNamed([policy], new Set())];
  return passing(policy, {
    policies: {
      bucket: { kind: "bucket", statements: [open] },
      endpoint: policy,
      identity: [administratorAccess],
    },
    principals: [{ kind: "anonymous" }, ...identitiesNamed([policy], home)],
    routes: routesOn([policy], { ...home, endpoint: undefined }).filter(({ by }) => by === "other endpoint"),
    endpoints: [],
    buckets: arns.flatMap((arn) => [
      { arn, ownerAccountId: owner, named: named.has(arn) },
      // Whose account is named is named as well.
      ...owners.map((ownerAccountId) => ({ arn, ownerAccountId, named: true })),
    ]),
    secure: true,
  });
}

interface Asking {
  readonly policies: Policies;
  readonly principals: readonly Principal[];
  readonly routes: readonly NamedRoute[];
  /** Those that the policy names. */
  readonly endpoints: readonly string[];
  readonly buckets: readonly {
    readonly arn: string;
    readonly ownerAccountId: string;
    readonly named: boolean;
  }[];
  readonly secure: boolean;
}

function passing(policy: Policy, asking: Asking): readonly Passing[] {
  const { policies, routes, endpoints, secure } = asking;
  const callers = callersIn(policy, asking.principals);
  return asking.buckets.flatMap(({ arn, ownerAccountId, named: isNamed }) => {
    const calls = callsOn([policy], arn);
    const bucket = byName(isNamed);
    return callers.flatMap(({ principal, named, customer }) =>
      routes
        // Services come from nowhere in a network.
        .filter(({ through }) => principal.kind !== "service" || through === undefined)
        .flatMap(({ through, sourceIp }) =>
          calls
            .filter(
              ({ data, resource, acl }) =>
                evaluate(policies, {
                  ...{ principal, action: data.action, resource, ownerAccountId },
                  ...{ secureTransport: secure, acl, through, sourceIp },
                }).allowed,
            )
            .map((call): Passing => ({
              ...{ principal, named, customer, bucket, call },
              endpointId:
                through !== undefined && endpoints.includes(through.endpointId)
                  ? through.endpointId
                  : undefined,
            })),
        ),
    );
  });
}

/** One of each kind: a policy can name hundreds of accounts and sources, each with each. */
function callersIn(policy: Policy, principals: readonly Principal[]) {
  const seen = new Set<string>();
  return principals.flatMap((principal): Pick<Passing, "principal" | "named" | "customer">[] => {
    const named = namedBy(policy, principal);
    const customer = principal.kind === "service" ? byName(isCustomerNamedBy(policy, principal)) : undefined;
    const isOwner = "accountId" in principal && principal.accountId === owner;
    const request = { ...nothing, principal, ownerAccountId: owner, through: undefined };
    const kind = `${principal.kind} ${named} ${customer ?? ""} ${isOwner} ${signature([policy], "caller", request)}`;
    if (seen.has(kind)) return [];
    seen.add(kind);
    return [{ principal, named, customer }];
  });
}

function throughEach(endpointIds: readonly string[], route: NamedRoute): readonly NamedRoute[] {
  const { through } = route;
  return through === undefined
    ? []
    : endpointIds.map((endpointId) => ({ ...route, through: { ...through, endpointId } }));
}

function byName(named: boolean): "by name" | "otherwise" {
  return named ? "by name" : "otherwise";
}

function namedBy(policy: Policy, principal: Principal): Passing["named"] {
  const values = (key: string) => valuesOf([policy], key);
  const stated = policy.statements.flatMap(({ principals = [] }) => principals).filter((one) => one !== "*");
  const matches = stated.map((one) => principalMatch(one, principal));
  if (matches.includes("itself")) return "by name";
  switch (principal.kind) {
    case "anonymous":
      return "otherwise";
    case "service":
      return byName(values("aws:principalservicename").includes(principal.name));
    case "user":
    case "role": {
      if (values("aws:principalarn").includes(principal.arn)) return "by name";
      const isOfNamed = values("aws:principalaccount").includes(principal.accountId);
      return matches.includes("account") || isOfNamed ? "by account" : "otherwise";
    }
  }
}

/** By account, by resource or by organisation, and without a wildcard in what tells one customer from another. */
function isCustomerNamedBy(policy: Policy, service: Service): boolean {
  const { sourceAccount = "", sourceArn = "", sourceOrganisation } = service;
  const values = (key: string) => valuesOf([policy], key);
  const accounts = [...values("aws:sourceaccount"), ...values("aws:sourcearn").map(accountIn)];
  const organisations = [
    ...values("aws:sourceorgid"),
    ...values("aws:sourceorgpaths").map((path) => path.split("/")[0] ?? ""),
  ];
  return (
    values("aws:sourceaccount").includes(sourceAccount) ||
    values("aws:sourcearn").includes(sourceArn) ||
    (accountIn(sourceArn) !== "" && accounts.includes(accountIn(sourceArn))) ||
    (sourceOrganisation !== undefined && organisations.includes(sourceOrganisation.id))
  );
}

/** The resources of S3 have no account in their ARNs. */
function accountIn(arn: string): string {
  return arnParts(arn)[4] ?? "";
}

/** What comes neither through an endpoint that the policy names nor through the only one of them. */
export function pastOneEndpoint(passing: readonly Passing[]): readonly Passing[] {
  const endpoints = new Set(passing.map(({ endpointId }) => endpointId));
  endpoints.delete(undefined);
  return endpoints.size > 1 ? passing : passing.filter(({ endpointId }) => endpointId === undefined);
}

const anybody = "anybody";

/** Whom a policy lets through, in words, and what they may do: the first few of each. */
export function inWords(passing: readonly Passing[]): { readonly whom: string; readonly actions: string } {
  const whom = passing.map(({ principal }) => principalInWords(principal));
  const people = whom.includes(anybody) ? [anybody] : whom;
  const actions = passing.flatMap(({ call }) => [call.data.action, ...call.alike]);
  return { whom: firstOf(people), actions: firstOf(actions) };
}

function principalInWords(principal: Principal): string {
  switch (principal.kind) {
    case "anonymous":
      return anybody;
    case "service":
      return principal.name === "any-other.amazonaws.com" ? "any service" : principal.name;
    case "user":
    case "role": {
      const { arn, accountId, organisation } = principal;
      if (!arn.endsWith(":user/any")) return arn;
      if (organisation !== undefined) return `anybody in ${organisation.path}`;
      return accountId === strangerAccount ? "anybody with an account" : `anybody in account ${accountId}`;
    }
  }
}

function firstOf(all: readonly string[]): string {
  const [first = "", second, third, ...rest] = new Set(all);
  const shown = [first, second, third].filter((one) => one !== undefined).join(", ");
  return rest.length === 0 ? shown : `${shown} and ${rest.length} more`;
}
