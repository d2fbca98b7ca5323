import type { Change, Made } from "./estates";
import { bgpEstate, gatewayId, staticEstate } from "./vpnEstates";
import { own, planOf, withTwin, type Row } from "./refusalRows";

const nowhere = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/group/nowhere";

export const azureConnectionRows: readonly Row[] = [
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
    title: "BGP with a site without a peer",
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
        Array.from(
          { length: 10 },
          (_, at) => [`more${at}`, planOf(staticEstate, "azureConnection1")] as const,
        ).flatMap(([name, planned]) => [
          [`${name}Site`, planOf(staticEstate, "site1")] as const,
          [name, planned] as const,
        ]),
      ),
    },
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
