import * as ec2 from "@aws-sdk/client-ec2";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { AwsServer } from "./awsServer";
import type { AzureServer, Json } from "./azureServer";
import { deployConnection } from "./deployedVpn";
import { canaryKey, idOf, region } from "./place";

/** Networks that others own, on both sides of a link that joins them: a hub with two spokes, and a VPC with a VPN. */
export const subscription = "/subscriptions/00000000-0000-4000-8000-000000000000";
const otherSubscription = "/subscriptions/00000000-0000-4000-8000-000000000001";
const network = `${subscription}/resourceGroups/hub-group/providers/Microsoft.Network`;
const spokeNetwork = (name: string, from = subscription) =>
  `${from}/resourceGroups/${name}-group/providers/Microsoft.Network`;

export const hubId = `${network}/virtualNetworks/hub`;
export const gatewayId = `${network}/virtualNetworkGateways/hub-vpn`;
export const spokeIds = [
  `${spokeNetwork("spoke1")}/virtualNetworks/spoke1`,
  // In another subscription.
  `${spokeNetwork("spoke2", otherSubscription)}/virtualNetworks/spoke2`,
] as const;
export const ownTags = { project: "azure-s3-privatelink", stack: "joined" };

export type PutAzure = (
  id: string,
  properties: { [key: string]: Json },
  rest?: { [key: string]: Json },
) => void;

export function putIn(azure: AzureServer): PutAzure {
  return (id, properties, rest = {}) => {
    const name = id.slice(id.lastIndexOf("/") + 1);
    azure.resources.set(id.toLowerCase(), { id, name, location: "japaneast", ...rest, properties });
  };
}

export function deployHub(azure: AzureServer): void {
  azure.resources.clear();
  azure.operations.clear();
  azure.failing.clear();
  azure.asked.length = 0;
  const put = putIn(azure);
  put(hubId, {
    addressSpace: { addressPrefixes: ["10.100.0.0/22"] },
    dhcpOptions: { dnsServers: ["10.100.1.5", "10.100.1.4"] },
    virtualNetworkPeerings: spokeIds.map((id, index) => peering(hubId, `to-spoke${index + 1}`, id, true)),
  });
  put(`${hubId}/subnets/GatewaySubnet`, {
    addressPrefix: "10.100.0.0/27",
    ipConfigurations: [
      { id: `${gatewayId}/ipConfigurations/one` },
      { id: `${network}/virtualNetworkGateways/hub-er/ipConfigurations/default` },
      { id: `${gatewayId}/ipConfigurations/two` },
    ],
  });
  put(`${hubId}/subnets/shared`, {
    addressPrefix: "10.100.1.0/24",
    networkSecurityGroup: { id: `${network}/networkSecurityGroups/shared` },
    ipConfigurations: [{ id: `${network}/networkInterfaces/somebody/ipConfigurations/one` }],
    delegations: [],
  });
  put(`${network}/networkSecurityGroups/shared`, {
    securityRules: [
      { name: "later", properties: securityRule(200, "Deny", "*") },
      { name: "first", properties: securityRule(100, "Allow", "443") },
    ],
    defaultSecurityRules: [{ name: "AllowVnetOutBound", properties: securityRule(65_000, "Allow", "*") }],
  });
  spokeIds.forEach((id, index) => {
    const table = id.replace(/virtualNetworks.*/, "routeTables/by-firewall");
    put(id, {
      addressSpace: { addressPrefixes: [`10.10${index + 1}.0.0/22`] },
      virtualNetworkPeerings: [peering(id, "to-hub", hubId, false)],
    });
    put(`${id}/subnets/workload`, { addressPrefix: `10.10${index + 1}.0.0/24`, routeTable: { id: table } });
    put(table, {
      disableBgpRoutePropagation: false,
      routes: [
        {
          name: "all",
          properties: {
            addressPrefix: "0.0.0.0/0",
            nextHopType: "VirtualAppliance",
            nextHopIpAddress: "10.100.1.4",
          },
        },
      ],
    });
  });
  putGateways(azure, put);
}

