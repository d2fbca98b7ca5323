import type { Change, Made } from "./estates";
import { bgpEstate, gatewayId, staticEstate } from "./vpnEstates";
import { own, withTwin, type Row } from "./refusalRows";

const nowhere = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/group/nowhere";

export const azureGatewayRows: readonly Row[] = [
  own(
    bgpEstate,
    "gateway",
    "NonAzSkusNotAllowedForVPNGateway",
    { sku: { name: "VpnGw2", tier: "VpnGw2" } },
    "sku",
  ),
  own(
    bgpEstate,
    "gateway",
    "InvalidGatewaySkuSpecified",
    { sku: { name: "Standard", tier: "Standard" } },
    "sku",
  ),
  own(
    bgpEstate,
    "gateway",
    "GatewaySkuNameAndTierMismatch",
    { sku: { name: "VpnGw2AZ", tier: "VpnGw3AZ" } },
    "sku.tier",
  ),
  own(bgpEstate, "gateway", "InvalidVpnGatewayGeneration", { sku: { name: "VpnGw1AZ", tier: "VpnGw1AZ" } }),
  own(
    staticEstate,
    "gateway",
    "BasicSkuVirtualNetworkGatewayDoesNotSupportBgp",
    { enableBgp: true },
    "enableBgp",
  ),
  own(
    staticEstate,
    "gateway",
    "BasicSkuVirtualNetworkGatewayDoesNotSupportActiveActive",
    { activeActive: true },
    "activeActive",
  ),
  own(bgpEstate, "gateway", "InvalidNumberOfIpConfigurations", { activeActive: false }, "ipConfigurations"),
  own(
    staticEstate,
    "gateway",
    "InvalidNumberOfIpConfigurations",
    { ipConfigurations: [] },
    "ipConfigurations",
  ),
  {
    title: "a public address of SKU Basic",
    estate: staticEstate,
    of: "gateway",
    changes: { ip1: { sku: { name: "Basic" } } },
    code: "PublicIpWithBasicSkuNotAllowedOnVPNGateways",
  },
  {
    title: "a zonal SKU on an address without zones",
    estate: bgpEstate,
    of: "gateway",
    changes: { ip2: { zones: undefined } },
    code: "VmssVpnGatewayPublicIpsMustHaveZonesConfigured",
  },
  own(bgpEstate, "gateway", "PublicIPAddressInUse", (made) => ({
    ipConfigurations: twoOn(made, "ip1", "ip1"),
  })),
  {
    title: "an address that another gateway uses",
    estate: withTwin(staticEstate, "gateway"),
    of: "twin",
    changes: { twin: { virtualNetworkGatewayName: "second" } },
    code: "PublicIPAddressInUse",
  },
  {
    title: "a second gateway in one network",
    estate: withTwin(staticEstate, "gateway"),
    of: "twin",
    changes: { twin: { virtualNetworkGatewayName: "second" } },
    code: "VirtualNetworkGatewayAlreadyExistsInVirtualNetwork",
  },
  {
    title: "a subnet of another name",
    estate: staticEstate,
    of: "gateway",
    changes: { gatewaySubnet: { subnetName: "gateways" } },
    code: "InvalidGatewaySubnetName",
  },
  {
    title: "a GatewaySubnet of /28 for VpnGw2AZ",
    estate: bgpEstate,
    of: "gateway",
    changes: { gatewaySubnet: { addressPrefix: "10.0.1.240/28" } },
    code: "GatewaySubnetTooSmall",
  },
  own(bgpEstate, "gateway", "InvalidResourceReference", (made) => ({
    ipConfigurations: [
      { name: "instance0", publicIPAddress: { id: nowhere }, subnet: { id: made("gatewaySubnet").id } },
      {
        name: "instance1",
        publicIPAddress: { id: made("ip2").id },
        subnet: { id: made("gatewaySubnet").id },
      },
    ],
  })),
  ...[65515 + 2, 12076, 23456, 64496, 65535].map((asn) =>
    own(bgpEstate, "gateway", "InvalidAsn", bgp({ asn })),
  ),
  own(bgpEstate, "gateway", "InvalidCustomBgpIpAddress", bgp({ first: "169.254.23.2" })),
  own(bgpEstate, "gateway", "DuplicateCustomBgpIpAddress", bgp({ first: "169.254.21.6" })),
  own(
    bgpEstate,
    "gateway",
    "InvalidResourceReference",
    bgp({ configuration: `${gatewayId}/ipConfigurations/instance9` }),
  ),
  own(bgpEstate, "gateway", "TooManyCustomBgpIpAddresses", (made) => ({
    activeActive: false,
    ipConfigurations: twoOn(made, "ip1", "ip2").slice(0, 1),
  })),
  own(bgpEstate, "site1", "InvalidAsn", { bgpSettings: { asn: 65515, bgpPeeringAddress: "169.254.21.1" } }),
  own(staticEstate, "site1", "LocalNetworkGatewayMustHaveIpAddressOrFqdn", { gatewayIpAddress: undefined }),
  own(staticEstate, "site1", "LocalNetworkGatewayMustHaveIpAddressOrFqdn", { fqdn: "vpn.example.com" }),
  own(staticEstate, "site1", "InvalidIPAddress", { gatewayIpAddress: "198.51.100.300" }, "gatewayIpAddress"),
  own(bgpEstate, "site1", "InvalidBgpPeeringAddress", {
    bgpSettings: { asn: 64512, bgpPeeringAddress: "169.254.21" },
  }),
  own(staticEstate, "site1", "InvalidCIDRNotation", {
    localNetworkAddressSpace: { addressPrefixes: ["10.0.0.1/24"] },
  }),
];

function twoOn(made: Made, first: string, second: string) {
  const subnet = { id: made("gatewaySubnet").id };
  return [
    { name: "instance0", publicIPAddress: { id: made(first).id }, subnet },
    { name: "instance1", publicIPAddress: { id: made(second).id }, subnet },
  ];
}

function bgp({
  asn = 65000,
  first = "169.254.21.2",
  configuration = `${gatewayId}/ipConfigurations/instance0`,
}): Change {
  return {
    bgpSettings: {
      asn,
      bgpPeeringAddresses: [
        { ipconfigurationId: configuration, customBgpIpAddresses: [first, "169.254.22.2"] },
        {
          ipconfigurationId: `${gatewayId}/ipConfigurations/instance1`,
          customBgpIpAddresses: ["169.254.21.6"],
        },
      ],
    },
  };
}
