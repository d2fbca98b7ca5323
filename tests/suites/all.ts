import { spawnSync } from "node:child_process";
import { thisMachine } from "./machine";
import { installation, type LeftOut, type Suite, suites, whyLeftOut } from "./suites";

/** Runs every suite that this machine can run, and says at the end which it cannot. In CI it must run all. */
async function main(): Promise<number> {
  const leftOut: LeftOut[] = [];
  const installed = new Set<string>();
  for (const suite of suites) {
    say(`\n== ${suite.title} (${String(Math.floor(process.uptime() / 60))} min)`);
    const failed = install(suite, installed);
    if (failed !== undefined) return fail(suite, failed);
    const reason = await whyLeftOut(suite, thisMachine);
    if (reason !== undefined) {
      leftOut.push(reason);
      say(`Left out: ${reason.reason}`);
    } else if (suite.command !== undefined && !succeeds(suite.command)) return fail(suite, suite.command);
  }
  return conclude(leftOut);
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

function fail({ title }: Suite, command: string): number {
  say(`\n${title}: failed. To run it alone: ${command}`);
  return 1;
}

function conclude(leftOut: readonly LeftOut[]): number {
  if (leftOut.length === 0) {
    say("\nAll suites passed.");
    return 0;
  }
  say("\nEvery suite that this machine can run passed. Left out:");
  for (const { title, reason } of leftOut) say(`- ${title}: ${reason}`);
  return process.env["CI"] === undefined ? 0 : 1;
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
