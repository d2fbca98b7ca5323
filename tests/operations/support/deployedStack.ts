import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { EC2Client } from "@aws-sdk/client-ec2";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { IAMClient } from "@aws-sdk/client-iam";
import { S3Client } from "@aws-sdk/client-s3";
import { S3ControlClient } from "@aws-sdk/client-s3-control";
import { SNSClient } from "@aws-sdk/client-sns";
import { contractVersion, type StackOutputs } from "../../../outputs";
import type { AwsServer } from "./awsServer";
import { type Audit, deployAudit } from "./deployedAudit";
import type { AzureServer } from "./azureServer";
import { logBucket } from "./deployedLogs";
import { buckets, deployS3, oldVersionDays, type S3Access } from "./deployedS3";
import { deployAwsNetwork, deployConnection, type Network, upTwoHoursAgo } from "./deployedVpn";
import {
  awsCidr,
  azureCidr,
  azureGroup,
  azureNetwork,
  clientVmId,
  region,
  suites,
  iamRegion,
  type Topology,
} from "./place";

/** A stack as the program leaves it, in both clouds, and its outputs. */
export interface DeployedStack {
  readonly outputs: StackOutputs;
  readonly clients: Clients;
  readonly aws: AwsServer;
  readonly azure: AzureServer;
}

export interface Clients {
  readonly ec2: EC2Client;
  readonly s3: S3Client;
  readonly s3Control: S3ControlClient;
  readonly iam: IAMClient;
  readonly cloudWatch: CloudWatchClient;
  readonly cloudTrail: CloudTrailClient;
  readonly events: EventBridgeClient;
  readonly sns: SNSClient;
  /** In the one region where EventBridge has IAM's events. */
  readonly iamRegion: { readonly events: EventBridgeClient; readonly sns: SNSClient };
}

/** AWS's half, into an empty AWS. */
export async function deployAws(
  topology: Topology,
  aws: AwsServer,
): Promise<Pick<DeployedStack, "outputs" | "clients">> {
  const clients = {
    ec2: new EC2Client({ region }),
    s3: new S3Client({ region }),
    s3Control: new S3ControlClient({ region }),
    iam: new IAMClient({ region }),
    cloudWatch: new CloudWatchClient({ region }),
    cloudTrail: new CloudTrailClient({ region }),
    events: new EventBridgeClient({ region }),
    sns: new SNSClient({ region }),
    iamRegion: {
      events: new EventBridgeClient({ region: iamRegion }),
      sns: new SNSClient({ region: iamRegion }),
    },
  };
  const network = await deployAwsNetwork(clients.ec2);
  const addresses = topology === "active-active" ? ["20.0.0.1", "20.0.0.2"] : ["20.0.0.1"];
  aws.vpn.connections = await Promise.all(
    addresses.map((address, index) =>
      deployConnection(clients.ec2, topology, network.gatewayId, address, index),
    ),
  );
  aws.propagating = [network.gatewayId];
  const access = await deployS3(clients, network);
  const audit = await deployAudit(clients, network.groupId, access.readerArn);
  const outputs = outputsOf(topology, addresses, aws, network, access, audit);
  await clients.cloudWatch.send(upTwoHoursAgo(outputs));
  return { outputs, clients };
}

function outputsOf(
  topology: Topology,
  addresses: readonly string[],
  aws: AwsServer,
  network: Network,
  access: S3Access,
  { trailArn, topicArn, iamTopicArn }: Audit,
): StackOutputs {
  const perConnection = topology === "single-tunnel" ? 1 : 2;
  const tunnels = aws.vpn.connections.flatMap((connection, index) =>
    connection.tunnels.slice(0, perConnection).map((tunnel, slot) => {
      const name = `tunnel${2 * index + slot + 1}`;
      return {
        name,
        azureConnectionId: `${azureNetwork}/connections/vpn-${name}-azure-connection`,
        azureConnectionName: `vpn-${name}-azure-connection`,
        azurePublicAddress: addresses[index] ?? "",
        awsConnectionId: connection.id,
        awsSlot: slot + 1,
        awsOutsideAddress: tunnel.outsideAddress,
        insideCidr: tunnel.insideCidr,
      };
    }),
  );
  const endpointUrl = aws.endpointUrl;
  return {
    contractVersion,
    listCommand: `aws s3 --endpoint-url ${endpointUrl} --region ${region} ls s3://${buckets.reports.bucketName}`,
    endpointUrl,
    endpointId: access.endpointId,
    buckets,
    firstBucket: "reports",
    readerArn: access.readerArn,
    readerAccessKeyId: access.key.id,
    readerSecretAccessKey: access.key.secret,
    perimeter: access.perimeter,
    exemptPrincipals: [...access.exemptPrincipals],
    presignedUrlMinutes: access.presignedUrlMinutes,
    oldVersionDays,
    logBucketName: logBucket,
    logKinds: ["flow", "access", "audit"],
    trailArn,
    iamTopicArn,
    alarms: { topicArn, actionGroupId: `${azureGroup}/providers/Microsoft.Insights/actionGroups/alarms` },
    awsRegion: region,
    awsNetwork: {
      vpcId: network.vpcId,
      cidr: awsCidr,
      routeTableId: network.routeTableId,
      subnetIds: { ...network.subnetIds },
      endpointSecurityGroupId: network.groupId,
    },
    azureLocation: "japaneast",
    azureNetwork: {
      resourceGroupName: "azure-group",
      virtualNetworkId: `${azureNetwork}/virtualNetworks/azure-network`,
      cidr: azureCidr,
      clientSubnetId: `${azureNetwork}/virtualNetworks/azure-network/subnets/azure-client-subnet`,
      clientSecurityGroupId: `${azureNetwork}/networkSecurityGroups/azure-client-security-group`,
    },
    // Where everything is, and nowhere else.
    ...(topology === "active-active" ? { clientVm: { id: clientVmId, name: "client-machine" } } : {}),
    vpn: {
      topology,
      azureGatewayId: `${azureNetwork}/virtualNetworkGateways/vpn-gateway`,
      azureGatewayName: "vpn-gateway",
      awsGatewayId: network.gatewayId,
      awsConnectionIds: aws.vpn.connections.map(({ id }) => id),
      tunnels,
      ipsec: topology === "active-active" ? suites.pinned : suites.basic,
    },
  };
}
