import { sameAzureId } from "../../../model/azureIds";
import { prefixLength } from "../../../model/addresses";
import type { Props, Refusal } from "../../../model/recording";
import { azureTypes } from "../../../model/resourceTypes";
import { isTrue, knownStrings, text } from "../../../model/values";
import type { CloudView, ResourceRecord } from "../../cloudType";
import { downs, none } from "../../impact";
import { refuseIf, words } from "../../rules";
import { byId, inputsBefore, inResourceGroup, nameOf, networkType, othersOf } from "../azure";
import { azureImpacts } from "../impacts";
import { refuseLocation } from "../location";
import { azure, joinSubnet, vpnPermissions } from "../permissions";
import { refuseAsn } from "./bgp";
import { refuseGatewayAddresses } from "./gatewayAddresses";
import { bgpOutputs, refuseCustomAddresses } from "./gatewayBgp";
import { refuseGatewaySku } from "./gatewaySku";
import { gatewaysIn, peeringsOf, usersOfGateways } from "./virtualNetworkPeering";
import { configurationId, configurationsOf } from "./ipConfigurations";

const type = azureTypes.virtualNetworkGateway;
const common = networkType("virtualNetworkGateways", "virtualNetworkGatewayName");
const settings = "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings";
const field = "https://github.com/hashicorp/terraform-provider-azurerm/issues/688";

const transit = "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-peering-gateway-transit";

const allDown = (why: string) => downs("all", why, settings);

export const virtualNetworkGateway: ResourceRecord = {
  ...common,
  properties: words(`
    activeActive adminState allowRemoteVnetTraffic allowVirtualWanTraffic autoScaleConfiguration.* bgpSettings.asn
    bgpSettings.bgpPeeringAddress bgpSettings.bgpPeeringAddresses.customBgpIpAddresses
    bgpSettings.bgpPeeringAddresses.ipconfigurationId bgpSettings.peerWeight customRoutes.*
    disableIPSecReplayProtection enableBgp enableBgpRouteTranslationForNat enableDnsForwarding
    enablePrivateIpAddress extendedLocation.* gatewayDefaultSite.* gatewayType id identity.* ipConfigurations.id
    ipConfigurations.name ipConfigurations.privateIPAllocationMethod ipConfigurations.publicIPAddress.id
    ipConfigurations.subnet.id location natRules.* resiliencyModel resourceGroupName sku.name sku.tier tags.*
    vNetExtendedLocationResourceId virtualNetworkGatewayName virtualNetworkGatewayPolicyGroups.*
    vpnClientConfiguration.* vpnGatewayGeneration vpnType`),
  values: {
    adminState: words("Enabled Disabled"),
    gatewayType: words("Vpn ExpressRoute LocalGateway"),
    "ipConfigurations.privateIPAllocationMethod": words("Static Dynamic"),
    resiliencyModel: words("SingleHomed MultiHomed"),
    vpnGatewayGeneration: words("None Generation1 Generation2"),
    vpnType: words("PolicyBased RouteBased"),
  },
  references: {
    ...inResourceGroup,
    "ipConfigurations.publicIPAddress.id": byId(azureTypes.publicIPAddress, {
      inUse: "PublicIPAddressCannotBeDeleted",
      source: field,
    }),
    "ipConfigurations.subnet.id": byId(azureTypes.subnet, {
      inUse: "InUseSubnetCannotBeDeleted",
      source: field,
    }),
  },
  permissions: azure("Microsoft.Network/virtualNetworkGateways", vpnPermissions, [
    "Microsoft.Network/publicIPAddresses/join/action",
    joinSubnet,
  ]),
  impact: azureImpacts({
    create: none("a gateway without connections carries nothing", settings),
    replace: allDown("Azure takes up to 45 minutes to create a gateway, and more to delete the old one"),
    replacing: "gatewayType virtualNetworkGatewayName vpnGatewayGeneration vpnType",
    properties: {
      sku: downs(
        "all",
        "a resize restarts the gateway: the tunnels are down for some minutes",
        "https://learn.microsoft.com/azure/vpn-gateway/gateway-sku-resize",
      ),
      activeActive: allDown("the gateway gets or loses an instance: its tunnels are down meanwhile"),
      enableBgp: allDown("the routing of every tunnel changes"),
      bgpSettings: allDown("every BGP session starts again"),
      ipConfigurations: allDown("the gateway's addresses change"),
    },
  }),
  create: {
    min: 25,
    typical: 35,
    max: 60,
    source:
      "https://learn.microsoft.com/azure/vpn-gateway/tutorial-create-gateway-portal : 45 minutes or more",
  },
  update: {
    min: 2,
    typical: 10,
    max: 45,
    source: "guess: between a settings change and a rolling redeployment",
  },
  delete: { min: 10, typical: 15, max: 30, source: "guess: field reports of 10 to 20 minutes" },
  refuse: (inputs, cloud, { id, name }) => [
    ...refuseLocation(type, inputs, cloud, id),
    ...refuseGatewaySku(inputs, inputsBefore(type, cloud, id)),
    ...refuseGatewayAddresses(inputs, cloud, id),
    ...refuseSubnet(inputs, cloud, id),
    ...refuseRemoteUser(inputs, cloud),
    ...refuseAsn(inputs, "gateway"),
    ...refuseCustomAddresses(inputs, common.id(inputs, cloud), name),
  ],
  refuseDelete: ({ inputs }, cloud) =>
    networksOf(inputs).flatMap((network) =>
      gatewaysIn(network, cloud).length > 1
        ? []
        : usersOfGateways(network, cloud).map((peering) => ({
            code: "VirtualNetworkGatewayInUseByPeering",
            message: `${peering.id} uses the gateway`,
            heldBy: peering.urn,
            source: `guess: the code; the rule: ${transit}`,
          })),
    ),
  outputs: (inputs, cloud, subject) => ({
    ...common.outputs(inputs, cloud, subject),
    activeActive: isTrue(inputs, "activeActive"),
    enableBgp: isTrue(inputs, "enableBgp"),
    ipConfigurations: configurationsOf(inputs).map((configuration) => ({
      ...configuration,
      id: configurationId(subject.id, configuration),
      provisioningState: "Succeeded",
    })),
    bgpSettings: bgpOutputs(inputs, cloud, subject.id),
  }),
};

