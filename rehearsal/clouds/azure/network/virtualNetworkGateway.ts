import { addressAt, prefixLength } from "../../../model/addresses";
import type { Props, Refusal } from "../../../model/recording";
import {
  commonErrors,
  nameOf,
  networkId,
  networkOutputs,
  partOfTheUrl,
  refuseLocation,
  resourceGroup,
} from "../azure";
import { asnOf, bgpFaq, isAzureApipa, refuseAsn } from "./bgp";
import { refuseGatewayAddresses } from "./gatewayAddresses";
import { refuseGatewaySku } from "./gatewaySku";
import type { CloudType, CloudView, LiveResource } from "../../cloudType";
import { each, refuseIf, words } from "../../rules";
import { holdsUnknown, isList, isProps, isTrue, knownStrings, text, valuesAt } from "../../../model/values";

export const gatewayType = "azure-native:network:VirtualNetworkGateway";
const settings = "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings";

export const azureGateway: Readonly<Record<string, CloudType>> = {
  [gatewayType]: {
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
    required: ["resourceGroupName"],
    replaces: each("resourceGroupName virtualNetworkGatewayName", partOfTheUrl),
    references: {
      resourceGroupName: resourceGroup,
      "ipConfigurations.publicIPAddress.id": {
        types: ["azure-native:network:PublicIPAddress"],
        missing: "InvalidResourceReference",
        inUse: "PublicIPAddressCannotBeDeleted",
        source: "https://github.com/hashicorp/terraform-provider-azurerm/issues/688",
      },
      "ipConfigurations.subnet.id": {
        types: ["azure-native:network:Subnet"],
        missing: "InvalidResourceReference",
        inUse: "InUseSubnetCannotBeDeleted",
        source: "https://github.com/hashicorp/terraform-provider-azurerm/issues/688",
      },
    },
    autoName: "virtualNetworkGatewayName",
    duplicate: { code: "AlreadyExists", source: partOfTheUrl },
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
      ...refuseLocation(gatewayType, inputs, cloud, id),
      ...refuseGatewaySku(inputs, id === undefined ? undefined : cloud.find(gatewayType, id)?.inputs),
      ...refuseGatewayAddresses(inputs, cloud, id),
      ...refuseSubnet(inputs, cloud, id),
      ...refuseAsn(inputs, "gateway"),
      ...refuseCustomAddresses(inputs, idOf(inputs, cloud), name),
    ],
    id: (inputs, cloud) => idOf(inputs, cloud),
    outputs: (inputs, cloud, { seed, id }) => ({
      ...networkOutputs("virtualNetworkGateways", text(inputs, "virtualNetworkGatewayName") ?? "", seed),
      ...inputDefaults(inputs),
      ipConfigurations: configurations(inputs).map((configuration) => ({
        ...configuration,
        id: configurationId(id, configuration),
        provisioningState: "Succeeded",
      })),
      bgpSettings: bgpOutputs(inputs, cloud, id),
    }),
  },
};

function idOf(inputs: Props, cloud: CloudView): string {
  return networkId("virtualNetworkGateways", "virtualNetworkGatewayName")(inputs, cloud);
}

function inputDefaults(inputs: Props): Props {
  return { activeActive: isTrue(inputs, "activeActive"), enableBgp: isTrue(inputs, "enableBgp") };
}

export function configurations(inputs: Props): readonly Props[] {
  return isList(inputs["ipConfigurations"]) ? inputs["ipConfigurations"].filter(isProps) : [];
}

function configurationId(gatewayId: string, configuration: Props): string {
  return `${gatewayId}/ipConfigurations/${text(configuration, "name") ?? "default"}`;
}

