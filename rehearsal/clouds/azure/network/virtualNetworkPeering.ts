import { sameAzureId } from "../../../model/azureIds";
import { overlap } from "../../../model/addresses";
import type { Props, Refusal } from "../../../model/recording";
import { azureTypes } from "../../../model/resourceTypes";
import { isTrue, knownStrings, text } from "../../../model/values";
import type { CloudView, LiveResource, ResourceRecord } from "../../cloudType";
import { access, none } from "../../impact";
import { aboutMinutes, each, refuseIf, words } from "../../rules";
import { byId, commonErrors, inVirtualNetwork, networkType, partOfTheUrl } from "../azure";
import { azureImpacts } from "../impacts";
import { azure, networkPermissions } from "../permissions";

const type = azureTypes.virtualNetworkPeering;
const transit = "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-peering-gateway-transit";
const manage = "https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-peering";
const field = "https://learn.microsoft.com/azure/virtual-network/virtual-network-troubleshoot-peering-issues";

const network = networkType("virtualNetworks", "virtualNetworkName");
const common = networkType("virtualNetworks/virtualNetworkPeerings", "virtualNetworkPeeringName");

const cut = access("machines of the peered network reach AWS, or no longer do", transit);

export const virtualNetworkPeering: ResourceRecord = {
  ...common,
  properties: words(`
    allowForwardedTraffic allowGatewayTransit allowVirtualNetworkAccess doNotVerifyRemoteGateways enableOnlyIPv6Peering id
    localAddressSpace.* localSubnetNames localVirtualNetworkAddressSpace.* name peerCompleteVnets peeringState
    peeringSyncLevel remoteAddressSpace.* remoteBgpCommunities.* remoteSubnetNames remoteVirtualNetwork.id
    remoteVirtualNetworkAddressSpace.* resourceGroupName syncRemoteAddressSpace type useRemoteGateways
    virtualNetworkName virtualNetworkPeeringName`),
  required: ["resourceGroupName", "virtualNetworkName"],
  values: {
    peeringState: words("Initiated Connected Disconnected"),
    peeringSyncLevel: words("FullyInSync RemoteNotInSync LocalNotInSync LocalAndRemoteNotInSync"),
  },
  replaces: { ...common.replaces, virtualNetworkName: partOfTheUrl },
  references: {
    ...inVirtualNetwork,
    "remoteVirtualNetwork.id": byId(azureTypes.virtualNetwork, { source: commonErrors }),
  },
  permissions: azure(
    "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
    `${networkPermissions}; ${manage}`,
    ["Microsoft.Network/virtualNetworks/peer/action"],
  ),
  impact: azureImpacts({
    create: access("machines of the peered network reach AWS", transit),
    replace: cut,
    replacing: "virtualNetworkName virtualNetworkPeeringName remoteVirtualNetwork",
    properties: {
      ...each(
        "allowForwardedTraffic allowGatewayTransit allowVirtualNetworkAccess useRemoteGateways localSubnetNames remoteSubnetNames peerCompleteVnets",
        cut,
      ),
      syncRemoteAddressSpace: none("it only takes over the other network's new addresses", manage),
    },
  }),
  create: aboutMinutes(0.3, "a peering is there within seconds"),
  update: aboutMinutes(0.3, "a peering changes within seconds"),
  delete: aboutMinutes(0.3, "a peering goes within seconds"),
  refuse: (inputs, cloud, { id }) => {
    const [local, remote] = [localNetwork(inputs, cloud), remoteNetwork(inputs, cloud)];
    if (local === undefined || remote === undefined) return [];
    const others = peeringsOf(local, cloud).filter((other) => other.id !== id);
    return [
      ...refuseOverlap(local, remote, others),
      ...refuseIf(
        others.some((other) => remoteNetwork(other.inputs, cloud) === remote),
        {
          code: "AnotherPeeringAlreadyReferencesRemoteVnet",
          message: `${local.id} has a peering with ${remote.id} already`,
          property: "remoteVirtualNetwork",
          source: field,
        },
      ),
      ...(isTrue(inputs, "useRemoteGateways")
        ? refuseRemoteGateways(inputs, cloud, { local, remote, others })
        : []),
    ];
  },
  id: (inputs, cloud) =>
    `${network.id(inputs, cloud)}/virtualNetworkPeerings/${text(inputs, "virtualNetworkPeeringName") ?? ""}`,
  outputs: (inputs, cloud, subject) => {
    const space = { addressPrefixes: prefixesOf(remoteNetwork(inputs, cloud)) };
    return {
      ...common.outputs(inputs, cloud, subject),
      peeringState: peeringState(inputs, cloud),
      peeringSyncLevel: "FullyInSync",
      remoteAddressSpace: space,
      remoteVirtualNetworkAddressSpace: space,
    };
  },
};

/** Connected once the other network has a peering back. */
export function peeringState(inputs: Props, cloud: CloudView): "Connected" | "Initiated" {
  return reverseOf(inputs, cloud) === undefined ? "Initiated" : "Connected";
}

