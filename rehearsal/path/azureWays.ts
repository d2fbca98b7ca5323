import type { AzureNetwork, AzureSubnet } from "../estate/azure";
import type { Estate } from "../estate/estate";
import { covers } from "../model/addresses";
import { type AzureRoute, azureRouting, azureSubnetRoutes } from "../model/routes/azureRoutes";
import { type Way, wayOf } from "../model/routes/routing";

/** Where a subnet's routes send the packets to a network, and whether that is right. */
export function wayFrom(
  { network, routeTable }: AzureSubnet,
  destination: string,
  behindGateway: readonly string[],
  leads: (route: AzureRoute) => boolean,
  peered: readonly string[] = [],
): Way<AzureRoute> {
  const space = network?.prefixes ?? [];
  return wayOf(
    azureRouting(destination, azureSubnetRoutes({ space, behindGateway, peered, table: routeTable })),
    leads,
  );
}

/** The addresses that a network reaches by its peerings. */
export function peeredWith({ azure }: Estate, network: AzureNetwork | undefined): readonly string[] {
  return azure.peerings
    .filter(
      ({ state, allowVirtualNetworkAccess, network: here }) =>
        network !== undefined &&
        here === network &&
        (state ?? "Connected") === "Connected" &&
        allowVirtualNetworkAccess,
    )
    .flatMap(({ remotePrefixes }) => remotePrefixes);
}

/**
 * The firewalls that a way leads through, as `10.100.1.4 in AzureFirewallSubnet`; undefined where none does, or where a
 * part goes wrong otherwise. A firewall that stands in no network that was read forwards nothing.
 */
export function appliancesOnTheWay(
  { azure }: Estate,
  ...ways: readonly Way<AzureRoute>[]
): string | undefined {
  const wrong = ways.flatMap((way) => way.wrong);
  const found = wrong.map(({ route }) => {
    if (route?.nextHop !== "VirtualAppliance" || route.nextHopAddress === undefined) return undefined;
    const address = route.nextHopAddress;
    const subnet = azure.subnets.find(
      ({ resource, prefix }) => resource.foreign === true && covers(prefix ?? "", address),
    );
    return subnet === undefined ? undefined : `${address} in ${subnet.name ?? "a subnet"}`;
  });
  if (found.length === 0 || found.includes(undefined)) return undefined;
  return [...new Set(found)].join(", ");
}

/** What goes wrong, as `10.0.128.0/17 goes to VirtualAppliance 10.1.0.4 (route to-firewall)`; undefined for nothing. */
export function waysInWords(ways: readonly Way<AzureRoute>[]): string | undefined {
  const wrong = ways.flatMap((way) => way.wrong);
  if (wrong.length === 0) return undefined;
  return wrong
    .map(
      ({ route, networks }) =>
        `${networks.join(", ")} goes ${route === undefined ? "nowhere" : whither(route)}`,
    )
    .join("; ");
}

function whither({ name, origin, nextHop, nextHopAddress }: AzureRoute): string {
  const hop = nextHopAddress === undefined ? nextHop : `${nextHop} ${nextHopAddress}`;
  return `to ${hop} (${origin === "user" ? `route ${name}` : name})`;
}
