import { expect } from "chai";
import type { Props } from "../../rehearsal/model/recording";
import type { CloudPlace } from "../../rehearsal/clouds/cloudType";
import { build, type Change, type Estate } from "../rehearsal/clouds/estates";
import { s3Estate } from "../rehearsal/clouds/s3Estate";
import { bgpEstate, staticEstate } from "../rehearsal/clouds/vpnEstates";
import { complaints, configWith } from "./validConfig";

/**
 * A limit that both the settings and the simulated clouds hold. They share no code, so that one mistake cannot hide in
 * both: here each value is put to both, and the answers must be the same.
 */
interface Limit<Value> {
  readonly limit: string;
  readonly values: readonly Value[];
  readonly settings: (value: Value) => Readonly<Record<string, unknown>> & { readonly defaultTags?: Tags };
  readonly clouds: (value: Value) => {
    readonly estate: Estate;
    readonly of: string;
    readonly change: Change;
    /** Where the cloud keeps several limits of one resource, only refusals of this property count. */
    readonly property?: string;
    readonly elsewhere?: Partial<CloudPlace>;
  };
  /** Values that the settings refuse though the cloud takes them, and why. */
  readonly stricter?: { readonly refuses: (value: Value) => boolean; readonly because: string };
}

type Tags = Readonly<Record<string, string>>;

function held<Value>(limit: Limit<Value>): void {
  describe(`settings and simulated clouds on ${limit.limit}`, () => {
    const answers = limit.values.map((value) => ({ value, ...answersOn(limit, value) }));

    for (const { value, settings, clouds } of answers) {
      const stricter = limit.stricter?.refuses(value) === true ? limit.stricter : undefined;
      const why = stricter === undefined ? "" : `, the settings alone: ${stricter.because}`;
      it(`${settings ? "take" : "refuse"} ${shown(value)}${why}`, () => {
        expect({ settings, clouds }).to.deep.equal({ settings, clouds: stricter !== undefined || settings });
      });
    }

    it("are asked on both sides of the limit", () => {
      expect(new Set(answers.map(({ clouds }) => clouds))).to.have.length(2);
      expect(new Set(answers.map(({ settings }) => settings))).to.have.length(2);
    });
  });
}

function answersOn<Value>(limit: Limit<Value>, value: Value): { settings: boolean; clouds: boolean } {
  const { estate, of, change, property, elsewhere } = limit.clouds(value);
  const refusals = build(estate, { [of]: change }, elsewhere).refusals;
  const own = refusals.filter(
    (one) => one.of === of && (property === undefined || one.property === property),
  );
  const { defaultTags, ...settings } = limit.settings(value);
  const raw = { ...configWith(settings), defaultTags: JSON.stringify({ tags: defaultTags }) };
  return {
    settings: complaints(raw).length === 0,
    clouds: own.length === 0,
  };
}

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 70 ? `${text.slice(0, 60)}… (${String(text.length)} characters)` : text;
}

/** Each bound with its neighbours. */
const around = (...bounds: readonly number[]): number[] => [
  ...new Set(bounds.flatMap((bound) => [bound - 1, bound, bound + 1])),
];

const bgp = { vpnTopology: "active-active" };
const reservedByAzure = [8074, 8075, 12076, 23456, 64496, 64511, 65515, 65517, 65520, 65535, 65551];
const awsRanges = [64512, 65534, 4200000000, 4294967294];

held({
  limit: "the Azure gateway's ASN, at Azure",
  // Beyond 2147483647 the field of AWS's customer gateway ends, before Azure's does.
  values: around(1, ...reservedByAzure).filter((asn) => asn !== 7224 && asn !== 64512),
  settings: (azureAsn) => ({ ...bgp, azureAsn }),
  clouds: (asn) => ({
    estate: bgpEstate,
    of: "gateway",
    change: { bgpSettings: { asn } },
    property: "bgpSettings.asn",
  }),
});

