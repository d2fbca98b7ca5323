import type { Context } from "./conditions";
import type { Organisation, Principal } from "./principals";

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
  readonly acl?: string | undefined;
  /** The endpoint it came through and its VPC; undefined from the internet. */
  readonly through: Through | undefined;
  /** The public address that it came from; through an endpoint AWS does not tell it. */
  readonly sourceIp?: string | undefined;
}

export interface Through {
  readonly endpointId: string;
  readonly vpcId: string;
  /** The account of the endpoint, and its organisation. */
  readonly accountId?: string | undefined;
  readonly organisation?: Organisation | undefined;
  /** The private address that the call came from. */
  readonly sourceIp?: string | undefined;
}

/** When a session began: no operator that is evaluated here asks for more than whether there is one. */
const anyTime = "2026-01-01T00:00:00Z";

/** The context keys that a request carries; an absent one is not in the map. */
export function contextOf(request: AccessRequest): Context {
  const { principal, through, acl, ownerAccountId, sourceIp } = request;
  const context = new Map<string, readonly string[]>();
  const add = (key: string, value: string | undefined) => {
    if (value !== undefined) context.set(key.toLowerCase(), [value]);
  };
  add("aws:SecureTransport", String(request.secureTransport));
  add("aws:ResourceAccount", ownerAccountId);
  add("s3:ResourceAccount", ownerAccountId);
  add("s3:x-amz-acl", acl);
  if (through === undefined) add("aws:SourceIp", sourceIp);
  else {
    add("aws:SourceVpce", through.endpointId);
    add("aws:SourceVpc", through.vpcId);
    add("aws:VpcSourceIp", through.sourceIp);
    add("aws:VpceAccount", through.accountId);
    add("aws:VpceOrgID", through.organisation?.id);
    add("aws:VpceOrgPaths", through.organisation?.path);
  }
  addPrincipal(principal, add);
  return context;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
function addPrincipal(principal: Principal, add: (key: string, value: string | undefined) => void): void {
  switch (principal.kind) {
    case "anonymous":
      add("aws:ViaAWSService", "false");
      add("aws:PrincipalAccount", "anonymous");
      return;
    case "service":
      add("aws:ViaAWSService", "false");
      add("aws:PrincipalIsAWSService", "true");
      add("aws:PrincipalServiceName", principal.name);
      add("aws:SourceAccount", principal.sourceAccount);
      add("aws:SourceArn", principal.sourceArn);
      add("aws:SourceOrgID", principal.sourceOrganisation?.id);
      add("aws:SourceOrgPaths", principal.sourceOrganisation?.path);
      return;
    case "user":
    case "role":
      add("aws:ViaAWSService", String(principal.viaAwsService === true));
      add("aws:PrincipalAccount", principal.accountId);
      add("aws:PrincipalArn", principal.arn);
      add("aws:PrincipalOrgID", principal.organisation?.id);
      add("aws:PrincipalOrgPaths", principal.organisation?.path);
      if (principal.kind === "role" || principal.inSession === true) add("aws:TokenIssueTime", anyTime);
      add("aws:PrincipalIsAWSService", String(principal.isAwsService === true));
      add("s3:signatureversion", principal.presigned?.signatureVersion ?? "AWS4-HMAC-SHA256");
      add(
        "s3:signatureAge",
        principal.presigned === undefined ? undefined : String(principal.presigned.ageMs),
      );
  }
}
