import type { AwsRouteTable, RecordedRoute } from "../estate/awsNetworks";
import type { AwsVpnGateway } from "../estate/aws";
import type { Estate } from "../estate/estate";
import { awsSites, azureSites, type Site } from "../estate/sites";
import { overlap } from "../model/addresses";
import { uncovered } from "../model/parts";
import { awsRouting, isPropagated } from "../model/routes/awsRoutes";
import { wayOf } from "../model/routes/routing";
import type { Tunnel } from "../tunnels/tunnels";
import { announcedToAws } from "./announced";
import { appliancesOnTheWay, peeredWith, wayFrom, waysInWords } from "./azureWays";
import type { Client } from "./clients";
import { type Ends, type Hop, hop, unjudgedHop } from "./hops";
import { rivalInWords, type RivalRoute, rivalsFor } from "./rivals";

/** The table of the very subnet that the interface stands in, for all of the client's network. */
export function routeTableHop(estate: Estate, { client, subnet }: Ends, tunnels: readonly Tunnel[]): Hop {
  const { networks } = client;
  const what = `the subnet of the endpoint has a route to ${networks.join(", ")}`;
  const { routeTable } = subnet;
  if (routeTable === undefined)
    return unjudgedHop(subnet, { what, rule: "its route table is none of the stack's" });
  const gateways = new Set(tunnels.flatMap(({ aws }) => aws?.connection.vpnGateway?.resource.id ?? []));
  const routes = routesOf(estate, routeTable, tunnels);
  const ways = networks.map((network) =>
    wayOf(awsRouting(network, routes), ({ target }) => gateways.has(target)),
  );
  const right = ways.flatMap((way) => way.right);
  const wrong = ways.flatMap((way) => way.wrong);
  const [unread] = ways.flatMap((way) => way.notJudged);
  if (routeTable.vpcId !== subnet.vpcId)
    return hop(routeTable, { what, ok: false, rule: "it is the route table of another VPC" });
  if (right.length === 0 && wrong.every(({ route }) => route === undefined)) {
    const main = routeTable.kind === "main" && routeTable.routes.length === 0;
    return hop(main ? subnet : routeTable, {
      what,
      ok: false,
      rule: main
        ? "no association: the VPC's main route table has only the local route"
        : "neither propagation nor a route to the virtual private gateway",
    });
  }
  const [first] = wrong;
  if (first !== undefined)
    return hop(first.route ?? routeTable, {
      what,
      ok: false,
      rule: wrong
        .map(({ route, networks: parts }) =>
          route === undefined
            ? `no route to ${parts.join(", ")}`
            : `route ${route.destination} sends ${parts.join(", ")} to ${route.target}`,
        )
        .join("; "),
    });
  if (unread !== undefined)
    return unjudgedHop(unread, {
      what,
      rule: `the route to ${unread.destination} may send a part of it to ${unread.target}`,
    });
  return hop(routeTable, {
    what,
    ok: true,
    rule: right
      .map(({ route: { destination, origin } }) =>
        isPropagated(origin)
          ? `route ${destination}, propagated by the virtual private gateway`
          : `route ${destination} to the virtual private gateway`,
      )
      .join("; "),
  });
}

/** Every route of a table: local, written and propagated ones. */
export function routesOf(
  estate: Estate,
  table: AwsRouteTable,
  tunnels: readonly Tunnel[],
): readonly RecordedRoute[] {
  const local = estate.aws.vpcs
    .filter(({ resource }) => resource.id === table.vpcId)
    .flatMap(({ resource, cidrs }) => cidrs.map((destination) => ({ resource, destination })));
  const propagated = tunnels.flatMap((tunnel) => {
    const target = tunnel.aws?.connection.vpnGateway?.resource.id;
    if (target === undefined || !table.propagatingGatewayIds.includes(target)) return [];
    // Whether the tunnel is up is the gateway's own hop.
    return configuredBehindAzure(estate, tunnel).map((destination): RecordedRoute => ({
      resource: table.resource,
      destination,
      target,
      origin: tunnel.routing === "bgp" ? "BGP VPN, propagated" : "static VPN, propagated",
      state: "active",
    }));
  });
  const gateways = new Set(tunnels.map((tunnel) => tunnel.aws?.connection.vpnGateway));
  const others = [...gateways].flatMap((gateway) => {
    if (gateway === undefined || !table.propagatingGatewayIds.includes(gateway.resource.id)) return [];
    const known = awsSites(estate, gateway).flatMap(({ prefixes }) => prefixes);
    return known.map((destination): RecordedRoute => ({
      ...{ resource: table.resource, destination, target: gateway.resource.id },
      ...{ origin: "BGP VPN, propagated", state: "active" },
    }));
  });
  return [
    ...local.map((route): RecordedRoute => ({ ...route, target: "local", origin: "local", state: "active" })),
    ...table.routes,
    ...propagated,
    ...others,
  ];
}

/** The networks that a tunnel lets AWS reach. */
function reachedByAws(estate: Estate, tunnel: Tunnel): readonly string[] {
  return tunnel.routing === "bgp" && !tunnel.up ? [] : configuredBehindAzure(estate, tunnel);
}

function configuredBehindAzure(estate: Estate, tunnel: Tunnel): readonly string[] {
  return tunnel.routing === "static"
    ? (tunnel.aws?.connection.routes.map((route) => route.destination) ?? [])
    : announcedToAws(estate, tunnel);
}

/** Beyond, AWS drops the session: https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-limits.html */
const mostRoutes = 100;

