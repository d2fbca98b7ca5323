import { expect } from "chai";
import path from "node:path";
import { Vpc } from "@pulumi/aws/ec2/vpc";
import * as network from "@pulumi/azure-native/network";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { SimulatedClouds } from "../../rehearsal/clouds/clouds";
import type { Fault } from "../../rehearsal/engine/faults";
import { disagreements, inventory } from "./support/agreement";
import { EngineStack, type Run } from "./support/engineStack";
import type { Program } from "./support/inlineProgram";

const projectFolder = path.join(__dirname, "fixtures/tiny");

/** A group, a network with a secret tag, and a key that is kept until its generation changes. */
const tiny: Program = () => {
  const config = new pulumi.Config();
  const group = new resources.ResourceGroup("group", { tags: { team: config.get("team") ?? "net" } });
  const key = new random.RandomPassword("key", {
    length: 20,
    special: false,
    keepers: { generation: config.get("generation") ?? "1" },
  });
  const net = new network.VirtualNetwork("net", {
    resourceGroupName: group.name,
    addressSpace: { addressPrefixes: [config.get("cidr") ?? "10.0.1.0/24"] },
    ...(config.get("name") === undefined ? {} : { virtualNetworkName: config.require("name") }),
    tags: { key: key.result },
  });
  return Promise.resolve({ netId: net.id, key: key.result });
};

const tinyVpc: Program = () => {
  const vpc = new Vpc("vpc", { cidrBlock: "10.0.0.0/24" });
  return Promise.resolve({ vpcId: vpc.id });
};

const steps = (run: Run): readonly string[] => run.steps.filter(isOwn).map(({ op, name }) => `${op} ${name}`);
const isOwn = ({ type }: { readonly type: string }): boolean => !type.startsWith("pulumi:");

