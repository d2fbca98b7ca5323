import type { Change, Made } from "./estates";
import { bgpEstate, gatewayId, staticEstate } from "./goodEstates";
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

const azureNetworkRows: readonly Row[] = [
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
  own(staticEstate, "network", "LocationNotAvailableForResourceType", { location: "tokyo" }, "location"),
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
  own(staticEstate, "ip1", "InvalidAvailabilityZone", { zones: ["1", "4"] }, "zones"),
];

const gatewayRows: readonly Row[] = [
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
    title: "an address that another gateway has",
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

const connectionRows: readonly Row[] = [
  own(
    staticEstate,
    "azureConnection1",
    "InvalidRequestFormat",
    { connectionMode: "Initiator" },
    "connectionMode",
  ),
  own(staticEstate, "azureConnection1", "InvalidRequestFormat", { connectionType: "VPN" }, "connectionType"),
  own(staticEstate, "azureConnection1", "MissingRequiredProperty", { localNetworkGateway2: undefined }),
  own(staticEstate, "azureConnection1", "MissingRequiredProperty", { virtualNetworkGateway1: undefined }),
  own(staticEstate, "azureConnection1", "InvalidResourceReference", {
    virtualNetworkGateway1: { id: nowhere },
  }),
  own(staticEstate, "azureConnection1", "InvalidResourceReference", {
    localNetworkGateway2: { id: nowhere },
  }),
  own(staticEstate, "azureConnection1", "SharedKeyMissing", { sharedKey: undefined }, "sharedKey"),
  ...["", "with space", "with-hyphen", "with~tilde", "ключ", "k".repeat(129)].map((sharedKey) =>
    own(staticEstate, "azureConnection1", "InvalidSharedKey", { sharedKey }, "sharedKey"),
  ),
  own(staticEstate, "azureConnection1", "InvalidDpdTimeout", { dpdTimeoutSeconds: 8 }),
  own(staticEstate, "azureConnection1", "InvalidDpdTimeout", { dpdTimeoutSeconds: 3601 }),
  own(staticEstate, "azureConnection1", "InvalidRoutingWeight", { routingWeight: 32001 }),
  own(
    staticEstate,
    "azureConnection1",
    "BasicSkuVirtualNetworkGatewayDoesNotSupportIpsecPolicies",
    policy({}),
  ),
  own(staticEstate, "azureConnection1", "BasicSkuVirtualNetworkGatewayDoesNotSupportIkev1", {
    connectionProtocol: "IKEv1",
  }),
  {
    title: "BGP over a gateway without it",
    estate: bgpEstate,
    of: "azureConnection1",
    changes: { gateway: { enableBgp: false } },
    code: "BgpNotEnabledOnVirtualNetworkGateway",
  },
  {
    title: "BGP with a site that names no peer",
    estate: bgpEstate,
    of: "azureConnection1",
    changes: { site1: { bgpSettings: undefined } },
    code: "BgpSettingsMissingOnLocalNetworkGateway",
  },
  {
    title: "one ASN on both ends",
    estate: bgpEstate,
    of: "azureConnection1",
    changes: { site1: { bgpSettings: { asn: 65000, bgpPeeringAddress: "169.254.21.1" } } },
    code: "AsnsMustDiffer",
  },
  own(bgpEstate, "azureConnection1", "InvalidGatewayCustomBgpIpAddress", {
    gatewayCustomBgpIpAddresses: [
      { ipConfigurationId: `${gatewayId}/ipConfigurations/instance0`, customBgpIpAddress: "169.254.21.6" },
    ],
  }),
  {
    title: "a second connection to one site",
    estate: withTwin(staticEstate, "azureConnection1"),
    of: "twin",
    changes: {},
    code: "ConnectionAlreadyExists",
  },
  {
    title: "an eleventh connection on Basic",
    estate: {
      ...staticEstate,
      ...Object.fromEntries(
        Array.from({ length: 10 }, (_, at) => [`more${at}`, connectionOfItsOwn()] as const).flatMap(
          ([name, planned]) => [[`${name}Site`, staticEstate["site1"]] as const, [name, planned] as const],
        ),
      ),
    } as typeof staticEstate,
    of: "more9",
    changes: Object.fromEntries(
      Array.from({ length: 10 }, (_, at) => [
        `more${at}`,
        (made: Made) => ({ localNetworkGateway2: { id: made(`more${at}Site`).id } }),
      ]),
    ),
    code: "VirtualNetworkGatewayConnectionLimitReached",
  },
  ...(
    [
      { ikeEncryption: "AES512" },
      { ikeIntegrity: "SHA512" },
      { dhGroup: "DHGroup20" },
      { ipsecEncryption: "AES256", ipsecIntegrity: "GCMAES256" },
      { ipsecEncryption: "GCMAES128" },
      { ipsecIntegrity: "SHA384" },
      { pfsGroup: "PFS14" },
      { saLifeTimeSeconds: 299 },
      { saDataSizeKilobytes: 1023 },
      { pfsGroup: null },
    ] as const
  ).map((change) => own(bgpEstate, "azureConnection1", "InvalidIpsecPolicy", policy(change))),
  own(bgpEstate, "azureConnection1", "TooManyIpsecPolicies", {
    ipsecPolicies: [onePolicy({}), onePolicy({})],
  }),
  own(bgpEstate, "azureConnection1", "PolicyBasedTrafficSelectorsNeedIpsecPolicy", {
    ipsecPolicies: undefined,
    usePolicyBasedTrafficSelectors: true,
  }),
];

export const azureRows: readonly Row[] = [...azureNetworkRows, ...gatewayRows, ...connectionRows];

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

function onePolicy(change: object) {
  return {
    ikeEncryption: "AES256",
    ikeIntegrity: "SHA384",
    dhGroup: "ECP384",
    ipsecEncryption: "GCMAES256",
    ipsecIntegrity: "GCMAES256",
    pfsGroup: "ECP384",
    saLifeTimeSeconds: 3600,
    saDataSizeKilobytes: 102400000,
    ...change,
  };
}

function policy(change: object): Change {
  return { ipsecPolicies: [onePolicy(change)] };
}

function connectionOfItsOwn() {
  const connection = staticEstate["azureConnection1"];
  if (connection === undefined) throw new Error("the estate lost its connection");
  return connection;
}
