import { anonymousPrincipal, runSimulation, type Simulation } from "@cloud-copilot/iam-simulate";

/**
 * IAM as somebody else wrote it: decisions by @cloud-copilot/iam-simulate, which shares no code with the evaluator. Its
 * licence is AGPL-3.0, so nothing but tests may use it, and only through this file.
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

const everything = {
  name: "everything",
  policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
};

export async function independentlyAllowed(policies: PlainPolicies, request: PlainRequest): Promise<boolean> {
  const { bucket, endpoint, rights, owner } = policies;
  const allowed = await decide(policies, request, { policy: bucket, rights, owner });
  if (!allowed || request.endpoint === undefined || endpoint === undefined) return allowed;
  // An endpoint's policy is a filter: asked as of a stranger's resource, to which all that the caller has must be allowed.
  return decide(policies, request, { policy: endpoint, rights: true, owner: "555555555555" });
}

async function decide(
  { partition = "aws", owner: resourceOwner }: PlainPolicies,
  request: PlainRequest,
  asked: { readonly policy: object | undefined; readonly rights: boolean; readonly owner: string },
): Promise<boolean> {
  const { caller } = request;
  const isIdentity = caller.kind === "user" || caller.kind === "role";
  const simulation: Simulation = {
    request: {
      principal: principalOf(request, partition),
      action: request.action,
      resource: { resource: request.resource, accountId: asked.owner },
      contextVariables: contextOf(request, partition, resourceOwner),
    },
    identityPolicies: asked.rights && isIdentity ? [everything] : [],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: asked.policy,
  };
  const result = await runSimulation(simulation, {});
  if (result.resultType === "error") throw new Error(JSON.stringify(result.errors));
  return result.overallResult === "Allowed";
}

function principalOf({ caller }: PlainRequest, partition: string): Simulation["request"]["principal"] {
  switch (caller.kind) {
    case "anonymous":
      return anonymousPrincipal;
    case "user":
      return `arn:${partition}:iam::${caller.account}:user/${caller.name}`;
    case "role":
      return `arn:${partition}:sts::${caller.account}:assumed-role/${caller.name.split("/").at(-1) ?? ""}/session`;
    case "service":
      return caller.name;
  }
}

function contextOf(
  request: PlainRequest,
  partition: string,
  owner: string,
): Record<string, string | string[]> {
  const { caller, endpoint } = request;
  const isIdentity = caller.kind === "user" || caller.kind === "role";
  const all: Record<string, string | string[] | undefined> = {
    "aws:SecureTransport": String(request.secure),
    "aws:ResourceAccount": owner,
    "s3:ResourceAccount": owner,
    "s3:x-amz-acl": request.acl,
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
    "aws:PrincipalServiceName": caller.kind === "service" ? caller.name : undefined,
    "aws:SourceAccount": caller.kind === "service" ? caller.sourceAccount : undefined,
    "aws:SourceArn": caller.kind === "service" ? caller.sourceArn : undefined,
  };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string | string[]] => entry[1] !== undefined),
  );
}