function putGateways(azure: AzureServer, put: PutAzure): void {
  const address = (name: string) => `${network}/publicIPAddresses/${name}`;
  const configuration = (name: string, ip: string): Json => ({
    name,
    properties: {
      privateIPAllocationMethod: "Dynamic",
      publicIPAddress: { id: address(ip) },
      subnet: { id: `${hubId}/subnets/GatewaySubnet` },
    },
  });
  put(gatewayId, {
    provisioningState: "Succeeded",
    gatewayType: "Vpn",
    vpnType: "RouteBased",
    vpnGatewayGeneration: "Generation2",
    activeActive: true,
    enableBgp: true,
    sku: { name: "VpnGw2AZ", tier: "VpnGw2AZ", capacity: 2 },
    ipConfigurations: [configuration("one", "ip1"), configuration("two", "ip2")],
    bgpSettings: {
      asn: 65_010,
      bgpPeeringAddress: "10.100.0.4,10.100.0.5",
      bgpPeeringAddresses: ["one", "two"].map((name, index) => ({
        ipconfigurationId: `${gatewayId}/ipConfigurations/${name}`,
        defaultBgpIpAddresses: [`10.100.0.${index + 4}`],
        // Not in the order of their numbers, which counts.
        customBgpIpAddresses: [`169.254.30.${4 * index + 2}`, `169.254.21.${4 * index + 2}`],
        tunnelIpAddresses: [`20.0.0.${index + 1}`],
      })),
    },
    natRules: [],
    vpnClientConfiguration: { vpnClientAddressPool: { addressPrefixes: ["172.31.0.0/24"] } },
  });
  put(`${network}/virtualNetworkGateways/hub-er`, {
    provisioningState: "Succeeded",
    gatewayType: "ExpressRoute",
    sku: { name: "ErGw1AZ", tier: "ErGw1AZ" },
    ipConfigurations: [configuration("default", "ip3")],
  });
  for (const [index, name] of ["ip1", "ip2", "ip3"].entries())
    put(address(name), { ipAddress: `20.0.0.${index + 1}`, publicIPAllocationMethod: "Static" });
  putConnection(azure, put, "to-branch", { site: "branch", address: "198.51.100.7" });
  azure.resources.set(`${network}/virtualNetworkGateways/hub-er/connections`.toLowerCase(), { value: [] });
  azure.operations.set("hub-vpn/getlearnedroutes", {
    value: [
      learned("10.200.0.0/16", "169.254.30.1", "65020", "EBgp"),
      learned("10.100.0.0/22", "10.100.0.4", "", "Network"),
      // The other instance reports the same.
      learned("10.200.0.0/16", "169.254.30.1", "65020", "EBgp"),
    ],
  });
}

export function learned(net: string, from: string, asPath: string, origin: string): Json {
  return {
    network: net,
    nextHop: from,
    sourcePeer: from,
    asPath,
    origin,
    weight: 32_768,
    localAddress: "10.100.0.4",
  };
}

/** A connection on the hub's gateway and the site at its far end, added to those that are there. */
export function putConnection(
  azure: AzureServer,
  put: PutAzure,
  name: string,
  far: { readonly site: string; readonly address: string; readonly bgp?: Json; readonly tags?: Json },
): void {
  const [id, siteId] = [`${network}/connections/${name}`, `${network}/localNetworkGateways/${far.site}`];
  const tags = far.tags === undefined ? {} : { tags: far.tags };
  const properties = {
    connectionType: "IPsec",
    connectionProtocol: "IKEv2",
    sharedKey: canaryKey,
    authorizationKey: canaryKey,
    enableBgp: true,
    virtualNetworkGateway1: { id: gatewayId },
    localNetworkGateway2: { id: siteId },
  };
  put(id, properties, tags);
  put(
    siteId,
    {
      gatewayIpAddress: far.address,
      localNetworkAddressSpace: { addressPrefixes: ["10.200.0.0/16"] },
      ...(far.bgp === undefined ? {} : { bgpSettings: far.bgp }),
    },
    tags,
  );
  const list = `${gatewayId}/connections`.toLowerCase();
  const before = (azure.resources.get(list)?.["value"] ?? []) as Json[];
  azure.resources.set(list, { value: [...before, { id, name, properties }] });
}

