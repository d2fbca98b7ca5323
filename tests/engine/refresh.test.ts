import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { LiveResource } from "../../rehearsal/clouds/cloudType";
import { disagreements } from "./support/agreement";
import { EngineStack, type Run } from "./support/engineStack";
import { type Program, realProgram, root } from "./support/inlineProgram";
import { own } from "./support/settings";

const connectionType = "azure-native:network:VirtualNetworkGatewayConnection";
const machineType = "azure-native:compute:VirtualMachine";
const nextKey = own({ presharedKeyGenerations: { tunnel1: 2 } });

/** What the run does to what is deployed. */
function changes({ steps }: Run): readonly string[] {
  return steps.filter(({ op }) => op !== "refresh").map(({ op, name }) => `${op} ${name}`);
}

function only(stack: EngineStack, type: string): LiveResource {
  const [first] = stack.clouds.all(type);
  if (first === undefined) throw new Error(`no ${type} is deployed`);
  return first;
}

/** The keys of tunnel 1 as each cloud has them. */
function keysOf(stack: EngineStack) {
  return {
    azure: only(stack, connectionType).inputs["sharedKey"],
    aws: only(stack, "aws:ec2/vpnConnection:VpnConnection").inputs["tunnel1PresharedKey"],
  };
}

/** The program with other options of its connections. */
function withConnectionOptions(options: pulumi.CustomResourceOptions): Program {
  return () => {
    pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
      type === connectionType ? { props, opts: { ...opts, ...options } } : undefined,
    );
    return realProgram();
  };
}

interface Deployment {
  readonly deployment: { readonly resources: Record<string, unknown>[] };
}

async function succeeds(run: Promise<Run>): Promise<Run> {
  const done = await run;
  expect(done.code, done.output).to.equal(0);
  return done;
}

