import type { Subnet, VirtualNetwork } from "@azure/arm-network";
import type { SnapshotResource } from "../../rehearsal/model/snapshot";
import type { AzureAccess } from "../verify/collect/access";
import type { Around } from "./around";
import { readGateway } from "./azureGateways";
import { clientsOf, readOne, type Reading } from "./azureReading";
import * as resources from "./azureResources";
import { isOwn, isOwnName } from "./own";
import { askEach, onceEach, type Questions } from "./questions";

/** Reads what others have around the network and the spokes that the stack joins. */
export async function readAzure(
  access: AzureAccess,
  around: Around,
  questions: Questions,
): Promise<readonly SnapshotResource[]> {
  const { azureVirtualNetworkId: hubId, azureGatewayId: gatewayId, azureSpokes = [] } = around.named;
  const reading = { around, questions, clientOf: clientsOf(access) };
  const hub =
    typeof hubId === "string" ? await readNetwork(reading, hubId, "azureVirtualNetworkId") : undefined;
  const spokes = await askEach([azureSpokes].flat(), (id) => readNetwork(reading, id, "azureSpokes"));
  const known = [hub, ...spokes].filter((one) => one !== undefined);
  const beside = await askEach(besides(known), (id) => readNetwork(reading, id));
  // The stack's own network is peered with its spokes.
  const networks = [...known, ...beside.filter((one) => one !== undefined)].filter(
    ({ tags }) => !isOwn(around, tags),
  );
  const gatewayIds =
    hub === undefined ? [] : onceEach([...gatewaysIn(hub.subnets), ...[gatewayId ?? []].flat()]);
  const [attached, gateways] = await Promise.all([
    readAttached(reading, networks),
    askEach(gatewayIds, (id) => readGateway(reading, id, id === gatewayId ? "azureGatewayId" : undefined)),
  ]);
  const ownGatewayIds = gateways.flatMap(({ ownId }) => ownId ?? []);
  return [
    ...networks.flatMap((network) => networkResources(around, network, ownGatewayIds)),
    ...attached,
    ...gateways.flatMap((one) => one.resources),
  ];
}

interface Network extends VirtualNetwork {
  readonly id: string;
}

async function readNetwork(reading: Reading, id: string, setting?: string): Promise<Network | undefined> {
  const found = await readOne(reading, { id, kind: "virtualNetworks", setting }, (client, group, name) =>
    client.virtualNetworks.get(group, name),
  );
  return found && { ...found, id: found.id ?? id };
}

/** The networks that those are peered with, one step away. A peering without its other end has none. */
function besides(known: readonly Network[]): readonly string[] {
  const taken = known.map(({ id }) => id.toLowerCase());
  const peerings = known.flatMap(({ virtualNetworkPeerings = [] }) => virtualNetworkPeerings);
  const ids = peerings.flatMap(({ remoteVirtualNetwork, peeringState }) =>
    peeringState === "Disconnected" ? [] : (remoteVirtualNetwork?.id ?? []),
  );
  return onceEach(ids).filter((id) => !taken.includes(id.toLowerCase()));
}

function networkResources(
  around: Around,
  network: Network,
  ownGatewayIds: readonly string[],
): readonly SnapshotResource[] {
  const { id, subnets = [], virtualNetworkPeerings = [] } = network;
  /** Subnets have no tags: the clients' has a name of the stack's, and the gateway's is told by who uses it. */
  const isOwnSubnet = (subnet: Subnet) => {
    const users = gatewaysIn([subnet]);
    const isMade = (subnet.addressPrefix ?? subnet.addressPrefixes?.[0]) === around.gatewaySubnetCidr;
    return (
      isOwnName(around, subnet.name ?? "") || (isMade && users.every((user) => ownGatewayIds.includes(user)))
    );
  };
  return [
    resources.networkResource(id, network),
    ...subnets.filter((one) => !isOwnSubnet(one)).map((one) => resources.subnetResource(id, one)),
    ...virtualNetworkPeerings
      .filter(({ name = "" }) => !isOwnName(around, name))
      .map((one) => resources.peeringResource(id, one)),
  ];
}

/** Azure lists no gateways of a network; what uses its GatewaySubnet tells them. */
function gatewaysIn(subnets: readonly Subnet[] = []): readonly string[] {
  const users = subnets
    .filter(({ name }) => name?.toLowerCase() === "gatewaysubnet")
    .flatMap(({ ipConfigurations = [] }) => ipConfigurations);
  return onceEach(users.flatMap(({ id }) => /^.*\/virtualNetworkGateways\/[^/]+/i.exec(id ?? "")?.[0] ?? []));
}

/** The security groups and route tables of the subnets. */
async function readAttached(
  reading: Reading,
  networks: readonly Network[],
): Promise<readonly SnapshotResource[]> {
  const subnets = networks.flatMap(({ subnets: all = [] }) => all);
  const groupIds = onceEach(subnets.flatMap(({ networkSecurityGroup }) => networkSecurityGroup?.id ?? []));
  const groups = await askEach(groupIds, async (id) => {
    const found = await readOne(reading, { id, kind: "networkSecurityGroups" }, (client, group, name) =>
      client.networkSecurityGroups.get(group, name),
    );
    const isForeign = found !== undefined && !isOwn(reading.around, found.tags);
    return isForeign ? [resources.securityGroupResource(id, found)] : [];
  });
  const tableIds = onceEach(subnets.flatMap(({ routeTable }) => routeTable?.id ?? []));
  const tables = await askEach(tableIds, async (id) => {
    const found = await readOne(reading, { id, kind: "routeTables" }, (client, group, name) =>
      client.routeTables.get(group, name),
    );
    return found === undefined ? [] : [resources.routeTableResource(id, found)];
  });
  return [...groups, ...tables].flat();
}
