import { sameAzureId } from "../../rehearsal/model/azureIds";
import { awsTypes, azureTypes } from "../../rehearsal/model/resourceTypes";
import type { SnapshotResource } from "../../rehearsal/model/snapshot";
import { isTrue, knownStrings, text, valuesAt } from "../../rehearsal/model/values";
import type { Resource } from "./changes";
import type { Preview } from "./preview";

/** Whom else the link connects after a deployment, and did not before, or the other way round. */
export interface Connects {
  readonly opened: readonly string[];
  readonly closed: readonly string[];
}

/** By what the stack puts on gateways of others, and which networks it peers with its own. */
export function compareConnects(preview: Preview, others: readonly SnapshotResource[]): Connects {
  const [before, after] = (["before", "after"] as const).map((when) =>
    connectedBy(
      preview.changes.flatMap((change) => change[when] ?? []),
      others,
    ),
  );
  const without = (some: readonly string[] = [], rest: readonly string[] = []) =>
    [...new Set(some)].filter((one) => !rest.includes(one)).sort();
  return { opened: without(after, before), closed: without(before, after) };
}

function connectedBy(own: readonly Resource[], others: readonly SnapshotResource[]): readonly string[] {
  const ofType = (type: string) => own.filter((one) => one.type === type);
  const azureGateways = ofType(azureTypes.virtualNetworkGatewayConnection).flatMap(({ inputs }) =>
    isTrue(inputs, "enableBgp") ? knownStrings(inputs, "virtualNetworkGateway1.id") : [],
  );
  const awsGateways = ofType(awsTypes.vpnConnection).flatMap(({ inputs }) =>
    knownStrings(inputs, "vpnGatewayId"),
  );
  return [
    ...others.flatMap((one) => learnedBy(one, azureGateways)),
    ...others.flatMap((one) => sitesWithoutBgp(one, azureGateways, others)),
    ...others.flatMap((one) => spokesOf(one, azureGateways, others)),
    ...others.flatMap((one) => sitesBehind(one, awsGateways, others)),
    ...ofType(azureTypes.virtualNetworkPeering).flatMap(({ inputs }) =>
      isTrue(inputs, "allowGatewayTransit")
        ? peeredWith(text(inputs, "remoteVirtualNetwork.id"), others)
        : [],
    ),
  ];
}

/** The gateway announces to AWS what it learned from others, and to them what it learns from AWS. */
function learnedBy({ id, type, outputs }: SnapshotResource, gateways: readonly string[]): readonly string[] {
  if (type !== azureTypes.virtualNetworkGateway || !gateways.some((one) => sameAzureId(one, id))) return [];
  return valuesAt(outputs, "learnedRoutes")
    .filter((route) => text(route, "origin")?.toLowerCase() === "ebgp")
    .flatMap((route) => knownStrings(route, "network"))
    .map((network) => `AWS and ${network}, which \`${shortName(id)}\` learned over BGP`);
}

/** It tells its BGP neighbours of the networks behind connections without BGP too. */
function sitesWithoutBgp(
  { id, type, inputs }: SnapshotResource,
  gateways: readonly string[],
  others: readonly SnapshotResource[],
): readonly string[] {
  const isOnShared = gateways.some((one) => sameAzureId(one, text(inputs, "virtualNetworkGateway1.id")));
  if (type !== azureTypes.virtualNetworkGatewayConnection || !isOnShared || isTrue(inputs, "enableBgp"))
    return [];
  const site = others.find((one) => sameAzureId(one.id, text(inputs, "localNetworkGateway2.id")));
  const networks = knownStrings(site?.inputs, "localNetworkAddressSpace.addressPrefixes");
  return networks.length === 0
    ? []
    : [
        `AWS and ${networks.join(", ")}, behind the connection \`${shortName(id)}\` without BGP: AWS learns the way there`,
      ];
}

/** The networks that use a gateway by peerings of others, which both sides must allow. */
function spokesOf(
  { id, type, inputs }: SnapshotResource,
  gateways: readonly string[],
  others: readonly SnapshotResource[],
): readonly string[] {
  if (type !== azureTypes.virtualNetworkGateway || !gateways.some((one) => sameAzureId(one, id))) return [];
  const [hub = ""] = (knownStrings(inputs, "ipConfigurations.subnet.id")[0] ?? "").split("/subnets/");
  const sides = others
    .filter((one) => one.type === azureTypes.virtualNetworkPeering)
    .map((one) => ({
      ...{ from: one.id.split("/virtualNetworkPeerings/")[0], inputs: one.inputs },
      to: text(one.inputs, "remoteVirtualNetwork.id"),
    }));
  return sides.flatMap(({ from, to, inputs: lends }) => {
    const uses = sides.some(
      (one) =>
        sameAzureId(one.from, to) && sameAzureId(one.to, from) && isTrue(one.inputs, "useRemoteGateways"),
    );
    return sameAzureId(from, hub) && isTrue(lends, "allowGatewayTransit") && uses
      ? peeredWith(to, others)
      : [];
  });
}

/** A virtual private gateway passes on between its connections. */
function sitesBehind(
  { id, type, inputs }: SnapshotResource,
  gateways: readonly string[],
  others: readonly SnapshotResource[],
): readonly string[] {
  if (type !== awsTypes.vpnConnection || !gateways.includes(text(inputs, "vpnGatewayId") ?? "")) return [];
  const routes = others
    .filter((one) => one.type === awsTypes.vpnConnectionRoute && one.inputs["vpnConnectionId"] === id)
    .flatMap((one) => knownStrings(one.inputs, "destinationCidrBlock"));
  const what = routes.length === 0 ? "what its site announces" : [...routes].sort().join(", ");
  return [`Azure and ${what}, behind the VPN connection \`${id}\` of the same gateway`];
}

function peeredWith(id: string | undefined, others: readonly SnapshotResource[]): readonly string[] {
  if (id === undefined) return [];
  const network = others.find((one) => sameAzureId(one.id, id));
  const prefixes = knownStrings(network?.inputs, "addressSpace.addressPrefixes");
  const where = prefixes.length === 0 ? "" : ` (${prefixes.join(", ")})`;
  return [`AWS and the peered network \`${shortName(network?.id ?? id)}\`${where}`];
}

function shortName(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}
