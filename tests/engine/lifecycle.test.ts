import { expect } from "chai";
import { disagreements } from "./support/agreement";
import { EngineStack, type Run, type StackOptions } from "./support/engineStack";
import { expectQuietRefresh } from "./support/quietRefresh";
import { dualTunnel, own } from "./support/settings";

const stacks: readonly (StackOptions & { readonly says: string; readonly tunnels: number })[] = [
  { says: "dev, single-tunnel", stack: "dev", tunnels: 1 },
  { says: "dev with dual-tunnel", stack: "dev", settings: dualTunnel, tunnels: 2 },
  {
    says: "dev with dual-tunnel on Basic",
    stack: "dev",
    settings: own({ vpnTopology: "dual-tunnel" }),
    tunnels: 2,
  },
  { says: "prod, active-active", stack: "prod", tunnels: 4 },
];

const connection = "azure-native:network:VirtualNetworkGatewayConnection";

for (const { says, tunnels, ...options } of stacks) {
  describe(`the life of ${says}`, function () {
    this.timeout(120_000);
    let stack: EngineStack;
    before(async () => (stack = await EngineStack.create(options)));
    after(() => {
      stack.close();
    });
    const succeed = (run: Run): Run => {
      expect(run.code, run.output).to.equal(0);
      expect(run.warnings).to.deep.equal([]);
      return run;
    };
    let planned: Run;

    it("is previewed without a change in the clouds", async () => {
      planned = succeed(await stack.preview());
      expect(Object.keys(planned.counts)).to.deep.equal(["create"]);
      expect(stack.simulation.journal.changes).to.deep.equal([]);
    });

    it("is deployed as previewed", async () => {
      const done = succeed(await stack.up());
      expect(done.counts).to.deep.equal(planned.counts);
      expect(stack.clouds.all(connection)).to.have.lengthOf(tunnels);
      expect(disagreements(stack)).to.deep.equal([]);
    });

    it("has nothing to do the second time", async () => {
      expect(succeed(await stack.up()).steps).to.deep.equal([]);
    });

    it("has nothing to preview", async () => {
      succeed(await stack.preview("--expect-no-changes"));
    });

    it("has nothing to refresh", async () => {
      await expectQuietRefresh(stack);
    });

    it("leaves the clouds empty", async () => {
      succeed(await stack.destroy());
      expect(stack.clouds.resources()).to.deep.equal([]);
      expect(stack.state.resources).to.deep.equal([]);
    });
  });
}
