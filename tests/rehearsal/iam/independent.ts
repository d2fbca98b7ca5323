import { conditionsHold, type Context, type StatementJson, valuesOf, wildcardMatch } from "./statements";

/**
 * IAM a second time, written from AWS's documentation alone and the policies' own JSON: it shares no code and no design
 * with the evaluator that it is asked to check. What it does not know, it throws.
 */

/** A request in plain words; what its context says is written down here once more, apart from the evaluator. */
export interface PlainRequest {
  readonly caller:
    | { readonly kind: "anonymous" }
    | {
        readonly kind: "user";
        readonly account: string;
        readonly name: string;
        readonly organisation?: string;
        /** By credentials that STS gave it, not by its own key. */
        readonly temporary?: boolean;
      }
    | {
        readonly kind: "role";
        readonly account: string;
        readonly name: string;
        readonly organisation?: string;
      }
    | {
        readonly kind: "service";
        readonly name: string;
        readonly sourceAccount?: string | undefined;
        readonly sourceArn?: string | undefined;
      };
  readonly action: string;
  readonly resource: string;
  readonly secure: boolean;
  /** A service calls with the caller's rights, or with rights of its own. */
  readonly by?: "via a service" | "as a service";
  readonly acl?: string | undefined;
  /** A presigned URL: by which version of the signature, and for how long already. */
  readonly presigned?: { readonly version: 2 | 4; readonly forMs: number } | undefined;
  readonly endpoint?:
    | {
        readonly id: string;
        readonly vpc: string;
        readonly account: string;
        readonly address?: string | undefined;
      }
    | undefined;
  readonly address?: string | undefined;
}

export interface PlainPolicies {
  readonly bucket: object | undefined;
  readonly endpoint: object | undefined;
  /** Whether the caller's own policy allows everything; else it has none. */
  readonly rights: boolean;
  readonly owner: string;
  readonly partition?: string;
}

export function independentlyAllowed(policies: PlainPolicies, request: PlainRequest): Promise<boolean> {
  const { bucket, endpoint, partition = "aws", owner } = policies;
  const asked = { partition, request, context: contextOf(request, partition, owner) };
  const [byBucket, byEndpoint] = [weigh(bucket, asked), weigh(endpoint, asked)];
  const filtered = request.endpoint !== undefined && endpoint !== undefined;
  // One Deny anywhere outweighs every Allow.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
  if (byBucket.denied || (filtered && byEndpoint.denied)) return Promise.resolve(false);
  // An endpoint policy replaces no other policy: it must allow as well.
  // https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
  if (filtered && byEndpoint.granted.length === 0) return Promise.resolve(false);
  return Promise.resolve(isGranted(byBucket.granted, policies, request));
}

function isGranted(granted: readonly Named[], { rights, owner }: PlainPolicies, { caller }: PlainRequest) {
  // An anonymous caller and a service have no policies of their own.
  if (caller.kind === "anonymous" || caller.kind === "service") return granted.length > 0;
  // Both accounts must allow. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
  if (caller.account !== owner) return rights && granted.length > 0;
  // Within one account either policy suffices, but an account that is named only hands on to its own policies.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts
  return rights || granted.includes("itself");
}

/** How a statement names a caller. */
type Named = "itself" | "by its account";

interface Asked {
  readonly partition: string;
  readonly request: PlainRequest;
  readonly context: Context;
}

/** What the statements of one policy that apply to the request say. */
function weigh(
  policy: object | undefined,
  { partition, request, context }: Asked,
): { readonly denied: boolean; readonly granted: readonly Named[] } {
  let denied = false;
  const granted: Named[] = [];
  for (const statement of statementsOf(policy)) {
    const named = principalNamed(statement, request, partition);
    if (named === undefined || !isMeant(statement, request) || !conditionsHold(statement.Condition, context))
      continue;
    if (statement.Effect === "Deny") denied = true;
    else granted.push(named);
  }
  return { denied, granted };
}

function statementsOf(policy: object | undefined): readonly StatementJson[] {
  if (policy === undefined) return [];
  const { Statement } = policy as { readonly Statement: StatementJson | readonly StatementJson[] };
  // One statement, or a list of them.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html
  return Array.isArray(Statement) ? (Statement as readonly StatementJson[]) : [Statement as StatementJson];
}