for (const { region, asn } of [
  { region: "ap-northeast-1", asn: 10124 },
  { region: "ap-southeast-1", asn: 17943 },
  { region: "eu-west-1", asn: 9059 },
  { region: "us-east-1", asn: 7224 },
])
  held({
    limit: `the Azure gateway's ASN, at AWS in ${region}`,
    values: [...around(1, asn), 7224, 9059, 10124, 17943, ...around(2147483647)],
    settings: (azureAsn) => ({ ...bgp, "aws:region": region, azureAsn }),
    clouds: (bgpAsn) => ({
      estate: staticEstate,
      of: "customer1",
      change: { bgpAsn: String(bgpAsn) },
      property: "bgpAsn",
      elsewhere: { region },
    }),
  });

held({
  limit: "AWS's ASN, at its gateway",
  values: around(...awsRanges).filter((asn) => asn !== 65000),
  settings: (awsAsn) => ({ ...bgp, awsAsn }),
  clouds: (asn) => ({
    estate: bgpEstate,
    of: "awsGateway",
    change: { amazonSideAsn: String(asn) },
    property: "amazonSideAsn",
  }),
});

held({
  limit: "AWS's ASN, at Azure's local network gateway",
  // Private ones only: any other is refused by AWS's own gateway before.
  values: [...around(65515, 65517, 65520), ...awsRanges],
  settings: (awsAsn) => ({ ...bgp, awsAsn }),
  clouds: (asn) => ({
    estate: bgpEstate,
    of: "site1",
    change: { bgpSettings: { asn, bgpPeeringAddress: "169.254.21.1" } },
    property: "bgpSettings.asn",
  }),
});

held({
  limit: "the network inside a tunnel",
  values: [
    ...[0, 1, 2, 3, 4, 5, 6].map((third) => `169.254.${String(third)}.0/30`),
    ...["169.254.0.4/30", "169.254.5.4/30", "169.254.169.248/30", "169.254.169.252/30", "169.254.170.0/30"],
    ...["169.254.255.252/30", "169.253.255.252/30", "169.255.0.0/30", "10.0.0.0/30"],
    ...["169.254.21.0/29", "169.254.21.0/31", "169.254.21.2/30", "169.254.21.0", "word"],
  ],
  settings: (tunnel1) => ({ tunnelInsideCidrs: { tunnel1 } }),
  clouds: (tunnel1InsideCidr) => ({
    estate: staticEstate,
    of: "connection1",
    change: { tunnel1InsideCidr },
    property: "tunnel1InsideCidr",
  }),
});

held({
  limit: "the addresses of a tunnel with BGP, at Azure",
  values: ["169.254.20.252/30", "169.254.21.8/30", "169.254.22.252/30", "169.254.23.0/30"],
  settings: (tunnel1) => ({ ...bgp, tunnelInsideCidrs: { tunnel1 } }),
  clouds: (cidr) => ({
    estate: bgpEstate,
    of: "gateway",
    change: customAddress(cidr),
    property: "bgpSettings.bgpPeeringAddresses.customBgpIpAddresses",
  }),
});

/** Azure takes the second host of a tunnel's /30. */
function customAddress(cidr: string): Props {
  const [address = ""] = cidr.split("/");
  const second = address.replace(/\d+$/, (last) => String(Number(last) + 2));
  return { bgpSettings: { asn: 65000, bgpPeeringAddresses: [{ customBgpIpAddresses: [second] }] } };
}

held({
  limit: "a bucket's own name",
  values: [
    ...["ab", "abc", "a".repeat(63), "a".repeat(64), "a-b", "-ab", "ab-", "0ab", "Abc", "a_b", "äbc"],
    ...["xn--data", "xn-data", "sthree-data", "sthree-configurator", "sthreedata", "amzn-s3-demo-data"],
    ...["data-s3alias", "s3alias", "data--ol-s3", "data--x-s3", "data--table-s3", "data-an", "data-ann"],
    ...["a.b", "a..b", "192.168.5.4", "data.mrap"],
  ],
  settings: (bucketName) => ({ buckets: [{ name: "data", access: "read", bucketName }] }),
  clouds: (bucket) => ({ estate: s3Estate, of: "bucket", change: { bucket }, property: "bucket" }),
  stricter: {
    refuses: (name) => name === "a.b",
    because: "the endpoint's certificate covers no name with dots",
  },
});

