import { covers, isNetwork, overlap, prefixLength } from "../../../model/addresses";
import type { Props, Refusal } from "../../../model/recording";
import {
  commonErrors,
  generated,
  networkId,
  networkOutputs,
  partOfTheUrl,
  refuseLocation,
  resourceGroup,
} from "../azure";
import { azureAddress } from "./publicIPAddress";
import { azureInterface } from "./networkInterface";
import { azureSecurityGroup } from "./networkSecurityGroup";
import type { CloudType, CloudView, LiveResource } from "../../cloudType";
import { aboutMinutes, each, refuseIf, words } from "../../rules";
import { knownStrings, text } from "../../../model/values";

const virtualNetwork = "azure-native:network:VirtualNetwork";
const subnet = "azure-native:network:Subnet";
const faq = "https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq";
const subnets = "https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-subnet";
const gatewaySettings =
  "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings#gwsub";

/** What a virtual network may not contain: https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq */
const unroutable = ["224.0.0.0/4", "255.255.255.255/32", "127.0.0.0/8", "169.254.0.0/16", "168.63.129.16/32"];

export const azureNetwork: Readonly<Record<string, CloudType>> = {
  ...azureSecurityGroup,
  ...azureAddress,
  ...azureInterface,
  [virtualNetwork]: {
    properties: words(`
      addressSpace.addressPrefixes addressSpace.ipamPoolPrefixAllocations.* bgpCommunities.* ddosProtectionPlan.*
      dhcpOptions.dnsServers enableDdosProtection enableVmProtection encryption.enabled encryption.enforcement
      extendedLocation.* flowTimeoutInMinutes id ipAllocations.* location privateEndpointVNetPolicies
      resourceGroupName subnets.* tags.* virtualNetworkName virtualNetworkPeerings.*`),
    required: ["resourceGroupName"],
    replaces: { ...each("resourceGroupName virtualNetworkName", partOfTheUrl), location: generated },
    references: { resourceGroupName: resourceGroup },
    autoName: "virtualNetworkName",
    duplicate: { code: "AlreadyExists", source: partOfTheUrl },
    create: aboutMinutes(0.2, "a virtual network is there within seconds"),
    update: aboutMinutes(0.2, "a virtual network changes within seconds"),
    delete: aboutMinutes(0.2, "an empty virtual network goes within seconds"),
    refuse: (inputs, cloud, { id }) => [
      ...refuseLocation(virtualNetwork, inputs, cloud, id),
      ...refuseAddressSpace(knownStrings(inputs, "addressSpace.addressPrefixes")),
      ...refuseLostPrefixes(knownStrings(inputs, "addressSpace.addressPrefixes"), cloud, id),
    ],
    // Deleting a network deletes its subnets, unless one of them is in use.
    refuseDelete: ({ id }, cloud) =>
      standingIn((held) => held.startsWith(`${id}/`), cloud).map((held) => ({
        code: "InUseSubnetCannotBeDeleted",
        message: `a subnet of ${id} is in use by ${held.id}`,
        source: commonErrors,
      })),
    id: networkId("virtualNetworks", "virtualNetworkName"),
    outputs: (inputs, _cloud, { seed }) =>
      networkOutputs("virtualNetworks", text(inputs, "virtualNetworkName") ?? "", seed),
  },
  [subnet]: {
    properties: words(`
      addressPrefix addressPrefixes applicationGatewayIPConfigurations.* defaultOutboundAccess delegations.* id
      ipAllocations.* ipamPoolPrefixAllocations.* name natGateway.* networkSecurityGroup.id
      privateEndpointNetworkPolicies privateLinkServiceNetworkPolicies resourceGroupName routeTable.*
      serviceEndpointPolicies.* serviceEndpoints.* sharingScope subnetName type virtualNetworkName`),
    required: ["resourceGroupName", "virtualNetworkName"],
    replaces: each("resourceGroupName subnetName virtualNetworkName", partOfTheUrl),
    references: {
      resourceGroupName: resourceGroup,
      virtualNetworkName: {
        types: [virtualNetwork],
        by: "name",
        missing: "ParentResourceNotFound",
        source: commonErrors,
      },
      "networkSecurityGroup.id": {
        types: ["azure-native:network:NetworkSecurityGroup"],
        missing: "InvalidResourceReference",
        inUse: "InUseNetworkSecurityGroupCannotBeDeleted",
        source: commonErrors,
      },
    },
    autoName: "subnetName",
    duplicate: { code: "AlreadyExists", source: partOfTheUrl },
    create: aboutMinutes(0.1, "a subnet is there within seconds"),
    update: aboutMinutes(0.1, "a subnet changes within seconds"),
    delete: aboutMinutes(0.2, "an empty subnet goes within seconds"),
    refuse: (inputs, cloud, { id }) => [
      ...refuseSubnetRange(inputs, cloud, id),
      ...refuseRangeInUse(inputs, cloud, id),
      ...refuseOnGatewaySubnet(inputs),
    ],
    id: (inputs, cloud) =>
      `${networkId("virtualNetworks", "virtualNetworkName")(inputs, cloud)}/subnets/${text(inputs, "subnetName") ?? ""}`,
    outputs: (inputs, _cloud, { seed }) => {
      const all = networkOutputs("virtualNetworks/subnets", text(inputs, "subnetName") ?? "", seed);
      // Alone among them, a subnet has no GUID.
      return Object.fromEntries(Object.entries(all).filter(([property]) => property !== "resourceGuid"));
    },
  },
};