describe("the simulated clouds behind the real engine", function () {
  this.timeout(60_000);
  const opened: EngineStack[] = [];
  const deploy = async (program: Program): Promise<EngineStack> => {
    const stack = await EngineStack.create({ stack: "dev", program, projectFolder });
    opened.push(stack);
    return stack;
  };
  const deployTiny = async (): Promise<EngineStack> => {
    const stack = await deploy(tiny);
    expect((await stack.up()).output).to.match(/\+ 4 created/);
    return stack;
  };
  const fail = (
    stack: EngineStack,
    fault: Pick<Fault, "operation" | "going"> & { readonly name: string },
  ): void => {
    stack.simulation.faults.inject({
      ...fault,
      error: "429 TooManyRequests",
      hits: ({ name }) => name === fault.name,
    });
  };
  afterEach(() => {
    for (const stack of opened.splice(0)) stack.close();
  });

  it("previews a deployment without making anything", async () => {
    const stack = await deploy(tiny);
    const run = await stack.preview();
    expect(steps(run)).to.have.members(["create group", "create key", "create net"]);
    expect(run.output).to.match(/netId\s*: \[unknown\]|netId\s*: output<string>/);
    expect(stack.simulation.journal.changes).to.deep.equal([]);
  });

  it("deletes nothing where the program has lost its connection to the engine", async () => {
    let program = tiny;
    const stack = await deploy(() => program());
    expect((await stack.up()).code).to.equal(0);
    const cutOff = { code: 14, details: "Connection dropped", metadata: {} };
    program = () => Promise.reject(Object.assign(new Error("14 UNAVAILABLE: Connection dropped"), cutOff));
    const run = await stack.up();
    expect(run.code, run.output).not.to.equal(0);
    expect(steps(run)).to.deep.equal([]);
    expect(stack.clouds.resources()).to.have.lengthOf(2);
  });

  it("moves nothing where the providers have been started anew", async () => {
    const stack = await deploy(tinyVpc);
    expect((await stack.up()).code).to.equal(0);
    const { simulation } = stack;
    const { accountId, subscriptionId } = simulation.clouds;
    const nowhere = { region: "", location: "", accountId, subscriptionId };
    simulation.clouds = new SimulatedClouds(nowhere, simulation.clouds.snapshot());
    expect(steps(await stack.preview())).to.deep.equal([]);
    expect(stack.clouds.region).to.equal("ap-northeast-1");
  });

  it("makes nothing in AWS for a provider that was told no region, and takes nothing for moved", async () => {
    const stack = await deploy(tinyVpc);
    stack.set({ "aws:region": undefined });
    const run = await stack.preview();
    expect(run.code).not.to.equal(0);
    expect(run.output).to.match(/the AWS provider has no region; set aws:region/);
    expect(steps(run)).to.deep.equal([]);
  });

  it("has nothing to do the second time, and nothing to refresh", async () => {
    const stack = await deployTiny();
    expect((await stack.up()).counts).to.deep.equal({ same: 4 });
    expect((await stack.preview("--expect-no-changes")).code).to.equal(0);
    expect((await stack.refresh("--expect-no-changes")).code).to.equal(0);
    expect(disagreements(stack)).to.deep.equal([]);
  });

  it("names things as the providers do, and keeps the names", async () => {
    const stack = await deployTiny();
    const before = inventory(stack);
    const [net] = stack.clouds.all("azure-native:network:VirtualNetwork");
    expect(net?.id).to.match(/\/virtualNetworks\/net[0-9a-f]{8}$/);
    stack.set({ "tiny:team": "other" });
    expect(steps(await stack.up())).to.deep.equal(["update group"]);
    expect(inventory(stack)).to.deep.equal(before);
  });

  it("replaces what a change cannot reach, and updates what follows", async () => {
    const stack = await deployTiny();
    stack.set({ "tiny:generation": "2" });
    const run = await stack.up();
    expect(steps(run)).to.deep.equal([
      "create-replacement key",
      "replace key",
      "update net",
      "delete-replaced key",
    ]);
    expect(run.steps.find(({ op }) => op === "replace")?.diffs).to.deep.equal(["keepers"]);
  });

  it("deletes before it replaces where the program fixed the name", async () => {
    const stack = await deploy(tiny);
    stack.set({ "tiny:name": "fixed" });
    await stack.up();
    stack.set({ "tiny:name": "renamed" });
    const run = await stack.up();
    expect(steps(run)).to.deep.equal(["delete-replaced net", "replace net", "create-replacement net"]);
  });

  it("keeps secrets encrypted in the state, through values that hold them too", async () => {
    const stack = await deployTiny();
    const [net] = stack.clouds.all("azure-native:network:VirtualNetwork");
    const key = (net?.outputs.tags as Record<string, string>).key ?? "";
    expect(key).to.have.lengthOf(20);
    expect(stack.save().state).not.to.include(key);
    const shown = await stack.pulumi(["stack", "export", "--show-secrets"]);
    expect(shown.output, "the search must find what is there").to.include(key);
  });

  it("refuses a resource type that the clouds do not know", async () => {
    const stack = await deploy(() => {
      new network.NatGateway("nat", { resourceGroupName: "none" });
      return Promise.resolve({});
    });
    expect((await stack.preview()).errors[0]?.message).to.match(
      /no model of azure-native:network:NatGateway/,
    );
  });

  it("answers a refusal of the cloud as an error of that resource", async () => {
    const stack = await deploy(() => {
      new network.VirtualNetwork("lost", {
        resourceGroupName: "nowhere",
        addressSpace: { addressPrefixes: ["10.0.0.0/24"] },
      });
      return Promise.resolve({});
    });
    const run = await stack.up();
    expect(run.code).not.to.equal(0);
    expect(run.errors.find(({ name }) => name === "lost")?.message).to.match(/^ResourceGroupNotFound: /);
  });

  describe("when a create goes wrong", () => {
    it("instead of its effect: nothing is made, and the next up makes it", async () => {
      const stack = await deploy(tiny);
      fail(stack, { operation: "create", name: "net", going: "instead" });
      const run = await stack.up();
      expect(run.errors[0]).to.deep.include({ name: "net", message: "429 TooManyRequests" });
      expect(inventory(stack)).to.deep.equal(["azure-native:resources:ResourceGroup group"]);
      expect((await stack.up()).code).to.equal(0);
      expect(disagreements(stack)).to.deep.equal([]);
    });

    it("after its effect: the state keeps it as half made, and the next up finishes it", async () => {
      const stack = await deploy(tiny);
      fail(stack, { operation: "create", name: "net", going: "after" });
      expect((await stack.up()).errors[0]?.name).to.equal("net");
      expect(disagreements(stack)).to.have.lengthOf(1);
      expect(disagreements(stack)[0]).to.match(/^half made: .*::net$/);
      expect(steps(await stack.up())).to.deep.equal(["update net"]);
      expect(disagreements(stack)).to.deep.equal([]);
    });

    it("before its effect: the clouds hold what the state does not know", async () => {
      const stack = await deploy(tiny);
      fail(stack, { operation: "create", name: "net", going: "unseen" });
      await stack.up();
      expect(disagreements(stack)).to.have.lengthOf(1);
      expect(disagreements(stack)[0]).to.match(/^orphan: .*virtualNetworks\/net/);
    });
  });

  it("waits as long as the cloud takes", async () => {
    const stack = await EngineStack.create({
      stack: "dev",
      program: tiny,
      projectFolder,
      simulation: {
        latency: (operation) =>
          new Promise((resolve) => setTimeout(resolve, operation === "create" ? 400 : 0)),
      },
    });
    opened.push(stack);
    const run = await stack.up();
    expect(run.code).to.equal(0);
    const [group, net] = ["group", "net"].map((name) =>
      stack.simulation.journal.changes.find((e) => e.name === name),
    );
    expect(group?.ended).to.be.lessThan(net?.began ?? 0);
  });
});
