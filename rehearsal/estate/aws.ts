import { awsTypes } from "../model/resourceTypes";
import { isTrue, knownStrings, number, text, valuesAt } from "../model/values";
import { type AwsRouteTable, type AwsSubnet, type AwsVpc, readAwsNetworks } from "./awsNetworks";
import { type EstateIndex, type Item, pointingAt } from "./estateIndex";
import type { RecordedResource } from "../model/recording";

export interface AwsEstate {
  readonly vpcs: readonly AwsVpc[];
  readonly subnets: readonly AwsSubnet[];
  readonly routeTables: readonly AwsRouteTable[];
  readonly vpnGateways: readonly AwsVpnGateway[];
  readonly customerGateways: readonly AwsCustomerGateway[];
  readonly vpnConnections: readonly AwsVpnConnection[];
  readonly securityGroups: readonly AwsSecurityGroup[];
  readonly endpoints: readonly AwsEndpoint[];
}

export interface AwsVpnGateway extends Item {
  readonly asn: number | undefined;
  /** The VPCs it is attached to: one, where all is well. */
  readonly vpcIds: readonly string[];
}

/** What AWS knows of the Azure end. */
export interface AwsCustomerGateway extends Item {
  readonly address: string | undefined;
  readonly asn: number | undefined;
}

export interface AwsVpnConnection extends Item {
  readonly customerGateway: AwsCustomerGateway | undefined;
  readonly vpnGateway: AwsVpnGateway | undefined;
  readonly staticRoutesOnly: boolean;
  /** Networks behind the customer gateway that AWS sends into this connection, where it is static. */
  readonly routes: readonly AwsVpnRoute[];
  /** Traffic selectors: the customer's side and AWS's. */
  readonly localCidr: string;
  readonly remoteCidr: string;
  readonly tunnels: readonly [AwsTunnel, AwsTunnel];
}

export interface AwsVpnRoute extends Item {
  readonly destination: string;
}

export interface AwsTunnel {
  readonly slot: 1 | 2;
  readonly outsideAddress: string | undefined;
  readonly insideCidr: string | undefined;
  /** AWS's address inside the tunnel. */
  readonly awsInside: string | undefined;
  /** The customer's address inside the tunnel, as AWS expects it. */
  readonly azureInside: string | undefined;
  readonly key: string | undefined;
  readonly ikeVersions: readonly string[];
  readonly phase1: AwsPhase;
  readonly phase2: AwsPhase;
  readonly startupAction: string;
  readonly dpdTimeoutAction: string;
  readonly dpdTimeoutSeconds: number | undefined;
  readonly rekeyMarginSeconds: number | undefined;
}

/** What AWS offers and accepts in one phase: any of each list. */
export interface AwsPhase {
  readonly encryption: readonly string[];
  readonly integrity: readonly string[];
  readonly dhGroups: readonly number[];
  readonly lifetimeSeconds: number | undefined;
}

export interface AwsSecurityGroup extends Item {
  readonly vpcId: string | undefined;
  readonly rules: readonly AwsIngressRule[];
}

export interface AwsIngressRule extends Item {
  readonly cidr: string | undefined;
  readonly protocol: string | undefined;
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
}

export interface AwsEndpoint extends Item {
  readonly vpcId: string | undefined;
  readonly type: string | undefined;
  readonly service: string | undefined;
  readonly subnets: readonly AwsSubnet[];
  readonly subnetIds: readonly string[];
  readonly securityGroups: readonly AwsSecurityGroup[];
  readonly securityGroupIds: readonly string[];
  readonly privateDns: boolean;
  readonly policy: string | undefined;
  readonly dnsNames: readonly string[];
}

export function readAws(index: EstateIndex): AwsEstate {
  const { vpcs, subnets, routeTables } = readAwsNetworks(index);
  const vpnGateways = index.ofType(awsTypes.vpnGateway).map((r) => readVpnGateway(r, index));
  const customerGateways = index.ofType(awsTypes.customerGateway).map(readCustomerGateway);
  const vpnConnections = index
    .ofType(awsTypes.vpnConnection)
    .map((r) => readVpnConnection(r, index, { customerGateways, vpnGateways }));
  const securityGroups = index.ofType(awsTypes.securityGroup).map((r) => readSecurityGroup(r, index));
  const endpoints = index.ofType(awsTypes.vpcEndpoint).map((r) => readEndpoint(r, subnets, securityGroups));
  return {
    vpcs,
    subnets,
    routeTables,
    vpnGateways,
    customerGateways,
    vpnConnections,
    securityGroups,
    endpoints,
  };
}

