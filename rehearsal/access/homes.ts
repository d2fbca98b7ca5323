import type { Asker } from "../iam/evaluator";
import { organisationKeys, organisationsNamed } from "../iam/organisations";
import type { Organisation, Principal } from "../iam/principals";
import type { Deciding } from "../iam/signature";

/** Where the bucket's own account may belong, as far as policies ask; nobody here knows. */
export function homesOf(deciding: Deciding): readonly (Organisation | undefined)[] {
  return [
    undefined,
    ...Object.values(organisationKeys).flatMap((keys) => organisationsNamed(deciding, keys)),
  ];
}

/** The same asker, were the bucket's own account in that organisation. */
export function at<T extends Asker>(organisation: Organisation, asker: T): T {
  const { principal, through, ownerAccountId } = asker;
  return {
    ...asker,
    principal: principalAt(organisation, principal, ownerAccountId),
    through: through?.accountId === ownerAccountId ? { ...through, organisation } : through,
  };
}

function principalAt(organisation: Organisation, principal: Principal, ownerAccountId: string): Principal {
  switch (principal.kind) {
    case "anonymous":
      return principal;
    case "service":
      return principal.sourceAccount === ownerAccountId
        ? { ...principal, sourceOrganisation: organisation }
        : principal;
    case "user":
    case "role":
      return principal.accountId === ownerAccountId ? { ...principal, organisation } : principal;
  }
}
