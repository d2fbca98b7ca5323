import {
  getNetworkSecurityGroup,
  getRouteTable,
  getVirtualNetwork,
  getVirtualNetworkGateway,
  type GetNetworkSecurityGroupResult,
  type GetRouteTableResult,
  type GetVirtualNetworkGatewayResult,
  type GetVirtualNetworkResult,
} from "@pulumi/azure-native/network";
import { contains, ipv4, isCidr, overlap } from "../cidr";
import { azureId, isInside, nameOf, sameId } from "./azureIds";
import type { Join } from "./join";
import { everyPort, type Filter, type PortRange } from "./matching";
import type { Reader } from "./reader";

export interface AzureNetworkFacts {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  /** IPv4 only, as everywhere here. */
  readonly cidrs: readonly string[];
  readonly subnets: readonly AzureSubnetFacts[];
  readonly peerings: readonly AzurePeeringFacts[];
}

export interface AzureSubnetFacts {
  readonly name: string;
  readonly cidrs: readonly string[];
  readonly securityGroupId: string | undefined;
  readonly routeTableId: string | undefined;
  /** Ids of the interfaces and gateways in it. */
  readonly users: readonly string[];
}

export interface AzurePeeringFacts {
  readonly name: string;
  readonly remoteId: string;
  readonly remoteCidrs: readonly string[];
  readonly state: string;
  readonly allowVirtualNetworkAccess: boolean;
  readonly allowGatewayTransit: boolean;
  readonly useRemoteGateways: boolean;
}

export interface AzureRouteTableFacts {
  readonly id: string;
  /** Whether its subnets learn routes from the network's gateways. */
  readonly propagation: boolean;
  readonly routes: readonly { readonly name: string; readonly cidr: string; readonly nextHop: string }[];
}

export interface AzureSecurityGroupFacts {
  readonly id: string;
  /** Of those that leave a machine. */
  readonly outbound: readonly Filter[];
}

export interface AzureGatewayFacts {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly type: string;
  readonly vpnType: string;
  readonly sku: string;
  readonly activeActive: boolean;
  readonly bgp: boolean;
  readonly asn: number | undefined;
  readonly natRules: readonly string[];
  readonly state: string;
  readonly subnetIds: readonly string[];
  /** Announced beside the network's own. */
  readonly customCidrs: readonly string[];
  /** Of machines that dial in. */
  readonly dialInCidrs: readonly string[];
  readonly instances: readonly AzureInstanceFacts[];
  readonly tags: Readonly<Record<string, string>>;
}

export interface AzureInstanceFacts {
  readonly ipConfigurationId: string;
  /** The address that AWS's customer gateway names; undefined where Azure tells none. */
  readonly publicAddress: string | undefined;
  /** BGP addresses inside tunnels, in their order. */
  readonly customAddresses: readonly string[];
}

/** What decides in Azure about the path. What could not be read is missing, and among the reader's failures. */
export interface AzureSurroundings {
  /** The network that the stack joins; undefined where it makes one. */
  readonly network: AzureNetworkFacts | undefined;
  /** Those in its GatewaySubnet, and the one that the settings name. */
  readonly gateways: readonly AzureGatewayFacts[];
  /** Those to peer with, and those peered already that hold clients. */
  readonly others: readonly AzureNetworkFacts[];
  readonly routeTables: readonly AzureRouteTableFacts[];
  readonly securityGroups: readonly AzureSecurityGroupFacts[];
}

