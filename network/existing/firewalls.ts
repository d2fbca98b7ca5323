import { contains, overlap } from "../cidr";
import { sameId } from "./azureIds";
import {
  gatewaySubnetOf,
  holderOf,
  networksIn,
  type AzureSubnetFacts,
  type AzureSurroundings,
} from "./azureReads";
import type { AwsTargets, Join } from "./join";
import { wrongWays } from "./matching";

/** Clients by their names, with the address of the firewall that all their traffic with the endpoint passes. */
export type InspectedClients = ReadonlyMap<string, string>;

/**
 * The clients whose requests and answers user routes lead through one and the same appliance. A firewall drops answers whose
 * requests it has not seen: one way through it, or two of them, is an obstacle.
 */
export function inspectedClients(join: Join, found: AzureSurroundings, aws: AwsTargets): InspectedClients {
  const inspected = Object.entries(join.clients).flatMap(([name, cidr]) => {
    const holder = holderOf(cidr, networksIn(found));
    const gatewaySubnet = found.network && gatewaySubnetOf(found.network);
    if (holder === undefined || gatewaySubnet === undefined) return [];
    const subnets = holder.subnets.filter(
      (subnet) => subnet !== gatewaySubnet && subnet.cidrs.some((part) => overlap(part, cidr)),
    );
    const hops = new Set([
      ...subnets.flatMap((subnet) => hopsFrom(found, subnet, aws.endpointCidrs, aws.cidrs)),
      ...hopsFrom(found, gatewaySubnet, [cidr], holder.cidrs),
    ]);
    const [only = ""] = hops.size === 1 && subnets.length > 0 ? hops : [];
    const [, appliance] = /^VirtualAppliance (\S+)$/.exec(only) ?? [];
    return appliance !== undefined && isKnown(found, appliance) ? [[name, appliance] as const] : [];
  });
  return new Map(inspected);
}

/** What a preview says of them. */
export function inspectedInWords(inspected: InspectedClients): readonly string[] {
  return [...inspected].map(
    ([name, appliance]) =>
      `azureClients.${name} reaches AWS through ${appliance}, there and back: it must let HTTPS to the endpoint pass and lead it to the gateway, which is not judged.`,
  );
}

/** Where user routes of a subnet lead to these addresses, or what they are left to. */
function hopsFrom(
  { routeTables }: AzureSurroundings,
  subnet: AzureSubnetFacts,
  destinations: readonly string[],
  others: readonly string[],
): readonly string[] {
  const table = routeTables.find(({ id }) => sameId(id, subnet.routeTableId));
  const ways = [
    ...(table?.routes ?? []).map(({ cidr, nextHop, name }) => ({ prefix: cidr, to: nextHop, name })),
    ...others.map((prefix) => ({ prefix, to: "no user route", name: "" })),
  ].map((way) => ({ ...way, right: false }));
  return destinations.flatMap((cidr) => wrongWays(cidr, ways).map((way) => way?.to ?? "no route"));
}

function isKnown(found: AzureSurroundings, address: string): boolean {
  return networksIn(found).some(({ cidrs }) =>
    cidrs.some((network) => contains({ network, part: `${address}/32` })),
  );
}
