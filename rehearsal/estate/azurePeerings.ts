import type { RecordedResource } from "../model/recording";
import { azureTypes } from "../model/resourceTypes";
import { isTrue, knownStrings, text } from "../model/values";
import type { AzureNetwork } from "./azure";
import { azureNameOf } from "./azureNames";
import { sameAzureId } from "../model/azureIds";
import type { EstateIndex, Item } from "./estateIndex";

export interface AzurePeerings {
  readonly peerings: readonly AzurePeering[];
}

/** One side of a peering: what a network lets another do. Each side is a resource of its own. */
export interface AzurePeering extends Item {
  readonly network: AzureNetwork | undefined;
  /** The network on the other side; undefined where nobody has read it. */
  readonly remote: AzureNetwork | undefined;
  readonly allowGatewayTransit: boolean;
  readonly useRemoteGateways: boolean;
  readonly allowVirtualNetworkAccess: boolean;
  /** `Connected`, `Initiated` or `Disconnected`; undefined for a side of the stack's, which connects with its other side. */
  readonly state: string | undefined;
  /** The other side's networks as this side knows them: a prefix that came later is missing until somebody syncs. */
  readonly remotePrefixes: readonly string[];
}

export function readPeerings(index: EstateIndex, networks: readonly AzureNetwork[]): readonly AzurePeering[] {
  return index.ofType(azureTypes.virtualNetworkPeering).map((resource) => {
    const { inputs, outputs } = resource;
    const remoteId = text(inputs, "remoteVirtualNetwork.id");
    const remote = networks.find((network) => sameAzureId(network.resource.id, remoteId));
    const known = knownStrings(outputs, "remoteAddressSpace.addressPrefixes");
    return {
      resource,
      network: networks.find((network) => holds(network.resource, resource)),
      remote,
      allowGatewayTransit: isTrue(inputs, "allowGatewayTransit"),
      useRemoteGateways: isTrue(inputs, "useRemoteGateways"),
      // Azure's default: https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-peering
      allowVirtualNetworkAccess: inputs["allowVirtualNetworkAccess"] !== false,
      state: resource.foreign === true ? text(outputs, "peeringState") : undefined,
      remotePrefixes: known.length > 0 ? known : (remote?.prefixes ?? []),
    };
  });
}

function holds(network: RecordedResource, peering: RecordedResource): boolean {
  return (
    peering.id.toLowerCase().startsWith(`${network.id.toLowerCase()}/`) ||
    (peering.foreign !== true &&
      azureNameOf(network) === text(peering.inputs, "virtualNetworkName") &&
      text(network.inputs, "resourceGroupName") === text(peering.inputs, "resourceGroupName"))
  );
}

/** Both sides between two networks; undefined where one is missing. */
export interface BothSides {
  readonly hub: AzurePeering | undefined;
  readonly spoke: AzurePeering | undefined;
}

export function peeringBetween(
  { peerings }: AzurePeerings,
  hub: AzureNetwork | undefined,
  spoke: AzureNetwork | undefined,
): BothSides {
  const side = (here: typeof hub, there: typeof hub) =>
    peerings.find((one) => here !== undefined && one.network === here && one.remote === there);
  return { hub: side(hub, spoke), spoke: side(spoke, hub) };
}

/** Why the spoke does not use the hub's gateway, as each side has it; undefined where it does. */
export function transitProblem({
  hub,
  spoke,
}: BothSides): { readonly at: Item; readonly rule: string } | undefined {
  const [first, other] = hub === undefined ? [spoke, hub] : [hub, spoke];
  if (first === undefined) return undefined;
  if (other === undefined)
    return { at: first, rule: "the other side of the peering is missing: it is Disconnected" };
  for (const one of [first, other])
    if (one.state !== undefined && one.state !== "Connected")
      return { at: one, rule: `the peering is ${one.state}: delete both sides and make them again` };
  for (const one of [first, other])
    if (!one.allowVirtualNetworkAccess)
      return { at: one, rule: "allowVirtualNetworkAccess is off: no packet passes the peering" };
  if (hub?.allowGatewayTransit !== true)
    return { at: first, rule: "the hub's side lacks allowGatewayTransit" };
  if (spoke?.useRemoteGateways !== true)
    return { at: other, rule: "the spoke's side lacks useRemoteGateways" };
  return undefined;
}
