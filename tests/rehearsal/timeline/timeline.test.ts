import { expect } from "chai";
import { timelineOf } from "../../../rehearsal/timeline/timeline";
import { inTurn, scheduleSteps, type Step } from "../../../rehearsal/timeline/schedule";
import { destructionSteps, rotatableKeys, rotationSteps } from "../../../rehearsal/timeline/steps";
import { cloudTypes } from "../../../rehearsal/clouds/cloudTypes";
import { withResource } from "../fixtures/change";
import { joinedCases, rehearsedStack, stackCases } from "../fixtures/stacks";

function step(urn: string, typical: number, ...waitsFor: string[]): Step {
  const minutes = { min: typical / 2, typical, max: typical * 2, source: "guess: a test" };
  return { urn, name: urn, type: "a:b:C", action: "create", minutes, waitsFor };
}

describe("A schedule", () => {
  it("runs side by side what does not wait, and follows the slowest chain", () => {
    const { total, criticalPath, steps } = scheduleSteps([
      step("network", 1),
      step("gateway", 30, "network"),
      step("peer", 5, "network"),
      step("connection", 2, "gateway", "peer"),
    ]);
    expect(total).to.deep.equal({ min: 16.5, typical: 33, max: 66 });
    expect(criticalPath).to.deep.equal(["network", "gateway", "connection"]);
    expect(steps.map(({ name, start, end, slack }) => [name, start, end, slack])).to.deep.equal([
      ["network", 0, 1, 0],
      ["gateway", 1, 31, 0],
      ["peer", 1, 6, 25],
      ["connection", 31, 33, 0],
    ]);
  });

  it("is empty where there is nothing to do", () => {
    expect(scheduleSteps([])).to.deep.equal({
      total: { min: 0, typical: 0, max: 0 },
      steps: [],
      criticalPath: [],
    });
  });

  it("passes over what it does not know, such as components", () => {
    expect(scheduleSteps([step("one", 3, "a component")]).total.typical).to.equal(3);
  });

  it("refuses steps that wait for each other", () => {
    expect(() => scheduleSteps([step("one", 1, "other"), step("other", 1, "one")])).to.throw(
      /waits for itself/,
    );
  });

  it("takes the sum where one step follows the other", () => {
    expect(inTurn([step("one", 3), step("other", 4)])).to.deep.equal({ min: 3.5, typical: 7, max: 14 });
  });
});

