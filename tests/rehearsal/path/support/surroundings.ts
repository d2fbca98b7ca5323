import { addedTypes, awsTypes, azureTypes } from "../../../../rehearsal/model/resourceTypes";
import {
  neutralOptions,
  type Props,
  type RecordedResource,
  type Recording,
} from "../../../../rehearsal/model/recording";
import { rehearsedStack, stackCases } from "../../fixtures/stacks";

/*
 * The prod stack as if its networks and gateways on both sides were others':
 *
 *   hub 10.1.0.0/22: apps 10.1.0.0/23, AzureFirewallSubnet 10.1.2.0/26, GatewaySubnet 10.1.3.224/27
 *   spoke 10.101.0.0/22: work 10.101.0.0/24, its route 0.0.0.0/0 leads to the firewall 10.1.2.4
 *   office 10.200.0.0/16 behind another connection of the VPN gateway, depot 10.210.0.0/16 behind ExpressRoute
 *   VPC 10.2.0.0/22 with 100.64.0.0/20: a route table for each zone, one network ACL, another site 192.168.10.0/24
 */

const region = "ap-northeast-1";
const base =
  "/subscriptions/11111111-0000-4000-8000-000000000000/resourceGroups/others/providers/Microsoft.Network";
export const spokeId = `${base}/virtualNetworks/spoke`;
const hubGroup = { resourceGroupName: "others" };

/** A resource of others, named like the last part of its id. */
export function othersOwn(
  stack: string,
  { type, id, inputs, outputs = {} }: Pick<RecordedResource, "type" | "id" | "inputs"> & { outputs?: Props },
): RecordedResource {
  const name = id.split("/").at(-1) ?? id;
  return {
    ...{ type, id, inputs, outputs, name },
    urn: `urn:pulumi:${stack}::azure-s3-privatelink::${type}::others/${name}`,
    custom: true,
    parent: undefined,
    secretInputs: [],
    dependencies: [],
    propertyDependencies: {},
    options: neutralOptions,
    foreign: true,
  };
}

/** What others own in it. */
const taken = [
  "aws-network",
  "aws-routes",
  "aws-subnet-ap-northeast-1a",
  "aws-subnet-ap-northeast-1c",
  "aws-routes-ap-northeast-1a",
  "aws-routes-ap-northeast-1c",
  "vpn-aws-gateway",
  "vpn-aws-attachment",
  "azure-network",
  "azure-client-security-group",
  "azure-client-subnet",
  "azure-gateway-subnet",
  "vpn-azure-ip1",
  "vpn-azure-ip2",
  "vpn-azure-gateway",
];

/** What the VPN gateway learned: its own network, and the office's by BGP. */
const learnedRoutes = [
  { network: "10.1.0.0/22", nextHop: "", asPath: "", origin: "Network" },
  { network: "10.200.0.0/16", nextHop: "10.200.255.1", asPath: "65020", origin: "EBgp" },
];

/** The networks that may use the endpoint, as the settings name them. */
export const clients = { apps: "10.1.0.0/24", work: "10.101.0.0/25", office: "10.200.7.0/24" };

