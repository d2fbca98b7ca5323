import type { NetworkManagementClient, RouteTable, Subnet, VirtualNetwork } from "@azure/arm-network";
import type { StackOutputs } from "../../../outputs";
import { type Answer, known } from "../facts/answer";
import type { AzureFacts, AzureRouteTableFacts, NetworkFacts, SubnetFacts } from "../facts/azure";
import { nameOf, partsOf } from "../facts/ids";
import { ask } from "./ask";
import { networkCares, subnetCares, unknownOf } from "./properties";

const permissions = {
  network: "Microsoft.Network/virtualNetworks/read",
  routeTable: "Microsoft.Network/routeTables/read",
} as const;

/** Azure's own name for it. @see https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings#gwsub */
const gatewaySubnetName = "GatewaySubnet";

/** One call has the network with all its subnets; the route tables that they name take one each. */
export async function collectAzureNetwork(
  client: NetworkManagementClient,
  { virtualNetworkId, clientSubnetId }: StackOutputs["azureNetwork"],
): Promise<Pick<AzureFacts, "network" | "routeTables">> {
  const { group, name } = partsOf(virtualNetworkId);
  const network = await ask(`the Azure network ${name}`, permissions.network, async () =>
    networkFacts(await client.virtualNetworks.get(group, name), clientSubnetId),
  );
  const facts = known(network);
  const tables = [facts?.clientSubnet, facts?.gatewaySubnet].flatMap((subnet) => subnet?.routeTableId ?? []);
  const routeTables = await Promise.all(
    tables.map(async (id) => [id.toLowerCase(), await collectRouteTable(client, id)] as const),
  );
  return { network, routeTables: Object.fromEntries(routeTables) };
}

function networkFacts(network: VirtualNetwork, clientSubnetId: string | undefined): NetworkFacts {
  const peerings = network.virtualNetworkPeerings ?? [];
  return {
    prefixes: network.addressSpace?.addressPrefixes ?? [],
    dnsServers: network.dhcpOptions?.dnsServers ?? [],
    peered: peerings.flatMap(
      ({ remoteVirtualNetworkAddressSpace: now, remoteAddressSpace: synced }) =>
        (now ?? synced)?.addressPrefixes ?? [],
    ),
    clientSubnet: clientSubnetId === undefined ? undefined : subnetOf(network, nameOf(clientSubnetId)),
    gatewaySubnet: subnetOf(network, gatewaySubnetName),
    unknown: unknownOf(network, networkCares),
  };
}

function subnetOf({ subnets = [] }: VirtualNetwork, name: string): SubnetFacts | undefined {
  const subnet = subnets.find((one) => one.name?.toLowerCase() === name.toLowerCase());
  return subnet === undefined ? undefined : subnetFacts(subnet);
}

function subnetFacts(subnet: Subnet): SubnetFacts {
  return {
    cidrs: subnet.addressPrefix === undefined ? (subnet.addressPrefixes ?? []) : [subnet.addressPrefix],
    securityGroupId: subnet.networkSecurityGroup?.id,
    routeTableId: subnet.routeTable?.id,
    defaultOutbound: subnet.defaultOutboundAccess ?? true,
    unknown: unknownOf(subnet, subnetCares),
  };
}

function collectRouteTable(
  client: NetworkManagementClient,
  id: string,
): Promise<Answer<AzureRouteTableFacts>> {
  const { group, name } = partsOf(id);
  return ask(`the Azure route table ${name}`, permissions.routeTable, async () =>
    routeTableFacts(await client.routeTables.get(group, name)),
  );
}

function routeTableFacts({
  disableBgpRoutePropagation = false,
  routes = [],
}: RouteTable): AzureRouteTableFacts {
  return {
    disableBgpRoutePropagation,
    routes: routes.map((route) => ({
      name: route.name ?? "",
      destination: route.addressPrefix ?? "",
      nextHop: route.nextHopType ?? "",
    })),
  };
}
