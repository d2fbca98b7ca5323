import type { AzureSubnet } from "../../rehearsal/estate/azure";
import { peeringBetween, transitProblem } from "../../rehearsal/estate/azurePeerings";
import { clientRanges, clientSubnets } from "../../rehearsal/estate/clientNetworks";
import type { Estate } from "../../rehearsal/estate/estate";
import { awsSites, azureSites } from "../../rehearsal/estate/sites";
import { covers, prefixLength } from "../../rehearsal/model/addresses";
import { LabError } from "../machine/processes";
import { clientFilter, type PacketFilter } from "./packetFilters";
import { required } from "./required";

/** A machine in one subnet of Azure. */
export interface ClientPlan {
  /** The namespace: `client` for the first, then `client2` and so on. */
  readonly role: string;
  /** The subnet's name in Azure. */
  readonly name: string;
  readonly subnet: string;
  /** The subnet's security group. */
  readonly filter: PacketFilter;
  /** Whether it is in the stack's client subnet or in a network that `azureClients` names. */
  readonly named: boolean;
}

/** Address space of the link's virtual network and of the spokes that use its gateway. */
export function virtualNetworkOf({ azure, link }: Estate): string[] {
  const hub = required(link.azureNetwork, "virtual network");
  const usesGateway = (spoke: typeof hub): boolean =>
    transitProblem(peeringBetween(azure, hub, spoke)) === undefined;
  return azure.networks
    .filter((network) => network === hub || usesGateway(network))
    .flatMap((network) => network.prefixes);
}

/** One client in every subnet that may hold one, those that may use the endpoint first. */
export function planClients(estate: Estate): ClientPlan[] {
  const { azure, link } = estate;
  const own = clientSubnets(estate);
  const networks = virtualNetworkOf(estate);
  // Azure names the subnets of its own services: GatewaySubnet, AzureFirewallSubnet, AzureBastionSubnet.
  const others = azure.subnets.filter(
    ({ name = "", prefix = "" }) =>
      !/^(GatewaySubnet$|Azure)/.test(name) && networks.some((network) => covers(network, prefix)),
  );
  const subnets = [...new Set([...own, ...others])];
  const ranges = clientRanges(estate);
  const isNamed = ({ prefix = "" }: AzureSubnet) => ranges.some((range) => covers(range, prefix));
  const sorted = [...subnets.filter(isNamed), ...subnets.filter((subnet) => !isNamed(subnet))];
  if (!sorted.some(isNamed)) throw new LabError("the recording has no subnet in Azure that holds a client");
  const every = [...azureSites(estate, link.azureNetwork), ...awsSites(estate, link.vpnGateway)];
  const sites = every.flatMap(({ prefixes }) => prefixes);
  const reached = [...networks, ...sites, ...(link.vpc?.cidrs ?? [])];
  return sorted.map((subnet, index) => {
    for (const range of link.vpc?.cidrs ?? []) refuseDetour(subnet, range);
    return {
      role: index === 0 ? "client" : `client${index + 1}`,
      name: subnet.name ?? subnet.resource.name,
      subnet: required(subnet.prefix, `address range of ${subnet.resource.name}`),
      filter: clientFilter(subnet.securityGroup, reached),
      named: isNamed(subnet),
    };
  });
}

/** The gateway's routes win over shorter ones of a route table; the lab builds no firewall that others lead to. */
function refuseDetour({ name = "", routeTable }: AzureSubnet, aws: string): void {
  if (routeTable === undefined) return;
  const detour = routeTable.routes.find(
    ({ destination, nextHop }) =>
      nextHop !== "VirtualNetworkGateway" &&
      destination.includes("/") &&
      covers(destination, aws) &&
      (routeTable.disableBgpRoutePropagation || prefixLength(destination) >= prefixLength(aws)),
  );
  if (detour === undefined && !routeTable.disableBgpRoutePropagation) return;
  throw new LabError(
    `subnet ${name} does not take the gateway's route to ${aws}, because of ${detour?.name ?? "its route table, which has no propagation"}; the lab builds no other way`,
  );
}
