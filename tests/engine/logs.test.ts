import { expect } from "chai";
import { disagreements } from "./support/agreement";
import { empty, fill, openBuckets } from "./support/contents";
import { EngineStack } from "./support/engineStack";
import { plan, planOf } from "./support/plan";
import { own } from "./support/settings";

const both = own({ flowLogs: true, accessLogs: true });
const neither = own({ flowLogs: undefined, accessLogs: undefined });

describe("logs that shall go", function () {
  this.timeout(120_000);
  let stack: EngineStack;
  before(async () => {
    stack = await EngineStack.create({ stack: "dev", settings: both });
    expect((await stack.up()).code).to.equal(0);
  });
  after(() => {
    stack.close();
  });

  it("stop coming by the runbook's command, and the bucket keeps its guards", async () => {
    fill(stack, "logs-bucket");
    const run = await stack.destroy("--target", "**::logs-flow", "--target", "**-logging");
    expect(run.code, run.output).to.equal(0);
    expect(planOf(run)).to.deep.equal(plan({ delete: "logs-flow s3-data-logging" }));
    const guards = stack.clouds.resources().filter(({ name }) => name.startsWith("logs-bucket-"));
    expect(guards).to.have.lengthOf(6);
  });

  it("are not deleted with their bucket", async () => {
    stack.set(neither);
    const run = await stack.up();
    expect(run.errors.map(({ name, message }) => `${name}: ${message}`).join("\n")).to.match(
      /logs-bucket: BucketNotEmpty/,
    );
    expect(openBuckets(stack)).to.deep.equal([]);
  });

  it("leave nothing behind once it is emptied", async () => {
    empty(stack);
    const run = await stack.up();
    expect(run.code, run.output).to.equal(0);
    expect(stack.clouds.resources().filter(({ name }) => name.startsWith("logs-"))).to.deep.equal([]);
    expect(disagreements(stack)).to.deep.equal([]);
  });
});