/** Three rounds, each all at once: what the settings name, what that leads to, and what guards its subnets. */
export async function readAzure(join: Join, reader: Reader): Promise<AzureSurroundings> {
  const existing = join.azure.kind === "existing" ? join.azure : undefined;
  const clients = Object.values(join.clients);
  const [network, named, spokes] = await Promise.all([
    existing && readNetwork(existing.virtualNetworkId, "azureVirtualNetworkId", reader),
    existing?.gatewayId === undefined ? undefined : readGateway(existing.gatewayId, reader),
    Promise.all(join.spokeIds.map((id, index) => readNetwork(id, `azureSpokes[${index}]`, reader))),
  ]);

  const inGatewaySubnet = (network?.subnets ?? [])
    .filter(({ name }) => name === "GatewaySubnet")
    .flatMap(({ users }) => users.map((id) => azureId(id)))
    .flatMap((id) =>
      id?.type.toLowerCase() === "microsoft.network/virtualnetworkgateways" ? [id.whole] : [],
    )
    .filter((id) => !sameId(id, existing?.gatewayId));
  const peered = (network?.peerings ?? []).filter(
    ({ remoteId, remoteCidrs }) =>
      !join.spokeIds.some((id) => sameId(id, remoteId)) &&
      // Networks of another subscription are out of reach of this stack's provider.
      azureId(remoteId)?.subscription === azureId(network?.id ?? "")?.subscription &&
      clients.some((client) => remoteCidrs.some((cidr) => overlap(cidr, client))),
  );
  const [alsoThere, hosts] = await Promise.all([
    Promise.all([...new Set(inGatewaySubnet)].map((id) => readGateway(id, reader))),
    Promise.all(peered.map(({ remoteId }) => readNetwork(remoteId, "azureClients", reader))),
  ]);

  const others = [...spokes, ...hosts].filter((one) => one !== undefined);
  const subnets = [network, ...others].flatMap((one) =>
    (one?.subnets ?? []).filter(
      ({ name, cidrs }) =>
        (one === network && name === "GatewaySubnet") ||
        clients.some((client) => cidrs.some((cidr) => overlap(cidr, client))),
    ),
  );
  const distinct = (ids: readonly (string | undefined)[]) => [
    ...new Map(ids.flatMap((id) => (id === undefined ? [] : [[id.toLowerCase(), id]]))).values(),
  ];
  const [routeTables, securityGroups] = await Promise.all([
    Promise.all(distinct(subnets.map((one) => one.routeTableId)).map((id) => readRouteTable(id, reader))),
    Promise.all(
      distinct(subnets.map((one) => one.securityGroupId)).map((id) => readSecurityGroup(id, reader)),
    ),
  ]);
  return {
    network,
    gateways: [named, ...alsoThere].filter((one) => one !== undefined),
    others,
    routeTables: routeTables.filter((one) => one !== undefined),
    securityGroups: securityGroups.filter((one) => one !== undefined),
  };
}

function readNetwork(id: string, setting: string, reader: Reader): Promise<AzureNetworkFacts | undefined> {
  return readById(id, "virtual network", setting, reader, async ({ resourceGroupName, name }) =>
    networkFacts(id, await getVirtualNetwork({ resourceGroupName, virtualNetworkName: name })),
  );
}

function readGateway(id: string, reader: Reader): Promise<AzureGatewayFacts | undefined> {
  return readById(
    id,
    "virtual network gateway",
    "azureGatewayId",
    reader,
    async ({ resourceGroupName, name }) =>
      gatewayFacts(
        id,
        await getVirtualNetworkGateway({ resourceGroupName, virtualNetworkGatewayName: name }),
      ),
  );
}

function readRouteTable(id: string, reader: Reader): Promise<AzureRouteTableFacts | undefined> {
  return readById(id, "route table", "azureClients", reader, async ({ resourceGroupName, name }) =>
    routeTableFacts(id, await getRouteTable({ resourceGroupName, routeTableName: name })),
  );
}

function readSecurityGroup(id: string, reader: Reader): Promise<AzureSecurityGroupFacts | undefined> {
  return readById(id, "network security group", "azureClients", reader, async ({ resourceGroupName, name }) =>
    securityGroupFacts(
      id,
      await getNetworkSecurityGroup({ resourceGroupName, networkSecurityGroupName: name }),
    ),
  );
}

