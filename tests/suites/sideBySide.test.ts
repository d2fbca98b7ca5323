import { expect } from "chai";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Ended, type Job, runSideBySide } from "./sideBySide";

describe("commands side by side", function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "side-by-side-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const file = (name: string) => path.join(folder, name);
  // A test that fails takes its folder away, and what waits there ends.
  const untilThere = (name: string) =>
    `until [ -e ${file(name)} ] || [ ! -d ${folder} ]; do sleep 0.05; done`;

  it("show each one's output whole, in their order, though the second ends first", async () => {
    const { output, code } = await endOf(
      inItsOwnProcess([
        { title: "first", command: `echo 1; ${untilThere("second")}; echo 2` },
        { title: "second", command: `echo 3; echo 4; touch ${file("second")}` },
      ]),
    );
    expect(output.replace(/\n+-- \w+ has .*\n/g, "\n")).to.match(
      /^1\n+2\n+-- second, from its beginning\n3\n4\nfirst: true, second: true\n$/,
    );
    expect(code).to.equal(0);
  });

  it("say when each ends, and how", async () => {
    const { printed } = await inThisProcess([
      { title: "good", command: "true" },
      { title: "bad", command: "false" },
    ]);
    expect(printed)
      .to.match(/-- good has passed \(\d+ min\)\n/)
      .and.match(/-- bad has failed \(\d+ min\)\n/);
  });

  it("show what outlives the first as it is written", async () => {
    const jobs = [
      { title: "short", command: "true" },
      { title: "long", command: `echo running; ${untilThere("seen")}; echo over >&2` },
    ];
    const { printed } = await inThisProcess(jobs, (text) => {
      if (text.includes("running")) writeFileSync(file("seen"), "");
    });
    expect(printed).to.match(/running[^]*over/);
  });

  for (const bad of ["false", "exit 3", "kill -9 $$", "there-is-no-such-command"]) {
    it(`run on beside one that fails: ${bad}`, async () => {
      const { ended } = await inThisProcess([
        { title: "good", command: "true" },
        { title: "bad", command: `( ${bad} ) 2>&1` },
        { title: "good too", command: `touch ${file("done")}` },
      ]);
      expect(ended.map(({ job, passed }) => `${job.title}: ${String(passed)}`)).to.deep.equal([
        "good: true",
        "bad: false",
        "good too: true",
      ]);
      expect(readdirSync(folder)).to.deep.equal(["done"]);
    });
  }

  it("keep the end of what each has written, for whoever looks for the reason of a failure", async () => {
    const many = "i=0; while [ $i -lt 5000 ]; do echo line $i; i=$((i+1)); done";
    const { ended } = await inThisProcess([
      { title: "much", command: `${many}; echo reason >&2; false` },
      { title: "little", command: "echo little" },
    ]);
    const [much = "", little] = ended.map(({ last }) => last);
    expect(much)
      .to.match(/line 4998\nline 4999\n/)
      .and.include("reason\n");
    expect(much.length).to.be.lessThan(20_000);
    expect(little).to.equal("little\n");
  });

  it("give way to those beside the first, and to nobody where there is one alone", async () => {
    const told = (title: string): Job => ({ title, command: `nice > ${file(title)}` });
    await inThisProcess([told("first"), told("second")]);
    await inThisProcess([told("alone")]);
    const [first, second, alone] = ["first", "second", "alone"].map((name) =>
      Number(readFileSync(file(name), "utf8")),
    );
    expect(first).to.be.greaterThan(second ?? NaN);
    expect(alone).to.equal(second);
  });

  it("say nothing beside the output of one alone", async () => {
    const { printed } = await inThisProcess([{ title: "alone", command: "true" }]);
    expect(printed).to.equal("");
  });

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    it(`have ended with all that they started, and cleaned up, when their runner ends by ${signal}`, async () => {
      // The outer shell, as npm, does not wait for the inner one, which is what cleans up.
      const job = (title: string): Job => {
        const clean = `sleep 0.3; touch ${file(`${title}-clean`)}; exit 1`;
        const inner = `trap '${clean}' INT TERM HUP; touch ${file(title)}; ${untilThere("never")}`;
        return { title, command: `sh -c "${inner}"; exit 1` };
      };
      const runner = inItsOwnProcess([job("one"), job("two")]);
      const ended = endOf(runner);
      await there(folder, ["one", "two"]);
      runner.kill(signal);
      expect((await ended).output).to.match(/one: false, two: false, interrupted\n$/);
      expect(readdirSync(folder).sort()).to.deep.equal(["one", "one-clean", "two", "two-clean"]);
    });
  }
});

async function inThisProcess(
  jobs: readonly Job[],
  seen: (text: string) => void = () => undefined,
): Promise<{ ended: readonly Ended[]; printed: string }> {
  let printed = "";
  const ended = await runSideBySide(jobs, (text) => {
    printed += text;
    seen(text);
  });
  return { ended, printed };
}

/** A runner of its own, whose output is all that is shown; its last line says how each command ended. */
function inItsOwnProcess(jobs: readonly Job[]): ChildProcess {
  const module = JSON.stringify(path.join(__dirname, "sideBySide.ts"));
  const program = `
    const { endWithCommands, runSideBySide } = require(${module});
    const isInterrupted = endWithCommands();
    runSideBySide(${JSON.stringify(jobs)}, (text) => process.stdout.write(text)).then(async (ended) => {
      const said = ended.map(({ job, passed }) => job.title + ": " + passed);
      process.stdout.write([...said, ...((await isInterrupted()) ? ["interrupted"] : [])].join(", ") + "\\n");
    });`;
  return spawn(process.execPath, ["--import=tsx", "--input-type=commonjs", "--eval", program], {
    stdio: ["ignore", "pipe", "inherit"],
    timeout: 50_000,
  });
}

function endOf(child: ChildProcess): Promise<{ output: string; code: number | null }> {
  let output = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (output += text));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      resolve({ output, code });
    });
  });
}

/** Waits for files. */
async function there(folder: string, names: readonly string[]): Promise<void> {
  while (!names.every((name) => readdirSync(folder).includes(name)))
    await new Promise((resolve) => setTimeout(resolve, 50));
}
