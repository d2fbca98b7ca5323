import type { AzureNetwork, AzureSubnet } from "../estate/azure";
import { peeringBetween, transitProblem } from "../estate/azurePeerings";
import type { Estate } from "../estate/estate";
import { azureSites, type Site } from "../estate/sites";
import { covers, overlap } from "../model/addresses";
import { uncovered } from "../model/parts";
import type { AzureRoute } from "../model/routes/azureRoutes";
import type { Way } from "../model/routes/routing";
import type { Tunnel } from "../tunnels/tunnels";
import { transitStop } from "./announced";
import { appliancesOnTheWay, peeredWith, wayFrom, waysInWords } from "./azureWays";
import { type Client, networkName } from "./clients";
import { rulesInWords } from "./flows";
import { gatewaySubnetProblem } from "./gatewaySubnet";
import { type Ends, type Hop, hop, leadsTo, unjudgedHop } from "./hops";
import { type Rival, rivalInWords, rivalsFor } from "./rivals";
import { askIngress, askSecurityGroup } from "./securityRules";

/** How the packet leaves the client's own network for the gateway. */
export function departureHops(
  estate: Estate,
  ends: Ends,
  tunnels: readonly Tunnel[],
  carriers: readonly Tunnel[],
): readonly Hop[] {
  const { place } = ends.client;
  switch (place.kind) {
    case "subnet":
      return [
        clientRulesHop(ends, place.subnet),
        ...peeringHops(estate, ends, place.subnet),
        azureRouteHop(estate, ends, place.subnet, tunnels, carriers),
      ];
    case "site":
      return [siteHop(ends, place.site, carriers)];
    case "nowhere":
      return [nowhereHop(estate, ends, place.inNetwork)];
  }
}

function nowhereHop({ azure }: Estate, { client }: Ends, inNetwork: boolean): Hop {
  const { prefix = "", name = "", hub } = client;
  const what = `a client in ${prefix} (${name}) reaches the VPN gateway`;
  if (inNetwork) return unjudgedHop(client, { what, rule: "no subnet holds these addresses yet" });
  const apart = azure.networks.find(({ prefixes }) => prefixes.some((one) => overlap(one, prefix)));
  return hop(apart ?? client, {
    what,
    ok: false,
    rule:
      apart === undefined
        ? `neither the gateway's network, nor a spoke, nor a site behind the gateway holds these addresses: peer their network with ${networkName(hub)}, or correct them`
        : `${networkName(apart)} holds them, and is not peered with ${networkName(hub)}`,
  });
}

/** From on premises the path begins where the other connection ends. */
function siteHop({ client, subnet }: Ends, site: Site, carriers: readonly Tunnel[]): Hop {
  const stop = transitStop(site, carriers[0]);
  const what = `${site.name} brings packets from ${client.prefix ?? ""} to the VPN gateway`;
  if (stop === undefined && site.routing === "static")
    return unjudgedHop(site, {
      what,
      rule: `its connection has no BGP: its own router must have a route to ${subnet.cidr ?? ""}`,
    });
  return hop(site, {
    what,
    ok: stop === undefined,
    rule:
      stop ??
      `BGP tells it of ${subnet.cidr ?? ""}; routes and firewalls of the network behind it are not seen`,
  });
}

/** Nothing where the client is in the gateway's own network. */
function peeringHops({ azure }: Estate, { client }: Ends, { network }: AzureSubnet): readonly Hop[] {
  if (network === undefined || network === client.hub) return [];
  const sides = peeringBetween(azure, client.hub, network);
  const problem = transitProblem(sides);
  const at = problem?.at ?? sides.spoke ?? client;
  return [
    hop(at, {
      what: `${networkName(network)} uses the gateway of ${networkName(client.hub)}`,
      ok: problem === undefined,
      rule: problem?.rule ?? "both sides of the peering are Connected, with gateway transit",
    }),
  ];
}

