/** Who runs Pulumi, as far as AWS says. Pure, so that the rules can be tried as they are. */
export interface Caller {
  /** As `aws:PrincipalArn` has it: a user or a role, never a role's session. */
  readonly arn: string;
  /** `unknown` where AWS named a session only, which leaves out the path of its role. */
  readonly path: "known" | "unknown";
}

/** Who an enforced perimeter lets in from anywhere. */
export interface Exempt {
  /** Undefined where the stack names nobody: then whoever runs Pulumi is exempt. */
  readonly deployers: readonly string[] | undefined;
  readonly trustedPrincipals: readonly string[];
}

/** What the caller must hear before the first resource. */
export type Notice =
  | { readonly kind: "none" }
  /** The stack names no deployers, so another caller changes every bucket's policy. */
  | { readonly kind: "name-the-deployers"; readonly text: string }
  /** The perimeter keeps the caller out. */
  | { readonly kind: "not-a-deployer"; readonly text: string };

/**
 * The principal behind what STS calls its caller. A session's name is in its ARN, the path of its role is not.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
export function callerOf(stsArn: string): Caller {
  const [, partition, account, role] =
    /^arn:([\w-]+):sts::(\d{12}):assumed-role\/([^/]+)\/.+$/.exec(stsArn) ?? [];
  if (partition === undefined || account === undefined || role === undefined) {
    return { arn: stsArn, path: "known" };
  }
  return { arn: `arn:${partition}:iam::${account}:role/${role}`, path: "unknown" };
}

/** Sorted and each once, so that the policy is the same whoever runs Pulumi. */
export function exemptArns({
  deployers,
  trustedPrincipals,
}: Exempt & { deployers: readonly string[] }): string[] {
  return [...new Set([...deployers, ...trustedPrincipals])].sort();
}

export function noticeFor(caller: Caller, { deployers, trustedPrincipals }: Exempt): Notice {
  const add = `pulumi config set --path 'deployers[${deployers?.length ?? 0}]' ${caller.arn}`;
  if (deployers === undefined) {
    return {
      kind: "name-the-deployers",
      text: `perimeter is enforced and deployers is not set, so the perimeter exempts whoever runs Pulumi, now ${caller.arn}, and a run by anybody else changes the policy of every bucket; name those who deploy: ${add}${pathHint(caller)}`,
    };
  }
  const exempt = exemptArns({ deployers, trustedPrincipals });
  const listed =
    exempt.find((arn) => arn === caller.arn) ??
    exempt.find((arn) => withoutPath(arn) === withoutPath(caller.arn));
  if (listed === caller.arn || (listed !== undefined && caller.path === "unknown")) return { kind: "none" };
  if (listed !== undefined) {
    return {
      kind: "not-a-deployer",
      text: `the settings name ${listed}, but AWS knows this role by its path, as ${caller.arn}; write that instead`,
    };
  }
  return {
    kind: "not-a-deployer",
    text: `${caller.arn} is not among deployers, and with perimeter: enforced AWS refuses it the buckets' data, which Pulumi reads; sign in as ${deployers.slice(0, 3).join(" or ")}, or let it deploy: ${add}${pathHint(caller)}`,
  };
}

/** An account has a role's name once, whatever the path. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
function withoutPath(arn: string): string {
  return arn.replace(/(:role)\/.+\//, "$1/");
}

function pathHint({ path }: Caller): string {
  return path === "known" ? "" : " (with the role's path, if it has one)";
}
