import type { RecordedResource, Value } from "../model/recording";
import { addedTypes, azureTypes } from "../model/resourceTypes";
import { isTrue, knownStrings, number, text } from "../model/values";
import { azureNameOf, listAt, partsInGroup } from "./azureNames";
import { sameAzureId } from "../model/azureIds";
import { type AzureRouteTable, readAzureRouteTables } from "./azureRouteTables";
import { type EstateIndex, type Item, once } from "./estateIndex";

export interface AzureEstate {
  readonly networks: readonly AzureNetwork[];
  readonly subnets: readonly AzureSubnet[];
  readonly securityGroups: readonly AzureSecurityGroup[];
  readonly publicIps: readonly AzurePublicIp[];
  readonly gateways: readonly AzureGateway[];
  readonly localNetworkGateways: readonly AzureLocalNetworkGateway[];
  readonly connections: readonly AzureConnection[];
}

export interface AzureNetwork extends Item {
  readonly prefixes: readonly string[];
}

export interface AzureSubnet extends Item {
  /** As Azure calls it: `GatewaySubnet` for the gateway's own. */
  readonly name: string | undefined;
  readonly network: AzureNetwork | undefined;
  readonly prefix: string | undefined;
  readonly securityGroupId: string | undefined;
  readonly securityGroup: AzureSecurityGroup | undefined;
  readonly routeTableId: string | undefined;
  /** Undefined where it has none, or one that is not of the stack. */
  readonly routeTable: AzureRouteTable | undefined;
  readonly defaultOutboundAccess: boolean | undefined;
}

export interface AzureSecurityGroup extends Item {
  /** By priority, the lowest number first: the order in which Azure asks them. */
  readonly rules: readonly AzureSecurityRule[];
}

export interface AzureSecurityRule {
  readonly name: string;
  readonly priority: number;
  readonly direction: string;
  readonly access: string;
  readonly protocol: string;
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  readonly sourcePorts: readonly string[];
  readonly destinationPorts: readonly string[];
}

export interface AzurePublicIp extends Item {
  readonly address: string | undefined;
}

/** One instance of a gateway: its IP configuration. */
export interface AzureInstance {
  readonly configurationId: string;
  readonly publicIp: AzurePublicIp | undefined;
  readonly subnet: AzureSubnet | undefined;
  /** The link-local addresses from which it speaks BGP, in order. */
  readonly bgpAddresses: readonly string[];
}

export interface AzureGateway extends Item {
  readonly sku: string | undefined;
  readonly gatewayType: string | undefined;
  readonly vpnType: string | undefined;
  readonly activeActive: boolean;
  readonly enableBgp: boolean;
  readonly asn: number | undefined;
  readonly instances: readonly AzureInstance[];
}

/** A local network gateway: what Azure knows of the far end. */
export interface AzureLocalNetworkGateway extends Item {
  readonly address: string | undefined;
  readonly prefixes: readonly string[];
  readonly asn: number | undefined;
  readonly bgpAddress: string | undefined;
}

export interface AzureConnection extends Item {
  readonly gateway: AzureGateway | undefined;
  readonly localNetworkGateway: AzureLocalNetworkGateway | undefined;
  readonly type: string | undefined;
  readonly protocol: string | undefined;
  readonly mode: string;
  readonly key: string | undefined;
  readonly enableBgp: boolean;
  readonly dpdTimeoutSeconds: number | undefined;
  /** The custom policy; undefined where the gateway's default policy applies. */
  readonly policy: AzureIpsecPolicy | undefined;
  readonly bgpAddresses: readonly { readonly configurationId: string; readonly address: string }[];
  readonly usePolicyBasedSelectors: boolean;
}

export interface AzureIpsecPolicy {
  readonly ikeEncryption: string | undefined;
  readonly ikeIntegrity: string | undefined;
  readonly dhGroup: string | undefined;
  readonly ipsecEncryption: string | undefined;
  readonly ipsecIntegrity: string | undefined;
  readonly pfsGroup: string | undefined;
  readonly lifetimeSeconds: number | undefined;
}

