import { expect } from "chai";
import { readFileSync, writeFileSync } from "node:fs";
import type { Going } from "../../rehearsal/engine/faults";
import { awsTypes } from "../../rehearsal/model/resourceTypes";
import { disagreements, inventory } from "./support/agreement";
import { failEachOnce, undisturbed, type Campaign } from "./support/campaign";
import { empty, fill, openBuckets } from "./support/contents";
import { deployedOnce } from "./support/deployed";
import type { EngineStack, Run, Settings } from "./support/engineStack";
import { planOf } from "./support/plan";
import { own } from "./support/settings";

interface Mistake {
  readonly says: string;
  /** The buckets that S3 refuses to delete. */
  readonly full: readonly string[];
  readonly settings?: Settings;
  /** Set where each of its operations fails once as well. */
  readonly failing?: true;
  readonly command: (stack: EngineStack) => Promise<Run>;
}

const up = (stack: EngineStack): Promise<Run> => stack.up();
const destroy = (stack: EngineStack): Promise<Run> => stack.destroy();

const mistakes: readonly Mistake[] = [
  { says: "a destroy", full: ["s3-uploads", "logs-bucket"], failing: true, command: destroy },
  {
    says: "a bucket dropped from the list",
    failing: true,
    full: ["s3-uploads"],
    settings: own({ buckets: [{ name: "reports", access: "read" }] }),
    command: up,
  },
  {
    says: "a bucket with another name",
    full: ["s3-uploads"],
    settings: own({
      buckets: [
        { name: "reports", access: "read" },
        { name: "uploads", access: "readWrite", bucketName: "another-name-for-uploads" },
      ],
    }),
    command: up,
  },
  {
    says: "logs switched off",
    full: ["logs-bucket"],
    settings: own({ flowLogs: undefined, accessLogs: undefined, auditTrail: undefined }),
    command: up,
  },
];

const refusedAlone = ({ errors }: Run): boolean =>
  errors.length > 0 && errors.every(({ message }) => /BucketNotEmpty|update failed/.test(message));

describe("a bucket with contents", function () {
  this.timeout(600_000);
  const deployed = deployedOnce({ stack: "prod" });

  const make = async ({ settings = {}, command }: Mistake): Promise<Run> => {
    deployed.stack.set(settings);
    return command(deployed.stack);
  };

  for (const mistake of mistakes) {
    const { says, full, settings } = mistake;

    it(`keeps its guards after ${says}, and the settings of before bring all back`, async () => {
      const { stack } = deployed;
      const before = inventory(stack);
      for (const name of full) fill(stack, name);
      const run = await make(mistake);
      expect(refusedAlone(run), run.output).to.equal(true);
      expect(openBuckets(stack)).to.deep.equal([]);

      stack.reset();
      const again = await stack.up();
      expect(again.code, again.output).to.equal(0);
      expect(openBuckets(stack)).to.deep.equal([]);
      empty(stack);
      // What the engine had deleted for the replacement it makes and deletes again (3.259), the logging: a refresh tells.
      expect((await stack.refresh()).code).to.equal(0);
      const last = await stack.up();
      expect(last.code, last.output).to.equal(0);
      expect(inventory(stack)).to.deep.equal(before);
      expect(disagreements(stack)).to.deep.equal([]);
    });

    if (mistake.failing === undefined) continue;
    for (const going of ["instead", "after"] as const satisfies readonly Going[])
      it(`keeps its guards whatever fails in ${says}, ${going} its effect`, async () => {
        const { stack } = deployed;
        const base = { stack, from: deployed.moment, ...(settings === undefined ? {} : { settings }) };
        const calm = await undisturbed({ ...base, command: mistake.command });
        stack.restore(deployed.moment);
        for (const name of full) fill(stack, name);
        const open: string[] = [];
        let refused = 0;
        const command: Campaign["command"] = async (of) => {
          const run = await mistake.command(of);
          open.push(...openBuckets(of));
          // Everything else is done: now it can go.
          if (refusedAlone(run)) {
            refused += 1;
            empty(of);
          }
          return run;
        };
        // What is refused has no effect after which it could fail.
        const held = ({ type, name }: (typeof calm.cases)[number]): boolean =>
          going === "after" && type === awsTypes.bucket && full.includes(name);
        const cases = calm.cases.filter((one) => !held(one));
        const leaves = /^orphan: aws:s3\/bucket/;
        const report = await failEachOnce(
          { ...base, from: stack.save(), command, going, leaves },
          { ...calm, cases },
        );
        expect(report.problems).to.deep.equal([]);
        expect(open).to.deep.equal([]);
        expect(refused).to.equal(1);
        expect(cases.length).to.be.at.least(1);
      });
  }

  it("control: guards that are not retained are taken off it first", async () => {
    const { stack } = deployed;
    const state = readFileSync(stack.stateFile, "utf8");
    writeFileSync(stack.stateFile, state.replaceAll(/"retainOnDelete":\s*true,?/g, ""));
    fill(stack, "s3-uploads");
    await stack.destroy();
    expect(openBuckets(stack)).to.have.lengthOf(5);
  });

  it("loses no guard to an empty bucket's deletion: all go with it", async () => {
    const { stack } = deployed;
    const [reports] = stack.clouds.all(awsTypes.bucket).filter(({ name }) => name === "s3-reports");
    stack.set(own({ buckets: [{ name: "uploads", access: "readWrite" }] }));
    const run = await stack.up();
    expect(run.code, run.output).to.equal(0);
    expect(planOf(run).delete).to.include("s3-reports-policy");
    expect(stack.clouds.resources().filter(({ id }) => id === reports?.id)).to.deep.equal([]);
  });
});
