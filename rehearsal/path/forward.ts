import type { Estate } from "../estate/estate";
import { covers, overlap } from "../model/addresses";
import { uncovered } from "../model/parts";
import type { AzureRoute } from "../model/routes/azureRoutes";
import type { Way } from "../model/routes/routing";
import type { Tunnel } from "../tunnels/tunnels";
import { wayFrom, waysInWords } from "./azureWays";
import { rulesInWords } from "./flows";
import { gatewaySubnetProblem } from "./gatewaySubnet";
import { type Ends, type Hop, hop, leadsTo, unjudgedHop } from "./hops";
import { askIngress, askSecurityGroup } from "./securityRules";

export function clientRulesHop({ client, subnet }: Ends): Hop {
  const verdict = askSecurityGroup(client.securityGroup, {
    direction: "Outbound",
    protocol: "Tcp",
    source: client.prefix ?? "",
    destination: subnet.cidr ?? "",
    fromPort: 443,
    toPort: 443,
  });
  const what = `a client in ${client.prefix ?? "no network"} opens HTTPS to ${subnet.cidr ?? "no network"}`;
  return hop(client.securityGroup ?? client, {
    what,
    ok: verdict.passes === "all" && client.prefix !== undefined,
    rule: rulesInWords(verdict),
  });
}

/** The networks that a tunnel lets Azure reach: listed by hand, or learned from AWS. */
export function reachedByAzure(tunnel: Tunnel): readonly string[] {
  if (tunnel.routing === "static") return tunnel.azure?.connection.localNetworkGateway?.prefixes ?? [];
  // A virtual private gateway advertises all of its VPC's networks.
  return tunnel.up ? (tunnel.aws?.vpc?.cidrs ?? []) : [];
}

export function azureRouteHop(ends: Ends, tunnels: readonly Tunnel[], carriers: readonly Tunnel[]): Hop {
  const { client, subnet } = ends;
  const destination = subnet.cidr ?? "";
  const what = `Azure sends ${destination} to the VPN gateway`;
  if (client.network === undefined)
    return hop(client, { what, ok: false, rule: "the subnet is in no virtual network" });
  const { routeTable, routeTableId } = client;
  if (routeTableId !== undefined && routeTable === undefined)
    return unjudgedHop(client, {
      what,
      rule: `the subnet has a route table that is none of the stack's (${routeTableId})`,
    });
  const reached = carriers.flatMap(reachedByAzure);
  const way = wayFrom(client, destination, reached, ({ nextHop }) => nextHop === "VirtualNetworkGateway");
  const table = routeTable ?? client;
  if (way.wrong.some(({ route }) => route?.origin === "user"))
    return hop(table, { what, ok: false, rule: waysInWords([way]) ?? "" });
  const local = client.network.prefixes.find((prefix) => overlap(prefix, destination));
  if (way.wrong.some(({ route }) => route?.nextHop === "VnetLocal"))
    return hop(client.network, {
      what,
      ok: false,
      rule: `the virtual network keeps ${local ?? destination} to itself`,
    });
  const unknown = uncovered(destination, reached);
  if (unknown.length > 0) {
    const [near] = tunnels.filter((tunnel) => leadsTo(tunnel, ends));
    return hop(near?.azure?.connection.localNetworkGateway ?? near?.azure?.connection ?? client.network, {
      what,
      ok: false,
      rule: `no tunnel that is up leads to ${unknown.join(", ")}`,
    });
  }
  if (way.wrong.length > 0)
    return hop(table, {
      what,
      ok: false,
      rule: `${waysInWords([way]) ?? ""}${routeTable?.disableBgpRoutePropagation === true ? "; propagation is switched off" : ""}`,
    });
  const [unread] = way.notJudged;
  if (unread !== undefined)
    return unjudgedHop(table, {
      what,
      rule: `the route ${unread.name} to ${unread.destination} may take a part of it to ${unread.nextHop}`,
    });
  return hop(routeTable ?? client.network, { what, ok: true, rule: routesInWords(way.right, carriers) });
}