export function readAzure(index: EstateIndex): AzureEstate {
  const networks = index.ofType(azureTypes.virtualNetwork).map(readNetwork);
  const securityGroups = index
    .ofType(azureTypes.networkSecurityGroup)
    .map((r) => readSecurityGroup(r, index));
  const routeTables = readAzureRouteTables(index);
  const subnets = index
    .ofType(azureTypes.subnet)
    .map((r) => readSubnet(r, { networks, securityGroups, routeTables }));
  const publicIps = index.ofType(azureTypes.publicIPAddress).map(readPublicIp);
  const gateways = index
    .ofType(azureTypes.virtualNetworkGateway)
    .map((r) => readGateway(r, publicIps, subnets));
  const sites = index.ofType(azureTypes.localNetworkGateway).map(readLocalNetworkGateway);
  const connections = index
    .ofType(azureTypes.virtualNetworkGatewayConnection)
    .map((r) => readConnection(r, gateways, sites));
  return {
    networks,
    subnets,
    securityGroups,
    publicIps,
    gateways,
    localNetworkGateways: sites,
    connections,
  };
}

function withId<T extends Item>(items: readonly T[], id: string | undefined): T | undefined {
  return items.find((item) => sameAzureId(item.resource.id, id));
}

function readNetwork(resource: RecordedResource): AzureNetwork {
  return { resource, prefixes: knownStrings(resource.inputs, "addressSpace.addressPrefixes") };
}

function readSubnet(
  resource: RecordedResource,
  {
    networks,
    securityGroups,
    routeTables,
  }: {
    readonly networks: readonly AzureNetwork[];
    readonly securityGroups: readonly AzureSecurityGroup[];
    readonly routeTables: readonly AzureRouteTable[];
  },
): AzureSubnet {
  const { networkName, groupName, ...said } = subnetFacts(resource);
  return {
    resource,
    ...said,
    network:
      networks.find(({ resource: { id } }) => id !== "" && isBelow(resource.id, id)) ??
      networks.find(
        (network) =>
          azureNameOf(network.resource) === networkName &&
          text(network.resource.inputs, "resourceGroupName") === groupName,
      ),
    securityGroup: withId(securityGroups, said.securityGroupId),
    routeTable: withId(routeTables, said.routeTableId),
  };
}

const subnetFacts = once(({ inputs, outputs }) => {
  const outbound = inputs["defaultOutboundAccess"];
  return {
    networkName: text(inputs, "virtualNetworkName"),
    groupName: text(inputs, "resourceGroupName"),
    name: text(inputs, "subnetName") ?? text(outputs, "name"),
    prefix: text(inputs, "addressPrefix") ?? text(inputs, "addressPrefixes"),
    securityGroupId: text(inputs, "networkSecurityGroup.id"),
    routeTableId: text(inputs, "routeTable.id"),
    defaultOutboundAccess: typeof outbound === "boolean" ? outbound : undefined,
  };
});

/** By its id: networks of several subscriptions may have the same name and group. */
function isBelow(id: string, whole: string): boolean {
  return id.toLowerCase().startsWith(`${whole.toLowerCase()}/`);
}

function readSecurityGroup(resource: RecordedResource, index: EstateIndex): AzureSecurityGroup {
  const separate = partsInGroup(index, addedTypes.azureSecurityRule, "networkSecurityGroupName", resource);
  const rules = [
    ...listAt(resource.inputs, "securityRules").map((rule) => readSecurityRule(rule, text(rule, "name"))),
    ...separate.map((one) => readSecurityRule(one.inputs, azureNameOf(one))),
  ];
  return { resource, rules: rules.sort((one, other) => one.priority - other.priority) };
}

