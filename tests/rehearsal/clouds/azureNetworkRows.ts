import type { Change } from "./estates";
import { staticEstate } from "./vpnEstates";
import { own, withTwin, type Row } from "./refusalRows";

const nowhere = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/group/nowhere";

const rule = (change: object): Change => ({
  securityRules: [
    {
      name: "rule",
      access: "Allow",
      direction: "Outbound",
      protocol: "Tcp",
      priority: 100,
      sourceAddressPrefix: "*",
      sourcePortRange: "*",
      destinationAddressPrefix: "10.0.0.0/24",
      destinationPortRange: "443",
      ...change,
    },
  ],
});

const secondRule = (change: object): Change => {
  const [first] = rule({}).securityRules as [object];
  return { securityRules: [first, { ...first, name: "other", priority: 200, ...change }] as never };
};

export const azureNetworkRows: readonly Row[] = [
  own(
    staticEstate,
    "group",
    "InvalidResourceGroup",
    { resourceGroupName: "ends.with.a.dot." },
    "resourceGroupName",
  ),
  own(staticEstate, "group", "UnknownProperty", { place: "japaneast" }, "place"),
  {
    title: "a second group of the name",
    estate: withTwin(staticEstate, "group"),
    of: "twin",
    changes: {},
    code: "AlreadyExists",
  },
  own(
    staticEstate,
    "network",
    "MissingRequiredProperty",
    { resourceGroupName: undefined },
    "resourceGroupName",
  ),
  own(
    staticEstate,
    "network",
    "ResourceGroupNotFound",
    { resourceGroupName: "elsewhere" },
    "resourceGroupName",
  ),
  own(
    staticEstate,
    "network",
    "LocationNotAvailableForResourceType",
    { location: "usgovvirginia" },
    "location",
  ),
  ...[{ "k/l": "v" }, { Microsoft: "v" }, { k: "v", K: "v" }, { k: "v".repeat(257) }].map((tags) =>
    own(staticEstate, "network", "InvalidTagName", { tags }, "tags"),
  ),
  own(staticEstate, "network", "InvalidCIDRNotation", { addressSpace: { addressPrefixes: ["10.0.1.5/24"] } }),
  own(staticEstate, "network", "AddressPrefixNotAllowed", {
    addressSpace: { addressPrefixes: ["169.254.0.0/16"] },
  }),
  own(staticEstate, "network", "VnetAddressSpacesOverlap", {
    addressSpace: { addressPrefixes: ["10.0.1.0/24", "10.0.1.0/25"] },
  }),
  own(
    staticEstate,
    "network",
    "UnknownProperty",
    { addressSpace: { prefixes: ["10.0.1.0/24"] } },
    "addressSpace.prefixes",
  ),
  own(
    staticEstate,
    "clientSubnet",
    "ParentResourceNotFound",
    { virtualNetworkName: "elsewhere" },
    "virtualNetworkName",
  ),
  own(staticEstate, "clientSubnet", "InvalidCIDRNotation", { addressPrefix: "10.0.1.1/28" }, "addressPrefix"),
  own(staticEstate, "clientSubnet", "NetcfgInvalidSubnet", { addressPrefix: "10.0.1.0/30" }, "addressPrefix"),
  own(staticEstate, "clientSubnet", "NetcfgInvalidSubnet", { addressPrefix: "10.0.2.0/28" }, "addressPrefix"),
  own(
    staticEstate,
    "gatewaySubnet",
    "NetcfgSubnetRangesOverlap",
    { addressPrefix: "10.0.1.0/27" },
    "addressPrefix",
  ),
  own(
    staticEstate,
    "clientSubnet",
    "InvalidResourceReference",
    { networkSecurityGroup: { id: nowhere } },
    "networkSecurityGroup.id",
  ),
  own(
    staticEstate,
    "gatewaySubnet",
    "NetworkSecurityGroupNotSupportedOnGatewaySubnet",
    (made) => ({ networkSecurityGroup: { id: made("securityGroup").id } }),
    "networkSecurityGroup",
  ),
  own(staticEstate, "securityGroup", "SecurityRuleInvalidPriority", rule({ priority: 99 })),
  own(staticEstate, "securityGroup", "SecurityRuleInvalidPriority", rule({ priority: 4097 })),
  own(staticEstate, "securityGroup", "SecurityRuleConflict", secondRule({ priority: 100 })),
  own(staticEstate, "securityGroup", "DuplicateResourceName", secondRule({ name: "rule" })),
  own(staticEstate, "securityGroup", "InvalidRequestFormat", rule({ access: "Permit" })),
  own(staticEstate, "securityGroup", "InvalidRequestFormat", rule({ direction: "Out" })),
  own(staticEstate, "securityGroup", "InvalidRequestFormat", rule({ protocol: "https" })),
  own(
    staticEstate,
    "securityGroup",
    "SecurityRuleInvalidAddressPrefix",
    rule({ destinationAddressPrefix: "10.0.0.1/24" }),
  ),
  own(staticEstate, "securityGroup", "SecurityRuleInvalidAddressPrefix", rule({ sourceAddressPrefix: null })),
  own(
    staticEstate,
    "securityGroup",
    "SecurityRuleInvalidPortRange",
    rule({ destinationPortRange: "443-80" }),
  ),
  own(staticEstate, "securityGroup", "SecurityRuleInvalidPortRange", rule({ destinationPortRange: "65536" })),
  own(staticEstate, "ip1", "IPv4BasicSkuPublicIpCountLimitReached", { sku: { name: "Basic" } }, "sku"),
  own(staticEstate, "ip1", "IPv4BasicSkuPublicIpCountLimitReached", { sku: undefined }, "sku"),
  own(staticEstate, "ip1", "InvalidRequestFormat", { sku: { name: "Premium" } }, "sku"),
  own(staticEstate, "ip1", "PublicIPAllocationMethodNotSupportedForStandardSku", {
    publicIPAllocationMethod: "Dynamic",
  }),
  own(staticEstate, "ip1", "InvalidIdleTimeoutInMinutes", { idleTimeoutInMinutes: 31 }),
  own(staticEstate, "ip1", "LocationNotSupportAvailabilityZones", { location: "ukwest" }, "zones"),
  own(staticEstate, "ip1", "InvalidAvailabilityZone", { zones: ["1", "4"] }, "zones"),
];
