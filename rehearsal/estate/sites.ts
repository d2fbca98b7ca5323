import { knownStrings, text, valuesAt } from "../model/values";
import type { AwsVpnConnection, AwsVpnGateway } from "./aws";
import type { AzureConnection, AzureGateway, AzureNetwork } from "./azure";
import type { Estate } from "./estate";
import type { Item } from "./estateIndex";

/** A network of others behind a gateway of ours: on premises, another office, another cloud. */
export interface Site extends Item {
  /** What people call it: the name of its connection. */
  readonly name: string;
  readonly prefixes: readonly string[];
  readonly routing: "static" | "bgp";
  readonly via: "VPN" | "ExpressRoute";
  /** The autonomous systems on the way to it; empty where nobody has read them. */
  readonly asns: readonly number[];
}

/** Who else is connected to the gateways of a virtual network, by VPN or ExpressRoute. */
export function azureSites({ azure }: Pick<Estate, "azure">, hub: AzureNetwork | undefined): readonly Site[] {
  return azure.gateways
    .filter(({ instances }) => hub !== undefined && instances[0]?.subnet?.network === hub)
    .flatMap((gateway) => sitesOf(gateway, azure.connections));
}

function sitesOf(gateway: AzureGateway, every: readonly AzureConnection[]): readonly Site[] {
  const connections = every.filter((connection) => connection.gateway === gateway);
  const via = gateway.gatewayType === "ExpressRoute" ? "ExpressRoute" : "VPN";
  // What it learns from itself and from other gateways of its network is none of a site's.
  const learned = valuesAt(gateway.resource.outputs, "learnedRoutes").filter(
    (route) => !["Network", "IBgp"].includes(text(route, "origin") ?? ""),
  );
  const peerOf = ({ localNetworkGateway }: AzureConnection) => localNetworkGateway?.bgpAddress;
  const peers = connections.map(peerOf);
  const prefixesIn = (routes: typeof learned) => routes.flatMap((route) => knownStrings(route, "network"));
  const asnsIn = (routes: typeof learned) =>
    routes.flatMap((route) =>
      (text(route, "asPath") ?? "")
        .split(/[^0-9]+/)
        .filter(Boolean)
        .map(Number),
    );
  const sites = connections
    .filter(
      ({ resource, localNetworkGateway }) => resource.foreign === true && localNetworkGateway !== undefined,
    )
    .map((connection): Site => {
      const site = connection.localNetworkGateway;
      const own = learned.filter((route) => text(route, "nextHop") === peerOf(connection));
      return {
        resource: connection.resource,
        name: nameOf(connection),
        prefixes: distinct([...(site?.prefixes ?? []), ...prefixesIn(own)]),
        routing: connection.enableBgp ? "bgp" : "static",
        via,
        asns: [...new Set([...(site?.asn === undefined ? [] : [site.asn]), ...asnsIn(own)])],
      };
    });
  // Routes of a circuit, or of a peer that no local network gateway names.
  const rest = learned.filter((route) => !peers.includes(text(route, "nextHop")));
  if (rest.length === 0) return sites;
  const circuit = connections.find(({ localNetworkGateway }) => localNetworkGateway === undefined) ?? gateway;
  const name = nameOf(circuit);
  const [prefixes, asns] = [distinct(prefixesIn(rest)), [...new Set(asnsIn(rest))]];
  return [...sites, { resource: circuit.resource, name, prefixes, routing: "bgp", via, asns }];
}

/**
 * Who else is connected to a virtual private gateway. What a site announces by BGP stands only in the route tables that
 * the gateway fills, as the snapshot saw them; what Azure has as well is none of a site's.
 */
export function awsSites(
  estate: Pick<Estate, "aws" | "azure">,
  gateway: AwsVpnGateway | undefined,
): readonly Site[] {
  if (gateway === undefined) return [];
  const { aws, azure } = estate;
  const connections = aws.vpnConnections.filter(
    (one) => one.resource.foreign === true && one.vpnGateway === gateway,
  );
  const written = connections.flatMap(({ routes }) => routes.map(({ destination }) => destination));
  const inAzure = azure.networks.flatMap((network) => [
    ...network.prefixes,
    ...azureSites(estate, network).flatMap(({ prefixes }) => prefixes),
  ]);
  const learned = aws.routeTables
    .flatMap(({ resource }) => valuesAt(resource.outputs, "propagatedRoutes"))
    .filter((route) => text(route, "gatewayId") === gateway.resource.id)
    .flatMap((route) => knownStrings(route, "destinationCidrBlock"))
    .filter((destination) => !written.includes(destination) && !inAzure.includes(destination));
  const speaking = connections.filter(({ staticRoutesOnly }) => !staticRoutesOnly);
  const [only] = speaking.length === 1 ? speaking : [];
  const sites = connections.map((connection): Site => ({
    resource: connection.resource,
    name: nameOf(connection),
    prefixes: distinct([
      ...connection.routes.map(({ destination }) => destination),
      ...(connection === only ? learned : []),
    ]),
    routing: connection.staticRoutesOnly ? "static" : "bgp",
    via: "VPN",
    asns: connection.customerGateway?.asn === undefined ? [] : [connection.customerGateway.asn],
  }));
  if (only !== undefined || learned.length === 0) return sites;
  const name = `another connection of ${gateway.resource.id}`;
  const { resource } = gateway;
  return [...sites, { resource, name, prefixes: distinct(learned), routing: "bgp", via: "VPN", asns: [] }];
}

function nameOf({ resource }: AzureConnection | AzureGateway | AwsVpnConnection): string {
  return resource.id.split("/").at(-1) ?? resource.name;
}

function distinct(networks: readonly string[]): readonly string[] {
  return [...new Set(networks)];
}
