import { type Condition, like, matchesConditions } from "./conditions";

/** An AWS policy as this evaluator understands it; `parsePolicy` refuses everything else. */
export interface Policy {
  readonly kind: PolicyKind;
  readonly statements: readonly Statement[];
}

export type PolicyKind = "bucket" | "endpoint" | "identity";

export interface Statement {
  readonly sid: string;
  readonly effect: "Allow" | "Deny";
  /** `*`, ARNs of users and roles, account numbers, or services' names; undefined in identity policies. */
  readonly principals: readonly string[] | undefined;
  /** In lower case: AWS compares actions without regard to it. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: readonly Condition[];
}

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
    }
  | {
      readonly kind: "user" | "role";
      readonly arn: string;
      readonly accountId: string;
      /** A service of AWS makes the call with this principal's rights. */
      readonly viaAwsService?: boolean;
      /** A service of AWS makes the call with rights of its own. */
      readonly isAwsService?: boolean;
    };

/** One call of the S3 API. */
export interface AccessRequest {
  readonly principal: Principal;
  /** As `s3:GetObject`. */
  readonly action: string;
  readonly resource: string;
  /** The account that owns the bucket. */
  readonly ownerAccountId: string;
  readonly secureTransport: boolean;
  /** The ACL that a call to put an object asks for. */
  readonly acl?: string;
  /** The endpoint it came through and its VPC; undefined from the internet. */
  readonly through: { readonly endpointId: string; readonly vpcId: string } | undefined;
}

export interface Policies {
  readonly bucket: Policy | undefined;
  /** The policy of the endpoint that the request comes through; undefined from the internet. */
  readonly endpoint: Policy | undefined;
  /** What the principal itself may do. */
  readonly identity: readonly Policy[];
}

export interface Decision {
  readonly allowed: boolean;
  /** `Sid` of the deciding statement; undefined where no statement says anything. */
  readonly sid: string | undefined;
  /** One sentence. */
  readonly because: string;
}

/**
 * Decides as IAM does, for callers of the bucket's own account and of others.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export function evaluate(policies: Policies, request: AccessRequest): Decision {
  const { bucket, endpoint, identity } = policies;
  let context: ReadonlyMap<string, string> | undefined;
  const asked: Asked = {
    ...request,
    action: request.action.toLowerCase(),
    context: () => (context ??= contextOf(request)),
  };
  const all = [endpoint, bucket, ...identity].filter((policy) => policy !== undefined);
  for (const policy of all) {
    const deny = statementThat("Deny", policy, asked);
    if (deny !== undefined)
      return { allowed: false, sid: deny.sid, because: `${deny.sid} of the ${policy.kind} policy denies it` };
  }
  if (endpoint !== undefined && statementThat("Allow", endpoint, asked) === undefined)
    return { allowed: false, sid: undefined, because: "the endpoint policy does not allow it" };

  const byBucket = bucket === undefined ? undefined : statementThat("Allow", bucket, asked);
  const byIdentity = identity
    .map((policy) => statementThat("Allow", policy, asked))
    .find((s) => s !== undefined);
  const accountId = accountOf(request.principal);
  const sameAccount = accountId === request.ownerAccountId;
  // Who has no account has no policy of its own that could be asked.
  if (byBucket !== undefined && (sameAccount || accountId === undefined || byIdentity !== undefined))
    return { allowed: true, sid: byBucket.sid, because: `${byBucket.sid} of the bucket policy allows it` };
  // Inside one account an identity policy suffices by itself.
  if (byIdentity !== undefined && sameAccount)
    return {
      allowed: true,
      sid: byIdentity.sid,
      because: `${byIdentity.sid} of the caller's own policy allows it`,
    };
  return { allowed: false, sid: undefined, because: "no policy allows it" };
}

/** A request in the form that statements are held against. */
interface Asked extends AccessRequest {
  /** Made only where a condition asks for it. */
  readonly context: () => ReadonlyMap<string, string>;
}

function statementThat(effect: Statement["effect"], policy: Policy, asked: Asked): Statement | undefined {
  return policy.statements.find(
    (statement) =>
      statement.effect === effect &&
      statement.actions.some((action) => like(action, asked.action)) &&
      statement.resources.some((resource) => like(resource, asked.resource)) &&
      (statement.principals === undefined ||
        statement.principals.some((p) => isPrincipal(p, effect, asked))) &&
      (statement.conditions.length === 0 || matchesConditions(statement.conditions, asked.context())),
  );
}

function isPrincipal(stated: string, effect: Statement["effect"], { principal }: AccessRequest): boolean {
  if (stated === "*") return true;
  if (principal.kind === "anonymous") return false;
  if (principal.kind === "service") return stated === principal.name;
  const account = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(stated)?.[1];
  // Allowing an account lets its own identity policies decide; denying it denies everybody in it.
  if (account !== undefined) return effect === "Deny" && principal.accountId === account;
  return stated === principal.arn;
}

/** The account of a user or role: nobody else has one. */
function accountOf(principal: Principal): string | undefined {
  return "accountId" in principal ? principal.accountId : undefined;
}

/** The context keys that a request carries; an absent one is not in the map. */
function contextOf(request: AccessRequest): ReadonlyMap<string, string> {
  const { principal, through, acl } = request;
  const context = new Map([
    ["aws:securetransport", String(request.secureTransport)],
    ...contextOfPrincipal(principal),
  ]);
  if (acl !== undefined) context.set("s3:x-amz-acl", acl);
  if (through !== undefined) {
    context.set("aws:sourcevpce", through.endpointId);
    context.set("aws:sourcevpc", through.vpcId);
  }
  return context;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
function contextOfPrincipal(principal: Principal): readonly (readonly [string, string])[] {
  switch (principal.kind) {
    case "anonymous":
      return [
        ["aws:viaawsservice", "false"],
        ["aws:principalaccount", "anonymous"],
      ];
    case "service":
      return [
        ["aws:viaawsservice", "false"],
        ["aws:principalisawsservice", "true"],
        ...(principal.sourceAccount === undefined
          ? []
          : [["aws:sourceaccount", principal.sourceAccount] as const]),
        ...(principal.sourceArn === undefined ? [] : [["aws:sourcearn", principal.sourceArn] as const]),
      ];
    case "user":
    case "role":
      return [
        ["aws:viaawsservice", String(principal.viaAwsService === true)],
        ["aws:principalaccount", principal.accountId],
        ["aws:principalarn", principal.arn],
        ["aws:principalisawsservice", String(principal.isAwsService === true)],
      ];
  }
}

/**
 * Whether S3 calls a bucket policy public: it lets everybody in without a fixed endpoint, VPC, principal, account or source.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function isPublic(policy: Policy): boolean {
  const fixing = [
    "aws:sourcevpce",
    "aws:sourcevpc",
    "aws:principalarn",
    "aws:principalaccount",
    "aws:sourceaccount",
    "aws:sourcearn",
  ];
  return policy.statements.some(
    (statement) =>
      statement.effect === "Allow" &&
      statement.principals?.includes("*") === true &&
      !statement.conditions.some(
        ({ operator, key, values, ifExists }) =>
          fixing.includes(key) &&
          !ifExists &&
          ["StringEquals", "StringLike", "ArnEquals", "ArnLike"].includes(operator) &&
          values.every((value) => !/[*?]/.test(value)),
      ),
  );
}
