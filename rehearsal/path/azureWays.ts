import type { AzureSubnet } from "../estate/azure";
import { type AzureRoute, azureRouting, azureSubnetRoutes } from "../model/routes/azureRoutes";
import { type Way, wayOf } from "../model/routes/routing";

/** Where a subnet's routes send the packets to a network, and whether that is right. */
export function wayFrom(
  { network, routeTable }: AzureSubnet,
  destination: string,
  behindGateway: readonly string[],
  leads: (route: AzureRoute) => boolean,
): Way<AzureRoute> {
  const space = network?.prefixes ?? [];
  return wayOf(
    azureRouting(destination, azureSubnetRoutes({ space, behindGateway, table: routeTable })),
    leads,
  );
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