function refuseAddressSpace(prefixes: readonly string[]): readonly Refusal[] {
  const property = "addressSpace.addressPrefixes";
  return prefixes.flatMap((prefix, at) => [
    ...refuseIf(!isNetwork(prefix), {
      code: "InvalidCIDRNotation",
      message: `the address prefix ${prefix} has an invalid CIDR notation`,
      property,
      source: commonErrors,
    }),
    ...refuseIf(
      unroutable.some((barred) => overlap(barred, prefix)),
      {
        code: "AddressPrefixNotAllowed",
        message: `the address prefix ${prefix} overlaps a range that no virtual network may use`,
        property,
        source: `guess: the code; the rule: ${faq}`,
      },
    ),
    ...refuseIf(
      prefixes.slice(0, at).some((other) => overlap(other, prefix)),
      {
        code: "VnetAddressSpacesOverlap",
        message: `the address prefix ${prefix} overlaps another of the same network`,
        property,
        source: `guess: the code; the rule: ${faq}`,
      },
    ),
  ]);
}

/** An update may not drop a prefix that still holds a subnet. */
function refuseLostPrefixes(
  prefixes: readonly string[],
  cloud: CloudView,
  id: string | undefined,
): readonly Refusal[] {
  if (id === undefined || prefixes.length === 0) return [];
  const stranded = subnetsOf(id, cloud).filter(({ inputs }) =>
    ranges(inputs).some((range) => !prefixes.some((prefix) => covers(prefix, range))),
  );
  return stranded.map((held) => ({
    code: "InUsePrefixCannotBeDeleted",
    message: `the address space would no longer cover ${held.id}`,
    property: "addressSpace.addressPrefixes",
    source: faq,
  }));
}

function refuseSubnetRange(inputs: Props, cloud: CloudView, id: string | undefined): readonly Refusal[] {
  const network = cloud
    .all(virtualNetwork)
    .find(({ outputs }) => outputs["name"] === inputs["virtualNetworkName"]);
  const space = knownStrings(network?.inputs, "addressSpace.addressPrefixes");
  const siblings =
    network === undefined ? [] : subnetsOf(network.id, cloud).filter((other) => other.id !== id);
  const property = "addressPrefix";
  return ranges(inputs).flatMap((range) => [
    ...refuseIf(!isNetwork(range), {
      code: "InvalidCIDRNotation",
      message: `the address prefix ${range} has an invalid CIDR notation`,
      property,
      source: commonErrors,
    }),
    ...refuseIf(isNetwork(range) && prefixLength(range) > 29, {
      code: "NetcfgInvalidSubnet",
      message: `subnet ${range} is smaller than /29, the smallest there is`,
      property,
      source: faq,
    }),
    ...refuseIf(space.length > 0 && isNetwork(range) && !space.some((prefix) => covers(prefix, range)), {
      code: "NetcfgInvalidSubnet",
      message: `subnet ${range} is not valid in a virtual network of ${space.join(", ")}`,
      property,
      source: subnets,
    }),
    ...siblings
      .filter((other) => ranges(other.inputs).some((taken) => overlap(taken, range)))
      .map((other) => ({
        code: "NetcfgSubnetRangesOverlap",
        message: `subnet ${range} overlaps ${other.id}`,
        property,
        source: subnets,
      })),
  ]);
}

/** The addresses of a subnet stay what they are while anything stands in it: more of them is a change too. */
function refuseRangeInUse(inputs: Props, cloud: CloudView, id: string | undefined): readonly Refusal[] {
  const [before] = id === undefined ? [] : ranges(cloud.find(subnet, id)?.inputs ?? {});
  const now = ranges(inputs);
  if (before === undefined || now.length === 0 || now.includes(before)) return [];
  return standingIn((held) => held === id, cloud).map((held) => ({
    code: "InUsePrefixCannotBeDeleted",
    message: `${before} has active allocations: ${held.id}`,
    property: "addressPrefix",
    source: "https://github.com/hashicorp/terraform-provider-azurerm/issues/11211",
  }));
}

function refuseOnGatewaySubnet(inputs: Props): readonly Refusal[] {
  if (inputs["subnetName"] !== "GatewaySubnet") return [];
  return refuseIf(inputs["networkSecurityGroup"] !== undefined, {
    code: "NetworkSecurityGroupNotSupportedOnGatewaySubnet",
    message: "a network security group on GatewaySubnet is not supported",
    property: "networkSecurityGroup",
    source: `guess: the code; the rule: ${gatewaySettings}`,
  });
}

/** Gateways and interfaces by the subnets that they stand in. */
function standingIn(isIn: (subnetId: string) => boolean, cloud: CloudView): readonly LiveResource[] {
  return ["azure-native:network:VirtualNetworkGateway", "azure-native:network:NetworkInterface"]
    .flatMap((type) => cloud.all(type))
    .filter(({ inputs }) => knownStrings(inputs, "ipConfigurations.subnet.id").some(isIn));
}

function ranges(inputs: Props): readonly string[] {
  return [...knownStrings(inputs, "addressPrefix"), ...knownStrings(inputs, "addressPrefixes")];
}

function subnetsOf(networkId: string, cloud: CloudView): readonly LiveResource[] {
  return cloud.all(subnet).filter((candidate) => candidate.id.startsWith(`${networkId}/`));
}