function networksOf(inputs: Props): readonly string[] {
  const ids = knownStrings(inputs, "ipConfigurations.subnet.id");
  return [...new Set(ids.map((id) => id.replace(/\/subnets\/[^/]+$/, "")))];
}

/** A network that sends its traffic through the gateway of another has none of its own. */
function refuseRemoteUser(inputs: Props, cloud: CloudView): readonly Refusal[] {
  return networksOf(inputs).flatMap((network) =>
    peeringsOf({ id: network }, cloud)
      .filter((peering) => isTrue(peering.inputs, "useRemoteGateways"))
      .map((peering) => ({
        code: "VnetUsingRemoteGatewaysCannotHaveGateway",
        message: `${network} uses the gateway of another network (${peering.id}), so it cannot have its own`,
        property: "ipConfigurations.subnet.id",
        source: `guess: the code; the rule: ${transit}`,
      })),
  );
}

/** The smallest GatewaySubnet is /29 for Basic and /27 for every other SKU. */
function refuseSubnet(inputs: Props, cloud: CloudView, id: string | undefined): readonly Refusal[] {
  const property = "ipConfigurations.subnet.id";
  const ids = [...new Set(knownStrings(inputs, property))];
  const largest = text(inputs, "sku.name") === "Basic" ? 29 : 27;
  return ids.flatMap((subnetId) => {
    const subnet = cloud.find(azureTypes.subnet, subnetId);
    const range = text(subnet?.inputs, "addressPrefix") ?? knownStrings(subnet?.inputs, "addressPrefixes")[0];
    return [
      ...refuseIf(nameOf(subnetId) !== "GatewaySubnet", {
        code: "InvalidGatewaySubnetName",
        message: `the subnet of a gateway must be named GatewaySubnet, not ${nameOf(subnetId)}`,
        property,
        source: `guess: the code; the rule: ${settings}#gwsub`,
      }),
      ...refuseIf(range !== undefined && prefixLength(range) > largest, {
        code: "GatewaySubnetTooSmall",
        message: `a gateway of this SKU needs a GatewaySubnet of /${largest} or larger, not ${range ?? ""}`,
        property,
        source: `guess: the code; the rule: ${settings}#gwsub`,
      }),
      ...othersOf(type, cloud, id)
        .filter((other) => knownStrings(other.inputs, property).some((one) => sameAzureId(one, subnetId)))
        // ExpressRoute has a gateway of its own beside it.
        .filter((other) => text(other.inputs, "gatewayType") === text(inputs, "gatewayType"))
        .map((other) => ({
          code: "VirtualNetworkGatewayAlreadyExistsInVirtualNetwork",
          message: `a virtual network has one VPN gateway, and ${other.id} is there already`,
          property,
          source: `guess: the code; the rule: ${settings}`,
        })),
    ];
  });
}
