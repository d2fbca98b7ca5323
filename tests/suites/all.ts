import { spawnSync } from "node:child_process";
import { thisMachine } from "./machine";
import { endWithCommands, type Ended, runSideBySide, type Job } from "./sideBySide";
import { installation, type LeftOut, stagesOf, type Suite, suites, whyLeftOut } from "./suites";

/**
 * Runs every suite that this machine can run, and says at the end what failed and what is left out. In CI it must run
 * all.
 */
async function main(): Promise<number> {
  const leftOut: LeftOut[] = [];
  const failures: Failure[] = [];
  const installed = new Set<string>();
  const isInterrupted = endWithCommands();
  for (const stage of stagesOf(suites, thisMachine)) {
    const titles = stage.map(({ title }) => title).join(", beside it: ");
    say(`\n== ${titles} (${String(Math.floor(process.uptime() / 60))} min)`);
    const jobs: Job[] = [];
    // One after the other: two would wait for one lock of apt-get.
    for (const suite of stage) {
      const { title, command } = suite;
      const failed = install(suite, installed);
      const reason = failed === undefined ? await whyLeftOut(suite, thisMachine) : undefined;
      if (failed !== undefined) failures.push({ title, command: failed });
      else if (reason !== undefined) {
        leftOut.push(reason);
        say(`Left out: ${stage.length > 1 ? `${title}: ` : ""}${reason.reason}`);
      } else if (command !== undefined) jobs.push({ title, command });
    }
    const ended = (await isInterrupted()) ? [] : await runSideBySide(jobs, print);
    failures.push(...ended.filter(({ passed }) => !passed).map(({ job, last }) => ({ ...job, last })));
    if (await isInterrupted()) break;
  }
  return (await isInterrupted()) ? 130 : conclude(failures, leftOut);
}

/** A command that failed, with the end of what it wrote where that is not the last that was printed anyway. */
type Failure = Job & Partial<Pick<Ended, "last">>;

/** Answers the command that failed. */
function install(suite: Suite, installed: Set<string>): string | undefined {
  const command = installation(suite, thisMachine);
  if (command === undefined || installed.has(command)) return undefined;
  if (spawnSync(command, { shell: true, stdio: "inherit" }).status !== 0) return command;
  installed.add(command);
  return undefined;
}

function conclude(failures: readonly Failure[], leftOut: readonly LeftOut[]): number {
  if (leftOut.length > 0) {
    say("\nLeft out:");
    for (const { title, reason } of leftOut) say(`- ${title}: ${reason}`);
  }
  if (failures.length > 0) {
    for (const { title, last } of failures)
      if (last !== undefined) say(`\n-- ${title}: its last lines\n${last}`);
    say("\nFailed, each with the command that runs it alone:");
    for (const { title, command } of failures) say(`- ${title}: ${command}`);
    return 1;
  }
  say(leftOut.length === 0 ? "\nAll suites passed." : "\nEvery suite that this machine can run passed.");
  return leftOut.length === 0 || process.env["CI"] === undefined ? 0 : 1;
}

function say(line: string): void {
  print(`${line}\n`);
}

function print(text: string): void {
  process.stdout.write(text);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    throw error;
  },
);
