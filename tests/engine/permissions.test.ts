import { expect } from "chai";
import { deployerInAws } from "../../docs/permissions/roles";
import type { StackPlace, StackResource } from "../../docs/permissions/place";
import type { Entry } from "../../rehearsal/engine/journal";
import { isAws } from "../../rehearsal/model/resourceTypes";
import { questionsOf, refused, type Operation } from "../operations/permissions/needed";
import { judged, judgedPlace } from "../operations/permissions/places";
import { EngineStack, type Run } from "./support/engineStack";
import { own } from "./support/settings";

/** Settings that change resources in place, replace some, and delete others. */
const changed = {
  dev: own({ tags: { team: "network" }, sampleObject: false, tunnelLogs: false }),
  prod: own({ tags: { team: "network" }, presharedKeyGenerations: { tunnel1: 2 } }),
} as const;

for (const stack of [judged[0], judged[1]])
  describe(`the deployer's role of ${stack.says} on the engine`, function () {
    this.timeout(300_000);
    let engine: EngineStack;
    let place: StackPlace;
    const resources = new Map<string, StackResource>();
    let entries: readonly Entry[] = [];
    const succeed = async (running: Promise<Run>) => {
      const run = await running;
      expect(run.code, run.output).to.equal(0);
      for (const { type, id, inputs, outputs } of engine.clouds.resources())
        resources.set(`${type} ${id}`, { type, id, inputs, outputs, name: id });
    };
    before(async () => {
      place = await judgedPlace(stack);
      engine = await EngineStack.create({ stack: stack.stack });
    });
    after(() => {
      engine.close();
    });

    it("reads nothing for a preview", async () => {
      await succeed(engine.preview());
      const operations = engine.simulation.journal.entries.map(({ operation }) => operation);
      // What the program itself asks, whom the reviewer's role lets.
      expect(operations.filter((operation) => operation !== "invoke")).to.deep.equal([]);
    });

    it("is deployed, changed, refreshed and destroyed", async () => {
      await succeed(engine.up());
      await succeed(engine.preview());
      engine.set(changed[stack.stack]);
      await succeed(engine.up());
      await succeed(engine.refresh());
      await succeed(engine.destroy());
      entries = engine.simulation.journal.entries.filter(
        ({ type, operation }) => isAws(type) && operation !== "invoke",
      );
      for (const operation of ["create", "read", "update", "delete"])
        expect(entries.some((entry) => entry.operation === operation)).to.equal(true);
    });

    it("may do everything that the journal has", async () => {
      const all = [...resources.values()];
      const questions = await Promise.all(
        entries.map(({ operation, type, id }) => {
          const resource = resources.get(`${type} ${id}`);
          if (resource === undefined) throw new Error(`${type} ${id} was never there`);
          return questionsOf(operation as Operation, resource, all, place);
        }),
      );
      expect(refused(deployerInAws(place), questions.flat())).to.deep.equal([]);
      const without = deployerInAws(place).Statement.map((statement) => ({
        ...statement,
        Action: statement.Action.filter((action) => action !== "ec2:AttachVpnGateway"),
      }));
      // Control: one action less.
      expect(refused({ Statement: without }, questions.flat())).to.not.deep.equal([]);
    });
  });
