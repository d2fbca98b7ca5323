import { overlap } from "../cidr";
import { azureId, nameOf, sameId } from "./azureIds";
import {
  gatewaySubnetOf,
  holderOf,
  networksIn,
  spokesIn,
  type AzureNetworkFacts,
  type AzurePeeringFacts,
  type AzureSurroundings,
} from "./azureReads";
import type { InspectedClients } from "./firewalls";
import type { AwsTargets, Join } from "./join";
import { clientPorts, denials, wrongWays, type Way } from "./matching";
import { when, type Obstacle } from "./obstacle";

/** Whether each client is where a gateway reaches it, and what its subnets do with packets to the endpoint. */
export function clientObstacles(
  join: Join,
  found: AzureSurroundings,
  aws: AwsTargets,
  inspected: InspectedClients,
): readonly Obstacle[] {
  return Object.entries(join.clients)
    .filter(([name]) => name !== "azure")
    .flatMap(([name, cidr]) => {
      const client = { name, cidr, inspected: inspected.has(name) };
      const holder = holderOf(cidr, networksIn(found));
      return [
        ...placeObstacles(join, found, client, holder),
        ...(holder === undefined ? [] : subnetObstacles(found, client, holder, aws)),
      ];
    });
}

interface Client {
  readonly name: string;
  readonly cidr: string;
  readonly inspected: boolean;
}

function placeObstacles(
  join: Join,
  found: AzureSurroundings,
  { name, cidr }: Client,
  holder: AzureNetworkFacts | undefined,
): readonly Obstacle[] {
  const place = `azureClients.${name}, ${cidr}`;
  const end = join.azure;
  // What is unread is among the failures already.
  if (end.kind === "existing" && found.network === undefined) return [];
  if (found.others.length < join.spokeIds.length) return [];
  if (holder !== undefined && holder === found.network) return [];
  if (holder !== undefined && spokesIn(found, join).includes(holder)) return [];
  if (end.kind === "new" && overlap(end.cidr, cidr)) return [];

  const peering = found.network?.peerings.find(({ remoteCidrs }) =>
    remoteCidrs.some((part) => overlap(part, cidr)),
  );
  if (peering !== undefined) return peeringObstacles(join, place, peering, holder);
  if (networksIn(found).some(({ cidrs }) => cidrs.some((part) => overlap(part, cidr))))
    return [
      {
        place,
        problem: "it is partly in a virtual network and partly outside",
        fix: "name each part by itself",
      },
    ];
  // Behind a gateway of our own is nothing but AWS.
  return when(end.kind === "new" || end.gatewayId === undefined, () => ({
    place,
    problem:
      "it is in no network that the gateway of this stack reaches: neither in the stack's network nor in one that is peered with it",
    fix: "correct it, add its network to azureSpokes, or, on premises, share the gateway that leads there by azureGatewayId",
  }));
}

/** A spoke reaches the gateway of its hub where both ends of the peering say so. */
function peeringObstacles(
  join: Join,
  place: string,
  peering: AzurePeeringFacts,
  holder: AzureNetworkFacts | undefined,
): readonly Obstacle[] {
  const remote = nameOf(peering.remoteId);
  const back = holder?.peerings.find(
    ({ remoteId }) => join.azure.kind === "existing" && sameId(remoteId, join.azure.virtualNetworkId),
  );
  const shared = join.azure.kind === "existing" && join.azure.gatewayId !== undefined;
  const unread = holder === undefined;
  const sides = [
    { ...peering, between: `with virtual network ${remote}` },
    ...(back === undefined ? [] : [{ ...back, between: `of virtual network ${remote}` }]),
  ];
  return [
    ...sides.flatMap((side) => [
      ...when(side.state !== "Connected", () => ({
        place,
        problem: `peering ${side.name} ${side.between} is ${side.state}`,
        fix: "its owners must delete both its ends and make them anew",
      })),
      ...when(!side.allowVirtualNetworkAccess, () => ({
        place,
        problem: `peering ${side.name} ${side.between} lets nothing pass`,
        fix: `its owner must set allowVirtualNetworkAccess: true in ${side.name}`,
      })),
    ]),
    ...when(!peering.allowGatewayTransit, () => ({
      place,
      problem: `peering ${peering.name} with virtual network ${remote} lets it use no gateway of ours`,
      fix: `its owner must set allowGatewayTransit: true in ${peering.name}`,
    })),
    // It can be set once the gateway exists, and so not before the first update with a gateway of our own.
    ...when(shared && !unread && back?.useRemoteGateways !== true, () => ({
      place,
      problem: `virtual network ${remote} does not use the gateway of its peer`,
      fix: `its owner must set useRemoteGateways: true in ${back?.name ?? "its peering"}`,
    })),
  ];
}

function subnetObstacles(
  found: AzureSurroundings,
  client: Client,
  network: AzureNetworkFacts,
  aws: AwsTargets,
): readonly Obstacle[] {
  const gatewaySubnet = gatewaySubnetOf(network);
  return network.subnets
    .filter((subnet) => subnet !== gatewaySubnet)
    .flatMap((subnet) => {
      const parts = subnet.cidrs.filter((part) => overlap(part, client.cidr));
      if (parts.length === 0) return [];
      const place = `subnet ${subnet.name} of virtual network ${network.name}, with azureClients.${client.name}`;
      return [
        ...(client.inspected ? [] : routeObstacles(found, subnet.routeTableId, place, aws)),
        ...ruleObstacles(
          found,
          subnet.securityGroupId,
          place,
          aws,
          parts.map((part) => smaller(part, client.cidr)),
        ),
      ];
    });
}

