import { azureTypes } from "../../../rehearsal/model/resourceTypes";
import type { Estate } from "./estates";
import { azureNetwork, inGroup, named, planned } from "./networkEstates";
import { own, planOf, without, withTwin, type Row } from "./refusalRows";
import { bgpEstate, staticEstate } from "./vpnEstates";

/** A network with a gateway, and another that uses it. */
export const spokeEstate: Estate = {
  ...azureNetwork,
  ip2: planOf(bgpEstate, "ip2"),
  gateway: planOf(bgpEstate, "gateway"),
  spoke: planned(azureTypes.virtualNetwork, (made) => ({
    ...inGroup(made),
    addressSpace: { addressPrefixes: ["10.7.0.0/24"] },
  })),
  hubPeering: planned(azureTypes.virtualNetworkPeering, (made) => ({
    resourceGroupName: named(made, "group"),
    virtualNetworkName: named(made, "network"),
    remoteVirtualNetwork: { id: made("spoke").id },
    allowGatewayTransit: true,
  })),
  spokePeering: planned(azureTypes.virtualNetworkPeering, (made) => ({
    resourceGroupName: named(made, "group"),
    virtualNetworkName: named(made, "spoke"),
    remoteVirtualNetwork: { id: made("network").id },
    useRemoteGateways: true,
  })),
};

const withSpokeGateway: Estate = {
  ...spokeEstate,
  spokeGatewaySubnet: planned(azureTypes.subnet, (made) => ({
    resourceGroupName: named(made, "group"),
    virtualNetworkName: named(made, "spoke"),
    subnetName: "GatewaySubnet",
    addressPrefix: "10.7.0.0/27",
  })),
  ip3: planOf(azureNetwork, "ip1"),
  spokeGateway: planned(azureTypes.virtualNetworkGateway, (made) => ({
    ...inGroup(made),
    gatewayType: "Vpn",
    vpnType: "RouteBased",
    sku: { name: "VpnGw1AZ", tier: "VpnGw1AZ" },
    ipConfigurations: [
      {
        name: "default",
        publicIPAddress: { id: made("ip3").id },
        subnet: { id: made("spokeGatewaySubnet").id },
      },
    ],
  })),
};

/** The same with the peering of the spoke at the very end. */
const peeredLast: Estate = {
  ...without(withSpokeGateway, "spokePeering"),
  spokePeering: planOf(spokeEstate, "spokePeering"),
};

export const peeringRows: readonly Row[] = [
  own(spokeEstate, "hubPeering", "ParentResourceNotFound", { virtualNetworkName: "elsewhere" }),
  {
    title: "a network of the same addresses",
    estate: spokeEstate,
    of: "hubPeering",
    changes: { spoke: { addressSpace: { addressPrefixes: ["10.0.1.0/25"] } } },
    code: "VnetAddressSpacesOverlap",
    property: "remoteVirtualNetwork",
  },
  {
    title: "a third network of the addresses of the second",
    estate: {
      ...spokeEstate,
      other: planOf(spokeEstate, "spoke"),
      twin: planOf(spokeEstate, "hubPeering"),
    },
    of: "twin",
    changes: { twin: (made) => ({ remoteVirtualNetwork: { id: made("other").id } }) },
    code: "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet",
  },
  {
    title: "a second peering with the same network",
    estate: withTwin(spokeEstate, "hubPeering"),
    of: "twin",
    changes: {},
    code: "AnotherPeeringAlreadyReferencesRemoteVnet",
  },
  {
    title: "a gateway that is not there yet",
    estate: without(spokeEstate, "gateway"),
    of: "spokePeering",
    changes: {},
    code: "RemoteVnetHasNoGateways",
    property: "useRemoteGateways",
  },
  {
    title: "a gateway that the other side keeps for itself",
    estate: spokeEstate,
    of: "spokePeering",
    changes: { hubPeering: { allowGatewayTransit: false } },
    code: "RemotePeeringDoesNotAllowGatewayTransit",
  },
  {
    title: "a gateway beside its own",
    estate: peeredLast,
    of: "spokePeering",
    changes: {},
    code: "VnetWithGatewayCannotUseRemoteGateways",
  },
  {
    title: "the gateways of a second network",
    estate: {
      ...spokeEstate,
      third: planOf(spokeEstate, "spoke"),
      twin: planOf(spokeEstate, "spokePeering"),
    },
    of: "twin",
    changes: {
      third: { addressSpace: { addressPrefixes: ["10.8.0.0/24"] } },
      twin: (made) => ({ remoteVirtualNetwork: { id: made("third").id } }),
    },
    code: "OnlyOnePeeringCanUseRemoteGateways",
  },
  {
    title: "a gateway of SKU Basic",
    estate: {
      ...staticEstate,
      spoke: planOf(spokeEstate, "spoke"),
      spokePeering: planOf(spokeEstate, "spokePeering"),
    },
    of: "spokePeering",
    changes: {},
    code: "BasicSkuVirtualNetworkGatewayDoesNotSupportGatewayTransit",
  },
  {
    title: "a gateway in a network that uses another's",
    estate: withSpokeGateway,
    of: "spokeGateway",
    changes: {},
    code: "VnetUsingRemoteGatewaysCannotHaveGateway",
  },
];
