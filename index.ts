import * as pulumi from "@pulumi/pulumi";
import { ClientVm } from "./client/clientVm";
import type { Outputs } from "./contract";
import { AuditTrail } from "./monitoring/auditTrail";
import { LinkAlarms } from "./monitoring/linkAlarms";
import { TrafficLogs } from "./monitoring/trafficLogs";
import { AzureSpokes } from "./network/azureSpokes";
import { checkZones } from "./network/checkZones";
import { joinedOutputs, readSurroundings } from "./network/existing/surroundings";
import { awsNetwork, azureNetwork } from "./network/networks";
import { contractVersion } from "./outputs";
import { checkDeployer } from "./s3access/checkDeployer";
import { PrivateLinkBucket } from "./s3access/privateLinkBucket";
import { readSettings } from "./settings/settings";
import { CrossCloudVpn } from "./vpn/crossCloudVpn";
import { withExisting } from "./vpn/tunnels";

export = deploy();

async function deploy(): Promise<Outputs> {
  const settings = readSettings();
  await Promise.all(settings.notices.map((notice) => pulumi.log.info(notice)));
  const [found] = await Promise.all([
    readSurroundings(settings.join),
    checkZones(settings.awsNetwork),
    checkDeployer(settings.s3),
  ]);
  const tags = { project: pulumi.getProject(), stack: pulumi.getStack(), ...settings.tags };

  const azure = azureNetwork("azure", settings, { found, tags });
  const aws = awsNetwork("aws", settings.awsNetwork, { found, tags });

  const vpn = new CrossCloudVpn("vpn", {
    ...settings.vpn,
    topology: withExisting(settings.vpn.topology, found),
    azure: { ...azure.place, ...azure.vpnEnd },
    aws: aws.vpnEnd,
    tags,
  });
  if (vpn.azureGateway !== undefined && settings.join !== undefined && found.spokes.length > 0)
    new AzureSpokes("spokes", {
      hub: azure.hub,
      spokes: found.spokes,
      ownName: settings.join.ownName,
      gateway: vpn.azureGateway,
    });
  const alarms =
    settings.alarms &&
    new LinkAlarms("alarms", {
      ...settings.alarms,
      plan: vpn.plan,
      aws: { connections: vpn.awsConnections },
      azure: { ...azure.place, ...vpn.watchedGateway },
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
      notify: alarms?.notified,
      tags,
    });
  const client =
    settings.clientVm &&
    azure.clientSubnetId &&
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
    ...joinedOutputs(settings.join),
  };
}
