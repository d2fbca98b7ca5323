import { transitProblem, peeringBetween } from "../estate/azurePeerings";
import type { Estate } from "../estate/estate";
import type { AzureNetwork } from "../estate/azure";
import { azureSites, type Site } from "../estate/sites";
import type { Tunnel } from "../tunnels/tunnels";

/**
 * What an Azure gateway tells AWS over BGP: its network, the spokes that use it, the addresses of each local network
 * gateway, and what it learned from other sites by BGP. It has no filter.
 * @see https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-vpn-faq#bgp
 */
export function announcedToAws(estate: Estate, tunnel: Tunnel): readonly string[] {
  const hub = tunnel.azure?.network;
  return [
    ...new Set([
      ...(hub?.prefixes ?? []),
      ...spokesOf(estate, hub).flatMap(({ prefixes }) => prefixes),
      ...azureSites(estate, hub)
        .filter((site) => transitStop(site, tunnel) === undefined)
        .flatMap(({ prefixes }) => prefixes),
    ]),
  ];
}

/** A network that uses the gateway of the hub, with what the hub knows of its addresses. */
export interface Spoke {
  readonly network: AzureNetwork;
  readonly prefixes: readonly string[];
}

/** The networks that use the hub's gateway. */
export function spokesOf({ azure }: Estate, hub: AzureNetwork | undefined): readonly Spoke[] {
  return azure.networks.flatMap((network) => {
    const sides = peeringBetween(azure, hub, network);
    if (sides.hub === undefined || transitProblem(sides) !== undefined) return [];
    return [{ network, prefixes: sides.hub.remotePrefixes }];
  });
}

/**
 * Why the gateway passes no routes on between a site and AWS; undefined where it does. Connections with and without BGP
 * share a gateway: it tells its BGP neighbours of the static ones too, but tells nobody without BGP of anything.
 * @see https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-vpn-faq#bgp
 */
export function transitStop(site: Site, tunnel: Tunnel | undefined): string | undefined {
  if (site.via === "ExpressRoute")
    return "ExpressRoute and the VPN gateway exchange no routes: that takes a Route Server with branch-to-branch";
  const asn = tunnel?.aws?.connection.vpnGateway?.asn;
  const onlyBgp = tunnel?.routing === "bgp" && site.routing === "bgp";
  if (onlyBgp && asn !== undefined && site.asns.includes(asn))
    return `${site.name} has AWS's own ASN ${String(asn)} on its way: each side drops the other's routes`;
  return undefined;
}
