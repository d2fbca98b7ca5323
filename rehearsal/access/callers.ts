import type { Policy, Principal } from "../iam/evaluator";
import type { Presigned } from "../iam/principals";
import { accountOf } from "./reader";
import type { BucketSurroundings } from "./surroundings";

export type Scope = "all" | "bucket policy's Allow" | "bucket policy's Deny" | "endpoint policy";

/** Somebody who tries; `expired` by a signature that must not work any more, `session` by credentials that outlive the reader's key. */
export interface Caller {
  readonly label: string;
  readonly role: "reader" | "nobody" | "administrator" | "exempt" | "service" | "expired" | "session";
  /** Which policies are asked: all, as S3 does, or one by itself, so that none leans on another. */
  readonly scope: Scope;
  readonly principal: Principal;
  readonly identity: readonly Policy[];
  readonly ownerAccountId: string;
  readonly sameAccount: boolean;
  /** What calls for somebody; undefined where they call themselves. */
  readonly by?: "presigned URL" | "AWS service" | undefined;
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

/**
 * Those who are always asked, whatever the policies name.
 * @param presignedUrlMinutes undefined: nothing is asked by presigned URLs.
 */
export function fixedCallers(
  { readerArn, exempt, ownerAccountId, partition }: BucketSurroundings,
  presignedUrlMinutes: number | undefined,
): readonly Caller[] {
  const caller = (label: string, role: Caller["role"], arn: string, identity: readonly Policy[]): Caller => ({
    label,
    role,
    scope: "all",
    principal: { kind: arn.includes(":role/") ? "role" : "user", arn, accountId: accountOf(arn) },
    identity,
    ownerAccountId,
    sameAccount: accountOf(arn) === ownerAccountId,
    shown: true,
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
  // Exempt from what is not there, a deployer is an administrator like any other.
  const deployers = exemptArns.map((arn, index) =>
    caller(index === 0 ? "the deployer" : trustedLabel(arn, ownerAccountId), "exempt", arn, [
      administratorAccess,
    ]),
  );
  const service: Caller = {
    ...anonymous,
    label: "an AWS service by itself",
    by: "AWS service",
    principal: {
      kind: "service",
      name: "any-other.amazonaws.com",
      sourceAccount: ownerAccountId,
      sourceArn: undefined,
    },
  };
  return [
    reader,
    ...[reader, another, anonymous].map((one) => alone(one, "bucket policy's Allow")),
    ...[another, anonymous].map((one) => alone(one, "bucket policy's Deny")),
    sessionOf(reader),
    ...[reader, another, anonymous].map((one) => alone(one, "endpoint policy")),
    another,
    caller("an administrator", "administrator", administrator, [administratorAccess]),
    ...deployers,
    // Athena and other query services make their calls with the rights of whoever asks them.
    {
      ...caller("a query service for an administrator", "service", administrator, [administratorAccess]),
      by: "AWS service",
      principal: { kind: "user", arn: administrator, accountId: ownerAccountId, viaAwsService: true },
    },
    // S3 assumes the role that a replication names. https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
    {
      ...caller(
        "S3 replication by a role",
        "service",
        `arn:${partition}:iam::${ownerAccountId}:role/replication`,
        [administratorAccess],
      ),
      by: "AWS service",
    },
    service,
    alone(service, "bucket policy's Deny"),
    anonymous,
    ...(presignedUrlMinutes === undefined
      ? []
      : presignedCallers({ reader, others: [another, ...deployers], minutes: presignedUrlMinutes })),
  ];
}

/** Of STS, which lasts up to 36 hours and does not end with the key that asked for it. */
function sessionOf(reader: Caller): Caller {
  return {
    ...reader,
    label: "a session of the reader",
    role: "session",
    shown: false,
    principal: reader.principal.kind === "user" ? { ...reader.principal, inSession: true } : reader.principal,
  };
}

/** What S3 takes at most. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html */
const sevenDaysMs = 7 * 24 * 60 * 60_000;

/** A URL that somebody signed beforehand, as long as it is meant to work and when it is not. */
function presignedCallers(given: {
  readonly reader: Caller;
  readonly others: readonly Caller[];
  readonly minutes: number;
}): readonly Caller[] {
  const { reader, others, minutes } = given;
  const limitMs = minutes * 60_000;
  const url = (one: Caller, words: string, presigned: Presigned): Caller => ({
    ...one,
    label: `a presigned URL of ${one.label}, ${words}`,
    by: "presigned URL",
    principal:
      one.principal.kind === "user" || one.principal.kind === "role"
        ? { ...one.principal, presigned }
        : one.principal,
  });
  const signed = (ageMs: number) => ({ signatureVersion: "AWS4-HMAC-SHA256", ageMs }) as const;
  return [
    url(reader, `up to ${minutes} minutes old`, signed(limitMs)),
    ...[reader, ...others].flatMap((one) => {
      const expired: Caller = { ...one, role: "expired", shown: false };
      const all = [
        url(expired, `more than ${minutes} minutes old`, signed(limitMs + 1)),
        url(expired, "seven days old", signed(sevenDaysMs)),
        url(expired, "by Signature Version 2", { signatureVersion: "AWS", ageMs: 0 }),
      ];
      return [...all, ...all.map((caller) => alone(caller, "bucket policy's Deny"))];
    }),
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
