import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import { SettingsError, parseSettings, type Settings } from "../../settings/settings";
import { many } from "./many";
import { complaints, configWith, leastConfig } from "./validConfig";

const settingsOf = (changes: Readonly<Record<string, unknown>>): Settings =>
  parseSettings(configWith(changes));

describe("the settings of a stack", () => {
  it("derive from region, location and two networks", () => {
    expect(settingsOf({})).to.deep.equal({
      join: undefined,
      azureNetwork: {
        kind: "new",
        location: "japaneast",
        resourceGroup: undefined,
        cidr: "10.0.1.0/24",
        clientSubnetCidr: "10.0.1.0/25",
        gatewaySubnetCidr: "10.0.1.240/28",
        protection: false,
      },
      awsNetwork: {
        kind: "new",
        cidr: "10.0.0.0/24",
        subnets: [{ key: "any", cidr: "10.0.0.0/24", zone: undefined }],
      },
      vpn: {
        topology: {
          kind: "single-tunnel",
          sku: "Basic",
          insideCidrs: {
            tunnel1: "169.254.21.0/30",
            tunnel2: "169.254.22.0/30",
            tunnel3: "169.254.21.4/30",
            tunnel4: "169.254.22.4/30",
          },
        },
        presharedKeyGenerations: { tunnel1: 1, tunnel2: 1, tunnel3: 1, tunnel4: 1 },
        tunnelLogs: true,
        protection: false,
      },
      alarms: undefined,
      logs: undefined,
      s3: {
        region: "ap-northeast-1",
        clients: { azure: "10.0.1.0/25", aws: "10.0.0.0/24" },
        buckets: [{ name: "data", access: "read", bucketName: undefined, lockDays: undefined }],
        perimeter: "enforced",
        deployers: undefined,
        trustedPrincipals: [],
        presignedUrlMinutes: 60,
        sampleObject: false,
        oldVersionDays: undefined,
        protection: false,
      },
      clientVm: false,
      tags: {},
      notices: [],
    });
  });

  for (const { vpnTopology, sku, gateway } of [
    { vpnTopology: "single-tunnel", sku: "Basic", gateway: "10.0.1.240/28" },
    { vpnTopology: "dual-tunnel", sku: "VpnGw1AZ", gateway: "10.0.1.224/27" },
    { vpnTopology: "active-active", sku: "VpnGw2AZ", gateway: "10.0.1.224/27" },
  ]) {
    it(`give ${vpnTopology} the SKU ${sku} and a GatewaySubnet that it takes`, () => {
      const { vpn, azureNetwork } = settingsOf({ vpnTopology });
      const { kind, sku: chosen } = vpn.topology;
      expect([kind, chosen, azureNetwork.gatewaySubnetCidr]).to.deep.equal([vpnTopology, sku, gateway]);
    });
  }

  for (const { given, kinds } of [
    { given: { flowLogs: true }, kinds: ["flow"] },
    { given: { accessLogs: true }, kinds: ["access"] },
    { given: { flowLogs: true, accessLogs: true }, kinds: ["flow", "access"] },
    { given: { auditTrail: true }, kinds: ["audit"] },
  ]) {
    it(`send ${kinds.join(" and ")} logs to the log bucket with ${Object.keys(given).join(" and ")}`, () => {
      expect(settingsOf(given).logs).to.deep.equal({ region: "ap-northeast-1", kinds, protection: false });
    });
  }

  it("allow the network to look up the endpoint's domain alone, with dnsSecurityPolicy", () => {
    expect(settingsOf({ dnsSecurityPolicy: true }).azureNetwork).to.deep.include({
      allowedDomains: ["s3.ap-northeast-1.vpce.amazonaws.com."],
    });
    expect(settingsOf({}).azureNetwork).not.to.have.property("allowedDomains");
  });

  it("carry the deployers where there are any", () => {
    const deployers = ["arn:aws:iam::123456789012:role/deployer"];
    expect(settingsOf({ deployers }).s3.deployers).to.deep.equal(deployers);
  });

  it("carry ASNs only where there is BGP", () => {
    expect(settingsOf({}).vpn.topology).not.to.have.any.keys("azureAsn", "awsAsn");
    expect(settingsOf({ vpnTopology: "active-active", azureAsn: 65_010 }).vpn.topology).to.include({
      azureAsn: 65_010,
      awsAsn: 64_512,
    });
  });

  it("keep the tunnels that are not named at their defaults", () => {
    const { topology, presharedKeyGenerations } = settingsOf({
      tunnelInsideCidrs: { tunnel2: "169.254.100.0/30" },
      presharedKeyGenerations: { tunnel1: 3 },
    }).vpn;
    expect(topology.insideCidrs).to.include({ tunnel1: "169.254.21.0/30", tunnel2: "169.254.100.0/30" });
    expect(presharedKeyGenerations).to.deep.equal({ tunnel1: 3, tunnel2: 1, tunnel3: 1, tunnel4: 1 });
  });

  for (const { what, given } of [
    { what: "an empty text for a setting that derives", given: { clientSubnetCidr: "", gatewaySku: "" } },
    {
      what: "an inside network of an unused tunnel's default",
      given: { tunnelInsideCidrs: { tunnel1: "169.254.21.4/30" } },
    },
    { what: "BGP numbers at their defaults without BGP", given: { azureAsn: 65_000, awsAsn: 64_512 } },
    {
      what: "the smallest networks of a Basic gateway",
      given: { azureCidr: "10.0.1.0/28", awsCidr: "10.0.0.0/28" },
    },
    {
      what: "the smallest networks of a zoned gateway",
      given: { azureCidr: "10.0.1.0/26", vpnTopology: "active-active" },
    },
    { what: "the largest networks", given: { azureCidr: "10.0.0.0/8", awsCidr: "172.16.0.0/16" } },
    {
      what: "the smallest subnets of a Basic gateway",
      given: { clientSubnetCidr: "10.0.1.0/29", gatewaySubnetCidr: "10.0.1.248/29" },
    },
    {
      what: "the smallest GatewaySubnet of a zoned gateway",
      given: { vpnTopology: "dual-tunnel", gatewaySubnetCidr: "10.0.1.224/27" },
    },
    {
      what: "the smallest VPC of four zones",
      given: {
        awsCidr: "10.0.0.0/26",
        awsZones: ["a", "b", "c", "d"].map((letter) => `ap-northeast-1${letter}`),
      },
    },
    {
      what: "bucket names of 3 and of 63 characters",
      given: {
        buckets: ["abc", "b".repeat(63)].map((bucketName, i) => ({
          name: `${i}`,
          access: "read",
          bucketName,
        })),
      },
    },
    {
      what: "47 tags, keys of 128 and values of 256 characters",
      given: {
        tags: Object.fromEntries(many(47, (i) => [`${i}`.padEnd(128, "k"), "v".repeat(256)])) as object,
      },
    },
    { what: "a Basic gateway with both tunnels", given: { vpnTopology: "dual-tunnel", gatewaySku: "Basic" } },
    {
      what: "all the forms of trusted principals",
      given: {
        trustedPrincipals: ["user/a/b.c", "role/aws-reserved/sso/Admin_1", "root"].map(
          (end) => `arn:aws:iam::123456789012:${end}`,
        ),
      },
    },
    {
      what: "all the forms of deployers, one of them trusted as well",
      given: {
        deployers: ["user/a/b.c", "role/aws-reserved/sso/Admin_1", "root"].map(
          (end) => `arn:aws:iam::123456789012:${end}`,
        ),
        trustedPrincipals: ["arn:aws:iam::123456789012:root"],
      },
    },
    {
      what: "tags that both clouds take",
      given: { tags: { "cost-center": "42 / EU", Größe: "", Environment: "other" } },
    },
    {
      what: "a bucket's key of 52 characters",
      given: { buckets: [{ name: "k".repeat(52), access: "read" }] },
    },
    {
      what: "200 buckets of generated names",
      given: {
        buckets: many(200, (i) => ({ name: `team-${i}`, access: i % 2 === 0 ? "read" : "readWrite" })),
      },
    },
  ] as const) {
    it(`accept ${what}`, () => {
      expect(complaints(configWith(given))).to.deep.equal([]);
    });
  }
});

