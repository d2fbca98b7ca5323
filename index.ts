import * as pulumi from "@pulumi/pulumi";
import { ClientVm } from "./client/clientVm";
import { LinkAlarms } from "./monitoring/linkAlarms";
import { TrafficLogs } from "./monitoring/trafficLogs";
import { AwsNetwork } from "./network/awsNetwork";
import { AzureNetwork } from "./network/azureNetwork";
import { contractVersion, type StackOutputs } from "./outputs";
import { PrivateLinkBucket } from "./s3access/privateLinkBucket";
import { readSettings } from "./settings/settings";
import { CrossCloudVpn } from "./vpn/crossCloudVpn";
import { ipsecSuite } from "./vpn/ipsec";

const settings = readSettings();
const tags = { project: pulumi.getProject(), stack: pulumi.getStack(), ...settings.tags };

const azure = new AzureNetwork("azure", {
  location: settings.azureLocation,
  cidr: settings.azureCidr,
  clientSubnetCidr: settings.clientSubnetCidr,
  gatewaySubnetCidr: settings.gatewaySubnetCidr,
  peerCidr: settings.awsCidr,
  tags,
});

const aws = new AwsNetwork("aws", { cidr: settings.awsCidr, subnets: settings.awsSubnets, tags });

const vpn = new CrossCloudVpn("vpn", {
  topology: settings.topology,
  presharedKeyGenerations: settings.presharedKeyGenerations,
  tunnelLogs: settings.tunnelLogs,
  azure: {
    cidr: settings.azureCidr,
    resourceGroupName: azure.resourceGroupName,
    location: azure.location,
    gatewaySubnetId: azure.gatewaySubnetId,
  },
  aws: { cidr: settings.awsCidr, vpcId: aws.vpcId, routeTableId: aws.routeTableId },
  tags,
});

const alarms = settings.alarms
  ? new LinkAlarms("alarms", {
      plan: vpn.plan,
      emails: settings.alarms.emails,
      aws: { connections: vpn.awsConnections },
      azure: {
        resourceGroupName: azure.resourceGroupName,
        location: azure.location,
        gatewayId: vpn.azureGatewayId,
      },
      tags,
    })
  : undefined;

const logs =
  settings.logKinds.length > 0
    ? new TrafficLogs("logs", {
        region: settings.awsRegion,
        vpcId: aws.vpcId,
        kinds: settings.logKinds,
        tags,
      })
    : undefined;

const s3 = new PrivateLinkBucket("s3", {
  region: settings.awsRegion,
  vpcId: aws.vpcId,
  subnetIds: Object.values(aws.subnetIds),
  clients: { azure: settings.clientSubnetCidr, aws: settings.awsCidr },
  buckets: settings.buckets,
  perimeter: settings.perimeter,
  trustedPrincipals: settings.trustedPrincipals,
  sampleObject: settings.sampleObject,
  accessLogs: logs?.accessLogs,
  tags,
});

const client = settings.clientVm
  ? new ClientVm("client", {
      resourceGroupName: azure.resourceGroupName,
      location: azure.location,
      subnetId: azure.clientSubnetId,
      listing: {
        region: settings.awsRegion,
        endpointUrl: s3.endpointUrl,
        bucketName: s3.firstBucketName,
        accessKeyId: s3.readerAccessKeyId,
      },
      secretAccessKey: s3.readerSecretAccessKey,
      tags,
    })
  : undefined;

/** Exactly the contract of outputs.ts. */
const outputs: { [Name in keyof StackOutputs]: pulumi.Input<StackOutputs[Name]> } = {
  contractVersion,
  listCommand: s3.listCommand,
  endpointUrl: s3.endpointUrl,
  endpointId: s3.endpointId,
  buckets: s3.buckets,
  readerArn: s3.readerArn,
  readerAccessKeyId: s3.readerAccessKeyId,
  readerSecretAccessKey: s3.readerSecretAccessKey,
  perimeter: settings.perimeter,
  ...(logs && { logBucketName: logs.bucketName, logKinds: [...settings.logKinds] }),
  awsRegion: settings.awsRegion,
  awsNetwork: pulumi.output({
    vpcId: aws.vpcId,
    cidr: settings.awsCidr,
    routeTableId: aws.routeTableId,
    subnetIds: aws.subnetIds,
    endpointSecurityGroupId: s3.endpointSecurityGroupId,
  }),
  azureLocation: settings.azureLocation,
  azureNetwork: pulumi.output({
    resourceGroupName: azure.resourceGroupName,
    virtualNetworkId: azure.virtualNetworkId,
    cidr: settings.azureCidr,
    clientSubnetId: azure.clientSubnetId,
    clientSecurityGroupId: azure.clientSecurityGroupId,
  }),
  ...(client && { clientVm: pulumi.output({ id: client.id, name: client.name }) }),
  vpn: pulumi.output({
    topology: settings.topology.kind,
    azureGatewayId: vpn.azureGatewayId,
    azureGatewayName: vpn.azureGatewayName,
    awsGatewayId: vpn.awsGatewayId,
    awsConnectionIds: vpn.awsConnectionIds,
    tunnels: vpn.tunnels,
    ipsec: ipsecSuite(settings.topology.sku),
  }),
  ...(alarms && {
    alarms: pulumi.output({
      topicArn: alarms.topicArn,
      actionGroupId: alarms.actionGroupId,
      workspaceId: alarms.workspaceId,
    }),
  }),
};

export = outputs;
