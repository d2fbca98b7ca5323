import { expect } from "chai";
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { leftovers, removeStale } from "../../lab/machine/namespaces";
import { until } from "../../lab/machine/processes";
import { openSession } from "../../lab/session";
import { Traffic } from "../../lab/traffic/traffic";
import { needsTheLab, projectDir, recordingOf } from "./support/machine";

const rounds = 20;

describe("the lab leaves nothing behind", function () {
  this.timeout(240_000);
  needsTheLab(this);

  it(`in ${rounds} of ${rounds} rounds of up, check, down`, async () => {
    const recordings = [await recordingOf({ stack: "dev" }), await recordingOf({ stack: "prod" })];
    for (let round = 0; round < rounds; round++) {
      // Every fourth round has four tunnels and BGP.
      const recording = recordings[round % 4 === 3 ? 1 : 0];
      if (recording === undefined) throw new Error("there is no recording");
      const session = await openSession({ recording });
      const { name } = session.lab.namespaces;
      expect(await leftovers(name), "the search finds what is there").not.to.deep.equal([]);
      const traffic = await Traffic.start(session.lab);
      await traffic.stop();
      await session.close();
      expect(await leftovers(name), `round ${round + 1}`).to.deep.equal([]);
    }
  });

  it("when it is killed: the next lab removes what is left", async () => {
    const script = `
      const { openSession } = require(${JSON.stringify(resolve(projectDir, "lab/session.ts"))});
      const { handRecording } = require(${JSON.stringify(resolve(__dirname, "support/handRecording.ts"))});
      openSession({ recording: handRecording(), tunnelsOnly: true }).then((session) => {
        console.log(session.lab.namespaces.name);
        setInterval(() => undefined, 1000);
      });`;
    const child = spawn(process.execPath, ["--import", "tsx", "-e", script], { cwd: projectDir });
    let name = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (name += text.trim()));
    await until("the other lab is up", () => name !== "", { timeoutMs: 30_000 });
    await removeStale();
    expect(await leftovers(name), "a running lab stays").not.to.deep.equal([]);
    const ended = new Promise((done) => child.on("exit", done));
    child.kill("SIGKILL");
    await ended;
    // Nothing runs at a SIGKILL. Any lab that starts meanwhile, of whomever, may be the next one.
    await removeStale();
    expect(await leftovers(name)).to.deep.equal([]);
  });
});