describe("the ends of the ranges of BGP numbers", () => {
  const isTaken = (asns: Readonly<Record<string, number>>) =>
    complaints(configWith({ vpnTopology: "active-active", awsAsn: 64_513, azureAsn: 65_000, ...asns }))
      .length === 0;

  for (const { azureAsn, taken } of [
    { azureAsn: 0, taken: false },
    { azureAsn: 1, taken: true },
    { azureAsn: 64_496, taken: false },
    { azureAsn: 64_511, taken: false },
    { azureAsn: 64_512, taken: true },
    { azureAsn: 65_514, taken: true },
    { azureAsn: 65_516, taken: true },
    { azureAsn: 65_517, taken: false },
    { azureAsn: 65_520, taken: false },
    { azureAsn: 65_521, taken: true },
    { azureAsn: 65_534, taken: true },
    { azureAsn: 65_551, taken: false },
    { azureAsn: 2_147_483_647, taken: true },
    { azureAsn: 2_147_483_648, taken: false },
  ])
    it(`${taken ? "take" : "leave out"} ${azureAsn} for Azure`, () => {
      expect(isTaken({ azureAsn })).to.equal(taken);
    });

  for (const { awsAsn, taken } of [
    { awsAsn: 64_511, taken: false },
    { awsAsn: 64_512, taken: true },
    { awsAsn: 65_534, taken: true },
    { awsAsn: 65_535, taken: false },
    { awsAsn: 4_199_999_999, taken: false },
    { awsAsn: 4_200_000_000, taken: true },
    { awsAsn: 4_294_967_294, taken: true },
    { awsAsn: 4_294_967_295, taken: false },
  ])
    it(`${taken ? "take" : "leave out"} ${awsAsn} for AWS`, () => {
      expect(isTaken({ awsAsn })).to.equal(taken);
    });
});