/** Longest prefix first, of equal ones the user's route before the gateway's. @see https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview */
function routeObstacles(
  found: AzureSurroundings,
  routeTableId: string | undefined,
  place: string,
  aws: AwsTargets,
): readonly Obstacle[] {
  const table = found.routeTables.find(({ id }) => sameId(id, routeTableId));
  if (table === undefined) return [];
  const name = nameOf(table.id);
  const gateway = "VirtualNetworkGateway";
  // Where both stand in the network, Azure supports no written route to one of them.
  const beside = found.gateways.find(({ type }) => type === "ExpressRoute");
  const entries = (cidrs: readonly string[]) =>
    cidrs.map((cidr) => `{addressPrefix: ${cidr}, nextHopType: ${gateway}}`).join(" and ");
  const written: Way[] = table.routes.map((route) => ({
    prefix: route.cidr,
    to: route.nextHop,
    name: route.name,
    right: route.nextHop === gateway && beside === undefined,
  }));
  // What the tunnels bring, or the user routes that stand in for it.
  const brought = aws.cidrs.map((prefix) => ({ prefix, to: gateway, name: "", right: true }));
  const wrong = (ways: readonly Way[]) => [
    ...new Set(aws.endpointCidrs.flatMap((cidr) => wrongWays(cidr, ways))),
  ];
  return [
    ...when(!table.propagation && wrong(written).length > 0, () => ({
      place,
      problem: `route table ${name} takes no routes of gateways, and leads nothing to AWS by itself`,
      fix:
        beside === undefined
          ? `its owner must add to ${name}: ${entries(aws.cidrs)}`
          : `its owner must set disableBgpRoutePropagation: false in ${name}: beside the ExpressRoute gateway ${beside.name} no route to a gateway can be written`,
    })),
    ...wrong([...written, ...brought]).flatMap((way) =>
      way === undefined
        ? []
        : [
            {
              place,
              problem:
                way.to === gateway
                  ? `route ${way.name} of table ${name} leads ${way.prefix} to ${gateway}, which Azure does not support beside the ExpressRoute gateway ${beside?.name ?? ""}`
                  : `route ${way.name} of table ${name} leads ${way.prefix} to ${way.to}, and so past the tunnels`,
              fix: `its owner must remove ${way.name}${beside === undefined ? `, or add to ${name} longer ones: ${entries(aws.endpointCidrs)}` : ""}${way.to.startsWith("VirtualAppliance") ? ", or lead all answers through the same firewall by a route of the GatewaySubnet" : ""}`,
            },
          ],
    ),
  ];
}

/** What no rule of a group matches, its default rules let pass: AllowVnetOutBound counts AWS as part of the network. */
function ruleObstacles(
  found: AzureSurroundings,
  securityGroupId: string | undefined,
  place: string,
  aws: AwsTargets,
  parts: readonly string[],
): readonly Obstacle[] {
  const group = found.securityGroups.find(({ id }) => sameId(id, securityGroupId));
  if (group === undefined) return [];
  const denying = parts.flatMap((from) =>
    aws.endpointCidrs.flatMap((to) =>
      denials({ from, to, fromPorts: clientPorts, toPorts: [443, 443] }, group.outbound, "allow"),
    ),
  );
  return [...new Set(denying)].flatMap((rule) =>
    rule === undefined
      ? []
      : [
          {
            place,
            problem: `rule ${rule.name} (priority ${rule.priority}) of network security group ${nameOf(group.id)} denies HTTPS to AWS`,
            fix: `its owner must add before it: {direction: Outbound, access: Allow, protocol: Tcp, priority: below ${rule.priority}, sourceAddressPrefixes: [${parts.join(", ")}], sourcePortRange: "*", destinationAddressPrefixes: [${aws.endpointCidrs.join(", ")}], destinationPortRange: "443"}`,
          },
        ],
  );
}

/** Of two networks that overlap one holds the other. */
function smaller(one: string, other: string): string {
  return Number(one.split("/")[1]) >= Number(other.split("/")[1]) ? one : other;
}

/**
 * Clients that count as on premises, because nothing that was read holds them. Whether the gateway knows a way there, no
 * preview finds out: the provider takes Azure's 202 to a question for learned routes for a failure.
 * @see https://github.com/pulumi/pulumi-azure-native/issues/1735
 */
export function presumedClients(join: Join, found: AzureSurroundings): readonly string[] {
  const { network } = found;
  if (network === undefined || join.azure.kind === "new" || join.azure.gatewayId === undefined) return [];
  const gateway = nameOf(join.azure.gatewayId);
  const known = [
    ...networksIn(found).map(({ cidrs }) => cidrs),
    ...network.peerings.map((one) => one.remoteCidrs),
  ];
  return Object.entries(join.clients)
    .filter(([name, cidr]) => name !== "azure" && !known.flat().some((part) => overlap(part, cidr)))
    .map(
      ([name, cidr]) =>
        `azureClients.${name}, ${cidr}, is taken for a network on premises behind ${gateway}: neither ${network.name} nor a network that is peered with it has it. What ${gateway} knows of it no preview can read; the rehearsal judges it by the snapshot. If it is in Azure, its network must be peered with ${network.name}.`,
    );
}

/** Clients in networks of another subscription, which no read of this stack's provider reaches. */
export function unreadClients(join: Join, found: AzureSurroundings): readonly string[] {
  const { network } = found;
  if (network === undefined) return [];
  return Object.entries(join.clients).flatMap(([name, cidr]) =>
    network.peerings
      .filter(
        ({ remoteId, remoteCidrs }) =>
          azureId(remoteId)?.subscription !== azureId(network.id)?.subscription &&
          remoteCidrs.some((part) => overlap(part, cidr)),
      )
      .map(
        ({ remoteId }) =>
          `azureClients.${name} is in ${remoteId}, of another subscription: its routes and rules are not judged.`,
      ),
  );
}