held({
  limit: "the VPC's size",
  values: ["10.0.0.0/15", "10.0.0.0/16", "10.0.0.0/28", "10.0.0.0/29", "10.0.0.1/24", "10.0.0.0"],
  settings: (awsCidr) => ({ azureCidr: "10.9.0.0/24", awsCidr }),
  clouds: (cidrBlock) => ({ estate: s3Estate, of: "vpc", change: { cidrBlock }, property: "cidrBlock" }),
});

held({
  limit: "the virtual network's addresses",
  values: [
    ...["10.1.0.0/24", "10.1.0.1/24", "word", "127.0.0.0/24", "128.0.0.0/24", "169.254.0.0/24"],
    ...["169.255.0.0/24", "168.63.129.0/24", "168.63.130.0/24", "224.0.0.0/24", "223.255.255.0/24"],
    ...["255.255.255.0/24", "240.0.0.0/24", "0.0.0.0/24"],
  ],
  settings: (azureCidr) => ({ azureCidr }),
  clouds: (prefix) => ({
    estate: staticEstate,
    of: "network",
    change: { addressSpace: { addressPrefixes: [prefix] } },
    property: "addressSpace.addressPrefixes",
  }),
  stricter: {
    refuses: (prefix) => /^(0|240|128|169\.255|168\.63\.130|223)\./.test(prefix),
    because: "it is public or reserved, and Azure takes it",
  },
});

for (const { sku, of } of [
  { sku: "Basic", of: staticEstate },
  { sku: "VpnGw1AZ", of: staticEstate },
  { sku: "VpnGw5AZ", of: staticEstate },
])
  held({
    limit: `the GatewaySubnet of ${sku}`,
    values: ["10.0.1.224/27", "10.0.1.240/28", "10.0.1.248/29", "10.0.1.252/30"],
    settings: (gatewaySubnetCidr) => ({ gatewaySku: sku, gatewaySubnetCidr }),
    clouds: (addressPrefix) => ({
      estate: gatewayOn(of, sku, addressPrefix),
      of: "gateway",
      change: {},
      property: "ipConfigurations.subnet.id",
    }),
  });

function gatewayOn(estate: Estate, sku: string, addressPrefix: string): Estate {
  const { gateway, gatewaySubnet, ...others } = estate;
  if (gateway === undefined || gatewaySubnet === undefined) throw new Error("the estate has no gateway");
  const { network, group, ...rest } = others;
  if (network === undefined || group === undefined) throw new Error("the estate has no network");
  return {
    group,
    network,
    gatewaySubnet: { ...gatewaySubnet, inputs: (made) => ({ ...gatewaySubnet.inputs(made), addressPrefix }) },
    ip1: rest.ip1 ?? gateway,
    gateway: {
      ...gateway,
      inputs: (made) => ({ ...gateway.inputs(made), sku: { name: sku, tier: sku } }),
    },
  };
}

for (const vpnTopology of ["single-tunnel", "active-active"] as const)
  held({
    limit: `the SKU of a gateway for ${vpnTopology}`,
    values: [
      ...["Basic", "VpnGw1AZ", "VpnGw2AZ", "VpnGw3AZ", "VpnGw4AZ", "VpnGw5AZ", "VpnGw1", "VpnGw5"],
      ...["VpnGw6AZ", "Standard", "HighPerformance", "ErGw1AZ", "basic"],
    ],
    settings: (gatewaySku) => ({ vpnTopology, gatewaySku }),
    clouds: (sku) => ({
      estate: vpnTopology === "single-tunnel" ? staticEstate : bgpEstate,
      of: "gateway",
      change: { sku: { name: sku, tier: sku }, vpnGatewayGeneration: undefined },
    }),
  });

