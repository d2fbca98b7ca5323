import { expect } from "chai";
import { spawn } from "node:child_process";
import { leftovers } from "../../lab/machine/namespaces";
import { until } from "../../lab/machine/processes";
import { needsTheLab, projectDir } from "./support/machine";

describe("the command npm run lab", function () {
  this.timeout(90_000);
  needsTheLab(this);

  for (const { when, heard } of [
    { when: "while it builds", heard: "Run the program" },
    { when: "while it checks", heard: "up and listed" },
  ]) {
    it(`removes the lab on Ctrl-C ${when}`, async () => {
      const lab = spawn(process.execPath, ["--import", "tsx", "lab/main.ts", "--stack", "dev"], {
        cwd: projectDir,
      });
      let said = "";
      lab.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
      const ended = new Promise<number | null>((done) => lab.on("exit", done));
      await until(`the lab prints ${heard}`, () => said.includes(heard), { timeoutMs: 60_000 });
      const name = `s3lab-${lab.pid ?? 0}-`;
      await until("it is built", async () => (await leftovers(name)).length > 0);
      lab.kill("SIGINT");
      expect(await ended).to.equal(130);
      expect(await leftovers(name)).to.deep.equal([]);
    });
  }

  for (const { args, says } of [
    {
      args: ["--stack", "nowhere"],
      says: /there is no Pulumi\.nowhere\.yaml; the project has dev, prod, and pulumi stack init nowhere begins one/,
    },
    { args: ["--topology", "ring"], says: /Allowed choices are single-tunnel, dual-tunnel, active-active/ },
    { args: ["--speed", "fast"], says: /--speed is a number from 1/ },
  ]) {
    it(`refuses ${args.join(" ")} in a sentence`, async () => {
      const lab = spawn(process.execPath, ["--import", "tsx", "lab/main.ts", ...args], { cwd: projectDir });
      let said = "";
      lab.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
      const code = await new Promise<number | null>((done) => lab.on("close", done));
      expect(code).to.equal(2);
      expect(said)
        .to.match(says)
        .and.not.match(/\n\s+at /);
    });
  }
});
