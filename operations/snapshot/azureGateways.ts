import type { VirtualNetworkGateway } from "@azure/arm-network";
import type { SnapshotResource } from "../../rehearsal/model/snapshot";
import { partsOf } from "../verify/facts/ids";
import { readOne, type Reading } from "./azureReading";
import * as resources from "./azureResources";
import { isOwn } from "./own";
import { askEach, onceEach } from "./questions";

interface FoundGateway {
  /** Set where the gateway is the stack's own, which then has no place in a snapshot. */
  readonly ownId?: string;
  readonly resources: readonly SnapshotResource[];
}

/** A gateway with its connections, their far ends, its public addresses and what it learned. */
export async function readGateway(
  reading: Reading,
  id: string,
  setting: string | undefined,
): Promise<FoundGateway> {
  const gateway = await readOne(
    reading,
    { id, kind: "virtualNetworkGateways", setting },
    (client, group, name) => client.virtualNetworkGateways.get(group, name),
  );
  if (gateway === undefined) return { resources: [] };
  if (isOwn(reading.around, gateway.tags)) return { ownId: id, resources: [] };
  const [connections, learned, addresses] = await Promise.all([
    readConnections(reading, id),
    speaksBgp(gateway) ? readLearned(reading, id) : [],
    readAddresses(reading, gateway),
  ]);
  const routes = learned.filter(isOfOthers(learned, connections.ownPeers));
  return {
    resources: [resources.gatewayResource(id, gateway, routes), ...connections.resources, ...addresses],
  };
}

/** ExpressRoute has no other routing. */
function speaksBgp({ enableBgp, gatewayType }: VirtualNetworkGateway): boolean {
  return enableBgp === true || gatewayType === "ExpressRoute";
}

/** Milliseconds between the polls of an operation that takes a while. */
const poll = { updateIntervalInMs: 1_000 };

async function readLearned(
  { questions, clientOf }: Reading,
  id: string,
): Promise<readonly resources.LearnedRoute[]> {
  const { group, name } = partsOf(id);
  const permission = "Microsoft.Network/virtualNetworkGateways/getlearnedroutes/action";
  const learned = await questions.ask(`the routes that ${name} learned`, permission, async () => {
    const { virtualNetworkGateways } = clientOf(id);
    return (await virtualNetworkGateways.beginGetLearnedRoutesAndWait(group, name, poll)).value;
  });
  return learned ?? [];
}

/** Whether a route would be there without the stack, whose tunnels bring routes too, from instance to instance as well. */
function isOfOthers(learned: readonly resources.LearnedRoute[], ownPeers: readonly string[]) {
  const isFromOwn = ({ sourcePeer = "" }: resources.LearnedRoute) => ownPeers.includes(sourcePeer);
  const outside = learned.filter(({ origin }) => origin?.toLowerCase() === "ebgp");
  const own = outside.filter(isFromOwn).map(({ network }) => network);
  const others = outside.filter((one) => !isFromOwn(one)).map(({ network }) => network);
  return (route: resources.LearnedRoute) =>
    !isFromOwn(route) && (others.includes(route.network) || !own.includes(route.network));
}

async function readConnections(
  reading: Reading,
  gatewayId: string,
): Promise<{ readonly resources: readonly SnapshotResource[]; readonly ownPeers: readonly string[] }> {
  const { around, questions, clientOf } = reading;
  const { group, name } = partsOf(gatewayId);
  const permission = "Microsoft.Network/virtualNetworkGateways/connections/read";
  const listed = await questions.ask(`the connections of ${name}`, permission, async () => {
    const ids: string[] = [];
    const { virtualNetworkGateways } = clientOf(gatewayId);
    for await (const { id = "" } of virtualNetworkGateways.listConnections(group, name)) ids.push(id);
    return ids;
  });
  const found = await askEach(listed ?? [], async (id) => {
    const connection = await readOne(reading, { id, kind: "connections" }, (client, ...place) =>
      client.virtualNetworkGatewayConnections.get(...place),
    );
    return connection === undefined ? [] : [{ id, connection }];
  });
  const connections = found.flat();
  const siteIds = connections.flatMap(({ connection }) => connection.localNetworkGateway2?.id ?? []);
  const read = await askEach(onceEach(siteIds), async (id) => {
    const site = await readOne(reading, { id, kind: "localNetworkGateways" }, (client, ...place) =>
      client.localNetworkGateways.get(...place),
    );
    return site === undefined ? [] : [{ id, site, own: isOwn(around, site.tags) }];
  });
  const sites = read.flat();
  return {
    resources: [
      ...connections
        .filter(({ connection }) => !isOwn(around, connection.tags))
        .map(({ id, connection }) => resources.connectionResource(id, connection)),
      ...sites.filter(({ own }) => !own).map(({ id, site }) => resources.siteResource(id, site)),
    ],
    ownPeers: sites.filter(({ own }) => own).flatMap(({ site }) => site.bgpSettings?.bgpPeeringAddress ?? []),
  };
}

async function readAddresses(
  reading: Reading,
  { ipConfigurations = [] }: VirtualNetworkGateway,
): Promise<readonly SnapshotResource[]> {
  const ids = onceEach(ipConfigurations.flatMap(({ publicIPAddress }) => publicIPAddress?.id ?? []));
  const found = await askEach(ids, async (id) => {
    const address = await readOne(reading, { id, kind: "publicIPAddresses" }, (client, ...place) =>
      client.publicIPAddresses.get(...place),
    );
    return address === undefined ? [] : [resources.publicAddressResource(id, address)];
  });
  return found.flat();
}
