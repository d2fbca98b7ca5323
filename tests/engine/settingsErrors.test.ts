import { expect } from "chai";
import { EngineStack } from "./support/engineStack";
import { own } from "./support/settings";

describe("wrong settings, as the CLI shows them", function () {
  this.timeout(60_000);
  let stack: EngineStack;
  before(async () => {
    stack = await EngineStack.create({
      stack: "dev",
      settings: own({ awsCidr: "10.0.1.0/24", vpnTopology: "active-active", vpnTopolgy: "single-tunnel" }),
    });
  });
  after(() => {
    stack.close();
  });

  for (const command of [["preview"], ["up", "--yes", "--skip-preview"]]) {
    it(`are one list without a stack trace in ${command[0] ?? ""}`, async () => {
      const { code, output } = await stack.pulumi(command);
      expect(code).not.to.equal(0);
      expect(output).to.match(/awsCidr is 10\.0\.1\.0\/24, but .*; /);
      expect(output).to.match(/gatewaySku is Basic, but .*; /);
      expect(output).to.match(/vpnTopolgy .*vpnTopology/);
      expect(output).not.to.match(/^\s+at .*[:(]\d+/m);
      expect(output).not.to.include("node_modules");
    });
  }

  it("make no resource", () => {
    expect(stack.simulation.journal.entries).to.deep.equal([]);
    expect(stack.clouds.resources()).to.deep.equal([]);
  });

  it("count the provider's default tags on the sample object", async () => {
    const tags = Object.fromEntries(Array.from("abcdefghijk", (key) => [key, "v"]));
    stack.set({ "aws:defaultTags": { tags } });
    const { output } = await stack.pulumi(["preview"]);
    stack.set({ "aws:defaultTags": undefined });
    expect(output).to.include("the provider puts all 11 on the sample object too, and S3 takes 10");
  });

  it("are gone once they are right", async () => {
    stack.set(own({ awsCidr: "10.0.0.0/24", vpnTopology: "single-tunnel", vpnTopolgy: undefined }));
    const { code, output } = await stack.pulumi(["preview"]);
    expect(code, output).to.equal(0);
  });
});
