import { contextKeyOf } from "./conditionKeys";
import { type Condition, like, matchesCondition, matchesConditions, type Context } from "./conditions";
import { type AccessRequest, contextOf } from "./context";
import { principalMatch } from "./principals";

export type { AccessRequest } from "./context";
export type { Principal } from "./principals";

/** An AWS policy as this evaluator understands it; `parsePolicy` refuses everything else. */
export interface Policy {
  readonly kind: PolicyKind;
  readonly statements: readonly Statement[];
}

export type PolicyKind = "bucket" | "endpoint" | "identity";

export interface Statement {
  readonly sid: string;
  readonly effect: "Allow" | "Deny";
  /** `*`, ARNs, account numbers, services' names or ids of deleted principals; undefined in identity policies. */
  readonly principals: readonly string[] | undefined;
  /** In lower case: AWS compares actions without regard to it. */
  readonly actions: readonly string[];
  /** `NotAction`: what `actions`, then `*`, leaves out. */
  readonly exceptActions?: readonly string[];
  readonly resources: readonly string[];
  /** `NotResource`: what `resources`, then `*`, leaves out. */
  readonly exceptResources?: readonly string[];
  readonly conditions: readonly Condition[];
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
  let context: Context | undefined;
  const asked: Asked = {
    request,
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
  const { principal, ownerAccountId } = request;
  const accountId = "accountId" in principal ? principal.accountId : undefined;
  const sameAccount = accountId === ownerAccountId;
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

/** A request without what it asks for: who calls, by which way, and with TLS or not. */
export type Asker = Omit<AccessRequest, "action" | "resource" | "acl">;

/**
 * What is left of policies for one asker: the statements that speak of it, and of those only what the call decides. Whatever
 * it then asks is decided as by the whole policies, and many calls cost little more than one.
 */
export function policiesMetBy(policies: Policies, asker: Asker): Policies {
  const { bucket, endpoint, identity } = policies;
  const context = contextOf({ ...asker, action: "", resource: "" });
  return {
    bucket: bucket && metBy(bucket, asker, context),
    endpoint: endpoint && metBy(endpoint, asker, context),
    identity: identity.map((policy) => metBy(policy, asker, context)),
  };
}

function metBy(policy: Policy, asker: Asker, context: Context): Policy {
  const statements: Statement[] = [];
  for (const statement of policy.statements) {
    const { conditions } = statement;
    if (!meansCaller(statement, policy.kind, asker)) continue;
    if (!conditions.every((one) => isOfCall(one) || matchesCondition(one, context))) continue;
    statements.push({ ...statement, principals: undefined, conditions: conditions.filter(isOfCall) });
  }
  return { ...policy, statements };
}

function isOfCall({ key }: Condition): boolean {
  return contextKeyOf(key)?.tells === "call";
}

/** A request in the form that statements are held against. */
interface Asked {
  readonly request: AccessRequest;
  /** In lower case. */
  readonly action: string;
  /** Made only where a condition asks for it. */
  readonly context: () => Context;
}

function statementThat(effect: Statement["effect"], policy: Policy, asked: Asked): Statement | undefined {
  return policy.statements.find(
    (statement) =>
      statement.effect === effect &&
      meansAction(statement, asked.action) &&
      meansResource(statement, asked.request.resource) &&
      meansCaller(statement, policy.kind, asked.request) &&
      (statement.conditions.length === 0 || matchesConditions(statement.conditions, asked.context())),
  );
}

/** Whether a statement speaks of an action, given in lower case. */
export function meansAction({ actions, exceptActions = [] }: Statement, action: string): boolean {
  return actions.some((one) => like(one, action)) && !exceptActions.some((one) => like(one, action));
}

export function meansResource({ resources, exceptResources = [] }: Statement, resource: string): boolean {
  return resources.some((one) => like(one, resource)) && !exceptResources.some((one) => like(one, resource));
}

/** Whether a statement speaks of whoever calls. */
export function meansCaller(
  { effect, principals }: Pick<Statement, "effect" | "principals">,
  kind: PolicyKind,
  { principal, ownerAccountId }: Pick<AccessRequest, "principal" | "ownerAccountId">,
): boolean {
  if (principals === undefined) return true;
  return principals.some((stated) => {
    const match = principalMatch(stated, principal);
    if (match !== "account") return match === "itself";
    // Inside the bucket's account, allowing the account leaves it to identity policies, and those suffice anyway.
    const hands = effect === "Allow" && kind === "bucket";
    return !hands || !("accountId" in principal && principal.accountId === ownerAccountId);
  });
}

/**
 * Whether S3 calls a bucket policy public: it lets everybody in without a fixed endpoint, VPC, principal, account, source or
 * network.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function isPublic(policy: Policy): boolean {
  return policy.statements.some(
    ({ effect, principals, conditions }) =>
      effect === "Allow" && principals?.includes("*") === true && !conditions.some(fixes),
  );
}

const fixing = [
  "aws:sourcevpce",
  "aws:sourcevpc",
  "aws:principalarn",
  "aws:principalaccount",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:sourceaccount",
  "aws:sourcearn",
  // guess: as the keys of organisations and of endpoints above, which AWS's list names.
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "aws:vpceaccount",
  "aws:vpceorgid",
  "aws:vpceorgpaths",
];

function fixes({ operator, quantifier, key, values, ifExists }: Condition): boolean {
  // ForAllValues passes a request that lacks the key.
  if (ifExists || quantifier === "ForAllValues") return false;
  if (key === "aws:sourceip") return operator === "IpAddress" && values.every(isNarrow);
  return (
    fixing.includes(key) &&
    ["StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnEquals", "ArnLike"].includes(operator) &&
    values.every((value) => !/[*?]/.test(value))
  );
}

/** Wider than /8, or /32 for IPv6, is public; an address by itself is a network of one. */
function isNarrow(network: string): boolean {
  const [, length] = network.split("/");
  return length === undefined || Number(length) >= (network.includes(":") ? 32 : 8);
}
