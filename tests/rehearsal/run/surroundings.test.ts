import { expect } from "chai";
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEstate } from "../../../rehearsal/estate/estate";
import { snapshotSchema } from "../../../rehearsal/model/snapshot";
import { signInFor } from "../../../rehearsal/run/deployer";
import { StackConfigError, type StackConfig } from "../../../rehearsal/run/stackConfig";
import { joinedIn, readSurroundings, type Surroundings } from "../../../rehearsal/run/surroundings";

const examples = join(__dirname, "../../../examples/join");
const text = (stack: string) => readFileSync(join(examples, "snapshots", `${stack}.json`), "utf8");
const snapshot = (stack: string) => snapshotSchema.parse(JSON.parse(text(stack)));

/** Settings with the ids that a snapshot was read around, or others. */
function configOf(around: Readonly<Record<string, string | readonly string[]>>): StackConfig {
  const values = Object.entries(around).map(([setting, value]) => [
    `link:${setting}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return { project: "link", values: Object.fromEntries(values) as Record<string, string>, secretKeys: [] };
}

/** What is read of a snapshot file that says this; of none where it says nothing. */
function read(content: string | undefined, config: StackConfig, stack = "hub"): Surroundings | undefined {
  const projectDir = mkdtempSync(join(tmpdir(), "snapshot-"));
  try {
    mkdirSync(join(projectDir, "snapshots"));
    if (content !== undefined) writeFileSync(join(projectDir, "snapshots", `${stack}.json`), content);
    return readSurroundings({ projectDir, stack }, config);
  } finally {
    rmSync(projectDir, { recursive: true });
  }
}

const hub = configOf(snapshot("hub").around);
const changed = (change: object) => JSON.stringify({ ...(JSON.parse(text("hub")) as object), ...change });
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

describe("the snapshot of a stack's surroundings", () => {
  it("is not asked for by a stack that joins nothing", () => {
    const nothing = configOf({ azureVirtualNetworkId: "", awsSubnetIds: [] });
    expect(joinedIn(nothing)).to.deep.equal({});
    expect(read(undefined, nothing)).to.equal(undefined);
  });

  for (const { says, content, message } of [
    {
      says: "is missing",
      content: undefined,
      message:
        "the stack hub joins what exists (azureVirtualNetworkId, azureGatewayId), and there is no snapshots/hub.json; run npm run snapshot -- --stack hub",
    },
    {
      says: "is no JSON",
      content: "{",
      message: /^snapshots\/hub\.json is no JSON: .*; delete it and run npm run snapshot/,
    },
    {
      says: "has another version",
      content: changed({ version: 2 }),
      message:
        "snapshots/hub.json: version is 2, and 1 is read; delete it and run npm run snapshot -- --stack hub",
    },
    { says: "lacks a part", content: changed({ resources: [{ type: "t" }] }), message: /resources\.0\.id: / },
    {
      says: "has a resource twice",
      content: changed({ resources: [1, 2].map(() => ({ type: "t", id: "i", inputs: {}, outputs: {} })) }),
      message:
        "snapshots/hub.json: resources: t i is there twice; delete it and run npm run snapshot -- --stack hub",
    },
  ])
    it(`is refused in one line where it ${says}`, () => {
      expect(() => read(content, hub)).to.throw(StackConfigError, message);
    });

  for (const { says, content, config = hub, stale } of [
    { says: "fresh", content: text("hub"), stale: undefined },
    { says: "30 days old", content: changed({ readAt: daysAgo(30) }), stale: undefined },
    {
      says: "31 days old",
      content: changed({ readAt: daysAgo(31) }),
      stale: /is 31 days old, more than 30; run/,
    },
    {
      says: "of another gateway",
      content: text("hub"),
      config: configOf({ ...snapshot("hub").around, azureGatewayId: "/other" }),
      stale: /was read for another azureGatewayId; run npm run snapshot -- --stack hub$/,
    },
    { says: "of another stack", content: changed({ stack: "prod" }), stale: /was read for the stack prod/ },
  ])
    it(`${stale === undefined ? "counts" : "is stale, and read all the same,"} where it is ${says}`, () => {
      const surroundings = read(content, config);
      if (stale === undefined) expect(surroundings?.snapshot.stale).to.equal(undefined);
      else expect(surroundings?.snapshot.stale).to.match(stale);
      expect(surroundings?.resources).to.have.lengthOf(snapshot("hub").resources.length);
    });

  it("becomes resources of others, each with a URN of its own", () => {
    const resources = read(text("hub"), hub)?.resources ?? [];
    expect(new Set(resources.map(({ urn }) => urn)).size).to.equal(resources.length);
    expect(resources.every(({ foreign, options }) => foreign === true && !options.protect)).to.equal(true);
    expect(resources.map(({ urn }) => urn)).to.include(
      "urn:pulumi:hub::link::azure-native:network:VirtualNetwork::others/vnet-hub",
    );
  });

  it("says in which subscription and account the stack is", () => {
    expect(signInFor(hub).subscriptionId).to.equal("3f1c8a52-6d0e-4b7a-9c14-5e2d7b90a6f1");
    const vpc = configOf(snapshot("vpc").around);
    const resources = read(text("vpc").replaceAll("123456789012", "210987654321"), vpc, "vpc")?.resources;
    expect(signInFor(vpc, resources).accountId).to.equal("210987654321");
  });
});

describe("the estate of what others own", () => {
  const estateOf = (stack: "hub" | "vpc") => {
    const surroundings = read(text(stack), configOf(snapshot(stack).around), stack)?.resources ?? [];
    const nothing = { outputs: {}, secretOutputs: [], refusals: [], errors: [] };
    return readEstate({ stack, resources: [], surroundings, ...nothing });
  };

  it("is none of the stack's own, and has no tunnels to judge", () => {
    const estate = estateOf("hub");
    expect([estate.resources, estate.tunnels]).to.deep.equal([[], []]);
    expect(estate.azure.connections).to.have.lengthOf(2);
  });

  it("joins peerings to their networks both ways", () => {
    const { azure } = estateOf("hub");
    const network = azure.networks.find(({ prefixes }) => prefixes.includes("10.100.0.0/22"));
    if (network === undefined) throw new Error("there is no hub");
    const peerings = azure.peerings.filter((one) => one.network === network);
    expect(peerings.flatMap(({ remote }) => remote?.prefixes ?? [])).to.have.members([
      ...["10.101.0.0/22", "10.102.0.0/22"],
    ]);
    for (const { state, allowGatewayTransit } of peerings)
      expect([state, allowGatewayTransit]).to.deep.equal(["Connected", true]);
    const back = azure.peerings.filter(({ remote }) => remote === network);
    expect(back.map(({ useRemoteGateways }) => useRemoteGateways)).to.deep.equal([true, true]);
  });

  it("joins subnets to their networks, tables and groups", () => {
    const web = estateOf("hub").azure.subnets.find(({ name }) => name === "snet-web");
    expect(web?.network?.prefixes).to.deep.equal(["10.101.0.0/22"]);
    expect(web?.routeTable?.routes.map(({ nextHopAddress }) => nextHopAddress)).to.deep.equal(["10.100.1.4"]);
    expect(web?.securityGroup?.rules).to.have.lengthOf(2);
  });

  it("has the VPC's secondary network, its own tables and its default ACL", () => {
    const { aws } = estateOf("vpc");
    expect(aws.vpcs.map(({ cidrs }) => cidrs)).to.deep.equal([["10.50.0.0/16", "100.64.0.0/20"]]);
    expect(aws.subnets.map(({ routeTable }) => routeTable?.kind)).to.deep.equal([
      "associated",
      "associated",
      "main",
    ]);
    expect(aws.subnets.map(({ routeTable }) => routeTable?.resource.foreign)).to.deep.equal([
      true,
      true,
      true,
    ]);
    expect(aws.subnets.map(({ networkAcl }) => networkAcl?.rules)).to.deep.equal(
      aws.subnets.map(() => aws.subnets[0]?.networkAcl?.rules),
    );
    expect(aws.subnets[0]?.networkAcl?.rules).to.have.lengthOf(2);
    const propagated = { destination: "192.168.10.0/24", gatewayId: "vgw-0c52e8a7f13b6d940" };
    expect(aws.routeTables.map((table) => table.propagated)).to.deep.equal([[propagated], [propagated]]);
  });
});
