import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectDir } from "./fixtures/stacks";

const { scripts } = JSON.parse(readFileSync(join(projectDir, "package.json"), "utf8")) as {
  scripts: { rehearse: string };
};
const [, ...command] = scripts.rehearse.split(" ");

/** The command as a user runs it. */
function rehearse(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...command, ...args], {
    cwd: projectDir,
    encoding: "utf8",
    env: { ...process.env, PULUMI_ERROR_OUTPUT_STRING: "true" },
  });
  return { status, stdout, stderr };
}

describe("npm run rehearse", function () {
  this.timeout("5m");

  it("proves the dev stack by default, without a word on stderr", () => {
    const { status, stdout, stderr } = rehearse();
    expect(stderr).to.equal("");
    expect(stdout).to.match(/^Stack dev on simulated clouds\nProven for dev: /);
    expect(stdout).to.not.match(/Calling \[to(String|JSON)\] on an/);
    expect(status).to.equal(0);
  });

  it("prints a versioned document of the prod stack as JSON", () => {
    const { status, stdout } = rehearse("--stack", "prod", "--json");
    const report = JSON.parse(stdout) as Record<string, unknown>;
    expect([report["version"], report["stack"], report["ok"]]).to.deep.equal([2, "prod", true]);
    expect(status).to.equal(0);
  });

  it("writes the page, whose modules are loaded only then", () => {
    const folder = mkdtempSync(join(tmpdir(), "rehearse-"));
    try {
      const { status, stderr } = rehearse("--html", join(folder, "dev.html"));
      expect(stderr).to.equal("");
      expect(readFileSync(join(folder, "dev.html"), "utf8")).to.match(/^<!doctype html>[^]*<svg /i);
      expect(status).to.equal(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("fails with exit code 1 and the reason where something is left out", () => {
    const { status, stdout } = rehearse("--break", "tunnel1");
    expect(stdout).to.match(/^Stack dev on simulated clouds, without vpn-tunnel1-azure-connection\n/);
    expect(stdout).to.match(/\nBroken for dev: \d+ findings\.\n/);
    expect(status).to.equal(1);
  });

  for (const { args, says } of [
    {
      args: ["--stack", "produ"],
      says: "--stack produ: there is no Pulumi.produ.yaml; the project has dev, prod, and pulumi stack init produ begins one\n",
    },
    {
      args: ["--break", "tunel1"],
      says: "--break tunel1: the stack has no such resource or tunnel; did you mean tunnel1, ",
    },
    { args: ["--colour"], says: "error: unknown option '--colour'\n" },
  ])
    it(`answers ${args.join(" ")} with exit code 2 and one sentence`, () => {
      const { status, stdout, stderr } = rehearse(...args);
      expect(stderr.startsWith(says), stderr).to.equal(true);
      expect(stderr).to.not.match(/\n\s+at /);
      expect(stdout).to.equal("");
      expect(status).to.equal(2);
    });
});
