import type { Policy, Principal } from "../iam/evaluator";
import { accountOf } from "./reader";
import type { Surroundings } from "./surroundings";

export type Scope = "all" | "bucket policy's Allow" | "bucket policy's Deny" | "endpoint policy";

/** Somebody who tries. */
export interface Caller {
  readonly label: string;
  readonly role: "reader" | "nobody" | "administrator" | "exempt" | "service";
  /** Which policies are asked: all, as S3 does, or one by itself, so that none leans on another. */
  readonly scope: Scope;
  readonly principal: Principal;
  readonly identity: readonly Policy[];
  readonly ownerAccountId: string;
  readonly sameAccount: boolean;
  /** Whether it has a row in the tables whatever it may do. */
  readonly shown: boolean;
}

/** What AWS calls AdministratorAccess. */
export const administratorAccess: Policy = {
  kind: "identity",
  statements: [
    {
      sid: "AdministratorAccess",
      effect: "Allow",
      principals: undefined,
      actions: ["*"],
      resources: ["*"],
      conditions: [],
    },
  ],
};

/** AWS's own services at work for the account, with leave to: an enforced perimeter lets them. */
const serviceLabels = {
  viaAwsService: "an AWS service for an administrator",
  isAwsService: "an AWS service with rights of its own",
} as const;

/** Those who are always asked, whatever the policies name. */
export function fixedCallers({
  readerArn,
  exempt,
  ownerAccountId,
  partition,
}: Surroundings): readonly Caller[] {
  const caller = (label: string, role: Caller["role"], arn: string, identity: readonly Policy[]): Caller => ({
    label,
    role,
    scope: "all",
    principal: { kind: arn.includes(":role/") ? "role" : "user", arn, accountId: accountOf(arn) },
    identity,
    ownerAccountId,
    sameAccount: accountOf(arn) === ownerAccountId,
    shown: role !== "service",
  });
  const nobody = `arn:${partition}:iam::${ownerAccountId}:user/somebody-else`;
  const administrator = `arn:${partition}:iam::${ownerAccountId}:user/administrator`;
  const exemptArns = [exempt.deployer, ...exempt.trustedPrincipals.filter((arn) => arn !== exempt.deployer)];
  const reader = caller("the reader", "reader", readerArn ?? "arn:aws:iam::000000000000:user/no-reader", []);
  const another = caller("another IAM user", "nobody", nobody, []);
  const anonymous: Caller = {
    label: "anonymous",
    role: "nobody",
    scope: "all",
    principal: { kind: "anonymous" },
    identity: [],
    ownerAccountId,
    sameAccount: false,
    shown: true,
  };
  return [
    reader,
    ...[reader, another, anonymous].map((one) => alone(one, "bucket policy's Allow")),
    ...[another, anonymous].map((one) => alone(one, "bucket policy's Deny")),
    ...[reader, another, anonymous].map((one) => alone(one, "endpoint policy")),
    another,
    caller("an administrator", "administrator", administrator, [administratorAccess]),
    // Exempt from what is not there, a deployer is an administrator like any other.
    ...exemptArns.map((arn, index) =>
      caller(index === 0 ? "the deployer" : trustedLabel(arn, ownerAccountId), "exempt", arn, [
        administratorAccess,
      ]),
    ),
    ...(["viaAwsService", "isAwsService"] as const).map((how): Caller => {
      const service = caller(serviceLabels[how], "service", administrator, [administratorAccess]);
      return {
        ...service,
        principal: { kind: "user", arn: administrator, accountId: ownerAccountId, [how]: true },
      };
    }),
    anonymous,
  ];
}

/** Held against one policy by itself. */
export function alone(one: Caller, scope: Exclude<Scope, "all">): Caller {
  return { ...one, label: `${one.label}, by the ${scope} alone`, scope, shown: false };
}

/** `trusted role/break-glass`, with the account's number where it is another. */
function trustedLabel(arn: string, ownerAccountId: string): string {
  const account = accountOf(arn) === ownerAccountId ? "" : `${accountOf(arn)} `;
  return `trusted ${account}${arn.split(":").slice(5).join(":")}`;
}
