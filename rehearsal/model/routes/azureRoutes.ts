import { covers, prefixLength } from "../addresses";
import { type Route, type Routing, routingOf } from "./routing";

/** One route that applies to an Azure subnet. */
export interface AzureRoute extends Route {
  /** The name of a user-defined route; of others what brings them. */
  readonly name: string;
  /** As Azure spells it: `VirtualNetworkGateway`, `VnetLocal`, `Internet`, `VirtualAppliance`, `None`, `VNetPeering`. */
  readonly nextHop: string;
  /** Of a virtual appliance. */
  readonly nextHopAddress?: string;
  readonly origin: "user" | "gateway" | "system";
}

/** A route table of Azure. */
export interface AzureRoutes {
  readonly routes: readonly AzureRoute[];
  readonly disableBgpRoutePropagation: boolean;
}

/** What Azure asks for the routes of a subnet. */
export interface AzureSubnetRoutes {
  /** The address space of its virtual network. */
  readonly space: readonly string[];
  /** What the VPN gateway learns by BGP, or its local network gateways list. */
  readonly behindGateway: readonly string[];
  /** Address spaces of peered networks. */
  readonly peered?: readonly string[];
  /** Its route table; undefined where it has none. */
  readonly table: AzureRoutes | undefined;
}

/**
 * Every route that applies to a subnet: those of its table, the gateway's and Azure's own.
 * A table without propagation loses the gateway's, those of local network gateways too.
 * @see https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview
 */
export function azureSubnetRoutes(subnet: AzureSubnetRoutes): readonly AzureRoute[] {
  const { space, behindGateway, peered = [], table } = subnet;
  const gateway = table?.disableBgpRoutePropagation === true ? [] : behindGateway;
  // A user's default route takes them away: https://github.com/MicrosoftDocs/azure-docs/issues/51082
  // guess: one that the gateway brings does not.
  const overridden = table?.routes.some(({ destination }) => destination === "0.0.0.0/0") === true;
  return [
    ...(table?.routes ?? []),
    ...gateway.map((destination) => systemLike("gateway", "VirtualNetworkGateway", destination)),
    ...space.map((destination) => systemLike("system", "VnetLocal", destination)),
    ...peered.map((destination) => systemLike("system", "VNetPeering", destination)),
    ...(overridden ? [] : unroutedByDefault)
      .filter((destination) => !space.some((own) => covers(own, destination)))
      .map((destination) => systemLike("system", "None", destination)),
    systemLike("system", "Internet", "0.0.0.0/0"),
  ];
}

/** Private addresses go nowhere until something claims them. */
const unroutedByDefault = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

function systemLike(origin: "gateway" | "system", nextHop: string, destination: string): AzureRoute {
  const name = origin === "gateway" ? "the gateway's route" : "Azure's own route";
  return { name, origin, nextHop, destination };
}

/** What the routes of a subnet do with the packets to a network. */
export function azureRouting(network: string, routes: readonly AzureRoute[]): Routing<AzureRoute> {
  return routingOf(network, routes, chooseAzureRoute);
}

/** Among routes with the same prefix a user-defined route wins, then the gateway's, then Azure's own. */
const order: readonly AzureRoute["origin"][] = ["user", "gateway", "system"];

/**
 * Of the routes that cover an address the one that Azure takes: the most specific, then by origin.
 * Azure's own routes to the network itself, its peers and service endpoints beat more specific ones of the gateway.
 * @see https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#how-azure-selects-a-route
 */
export function chooseAzureRoute(covering: readonly AzureRoute[]): AzureRoute | undefined {
  const near = covering.some(({ origin, nextHop }) => origin === "system" && preferred.includes(nextHop));
  const [taken] = covering
    .filter(({ origin }) => !near || origin !== "gateway")
    .sort(
      (one, other) =>
        prefixLength(other.destination) - prefixLength(one.destination) ||
        order.indexOf(one.origin) - order.indexOf(other.origin),
    );
  return taken;
}

const preferred: readonly string[] = ["VnetLocal", "VNetPeering", "VirtualNetworkServiceEndpoint"];
