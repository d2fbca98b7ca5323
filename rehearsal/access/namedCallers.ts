import type { BucketSurroundings } from "./surroundings";
import { like } from "../iam/conditions";
import {
  identitiesNamed,
  type Identity,
  type Service,
  servicesNamed,
  strangerAccount,
} from "../iam/namedCallers";
import type { Deciding } from "../iam/signature";
import { administratorAccess, alone, type Caller } from "./callers";

/** Whoever a policy names, beside those who are always asked. */
export function namedCallers(
  deciding: Deciding,
  surroundings: BucketSurroundings,
  deliverers: readonly string[],
): readonly Caller[] {
  return [
    ...identitiesNamed(deciding, surroundings).flatMap((identity) => asIdentity(identity, surroundings)),
    ...servicesNamed(deciding, surroundings)
      .filter(({ name }) => !deliverers.includes(name))
      .flatMap((service) => {
        const named = asService(service, surroundings);
        // The perimeter stops services as well: an Allow to one must not hide behind it.
        return [named, alone(named, "bucket policy's Allow")];
      }),
  ];
}

/**
 * In the bucket's own account without rights of its own, so that all it gains comes from the policies, and as an
 * administrator, whom policies can only stop. In another account its own policy is assumed to allow everything: who writes
 * it is not the bucket's owner.
 */
function asIdentity(
  identity: Identity,
  { readerArn, exempt, ownerAccountId }: BucketSurroundings,
): readonly Caller[] {
  const sameAccount = identity.accountId === ownerAccountId;
  const named: Caller = {
    label: labelOf(identity, sameAccount),
    role: "nobody",
    scope: "all",
    principal: identity,
    identity: sameAccount ? [] : [administratorAccess],
    ownerAccountId,
    sameAccount,
    shown: identity.accountId !== strangerAccount || identity.organisation !== undefined,
  };
  if (identity.arn === readerArn) return [];
  const trusted = [exempt.deployer, ...exempt.trustedPrincipals];
  // Exempt from the perimeter only: nobody lets it in by name.
  if (trusted.some((arn) => like(arn, identity.arn))) return [alone(named, "bucket policy's Allow")];
  return [
    named,
    alone(named, "bucket policy's Allow"),
    alone(named, "bucket policy's Deny"),
    alone(named, "endpoint policy"),
    ...(sameAccount
      ? [
          {
            ...named,
            label: `${named.label} as an administrator`,
            role: "administrator",
            identity: [administratorAccess],
          } as const,
        ]
      : []),
  ];
}

function labelOf(identity: Identity, sameAccount: boolean): string {
  const { arn, accountId, session, organisation } = identity;
  const name = arn.split(":").slice(5).join(":");
  const by = identity.kind === "user" && identity.inSession === true ? "a session of " : "";
  const inSession = session === undefined ? `${by}${name}` : `${name} in session ${session}`;
  const member = organisation === undefined ? "" : ` of ${organisation.path}`;
  if (sameAccount) return inSession;
  const account = accountId === strangerAccount ? "another account" : `account ${accountId}`;
  return name === "user/any" ? `${by}anybody in ${account}${member}` : `${inSession} in ${account}${member}`;
}

function asService(service: Service, { ownerAccountId }: BucketSurroundings): Caller {
  const { name, sourceAccount, sourceArn, sourceOrganisation } = service;
  const whom = [
    sourceAccount === ownerAccountId ? undefined : sourceAccount,
    sourceArn,
    sourceOrganisation?.path,
  ].filter((one) => one !== undefined);
  return {
    label: `${name === "any-other.amazonaws.com" ? "any other AWS service" : name}${whom.length === 0 ? "" : ` for ${whom.join(" ")}`}`,
    role: "nobody",
    scope: "all",
    principal: service,
    identity: [],
    ownerAccountId,
    sameAccount: false,
    shown: name !== "any-other.amazonaws.com",
  };
}
