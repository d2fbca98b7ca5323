import { covers, overlap } from "../model/addresses";
import type { Tunnel } from "../tunnels/tunnels";
import type { Estate } from "../estate/estate";
import { type Ends, type Hop, hop, leadsTo } from "./hops";
import { askSecurityGroup, httpsRule } from "./securityRules";

export function clientRulesHop({ client, subnet }: Ends): Hop {
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
export function reachedByAzure(tunnel: Tunnel): readonly string[] {
  if (tunnel.routing === "static") return tunnel.azure?.connection.localNetworkGateway?.prefixes ?? [];
  // A virtual private gateway advertises its VPC's network.
  const cidr = tunnel.aws?.vpc?.cidr;
  return tunnel.up && cidr !== undefined ? [cidr] : [];
}

export function azureRouteHop(ends: Ends, tunnels: readonly Tunnel[], carriers: readonly Tunnel[]): Hop {
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
  return hop(near?.azure?.connection.localNetworkGateway ?? near?.azure?.connection ?? client.network, {
    what,
    ok: false,
    rule: `no tunnel that is up leads to ${destination}`,
  });
}

export function gatewayHop({ client }: Ends, tunnels: readonly Tunnel[]): Hop {
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
      : "it must be in the GatewaySubnet",
    gateway.instances.every(
      (instance) => instance.subnet?.network === client.network && client.network !== undefined,
    )
      ? ""
      : "it is in another virtual network than the client",
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
        ? `local route ${vpc.cidr}`
        : "only an interface endpoint has addresses",
  });
}

export function endpointRulesHop({ endpoint, client }: Ends): Hop {
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