/** The provider asks in its own subscription, whatever the id says: what it answers with is compared. */
async function readById<T extends { readonly id: string }>(
  id: string,
  kind: string,
  setting: string,
  reader: Reader,
  from: (id: { readonly resourceGroupName: string; readonly name: string }) => Promise<T>,
): Promise<T | undefined> {
  const parts = azureId(id);
  if (parts === undefined) throw new Error(`not the id of a resource: ${id}`);
  const subscription = `azure-native:subscriptionId: ${parts.subscription}`;
  const place = `${kind} ${parts.name}`;
  const fix = `check ${setting}, that the stack works in its subscription (${subscription}), and that whoever runs Pulumi may read it (${parts.type}/read)`;
  const found = await reader.read({ place, fix, from: () => from(parts) });
  if (found === undefined || sameId(azureId(found.id)?.whole, id)) return found;
  const problem = `the provider found another of that name, ${found.id}`;
  reader.failures.push({ place, problem, fix: `set ${subscription}` });
  return undefined;
}

function networkFacts(asked: string, given: GetVirtualNetworkResult): AzureNetworkFacts {
  return {
    id: given.id ?? asked,
    name: given.name,
    location: plainLocation(given.location),
    cidrs: ipv4(given.addressSpace?.addressPrefixes),
    subnets: (given.subnets ?? []).map((subnet) => ({
      name: subnet.name ?? nameOf(subnet.id ?? ""),
      cidrs: ipv4([
        ...(subnet.addressPrefixes ?? []),
        ...(subnet.addressPrefix === undefined ? [] : [subnet.addressPrefix]),
      ]),
      securityGroupId: subnet.networkSecurityGroup?.id,
      routeTableId: subnet.routeTable?.id,
      users: listed(subnet.ipConfigurations).flatMap(({ id }) => id ?? []),
    })),
    peerings: (given.virtualNetworkPeerings ?? []).map((peering) => ({
      name: peering.name ?? "",
      remoteId: peering.remoteVirtualNetwork?.id ?? "",
      remoteCidrs: ipv4(
        (peering.remoteVirtualNetworkAddressSpace ?? peering.remoteAddressSpace)?.addressPrefixes,
      ),
      state: peering.peeringState ?? "",
      allowVirtualNetworkAccess: peering.allowVirtualNetworkAccess ?? true,
      allowGatewayTransit: peering.allowGatewayTransit ?? false,
      useRemoteGateways: peering.useRemoteGateways ?? false,
    })),
  };
}

function gatewayFacts(asked: string, given: GetVirtualNetworkGatewayResult): AzureGatewayFacts {
  const id = given.id ?? asked;
  const configurations = given.ipConfigurations ?? [];
  const peers = given.bgpSettings?.bgpPeeringAddresses ?? [];
  return {
    id,
    name: given.name,
    location: plainLocation(given.location),
    type: given.gatewayType ?? "",
    vpnType: given.vpnType ?? "",
    sku: given.sku?.name ?? "",
    activeActive: given.activeActive ?? false,
    bgp: given.enableBgp ?? false,
    asn: given.bgpSettings?.asn,
    natRules: (given.natRules ?? []).map(({ name }) => name ?? "unnamed"),
    state: given.provisioningState,
    subnetIds: configurations.flatMap(({ subnet }) => subnet?.id ?? []),
    customCidrs: ipv4(given.customRoutes?.addressPrefixes),
    dialInCidrs: ipv4(given.vpnClientConfiguration?.vpnClientAddressPool?.addressPrefixes),
    instances: peers.map((peer) => ({
      ipConfigurationId: peer.ipconfigurationId ?? "",
      publicAddress: listed(peer.tunnelIpAddresses)[0],
      customAddresses: peer.customBgpIpAddresses ?? [],
    })),
    tags: given.tags ?? {},
  };
}

