import { expect } from "chai";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import path from "node:path";
import { rotate, terminal } from "../../operations/rotate/command";
import { raisedCopy } from "../../operations/rotate/raisedCopy";
import { review } from "../../operations/review/judge";
import { readPreview } from "../../operations/review/preview";
import { readOutputs } from "../../operations/verify/stackOutputs";

const root = path.resolve(__dirname, "../..");

describe("rotating a key of a stack on the real engine", function () {
  this.timeout(300_000);
  let folder: string;
  let pathBefore: string | undefined;

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "rotate-engine-"));
    mkdirSync(path.join(folder, "bin"));
    mkdirSync(path.join(folder, "project"));
    for (const file of ["Pulumi.yaml", "Pulumi.prod.yaml"])
      cpSync(path.join(root, file), path.join(folder, "project", file));
    // Whoever asks for `pulumi` gets the real one, on simulated clouds.
    const pulumi = path.join(folder, "bin", "pulumi");
    const rest = process.env["PATH"] ?? "";
    const command = [
      process.execPath,
      path.join(root, "node_modules/tsx/dist/cli.mjs"),
      path.join(root, "operations/pulumi.ts"),
    ];
    writeFileSync(
      pulumi,
      `#!/bin/sh\nPATH='${rest}' exec ${command.map((part) => `'${part}'`).join(" ")} --keep '${folder}/keep'"$KEEP_ON" "$@"\n`,
    );
    chmodSync(pulumi, 0o755);
    pathBefore = process.env["PATH"];
    process.env["PATH"] = `${path.join(folder, "bin")}${path.delimiter}${rest}`;
    execFileSync("pulumi", ["up", "--yes", "--skip-preview", "--stack", "prod"], {
      stdio: "ignore",
      cwd: path.join(folder, "project"),
    });
  });
  afterEach(() => {
    delete process.env["KEEP_ON"];
  });
  after(() => {
    if (pathBefore === undefined) return;
    process.env["PATH"] = pathBefore;
    rmSync(folder, { recursive: true, force: true });
  });

  /** With all tunnels up. */
  async function rotated(...args: readonly string[]) {
    let out = "";
    const code = await rotate(args, {
      ...terminal,
      out: (text) => (out += text),
      projectDir: path.join(folder, "project"),
      verify: (outputs) =>
        Promise.resolve({
          outcome: "holds",
          subjects: [],
          findings: [],
          unanswered: [],
          client: "not tried",
          endpoint: "timeout",
          destinations: { aws: [], azure: [] },
          tunnels: outputs.vpn.tunnels.map(({ name }) => ({
            name,
            awsUp: true,
            azureStatus: "Connected",
            up: true,
          })),
        }),
    });
    return { code, out };
  }

  it("reads the outputs, reviews the engine's own preview and raises the generation", async () => {
    const projectDir = path.join(folder, "project");
    const before = readFileSync(path.join(projectDir, "Pulumi.prod.yaml"), "utf8");
    const { code, out } = await rotated("--stack", "prod", "--tunnel", "tunnel3");
    expect(out).to.include("Down in this one deployment: tunnel3 of tunnel1, tunnel2, tunnel3, tunnel4.");
    expect(code).to.equal(0);
    expect(readFileSync(path.join(projectDir, "Pulumi.prod.yaml"), "utf8")).to.equal(
      `${before}  azure-s3-privatelink:presharedKeyGenerations:\n    tunnel3: 2\n`,
    );
  });

  it("finds the snapshot beside a file elsewhere, of a stack that joins networks of others", async () => {
    process.env["KEEP_ON"] = "-hub";
    const elsewhere = path.join(folder, "elsewhere");
    cpSync(path.join(root, "examples/join"), elsewhere, { recursive: true });
    const file = path.join(elsewhere, "Pulumi.hub.yaml");
    const before = readFileSync(file, "utf8");
    const named = ["--stack", "hub", "--config-file", file];
    execFileSync("pulumi", ["up", "--yes", "--skip-preview", ...named], {
      stdio: "ignore",
      cwd: path.join(folder, "project"),
    });
    const { code, out } = await rotated(...named, "--tunnel", "tunnel3");
    expect(out).to.include("Down in this one deployment: tunnel3 of tunnel1, tunnel2, tunnel3, tunnel4.");
    expect(code).to.equal(0);
    expect(readFileSync(file, "utf8")).to.equal(
      `${before}  azure-s3-privatelink:presharedKeyGenerations:\n    tunnel3: 2\n`,
    );
  });

  it("keeps the comments and the order of a stack's file", async () => {
    const settings = readFileSync(path.join(root, "Pulumi.prod.yaml"), "utf8").replace(
      "config:\n",
      "config: # ours\n  azure-s3-privatelink:presharedKeyGenerations: # each by itself\n    tunnel2: 4 # March\n    tunnel1: 2\n",
    );
    const projectDir = path.join(folder, "project");
    const file = path.join(projectDir, "Pulumi.prod.yaml");
    const copy = await raisedCopy({
      ...{ projectDir, stack: "prod", file, settings, tunnel: "tunnel2", generation: 5 },
    });
    expect(copy.settings).to.equal(settings.replace("tunnel2: 4", "tunnel2: 5"));
    expect(review(readPreview(copy.preview)).tunnels).to.include("tunnel2");
  });

  it("reads every output, the secret one too", async () => {
    const outputs = await readOutputs({
      kind: "stack",
      stack: "prod",
      projectDir: path.join(folder, "project"),
    });
    expect(outputs.readerSecretAccessKey).not.to.equal("[secret]");
    expect(outputs.vpn.tunnels).to.have.length(4);
  });

  it("says which stacks there are where there is no such stack", async () => {
    const asked = readOutputs({ kind: "stack", stack: "nobody", projectDir: path.join(folder, "project") });
    const message = await asked.then(
      () => "",
      (error: unknown) => (error instanceof Error ? error.message : ""),
    );
    expect(message).to.not.include("\n");
    expect(message).to.match(/nobody/);
  });
});
