import { Command, CommanderError, Option } from "commander";
import { join } from "node:path";
import { readStackConfig, StackConfigError } from "../rehearsal/run/stackConfig";
import { checkAccess, checkListCommand } from "./checks/access";
import type { Check } from "./checks/check";
import { checkConfidentiality, checkFailClosed } from "./checks/confidentiality";
import { measureFailover } from "./checks/failover";
import { checkMisconfiguration, inapplicable } from "./checks/misconfigurations";
import { checkRekeying } from "./checks/rekeying";
import { checkRotation } from "./checks/rotation";
import { checkSite } from "./checks/site";
import { checkPfs, tunnelStates } from "./checks/tunnels";
import { LabError } from "./machine/processes";
import { roles } from "./network/plan";
import { installLine, missingPieces } from "./preflight";
import { misconfigurationsOf } from "./recording/misconfigurations";
import { recordStack, type StackChoice, topologies, type Topology } from "./recording/recordStack";
import { checkLine, countLine, outageTable, stepLine, tunnelTable } from "./report";
import { defaultSpeed, openSession, type Session } from "./session";

const extras = ["misconfigurations", "rotation", "failover"] as const;

interface Options {
  readonly stack: string;
  readonly configFile?: string;
  readonly topology?: Topology;
  readonly also: readonly (typeof extras)[number][];
  readonly keep?: true;
  readonly speed: number;
}

/** The command: builds a lab of a stack, checks it and removes it. */
export async function main(args: readonly string[], projectDir: string): Promise<number> {
  const command = new Command("lab")
    .description("Runs a stack's tunnels on this machine with real IPsec, BGP and S3, and checks them.")
    .option("--stack <name>", "the stack, one of the Pulumi.<name>.yaml files", "dev")
    .option("--config-file <file>", "the stack's file, where it is not Pulumi.<name>.yaml of the project")
    .addOption(new Option("--topology <name>", "instead of the stack's own").choices(topologies))
    .addOption(new Option("--also <what...>", "checks that take longer").choices(extras).default([]))
    .option("--speed <factor>", "how much shorter the failure timers are", Number, defaultSpeed)
    .option("--keep", "keep the lab running until Ctrl-C")
    .exitOverride();
  try {
    command.parse([...args], { from: "user" });
    return await runLab(command.opts<Options>(), projectDir);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (![LabError, StackConfigError].some((known) => error instanceof known)) throw error;
    process.stderr.write(`${(error as Error).message}\n`);
    return 2;
  }
}

async function runLab(options: Options, projectDir: string): Promise<number> {
  await refuseWhereImpossible(options, projectDir);
  const interrupted = interruption();
  const { stack, configFile, topology } = options;
  const choice: StackChoice = { projectDir, stack, configFile, topology };
  const began = performance.now();
  const recording = await recordStack(choice);
  const onStep = (step: string, seconds: number): void => {
    print(stepLine(step, seconds));
  };
  onStep("Run the program on the simulated clouds", (performance.now() - began) / 1000);
  const opening = openSession({ recording, speed: options.speed, onStep });
  const session = await Promise.race([opening, interrupted]);
  if (session === "interrupted") {
    await opening.then((opened) => opened.close());
    return 130;
  }
  try {
    const checking = runChecks(session, options, choice, began);
    // Interrupted, the checks fail wherever they are: that is no result.
    checking.catch(() => undefined);
    const holds = await Promise.race([checking, interrupted]);
    if (holds === "interrupted") return 130;
    if (options.keep === true) {
      const client = session.lab.namespaces.nameOf(roles.client);
      print(`\nThe lab runs until Ctrl-C. A shell in Azure: ip netns exec ${client} bash`);
      await interrupted;
    }
    return holds ? 0 : 1;
  } finally {
    await session.close();
  }
}

/** Ctrl-C, or SIGTERM: the lab is removed all the same. */
function interruption(): Promise<"interrupted"> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.on(signal, () => {
        resolve("interrupted");
      });
    }
  });
}

async function refuseWhereImpossible(
  { stack, configFile, speed }: Options,
  projectDir: string,
): Promise<void> {
  readStackConfig(projectDir, stack, {}, configFile);
  if (!(speed >= 1 && speed <= 20)) {
    throw new LabError("--speed is a number from 1, the clouds' own timers, to 20");
  }
  const missing = await missingPieces();
  if (missing.length > 0) {
    throw new LabError(`the lab cannot run here:\n- ${missing.join("\n- ")}\nTo install: ${installLine}`);
  }
}

/** Runs every check; false where something is broken. */
async function runChecks(
  session: Session,
  { also }: Options,
  choice: StackChoice,
  began: number,
): Promise<boolean> {
  const { lab, speed, site } = session;
  const watched = async <T>(what: string, work: () => Promise<T>): Promise<T> =>
    site === undefined ? work() : site.during(what, work);
  const all: Check[] = [];
  const show = (checks: readonly Check[]): void => {
    all.push(...checks);
    for (const check of checks) print(checkLine(check));
  };
  show([await checkListCommand(session)]);
  print(`  up and listed ${((performance.now() - began) / 1000).toFixed(1)} s after the start`);
  show(await watched("the stack's tunnels rekey", () => checkRekeying(session)));
  show(await checkAccess(session));
  show(await checkConfidentiality(session));
  show(await watched("all of the stack's tunnels fail", () => checkFailClosed(session)));
  if (also.includes("misconfigurations")) {
    if (site === undefined)
      for (const one of misconfigurationsOf(lab.plan)) show([await checkMisconfiguration(session, one)]);
    show(inapplicable(lab.plan));
  }
  if (also.includes("rotation")) {
    const rotated = (tunnel: string) =>
      recordStack({ ...choice, settings: { presharedKeyGenerations: JSON.stringify({ [tunnel]: 2 }) } });
    show(await watched("the stack's keys are rotated", () => checkRotation(session, rotated)));
  }
  const outages = also.includes("failover") ? await measureFailover(session) : [];
  await checkSite(session);
  show(site?.checks ?? []);
  // Only a rekeyed child shows PFS, and the checks above may have initiated again.
  for (const tunnel of lab.tunnels) await checkPfs(tunnel);
  print(`\n${tunnelTable(await tunnelStates(lab))}`);
  if (outages.length > 0) print(`\n${outageTable(outages, speed)}`);
  const outcomes = [...all, ...outages].map(({ outcome }) => outcome);
  print(`\n${countLine(outcomes)}`);
  return outcomes.every(({ kind }) => kind !== "broken");
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

if (require.main === module) {
  void main(process.argv.slice(2), join(__dirname, "..")).then((code) => {
    process.exitCode = code;
  });
}