function routeTableFacts(asked: string, given: GetRouteTableResult): AzureRouteTableFacts {
  return {
    id: given.id ?? asked,
    propagation: !(given.disableBgpRoutePropagation ?? false),
    routes: (given.routes ?? []).map(({ name, addressPrefix, nextHopType, nextHopIpAddress }) => ({
      name: name ?? "unnamed",
      cidr: addressPrefix ?? "",
      nextHop: nextHopIpAddress === undefined ? nextHopType : `${nextHopType} ${nextHopIpAddress}`,
    })),
  };
}

function securityGroupFacts(asked: string, given: GetNetworkSecurityGroupResult): AzureSecurityGroupFacts {
  return {
    id: given.id ?? asked,
    outbound: (given.securityRules ?? [])
      .filter(
        ({ direction, protocol }) =>
          direction === "Outbound" && ["*", "tcp"].includes(protocol.toLowerCase()),
      )
      .map((rule) => ({
        name: rule.name ?? "unnamed",
        priority: rule.priority,
        allow: rule.access === "Allow",
        from: ruleCidrs([rule.sourceAddressPrefix, ...(rule.sourceAddressPrefixes ?? [])]),
        to: ruleCidrs([rule.destinationAddressPrefix, ...(rule.destinationAddressPrefixes ?? [])]),
        fromPorts: rulePorts([rule.sourcePortRange, ...(rule.sourcePortRanges ?? [])]),
        toPorts: rulePorts([rule.destinationPortRange, ...(rule.destinationPortRanges ?? [])]),
      })),
  };
}

/**
 * Of the service tags only VirtualNetwork holds private addresses: those of the network, of its peers and of whatever its
 * gateways lead to. A rule for an application security group matches nothing here: which machines are in it is not read.
 * @see https://learn.microsoft.com/azure/virtual-network/service-tags-overview
 */
function ruleCidrs(prefixes: readonly (string | undefined)[]): string[] {
  return prefixes.flatMap((prefix) => {
    if (prefix === undefined) return [];
    if (["*", "any", "virtualnetwork"].includes(prefix.toLowerCase())) return ["0.0.0.0/0"];
    const cidr = prefix.includes("/") ? prefix : `${prefix}/32`;
    return isCidr(cidr) ? [cidr] : [];
  });
}

function rulePorts(ranges: readonly (string | undefined)[]): PortRange[] {
  return ranges.flatMap((range): PortRange[] => {
    if (range === undefined || range === "") return [];
    if (range === "*") return [everyPort];
    const [first = 0, last = first] = range.split("-").map(Number);
    return [[first, last]];
  });
}

/** Azure answers `Japan East` or `japaneast`, by the age of the resource. */
function plainLocation(location: string | undefined): string {
  return (location ?? "").replaceAll(" ", "").toLowerCase();
}

/** The types promise lists that Azure leaves out where they are empty. */
function listed<T>(items: readonly T[] | undefined): readonly T[] {
  return items ?? [];
}

/** The network that the stack joins, and those around it that were read. */
export function networksIn({ network, others }: AzureSurroundings): readonly AzureNetworkFacts[] {
  return network === undefined ? others : [network, ...others];
}

/** Those to peer with, as far as they could be read. */
export function spokesIn(
  { others }: AzureSurroundings,
  { spokeIds }: Pick<Join, "spokeIds">,
): readonly AzureNetworkFacts[] {
  return others.filter(({ id }) => spokeIds.some((spoke) => sameId(spoke, id)));
}

/** The network's own or a peered one that holds all of the range. */
export function holderOf(
  cidr: string,
  networks: readonly AzureNetworkFacts[],
): AzureNetworkFacts | undefined {
  return networks.find((network) => network.cidrs.some((part) => contains({ network: part, part: cidr })));
}

/** The GatewaySubnet of a network. */
export function gatewaySubnetOf(network: AzureNetworkFacts): AzureSubnetFacts | undefined {
  return network.subnets.find(({ name }) => name === "GatewaySubnet");
}

/** True where the gateway stands in the network. */
export function standsIn(gateway: AzureGatewayFacts, network: { readonly id: string }): boolean {
  return gateway.subnetIds.some((id) => isInside(id, network.id));
}
