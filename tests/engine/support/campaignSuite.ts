import { expect } from "chai";
import { failAlone, failEachOnce, type Campaign } from "./campaign";
import { EngineStack, type Moment, type Settings } from "./engineStack";
import { own } from "./settings";

const up: Campaign["command"] = (stack) => stack.up();
const destroy: Campaign["command"] = (stack) => stack.destroy();

/** Changes that together update, and partly replace, everything of a stack that can be updated. */
const changes: Readonly<Record<string, Settings>> = {
  "new tags": own({ tags: { changed: "yes" } }),
  "new keys, clients and rights": own({
    presharedKeyGenerations: { tunnel1: 2 },
    clientSubnetCidr: undefined,
    perimeter: "enforced",
    tunnelLogs: false,
    sampleObject: false,
  }),
};

/** Every create, update and delete of a stack fails once before its effect, and once after it. */
export function declareCampaign(name: "dev" | "prod"): void {
  describe(`the operations of ${name}, failing`, function () {
    this.timeout(600_000);
    let stack: EngineStack;
    let empty: Moment;
    let deployed: Moment;
    before(async () => {
      stack = await EngineStack.create({ stack: name });
      empty = stack.save();
      const run = await stack.up();
      expect(run.code, run.output).to.equal(0);
      deployed = stack.save();
    });
    after(() => {
      stack.close();
    });
    afterEach(() => {
      stack.reset();
    });

    const survive = async (campaign: Omit<Campaign, "stack">, atLeast: number): Promise<void> => {
      const all = await failEachOnce({ ...campaign, stack });
      const some = await failAlone({ ...campaign, stack }, 10);
      expect([...all.problems, ...some.problems]).to.deep.equal([]);
      expect(all.cases).to.be.at.least(atLeast);
      process.stderr.write(
        `      ${String(all.cases)} operations in ${String(all.runs)} runs, then ${String(some.cases)} of them alone\n`,
      );
    };

    for (const [says, going] of [
      ["before its effect", "instead"],
      ["after its effect", "after"],
    ] as const) {
      it(`each create ${says}: the next up finishes, nothing twice, nothing orphaned`, async () => {
        await survive({ from: empty, command: up, going }, 30);
      });

      it(`each delete ${says}: the next destroy leaves the clouds empty`, async () => {
        await survive({ from: deployed, command: destroy, going }, 30);
      });

      for (const [change, settings] of Object.entries(changes)) {
        it(`each step of an update with ${change} ${says}: the next up finishes it`, async () => {
          await survive({ from: deployed, settings, command: up, going }, 5);
        });
      }
    }

    it("control: an operation that the engine never learns of is found as an orphan", async () => {
      const { problems } = await failAlone({ stack, from: empty, command: up, going: "unseen" }, 20);
      expect(problems.join("\n")).to.match(/orphan: |too many: |already exists/);
    });
  });
}