/** The peerings of other networks that lead the traffic of those through the gateways of this one. */
export function usersOfGateways(networkId: string, cloud: CloudView): readonly LiveResource[] {
  return cloud
    .all(type)
    .filter(
      ({ inputs }) =>
        isTrue(inputs, "useRemoteGateways") &&
        sameAzureId(text(inputs, "remoteVirtualNetwork.id"), networkId),
    );
}

export function gatewaysIn(networkId: string, cloud: CloudView): readonly LiveResource[] {
  const start = `${networkId}/subnets/`.toLowerCase();
  return cloud
    .all(azureTypes.virtualNetworkGateway)
    .filter(({ inputs }) =>
      knownStrings(inputs, "ipConfigurations.subnet.id").some((id) => id.toLowerCase().startsWith(start)),
    );
}

export function peeringsOf({ id }: Pick<LiveResource, "id">, cloud: CloudView): readonly LiveResource[] {
  const start = `${id}/`.toLowerCase();
  return cloud.all(type).filter((peering) => peering.id.toLowerCase().startsWith(start));
}

function localNetwork(inputs: Props, cloud: CloudView): LiveResource | undefined {
  return cloud.find(azureTypes.virtualNetwork, network.id(inputs, cloud));
}

function remoteNetwork(inputs: Props, cloud: CloudView): LiveResource | undefined {
  return cloud.find(azureTypes.virtualNetwork, text(inputs, "remoteVirtualNetwork.id") ?? "");
}

function reverseOf(inputs: Props, cloud: CloudView): LiveResource | undefined {
  const [local, remote] = [localNetwork(inputs, cloud), remoteNetwork(inputs, cloud)];
  if (local === undefined || remote === undefined) return undefined;
  return peeringsOf(remote, cloud).find((other) => remoteNetwork(other.inputs, cloud) === local);
}

function prefixesOf(one: LiveResource | undefined): readonly string[] {
  return knownStrings(one?.inputs, "addressSpace.addressPrefixes");
}

function refuseOverlap(
  local: LiveResource,
  remote: LiveResource,
  others: readonly LiveResource[],
): readonly Refusal[] {
  const meets = (taken: readonly string[]) =>
    prefixesOf(remote).find((prefix) => taken.some((one) => overlap(one, prefix)));
  const own = meets(prefixesOf(local));
  const held = others.find(({ outputs }) =>
    meets(knownStrings(outputs, "remoteAddressSpace.addressPrefixes")),
  );
  return [
    ...refuseIf(own !== undefined, {
      code: "VnetAddressSpacesOverlap",
      message: `${local.id} and ${remote.id} cannot be peered: their address spaces overlap (${own ?? ""})`,
      property: "remoteVirtualNetwork",
      source: field,
    }),
    ...refuseIf(held !== undefined, {
      code: "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet",
      message: `${remote.id} overlaps a network that ${local.id} is peered with by ${held?.id ?? ""}`,
      property: "remoteVirtualNetwork",
      source: field,
    }),
  ];
}

function refuseRemoteGateways(
  inputs: Props,
  cloud: CloudView,
  {
    local,
    remote,
    others,
  }: {
    readonly local: LiveResource;
    readonly remote: LiveResource;
    readonly others: readonly LiveResource[];
  },
): readonly Refusal[] {
  const gateways = gatewaysIn(remote.id, cloud);
  const back = reverseOf(inputs, cloud);
  const property = "useRemoteGateways";
  const rule = `guess: the code; the rule: ${transit}`;
  return [
    ...refuseIf(gateways.length === 0 && !isTrue(inputs, "doNotVerifyRemoteGateways"), {
      code: "RemoteVnetHasNoGateways",
      message: `${remote.id} has no gateways yet, and the peering is to use them`,
      absent: `a gateway in ${remote.id}`,
      property,
      source: `${field} ; https://github.com/hashicorp/terraform/issues/30569`,
    }),
    ...refuseIf(back !== undefined && !isTrue(back.inputs, "allowGatewayTransit"), {
      code: "RemotePeeringDoesNotAllowGatewayTransit",
      message: `${back?.id ?? ""} does not have allowGatewayTransit`,
      property,
      source: rule,
    }),
    ...refuseIf(gatewaysIn(local.id, cloud).length > 0, {
      code: "VnetWithGatewayCannotUseRemoteGateways",
      message: `${local.id} has a gateway of its own, so it cannot use that of another network`,
      property,
      source: rule,
    }),
    ...others
      .filter((other) => isTrue(other.inputs, property))
      .map((other) => ({
        code: "OnlyOnePeeringCanUseRemoteGateways",
        message: `${other.id} uses remote gateways already, and one peering of a network can`,
        property,
        source: rule,
      })),
    ...refuseIf(
      gateways.length > 0 && gateways.every((gateway) => text(gateway.inputs, "sku.name") === "Basic"),
      {
        code: "BasicSkuVirtualNetworkGatewayDoesNotSupportGatewayTransit",
        message: `the gateway of ${remote.id} has the SKU Basic, which other networks cannot use`,
        property,
        source: rule,
      },
    ),
  ];
}
