import { expect } from "chai";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runReview } from "../../../operations/review/command";
import { flowLines } from "../../../operations/review/flows/words";
import { review } from "../../../operations/review/judge";
import { markdown } from "../../../operations/review/markdown";
import { snapshotVersion, type SnapshotResource } from "../../../rehearsal/model/snapshot";
import { addedTypes, awsTypes, azureTypes } from "../../../rehearsal/model/resourceTypes";
import { type Shown, shownPreview } from "./shown";

const network = "/subscriptions/s/resourceGroups/hub-group/providers/Microsoft.Network";
const gateway = `${network}/virtualNetworkGateways/hub-vpn`;
const spoke = `${network}/virtualNetworks/spoke1`;
const learned = (net: string, origin: string) => ({ network: net, nextHop: "10.100.0.9", origin });

const others: readonly SnapshotResource[] = [
  {
    type: azureTypes.virtualNetworkGateway,
    id: gateway,
    inputs: { enableBgp: true },
    outputs: { learnedRoutes: [learned("10.200.0.0/16", "EBgp"), learned("10.100.0.0/22", "Network")] },
  },
  {
    type: azureTypes.virtualNetwork,
    id: spoke,
    inputs: { virtualNetworkName: "spoke1", addressSpace: { addressPrefixes: ["10.101.0.0/22"] } },
    outputs: {},
  },
  { type: awsTypes.vpc, id: "vpc-1", inputs: { cidrBlock: "10.50.0.0/16" }, outputs: {} },
  { type: awsTypes.vpnConnection, id: "vpn-9", inputs: { vpnGatewayId: "vgw-1" }, outputs: {} },
  { type: awsTypes.vpnConnection, id: "vpn-8", inputs: { vpnGatewayId: "vgw-2" }, outputs: {} },
  {
    type: awsTypes.vpnConnectionRoute,
    id: "r",
    inputs: { vpnConnectionId: "vpn-9", destinationCidrBlock: "192.168.10.0/24" },
    outputs: {},
  },
];

const tunnel = (op: Shown["op"], enableBgp: boolean): Shown => {
  // As Azure spells ids, whatever the setting has.
  const inputs = { enableBgp, virtualNetworkGateway1: { id: gateway.toUpperCase() } };
  return { op, type: azureTypes.virtualNetworkGatewayConnection, name: "vpn-tunnel1", ...sideOf(op, inputs) };
};
const connection = (op: Shown["op"]): Shown => ({
  op,
  type: awsTypes.vpnConnection,
  name: "vpn-aws-connection1",
  ...sideOf(op, { vpnGatewayId: "vgw-1" }),
});
const peering = (op: Shown["op"]): Shown => ({
  op,
  type: "azure-native:network:VirtualNetworkPeering",
  name: "azure-hub-to-spoke1",
  ...sideOf(op, { allowGatewayTransit: true, remoteVirtualNetwork: { id: spoke } }),
});
const kept: Shown = { op: "same", type: awsTypes.bucket, name: "s3-data", before: {} };

function sideOf(op: Shown["op"], inputs: Record<string, unknown>) {
  return op === "create" ? { after: inputs } : { before: inputs };
}