/** Whether a statement means the action and the resource. */
function isMeant(statement: StatementJson, { action, resource }: PlainRequest): boolean {
  const lower = action.toLowerCase();
  // Upper and lower case are the same in actions; NotAction means everything but what it lists.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html
  const isListed = (value: string) => wildcardMatch(value.toLowerCase(), lower);
  const actionMeant =
    statement.NotAction === undefined
      ? valuesOf(statement.Action).some(isListed)
      : !valuesOf(statement.NotAction).some(isListed);
  // A star at the end of a segment may go beyond its colon, so that one match over the whole name does.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
  const isOn = (value: string) => wildcardMatch(value, resource);
  const resourceMeant =
    statement.NotResource === undefined
      ? valuesOf(statement.Resource).some(isOn)
      : !valuesOf(statement.NotResource).some(isOn);
  return actionMeant && resourceMeant;
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
function principalNamed(
  { Principal, NotPrincipal }: StatementJson,
  { caller }: PlainRequest,
  partition: string,
): Named | undefined {
  if (NotPrincipal !== undefined || Principal === undefined) throw new Error("only Principal is known here");
  // "*" and {"AWS": "*"} are equivalent for anonymous users too. …#principal-anonymous
  if (Principal === "*") return "itself";
  for (const kind of Object.keys(Principal))
    if (kind !== "AWS" && kind !== "Service") throw new Error(`principals of ${kind} are not known here`);
  const named = valuesOf(Principal["AWS"]);
  if (named.includes("*")) return "itself";
  if (caller.kind === "anonymous") return undefined;
  if (caller.kind === "service")
    return valuesOf(Principal["Service"]).includes(caller.name) ? "itself" : undefined;
  const { account, kind, name } = caller;
  // The session, or the role that it is a session of; a session's ARN is without the role's path.
  const own =
    kind === "user"
      ? [`arn:${partition}:iam::${account}:user/${name}`]
      : [
          `arn:${partition}:iam::${account}:role/${name}`,
          `arn:${partition}:sts::${account}:assumed-role/${name.slice(name.lastIndexOf("/") + 1)}/session`,
        ];
  if (own.some((arn) => named.includes(arn))) return "itself";
  // An account by its number or by its root means everybody in it.
  const isAccount = named.includes(account) || named.includes(`arn:${partition}:iam::${account}:root`);
  return isAccount ? "by its account" : undefined;
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
function contextOf(request: PlainRequest, partition: string, owner: string): Context {
  const { caller, endpoint } = request;
  const isIdentity = caller.kind === "user" || caller.kind === "role";
  const all: Record<string, string | string[] | undefined> = {
    "aws:SecureTransport": String(request.secure),
    "aws:ResourceAccount": owner,
    "s3:ResourceAccount": owner,
    "s3:x-amz-acl": request.acl,
    // Of presigned requests alone, and always 0 by version 2.
    // https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html
    "s3:signatureAge":
      request.presigned === undefined
        ? undefined
        : String(request.presigned.version === 2 ? 0 : request.presigned.forMs),
    "s3:signatureversion": !isIdentity
      ? undefined
      : request.presigned?.version === 2
        ? "AWS"
        : "AWS4-HMAC-SHA256",
    "aws:SourceIp": endpoint === undefined ? request.address : undefined,
    "aws:SourceVpce": endpoint?.id,
    "aws:SourceVpc": endpoint?.vpc,
    "aws:VpcSourceIp": endpoint?.address,
    "aws:VpceAccount": endpoint?.account,
    "aws:ViaAWSService": String(request.by === "via a service"),
    "aws:PrincipalIsAWSService":
      caller.kind === "anonymous"
        ? undefined
        : String(caller.kind === "service" || request.by === "as a service"),
    "aws:PrincipalAccount": isIdentity
      ? caller.account
      : caller.kind === "anonymous"
        ? "anonymous"
        : undefined,
    "aws:PrincipalArn": isIdentity
      ? `arn:${partition}:iam::${caller.account}:${caller.kind}/${caller.name}`
      : undefined,
    "aws:PrincipalOrgID": isIdentity ? caller.organisation : undefined,
    "aws:PrincipalOrgPaths":
      isIdentity && caller.organisation !== undefined ? [`${caller.organisation}/r-any/ou-any/`] : undefined,
    // Only temporary credentials have it; those of a role are nothing else.
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-tokenissuetime
    "aws:TokenIssueTime":
      caller.kind === "role" || (caller.kind === "user" && caller.temporary === true)
        ? "2026-11-01T08:00:00Z"
        : undefined,
    "aws:PrincipalServiceName": caller.kind === "service" ? caller.name : undefined,
    "aws:SourceAccount": caller.kind === "service" ? caller.sourceAccount : undefined,
    "aws:SourceArn": caller.kind === "service" ? caller.sourceArn : undefined,
  };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string | string[]] => entry[1] !== undefined),
  );
}
