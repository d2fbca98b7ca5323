import type { AwsRouteTable, RecordedRoute } from "../estate/awsNetworks";
import type { Estate } from "../estate/estate";
import { overlap } from "../model/addresses";
import { uncovered } from "../model/parts";
import { awsRouting, isPropagated } from "../model/routes/awsRoutes";
import { wayOf } from "../model/routes/routing";
import type { Tunnel } from "../tunnels/tunnels";
import { wayFrom, waysInWords } from "./azureWays";
import { type Ends, type Hop, hop, unjudgedHop } from "./hops";

/** The table of the very subnet that the interface stands in, for all of the client's network. */
export function routeTableHop(estate: Estate, { client, subnet }: Ends, tunnels: readonly Tunnel[]): Hop {
  const networks = client.network?.prefixes ?? [client.prefix ?? ""];
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
function routesOf(
  { aws }: Estate,
  table: AwsRouteTable,
  tunnels: readonly Tunnel[],
): readonly RecordedRoute[] {
  const local = aws.vpcs
    .filter(({ resource }) => resource.id === table.vpcId)
    .flatMap(({ resource, cidrs }) => cidrs.map((destination) => ({ resource, destination })));
  const propagated = tunnels.flatMap((tunnel) => {
    const target = tunnel.aws?.connection.vpnGateway?.resource.id;
    if (target === undefined || !table.propagatingGatewayIds.includes(target)) return [];
    // Whether the tunnel is up is the gateway's own hop.
    return configuredBehindAzure(tunnel).map((destination): RecordedRoute => ({
      resource: table.resource,
      destination,
      target,
      origin: tunnel.routing === "bgp" ? "BGP VPN, propagated" : "static VPN, propagated",
      state: "active",
    }));
  });
  return [
    ...local.map((route): RecordedRoute => ({ ...route, target: "local", origin: "local", state: "active" })),
    ...table.routes,
    ...propagated,
  ];
}

/** The networks that a tunnel lets AWS reach. */
export function reachedByAws(tunnel: Tunnel): readonly string[] {
  return tunnel.routing === "bgp" && !tunnel.up ? [] : configuredBehindAzure(tunnel);
}

function configuredBehindAzure(tunnel: Tunnel): readonly string[] {
  return tunnel.routing === "static"
    ? (tunnel.aws?.connection.routes.map((route) => route.destination) ?? [])
    : // An Azure gateway advertises its virtual network's address space.
      (tunnel.azure?.network?.prefixes ?? []);
}

export function awsRouteHop(ends: Ends, tunnels: readonly Tunnel[], carriers: readonly Tunnel[]): Hop {
  const to = ends.client.network?.prefixes ?? [ends.client.prefix ?? ""];
  const reached = carriers.flatMap(reachedByAws);
  const missing = to.flatMap((network) => uncovered(network, reached));
  const used = [...new Set(reached.filter((known) => to.some((network) => overlap(known, network))))];
  const gateway = tunnels.map((t) => t.aws?.connection.vpnGateway).find((found) => found !== undefined);
  const learned = carriers[0]?.routing === "bgp" ? "learned by BGP" : "a route of the VPN connection";
  return hop(gateway ?? ends.endpoint, {
    what: `the virtual private gateway has a route to ${to.join(", ")}`,
    ok: missing.length === 0,
    rule:
      used.length === 0
        ? "no tunnel that is up leads there: neither a route of the VPN connection nor BGP"
        : `${used.join(", ")}, ${learned}${missing.length === 0 ? "" : `; none to ${missing.join(", ")}`}`,
  });
}

/** Azure's security groups remember the connection, so the answer needs no rule; but the gateway's subnet needs a route. */
export function deliveryHop({ client }: Ends, tunnels: readonly Tunnel[]): Hop {
  const what = "the answer reaches the client";
  const space = client.network?.prefixes ?? [];
  if (client.prefix === undefined || uncovered(client.prefix, space).length > 0)
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
    const ways = space.map((network) =>
      wayFrom(subnet, network, [], ({ nextHop }) => nextHop === "VnetLocal"),
    );
    const wrong = waysInWords(ways);
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