describe("the review of a stack that joins existing networks", () => {
  const connects = (...steps: readonly Shown[]) => review(shownPreview([kept, ...steps]), others).connects;
  const learnedOnPremises = "AWS and 10.200.0.0/16, which `hub-vpn` learned over BGP";
  const otherSite = "Azure and 192.168.10.0/24, behind the VPN connection `vpn-9` of the same gateway";
  const peered = "AWS and the peered network `spoke1` (10.101.0.0/22)";

  for (const [name, step, sentence] of [
    ["what a shared Azure gateway learned", (op: Shown["op"]) => tunnel(op, true), learnedOnPremises],
    ["other sites of a shared virtual private gateway", connection, otherSite],
    ["the networks that are peered by gateway transit", peering, peered],
  ] as const) {
    it(`says that the link now connects ${name}`, () => {
      expect(connects(step("create"))).to.deep.equal({ opened: [sentence], closed: [] });
    });
    it(`says that it no longer connects ${name}`, () => {
      expect(connects(step("delete"))).to.deep.equal({ opened: [], closed: [sentence] });
    });
    it(`says nothing of ${name} where that stays`, () => {
      expect(connects(step("same"))).to.deep.equal({ opened: [], closed: [] });
    });
  }

  describe("with spokes and a site without BGP at the shared Azure gateway", () => {
    const hub = `${network}/virtualNetworks/hub`;
    const side = (from: string, to: string, inputs: SnapshotResource["inputs"]): SnapshotResource => ({
      ...{ type: azureTypes.virtualNetworkPeering, id: `${from}/virtualNetworkPeerings/peer`, outputs: {} },
      inputs: { remoteVirtualNetwork: { id: to }, ...inputs },
    });
    const around = (uses: boolean, enableBgp: boolean): readonly SnapshotResource[] => [
      {
        ...{ type: azureTypes.virtualNetworkGateway, id: gateway, outputs: {} },
        inputs: { ipConfigurations: [{ subnet: { id: `${hub}/subnets/GatewaySubnet` } }] },
      },
      ...others.filter(({ id }) => id === spoke),
      side(hub, spoke.toUpperCase(), { allowGatewayTransit: true }),
      side(spoke, hub, { useRemoteGateways: uses }),
      {
        ...{
          type: azureTypes.virtualNetworkGatewayConnection,
          id: `${network}/connections/depot`,
          outputs: {},
        },
        inputs: {
          ...{ enableBgp, virtualNetworkGateway1: { id: gateway } },
          localNetworkGateway2: { id: `${network}/localNetworkGateways/depot` },
        },
      },
      {
        ...{ type: azureTypes.localNetworkGateway, id: `${network}/localNetworkGateways/depot`, outputs: {} },
        inputs: { localNetworkAddressSpace: { addressPrefixes: ["10.220.0.0/16"] } },
      },
    ];
    const site = "AWS and 10.220.0.0/16, behind the connection `depot` without BGP: AWS learns the way there";

    for (const [what, step, uses, bgp, says] of [
      ["both", tunnel("create", true), true, false, [site, peered]],
      ["no spoke that does not use the gateway", tunnel("create", true), false, false, [site]],
      ["no such site where it has BGP", tunnel("create", true), true, true, [peered]],
      ["nothing where the tunnels are static", tunnel("create", false), true, false, []],
    ] as const)
      it(`names ${what}`, () => {
        const found = review(shownPreview([kept, step]), around(uses, bgp));
        expect(found.connects.opened).to.deep.equal(says);
      });
  });

  it("says nothing of a gateway's learned routes where the tunnels are static", () => {
    expect(connects(tunnel("create", false)).opened).to.deep.equal([]);
  });

  it("writes it under a title of its own", () => {
    const text = markdown(review(shownPreview([kept, connection("create")]), others));
    expect(text).to.include(
      `### Whom else the link connects\n\nBy routes; rules of their own may stop it.\n\n- now connects ${otherSite}\n`,
    );
  });

  it("writes nothing of it where the stack joins nothing", () => {
    const text = markdown(review(shownPreview([kept, connection("create")])));
    expect(text).not.to.include("Whom else");
  });

  it("compares routes by a route table of others, and cannot without the snapshot", () => {
    const table = {
      type: addedTypes.azureRouteTable,
      id: `${network}/routeTables/by-firewall`,
      inputs: {
        routeTableName: "by-firewall",
        routes: [
          { addressPrefix: "0.0.0.0/0", nextHopType: "VirtualAppliance", nextHopIpAddress: "10.100.1.4" },
        ],
      },
      outputs: {},
    };
    const before = { virtualNetworkName: "spoke1", addressPrefix: "10.101.0.0/24" };
    const subnet: Shown = {
      op: "update",
      type: azureTypes.subnet,
      name: "clients",
      before,
      after: { ...before, routeTable: { id: table.id } },
    };
    const told = (all: readonly SnapshotResource[]) =>
      review(shownPreview([kept, subnet]), all)
        .flows.flatMap(flowLines)
        .join("\n");
    expect(told([...others, table])).to.include("VirtualAppliance 10.100.1.4");
    expect(told(others)).to.include("is none of the stack's");
  });

  describe("on the command line", () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(path.join(tmpdir(), "review-"));
    });
    afterEach(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    function reviewed(config: Record<string, string>, snapshotText?: string) {
      const file = path.join(folder, "preview.json");
      const step = {
        op: "create",
        urn: "urn:pulumi:hub::azure-s3-privatelink::aws:ec2/vpnConnection:VpnConnection::vpn-aws-connection1",
        newState: { inputs: { vpnGatewayId: "vgw-1" } },
      };
      writeFileSync(file, JSON.stringify({ config, steps: [step], changeSummary: { create: 1 } }));
      if (snapshotText !== undefined) {
        mkdirSync(path.join(folder, "snapshots"));
        writeFileSync(path.join(folder, "snapshots/hub.json"), snapshotText);
      }
      let text = "";
      const write = (more: string) => (text += more);
      return { code: runReview([file], { out: write, err: write, projectDir: folder }), text };
    }

    const joining = { "azure-s3-privatelink:awsGatewayId": "vgw-1" };
    const snapshot = {
      version: snapshotVersion,
      stack: "hub",
      readAt: "2026-11-26T08:00:00.000Z",
      around: {},
    };

    it("reads the snapshot beside the stack's file", () => {
      const { code, text } = reviewed(joining, JSON.stringify({ ...snapshot, resources: others }));
      expect({ code, connects: text.includes(otherSite) }).to.deep.equal({ code: 0, connects: true });
    });

    it("says what is not judged without one", () => {
      const { code, text } = reviewed(joining);
      expect(code).to.equal(0);
      expect(text).to.include("has no snapshot: flows are judged by what the preview shows alone");
    });

    it("ends with 2 at a snapshot that is none", () => {
      const { code, text } = reviewed(joining, "{}");
      expect(code).to.equal(2);
      expect(text).to.match(
        /hub\.json: version is absent, and 1 is read; delete it and run npm run snapshot -- --stack hub/,
      );
    });

    it("needs none where the stack joins nothing", () => {
      const { code, text } = reviewed({ "azure-s3-privatelink:awsGatewayId": "" });
      expect({ code, told: text.includes("snapshot") }).to.deep.equal({ code: 0, told: false });
    });
  });
});