function routesInWords(right: Way<AzureRoute>["right"], carriers: readonly Tunnel[]): string {
  const learned = carriers[0]?.routing === "bgp" ? "learned by BGP" : "from the local network gateway";
  return right
    .map(({ route: { destination, origin, name } }) =>
      origin === "user" ? `route ${name} (${destination})` : `route ${destination}, ${learned}`,
    )
    .join("; ");
}

export function gatewayHop({ client }: Ends, tunnels: readonly Tunnel[]): Hop {
  const gateway = tunnels
    .map((tunnel) => tunnel.azure?.connection.gateway)
    .find((found) => found !== undefined);
  const what = "the VPN gateway takes the packet";
  if (gateway === undefined)
    return hop(client, { what, ok: false, rule: "there is no VPN gateway with a connection" });
  const { instances } = gateway;
  const far = tunnels.flatMap(({ azure }) => azure?.connection.localNetworkGateway?.address ?? []);
  const wrong = [
    gateway.gatewayType === "Vpn" && gateway.vpnType === "RouteBased"
      ? ""
      : "it must be a route-based VPN gateway",
    instances.every(({ publicIp }) => publicIp?.address !== undefined) ? "" : "an instance has no address",
    instances.every(({ subnet }) => subnet?.name === "GatewaySubnet")
      ? ""
      : "it must be in the GatewaySubnet",
    instances.every(({ subnet }) => subnet?.network === client.network && client.network !== undefined)
      ? ""
      : "it is in another virtual network than the client",
    instances.length === (gateway.activeActive ? 2 : 1) ? "" : "active-active means two instances, else one",
  ].filter((problem) => problem !== "");
  const [inSubnet] = instances.flatMap(({ subnet }) =>
    subnet === undefined ? [] : (gatewaySubnetProblem(subnet, far) ?? []),
  );
  if (wrong.length === 0 && inSubnet !== undefined)
    return hop(inSubnet.at, { what, ok: false, rule: inSubnet.rule });
  return hop(gateway, {
    what,
    ok: wrong.length === 0,
    rule: wrong[0] ?? `${gateway.sku ?? "gateway"} in the GatewaySubnet of the client's network`,
  });
}

export function attachmentHop(ends: Ends, tunnels: readonly Tunnel[]): Hop {
  const gateway = tunnels
    .map((tunnel) => tunnel.aws?.connection.vpnGateway)
    .find((found) => found !== undefined);
  const what = "the virtual private gateway hands it to the VPC";
  if (gateway === undefined)
    return hop(ends.endpoint, {
      what,
      ok: false,
      rule: "there is no virtual private gateway with a connection",
    });
  const ok = gateway.vpcIds.length === 1 && gateway.vpcIds[0] === ends.subnet.vpcId;
  return hop(gateway, {
    what,
    ok,
    rule: ok ? "attached to the endpoint's VPC" : "not attached to the endpoint's VPC, and to no other",
  });
}

export function endpointHop(estate: Estate, { endpoint, subnet }: Ends): Hop {
  const vpc = estate.aws.vpcs.find((candidate) => candidate.resource.id === endpoint.vpcId);
  const local = vpc?.cidrs.find((cidr) => covers(cidr, subnet.cidr ?? ""));
  const inside = local !== undefined && subnet.vpcId === vpc?.resource.id;
  return hop(endpoint, {
    what: `the VPC delivers it to the endpoint's interface in ${subnet.cidr ?? "no network"}`,
    ok: inside && endpoint.type === "Interface",
    rule: !inside
      ? "the endpoint's subnet is not in the endpoint's VPC"
      : endpoint.type === "Interface"
        ? `local route ${local}`
        : "only an interface endpoint has addresses",
  });
}

export function endpointRulesHop({ endpoint, client }: Ends): Hop {
  const { passes, rules, stopped, letsIn } = askIngress(endpoint.securityGroups, client.prefix ?? "");
  const ok = passes === "all";
  const missing = passes === "some" ? stopped : [client.prefix ?? "the client"];
  return hop((ok ? letsIn[0] : undefined) ?? endpoint.securityGroups[0] ?? endpoint, {
    what: "the endpoint's security group lets HTTPS in",
    ok,
    rule: ok
      ? `${rules.join(", ")}; the answer passes with it`
      : `no ingress rule for tcp 443 from ${missing.join(", ")}`,
  });
}