function clientRulesHop({ client, subnet }: Ends, { securityGroupId, securityGroup }: AzureSubnet): Hop {
  const what = `a client in ${client.prefix ?? "no network"} opens HTTPS to ${subnet.cidr ?? "no network"}`;
  if (client.name !== undefined && securityGroupId !== undefined && securityGroup === undefined)
    return unjudgedHop(client, { what, rule: `nobody has read its security group (${securityGroupId})` });
  const verdict = askSecurityGroup(securityGroup, {
    direction: "Outbound",
    protocol: "Tcp",
    source: client.prefix ?? "",
    destination: subnet.cidr ?? "",
    fromPort: 443,
    toPort: 443,
  });
  return hop(securityGroup ?? client, {
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

function azureRouteHop(
  estate: Estate,
  ends: Ends,
  from: AzureSubnet,
  tunnels: readonly Tunnel[],
  carriers: readonly Tunnel[],
): Hop {
  const { client, subnet } = ends;
  const destination = subnet.cidr ?? "";
  const what = `Azure sends ${destination} to the VPN gateway`;
  const { network, routeTable, routeTableId } = from;
  if (network === undefined)
    return hop(client, { what, ok: false, rule: "the subnet is in no virtual network" });
  if (routeTableId !== undefined && routeTable === undefined)
    return unjudgedHop(client, {
      what,
      rule: `the subnet has a route table that is none of the stack's (${routeTableId})`,
    });
  const reached = usesGateway(estate, client, network) ? carriers.flatMap(reachedByAzure) : [];
  const way = wayFrom(
    from,
    destination,
    reached,
    ({ nextHop }) => nextHop === "VirtualNetworkGateway",
    peeredWith(estate, network),
  );
  const table = routeTable ?? client;
  const appliances = appliancesOnTheWay(estate, way);
  if (appliances !== undefined)
    return unjudgedHop(table, {
      what,
      rule: `${waysInWords([way]) ?? ""}: the firewall ${appliances} must let HTTPS from ${client.prefix ?? ""} to ${destination} pass, and be on the answer's way too`,
    });
  if (way.wrong.some(({ route }) => route?.origin === "user"))
    return hop(table, { what, ok: false, rule: waysInWords([way]) ?? "" });
  const local = network.prefixes.find((prefix) => overlap(prefix, destination));
  if (way.wrong.some(({ route }) => route?.nextHop === "VnetLocal"))
    return hop(network, {
      what,
      ok: false,
      rule: `the virtual network keeps ${local ?? destination} to itself`,
    });
  const near = way.wrong.find(({ route }) => route?.nextHop === "VNetPeering");
  if (near !== undefined)
    return hop(network, {
      what,
      ok: false,
      rule: `a peered network has ${near.networks.join(", ")} in ${near.route?.destination ?? ""}`,
    });
  const unknown = uncovered(destination, reached);
  if (unknown.length > 0) {
    const [first] = tunnels.filter((tunnel) => leadsTo(tunnel, ends));
    return hop(first?.azure?.connection.localNetworkGateway ?? first?.azure?.connection ?? network, {
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
  const circuit = azureSites(estate, client.hub).find(({ via }) => via === "ExpressRoute");
  if (circuit !== undefined && way.right.some(({ route }) => route.origin === "user"))
    return hop(table, {
      what,
      ok: false,
      rule: "beside an ExpressRoute gateway Azure supports no route to VirtualNetworkGateway",
    });
  return hop(routeTable ?? network, {
    what,
    ok: true,
    rule: `${routesInWords(way.right, carriers)}${passedBy(from, destination)}`,
  });
}

/** A spoke has the gateway's routes only where both sides of its peering say so. */
function usesGateway({ azure }: Estate, { hub }: Client, network: AzureNetwork): boolean {
  return network === hub || transitProblem(peeringBetween(azure, hub, network)) === undefined;
}

/** A firewall that a shorter route leads to is easily believed to see this traffic. */
function passedBy({ routeTable }: AzureSubnet, destination: string): string {
  const firewalls = (routeTable?.routes ?? []).filter(
    ({ nextHop, destination: route }) => nextHop === "VirtualAppliance" && covers(route, destination),
  );
  return firewalls
    .map(
      ({ name, destination: route, nextHopAddress = "" }) =>
        `; longer than the route ${name} (${route}), so the firewall ${nextHopAddress} does not see it`,
    )
    .join("");
}

function routesInWords(right: Way<AzureRoute>["right"], carriers: readonly Tunnel[]): string {
  const learned = carriers[0]?.routing === "bgp" ? "learned by BGP" : "from the local network gateway";
  return right
    .map(({ route: { destination, origin, name } }) =>
      origin === "user" ? `route ${name} (${destination})` : `route ${destination}, ${learned}`,
    )
    .join("; ");
}

export function gatewayHop(estate: Estate, { client, subnet }: Ends, tunnels: readonly Tunnel[]): Hop {
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
    instances.every(({ subnet: own }) => own?.name === "GatewaySubnet")
      ? ""
      : "it must be in the GatewaySubnet",
    instances.every(({ subnet: own }) => own?.network === client.hub && client.hub !== undefined)
      ? ""
      : "it is in another virtual network than the client",
    instances.length === (gateway.activeActive ? 2 : 1) ? "" : "active-active means two instances, else one",
  ].filter((problem) => problem !== "");
  const [inSubnet] = instances.flatMap(({ subnet: own }) =>
    own === undefined ? [] : (gatewaySubnetProblem(own, far) ?? []),
  );
  if (wrong.length === 0 && inSubnet !== undefined)
    return hop(inSubnet.at, { what, ok: false, rule: inSubnet.rule });
  const lost = wrong.length > 0 ? [] : sentElsewhere(estate, client, subnet.cidr ?? "", tunnels);
  const [rival] = lost;
  if (rival !== undefined) {
    const rule = lost.map(rivalInWords).join("; ");
    return lost.every(({ tied }) => tied)
      ? unjudgedHop(rival, { what, rule: `${rule}, which is as long as ours: the gateway chooses` })
      : hop(rival, { what, ok: false, rule });
  }
  const own = client.place.kind === "subnet" && client.place.subnet.network === client.hub;
  return hop(gateway, {
    what,
    ok: wrong.length === 0,
    rule:
      wrong[0] ??
      `${gateway.sku ?? "gateway"} in the GatewaySubnet of ${own ? "the client's network" : networkName(client.hub)}`,
  });
}

/** Of equally long routes Azure prefers those of ExpressRoute. */
function sentElsewhere(
  estate: Estate,
  { hub }: Client,
  destination: string,
  tunnels: readonly Tunnel[],
): readonly Rival[] {
  const theirs = azureSites(estate, hub).flatMap((site) =>
    site.prefixes.map((prefix) => ({ site, destination: prefix, preferred: site.via === "ExpressRoute" })),
  );
  return theirs.length === 0 ? [] : rivalsFor(destination, tunnels.flatMap(reachedByAzure), theirs);
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