/** What Azure tells of its BGP end: an address of the subnet for each instance, and its public address. */
function bgpOutputs(inputs: Props, cloud: CloudView, id: string): Props {
  const subnetId = knownStrings(inputs, "ipConfigurations.subnet.id")[0];
  const subnet = subnetId === undefined ? undefined : cloud.find("azure-native:network:Subnet", subnetId);
  const range = text(subnet?.inputs, "addressPrefix") ?? "";
  const custom = isList(inputs["bgpSettings"])
    ? []
    : valuesAt(inputs, "bgpSettings.bgpPeeringAddresses").filter(isProps);
  const addresses = configurations(inputs).map((configuration, instance) => {
    const own = custom.find((entry) => entry["ipconfigurationId"] === configurationId(id, configuration));
    const publicId = text(configuration, "publicIPAddress.id") ?? "";
    return {
      ipconfigurationId: configurationId(id, configuration),
      customBgpIpAddresses: own?.["customBgpIpAddresses"] ?? [],
      // Azure takes them from the subnet; which ones is its own affair.
      defaultBgpIpAddresses: [addressAt(range, 4 + instance) ?? ""],
      tunnelIpAddresses: knownStrings(
        cloud.find("azure-native:network:PublicIPAddress", publicId)?.outputs,
        "ipAddress",
      ),
    };
  });
  return {
    asn: asnOf(inputs),
    bgpPeeringAddress: addresses.flatMap((address) => address.defaultBgpIpAddresses).join(","),
    peerWeight: 0,
    bgpPeeringAddresses: addresses,
  };
}

/** The smallest GatewaySubnet: /29 carries Basic, every other SKU needs /27. */
function refuseSubnet(inputs: Props, cloud: CloudView, id: string | undefined): readonly Refusal[] {
  const property = "ipConfigurations.subnet.id";
  const ids = [...new Set(knownStrings(inputs, property))];
  const largest = text(inputs, "sku.name") === "Basic" ? 29 : 27;
  return ids.flatMap((subnetId) => {
    const subnet = cloud.find("azure-native:network:Subnet", subnetId);
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
      ...otherGateways(cloud, id)
        .filter((other) => knownStrings(other.inputs, property).includes(subnetId))
        .map((other) => ({
          code: "VirtualNetworkGatewayAlreadyExistsInVirtualNetwork",
          message: `a virtual network has one VPN gateway, and ${other.id} is there already`,
          property,
          source: `guess: the code; the rule: ${settings}`,
        })),
    ];
  });
}

function otherGateways(cloud: CloudView, id: string | undefined): readonly LiveResource[] {
  return cloud.all(gatewayType).filter((other) => other.id !== id);
}

function refuseCustomAddresses(inputs: Props, id: string, name: string): readonly Refusal[] {
  const property = "bgpSettings.bgpPeeringAddresses";
  const custom = knownStrings(inputs, `${property}.customBgpIpAddresses`);
  // What a configuration's id is made of.
  const identity = ["resourceGroupName", "virtualNetworkGatewayName", "ipConfigurations"];
  const own = configurations(inputs).map((configuration) => configurationId(id, configuration));
  return [
    ...custom
      .filter((address) => !isAzureApipa(address))
      .map((address) => ({
        code: "InvalidCustomBgpIpAddress",
        message: `custom BGP address ${address} is outside 169.254.21.0-169.254.22.255`,
        property: `${property}.customBgpIpAddresses`,
        source: `guess: the code; the rule: ${bgpFaq}`,
      })),
    ...refuseIf(new Set(custom).size < custom.length, {
      code: "DuplicateCustomBgpIpAddress",
      message: "a custom BGP address is given twice",
      property: `${property}.customBgpIpAddresses`,
      source: `guess: the code; the rule: ${bgpFaq}`,
    }),
    ...refuseIf(custom.length > 1 && inputs["activeActive"] === false, {
      code: "TooManyCustomBgpIpAddresses",
      message: "a gateway that is not active-active takes one custom BGP address",
      property: `${property}.customBgpIpAddresses`,
      source: `guess: the code; the rule: https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-howto-aws-bgp`,
    }),
    ...knownStrings(inputs, `${property}.ipconfigurationId`)
      .filter(() => !identity.some((part) => holdsUnknown(inputs[part])))
      .filter((reference) => !own.includes(reference))
      .map((reference) => ({
        code: "InvalidResourceReference",
        message: `${name} has no IP configuration ${reference}`,
        property: `${property}.ipconfigurationId`,
        source: commonErrors,
      })),
  ];
}
