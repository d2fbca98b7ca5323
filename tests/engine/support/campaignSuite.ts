import { expect } from "chai";
import type { Going } from "../../../rehearsal/engine/faults";
import { failAlone, failEachOnce, undisturbed, type Campaign, type Undisturbed } from "./campaign";
import { EngineStack, type Moment, type Settings, type StackOptions } from "./engineStack";
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

/** EVERY_FAILURE=1: each failure is tried alone too, of every stack and change. */
const isEvery = process.env["EVERY_FAILURE"] !== undefined;

/** One failure in so many is tried alone: two runs each make that slow. None of stacks that join: prod has the same types. */
const oneIn: Readonly<Record<StackOptions["stack"], number | undefined>> = {
  dev: 20,
  prod: 20,
  hub: undefined,
  vpc: undefined,
};

/** What is campaigned: for each part of a stack's life, what there is before, the settings, the command. */
const parts = {
  creates: {
    "each create": {
      from: "nothing",
      command: up,
      atLeast: 30,
      then: "the next up finishes it, nothing twice",
    },
  },
  deletes: {
    "each delete": {
      from: "the stack",
      command: destroy,
      atLeast: 25,
      then: "the next destroy leaves the clouds empty",
    },
  },
  updates: Object.fromEntries(
    Object.entries(changes).map(([change, settings]) => [
      `each step of an update with ${change}`,
      { from: "the stack", settings, command: up, atLeast: 5, then: "the next up finishes it" },
    ]),
  ),
} as const satisfies Readonly<Record<string, Readonly<Record<string, Part>>>>;

interface Part extends Pick<Campaign, "settings" | "command"> {
  readonly from: "nothing" | "the stack";
  /** How many operations must have failed, lest a campaign of none passes. */
  readonly atLeast: number;
  /** What the test promises. */
  readonly then: string;
}

/** Every operation of a part of a stack's life fails once before its effect, and once after it. */
export function declareCampaign(name: StackOptions["stack"], part: keyof typeof parts): void {
  describe(`the ${part} of ${name}, failing`, function () {
    this.timeout(isEvery ? 0 : 600_000);
    let stack: EngineStack;
    let moments: Readonly<Record<Part["from"], Moment>>;
    before(async () => {
      stack = await EngineStack.create({ stack: name });
      const nothing = stack.save();
      const run = await stack.up();
      expect(run.code, run.output).to.equal(0);
      moments = { nothing, "the stack": stack.save() };
    });
    after(() => {
      stack.close();
    });
    afterEach(() => {
      stack.reset();
    });

    const alone = isEvery ? 1 : oneIn[name];
    for (const [says, { from, atLeast, then, ...rest }] of Object.entries<Part>(parts[part])) {
      // tests/engine/join.test.ts has new tags of stacks that join.
      if (alone === undefined && says.endsWith("new tags")) continue;
      describe(says, () => {
        let calm: Undisturbed;
        const campaign = (going: Going): Campaign => ({ ...rest, stack, from: moments[from], going });
        before(async () => {
          calm = await undisturbed(campaign("instead"));
          expect(calm.cases).to.have.length.at.least(atLeast);
        });

        for (const [when, going] of [
          ["before its effect", "instead"],
          ["after its effect", "after"],
        ] as const) {
          it(`${when}: ${then}`, async () => {
            const all = await failEachOnce(campaign(going), calm);
            expect(all.problems).to.deep.equal([]);
            expect(all.cases).to.equal(calm.cases.length);
            tell(`${String(all.cases)} operations in ${String(all.runs)} runs`);
          });

          if (alone === undefined) continue;
          it(`${when}, alone: ${then}`, async () => {
            const some = await failAlone(campaign(going), calm, alone);
            expect(some.problems).to.deep.equal([]);
            expect(some.cases).to.be.at.least(1);
            tell(`${String(some.cases)} operations in ${String(some.runs)} runs`);
          });
        }

        if (part === "creates" && alone !== undefined) {
          it("control: an operation that the engine never learns of is found as an orphan", async () => {
            const { problems } = await failAlone(campaign("unseen"), calm, 20);
            expect(problems.join("\n")).to.match(/orphan: |too many: |already exists/);
          });
        }
      });
    }
  });
}

function tell(line: string): void {
  process.stderr.write(`        ${line}\n`);
}
