import { covers, overlap } from "./addresses";
import type { AwsEndpoint, AwsSubnet } from "./awsEstate";
import type { AzureSubnet } from "./azureEstate";
import { matchEnds, type TunnelEnds } from "./ends";
import type { Estate } from "./estate";
import { nameHops } from "./endpointName";
import { askSecurityGroup, httpsRule } from "./securityRules";

/** One step of a packet, and what let it pass or dropped it. */
export interface Hop {
  /** URN of the resource that decides. */
  readonly place: string;
  /** Its logical name. */
  readonly name: string;
  /** What happens here, as a sentence. */
  readonly what: string;
  readonly ok: boolean;
  /** The rule that decides: as the resource states it, or what is missing. */
  readonly rule: string;
}

/** From one client subnet to the endpoint's interface in one subnet, and back. */
export interface Journey {
  readonly clientSubnet: string;
  readonly client: string;
  readonly endpointSubnet: string;
  readonly endpoint: string;
  readonly zone: string | undefined;
  readonly there: readonly Hop[];
  readonly back: readonly Hop[];
  /** The tunnels that carry it. */
  readonly tunnels: readonly string[];
  readonly ok: boolean;
}

/** Between every client subnet and every interface of every endpoint. */
export function tracePaths(
  estate: Estate,
  tunnels: readonly TunnelEnds[] = matchEnds(estate),
): readonly Journey[] {
  return clientSubnets(estate).flatMap((client) =>
    estate.aws.endpoints.flatMap((endpoint) =>
      endpoint.subnets.map((subnet) => traceJourney(estate, tunnels, { client, endpoint, subnet })),
    ),
  );
}

/** Every subnet but the gateway's own. */
export function clientSubnets(estate: Estate): readonly AzureSubnet[] {
  return estate.azure.subnets.filter((subnet) => subnet.name !== "GatewaySubnet");
}

interface Ends {
  readonly client: AzureSubnet;
  readonly endpoint: AwsEndpoint;
  readonly subnet: AwsSubnet;
}

function traceJourney(estate: Estate, tunnels: readonly TunnelEnds[], ends: Ends): Journey {
  const carriers = tunnels.filter((tunnel) => tunnel.up && leadsTo(tunnel, ends));
  const there = [
    clientRulesHop(ends),
    azureRouteHop(ends, tunnels, carriers),
    gatewayHop(ends, tunnels),
    tunnelHop(ends, tunnels, carriers, "to AWS"),
    attachmentHop(ends, tunnels),
    endpointHop(estate, ends),
    endpointRulesHop(ends),
    ...nameHops(estate, ends.endpoint),
  ];
  const back = [
    routeTableHop(ends, tunnels),
    awsRouteHop(ends, tunnels, carriers),
    tunnelHop(ends, tunnels, carriers, "to Azure"),
    deliveryHop(ends),
  ];
  return {
    clientSubnet: ends.client.resource.urn,
    client: ends.client.prefix ?? "",
    endpointSubnet: ends.subnet.resource.urn,
    endpoint: ends.subnet.cidr ?? "",
    zone: ends.subnet.zone,
    there,
    back,
    tunnels: carriers.map((tunnel) => tunnel.name),
    ok: [...there, ...back].every((hop) => hop.ok),
  };
}

function hop(
  item: { readonly resource: { readonly urn: string; readonly name: string } },
  rest: Omit<Hop, "place" | "name">,
): Hop {
  return { place: item.resource.urn, name: item.resource.name, ...rest };
}

/** A tunnel between this client's network and this endpoint's VPC. */
function leadsTo(tunnel: TunnelEnds, { client, subnet }: Ends): boolean {
  return (
    tunnel.azure?.network !== undefined &&
    tunnel.azure.network === client.network &&
    tunnel.aws?.vpc !== undefined &&
    tunnel.aws.vpc.resource.id === subnet.vpcId
  );
}