describe("The timeline", () => {
  for (const given of stackCases)
    describe(`of ${given.title}`, () => {
      const recorded = async () => (await rehearsedStack(given)).recording.resources;

      it("comes within a tenth of the gateway and one chain of its connections", async () => {
        const { floor, deploy } = timelineOf(await recorded());
        expect(floor.ratio).to.be.at.most(1.1);
        expect(deploy.total.typical).to.be.at.least(floor.gatewayMinutes + floor.connectionMinutes);
      });

      it("beats the order by hand and a graph in which AWS waits for the gateway", async () => {
        const { deploy, byHand, gatewayFirst } = timelineOf(await recorded());
        expect(gatewayFirst.total.typical).to.be.greaterThan(deploy.total.typical + 4);
        expect(byHand.typical).to.be.greaterThan(gatewayFirst.total.typical);
      });

      it("times every cloud resource", async () => {
        const resources = await recorded();
        const { deploy, destroy } = timelineOf(resources);
        const custom = resources.filter((resource) => resource.custom).map(({ urn }) => urn);
        expect(deploy.steps.map(({ urn }) => urn)).to.deep.equal(custom);
        expect(destroy.steps.map(({ urn }) => urn)).to.deep.equal(custom);
      });

      it("says where every figure comes from", async () => {
        const { deploy, rotation, destroy } = timelineOf(await recorded());
        const steps = [...deploy.steps, ...(rotation?.steps ?? []), ...destroy.steps];
        expect(
          steps.filter(
            ({ minutes }) => !/^(guess: |https:|computed in the provider itself)/.test(minutes.source),
          ),
        ).to.deep.equal([]);
      });

      it("of one key's rotation touches one AWS connection and one Azure connection", async () => {
        const { rotation } = timelineOf(await recorded());
        expect(rotation?.steps.map(({ name, action }) => [name, action])).to.deep.equal([
          ["vpn-tunnel1-key", "replace"],
          ["vpn-aws-connection1", "update"],
          ["vpn-tunnel1-azure-connection", "replace"],
        ]);
        expect(rotation?.tunnelDown.typical).to.equal(rotation?.total.typical);
      });

      it("of a destruction lets nothing go before what was made of it", async () => {
        const resources = await recorded();
        const { steps } = scheduleSteps(destructionSteps(resources, cloudTypes));
        const byUrn = new Map(steps.map((one) => [one.urn, one]));
        for (const resource of resources)
          for (const dependency of resource.dependencies) {
            const [later, earlier] = [byUrn.get(dependency), byUrn.get(resource.urn)];
            if (later !== undefined && earlier !== undefined) expect(later.start).to.be.at.least(earlier.end);
          }
      });
    });

  it("of a stack at a gateway of others takes minutes, of one that makes its own as long as the gateway", async () => {
    const [shared, own] = await Promise.all(
      joinedCases.map(async (given) => timelineOf((await rehearsedStack(given)).recording.resources)),
    );
    const onTheWay = (timeline: typeof shared) =>
      timeline?.deploy.criticalPath.map((urn) => urn.split("::").at(-1));
    expect(shared?.deploy.total.typical).to.be.below(15);
    expect(shared?.floor.gatewayMinutes).to.equal(0);
    expect(onTheWay(shared)).to.not.include("vpn-azure-gateway");
    expect(own?.deploy.total.typical).to.be.above(30);
    expect(onTheWay(own)).to.include("vpn-azure-gateway");
  });

  it("would be late if AWS did wait for the gateway: the control of the comparison", async () => {
    const [, prod] = stackCases;
    const { recording } = await rehearsedStack(prod ?? { title: "", stack: "prod" });
    const gateway = recording.resources.find(({ name }) => name === "vpn-azure-gateway");
    const waiting = withResource(recording, "vpn-aws-customer1", (resource) => ({
      ...resource,
      dependencies: [...resource.dependencies, gateway?.urn ?? ""],
    }));
    const [before, after] = [timelineOf(recording.resources), timelineOf(waiting.resources)];
    expect(after.deploy.total.typical).to.equal(before.gatewayFirst.total.typical);
    expect(after.floor.ratio).to.be.greaterThan(1.1);
  });

  it("rotates only keys that an Azure connection holds", async () => {
    const [dev] = stackCases;
    const { recording } = await rehearsedStack(dev ?? { title: "", stack: "dev" });
    expect(rotatableKeys(recording.resources).map(({ name }) => name)).to.deep.equal(["vpn-tunnel1-key"]);
  });

  it("of a rotation replaces what its type replaces, and whoever is made of that", async () => {
    const [dev] = stackCases;
    const { recording } = await rehearsedStack(dev ?? { title: "", stack: "dev" });
    const [key] = rotatableKeys(recording.resources);
    const replacing = Object.fromEntries(
      Object.entries(cloudTypes).map(([name, type]) => [
        name,
        name.endsWith("VpnConnection") ? { ...type, replaces: { tunnel1PresharedKey: "a test" } } : type,
      ]),
    );
    const steps = rotationSteps(recording.resources, replacing, key?.urn ?? "");
    expect(
      steps.filter(({ action }) => action !== "nothing").map(({ name, action }) => [name, action]),
    ).to.deep.equal([
      ["vpn-tunnel1-key", "replace"],
      ["vpn-aws-connection1", "replace"],
      ["vpn-aws-connection1-route", "replace"],
      ["vpn-tunnel1-azure-site", "update"],
      ["vpn-tunnel1-azure-connection", "replace"],
    ]);
  });
});
