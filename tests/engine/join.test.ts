import { expect } from "chai";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Snapshot } from "../../rehearsal/model/snapshot";
import { disagreements, surroundingsOf } from "./support/agreement";
import { EngineStack, type JoiningStack, type Run } from "./support/engineStack";
import { own } from "./support/settings";

const stacks: readonly { readonly stack: JoiningStack; readonly says: string }[] = [
  { stack: "hub", says: "a hub of others, whose gateway it shares" },
  { stack: "vpc", says: "a VPC of others, whose gateway it uses" },
];

for (const { stack: name, says } of stacks) {
  describe(`the life of a stack in ${says}`, function () {
    this.timeout(180_000);
    let stack: EngineStack;
    before(async () => (stack = await EngineStack.create({ stack: name })));
    after(() => {
      stack.close();
    });
    // Whatever happened: others have byte for byte what they had.
    afterEach(() => {
      expect(surroundingsOf(stack.clouds)).to.equal(stack.surroundings);
    });
    const succeed = (run: Run): Run => {
      expect(run.code, run.output).to.equal(0);
      return run;
    };
    const changes = ({ steps }: Run) => steps.filter(({ op }) => op !== "read" && op !== "same");

    it("has something around it", () => {
      expect(stack.clouds.resources().every(({ foreign }) => foreign === true)).to.equal(true);
      expect(stack.surroundings).to.have.length.above(1000);
    });

    it("is previewed without a change in the clouds", async () => {
      succeed(await stack.preview());
      expect(stack.simulation.journal.changes).to.deep.equal([]);
    });

    it("finishes with the next up after one that failed", async () => {
      stack.simulation.faults.inject({
        operation: "create",
        going: "instead",
        hits: ({ type }) => type.endsWith(":VpnConnection"),
        error: "RequestLimitExceeded: Request limit exceeded.",
      });
      expect((await stack.up()).code).not.to.equal(0);
      expect(surroundingsOf(stack.clouds)).to.equal(stack.surroundings);
      succeed(await stack.up());
      expect(disagreements(stack)).to.deep.equal([]);
    });

    it("has nothing to do the second time", async () => {
      expect(changes(succeed(await stack.up()))).to.deep.equal([]);
    });

    it("takes a change", async () => {
      stack.set(own({ tags: { changed: "yes" }, presharedKeyGenerations: { tunnel1: 2 } }));
      expect(changes(succeed(await stack.up())).length).to.be.at.least(1);
      expect(disagreements(stack)).to.deep.equal([]);
    });

    it("is refreshed without a change", async () => {
      succeed(await stack.refresh());
      succeed(await stack.preview("--expect-no-changes"));
    });

    it("leaves nothing of its own behind", async () => {
      succeed(await stack.destroy());
      expect(stack.clouds.resources().filter(({ foreign }) => foreign !== true)).to.deep.equal([]);
    });
  });
}

describe("a preview at a hub whose snapshot shows another site", function () {
  this.timeout(60_000);
  let stack: EngineStack;
  before(async () => (stack = await EngineStack.create({ stack: "hub" })));
  after(() => {
    stack.close();
  });

  /** Writes into the snapshot that the site behind the hub has this network. */
  const siteHas = (prefix: string) => {
    const file = path.join(stack.projectFolder, "snapshots", "hub.json");
    const snapshot = JSON.parse(readFileSync(file, "utf8")) as Snapshot;
    const resources = snapshot.resources.map((one) =>
      one.id.endsWith("/lgw-osaka")
        ? { ...one, inputs: { ...one.inputs, localNetworkAddressSpace: { addressPrefixes: [prefix] } } }
        : one,
    );
    writeFileSync(file, JSON.stringify({ ...snapshot, resources }));
  };

  it("fails where the site has what awsCidr is to be", async () => {
    siteHas("10.2.2.0/24");
    const run = await stack.preview();
    expect(run.code).not.to.equal(0);
    expect(run.output).to.include(
      "Nothing was touched: one obstacle in what this stack joins. This program changes nothing that others own.",
    );
    expect(run.output).to.include(
      "awsCidr, 10.2.0.0/22: cn-osaka behind vpng-hub has 10.2.2.0/24 of it, by snapshots/hub.json of 2100-01-01",
    );
    expect(stack.simulation.journal.changes).to.deep.equal([]);
  });

  it("passes where it has the network beside", async () => {
    siteHas("10.2.4.0/24");
    const run = await stack.preview();
    expect(run.code, run.output).to.equal(0);
    expect(run.output).not.to.include("snapshots/hub.json");
  });
});
