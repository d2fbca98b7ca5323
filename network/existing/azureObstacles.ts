import { contains, isCidr, overlap, prefixLength } from "../cidr";
import { nameOf, sameId } from "./azureIds";
import {
  gatewaySubnetOf,
  holderOf,
  networksIn,
  spokesIn,
  type AzureNetworkFacts,
  type AzureSubnetFacts,
  type AzureSurroundings,
} from "./azureReads";
import type { InspectedClients } from "./firewalls";
import { isOwn, type Join } from "./join";
import { wrongWays } from "./matching";
import { when, type Obstacle } from "./obstacle";

type Existing = Extract<Join["azure"], { readonly kind: "existing" }>;

/** What keeps a gateway from working in an existing network, and the stack's own subnets from being made in it. */
export function azureObstacles(
  join: Join,
  found: AzureSurroundings,
  inspected: InspectedClients,
): readonly Obstacle[] {
  const { network } = found;
  if (join.azure.kind === "new" || network === undefined) return spokeObstacles(join, found);
  const place = `virtual network ${network.name}`;
  return [
    ...when(join.azure.gatewayId === undefined && network.location !== join.location, () => ({
      place,
      problem: `it is in ${network.location}, and a gateway is made in the region of its network`,
      fix: `set azure-native:location: ${network.location}`,
    })),
    ...(join.azure.gatewayId === undefined ? ownGatewayObstacles(join, found, network) : []),
    ...newSubnetObstacles(join, join.azure, network),
    ...gatewaySubnetObstacles(join, join.azure, found, { network, inspected }),
    ...spokeObstacles(join, found),
  ];
}

/** A virtual network has one VPN gateway, of its own or of a peer. */
function ownGatewayObstacles(
  join: Join,
  found: AzureSurroundings,
  network: AzureNetworkFacts,
): readonly Obstacle[] {
  const others = found.gateways.filter((gateway) => !isOwn(gateway.tags, join));
  const vpn = others.find(({ type }) => type === "Vpn");
  const expressRoute = others.find(({ type }) => type === "ExpressRoute");
  const remote = network.peerings.find(({ useRemoteGateways }) => useRemoteGateways);
  const place = `virtual network ${network.name}`;
  return [
    ...(vpn === undefined
      ? []
      : [
          {
            place,
            problem: `it has the VPN gateway ${vpn.name}, and Azure makes one of a network only`,
            fix: `share it: azureGatewayId: ${vpn.id}`,
          },
        ]),
    ...(remote === undefined
      ? []
      : [
          {
            place,
            problem: `its peering ${remote.name} uses the gateways of ${nameOf(remote.remoteId)}, so that it can have none of its own`,
            fix: `join that network instead: azureVirtualNetworkId: ${remote.remoteId}, with this one among its azureClients`,
          },
        ]),
    ...when(expressRoute !== undefined && join.vpn.sku === "Basic", () => ({
      place,
      problem: `it has the ExpressRoute gateway ${expressRoute?.name ?? ""}, beside which Azure makes no Basic VPN gateway`,
      fix: "use gatewaySku: VpnGw1AZ",
    })),
  ];
}

/** The stack's own subnets need room, and go to nobody else's. */
function newSubnetObstacles(join: Join, end: Existing, network: AzureNetworkFacts): readonly Obstacle[] {
  const existing = gatewaySubnetOf(network);
  const wanted = [
    { setting: "clientSubnetCidr", cidr: end.clientSubnetCidr, name: join.ownName },
    { setting: "gatewaySubnetCidr", cidr: end.gatewaySubnetCidr, name: "GatewaySubnet" },
  ];
  return wanted.flatMap(({ setting, cidr, name }) => {
    if (cidr === undefined) return [];
    // A GatewaySubnet of just these addresses is the stack's own, of an earlier update; Azure refuses to make it twice.
    const taken = network.subnets.filter(
      (subnet) =>
        !(subnet.name === name && (name !== "GatewaySubnet" || subnet.cidrs.includes(cidr))) &&
        subnet.cidrs.some((part) => overlap(part, cidr)),
    );
    const place = `${setting} ${cidr}`;
    return [
      ...when(!network.cidrs.some((space) => contains({ network: space, part: cidr })), () => ({
        place,
        problem: `it is outside virtual network ${network.name}, which has ${network.cidrs.join(", ")}`,
        fix: "use a free part of it",
      })),
      ...taken.map((subnet) => ({
        place,
        problem: `it overlaps subnet ${subnet.name}, ${subnet.cidrs.join(", ")}`,
        fix: "use a free part of the network",
      })),
      ...when(name === "GatewaySubnet" && existing !== undefined && !existing.cidrs.includes(cidr), () => ({
        place,
        problem: `virtual network ${network.name} has a GatewaySubnet, ${existing?.cidrs.join(", ") ?? ""}`,
        fix: "remove gatewaySubnetCidr to use that one",
      })),
    ];
  });
}