export function awsRouteHop(
  estate: Estate,
  ends: Ends,
  tunnels: readonly Tunnel[],
  carriers: readonly Tunnel[],
): Hop {
  const to = ends.client.networks;
  const reached = [...new Set(carriers.flatMap((tunnel) => reachedByAws(estate, tunnel)))];
  const missing = to.flatMap((network) => uncovered(network, reached));
  const used = [...new Set(reached.filter((known) => to.some((network) => overlap(known, network))))];
  const gateway = tunnels.map((t) => t.aws?.connection.vpnGateway).find((found) => found !== undefined);
  const learned = carriers[0]?.routing === "bgp" ? "learned by BGP" : "a route of the VPN connection";
  const what = `the virtual private gateway has a route to ${to.join(", ")}`;
  if (carriers[0]?.routing === "bgp" && reached.length > mostRoutes)
    return hop(gateway ?? ends.endpoint, {
      what,
      ok: false,
      rule: `Azure's gateway announces ${String(reached.length)} networks: beyond ${String(mostRoutes)} AWS drops the session`,
    });
  const rivals = to.flatMap((network) =>
    rivalsFor(network, reached, othersBehind(estate, gateway, carriers)),
  );
  const [rival] = rivals;
  if (rival !== undefined) {
    const rule = rivals.map(rivalInWords).join("; ");
    return rivals.every(({ tied }) => tied)
      ? unjudgedHop(rival, { what, rule: `${rule}, which is as long as ours: AWS chooses` })
      : hop(rival, { what, ok: false, rule });
  }
  return hop(gateway ?? ends.endpoint, {
    what,
    ok: missing.length === 0,
    rule:
      used.length === 0
        ? "no tunnel that is up leads there: neither a route of the VPN connection nor BGP"
        : `${used.join(", ")}, ${learned}${missing.length === 0 ? "" : `; none to ${missing.join(", ")}`}`,
  });
}

/** Routes of other sites behind the same gateway: a written one beats one that BGP brings. */
function othersBehind(
  estate: Estate,
  gateway: AwsVpnGateway | undefined,
  [carrier]: readonly Tunnel[],
): readonly RivalRoute[] {
  return awsSites(estate, gateway).flatMap((site) =>
    site.prefixes.map((destination) => ({
      ...{ site, destination },
      preferred: site.routing === "static" && carrier?.routing === "bgp",
    })),
  );
}

/** Azure's security groups remember the connection, so the answer needs no rule; but the gateway's subnet needs a route. */
export function deliveryHop(estate: Estate, { client }: Ends, tunnels: readonly Tunnel[]): Hop {
  const what = "the answer reaches the client";
  const { place, hub, prefix = "" } = client;
  if (place.kind === "nowhere")
    return unjudgedHop(client, { what, rule: "where these clients are was not found" });
  if (place.kind === "site") return siteDeliveryHop(estate, client, place.site, what);
  const { network } = place.subnet;
  if (client.prefix === undefined || uncovered(prefix, network?.prefixes ?? []).length > 0)
    return hop(client, { what, ok: false, rule: "the client's subnet is outside its virtual network" });
  const subnet = tunnels
    .flatMap((tunnel) => tunnel.azure?.connection.gateway?.instances ?? [])
    .map((instance) => instance.subnet)
    .find((found) => found?.routeTableId !== undefined);
  if (subnet?.routeTableId !== undefined) {
    const { routeTable, routeTableId } = subnet;
    if (routeTable === undefined)
      return unjudgedHop(subnet, {
        what,
        rule: `the gateway's subnet has a route table that is none of the stack's (${routeTableId})`,
      });
    const near = network === hub ? "VnetLocal" : "VNetPeering";
    const ways = client.networks.map((part) =>
      wayFrom(subnet, part, [], ({ nextHop }) => nextHop === near, peeredWith(estate, hub)),
    );
    const wrong = waysInWords(ways);
    const firewalls = appliancesOnTheWay(estate, ...ways);
    if (firewalls !== undefined)
      return unjudgedHop(routeTable, {
        what,
        rule: `after the tunnel ${wrong ?? ""}: the firewall ${firewalls} must let the answer to ${prefix} pass, and have seen the question`,
      });
    if (wrong !== undefined) return hop(routeTable, { what, ok: false, rule: `after the tunnel ${wrong}` });
    const [unread] = ways.flatMap((way) => way.notJudged);
    if (unread !== undefined)
      return unjudgedHop(routeTable, {
        what,
        rule: `the gateway subnet's route ${unread.name} to ${unread.destination} may take it to ${unread.nextHop}`,
      });
  }
  return hop(client, { what, ok: true, rule: "the answer of a connection that was let out" });
}

/** The gateway hands it to the connection with the longest route; what becomes of it there is not seen. */
function siteDeliveryHop(estate: Estate, { prefix = "", hub }: Client, site: Site, what: string): Hop {
  const others = azureSites(estate, hub).filter(({ resource }) => resource !== site.resource);
  const rivals = rivalsFor(
    prefix,
    site.prefixes,
    others.flatMap((other) =>
      other.prefixes.map((destination) => ({
        ...{ site: other, destination },
        preferred: other.via === "ExpressRoute" && site.via === "VPN",
      })),
    ),
  );
  const [rival] = rivals;
  if (rival === undefined)
    return hop(site, {
      what,
      ok: true,
      rule: `the gateway sends ${prefix} to ${site.name}; what becomes of it there is not seen`,
    });
  return unjudgedHop(rival, {
    what,
    rule: `${rivals.map(rivalInWords).join("; ")}: nobody sees whether it comes to the same clients`,
  });
}