export function peering(of: string, name: string, remote: string, transit: boolean): Json {
  return {
    id: `${of}/virtualNetworkPeerings/${name}`,
    name,
    properties: {
      remoteVirtualNetwork: { id: remote },
      allowVirtualNetworkAccess: true,
      allowForwardedTraffic: true,
      allowGatewayTransit: transit,
      useRemoteGateways: !transit,
      peeringState: "Connected",
      peeringSyncLevel: "FullyInSync",
      remoteAddressSpace: { addressPrefixes: ["10.99.0.0/22"] },
    },
  };
}

function securityRule(priority: number, access: string, ports: string): { [key: string]: Json } {
  return {
    direction: "Outbound",
    access,
    priority,
    protocol: "Tcp",
    sourcePortRange: "*",
    destinationPortRange: ports,
    sourceAddressPrefixes: ["10.100.1.0/25", "10.100.1.128/25"],
    destinationAddressPrefix: "*",
  };
}

export interface OthersVpc {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly gatewayId: string;
  readonly routeTableId: string;
}

/** A VPC with a second range, three subnets, an S3 gateway endpoint, and a VPN to another site. */
export async function deployVpc(client: ec2.EC2Client, aws: AwsServer): Promise<OthersVpc> {
  const { Vpc } = await client.send(new ec2.CreateVpcCommand({ CidrBlock: "10.50.0.0/16" }));
  const VpcId = idOf(Vpc?.VpcId);
  await client.send(new ec2.AssociateVpcCidrBlockCommand({ VpcId, CidrBlock: "100.64.0.0/20" }));
  const subnetIds: string[] = [];
  for (const [index, zone] of ["a", "c", "d"].entries()) {
    const CidrBlock = `10.50.${index}.0/24`;
    const { Subnet } = await client.send(
      new ec2.CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone: `${region}${zone}` }),
    );
    subnetIds.push(idOf(Subnet?.SubnetId));
  }
  const { RouteTable } = await client.send(new ec2.CreateRouteTableCommand({ VpcId }));
  const RouteTableId = idOf(RouteTable?.RouteTableId);
  const { VpnGateway } = await client.send(
    new ec2.CreateVpnGatewayCommand({ Type: "ipsec.1", AmazonSideAsn: 64_900 }),
  );
  const VpnGatewayId = idOf(VpnGateway?.VpnGatewayId);
  await client.send(new ec2.AttachVpnGatewayCommand({ VpcId, VpnGatewayId }));
  await client.send(new ec2.AssociateRouteTableCommand({ RouteTableId, SubnetId: idOf(subnetIds[0]) }));
  const route = { RouteTableId, DestinationCidrBlock: "192.168.10.0/24", GatewayId: VpnGatewayId };
  await client.send(new ec2.CreateRouteCommand(route));
  const ServiceName = `com.amazonaws.${region}.s3`;
  await client.send(
    new ec2.CreateVpcEndpointCommand({
      VpcId,
      ServiceName,
      VpcEndpointType: "Gateway",
      RouteTableIds: [RouteTableId],
    }),
  );
  const connection = await deployConnection(client, "dual-tunnel", VpnGatewayId, "198.51.100.9", 0);
  connection.routes = [{ cidr: "192.168.10.0/24", state: "available" }];
  aws.vpn.connections = [connection];
  aws.propagating = [];
  return { vpcId: VpcId, subnetIds, gatewayId: VpnGatewayId, routeTableId: RouteTableId };
}

const root = path.resolve(__dirname, "../../..");

/** A project whose stack `joined` has these settings. */
export class JoiningProject {
  readonly folder = mkdtempSync(path.join(tmpdir(), "snapshot-"));

  constructor(
    settings: Readonly<Record<string, string | readonly string[]>>,
    stackFile = "Pulumi.joined.yaml",
  ) {
    writeFileSync(path.join(this.folder, "Pulumi.yaml"), readFileSync(path.join(root, "Pulumi.yaml")));
    const given = {
      azureCidr: "10.1.0.0/22",
      awsCidr: "10.2.0.0/22",
      vpnTopology: "active-active",
      ...settings,
    };
    const lines = Object.entries(given).map(
      ([name, value]) => `  azure-s3-privatelink:${name}: ${JSON.stringify(value)}\n`,
    );
    const file = path.join(this.folder, stackFile);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `config:\n  aws:region: ${region}\n${lines.join("")}`);
  }

  read(file = "snapshots/joined.json"): string {
    return readFileSync(path.join(this.folder, file), "utf8");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
