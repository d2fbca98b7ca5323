import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import { review } from "../../operations/review/judge";
import { readPreview } from "../../operations/review/preview";
import { disagreements } from "./support/agreement";
import type { Change, Refused } from "./support/changes";
import { deployedOnce } from "./support/deployed";
import { devChanges } from "./support/devChanges";
import type { EngineStack, StackOptions } from "./support/engineStack";
import { root } from "./support/inlineProgram";
import { besidesVpc, hubChanges, vpcChanges } from "./support/joinChanges";
import { plan, planOf, type Plan } from "./support/plan";
import { prodChanges } from "./support/prodChanges";

const stacks: readonly (Pick<StackOptions, "stack" | "besides"> & { readonly changes: readonly Change[] })[] =
  [
    { stack: "dev", changes: devChanges },
    { stack: "prod", changes: prodChanges },
    { stack: "hub", changes: hubChanges },
    { stack: "vpc", besides: besidesVpc, changes: vpcChanges },
  ];

describe("the table of changes", () => {
  it("has a row for every setting", () => {
    const { config } = load(readFileSync(path.join(root, "Pulumi.yaml"), "utf8")) as { config: object };
    const rows = stacks.flatMap(({ changes }) => changes.flatMap((change) => change.of.split(" ")));
    const own = Object.keys(config).filter((key) => !key.includes(":"));
    const settings = [...own, "aws:region", "azure-native:location"];
    expect(settings.filter((setting) => !rows.includes(setting))).to.deep.equal([]);
    expect(rows.filter((row) => !settings.includes(row))).to.deep.equal([]);
  });
});

for (const { changes, ...options } of stacks) {
  describe(`a change of ${options.stack} after its deployment`, function () {
    this.timeout(120_000);
    const deployed = deployedOnce(options);

    for (const change of changes) {
      it(change.says, async () => {
        const { stack } = deployed;
        stack.set(change.settings);
        const preview = await stack.preview();
        expect(preview.code, preview.output).to.equal(0);
        expect(planOf(preview)).to.deep.equal(expected(change, stack));
        for (const [resource, properties] of Object.entries(change.properties ?? {})) {
          const step = preview.steps.find(
            (one) => one.name === resource && /^(update|replace)$/.test(one.op),
          );
          expect(step?.diffs, resource).to.have.members([...properties]);
        }
        const refusals = reviewed(preview.log);
        if (change.refused === undefined) expect(refusals).to.equal("");
        else expect(refusals).to.match(change.refused.says);
        const done = await stack.up();
        if (change.refused !== undefined) {
          const errors = done.errors.map((error) => `${error.name}: ${error.message}`).join("\n");
          expect(errors).to.match(change.refused.says);
          await advised(stack, change.refused);
          expect(disagreements(stack)).to.deep.equal([]);
          return;
        }
        expect(done.code, done.output).to.equal(0);
        expect(planOf(done)).to.deep.equal(planOf(preview));
        expect(disagreements(stack)).to.deep.equal([]);
        const order = stack.simulation.journal.changes.map((entry) => `${entry.operation} ${entry.name}`);
        const inOrder = change.inOrder ?? [];
        expect(order.filter((step) => inOrder.includes(step))).to.deep.equal(inOrder);
      });
    }
  });
}

/** What the review of a preview says that the clouds will refuse. */
function reviewed(log: string): string {
  const told = review(readPreview(log)).steps.flatMap(({ step, refused = [] }) =>
    refused.map(({ code }) => `${step.name}: ${code}`),
  );
  return [...new Set(told)].join("\n");
}

/** What docs/engine.md advises after a refusal: it leads to what the settings say, and takes no bucket away. */
async function advised(stack: EngineStack, { instead, of }: Refused): Promise<void> {
  const buckets = stack.clouds.all("aws:s3/bucket:Bucket").map(({ id }) => id);
  const urn = stack.state.resources.find((resource) => resource.urn.endsWith(`::${of}`))?.urn ?? of;
  const runs =
    instead === "up --replace"
      ? [await stack.up("--replace", urn)]
      : [await stack.destroy("--target-dependents", "--target", urn), await stack.up()];
  for (const run of runs) expect(run.code, run.output).to.equal(0);
  expect(stack.clouds.all("aws:s3/bucket:Bucket").map(({ id }) => id)).to.deep.equal(buckets);
}

function expected(change: Change, { clouds }: EngineStack): Plan {
  if (change.plan !== "everything with tags") return change.plan;
  const tagged = clouds.resources().filter(({ inputs }) => inputs.tags !== undefined);
  return plan({ update: tagged.map(({ name }) => name).join(" ") });
}
