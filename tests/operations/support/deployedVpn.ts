import { PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import * as ec2 from "@aws-sdk/client-ec2";
import type { StackOutputs } from "../../../outputs";
import type { AwsConnection, AwsTunnel } from "./awsVpn";
import {
  awsCidr,
  azureCidr,
  canaryKey,
  clientCidr,
  idOf,
  insideCidrs,
  region,
  suites,
  type Topology,
} from "./place";

export interface Network {
  readonly vpcId: string;
  readonly subnetIds: Readonly<Record<string, string>>;
  readonly routeTableId: string;
  readonly gatewayId: string;
  readonly groupId: string;
}

export async function deployAwsNetwork(client: ec2.EC2Client): Promise<Network> {
  const { Vpc } = await client.send(new ec2.CreateVpcCommand({ CidrBlock: awsCidr }));
  const VpcId = idOf(Vpc?.VpcId);
  const [a, c, table, gateway, group] = await Promise.all([
    client.send(
      new ec2.CreateSubnetCommand({ VpcId, CidrBlock: "10.2.0.0/23", AvailabilityZone: `${region}a` }),
    ),
    client.send(
      new ec2.CreateSubnetCommand({ VpcId, CidrBlock: "10.2.2.0/23", AvailabilityZone: `${region}c` }),
    ),
    client.send(new ec2.CreateRouteTableCommand({ VpcId })),
    client.send(new ec2.CreateVpnGatewayCommand({ Type: "ipsec.1", AmazonSideAsn: 64512 })),
    client.send(
      new ec2.CreateSecurityGroupCommand({ VpcId, GroupName: "endpoint", Description: "endpoint" }),
    ),
  ]);
  const VpnGatewayId = idOf(gateway.VpnGateway?.VpnGatewayId);
  const RouteTableId = idOf(table.RouteTable?.RouteTableId);
  await client.send(new ec2.AttachVpnGatewayCommand({ VpcId, VpnGatewayId }));
  await Promise.all([
    ...[a, c].map(({ Subnet }) =>
      client.send(new ec2.AssociateRouteTableCommand({ RouteTableId, SubnetId: idOf(Subnet?.SubnetId) })),
    ),
    client.send(
      new ec2.CreateRouteCommand({ RouteTableId, DestinationCidrBlock: azureCidr, GatewayId: VpnGatewayId }),
    ),
    client.send(new ec2.AuthorizeSecurityGroupIngressCommand(https(idOf(group.GroupId), clientCidr))),
    client.send(new ec2.AuthorizeSecurityGroupIngressCommand(https(idOf(group.GroupId), awsCidr))),
  ]);
  return {
    vpcId: VpcId,
    subnetIds: { [`${region}a`]: idOf(a.Subnet?.SubnetId), [`${region}c`]: idOf(c.Subnet?.SubnetId) },
    routeTableId: RouteTableId,
    gatewayId: VpnGatewayId,
    groupId: idOf(group.GroupId),
  };
}

export function https(GroupId: string, CidrIp: string) {
  return {
    GroupId,
    IpPermissions: [{ IpProtocol: "tcp", FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp }] }],
  };
}

export async function deployConnection(
  client: ec2.EC2Client,
  topology: Topology,
  vpnGatewayId: string,
  azureAddress: string,
  index: number,
): Promise<AwsConnection> {
  const { CustomerGateway } = await client.send(
    new ec2.CreateCustomerGatewayCommand({ Type: "ipsec.1", IpAddress: azureAddress, BgpAsn: 65000 }),
  );
  const staticRoutesOnly = topology !== "active-active";
  return {
    id: `vpn-0000000000000000${index + 1}`,
    state: "available",
    customerGatewayId: idOf(CustomerGateway?.CustomerGatewayId),
    vpnGatewayId,
    staticRoutesOnly,
    selectors: { azure: "0.0.0.0/0", aws: "0.0.0.0/0" },
    acceleration: false,
    routes: staticRoutesOnly ? [{ cidr: azureCidr, state: "available" }] : [],
    tunnels: [0, 1].map((slot) => awsTunnel(topology, index, slot)),
  };
}

function awsTunnel(topology: Topology, connection: number, slot: number): AwsTunnel {
  const { ike, esp } = topology === "active-active" ? suites.pinned : suites.basic;
  const used = topology !== "single-tunnel" || slot === 0;
  const integrity = { SHA256: "SHA2-256", SHA384: "SHA2-384", GCM: "SHA2-384" } as const;
  const phase1 = { encryption: ike.encryption, integrity: integrity[ike.integrity], dhGroup: ike.dhGroup };
  const encryption = { AES256: "AES256", "AES256-GCM": "AES256-GCM-16" }[esp.encryption];
  const phase2 = { encryption, integrity: integrity[esp.integrity], dhGroup: esp.pfsGroup };
  const lists = (phase: { encryption: string; integrity: string; dhGroup: number }) => ({
    encryption: [phase.encryption],
    integrity: [phase.integrity],
    dhGroups: [phase.dhGroup],
  });
  return {
    outsideAddress: `203.0.113.${10 * (connection + 1) + slot}`,
    insideCidr: insideCidrs[2 * connection + slot] ?? "",
    presharedKey: canaryKey,
    up: used,
    message: used ? "" : "IPSEC IS DOWN",
    acceptedRoutes: used ? 1 : 0,
    startupAction: "start",
    timing: {
      phase1Seconds: ike.lifetimeSeconds,
      phase2Seconds: esp.lifetimeSeconds,
      rekeyMarginSeconds: 270,
      rekeyFuzzPercentage: 100,
      replayWindow: 1024,
      dpdSeconds: 30,
      dpdAction: "restart",
    },
    offers: { ikeVersions: ["ikev2"], phase1: lists(phase1), phase2: lists(phase2) },
    negotiated: { ikeVersion: "ikev2", phase1, phase2 },
    maintenance: undefined,
  };
}

/** A minute in which a tunnel was down, as CloudWatch keeps it. */
export function downAnHourAgo({ vpn }: StackOutputs, name: string) {
  return tunnelStates(
    vpn.tunnels.filter((tunnel) => tunnel.name === name),
    { up: false, hoursAgo: 1 },
  );
}

/** A minute in which every tunnel was up. */
export function upTwoHoursAgo({ vpn }: StackOutputs) {
  return tunnelStates(vpn.tunnels, { up: true, hoursAgo: 2 });
}

function tunnelStates(
  tunnels: StackOutputs["vpn"]["tunnels"],
  { up, hoursAgo }: { readonly up: boolean; readonly hoursAgo: number },
) {
  return new PutMetricDataCommand({
    Namespace: "AWS/VPN",
    MetricData: tunnels.map((tunnel) => ({
      MetricName: "TunnelState",
      Dimensions: [
        { Name: "VpnId", Value: tunnel.awsConnectionId },
        { Name: "TunnelIpAddress", Value: tunnel.awsOutsideAddress },
      ],
      Value: up ? 1 : 0,
      Timestamp: new Date(Date.now() - hoursAgo * 3_600_000),
    })),
  });
}
