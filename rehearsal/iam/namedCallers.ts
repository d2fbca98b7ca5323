import type { Statement } from "./evaluator";
import { identitiesOf, instancesOf } from "./patterns";
import { organisationKeys, organisationsNamed } from "./organisations";
import { accountNamed, isService, type Principal, sessionNamed } from "./principals";
import { type Deciding, valuesOf } from "./signature";

export type Identity = Extract<Principal, { readonly arn: string }>;
export type Service = Extract<Principal, { readonly kind: "service" }>;

/** Whose bucket it is. */
export interface Home {
  readonly ownerAccountId: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
}

/** An account that no policy is likely to name. */
export const strangerAccount = "210987654321";

/**
 * Users and roles, one or more for each principal, account and organisation that policies name, in their `Principal` or in
 * a condition, each with each; and one of an account that they do not name. Users by a session of STS as well, where a
 * statement that means them asks for one.
 */
export function identitiesNamed(deciding: Deciding, home: Home): readonly Identity[] {
  const asking = deciding.map(
    (policy) => policy && { ...policy, statements: policy.statements.filter(asksForSession) },
  );
  const meansMore = principalsNamed(asking).some((stated) => !identityForm.test(stated));
  const sessions = ofTheirOwn(asking, home).flatMap((one): Identity[] =>
    one.kind === "user" && (meansMore || one.accountId !== strangerAccount)
      ? [{ ...one, inSession: true }]
      : [],
  );
  return [...ofTheirOwn(deciding, home), ...sessions];
}

const identityForm = /^arn:[^:]+:iam::\d+:(user|role)\//;

function asksForSession({ conditions }: Statement): boolean {
  return conditions.some(({ key }) => key === "aws:tokenissuetime");
}

/** By keys of their own, and roles as they always call. */
function ofTheirOwn(deciding: Deciding, home: Home): readonly Identity[] {
  const principals = principalsNamed(deciding);
  const accounts = [
    ...principals.flatMap((stated) => accountNamed(stated) ?? []),
    ...valuesOf(deciding, "aws:principalaccount").flatMap(instancesOf),
  ].filter((id) => /^\d{12}$/.test(id));
  const { partition } = home;
  const accountIds = [...new Set([home.ownerAccountId, strangerAccount, ...accounts])];
  const anybody = [...accounts, strangerAccount].map((id) => `arn:${partition}:iam::${id}:user/any`);
  const arns = [
    ...principals.filter((stated) => identityForm.test(stated)),
    ...valuesOf(deciding, "aws:principalarn").flatMap((one) => identitiesOf(one, { partition, accountIds })),
    ...anybody,
  ];
  const identities = [
    ...[...new Set(arns)].map((arn) => identityOf(arn)),
    ...principals.flatMap((stated): Identity[] => {
      const named = sessionNamed(stated);
      if (named === undefined) return [];
      const { accountId, role, session } = named;
      return [{ kind: "role", arn: `arn:${partition}:iam::${accountId}:role/${role}`, accountId, session }];
    }),
  ];
  const organisations = [undefined, ...organisationsNamed(deciding, organisationKeys.caller)];
  return identities.flatMap((identity) =>
    // Where the bucket's own account belongs is one fact, not one of each caller.
    identity.accountId === home.ownerAccountId
      ? [identity]
      : organisations.map((organisation) => ({ ...identity, organisation })),
  );
}

export function identityOf(arn: string): Identity {
  return { kind: arn.includes(":role/") ? "role" : "user", arn, accountId: accountIn(arn) };
}

/** The services that policies name and one that they do not, each for every account and resource that they name. */
export function servicesNamed(deciding: Deciding, { ownerAccountId }: Home): readonly Service[] {
  const names = [
    ...principalsNamed(deciding).filter(isService),
    ...valuesOf(deciding, "aws:principalservicename").flatMap(instancesOf),
    "any-other.amazonaws.com",
  ];
  const accounts = valuesOf(deciding, "aws:sourceaccount").flatMap(instancesOf);
  const arns = valuesOf(deciding, "aws:sourcearn").flatMap((pattern) => sourcesOf(pattern, ownerAccountId));
  const organisations = [undefined, ...organisationsNamed(deciding, organisationKeys.source)];
  const ofArns = arns.map(accountIn).filter((id) => id !== "");
  const sourceAccounts = [ownerAccountId, strangerAccount, undefined, ...accounts, ...ofArns];
  // A service calls for the account that its resource is in; buckets do not say theirs. As in
  // https://docs.aws.amazon.com/iot/latest/developerguide/cross-service-confused-deputy-prevention.html
  const possible = (arn: string | undefined, account: string | undefined) =>
    arn === undefined || account === undefined || ["", account].includes(accountIn(arn));
  return [...new Set(names)].flatMap((name) =>
    [...new Set(sourceAccounts)].flatMap((sourceAccount) =>
      [...new Set([undefined, ...arns])]
        .filter((arn) => possible(arn, sourceAccount))
        .flatMap((sourceArn) =>
          (sourceAccount === ownerAccountId ? [undefined] : organisations).map((sourceOrganisation) => ({
            ...({ kind: "service", name, sourceAccount, sourceArn, sourceOrganisation } as const),
          })),
        ),
    ),
  );
}

function accountIn(arn: string): string {
  return arn.split(":")[4] ?? "";
}

/** Resources that a pattern means: of the bucket's own account and of another, where it leaves the account open. */
function sourcesOf(pattern: string, ownerAccountId: string): readonly string[] {
  const parts = pattern.split(":");
  const account = accountIn(pattern);
  const accounts = /[*?]/.test(account) ? [ownerAccountId, strangerAccount] : [account];
  return accounts.flatMap((id) => instancesOf([...parts.slice(0, 4), id, ...parts.slice(5)].join(":")));
}

function principalsNamed(deciding: Deciding): readonly string[] {
  const all = deciding.flatMap((policy) =>
    (policy?.statements ?? []).flatMap(({ principals = [] }) => principals),
  );
  return [...new Set(all)];
}