function readSecurityRule(rule: Value, name: string | undefined): AzureSecurityRule {
  const either = (single: string, several: string) => [
    ...knownStrings(rule, single),
    ...knownStrings(rule, several),
  ];
  return {
    name: name ?? "",
    priority: number(rule, "priority") ?? Number.MAX_SAFE_INTEGER,
    direction: text(rule, "direction") ?? "",
    access: text(rule, "access") ?? "",
    protocol: text(rule, "protocol") ?? "",
    sources: either("sourceAddressPrefix", "sourceAddressPrefixes"),
    destinations: either("destinationAddressPrefix", "destinationAddressPrefixes"),
    sourcePorts: either("sourcePortRange", "sourcePortRanges"),
    destinationPorts: either("destinationPortRange", "destinationPortRanges"),
  };
}

function readPublicIp(resource: RecordedResource): AzurePublicIp {
  return { resource, address: text(resource.outputs, "ipAddress") };
}

function readGateway(
  resource: RecordedResource,
  publicIps: readonly AzurePublicIp[],
  subnets: readonly AzureSubnet[],
): AzureGateway {
  const { inputs } = resource;
  return {
    resource,
    sku: text(inputs, "sku.name"),
    gatewayType: text(inputs, "gatewayType"),
    vpnType: text(inputs, "vpnType"),
    activeActive: isTrue(inputs, "activeActive"),
    enableBgp: isTrue(inputs, "enableBgp"),
    asn: number(inputs, "bgpSettings.asn"),
    instances: listAt(inputs, "ipConfigurations").map((configuration) => {
      const configurationId = `${resource.id}/ipConfigurations/${text(configuration, "name") ?? ""}`;
      const speaker = listAt(inputs, "bgpSettings.bgpPeeringAddresses").find((peer) =>
        sameAzureId(text(peer, "ipconfigurationId"), configurationId),
      );
      return {
        configurationId,
        publicIp: withId(publicIps, text(configuration, "publicIPAddress.id")),
        subnet: withId(subnets, text(configuration, "subnet.id")),
        bgpAddresses: knownStrings(speaker, "customBgpIpAddresses"),
      };
    }),
  };
}

function readLocalNetworkGateway(resource: RecordedResource): AzureLocalNetworkGateway {
  const { inputs } = resource;
  return {
    resource,
    address: text(inputs, "gatewayIpAddress"),
    prefixes: knownStrings(inputs, "localNetworkAddressSpace.addressPrefixes"),
    asn: number(inputs, "bgpSettings.asn"),
    bgpAddress: text(inputs, "bgpSettings.bgpPeeringAddress"),
  };
}

function readConnection(
  resource: RecordedResource,
  gateways: readonly AzureGateway[],
  sites: readonly AzureLocalNetworkGateway[],
): AzureConnection {
  const { inputs } = resource;
  const [policy] = listAt(inputs, "ipsecPolicies");
  return {
    resource,
    gateway: withId(gateways, text(inputs, "virtualNetworkGateway1.id")),
    localNetworkGateway: withId(sites, text(inputs, "localNetworkGateway2.id")),
    type: text(inputs, "connectionType"),
    protocol: text(inputs, "connectionProtocol"),
    mode: text(inputs, "connectionMode") ?? "Default",
    key: text(inputs, "sharedKey"),
    enableBgp: isTrue(inputs, "enableBgp"),
    dpdTimeoutSeconds: number(inputs, "dpdTimeoutSeconds"),
    policy: policy === undefined ? undefined : readPolicy(policy),
    bgpAddresses: listAt(inputs, "gatewayCustomBgpIpAddresses").map((entry) => ({
      configurationId: text(entry, "ipConfigurationId") ?? "",
      address: text(entry, "customBgpIpAddress") ?? "",
    })),
    usePolicyBasedSelectors: isTrue(inputs, "usePolicyBasedTrafficSelectors"),
  };
}

function readPolicy(policy: Value): AzureIpsecPolicy {
  return {
    ikeEncryption: text(policy, "ikeEncryption"),
    ikeIntegrity: text(policy, "ikeIntegrity"),
    dhGroup: text(policy, "dhGroup"),
    ipsecEncryption: text(policy, "ipsecEncryption"),
    ipsecIntegrity: text(policy, "ipsecIntegrity"),
    pfsGroup: text(policy, "pfsGroup"),
    lifetimeSeconds: number(policy, "saLifeTimeSeconds"),
  };
}
