import { covers, isNetwork, overlap, prefixLength } from "../../../model/addresses";
import type { Props, Refusal } from "../../../model/recording";
import { azureTypes } from "../../../model/resourceTypes";
import { holdsUnknown, knownStrings, text } from "../../../model/values";
import type { CloudView, ResourceRecord } from "../../cloudType";
import { access, address, none } from "../../impact";
import { aboutMinutes, each, refuseIf, words } from "../../rules";
import { byId, commonErrors, inputsBefore, inVirtualNetwork, networkType, partOfTheUrl } from "../azure";
import { azureImpacts } from "../impacts";
import { azure, networkPermissions } from "../permissions";
import { rangesOf, subnetsOf, usersOf } from "./subnetUse";

const faq = "https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq";
const manage = "https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-subnet";
const gatewaySettings =
  "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings#gwsub";
const security = "https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview";

const network = networkType("virtualNetworks", "virtualNetworkName");
const common = networkType("virtualNetworks/subnets", "subnetName");

export const subnet: ResourceRecord = {
  ...common,
  properties: words(`
    addressPrefix addressPrefixes applicationGatewayIPConfigurations.* defaultOutboundAccess delegations.* id
    ipAllocations.* ipamPoolPrefixAllocations.* name natGateway.* networkSecurityGroup.id
    privateEndpointNetworkPolicies privateLinkServiceNetworkPolicies resourceGroupName routeTable.*
    serviceEndpointPolicies.* serviceEndpoints.* sharingScope subnetName type virtualNetworkName`),
  required: ["resourceGroupName", "virtualNetworkName"],
  values: {
    privateEndpointNetworkPolicies: words("Enabled Disabled NetworkSecurityGroupEnabled RouteTableEnabled"),
    privateLinkServiceNetworkPolicies: words("Enabled Disabled"),
    sharingScope: words("Tenant DelegatedServices"),
  },
  replaces: { ...common.replaces, virtualNetworkName: partOfTheUrl },
  references: {
    ...inVirtualNetwork,
    "networkSecurityGroup.id": byId(azureTypes.networkSecurityGroup, {
      inUse: "InUseNetworkSecurityGroupCannotBeDeleted",
      source: commonErrors,
    }),
  },
  permissions: azure("Microsoft.Network/virtualNetworks/subnets", networkPermissions, [
    "Microsoft.Network/networkSecurityGroups/join/action",
  ]),
  impact: azureImpacts({
    create: none("an empty subnet", manage),
    replace: address("machines in the subnet lose their addresses, and its id is an output", manage),
    replacing: "addressPrefix subnetName virtualNetworkName",
    properties: {
      networkSecurityGroup: access("what the client subnet lets through changes at once", security),
      routeTable: access("the subnet's traffic takes another route", manage),
      defaultOutboundAccess: access(
        "machines of the subnet get a way out to the internet, or lose it",
        "https://learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access",
      ),
      ...each(
        "privateEndpointNetworkPolicies privateLinkServiceNetworkPolicies",
        none("it concerns Azure's own private endpoints, and there are none", manage),
      ),
    },
  }),
  create: aboutMinutes(0.1, "a subnet is there within seconds"),
  update: aboutMinutes(0.1, "a subnet changes within seconds"),
  delete: aboutMinutes(0.2, "an empty subnet goes within seconds"),
  refuse: (inputs, cloud, { id }) => [
    ...refuseRange(inputs, cloud, id),
    ...refuseRangeInUse(inputs, cloud, id),
    ...refuseOnGatewaySubnet(inputs),
  ],
  id: (inputs, cloud) => `${network.id(inputs, cloud)}/subnets/${text(inputs, "subnetName") ?? ""}`,
  outputs: (inputs, cloud, subject) => {
    const all = Object.entries(common.outputs(inputs, cloud, subject));
    // A subnet is the only network resource without a GUID.
    return Object.fromEntries(all.filter(([property]) => property !== "resourceGuid"));
  },
};

function refuseRange(inputs: Props, cloud: CloudView, id: string | undefined): readonly Refusal[] {
  // Of several networks of one name the one of this resource group.
  const named = cloud
    .all(azureTypes.virtualNetwork)
    .filter(({ outputs }) => outputs["name"] === inputs["virtualNetworkName"]);
  const own = cloud.find(azureTypes.virtualNetwork, network.id(inputs, cloud));
  const parent = own ?? (holdsUnknown(inputs["resourceGroupName"]) ? named[0] : undefined);
  const space = knownStrings(parent?.inputs, "addressSpace.addressPrefixes");
  const siblings = parent === undefined ? [] : subnetsOf(parent.id, cloud).filter((other) => other.id !== id);
  const property = "addressPrefix";
  return rangesOf(inputs).flatMap((range) => [
    ...refuseIf(!isNetwork(range), {
      code: "InvalidCIDRNotation",
      message: `the address prefix ${range} has an invalid CIDR notation`,
      property,
      source: commonErrors,
    }),
    ...refuseIf(isNetwork(range) && prefixLength(range) > 29, {
      code: "NetcfgInvalidSubnet",
      message: `subnet ${range} is smaller than /29, the smallest that Azure accepts`,
      property,
      source: faq,
    }),
    ...refuseIf(space.length > 0 && isNetwork(range) && !space.some((prefix) => covers(prefix, range)), {
      code: "NetcfgInvalidSubnet",
      message: `subnet ${range} is not valid in a virtual network of ${space.join(", ")}`,
      property,
      source: manage,
    }),
    ...siblings
      .filter((other) => rangesOf(other.inputs).some((taken) => overlap(taken, range)))
      .map((other) => ({
        code: "NetcfgSubnetRangesOverlap",
        message: `subnet ${range} overlaps ${other.id}`,
        property,
        source: manage,
      })),
  ]);
}

/** A subnet in use keeps its range: a larger one is refused as well. */
function refuseRangeInUse(inputs: Props, cloud: CloudView, id: string | undefined): readonly Refusal[] {
  const [before] = rangesOf(inputsBefore(azureTypes.subnet, cloud, id) ?? {});
  const now = rangesOf(inputs);
  if (before === undefined || now.length === 0 || now.includes(before)) return [];
  return usersOf((held) => held === id, cloud).map((held) => ({
    code: "InUsePrefixCannotBeDeleted",
    message: `${before} has active allocations: ${held.id}`,
    heldBy: held.urn,
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