function gatewaySubnetObstacles(
  join: Join,
  end: Existing,
  found: AzureSurroundings,
  { network, inspected }: { readonly network: AzureNetworkFacts; readonly inspected: InspectedClients },
): readonly Obstacle[] {
  const subnet = gatewaySubnetOf(network);
  const place = `GatewaySubnet of virtual network ${network.name}`;
  if (subnet === undefined)
    return when(end.gatewaySubnetCidr === undefined && end.gatewayId === undefined, () => ({
      place,
      problem: "there is none",
      fix: `set gatewaySubnetCidr to a free /${join.vpn.smallestGatewaySubnet} of the network, or let its owner add one`,
    }));
  const largest = Math.min(...subnet.cidrs.map(prefixLength));
  const { sku, smallestGatewaySubnet: smallest } = join.vpn;
  return [
    ...when(end.gatewayId === undefined && largest > smallest, () => ({
      place,
      problem: `it is a /${largest}, and ${sku} needs a /${smallest} or larger`,
      fix: "its owner must replace it by a larger one",
    })),
    ...when(subnet.securityGroupId !== undefined, () => ({
      place,
      problem: `network security group ${nameOf(subnet.securityGroupId ?? "")} is on it, with which Azure's gateways fail`,
      fix: "its owner must take it off",
    })),
    ...routeObstacles(join, found, { network, subnet, place, inspected }),
  ];
}

/** Routes this wide cannot but lead to some of AWS's public addresses, where the tunnels end: they are all over. */
const widest = 8;

/** @see https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings#gwsub */
function routeObstacles(
  join: Join,
  found: AzureSurroundings,
  {
    network,
    subnet,
    place,
    inspected,
  }: {
    readonly network: AzureNetworkFacts;
    readonly subnet: AzureSubnetFacts;
    readonly place: string;
    readonly inspected: InspectedClients;
  },
): readonly Obstacle[] {
  const table = found.routeTables.find(({ id }) => sameId(id, subnet.routeTableId));
  if (table === undefined) return [];
  const name = nameOf(table.id);
  const everything = table.routes.find(({ cidr }) => cidr === "0.0.0.0/0");
  const tooWide = table.routes.filter(
    ({ cidr, nextHop }) =>
      isCidr(cidr) &&
      cidr !== "0.0.0.0/0" &&
      prefixLength(cidr) <= widest &&
      !contains({ network: "10.0.0.0/8", part: cidr }) &&
      nextHop !== "Internet",
  );
  // Answers to a client leave here: on another way than the requests came, a firewall drops them.
  const astray = Object.entries(join.clients).flatMap(([client, cidr]) => {
    const holder = holderOf(cidr, networksIn(found));
    // What goes to premises leaves by a tunnel, and what a firewall sees both ways may take it.
    if (holder === undefined || inspected.has(client)) return [];
    const written = table.routes.map((route) => ({
      prefix: route.cidr,
      to: route.nextHop,
      name: route.name,
      right: holder === network && route.nextHop === "VnetLocal",
    }));
    const own = holder.cidrs.map((prefix) => ({ prefix, to: "", name: "", right: true }));
    return wrongWays(cidr, [...written, ...own]).flatMap((way) =>
      way === undefined ? [] : [{ client, cidr, way }],
    );
  });
  return [
    ...when(!table.propagation, () => ({
      place,
      problem: `route table ${name} is on it with propagation of gateway routes switched off, and no gateway works so`,
      fix: `its owner must set disableBgpRoutePropagation: false in ${name}`,
    })),
    ...(everything === undefined
      ? []
      : [
          {
            place,
            problem: `route ${everything.name} of table ${name} leads 0.0.0.0/0 to ${everything.nextHop}, which Azure does not allow there`,
            fix: `its owner must remove the route ${everything.name}`,
          },
        ]),
    ...tooWide.map((route) => ({
      place,
      problem: `route ${route.name} of table ${name} leads ${route.cidr} to ${route.nextHop}, and with it the tunnels themselves, which lead to public addresses of AWS`,
      fix: `its owner must remove the route ${route.name}`,
    })),
    ...astray.map(({ client, cidr, way }) => ({
      place,
      problem: `route ${way.name} of table ${name} leads ${way.prefix} to ${way.to}: answers to ${client} (${cidr}) would not take the way that requests came`,
      fix: `its owner must remove the route ${way.name}, or lead all requests of ${client} to AWS through the same firewall, or azureClients must leave out ${client}`,
    })),
  ];
}

/** A spoke has one gateway, near or far, and one peering with each network. */
function spokeObstacles(join: Join, found: AzureSurroundings): readonly Obstacle[] {
  return spokesIn(found, join).flatMap((spoke) => {
    const place = `virtual network ${spoke.name} of azureSpokes`;
    const foreign = spoke.peerings.filter(({ name }) => name !== join.ownName);
    const twice = foreign.find(
      ({ remoteId }) => found.network !== undefined && sameId(remoteId, found.network.id),
    );
    const remote = foreign.find((peering) => peering.useRemoteGateways && peering !== twice);
    const gateways = (gatewaySubnetOf(spoke)?.users ?? []).length;
    return [
      ...(twice === undefined
        ? []
        : [
            {
              place,
              problem: `it is peered already, by ${twice.name}, and Azure peers two networks once`,
              fix: "leave it out of azureSpokes, and let its owner set useRemoteGateways: true there once the gateway exists",
            },
          ]),
      ...(remote === undefined
        ? []
        : [
            {
              place,
              problem: `its peering ${remote.name} uses the gateways of ${nameOf(remote.remoteId)}, and a network uses those of one other only`,
              fix: "leave it out of azureSpokes, or join that network by azureVirtualNetworkId",
            },
          ]),
      ...when(gateways > 0, () => ({
        place,
        problem: "it has a gateway of its own, and so cannot use ours",
        fix: "leave it out of azureSpokes",
      })),
    ];
  });
}
