import { expect } from "chai";
import { disagreements } from "./support/agreement";
import { EngineStack, type Settings } from "./support/engineStack";
import { plan, planOf } from "./support/plan";
import { own } from "./support/settings";

const anotherBucket = own({ buckets: [{ name: "data", access: "read", bucketName: "a-name-of-our-own" }] });

describe("a client inside, after its deployment", function () {
  this.timeout(300_000);
  let stack: EngineStack;

  before(async () => {
    stack = await EngineStack.create({ stack: "dev", settings: own({ clientVm: true }) });
    const run = await stack.up();
    expect(run.code, run.output).to.equal(0);
  });
  after(() => {
    stack.close();
  });

  const changed = async (settings: Settings) => {
    const before = stack.simulation.journal.changes.length;
    stack.set(settings);
    const run = await stack.up();
    expect(run.code, run.output).to.equal(0);
    expect(disagreements(stack)).to.deep.equal([]);
    const order = stack.simulation.journal.changes.slice(before);
    const ofClient = order.filter(({ name }) => name.startsWith("client-"));
    return { run, order: ofClient.map(({ operation, name }) => `${operation} ${name}`) };
  };

  it("is made anew for another bucket, at its interface, after it has gone", async () => {
    const { order } = await changed(anotherBucket);
    expect(order).to.deep.equal(["delete client-machine", "create client-machine"]);
  });

  it("is rebuilt from the latest image, alone, by the command of its runbook", async () => {
    const before = stack.simulation.journal.changes.length;
    const { code, output } = await stack.pulumi([
      ...["up", "--yes", "--skip-preview", "--target-replace", "**client-machine"],
    ]);
    expect(code, output).to.equal(0);
    const order = stack.simulation.journal.changes.slice(before);
    expect(order.map(({ operation, name }) => `${operation} ${name}`)).to.deep.equal([
      "delete client-machine",
      "create client-machine",
    ]);
  });

  it("says where it lives, and no more", async () => {
    const { output } = await stack.pulumi(["stack", "output", "clientVm", "--json"]);
    const [machine] = stack.clouds.all("azure-native:compute:VirtualMachine");
    expect(JSON.parse(output)).to.deep.equal({ id: machine?.id, name: machine?.outputs["name"] });
  });

  it("lets its subnet move only when it is gone", async () => {
    stack.set(own({ clientSubnetCidr: "10.0.1.32/28" }));
    const refused = await stack.up();
    expect(refused.errors.map(({ message }) => message).join()).to.include("InUsePrefixCannotBeDeleted");
    stack.set(own({ clientSubnetCidr: "10.0.1.0/28" }));
    expect((await stack.up()).code).to.equal(0);
  });

  it("goes by itself", async () => {
    const { run, order } = await changed(own({ clientVm: false }));
    expect(planOf(run)).to.deep.equal(plan({ delete: "client-interface client-machine" }));
    expect(order).to.deep.equal(["delete client-machine", "delete client-interface"]);
  });

  it("goes with the stack", async () => {
    await changed(own({ clientVm: true }));
    const { code, output } = await stack.pulumi(["destroy", "--yes", "--skip-preview"]);
    expect(code, output).to.equal(0);
    expect(stack.clouds.resources()).to.deep.equal([]);
  });
});
