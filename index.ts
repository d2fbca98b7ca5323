import * as pulumi from "@pulumi/pulumi";
import { ClientVm } from "./client/clientVm";
import type { Outputs } from "./contract";
import { AuditTrail } from "./monitoring/auditTrail";
import { LinkAlarms } from "./monitoring/linkAlarms";
import { TrafficLogs } from "./monitoring/trafficLogs";
import { AwsNetwork } from "./network/awsNetwork";
import { AzureNetwork } from "./network/azureNetwork";
import { checkZones } from "./network/checkZones";
import { contractVersion } from "./outputs";
import { checkDeployer } from "./s3access/checkDeployer";
import { PrivateLinkBucket } from "./s3access/privateLinkBucket";
import { readSettings } from "./settings/settings";
import { CrossCloudVpn } from "./vpn/crossCloudVpn";

export = deploy();

async function deploy(): Promise<Outputs> {
  const settings = readSettings();
  await Promise.all(settings.notices.map((notice) => pulumi.log.info(notice)));
  await Promise.all([checkZones(settings.awsNetwork), checkDeployer(settings.s3)]);
  const tags = { project: pulumi.getProject(), stack: pulumi.getStack(), ...settings.tags };

  const azure = new AzureNetwork("azure", { ...settings.azureNetwork, tags });
  const aws = new AwsNetwork("aws", { ...settings.awsNetwork, tags });

  const vpn = new CrossCloudVpn("vpn", {
    ...settings.vpn,
    azure: { ...azure.place, cidr: settings.azureNetwork.cidr, gatewaySubnetId: azure.gatewaySubnetId },
    aws: { cidr: settings.awsNetwork.cidr, vpcId: aws.vpcId, routeTableId: aws.routeTableId },
    tags,
  });
  const alarms =
    settings.alarms &&
    new LinkAlarms("alarms", {
      ...settings.alarms,
      plan: vpn.plan,
      aws: { connections: vpn.awsConnections },
      azure: { ...azure.place, gatewayId: vpn.azureGatewayId },
      tags,
    });

  const logs = settings.logs && new TrafficLogs("logs", { ...settings.logs, vpcId: aws.vpcId, tags });
  const s3 = new PrivateLinkBucket("s3", {
    ...settings.s3,
    vpcId: aws.vpcId,
    subnetIds: Object.values(aws.subnetIds),
    accessLogs: logs?.accessLogs,
    tags,
  });
  const audit =
    logs?.trail &&
    new AuditTrail("audit", {
      trail: logs.trail,
      watched: { ...s3.watched, logBucketName: logs.trail.bucketName },
      notify: alarms?.topicArn,
      tags,
    });
  const client =
    settings.clientVm &&
    new ClientVm("client", { ...azure.place, subnetId: azure.clientSubnetId, ...s3.reading, tags });

  /** Each component's part of the contract in outputs.ts; together they are all of it. */
  return {
    contractVersion,
    ...azure.outputs,
    ...aws.outputs(s3.endpointSecurityGroupId),
    ...vpn.outputs,
    ...s3.outputs,
    ...alarms?.outputs,
    ...logs?.outputs,
    ...audit?.outputs,
    ...(client && client.outputs),
  };
}
