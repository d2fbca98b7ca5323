import { covers, isNetwork, overlap } from "../../../model/addresses";
import type { Refusal } from "../../../model/recording";
import { azureTypes } from "../../../model/resourceTypes";
import { knownStrings } from "../../../model/values";
import type { CloudView, ResourceRecord } from "../../cloudType";
import { access, address, none } from "../../impact";
import { aboutMinutes, each, refuseIf, words } from "../../rules";
import { commonErrors, generated, networkType } from "../azure";
import { azureImpacts } from "../impacts";
import { refuseLocation } from "../location";
import { azure, networkPermissions } from "../permissions";
import { rangesOf, subnetsOf, usersOf } from "./subnetUse";

const type = azureTypes.virtualNetwork;
const common = networkType("virtualNetworks", "virtualNetworkName");
const faq = "https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq";
const manage = "https://learn.microsoft.com/azure/virtual-network/manage-virtual-network";

/** What a virtual network may not contain: https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq */
const unroutable = ["224.0.0.0/4", "255.255.255.255/32", "127.0.0.0/8", "169.254.0.0/16", "168.63.129.16/32"];

export const virtualNetwork: ResourceRecord = {
  ...common,
  properties: words(`
    addressSpace.addressPrefixes addressSpace.ipamPoolPrefixAllocations.* bgpCommunities.* ddosProtectionPlan.*
    dhcpOptions.dnsServers enableDdosProtection enableVmProtection encryption.enabled encryption.enforcement
    extendedLocation.* flowTimeoutInMinutes id ipAllocations.* location privateEndpointVNetPolicies
    resourceGroupName subnets.* tags.* virtualNetworkName virtualNetworkPeerings.*`),
  values: {
    "encryption.enforcement": words("DropUnencrypted AllowUnencrypted"),
    privateEndpointVNetPolicies: words("Disabled Basic"),
  },
  replaces: { ...common.replaces, location: generated },
  permissions: azure("Microsoft.Network/virtualNetworks", networkPermissions),
  impact: azureImpacts({
    create: none("an empty network", manage),
    replace: address("everything in the network is replaced with it, and its id is an output", manage),
    replacing: "virtualNetworkName",
    properties: {
      addressSpace: access("address ranges that are added or removed change what is routed here", manage),
      ...each("enableDdosProtection enableVmProtection", none("it does not carry traffic", manage)),
    },
  }),
  create: aboutMinutes(0.2, "a virtual network is there within seconds"),
  update: aboutMinutes(0.2, "a virtual network changes within seconds"),
  delete: aboutMinutes(0.2, "an empty virtual network goes within seconds"),
  refuse: (inputs, cloud, { id }) => [
    ...refuseLocation(type, inputs, cloud, id),
    ...refuseAddressSpace(knownStrings(inputs, "addressSpace.addressPrefixes")),
    ...refuseLostPrefixes(knownStrings(inputs, "addressSpace.addressPrefixes"), cloud, id),
  ],
  // Deleting a network deletes its subnets, unless one of them is in use.
  refuseDelete: ({ id }, cloud) =>
    usersOf((held) => held.startsWith(`${id}/`), cloud).map((held) => ({
      code: "InUseSubnetCannotBeDeleted",
      message: `a subnet of ${id} is in use by ${held.id}`,
      heldBy: held.urn,
      source: commonErrors,
    })),
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
  const uncovered = subnetsOf(id, cloud).filter(({ inputs }) =>
    rangesOf(inputs).some((range) => !prefixes.some((prefix) => covers(prefix, range))),
  );
  return uncovered.map((held) => ({
    code: "InUsePrefixCannotBeDeleted",
    message: `the address space would no longer cover ${held.id}`,
    heldBy: held.urn,
    property: "addressSpace.addressPrefixes",
    source: faq,
  }));
}
