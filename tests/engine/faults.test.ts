import { expect } from "chai";
import { Faults, type Going } from "../../rehearsal/engine/faults";
import { SimulatedProvider } from "../../rehearsal/engine/provider";
import { newSimulation } from "../../rehearsal/engine/server";

const group = { urn: "urn:pulumi:dev::p::azure-native:resources:ResourceGroup::g", name: "g" };
const target = { ...group, type: "azure-native:resources:ResourceGroup" };
const place = { region: "eu-west-1", location: "japaneast", accountId: "1", subscriptionId: "2" };

describe("a fault", () => {
  for (const [going, says, made] of [
    ["instead", "fails and does nothing", false],
    ["after", "fails after it was done, with what was made", true],
    ["unseen", "fails and is done all the same", true],
    ["hang", "is done and never answers", true],
  ] as const satisfies readonly (readonly [Going, string, boolean])[]) {
    it(`"${going}": the operation ${says}`, async () => {
      const simulation = newSimulation({ place });
      const provider = new SimulatedProvider(simulation);
      simulation.faults.inject({ operation: "create", going, error: "409 Conflict", hits: () => true });
      const { inputs } = provider.check(target, {}, {});
      const settled = provider.create(target, inputs).then(
        () => "done",
        (error: unknown) => (error instanceof Error ? error.constructor.name : "no error"),
      );
      const silence = new Promise((resolve) => setTimeout(resolve, 50, "silence"));
      const expected = {
        instead: "OperationFailed",
        after: "InitializationFailed",
        unseen: "OperationFailed",
        hang: "silence",
      };
      expect(await Promise.race([settled, silence])).to.equal(expected[going]);
      expect(simulation.clouds.resources()).to.have.lengthOf(made ? 1 : 0);
      expect(simulation.journal.changes).to.have.lengthOf(1);
      expect(simulation.journal.changes[0]?.ended === undefined).to.equal(going === "hang");
    });
  }

  for (const [going, made] of [
    ["instead", 0],
    ["after", 1],
  ] as const)
    it(`"${going}", held back, tells its error late and lets others pass meanwhile`, async () => {
      const simulation = newSimulation({ place });
      const provider = new SimulatedProvider(simulation);
      let tell = (): void => undefined;
      const heldBack = (): Promise<void> => new Promise((resolve) => (tell = resolve));
      const hits = ({ name }: { readonly name: string }): boolean => name === "g";
      simulation.faults.inject({ operation: "create", going, error: "409 Conflict", hits, heldBack });
      const create = (of: typeof target): Promise<unknown> =>
        provider.create(of, provider.check(of, {}, {}).inputs);
      const told: string[] = [];
      const failing = create(target).catch(() => told.push("failed"));
      await create({ ...target, urn: `${group.urn}2`, name: "h" });
      told.push("passed");
      expect(simulation.clouds.resources()).to.have.lengthOf(made + 1);
      tell();
      await failing;
      expect(told).to.deep.equal(["passed", "failed"]);
    });

  it("hits as often as it is told, then no more", () => {
    const faults = new Faults();
    faults.inject({
      operation: "delete",
      going: "instead",
      error: "x",
      hits: ({ name }) => name === "g",
      times: 2,
    });
    expect(faults.take("create", target)).to.equal(undefined);
    expect(faults.take("delete", { ...target, name: "h" })).to.equal(undefined);
    expect(faults.take("delete", target)?.error).to.equal("x");
    expect(faults.unused).to.have.lengthOf(1);
    expect(faults.take("delete", target)?.error).to.equal("x");
    expect(faults.take("delete", target)).to.equal(undefined);
    expect(faults.unused).to.have.lengthOf(0);
  });
});