const many = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${String(index)}`, "v"]));
const programTags = { project: "p", stack: "s", Name: "n" };

for (const { cloud, estate, of } of [
  { cloud: "AWS", estate: s3Estate, of: "vpc" },
  { cloud: "Azure", estate: staticEstate, of: "network" },
])
  held({
    limit: `a resource's tags, at ${cloud}`,
    values: [
      many(46),
      many(47),
      many(48),
      { ...many(47), project: "mine" },
      { ["k".repeat(128)]: "v" },
      { k: "v".repeat(256) },
      { k: "v".repeat(257) },
      { "cost center": "a" },
      ...(cloud === "AWS"
        ? [{ ["k".repeat(129)]: "v" }, { "aws:k": "v" }, { "k<": "v" }, { k: "a<b" }]
        : [{ "k/l": "v" }, { Microsoft: "v" }, { azure1: "v" }, { k: "v", K: "v" }, { Project: "v" }]),
    ],
    settings: (tags) => ({ tags }),
    clouds: (tags) => ({
      estate,
      of,
      // The program names resources at AWS alone; the count that the settings hold is one for both.
      change: { tags: { ...programTags, ...tags } },
      property: "tags",
    }),
    stricter: {
      refuses: (tags) => "project" in tags,
      because: "the program's own tag would be lost",
    },
  });

held({
  limit: "a resource's tags with the provider's default tags",
  values: [0, 1, 46, 47, 48],
  settings: (count) => ({ tags: { owner: "us" }, defaultTags: many(count) }),
  clouds: (count) => ({
    estate: s3Estate,
    of: "vpc",
    change: { tags: { ...programTags, owner: "us" } },
    property: "tags",
    elsewhere: { defaultTags: many(count) },
  }),
});

held({
  limit: "the sample object's tags, which are the provider's default tags",
  values: [0, 9, 10, 11],
  settings: (count) => ({ sampleObject: true, defaultTags: many(count) }),
  clouds: (count) => ({
    estate: s3Estate,
    of: "object",
    change: {},
    property: "tags",
    elsewhere: { defaultTags: many(count) },
  }),
});

held({
  limit: "an AWS region",
  values: [
    ...["ap-northeast-1", "eu-west-1", "mx-central-1", "ap-southeast-9", "us-gov-west-1", "cn-north-1"],
    ...["us-iso-east-1", "us-isob-east-1", "eu-isoe-west-1", "eusc-de-east-1", "tokyo", "ap-northeast-1a"],
  ],
  settings: (region) => ({ "aws:region": region }),
  clouds: (region) => ({
    estate: s3Estate,
    of: "vpc",
    change: {},
    property: "region",
    elsewhere: { region },
  }),
});

held({
  limit: "an availability zone",
  values: [
    ...["ap-northeast-1a", "ap-northeast-1b", "ap-northeast-1z", "ap-northeast-1", "ap-northeast-1A"],
    ...["ap-northeast-2a", "apne1-az4", "ap-northeast-1-wl1-nrt-wlz-1"],
  ],
  settings: (zone) => ({ awsZones: [zone] }),
  clouds: (availabilityZone) => ({
    estate: s3Estate,
    of: "subnetA",
    change: { availabilityZone },
    property: "availabilityZone",
  }),
});

held({
  limit: "an Azure location",
  values: ["japaneast", "ukwest", "newlandeast", "usgovvirginia", "usdodeast", "chinanorth3", "ussecwest"],
  settings: (location) => ({ "azure-native:location": location }),
  clouds: (location) => ({ estate: staticEstate, of: "network", change: { location }, property: "location" }),
});

describe("the comparison of settings and simulated clouds", () => {
  it("control: finds an ASN that one side holds on the wrong end", () => {
    const wrongEnd: Limit<number> = {
      limit: "AWS's ASN, asked at Azure's own gateway",
      values: [],
      settings: (awsAsn) => ({ ...bgp, awsAsn }),
      clouds: (asn) => ({
        estate: bgpEstate,
        of: "gateway",
        change: { bgpSettings: { asn } },
        property: "bgpSettings.asn",
      }),
    };
    expect(answersOn(wrongEnd, 65514)).to.deep.equal({ settings: true, clouds: true });
    expect(answersOn(wrongEnd, 65515)).to.deep.equal({ settings: false, clouds: true });
  });
});