describe("settings with several mistakes", () => {
  it("report all ten of ten", () => {
    const given = configWith({
      "aws:region": "tokyo",
      "azure-native:location": "Japan East",
      azureCidr: "10.0.1.7/24",
      awsCidr: undefined,
      vpnTopology: "active",
      gatewaySku: "VpnGw1",
      azureAsn: "many",
      buckets: [{ name: "Data", access: "read" }],
      perimeter: "none",
      trustedprincipals: "[]",
    });
    const lines = complaints(given).map((line) => line.trim().split(" ")[0]);
    expect(lines).to.have.members([
      "aws:region",
      "azure-native:location",
      "azureCidr",
      "awsCidr",
      "vpnTopology",
      "gatewaySku",
      "azureAsn",
      "buckets[0].name",
      "perimeter",
      "trustedprincipals",
    ]);
  });

  it("count them in the heading", () => {
    const heading = (given: Readonly<Record<string, unknown>>) => errorOf(given).message.split("\n")[0];
    expect(heading({ azureCidr: undefined })).to.equal(
      "Nothing was touched: one setting of this stack must change.",
    );
    expect(heading({ azureCidr: undefined, awsCidr: undefined })).to.equal(
      "Nothing was touched: 2 problems in this stack's settings.",
    );
  });

  const topology = "active";
  for (const { first, given } of [
    { first: "azureCidr", given: { azureCidr: "10.0.1.0", clientSubnetCidr: "10.9.0.0/28" } },
    {
      first: "clientSubnetCidr",
      given: { clientSubnetCidr: "10.0.1.64/33", gatewaySubnetCidr: "10.0.1.0/28" },
    },
    {
      first: "gatewaySubnetCidr",
      given: { gatewaySubnetCidr: "10.0.1.0", clientSubnetCidr: "10.0.1.128/25" },
    },
    { first: "awsCidr", given: { awsCidr: "10.0.1.0", awsZones: ["ap-northeast-1a", "ap-northeast-1c"] } },
    { first: "aws:region", given: { "aws:region": undefined, awsZones: ["ap-northeast-1a"] } },
    { first: "aws:region", given: { "aws:region": "?", vpnTopology: "active-active", azureAsn: 10_124 } },
    { first: "vpnTopology", given: { vpnTopology: topology, gatewaySubnetCidr: "10.0.1.240/28" } },
    { first: "vpnTopology", given: { vpnTopology: topology, gatewaySku: "Basic", azureAsn: 65_001 } },
    { first: "vpnTopology", given: { vpnTopology: topology, presharedKeyGenerations: { tunnel4: 2 } } },
    {
      first: "vpnTopology",
      given: { vpnTopology: topology, tunnelInsideCidrs: { tunnel4: "169.254.40.0/30" } },
    },
    {
      first: "gatewaySku",
      given: { gatewaySku: "VpnGw2", vpnTopology: "active-active", gatewaySubnetCidr: "10.0.1.240/28" },
    },
    { first: "perimeter", given: { perimeter: "?", deployers: ["arn:aws:iam::123456789012:root"] } },
    { first: "perimeter", given: { perimeter: "?", trustedPrincipals: ["arn:aws:iam::123456789012:root"] } },
  ])
    it(`report nothing that only follows from ${first}: ${Object.keys(given).join(", ")}`, () => {
      const lines = complaints(configWith(given));
      expect(lines).to.have.length(1);
      expect(lines[0]).to.match(new RegExp(`^  ${first} `));
    });

  it("are shown by Pulumi without a stack trace", () => {
    expect(pulumi.RunError.isInstance(errorOf({ azureCidr: "" }))).to.equal(true);
  });
});

describe("a secret setting", () => {
  const secret = "10.99.99.99/24";
  const given = { ...configWith({ awsCidr: secret, azureCidr: "10.99.0.0/16" }), secretKeys: ["awsCidr"] };

  it("is refused, whatever its value", () => {
    expect(complaints(given)).to.deep.equal([
      "  awsCidr is set, but it is a secret, and settings show in resources, outputs and logs; set it again without --secret",
    ]);
    expect(complaints({ values: leastConfig, secretKeys: ["awsCidr"] })).to.have.length(1);
  });

  it("is not shown, neither as it is nor in a list nor under a misspelt key", () => {
    const config = configWith({
      awsCidr: secret,
      trustedPrincipals: [secret],
      awsCdir: secret,
      password: secret,
    });
    const lines = complaints({ ...config, secretKeys: ["awsCidr", "trustedPrincipals", "awsCdir"] });
    expect(lines).to.have.length(4);
    expect(lines.join("\n")).not.to.contain("10.99.99");
  });

  it("would be shown if it were none", () => {
    expect(complaints(configWith({ awsCidr: secret })).join("\n")).to.contain(secret);
  });
});

function errorOf(given: Readonly<Record<string, unknown>>): SettingsError {
  try {
    parseSettings(configWith(given));
  } catch (error) {
    if (error instanceof SettingsError) return error;
    throw error;
  }
  throw new Error("the settings were accepted");
}