/** The prod stack in the surroundings above. */
export async function joinedStack(): Promise<Recording> {
  const prod = stackCases.find(({ stack }) => stack === "prod");
  if (prod === undefined) throw new Error("there is no prod");
  const { recording } = await rehearsedStack(prod);
  const named = (name: string) => {
    const found = recording.resources.find((one) => one.name === name);
    if (found === undefined) throw new Error(`prod has no ${name}`);
    return found;
  };
  const vpc = named("aws-network");
  const hub = named("azure-network");
  const gateway = named("vpn-azure-gateway");
  const vgw = named("vpn-aws-gateway");
  const owned = (type: string, id: string, inputs: Props, outputs: Props = {}) =>
    othersOwn(recording.stack, { type, id, inputs, outputs });
  const moved = recording.resources
    .filter(({ name }) => taken.includes(name))
    .map((one): RecordedResource => ({
      ...one,
      foreign: true,
      parent: undefined,
      dependencies: [],
      // The second zone has a table of its own, which its owner lets the gateway fill.
      ...(one.name === "vpn-azure-gateway" ? { outputs: { ...one.outputs, learnedRoutes } } : {}),
      inputs:
        one.name === "aws-routes-ap-northeast-1c"
          ? { ...one.inputs, routeTableId: "rtb-second" }
          : one.inputs,
    }));
  const rule = named("s3-https-from-azure");
  const peering = (from: string, to: string, more: Props) =>
    owned(
      azureTypes.virtualNetworkPeering,
      `${from}/virtualNetworkPeerings/to-${to.split("/").at(-1) ?? ""}`,
      { remoteVirtualNetwork: { id: to }, allowVirtualNetworkAccess: true, ...more },
      { peeringState: "Connected" },
    );
  const subnet = (network: string, name: string, addressPrefix: string, more: Props = {}) =>
    owned(
      azureTypes.subnet,
      `${network}/subnets/${name}`,
      {
        ...hubGroup,
        virtualNetworkName: network.split("/").at(-1) ?? "",
        subnetName: name,
        addressPrefix,
        ...more,
      },
      { name },
    );
  const others = [
    subnet(hub.id, "AzureFirewallSubnet", "10.1.2.0/26"),
    owned(
      azureTypes.virtualNetwork,
      spokeId,
      {
        ...hubGroup,
        virtualNetworkName: "spoke",
        addressSpace: { addressPrefixes: ["10.101.0.0/22"] },
      },
      { name: "spoke" },
    ),
    owned(addedTypes.azureRouteTable, `${base}/routeTables/to-firewall`, {
      ...hubGroup,
      routeTableName: "to-firewall",
      routes: [
        {
          name: "default",
          addressPrefix: "0.0.0.0/0",
          nextHopType: "VirtualAppliance",
          nextHopIpAddress: "10.1.2.4",
        },
      ],
    }),
    owned(azureTypes.networkSecurityGroup, `${base}/networkSecurityGroups/work-rules`, {
      ...hubGroup,
      networkSecurityGroupName: "work-rules",
      securityRules: [],
    }),
    subnet(spokeId, "work", "10.101.0.0/24", {
      routeTable: { id: `${base}/routeTables/to-firewall` },
      networkSecurityGroup: { id: `${base}/networkSecurityGroups/work-rules` },
    }),
    peering(hub.id, spokeId, { allowGatewayTransit: true, useRemoteGateways: false }),
    peering(spokeId, hub.id, { allowGatewayTransit: false, useRemoteGateways: true }),
    owned(azureTypes.localNetworkGateway, `${base}/localNetworkGateways/office-router`, {
      gatewayIpAddress: "192.0.2.10",
      localNetworkAddressSpace: { addressPrefixes: ["10.200.255.1/32"] },
      bgpSettings: { asn: 65020, bgpPeeringAddress: "10.200.255.1" },
    }),
    owned(azureTypes.virtualNetworkGatewayConnection, `${base}/connections/office`, {
      connectionType: "IPsec",
      enableBgp: true,
      virtualNetworkGateway1: { id: gateway.id },
      localNetworkGateway2: { id: `${base}/localNetworkGateways/office-router` },
    }),
    owned(
      azureTypes.virtualNetworkGateway,
      `${base}/virtualNetworkGateways/circuits`,
      {
        gatewayType: "ExpressRoute",
        ipConfigurations: [{ name: "default", subnet: { id: `${hub.id}/subnets/GatewaySubnet` } }],
      },
      {
        learnedRoutes: [
          { network: "10.210.0.0/16", nextHop: "10.1.3.230", asPath: "12076-65030", origin: "EBgp" },
        ],
      },
    ),
    owned(azureTypes.virtualNetworkGatewayConnection, `${base}/connections/depot`, {
      connectionType: "ExpressRoute",
      virtualNetworkGateway1: { id: `${base}/virtualNetworkGateways/circuits` },
    }),
    owned(addedTypes.vpcIpv4CidrBlockAssociation, "vpc-cidr-assoc-1", {
      vpcId: vpc.id,
      cidrBlock: "100.64.0.0/20",
    }),
    owned(
      awsTypes.routeTable,
      "rtb-second",
      {
        vpcId: vpc.id,
        propagatingVgws: [vgw.id],
        routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }],
      },
      { propagatedRoutes: [{ destinationCidrBlock: "192.168.10.0/24", gatewayId: vgw.id }] },
    ),
    owned(addedTypes.networkAcl, "acl-others", {
      vpcId: vpc.id,
      subnetIds: [named("aws-subnet-ap-northeast-1a").id, named("aws-subnet-ap-northeast-1c").id],
      ingress: [
        { ruleNo: 100, action: "allow", protocol: "-1", cidrBlock: "0.0.0.0/0", fromPort: 0, toPort: 0 },
      ],
      egress: [
        { ruleNo: 100, action: "allow", protocol: "-1", cidrBlock: "0.0.0.0/0", fromPort: 0, toPort: 0 },
      ],
    }),
    owned(awsTypes.vpcEndpoint, "vpce-gateway", {
      vpcId: vpc.id,
      serviceName: `com.amazonaws.${region}.s3`,
      vpcEndpointType: "Gateway",
    }),
    owned(awsTypes.customerGateway, "cgw-plant", {
      ipAddress: "192.0.2.20",
      bgpAsn: "65040",
      type: "ipsec.1",
    }),
    owned(awsTypes.vpnConnection, "vpn-plant", {
      customerGatewayId: "cgw-plant",
      vpnGatewayId: vgw.id,
      type: "ipsec.1",
      staticRoutesOnly: true,
    }),
    owned(awsTypes.vpnConnectionRoute, "vpn-plant-route", {
      vpnConnectionId: "vpn-plant",
      destinationCidrBlock: "192.168.10.0/24",
    }),
  ];
  const propagation = { ...named("vpn-aws-propagation") };
  return {
    ...recording,
    resources: [
      ...recording.resources.filter(
        (one) => !taken.includes(one.name) && one !== rule && one.name !== propagation.name,
      ),
      propagation,
      ...Object.entries(clients).map(([name, cidrIpv4]): RecordedResource => ({
        ...rule,
        name: `s3-https-from-${name}`,
        urn: `${rule.urn}-${name}`,
        inputs: { ...rule.inputs, cidrIpv4 },
      })),
    ],
    surroundings: [...moved, ...others],
    outputs: { ...recording.outputs, azureClients: clients },
  };
}

/** The same with one resource of others changed. */
export function withOthers(
  recording: Recording,
  name: string,
  change: { readonly inputs?: Props; readonly outputs?: Props },
): Recording {
  const found = recording.surroundings?.find((one) => one.name === name);
  if (found === undefined) throw new Error(`the surroundings have no ${name}`);
  const changed = {
    ...found,
    inputs: { ...found.inputs, ...change.inputs },
    outputs: { ...found.outputs, ...change.outputs },
  };
  return {
    ...recording,
    surroundings: recording.surroundings?.map((one) => (one === found ? changed : one)) ?? [],
  };
}

/** The same without some resources of others. */
export function withoutOthers(recording: Recording, ...names: readonly string[]): Recording {
  return {
    ...recording,
    surroundings: recording.surroundings?.filter(({ name }) => !names.includes(name)) ?? [],
  };
}

/** The same with further resources of others. */
export function withMoreOthers(
  recording: Recording,
  ...more: readonly Parameters<typeof othersOwn>[1][]
): Recording {
  const made = more.map((one) => othersOwn(recording.stack, one));
  return { ...recording, surroundings: [...(recording.surroundings ?? []), ...made] };
}