function clientRulesHop({ client, subnet }: Ends): Hop {
  const { passes, rules } = askSecurityGroup(client.securityGroup, {
    direction: "Outbound",
    protocol: "Tcp",
    source: client.prefix ?? "",
    destination: subnet.cidr ?? "",
    fromPort: 443,
    toPort: 443,
  });
  return hop(client.securityGroup ?? client, {
    what: `a client in ${client.prefix ?? "no network"} opens HTTPS to ${subnet.cidr ?? "no network"}`,
    ok: passes === "all" && client.prefix !== undefined,
    rule: rules.join(", "),
  });
}

/** The networks that a tunnel lets Azure reach: listed by hand, or learned from AWS. */
export function reachedByAzure(tunnel: TunnelEnds): readonly string[] {
  if (tunnel.routing === "static") return tunnel.azure?.connection.site?.prefixes ?? [];
  // A virtual private gateway advertises its VPC's network.
  const cidr = tunnel.aws?.vpc?.cidr;
  return tunnel.up && cidr !== undefined ? [cidr] : [];
}

/** The networks that a tunnel lets AWS reach. */
export function reachedByAws(tunnel: TunnelEnds): readonly string[] {
  if (tunnel.routing === "static")
    return tunnel.aws?.connection.routes.map((route) => route.destination) ?? [];
  // An Azure gateway advertises its virtual network's address space.
  return tunnel.up ? (tunnel.azure?.network?.prefixes ?? []) : [];
}

function azureRouteHop(ends: Ends, tunnels: readonly TunnelEnds[], carriers: readonly TunnelEnds[]): Hop {
  const { client, subnet } = ends;
  const destination = subnet.cidr ?? "";
  const local = client.network?.prefixes.find((prefix) => overlap(prefix, destination));
  const known = carriers.flatMap(reachedByAzure).find((prefix) => covers(prefix, destination));
  const what = `Azure sends ${destination} to the VPN gateway`;
  if (client.network === undefined)
    return hop(client, { what, ok: false, rule: "the subnet is in no virtual network" });
  if (client.routeTableId !== undefined)
    return hop(client, {
      what,
      ok: false,
      rule: `the subnet has a route table of its own (${client.routeTableId})`,
    });
  if (local !== undefined)
    return hop(client.network, { what, ok: false, rule: `the virtual network keeps ${local} to itself` });
  if (known !== undefined) {
    const learned = carriers[0]?.routing === "bgp" ? "learned by BGP" : "from the local network gateway";
    return hop(client.network, { what, ok: true, rule: `route ${known}, ${learned}` });
  }
  const [near] = tunnels.filter((tunnel) => leadsTo(tunnel, ends));
  return hop(near?.azure?.connection.site ?? near?.azure?.connection ?? client.network, {
    what,
    ok: false,
    rule: `no tunnel that is up leads to ${destination}`,
  });
}

function gatewayHop({ client }: Ends, tunnels: readonly TunnelEnds[]): Hop {
  const gateway = tunnels
    .map((tunnel) => tunnel.azure?.connection.gateway)
    .find((found) => found !== undefined);
  const what = "the VPN gateway takes the packet";
  if (gateway === undefined)
    return hop(client, { what, ok: false, rule: "there is no VPN gateway with a connection" });
  const wrong = [
    gateway.gatewayType === "Vpn" && gateway.vpnType === "RouteBased"
      ? ""
      : "it must be a route-based VPN gateway",
    gateway.instances.every((instance) => instance.publicIp?.address !== undefined)
      ? ""
      : "an instance has no address",
    gateway.instances.every((instance) => instance.subnet?.name === "GatewaySubnet")
      ? ""
      : "it must stand in the GatewaySubnet",
    gateway.instances.every(
      (instance) => instance.subnet?.network === client.network && client.network !== undefined,
    )
      ? ""
      : "it stands in another virtual network than the client",
    gateway.instances.length === (gateway.activeActive ? 2 : 1)
      ? ""
      : "active-active means two instances, else one",
    gateway.instances.every(
      ({ subnet }) => subnet?.securityGroupId === undefined && subnet?.routeTableId === undefined,
    )
      ? ""
      : "Azure supports neither security group nor routes on the GatewaySubnet",
  ].filter((problem) => problem !== "");
  return hop(gateway, {
    what,
    ok: wrong.length === 0,
    rule: wrong[0] ?? `${gateway.sku ?? "gateway"} in the GatewaySubnet of the client's network`,
  });
}

