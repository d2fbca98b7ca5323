import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "./support/inlineProgram";

const command = path.join(root, "operations/pulumi.ts");

/** The environment of somebody without any account. */
function poorEnvironment(): NodeJS.ProcessEnv {
  const rich = /^(AWS|ARM|AZURE|PULUMI)_/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !rich.test(name)));
}

function rehearse(...args: readonly string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import=tsx", command, ...args], {
    cwd: root,
    env: { ...poorEnvironment(), NO_COLOR: "1" },
    encoding: "utf8",
  });
  return { code: status, out: stdout, err: stderr };
}

describe("npm run rehearse:pulumi", function () {
  this.timeout(120_000);
  let folder: string;
  before(() => (folder = mkdtempSync(path.join(tmpdir(), "rehearse-"))));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const kept = (...args: readonly string[]): ReturnType<typeof rehearse> =>
    rehearse("--keep", folder, ...args);

  it("previews without an account, in a folder that it takes away", () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith("rehearse-pulumi-"));
    const { code, out, err } = rehearse("preview", "--diff");
    expect(code, out + err).to.equal(0);
    expect(out).to.match(/\+ azure-native:network:VirtualNetworkGateway: \(create\)/);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith("rehearse-pulumi-"))).to.deep.equal(before);
  });

  it("previews as JSON, and nothing but JSON", () => {
    const { out } = rehearse("preview", "--json", "--stack", "prod");
    const plan = JSON.parse(out) as { changeSummary: Record<string, number> };
    expect(Object.keys(plan.changeSummary)).to.deep.equal(["create"]);
  });

  it("goes on where the last command stopped", () => {
    const up = kept("up", "--yes");
    expect(up.code, up.out + up.err).to.equal(0);
    const outputs = JSON.parse(kept("stack", "output", "--json").out) as Record<string, unknown>;
    expect(outputs.contractVersion).to.equal(1);
    expect(outputs.readerSecretAccessKey).to.equal("[secret]");
    expect(kept("preview", "--expect-no-changes").code).to.equal(0);
    // The first takes the pre-shared keys, which Azure does not return, out of the state.
    expect(kept("refresh", "--yes").code).to.equal(0);
    expect(kept("refresh", "--yes", "--expect-no-changes").code).to.equal(0);
  });

  it("shows outputs to a shell as the consumer's script reads them", () => {
    const { out } = kept("stack", "output", "--json", "--show-secrets");
    const listing = spawnSync("jq", ["-er", ".readerSecretAccessKey"], { input: out, encoding: "utf8" });
    expect(listing.stdout.trim()).to.match(/^\S{40}$/);
  });

  it("destroys what it made", () => {
    const { code, out, err } = kept("destroy", "--yes");
    expect(code, out + err).to.equal(0);
    const clouds = JSON.parse(readFileSync(path.join(folder, "clouds.json"), "utf8")) as { live: unknown[] };
    expect(clouds.live).to.deep.equal([]);
  });

  it("leaves the project as it was", () => {
    for (const file of ["Pulumi.yaml", "Pulumi.dev.yaml", "Pulumi.prod.yaml"]) {
      expect(readFileSync(path.join(root, file), "utf8")).not.to.match(/encryptionsalt|^main:/m);
    }
  });

  it("says how it is used", () => {
    expect(rehearse()).to.deep.include({ code: 2, out: "" });
    expect(rehearse().err).to.match(/^Usage: npm run rehearse:pulumi -- /);
    expect(rehearse("--keep")).to.deep.equal({
      code: 2,
      out: "",
      err: "--keep needs the folder to keep state and clouds in\n",
    });
  });
});
