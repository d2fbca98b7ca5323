/** Who calls. */
export type Principal =
  | { readonly kind: "anonymous" }
  | {
      /** A service of AWS that calls for itself, as one that delivers logs. */
      readonly kind: "service";
      /** As `delivery.logs.amazonaws.com`. */
      readonly name: string;
      /** The account and the resource that it calls for; undefined where it does not tell. */
      readonly sourceAccount: string | undefined;
      readonly sourceArn: string | undefined;
      readonly sourceOrganisation?: Organisation | undefined;
    }
  | {
      readonly kind: "user" | "role";
      readonly arn: string;
      readonly accountId: string;
      /** Of a role: the name of its session. */
      readonly session?: string | undefined;
      readonly organisation?: Organisation | undefined;
      /** Of a user: it calls with a session of STS instead of its own key. A role has nothing else. */
      readonly inSession?: boolean;
      /** A service of AWS makes the call with this principal's rights. */
      readonly viaAwsService?: boolean;
      /** A service of AWS makes the call with rights of its own. */
      readonly isAwsService?: boolean;
      /** How a presigned URL was signed; undefined for a request that is signed in its header, by version 4. */
      readonly presigned?: Presigned;
    };

export interface Presigned {
  readonly signatureVersion: "AWS4-HMAC-SHA256" | "AWS";
  /** In milliseconds; 0 by version 2, `AWS`, whatever its age. */
  readonly ageMs: number;
}

/** The place of an account in AWS Organizations. */
export interface Organisation {
  /** As `o-a1b2c3d4e5`. */
  readonly id: string;
  /** As `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`. */
  readonly path: string;
}

/** The partitions of AWS, `aws`, `aws-cn`, `aws-us-gov` and others: their ARNs differ in nothing else. */
const partition = "aws(?:-[a-z]+)*";
const name = "[\\w+=,.@-]+";

const accountForm = new RegExp(`^(?:arn:${partition}:iam::)?(\\d{12})(?::root)?$`);
const sessionForm = new RegExp(`^arn:${partition}:sts::(\\d{12}):assumed-role/(${name})/(${name})$`);
const identityForm = new RegExp(`^arn:${partition}:iam::\\d{12}:(?:user|role)/[\\w+=,.@/-]+$`);
const serviceForm = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/;

/**
 * What AWS shows in a policy instead of a user (AIDA) or role (AROA) that was deleted: its unique id.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
const deletedForm = /^(AIDA|AROA)[A-Z0-9]{12,}$/;

/** The account that a principal element names as a whole, by its number or by its root. */
export function accountNamed(stated: string): string | undefined {
  // Asked very often, and of users and roles nearly always.
  const whole = stated.length === 12 || stated.endsWith(":root");
  return whole ? accountForm.exec(stated)?.[1] : undefined;
}

/** One session of a role, as STS names it. */
export function sessionNamed(
  stated: string,
): { readonly accountId: string; readonly role: string; readonly session: string } | undefined {
  const [, accountId, role, session] = (stated.includes(":sts:") ? sessionForm.exec(stated) : null) ?? [];
  return accountId === undefined || role === undefined || session === undefined
    ? undefined
    : { accountId, role, session };
}

export function isService(stated: string): boolean {
  return serviceForm.test(stated);
}

/** Whether it is what AWS leaves of a principal that was deleted, and of which kind that was. */
export function deletedKind(stated: string): "user" | "role" | undefined {
  const prefix = deletedForm.exec(stated)?.[1];
  if (prefix === undefined) return undefined;
  return prefix === "AIDA" ? "user" : "role";
}

/** Whether a value below `AWS` of a principal element is one that is evaluated here. */
export function isAwsPrincipal(stated: string): boolean {
  return (
    stated === "*" ||
    accountForm.test(stated) ||
    identityForm.test(stated) ||
    sessionForm.test(stated) ||
    deletedForm.test(stated)
  );
}

/**
 * Whether a principal element means this caller: by itself, or by its account as a whole.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function principalMatch(stated: string, principal: Principal): "itself" | "account" | undefined {
  if (stated === "*") return "itself";
  switch (principal.kind) {
    case "anonymous":
      return undefined;
    case "service":
      return stated === principal.name ? "itself" : undefined;
    case "user":
    case "role": {
      if (stated === principal.arn) return "itself";
      const account = accountNamed(stated);
      if (account !== undefined) return account === principal.accountId ? "account" : undefined;
      return isSession(stated, principal) ? "itself" : undefined;
    }
  }
}

function isSession(
  stated: string,
  { arn, accountId, session }: Extract<Principal, { arn: string }>,
): boolean {
  const named = sessionNamed(stated);
  return (
    named !== undefined &&
    named.accountId === accountId &&
    named.session === session &&
    arn.includes(":role/") &&
    arn.split("/").at(-1) === named.role
  );
}
