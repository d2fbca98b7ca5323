import { expect } from "chai";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root, ruledPlaces, violationsIn } from "./structure/violations";

/** A project of a few files, each with its imports; deleted at the end. */
async function violationsOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const project = mkdtempSync(path.join(tmpdir(), "structure-"));
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
      writeFileSync(path.join(project, file), text);
    }
    return await violationsIn(project, Object.keys(files));
  } finally {
    rmSync(project, { recursive: true });
  }
}

/** Two files, the first of which imports the second. */
function importing(from: string, to: string): Record<string, string> {
  const name = path.relative(path.dirname(from), to).replace(/\.ts$/, "");
  return {
    [from]: `import { value } from "${name.startsWith(".") ? name : `./${name}`}";\nconsole.log(value);\n`,
    [to]: "export const value = 1;\n",
  };
}

describe("the rules of the structure", function () {
  this.timeout(60_000);

  it("are about places that exist", () => {
    expect(ruledPlaces.filter((place) => !existsSync(path.join(root, place)))).to.deep.equal([]);
  });

  it("report a circle", async () => {
    const found = await violationsOf({
      "vpn/one.ts": 'import { two } from "./two";\nexport const one = (): unknown => two;\n',
      "vpn/two.ts": 'import { one } from "./one";\nexport const two = (): unknown => one;\n',
    });
    expect(found).to.deep.equal(["no circle, types included: vpn/one.ts → vpn/two.ts → vpn/one.ts"]);
  });

  it("report a circle of types alone", async () => {
    const found = await violationsOf({
      "rehearsal/estate/one.ts": 'import type { Two } from "./two";\nexport type One = { two?: Two };\n',
      "rehearsal/estate/two.ts": 'import type { One } from "./one";\nexport type Two = { one?: One };\n',
    });
    expect(found).to.deep.equal([
      "no circle, types included: rehearsal/estate/one.ts → rehearsal/estate/two.ts → rehearsal/estate/one.ts",
    ]);
  });

  for (const { from, to, rule } of [
    { from: "network/a.ts", to: "vpn/b.ts", rule: "network knows earlier folders of the program only" },
    { from: "network/a.ts", to: "client/b.ts", rule: "network knows earlier folders of the program only" },
    { from: "vpn/a.ts", to: "s3access/b.ts", rule: "vpn knows earlier folders of the program only" },
    { from: "vpn/a.ts", to: "monitoring/b.ts", rule: "vpn knows earlier folders of the program only" },
    {
      from: "s3access/a.ts",
      to: "monitoring/b.ts",
      rule: "s3access knows earlier folders of the program only",
    },
    { from: "s3access/a.ts", to: "client/b.ts", rule: "s3access knows earlier folders of the program only" },
    { from: "s3access/a.ts", to: "vpn/b.ts", rule: "s3access is told its networks" },
    { from: "s3access/a.ts", to: "network/b.ts", rule: "s3access is told its networks" },
    { from: "client/a.ts", to: "s3access/b.ts", rule: "client is told its subnet and what it lists" },
    { from: "client/a.ts", to: "monitoring/b.ts", rule: "client is told its subnet and what it lists" },
    {
      from: "monitoring/a.ts",
      to: "settings/b.ts",
      rule: "monitoring knows earlier folders of the program only",
    },
    {
      from: "settings/a.ts",
      to: "rehearsal/model/b.ts",
      rule: "the program knows nothing of what judges it",
    },
    { from: "index.ts", to: "operations/b.ts", rule: "the program knows nothing of what judges it" },
    { from: "outputs.ts", to: "lab/b.ts", rule: "the program knows nothing of what judges it" },
    { from: "vpn/a.ts", to: "tests/b.ts", rule: "the program knows nothing of what judges it" },
    { from: "rehearsal/model/a.ts", to: "outputs.ts", rule: "the proof shares no code with the program" },
    { from: "lab/a.ts", to: "vpn/b.ts", rule: "the proof shares no code with the program" },
    {
      from: "rehearsal/estate/a.ts",
      to: "rehearsal/report/b.ts",
      rule: "rehearsal/estate sees earlier rooms only",
    },
    {
      from: "rehearsal/utils/a.ts",
      to: "rehearsal/model/b.ts",
      rule: "every folder of the rehearsal is a room",
    },
    { from: "rehearsal/model/a.ts", to: "lab/b.ts", rule: "the rehearsal knows nothing of what uses it" },
  ])
    it(`report ${from} importing ${to}: ${rule}`, async () => {
      expect(await violationsOf(importing(from, to))).to.deep.equal([`${rule}: ${from} → ${to}`]);
    });

  it("report an import of a type alone", async () => {
    const found = await violationsOf({
      "network/a.ts": 'import type { B } from "../vpn/b";\nexport type A = B;\n',
      "vpn/b.ts": "export type B = string;\n",
    });
    expect(found).to.deep.equal([
      "network knows earlier folders of the program only: network/a.ts → vpn/b.ts",
    ]);
  });

  for (const { from, to } of [
    { from: "index.ts", to: "vpn/b.ts" },
    { from: "settings/a.ts", to: "network/b.ts" },
    { from: "monitoring/a.ts", to: "vpn/b.ts" },
    { from: "rehearsal/report/a.ts", to: "rehearsal/estate/b.ts" },
    { from: "operations/a.ts", to: "rehearsal/report/b.ts" },
    { from: "operations/a.ts", to: "outputs.ts" },
  ])
    it(`let ${from} import ${to}`, async () => {
      expect(await violationsOf(importing(from, to))).to.deep.equal([]);
    });
});
