import { expect } from "chai";
import { judgeTunnels, type Tunnel } from "../../../rehearsal/tunnels/tunnels";
import { readEstate } from "../../../rehearsal/estate/estate";
import type { Recording, Value } from "../../../rehearsal/model/recording";
import { resourceNamed, withInputs, without } from "../fixtures/change";
import { devStack, rehearsedStack, stackCases } from "../fixtures/stacks";

const tunnelsOf = (recording: Recording) => judgeTunnels(readEstate(recording));

/** The checks that fail, and whether the tunnel is down. */
function failing(
  recording: Recording,
  name: string,
): { readonly checks: readonly string[]; readonly up: boolean } {
  const tunnel = tunnelsOf(recording).find((one) => one.name === name);
  return {
    checks: tunnel?.checks.filter((check) => !check.ok).map((check) => check.what) ?? ["no such tunnel"],
    up: tunnel?.up ?? false,
  };
}

async function stack(index: 0 | 1 | 2): Promise<Recording> {
  const given = stackCases[index];
  if (given === undefined) throw new Error("no such case");
  return (await rehearsedStack(given)).recording;
}

describe("The ends of the tunnels", () => {
  for (const { index, expected } of [
    { index: 0, expected: ["tunnel1 up static", "tunnel2 spare static"] },
    { index: 1, expected: ["tunnel1 up bgp", "tunnel2 up bgp", "tunnel3 up bgp", "tunnel4 up bgp"] },
    { index: 2, expected: ["tunnel1 up static", "tunnel2 up static"] },
  ] as const)
    it(`agree in ${stackCases[index]?.title ?? ""}`, async () => {
      const tunnels = tunnelsOf(await stack(index));
      const inWords = (t: Tunnel) => `${t.name} ${t.up ? "up" : t.spare ? "spare" : "down"} ${t.routing}`;
      expect(tunnels.map(inWords)).to.deep.equal(expected);
      expect(tunnels.flatMap((t) => t.checks.filter((check) => !check.ok))).to.deep.equal([]);
    });

  describe("with clients beside the stack's own subnet, by static routes", () => {
    const joined = async (...routes: readonly string[]) => {
      const recording = await stack(0);
      const route = resourceNamed(recording, "vpn-aws-connection1-route");
      const more = routes.map((destinationCidrBlock, at) => ({
        ...{ ...route, name: `more${at}`, urn: `${route.urn}${at}`, id: `more${at}` },
        inputs: { ...route.inputs, destinationCidrBlock },
      }));
      const outputs = { ...recording.outputs, azureClients: { office: "10.9.0.0/24" } };
      return failing({ ...recording, outputs, resources: [...recording.resources, ...more] }, "tunnel1");
    };

    it("agree where AWS has a route to each", async () => {
      expect(await joined("10.9.0.0/24")).to.deep.equal({ checks: [], up: true });
    });

    it("differ where AWS lacks one, or has one too many", async () => {
      const wrong = { checks: ["networks behind Azure"], up: false };
      expect(await joined()).to.deep.equal(wrong);
      expect(await joined("10.9.0.0/24", "10.8.0.0/24")).to.deep.equal(wrong);
    });
  });

  it("never print a key", async () => {
    const recording = await stack(1);
    const passwords = recording.resources.filter(
      (r) => r.type === "random:index/randomPassword:RandomPassword",
    );
    const printed = JSON.stringify(tunnelsOf(recording).map((tunnel) => tunnel.checks));
    expect(passwords).to.have.length(4);
    for (const { outputs } of passwords) expect(printed).not.to.include(outputs["result"]);
  });

  describe("on Basic", () => {
    const connection = "vpn-aws-connection1";
    for (const { what, name, inputs, checks, up } of [
      {
        what: "another key",
        name: connection,
        inputs: { tunnel1PresharedKey: "A".repeat(64) },
        checks: ["pre-shared key", "key made here"],
        up: false,
      },
      {
        what: "IKEv1",
        name: connection,
        inputs: both("IkeVersions", ["ikev1"]),
        checks: ["IKE version"],
        up: false,
      },
      {
        what: "a phase 1 group that Basic does not know",
        name: connection,
        inputs: both("Phase1DhGroupNumbers", [14]),
        checks: ["phase 1"],
        up: false,
      },
      {
        what: "a PFS group that Basic does not know",
        name: connection,
        inputs: both("Phase2DhGroupNumbers", [20]),
        checks: ["renewal with PFS"],
        up: false,
      },
      {
        what: "phase 2 integrity that Basic does not know",
        name: connection,
        inputs: both("Phase2IntegrityAlgorithms", ["SHA2-512"]),
        checks: ["phase 2", "renewal with PFS"],
        up: false,
      },
      {
        what: "lists instead of one suite",
        name: connection,
        inputs: both("Phase1EncryptionAlgorithms", ["AES128", "AES256"]),
        checks: ["one suite"],
        up: true,
      },
      {
        what: "an AWS end that waits",
        name: connection,
        inputs: both("StartupAction", "add"),
        checks: ["who initiates"],
        up: false,
      },
      {
        what: "an AWS end that gives a dead peer up",
        name: connection,
        inputs: both("DpdTimeoutAction", "clear"),
        checks: ["dead peer detection"],
        up: true,
      },
      {
        what: "narrow selectors",
        name: connection,
        inputs: { localIpv4NetworkCidr: "10.0.1.0/24" },
        checks: ["traffic selectors"],
        up: false,
      },
      {
        what: "one slot unlike the other",
        name: connection,
        inputs: { tunnel2ReplayWindowSize: 64 },
        checks: ["both slots alike"],
        up: true,
      },
      {
        what: "BGP at one end",
        name: connection,
        inputs: { staticRoutesOnly: false },
        checks: ["routing"],
        up: false,
      },
      {
        what: "a wrong network behind AWS",
        name: "vpn-tunnel1-azure-site",
        inputs: { localNetworkAddressSpace: { addressPrefixes: ["10.9.0.0/24"] } },
        checks: ["networks behind AWS"],
        up: false,
      },
      {
        what: "too wide a network behind AWS",
        name: "vpn-tunnel1-azure-site",
        inputs: { localNetworkAddressSpace: { addressPrefixes: ["10.0.0.0/8"] } },
        checks: ["networks behind AWS"],
        up: false,
      },
      {
        what: "a wrong route to Azure",
        name: "vpn-aws-connection1-route",
        inputs: { destinationCidrBlock: "10.0.1.0/25" },
        checks: ["networks behind Azure"],
        up: false,
      },
      {
        what: "another customer address",
        name: "vpn-aws-customer1",
        inputs: { ipAddress: "203.0.113.1" },
        checks: ["outside addresses"],
        up: false,
      },
    ] as const)
      it(`disagree over ${what}`, async () => {
        expect(failing(withInputs(await stack(0), name, inputs), "tunnel1")).to.deep.equal({ checks, up });
      });

    it("have no other end where Azure points elsewhere", async () => {
      const broken = withInputs(await stack(0), "vpn-tunnel1-azure-site", {
        gatewayIpAddress: "198.51.100.1",
      });
      expect(tunnelsOf(broken).map((t) => [t.name, t.up, t.checks[0]?.what])).to.deep.equal([
        ["tunnel1", false, "both ends"],
        ["tunnel2", false, "both ends"],
        ["tunnel1", false, "both ends"],
      ]);
    });
  });

  describe("on a SKU that can be told a suite", () => {
    for (const { field, value, checks } of [
      { field: "ikeEncryption", value: "AES128", checks: ["phase 1"] },
      { field: "ikeIntegrity", value: "SHA256", checks: ["phase 1"] },
      { field: "dhGroup", value: "ECP256", checks: ["phase 1"] },
      { field: "ipsecEncryption", value: "GCMAES128", checks: ["phase 2", "renewal with PFS"] },
      { field: "ipsecIntegrity", value: "SHA256", checks: ["phase 2", "renewal with PFS"] },
      // Passes the first negotiation and would kill the tunnel an hour later.
      { field: "pfsGroup", value: "PFS2048", checks: ["renewal with PFS"] },
      { field: "saLifeTimeSeconds", value: 27_000, checks: ["lifetimes"] },
    ])
      it(`disagree over ${field} ${String(value)}`, async () => {
        const recording = await stack(2);
        const name = "vpn-tunnel2-azure-connection";
        const [policy] = resourceNamed(recording, name).inputs["ipsecPolicies"] as readonly Record<
          string,
          Value
        >[];
        const broken = withInputs(recording, name, { ipsecPolicies: [{ ...policy, [field]: value }] });
        expect(failing(broken, "tunnel2").checks).to.deep.equal(checks);
        expect(failing(broken, "tunnel1")).to.deep.equal({ checks: [], up: true });
      });

    it("call for the suite to be told", async () => {
      const broken = withInputs(await stack(2), "vpn-tunnel1-azure-connection", { ipsecPolicies: undefined });
      expect(failing(broken, "tunnel1").checks).to.include("one suite");
    });
  });

  describe("with BGP", () => {
    for (const { what, name, inputs, checks } of [
      {
        what: "Azure's ASN",
        name: "vpn-aws-customer1",
        inputs: { bgpAsn: "65001" },
        checks: ["Azure's ASN"],
      },
      {
        what: "AWS's ASN",
        name: "vpn-aws-gateway",
        inputs: { amazonSideAsn: "64513" },
        checks: ["AWS's ASN"],
      },
      {
        what: "AWS's inside address",
        name: "vpn-tunnel1-azure-site",
        inputs: { bgpSettings: { asn: 64_512, bgpPeeringAddress: "169.254.21.5" } },
        checks: ["AWS's inside address"],
      },
      {
        what: "the inside network",
        name: "vpn-aws-connection1",
        inputs: { tunnel1InsideCidr: "169.254.21.8/30" },
        checks: ["AWS's inside address", "Azure's inside address"],
      },
      {
        what: "who initiates",
        name: "vpn-tunnel1-azure-connection",
        inputs: { connectionMode: "Default" },
        checks: ["who initiates"],
      },
      {
        what: "BGP at all",
        name: "vpn-aws-connection1",
        inputs: { staticRoutesOnly: true },
        checks: ["routing"],
      },
      {
        what: "a list beside BGP",
        name: "vpn-tunnel1-azure-site",
        inputs: { localNetworkAddressSpace: { addressPrefixes: ["10.2.0.0/22"] } },
        checks: ["address spaces"],
      },
    ])
      it(`disagree over ${what}`, async () => {
        const broken = failing(withInputs(await stack(1), name, inputs), "tunnel1");
        expect(broken.checks).to.deep.equal(checks);
      });

    for (const { what, change, check } of [
      {
        what: "its own instance's address is the other tunnel's",
        change: ["169.254.22.2", "169.254.21.6"],
        check: "Azure's inside address",
      },
      {
        what: "the other instance's is none of that instance's",
        change: ["169.254.21.2", "169.254.22.2"],
        check: "other instances",
      },
      { what: "the other instance is not named", change: ["169.254.21.2"], check: "other instances" },
    ])
      it(`disagree where ${what}`, async () => {
        const recording = await stack(1);
        const name = "vpn-tunnel1-azure-connection";
        const entries = resourceNamed(recording, name).inputs[
          "gatewayCustomBgpIpAddresses"
        ] as readonly Record<string, Value>[];
        const changed = change.map((customBgpIpAddress, index) => ({
          ...entries[index],
          customBgpIpAddress,
        }));
        const broken = withInputs(recording, name, { gatewayCustomBgpIpAddresses: changed });
        expect(failing(broken, "tunnel1").checks).to.deep.equal([check]);
      });
  });

  for (const { what, left, spare, routing } of [
    {
      what: "of one tunnel without its connection: the address in Azure tells which was to be used",
      left: async () => without((await devStack()).recording, "vpn-tunnel1-azure-connection"),
      spare: [false, true],
      routing: "static",
    },
    {
      what: "of one tunnel without any address in Azure: nothing tells them apart",
      left: async () =>
        without(
          without((await devStack()).recording, "vpn-tunnel1-azure-connection"),
          "vpn-tunnel1-azure-site",
        ),
      spare: [false, false],
      routing: "static",
    },
    {
      what: "of four tunnels without one connection: what is missing is not unused",
      left: async () => without(await stack(1), "vpn-tunnel1-azure-connection"),
      spare: [false, false, false, false],
      routing: "bgp",
    },
  ])
    it(`are unused in Azure only where others are meant, in a stack ${what}`, async () => {
      const tunnels = tunnelsOf(await left());
      expect(tunnels.map((tunnel) => tunnel.spare)).to.deep.equal(spare);
      expect(new Set(tunnels.map((tunnel) => tunnel.routing))).to.deep.equal(new Set([routing]));
      expect(tunnels[0]?.up).to.equal(false);
    });
});

/** The same option of both slots. */
function both(option: string, value: Value): Readonly<Record<string, Value>> {
  return { [`tunnel1${option}`]: value, [`tunnel2${option}`]: value };
}
