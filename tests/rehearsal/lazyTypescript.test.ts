import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const project = join(__dirname, "../..");

/** Runs some lines in a process of their own, where nothing is loaded yet, and answers with what they print. */
function printedBy(lines: string): string {
  const args = ["--import=tsx", "--eval", lines];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: project, encoding: "utf8" });
  expect(status, stderr).to.equal(0);
  return stdout.trim();
}

const defer = `require("./rehearsal/lazyTypescript").deferTypescript();`;

describe("the deferred TypeScript compiler", function () {
  // Each test starts processes that load the SDK.
  this.timeout(60_000);

  it("is not loaded by Pulumi's SDK", () => {
    const compilerIsReal = `console.log(Object.keys(require.cache[require.resolve("typescript")].children).length,
      require("node:util").types.isProxy(require.cache[require.resolve("typescript")].exports));`;
    expect(printedBy(`${defer} require("@pulumi/pulumi"); ${compilerIsReal}`)).to.equal("0 true");
    expect(printedBy(`require("@pulumi/pulumi"); ${compilerIsReal}`)).to.match(/ false$/);
  });

  it("is itself to whoever asks it for something", () => {
    const use = `const ts = require("typescript"); console.log(ts.version, "transpile" in ts, Object.keys(ts).length > 1000);`;
    expect(printedBy(`${defer} ${use}`)).to.equal(printedBy(use));
  });

  it("serializes functions as ever", () => {
    const serialize = `const pulumi = require("@pulumi/pulumi"); const three = 3;
      pulumi.runtime.serializeFunction(() => three).then(({ text }) => { console.log(text.includes("three")); });`;
    expect(printedBy(`${defer} ${serialize}`)).to.equal("true");
  });

  it("stays as it is where it is loaded already", () => {
    const lines = `const before = require("typescript"); ${defer} console.log(require("typescript") === before);`;
    expect(printedBy(lines)).to.equal("true");
  });
});
