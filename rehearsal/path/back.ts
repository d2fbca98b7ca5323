import { covers } from "../model/addresses";
import type { Tunnel } from "../tunnels/tunnels";
import { type Ends, type Hop, hop } from "./hops";

/** The table of the very subnet that the interface stands in. */
export function routeTableHop({ client, subnet }: Ends, tunnels: readonly Tunnel[]): Hop {
  const to = client.network?.prefixes[0] ?? client.prefix ?? "";
  const what = `the subnet of the endpoint has a route to ${to}`;
  const { routeTable } = subnet;
  if (routeTable === undefined)
    return hop(subnet, {
      what,
      ok: false,
      rule: "no association: the VPC's main route table has only the local route",
    });
  const gateways = new Set(tunnels.flatMap((tunnel) => tunnel.aws?.connection.vpnGateway?.resource.id ?? []));
  const propagated = routeTable.propagatingGatewayIds.some((id) => gateways.has(id));
  const fixed = routeTable.routes.find(
    (route) =>
      covers(route.destination, to) && route.gatewayId !== undefined && gateways.has(route.gatewayId),
  );
  return hop(routeTable, {
    what,
    ok: routeTable.vpcId === subnet.vpcId && (propagated || fixed !== undefined),
    rule: propagated
      ? `route ${to}, propagated by the virtual private gateway`
      : fixed === undefined
        ? "neither propagation nor a route to the virtual private gateway"
        : `route ${fixed.destination} to the virtual private gateway`,
  });
}

/** The networks that a tunnel lets AWS reach. */
export function reachedByAws(tunnel: Tunnel): readonly string[] {
  if (tunnel.routing === "static")
    return tunnel.aws?.connection.routes.map((route) => route.destination) ?? [];
  // An Azure gateway advertises its virtual network's address space.
  return tunnel.up ? (tunnel.azure?.network?.prefixes ?? []) : [];
}

export function awsRouteHop(ends: Ends, tunnels: readonly Tunnel[], carriers: readonly Tunnel[]): Hop {
  const to = ends.client.prefix ?? "";
  const known = carriers.flatMap(reachedByAws).find((prefix) => covers(prefix, to));
  const gateway = tunnels.map((t) => t.aws?.connection.vpnGateway).find((found) => found !== undefined);
  return hop(gateway ?? ends.endpoint, {
    what: `the virtual private gateway has a route to ${to}`,
    ok: known !== undefined,
    rule:
      known === undefined
        ? "no tunnel that is up leads there: neither a route of the VPN connection nor BGP"
        : `${known}, ${carriers[0]?.routing === "bgp" ? "learned by BGP" : "a route of the VPN connection"}`,
  });
}

/** Azure's security groups remember the connection, so the answer needs no rule. */
export function deliveryHop({ client }: Ends): Hop {
  const ok =
    client.prefix !== undefined &&
    client.network?.prefixes.some((p) => covers(p, client.prefix ?? "")) === true;
  return hop(client, {
    what: "the answer reaches the client",
    ok,
    rule: ok
      ? "the answer of a connection that was let out"
      : "the client's subnet is outside its virtual network",
  });
}
