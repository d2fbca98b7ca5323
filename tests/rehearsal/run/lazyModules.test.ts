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

const names = [
  ...["typescript", "@npmcli/arborist", "@grpc/grpc-js", "@opentelemetry/api", "semver"],
  ...["@pulumi/pulumi/automation/index.js", "@pulumi/pulumi/provider/index.js"],
  ...["callback", "engine", "resource"].map((service) => `@pulumi/pulumi/proto/${service}_grpc_pb.js`),
];
const list = JSON.stringify(names);

const defer = `require("./rehearsal/run/lazyModules").deferUnusedModules();`;

describe("the modules that the rehearsal defers", function () {
  // Each test starts processes that load the SDK.
  this.timeout("5m");

  const standIns = `console.log(${list}.filter((name) => {
    const loaded = require.cache[require.resolve(name)];
    return loaded?.children.length === 0 && require("node:util").types.isProxy(loaded.exports);
  }).join(" "));`;

  it("stay unloaded by Pulumi's SDK", () => {
    expect(printedBy(`${defer} require("@pulumi/pulumi"); ${standIns}`)).to.equal(names.join(" "));
    expect(printedBy(`require("@pulumi/pulumi"); ${standIns}`)).to.equal("");
  });

  it("stay unloaded while a program runs and is judged", () => {
    const rehearse = `require("./operations/rehearse").rehearse({ projectDir: process.cwd(), stack: "prod" })`;
    expect(printedBy(`${rehearse}.then(() => { ${standIns} });`)).to.equal(names.join(" "));
  });

  it("are left as they are where they are loaded already", () => {
    const load = `${list}.map((name) => require(name))`;
    const lines = `const before = ${load}; ${defer} console.log(${load}.every((one, at) => one === before[at]));`;
    expect(printedBy(lines)).to.equal("true");
  });

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

  it("let the SDK call gRPC, compare versions and drive the CLI as ever", () => {
    const use = `const pulumi = require("@pulumi/pulumi"); const grpc = require("@grpc/grpc-js");
      const { ResourceMonitorClient } = require("@pulumi/pulumi/proto/resource_grpc_pb");
      const client = new ResourceMonitorClient("127.0.0.1:1", grpc.credentials.createInsecure());
      console.log(client instanceof grpc.Client, typeof client.registerResource, grpc.status.UNAVAILABLE);
      client.close();
      console.log(new (require("semver").SemVer)("1.2.3").minor, typeof pulumi.automation.LocalWorkspace.create);
      console.log(typeof pulumi.provider.main, typeof require("@opentelemetry/api").trace.getTracer);`;
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
