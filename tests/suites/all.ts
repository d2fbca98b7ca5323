import { spawnSync } from "node:child_process";
import { thisMachine } from "./machine";
import { installation, type LeftOut, type Suite, suites, whyLeftOut } from "./suites";

/** A suite, and the command of it that failed. */
interface Failure {
  readonly title: string;
  readonly command: string;
}

/** Runs every suite that this machine can run, and says at the end what failed and what is left out. In CI it must run all. */
async function main(): Promise<number> {
  const leftOut: LeftOut[] = [];
  const failures: Failure[] = [];
  const installed = new Set<string>();
  for (const suite of suites) {
    say(`\n== ${suite.title} (${String(Math.floor(process.uptime() / 60))} min)`);
    const failed = install(suite, installed);
    const reason = failed === undefined ? await whyLeftOut(suite, thisMachine) : undefined;
    if (failed !== undefined) failures.push({ title: suite.title, command: failed });
    else if (reason !== undefined) {
      leftOut.push(reason);
      say(`Left out: ${reason.reason}`);
    } else if (suite.command !== undefined && !succeeds(suite.command))
      failures.push({ title: suite.title, command: suite.command });
  }
  return conclude(failures, leftOut);
}

/** Answers the command that failed. */
function install(suite: Suite, installed: Set<string>): string | undefined {
  const command = installation(suite, thisMachine);
  if (command === undefined || installed.has(command)) return undefined;
  if (!succeeds(command)) return command;
  installed.add(command);
  return undefined;
}

function succeeds(command: string): boolean {
  return spawnSync(command, { shell: true, stdio: "inherit" }).status === 0;
}

function conclude(failures: readonly Failure[], leftOut: readonly LeftOut[]): number {
  if (leftOut.length > 0) {
    say("\nLeft out:");
    for (const { title, reason } of leftOut) say(`- ${title}: ${reason}`);
  }
  if (failures.length > 0) {
    say("\nFailed, each with the command that runs it alone:");
    for (const { title, command } of failures) say(`- ${title}: ${command}`);
    return 1;
  }
  say(leftOut.length === 0 ? "\nAll suites passed." : "\nEvery suite that this machine can run passed.");
  return leftOut.length === 0 || process.env["CI"] === undefined ? 0 : 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    throw error;
  },
);