function readVpnGateway(resource: RecordedResource, index: EstateIndex): AwsVpnGateway {
  return {
    resource,
    asn: number(resource.inputs, "amazonSideAsn"),
    vpcIds: [
      ...knownStrings(resource.inputs, "vpcId"),
      ...pointingAt(index, awsTypes.vpnGatewayAttachment, "vpnGatewayId", resource.id).flatMap((r) =>
        knownStrings(r.inputs, "vpcId"),
      ),
    ],
  };
}

function readCustomerGateway(resource: RecordedResource): AwsCustomerGateway {
  return { resource, address: text(resource.inputs, "ipAddress"), asn: number(resource.inputs, "bgpAsn") };
}

function readVpnConnection(
  resource: RecordedResource,
  index: EstateIndex,
  ends: {
    readonly customerGateways: readonly AwsCustomerGateway[];
    readonly vpnGateways: readonly AwsVpnGateway[];
  },
): AwsVpnConnection {
  const { inputs } = resource;
  const anywhere = "0.0.0.0/0";
  return {
    resource,
    customerGateway: ends.customerGateways.find((g) => g.resource.id === text(inputs, "customerGatewayId")),
    vpnGateway: ends.vpnGateways.find((g) => g.resource.id === text(inputs, "vpnGatewayId")),
    staticRoutesOnly: isTrue(inputs, "staticRoutesOnly"),
    routes: pointingAt(index, awsTypes.vpnConnectionRoute, "vpnConnectionId", resource.id).map((route) => ({
      resource: route,
      destination: text(route.inputs, "destinationCidrBlock") ?? "",
    })),
    localCidr: text(inputs, "localIpv4NetworkCidr") ?? anywhere,
    remoteCidr: text(inputs, "remoteIpv4NetworkCidr") ?? anywhere,
    tunnels: [readTunnel(resource, 1), readTunnel(resource, 2)],
  };
}

function readTunnel(resource: RecordedResource, slot: 1 | 2): AwsTunnel {
  const { inputs, outputs } = resource;
  const option = (name: string) => `tunnel${slot}${name}`;
  const phase = (n: 1 | 2): AwsPhase => ({
    encryption: knownStrings(inputs, option(`Phase${n}EncryptionAlgorithms`)),
    integrity: knownStrings(inputs, option(`Phase${n}IntegrityAlgorithms`)),
    dhGroups: valuesAt(inputs, option(`Phase${n}DhGroupNumbers`)).map(Number),
    lifetimeSeconds: number(inputs, option(`Phase${n}LifetimeSeconds`)),
  });
  return {
    slot,
    outsideAddress: text(outputs, option("Address")),
    insideCidr: text(outputs, option("InsideCidr")),
    awsInside: text(outputs, option("VgwInsideAddress")),
    azureInside: text(outputs, option("CgwInsideAddress")),
    key: text(inputs, option("PresharedKey")),
    ikeVersions: knownStrings(inputs, option("IkeVersions")),
    phase1: phase(1),
    phase2: phase(2),
    // AWS's own defaults: https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html
    startupAction: text(inputs, option("StartupAction")) ?? "add",
    dpdTimeoutAction: text(inputs, option("DpdTimeoutAction")) ?? "clear",
    dpdTimeoutSeconds: number(inputs, option("DpdTimeoutSeconds")),
    rekeyMarginSeconds: number(inputs, option("RekeyMarginTimeSeconds")),
  };
}

function readSecurityGroup(resource: RecordedResource, index: EstateIndex): AwsSecurityGroup {
  return {
    resource,
    vpcId: text(resource.inputs, "vpcId"),
    rules: pointingAt(index, awsTypes.securityGroupIngressRule, "securityGroupId", resource.id).map(
      (rule) => ({
        resource: rule,
        cidr: text(rule.inputs, "cidrIpv4"),
        protocol: text(rule.inputs, "ipProtocol"),
        fromPort: number(rule.inputs, "fromPort"),
        toPort: number(rule.inputs, "toPort"),
      }),
    ),
  };
}

function readEndpoint(
  resource: RecordedResource,
  subnets: readonly AwsSubnet[],
  securityGroups: readonly AwsSecurityGroup[],
): AwsEndpoint {
  const { inputs, outputs } = resource;
  const subnetIds = knownStrings(inputs, "subnetIds");
  const securityGroupIds = knownStrings(inputs, "securityGroupIds");
  return {
    resource,
    vpcId: text(inputs, "vpcId"),
    type: text(inputs, "vpcEndpointType"),
    service: text(inputs, "serviceName"),
    subnetIds,
    subnets: subnets.filter((subnet) => subnetIds.includes(subnet.resource.id)),
    securityGroupIds,
    securityGroups: securityGroups.filter((group) => securityGroupIds.includes(group.resource.id)),
    privateDns: isTrue(inputs, "privateDnsEnabled"),
    policy: text(inputs, "policy"),
    dnsNames: knownStrings(outputs, "dnsEntries.dnsName"),
  };
}