function tunnelHop(
  ends: Ends,
  tunnels: readonly TunnelEnds[],
  carriers: readonly TunnelEnds[],
  towards: "to AWS" | "to Azure",
): Hop {
  const what = `the packet crosses the internet in a tunnel ${towards}`;
  const [first] = carriers;
  if (first?.azure !== undefined) {
    const item =
      towards === "to AWS" ? first.azure.connection : (first.aws?.connection ?? first.azure.connection);
    return hop(item, { what, ok: true, rule: `${carriers.map((t) => t.name).join(", ")}: both ends agree` });
  }
  const broken = tunnels.find((tunnel) => !tunnel.up && !tunnel.spare);
  const check = broken?.checks.find((c) => !c.ok && c.breaks);
  const item = broken?.azure?.connection ?? broken?.aws?.connection ?? ends.client;
  const rule =
    check === undefined
      ? "no tunnel leads from the client's network to the endpoint's"
      : `${broken?.name ?? ""}: ${check.what} differ: ${check.rule}`;
  return hop(item, { what, ok: false, rule });
}

function attachmentHop(ends: Ends, tunnels: readonly TunnelEnds[]): Hop {
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

function endpointHop(estate: Estate, { endpoint, subnet }: Ends): Hop {
  const vpc = estate.aws.vpcs.find((candidate) => candidate.resource.id === endpoint.vpcId);
  const inside =
    vpc?.cidr !== undefined &&
    subnet.cidr !== undefined &&
    subnet.vpcId === vpc.resource.id &&
    covers(vpc.cidr, subnet.cidr);
  return hop(endpoint, {
    what: `the VPC delivers it to the endpoint's interface in ${subnet.cidr ?? "no network"}`,
    ok: inside && endpoint.type === "Interface",
    rule: !inside
      ? "the endpoint's subnet is not in the endpoint's VPC"
      : endpoint.type === "Interface"
        ? `local route ${vpc.cidr ?? ""}`
        : "only an interface endpoint has addresses",
  });
}

function endpointRulesHop({ endpoint, client }: Ends): Hop {
  const rule = httpsRule(endpoint.securityGroups, client.prefix ?? "");
  return hop(rule ?? endpoint.securityGroups[0] ?? endpoint, {
    what: "the endpoint's security group lets HTTPS in",
    ok: rule !== undefined,
    rule:
      rule === undefined
        ? `no ingress rule for tcp 443 from ${client.prefix ?? "the client"}`
        : `${rule.protocol ?? ""} ${String(rule.fromPort ?? "")} from ${rule.cidr ?? ""}; the answer passes with it`,
  });
}

/** The table of the very subnet that the interface stands in. */
function routeTableHop({ client, subnet }: Ends, tunnels: readonly TunnelEnds[]): Hop {
  const to = client.network?.prefixes[0] ?? client.prefix ?? "";
  const what = `the subnet of the endpoint has a route to ${to}`;
  const { routeTable } = subnet;
  if (routeTable === undefined)
    return hop(subnet, {
      what,
      ok: false,
      rule: "no association: the VPC's main route table knows only the VPC",
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

function awsRouteHop(ends: Ends, tunnels: readonly TunnelEnds[], carriers: readonly TunnelEnds[]): Hop {
  const to = ends.client.prefix ?? "";
  const known = carriers.flatMap(reachedByAws).find((prefix) => covers(prefix, to));
  const gateway = tunnels.map((t) => t.aws?.connection.vpnGateway).find((found) => found !== undefined);
  return hop(gateway ?? ends.endpoint, {
    what: `the virtual private gateway knows the way to ${to}`,
    ok: known !== undefined,
    rule:
      known === undefined
        ? "no tunnel that is up leads there: neither a route of the VPN connection nor BGP"
        : `${known}, ${carriers[0]?.routing === "bgp" ? "learned by BGP" : "a route of the VPN connection"}`,
  });
}

/** Azure's security groups remember the connection, so the answer needs no rule. */
function deliveryHop({ client }: Ends): Hop {
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
