import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { awsFoundational } from "../../docs/compliance/awsFoundational";
import { cisAws } from "../../docs/compliance/cisAws";
import { cisAzure } from "../../docs/compliance/cisAzure";
import type { Control, Evidence, JudgedControl, Stack } from "../../docs/compliance/control";
import { type Column, columns, recordedStacks } from "../../docs/compliance/stacks";
import { untouched } from "../../docs/compliance/untouched";
import { standards, type Status, statusOf } from "../../docs/compliancePage";
import { rules } from "../../policy/rules";
import { awsTypes, azureTypes, randomTypes } from "../../rehearsal/model/resourceTypes";
import { typedResource } from "../rehearsal/clouds/sdkTypings";
import { counterexamples } from "./counterexamples";

const root = path.join(__dirname, "../..");
const abbreviations = new Map([
  [awsFoundational, "AWS"],
  [cisAws, "CIS AWS"],
  [cisAzure, "CIS Azure"],
]);
const controls: readonly (readonly [name: string, control: Control])[] = standards.flatMap((standard) =>
  standard.controls.map(
    (control) => [`${abbreviations.get(standard) ?? standard.name} ${control.id}`, control] as const,
  ),
);
const judged = controls.filter((entry): entry is [string, JudgedControl] => "judge" in entry[1]);

function isThere(evidence: Evidence): boolean {
  if ("rule" in evidence) return rules.some(({ name }) => name === evidence.rule);
  const file = path.join(root, evidence.file);
  return existsSync(file) && readFileSync(file, "utf8").includes(`it("${evidence.test}"`);
}

describe("the controls of the compliance page", function () {
  this.timeout(60_000);

  let stacks: Readonly<Record<Column, Stack>>;
  before(async () => {
    stacks = await recordedStacks();
  });

  const statuses = (control: JudgedControl): Status[] =>
    columns.map((column) => statusOf(control, stacks[column]));

  it("have ids of their own", () => {
    const names = controls.map(([name]) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).to.deep.equal([]);
  });

  it("are shown by rules and tests that exist", () => {
    const missing = judged.flatMap(([name, { shownBy }]) =>
      shownBy.filter((one) => !isThere(one)).map((one) => `${name}: ${JSON.stringify(one)}`),
    );
    expect(missing).to.deep.equal([]);
  });

  for (const wrong of [
    { rule: "no-public-bucket" },
    { file: "tests/program/registration.tests.ts", test: "registers on dev one tunnel's worth of resources" },
    { file: "tests/program/registration.test.ts", test: "registers on dev two tunnels' worth of resources" },
  ])
    it(`would not be shown by ${JSON.stringify(wrong)}`, () => {
      expect(isThere(wrong)).to.equal(false);
    });

  for (const [name, control] of judged)
    it(`say of ${name} what shows it where it is met, and why not elsewhere`, () => {
      const found = statuses(control);
      if (found.includes("met")) expect(control.shownBy, "shownBy").to.not.be.empty;
      expect(control.notMet !== undefined, "notMet").to.equal(found.includes("not met"));
    });

  for (const [name, control] of judged)
    it(`can be met and not met: ${name}`, () => {
      const after = counterexamples
        .filter((one) => one.controls.includes(name))
        .map(({ stack = "prod", change }) => statusOf(control, change(stacks[stack])));
      expect(after, "has no counterexample").to.not.be.empty;
      expect([...statuses(control), ...after]).to.include.members(["met", "not met"]);
    });

  for (const { controls: named, stack = "prod", that, change } of counterexamples)
    it(`notice a stack that ${that}`, () => {
      for (const name of named) {
        const control = judged.find(([one]) => one === name)?.[1];
        if (control === undefined) throw new Error(`there is no control ${name} to judge`);
        expect(statusOf(control, change(stacks[stack])), name).to.not.equal(statusOf(control, stacks[stack]));
      }
    });

  it("name every type that the program registers, or say why none touches it", () => {
    const touched = new Set(controls.flatMap(([, { types }]) => types));
    const explained = new Set(Object.keys(untouched));
    const registered = [awsTypes, azureTypes, randomTypes].flatMap((types): string[] => Object.values(types));
    expect(registered.filter((type) => !touched.has(type) && !explained.has(type))).to.deep.equal([]);
    expect([...explained].filter((type) => touched.has(type))).to.deep.equal([]);
  });

  it("are about types that the SDKs have", () => {
    for (const type of new Set([...controls.flatMap(([, { types }]) => types), ...Object.keys(untouched)]))
      expect(() => typedResource(type), type).not.to.throw();
  });
});
