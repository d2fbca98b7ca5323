import { expect } from "chai";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { load } from "js-yaml";
import { prepareWorkspace, stackSettings } from "../../rehearsal/engine/workspace";

describe("the throwaway workspace", () => {
  let folder: string;
  const project = (): string => path.join(folder, "project");
  const settings = (): unknown =>
    load(readFileSync(path.join(folder, "run/project/Pulumi.dev.yaml"), "utf8"));
  const write = (name: string, text: string): void => {
    writeFileSync(path.join(project(), name), text);
  };

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "workspace-"));
    mkdirSync(project());
    write("Pulumi.yaml", "name: sample\nruntime: nodejs\n");
    write("Pulumi.dev.yaml", "config:\n  sample:size: 1\n");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("leads back to the program", () => {
    const { project: copy } = prepareWorkspace(project(), path.join(folder, "run"));
    expect(load(readFileSync(path.join(copy, "Pulumi.yaml"), "utf8"))).to.deep.equal({
      name: "sample",
      runtime: "nodejs",
      main: project(),
    });
  });

  it("keeps what the engine wrote while the original stays", () => {
    prepareWorkspace(project(), path.join(folder, "run"));
    writeFileSync(
      path.join(folder, "run/project/Pulumi.dev.yaml"),
      "encryptionsalt: v1:x\nconfig:\n  sample:size: 2\n",
    );
    prepareWorkspace(project(), path.join(folder, "run"));
    expect(settings()).to.deep.equal({ encryptionsalt: "v1:x", config: { "sample:size": 2 } });
  });

  it("follows a change of the original and keeps the engine's salt", () => {
    prepareWorkspace(project(), path.join(folder, "run"));
    writeFileSync(
      path.join(folder, "run/project/Pulumi.dev.yaml"),
      "encryptionsalt: v1:x\nconfig:\n  sample:size: 2\n",
    );
    write("Pulumi.dev.yaml", "config:\n  sample:size: 3\n");
    prepareWorkspace(project(), path.join(folder, "run"));
    expect(settings()).to.deep.equal({ encryptionsalt: "v1:x", config: { "sample:size": 3 } });
  });

  it("has each stack's snapshot as it is now beside Pulumi.yaml, from wherever its file is", () => {
    const elsewhere = path.join(folder, "elsewhere");
    const snapshot = (of: string, text: string): void => {
      mkdirSync(path.join(of, "snapshots"), { recursive: true });
      writeFileSync(path.join(of, "snapshots/dev.json"), text);
    };
    const copied = (): string => readFileSync(path.join(folder, "run/project/snapshots/dev.json"), "utf8");
    snapshot(project(), "first");
    prepareWorkspace(project(), path.join(folder, "run"));
    expect(copied()).to.equal("first");
    snapshot(project(), "second");
    prepareWorkspace(project(), path.join(folder, "run"));
    expect(copied()).to.equal("second");
    snapshot(elsewhere, "of another file");
    const configFile = path.join(elsewhere, "settings.yaml");
    writeFileSync(configFile, "config:\n  sample:size: 4\n");
    prepareWorkspace(project(), path.join(folder, "run"), { stack: "dev", configFile });
    expect(copied()).to.equal("of another file");
    rmSync(path.join(elsewhere, "snapshots"), { recursive: true });
    prepareWorkspace(project(), path.join(folder, "run"), { stack: "dev", configFile });
    expect(copied).to.throw("ENOENT");
  });

  it("puts a word in the place of every secret that only the stack's key opens", () => {
    const real =
      "secretsprovider: awskms://x\nencryptedkey: abc\nconfig:\n  a:b:\n    secure: xyz\n  a:c:\n    d:\n      secure: v\n    e: 1\n";
    expect(load(stackSettings(real))).to.deep.equal({
      config: { "a:b": "rehearsal", "a:c": { d: "rehearsal", e: 1 } },
    });
  });

  it("takes a stack without settings", () => {
    expect(stackSettings("encryptionsalt: v1:x\n")).to.equal("");
    expect(stackSettings("")).to.equal("");
    expect(load(stackSettings("# nothing yet\n", "v1:x"))).to.deep.equal({ encryptionsalt: "v1:x" });
  });
});
