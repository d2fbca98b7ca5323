import type { AzureNetwork, AzureSubnet } from "../estate/azure";
import { azureNameOf } from "../estate/azureNames";
import { peeringBetween } from "../estate/azurePeerings";
import { clientNetworks, clientSubnets } from "../estate/clientNetworks";
import type { Estate } from "../estate/estate";
import type { Item } from "../estate/estateIndex";
import { azureSites, type Site } from "../estate/sites";
import { covers, overlap } from "../model/addresses";
import { uncovered } from "../model/parts";
import { knownStrings } from "../model/values";

/** Where clients are, all with the same routes and rules. */
export interface Client extends Item {
  /** Its name in `azureClients`; undefined for a subnet of the stack's. */
  readonly name: string | undefined;
  readonly prefix: string | undefined;
  /** What AWS must find its way back to. */
  readonly networks: readonly string[];
  /** The network whose VPN gateway carries its packets. */
  readonly hub: AzureNetwork | undefined;
  readonly place: ClientPlace;
}

export type ClientPlace =
  | { readonly kind: "subnet"; readonly subnet: AzureSubnet }
  /** Behind the gateway of the hub, by another connection. */
  | { readonly kind: "site"; readonly site: Site }
  /** Nothing that was read holds these addresses, or no subnet does. */
  | { readonly kind: "nowhere"; readonly inNetwork: boolean };

/** Every subnet of the stack's but the gateway's own, then every part of the networks in `azureClients`. */
export function clientsOf(estate: Estate): readonly Client[] {
  const own = clientSubnets(estate).map((subnet): Client => ({
    resource: subnet.resource,
    name: undefined,
    prefix: subnet.prefix,
    networks: subnet.network?.prefixes ?? [subnet.prefix ?? ""],
    hub: subnet.network,
    place: { kind: "subnet", subnet },
  }));
  return [...own, ...clientNetworks(estate).flatMap(({ name, cidr }) => partsOf(estate, name, cidr))];
}

/** The network of the gateway that the stack's connections end at. */
export function hubOf({ tunnels, azure }: Estate): AzureNetwork | undefined {
  return tunnels.find((tunnel) => tunnel.azure?.network !== undefined)?.azure?.network ?? azure.networks[0];
}

function partsOf(estate: Estate, name: string, cidr: string): readonly Client[] {
  const hub = hubOf(estate);
  const near = estate.azure.networks.filter((network) => network === hub || isPeered(estate, hub, network));
  const inNetworks = near.flatMap((network) => inNetwork(estate, network, { name, cidr, hub }));
  // What is also in a network nearby never leaves it; of two ways to a site, its tunnel is the one that BGP joins to ours.
  const known = near.flatMap(({ prefixes }) => prefixes);
  const sites = azureSites(estate, hub);
  const inSites = [
    ...sites.filter(({ via }) => via === "VPN"),
    ...sites.filter(({ via }) => via === "ExpressRoute"),
  ].flatMap((site) => {
    const parts = shared([cidr], site.prefixes).flatMap((part) => uncovered(part, known));
    known.push(...site.prefixes);
    return [...new Set(parts)].map((prefix): Client => ({
      ...{ resource: site.resource, name, prefix, networks: [prefix], hub },
      place: { kind: "site", site },
    }));
  });
  const unknown = uncovered(cidr, known).map((prefix) => nowhere({ name, prefix, hub }, false, hub));
  return [...inNetworks, ...inSites, ...unknown];
}

function inNetwork(
  estate: Estate,
  network: AzureNetwork,
  {
    name,
    cidr,
    hub,
  }: { readonly name: string; readonly cidr: string; readonly hub: AzureNetwork | undefined },
): readonly Client[] {
  const parts = shared([cidr], network.prefixes);
  const found = estate.azure.subnets
    .filter((subnet) => subnet.network === network && subnet.name !== "GatewaySubnet")
    .flatMap((subnet) =>
      shared(parts, prefixesOf(subnet)).map((prefix): Client => ({
        ...{ resource: subnet.resource, name, prefix, networks: [prefix], hub },
        place: { kind: "subnet", subnet },
      })),
    );
  if (found.length > 0 || parts.length === 0) return found;
  return parts.map((prefix) => nowhere({ name, prefix, hub }, true, network));
}

function nowhere(
  known: Pick<Client, "name" | "hub"> & { readonly prefix: string },
  inNetwork: boolean,
  at: Item | undefined,
): Client {
  const stack = { urn: "", name: `azureClients ${known.name ?? ""}` } as Item["resource"];
  return {
    ...known,
    resource: at?.resource ?? stack,
    networks: [known.prefix],
    place: { kind: "nowhere", inNetwork },
  };
}

function isPeered(estate: Estate, hub: AzureNetwork | undefined, network: AzureNetwork): boolean {
  const { hub: here, spoke } = peeringBetween(estate.azure, hub, network);
  return here !== undefined || spoke !== undefined;
}

function prefixesOf({ resource, prefix }: AzureSubnet): readonly string[] {
  const several = knownStrings(resource.inputs, "addressPrefixes");
  return several.length > 0 ? several : prefix === undefined ? [] : [prefix];
}

/** What two lists of networks have in common: of two that overlap, the smaller. */
export function shared(some: readonly string[], others: readonly string[]): readonly string[] {
  const common = some.flatMap((one) =>
    others.filter((other) => overlap(one, other)).map((other) => (covers(one, other) ? other : one)),
  );
  return [...new Set(common)];
}

/** The network that a subnet is in, by the name that Azure shows. */
export function networkName(network: AzureNetwork | undefined): string {
  return network === undefined ? "no network" : azureNameOf(network.resource);
}