describe("a pre-shared key that Azure does not return", function () {
  this.timeout(300_000);
  const opened: EngineStack[] = [];
  const open = async (options: Omit<Parameters<typeof EngineStack.create>[0], "stack">) => {
    const stack = await EngineStack.create({ stack: "dev", ...options });
    opened.push(stack);
    return stack;
  };
  const deployed = async (options: Parameters<typeof open>[0] = {}) => {
    const stack = await open(options);
    await succeeds(stack.up());
    return stack;
  };
  const released = async (settings: Record<string, unknown> = {}) => {
    const folder = path.join(root, "tests/engine/fixtures/released");
    const [version = ""] = readdirSync(folder);
    const stack = await deployed();
    const file = path.join(stack.folder, "released.json");
    // Deployed by this program, with a state as an older one left it: no trigger, the key among what replaces.
    const exported = JSON.parse((await succeeds(stack.pulumi(["stack", "export"]))).output) as Deployment;
    for (const resource of exported.deployment.resources) delete resource["replacementTrigger"];
    const older = readFileSync(path.join(folder, version, "dev.state"), "utf8");
    expect(older, "a released state has no trigger").not.to.include("replacementTrigger");
    writeFileSync(file, JSON.stringify(exported));
    await succeeds(stack.pulumi(["stack", "import", "--file", file]));
    stack.set(settings);
    return stack;
  };
  afterEach(() => {
    for (const stack of opened.splice(0)) stack.close();
  });

  for (const { says, simulation } of [
    { says: "does not return", simulation: {} },
    { says: "returns", simulation: { reads: "complete" } as const },
  ]) {
    it(`changes nothing on a refresh where Azure ${says} it`, async () => {
      const stack = await deployed({ simulation });
      const before = keysOf(stack);
      await succeeds(stack.preview("--refresh", "--expect-no-changes"));
      expect(changes(await succeeds(stack.up("--refresh", "--expect-no-changes")))).to.deep.equal([]);
      expect(keysOf(stack)).to.deep.equal(before);
    });

    it(`replaces the connection for the next generation, after a refresh too, where Azure ${says} it`, async () => {
      const stack = await deployed({ simulation });
      const before = keysOf(stack);
      await succeeds(stack.refresh());
      stack.set(nextKey);
      expect(changes(await succeeds(stack.up("--refresh")))).to.include(
        "replace vpn-tunnel1-azure-connection",
      );
      const after = keysOf(stack);
      expect(after.azure).to.equal(after.aws).and.not.to.equal(before.azure);
      expect(disagreements(stack)).to.deep.equal([]);
      await succeeds(stack.up("--refresh", "--expect-no-changes"));
    });
  }

  it("control: replaces every connection on a refresh where a changed key does", async () => {
    const stack = await deployed({
      program: withConnectionOptions({ ignoreChanges: [], replaceOnChanges: ["sharedKey"] }),
    });
    const run = await succeeds(stack.preview("--refresh"));
    expect(changes(run)).to.include("replace vpn-tunnel1-azure-connection");
  });

  it("control: would not reach Azure without the trigger", async () => {
    const stack = await deployed({
      program: withConnectionOptions({ replacementTrigger: undefined, replaceWith: [] }),
    });
    stack.set(nextKey);
    await succeeds(stack.up());
    const { azure, aws } = keysOf(stack);
    expect(azure).not.to.equal(aws);
  });

  it("stays in Azure where the connection is changed in place after a refresh", async () => {
    const stack = await deployed();
    await succeeds(stack.refresh());
    stack.set(own({ tags: { team: "network" } }));
    expect(changes(await succeeds(stack.up()))).to.include("update vpn-tunnel1-azure-connection");
    const { azure, aws } = keysOf(stack);
    expect(azure).to.be.a("string").and.equal(aws);
  });

  it("comes with a connection that is replaced or created again after a refresh", async () => {
    const stack = await deployed();
    await succeeds(stack.refresh());
    const connection = stack.state.resources.find(({ type }) => type === connectionType);
    await succeeds(stack.up("--replace", connection?.urn ?? ""));
    expect(keysOf(stack).azure).to.equal(keysOf(stack).aws);
    await succeeds(stack.refresh());
    stack.clouds.remove(connectionType, only(stack, connectionType).id);
    await succeeds(stack.up("--refresh"));
    expect(keysOf(stack).azure).to.equal(keysOf(stack).aws);
  });

  for (const operation of ["create", "delete"] as const) {
    it(`reaches Azure on the next up where the ${operation} of its connection failed`, async () => {
      const stack = await deployed();
      stack.set(nextKey);
      stack.simulation.faults.inject({
        operation,
        going: "instead",
        error: "AnotherOperationInProgress",
        hits: ({ type }) => type === connectionType,
      });
      expect((await stack.up()).code).not.to.equal(0);
      await succeeds(stack.up("--refresh"));
      const { azure, aws } = keysOf(stack);
      expect(azure).to.equal(aws);
      expect(disagreements(stack)).to.deep.equal([]);
    });
  }

  it("replaces nothing of a state from before the trigger, refreshed or not", async () => {
    const stack = await released();
    expect(changes(await succeeds(stack.preview("--refresh")))).to.deep.equal([]);
    expect(changes(await succeeds(stack.up()))).to.deep.equal([]);
  });

  it("replaces the connection of such a state where the first up raises the generation", async () => {
    const stack = await released(nextKey);
    expect(changes(await succeeds(stack.up()))).to.include("replace vpn-tunnel1-azure-connection");
    const { azure, aws } = keysOf(stack);
    expect(azure).to.equal(aws);
  });
});

describe("a deallocated client machine", function () {
  this.timeout(300_000);
  const deallocated = { instanceView: { statuses: [{ code: "PowerState/deallocated" }] } };

  for (const { says, replaceOnChanges, replaced } of [
    { says: "is not replaced on a refresh", replaceOnChanges: undefined, replaced: false },
    {
      says: "control: is replaced where its whole storage profile replaces it",
      replaceOnChanges: ["storageProfile"],
      replaced: true,
    },
  ]) {
    it(says, async () => {
      const program: Program = () => {
        pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
          type === machineType && replaceOnChanges !== undefined
            ? { props, opts: { ...opts, replaceOnChanges } }
            : undefined,
        );
        return realProgram();
      };
      const stack = await EngineStack.create({ stack: "dev", settings: own({ clientVm: true }), program });
      try {
        await succeeds(stack.up());
        const machine = only(stack, machineType);
        stack.clouds.put({ ...machine, outputs: { ...machine.outputs, ...deallocated } });
        const run = await succeeds(stack.preview("--refresh"));
        expect(changes(run).includes("replace client-machine")).to.equal(replaced);
      } finally {
        stack.close();
      }
    });
  }
});
