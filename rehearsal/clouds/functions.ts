import { text } from "../model/values";
import { ec2Lookups } from "./aws/ec2/lookups";
import { accountZones } from "./aws/ec2/zones";
import { azureLookups } from "./azure/network/lookups";
import type { CloudFunction } from "./cloudType";

/** Who the provider signs in as unless a run says otherwise: an IAM user, the simplest deployer there is. */
export function deployer(accountId: string): string {
  return `arn:aws:iam::${accountId}:user/deployer`;
}

/** The provider functions that the simulated clouds have; any other is refused. */
export const cloudFunctions: Readonly<Record<string, CloudFunction>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": (_args, { accountId, principal }) => ({
    accountId,
    arn: callerArn(principal ?? deployer(accountId)),
    id: accountId,
    userId: "AIDAEXAMPLEDEPLOYER00",
  }),
  // https://github.com/pulumi/pulumi-aws/tree/v7.48.0 : upstream/website/docs/d/iam_session_context.html.markdown :
  // the issuer of an ARN other than that of an assumed role is the ARN itself.
  "aws:iam/getSessionContext:getSessionContext": (args, { accountId, principal }) => ({
    arn: args["arn"] ?? "",
    id: args["arn"] ?? "",
    issuerArn: issuerOf(text(args, "arn") ?? "", principal ?? deployer(accountId)),
    issuerId: "",
    issuerName: "",
    sessionName: "",
  }),
  "aws:index/getAvailabilityZones:getAvailabilityZones": (_args, cloud) => ({
    id: cloud.region,
    names: [...accountZones(cloud.region, cloud)],
    groupNames: [cloud.region],
    zoneIds: [],
  }),
  ...ec2Lookups,
  ...azureLookups,
};

function issuerOf(arn: string, principal: string): string {
  if (arn === callerArn(principal)) return principal;
  if (!arn.includes(":assumed-role/")) return arn;
  throw new Error(`NoSuchEntity: the role of ${arn} cannot be found`);
}

/**
 * How STS names a caller: a role by its session, without the role's path.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
function callerArn(principal: string): string {
  const [, partition, account, name] =
    /^arn:([\w-]+):iam::(\d{12}):role\/(?:.+\/)?([^/]+)$/.exec(principal) ?? [];
  return name === undefined
    ? principal
    : `arn:${String(partition)}:sts::${String(account)}:assumed-role/${name}/rehearsal`;
}
