import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const project = join(__dirname, "../../..");

/** Runs some lines in a process of their own, where nothing is loaded yet, and answers with what they print. */
function printedBy(lines: string): string {
  const args = ["--import=tsx", "--eval", lines];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: project, encoding: "utf8" });
  expect(status, stderr).to.equal(0);
  return stdout.trim();
}

const defer = `require("./rehearsal/run/lazyModules").deferUnusedModules();`;

describe("the modules that the rehearsal defers", function () {
  // Each test starts processes that load the SDK.
  this.timeout(60_000);

  for (const { name, what } of [
    { name: "typescript", what: "the TypeScript compiler" },
    { name: "@npmcli/arborist", what: "npm's resolver" },
  ]) {
    it(`leave ${what} unloaded by Pulumi's SDK`, () => {
      const isStandIn = `const { children, exports } = require.cache[require.resolve("${name}")];
        console.log(children.length, require("node:util").types.isProxy(exports));`;
      expect(printedBy(`${defer} require("@pulumi/pulumi"); ${isStandIn}`)).to.equal("0 true");
      expect(printedBy(`require("@pulumi/pulumi"); ${isStandIn}`)).to.match(/ false$/);
    });

    it(`leave ${what} as it is where it is loaded already`, () => {
      const lines = `const before = require("${name}"); ${defer} console.log(require("${name}") === before);`;
      expect(printedBy(lines)).to.equal("true");
    });
  }

  it("are themselves to whoever asks them for something", () => {
    const use = `const ts = require("typescript"); console.log(ts.version, "transpile" in ts, Object.keys(ts).length > 1000);
      const { Arborist } = require("@npmcli/arborist"); console.log(new Arborist({ path: "." }).path);`;
    expect(printedBy(`${defer} ${use}`)).to.equal(printedBy(use));
  });

  it("are themselves to a default import too, which takes them for compiled modules", () => {
    const use = `console.log(require("typescript").default?.version);`;
    expect(printedBy(`${defer} ${use}`)).to.equal(printedBy(`console.log(require("typescript").version);`));
  });

  it("are themselves to compiled code that imports their default", () => {
    const use = `const { argumentPaths } = require("./tests/rehearsal/path/sdkArguments");
      console.log(argumentPaths("aws:ec2/vpc:Vpc").length);`;
    expect(printedBy(`${defer} ${use}`)).to.equal(printedBy(use));
  });

  it("let the SDK serialize functions as ever", () => {
    const serialize = `const pulumi = require("@pulumi/pulumi"); const three = 3;
      pulumi.runtime.serializeFunction(() => three).then(({ text }) => { console.log(text.includes("three")); });`;
    expect(printedBy(`${defer} ${serialize}`)).to.equal("true");
  });

  it("let the SDK find the packages that a serialized function needs as ever", () => {
    const find = `require("@pulumi/pulumi").runtime.computeCodePaths({}).then((paths) => { console.log(paths.size); });`;
    const found = printedBy(find);
    expect(Number(found)).to.be.greaterThan(0);
    expect(printedBy(`${defer} ${find}`)).to.equal(found);
  });
});
