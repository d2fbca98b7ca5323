import { Command, CommanderError, Option } from "commander";
import { join } from "node:path";
import { stacksOf } from "../rehearsal/run/stackConfig";
import { checkAccess, checkListCommand } from "./checks/access";
import type { Check } from "./checks/check";
import { measureFailover } from "./checks/failover";
import { checkRenewals } from "./checks/rekeying";
import { checkRotation } from "./checks/rotation";
import { checkRenewal, tunnelStates } from "./checks/tunnels";
import { checkTwin } from "./checks/misconfigurations";
import { checkFailClosed, checkWire } from "./checks/confidentiality";
import { roles } from "./network/plan";
import { installLine, missingPieces } from "./preflight";
import { LabError } from "./machine/processes";
import { recordStack, type StackChoice, topologies, type Topology } from "./recording/recordStack";
import { checkLine, outageTable, stepLine, tunnelTable } from "./report";
import { defaultSpeed, openSession, type Session } from "./session";
import { twinsOf } from "./recording/misconfigurations";

const extras = ["twins", "rotation", "failover"] as const;

interface Options {
  readonly stack: string;
  readonly topology?: Topology;
  readonly also: readonly (typeof extras)[number][];
  readonly keep?: true;
  readonly speed: number;
}

/** The command: brings a stack's tunnels up, looks at them, and takes them down again. */
export async function main(args: readonly string[], projectDir: string): Promise<number> {
  const command = new Command("lab")
    .description("Negotiates a stack's own tunnels for real on this machine, with S3 at their end.")
    .option("--stack <name>", "the stack, one of the Pulumi.<name>.yaml files", "dev")
    .addOption(new Option("--topology <name>", "instead of the stack's own").choices(topologies))
    .addOption(new Option("--also <what...>", "checks that take longer").choices(extras).default([]))
    .option(
      "--speed <factor>",
      "how much quicker failures are noticed than in the clouds",
      Number,
      defaultSpeed,
    )
    .option("--keep", "leave the lab up until Ctrl-C")
    .exitOverride();
  try {
    command.parse([...args], { from: "user" });
    return await runLab(command.opts<Options>(), projectDir);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof LabError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

async function runLab(options: Options, projectDir: string): Promise<number> {
  await refuseWhereImpossible(options, projectDir);
  const interrupted = interruption();
  const choice: StackChoice = { projectDir, stack: options.stack, topology: options.topology };
  const began = performance.now();
  const recording = await recordStack(choice);
  const onStep = (step: string, seconds: number): void => {
    say(stepLine(step, seconds));
  };
  onStep("Run the program on the simulated clouds", (performance.now() - began) / 1000);
  const opening = openSession({ recording, speed: options.speed, onStep });
  const session = await Promise.race([opening, interrupted]);
  if (session === "interrupted") {
    await opening.then((opened) => opened.close());
    return 130;
  }
  try {
    const looking = look(session, options, choice, began);
    // Interrupted, it fails in the midst of things, of which nobody needs to hear.
    looking.catch(() => undefined);
    const holds = await Promise.race([looking, interrupted]);
    if (holds === "interrupted") return 130;
    if (options.keep === true) {
      say(
        `\nThe lab stays until Ctrl-C. A shell in Azure: ip netns exec ${session.lab.ground.namespace(roles.client)} bash`,
      );
      await interrupted;
    }
    return holds ? 0 : 1;
  } finally {
    await session.close();
  }
}

/** Ctrl-C, or whoever ends the process kindly: the lab is taken down all the same. */
function interruption(): Promise<"interrupted"> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.on(signal, () => {
        resolve("interrupted");
      });
    }
  });
}

async function refuseWhereImpossible(options: Options, projectDir: string): Promise<void> {
  const stacks = stacksOf(projectDir);
  if (!stacks.includes(options.stack)) {
    throw new LabError(
      `--stack ${options.stack}: there is no Pulumi.${options.stack}.yaml; use one of ${stacks.join(", ")}`,
    );
  }
  if (!(options.speed >= 1 && options.speed <= 20)) {
    throw new LabError("--speed is a number from 1, the clouds' own timers, to 20");
  }
  const missing = await missingPieces();
  if (missing.length > 0) {
    throw new LabError(`the lab cannot run here:\n- ${missing.join("\n- ")}\nTo install: ${installLine}`);
  }
}

/** Everything that is looked at; false where something does not hold. */
async function look(
  session: Session,
  options: Options,
  choice: StackChoice,
  began: number,
): Promise<boolean> {
  const all: Check[] = [];
  const show = (checks: readonly Check[]): void => {
    all.push(...checks);
    for (const check of checks) say(checkLine(check));
  };
  show([await checkListCommand(session)]);
  say(`  up and listed ${((performance.now() - began) / 1000).toFixed(1)} s after the start`);
  show(await checkRenewals(session));
  show(await checkAccess(session));
  show(await checkWire(session));
  show(await checkFailClosed(session));
  if (options.also.includes("twins")) {
    for (const twin of twinsOf(session.lab.plan)) show([await checkTwin(session, twin)]);
  }
  if (options.also.includes("rotation")) {
    show(
      await checkRotation(session, (tunnel) =>
        recordStack({ ...choice, settings: { presharedKeyGenerations: JSON.stringify({ [tunnel]: 2 }) } }),
      ),
    );
  }
  const outages = options.also.includes("failover") ? await measureFailover(session) : [];
  // PFS shows in a renewed child alone, and the checks above may have dialled anew.
  for (const tunnel of session.lab.tunnels) await checkRenewal(tunnel);
  say(`\n${tunnelTable(await tunnelStates(session.lab))}`);
  if (outages.length > 0) say(`\n${outageTable(outages, session.speed)}`);
  const failed = all.filter((check) => !check.holds).length + outages.filter((one) => !one.holds).length;
  say(`\n${all.length + outages.length - failed} hold, ${failed} do not`);
  return failed === 0;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

if (require.main === module) {
  void main(process.argv.slice(2), join(__dirname, "..")).then((code) => {
    process.exitCode = code;
  });
}
