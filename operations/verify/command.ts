import { Command, CommanderError, InvalidArgumentError } from "commander";
import path from "node:path";
import { isatty } from "node:tty";
import pc from "picocolors";
import { setTimeout } from "node:timers/promises";
import type { Access } from "./collect/access";
import { redact } from "./collect/problem";
import { jsonReport, terminalReport } from "./report";
import { readOutputs, UsageError } from "./stackOutputs";
import { exitCodeOf, exitCodes } from "./judge/verdict";
import { verifyStack } from "./verifyStack";
import { snapshotSource } from "./snapshotSource";
import { waitUntilSettled } from "./wait";

/** Where a command writes and what it runs with; tests give their own. */
export interface Surroundings {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether `out` is a terminal that shows colours. */
  readonly color: boolean;
  readonly access: Access;
}

export const terminal: Surroundings = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  // picocolors heeds NO_COLOR, but takes CI for a terminal.
  color: pc.isColorSupported && isatty(1),
  access: {},
};

interface Options {
  readonly stack?: string;
  readonly outputs?: string;
  readonly configFile?: string;
  readonly json?: true;
  readonly wait?: number;
  readonly interval: number;
}

const projectDir = path.resolve(__dirname, "../..");

export async function verify(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { out, err, access, color } = surroundings;
  const command = new Command("npm run verify --")
    .description("Checks in both clouds whether a deployed stack is as the program created it, and works.")
    .option("--stack <name>", "the stack whose outputs to read with Pulumi")
    .option(
      "--outputs <file>",
      "read them from a file of `pulumi stack output --json --show-secrets` instead; - is stdin",
    )
    .option(
      "--config-file <file>",
      "the stack's settings, beside whose snapshot is (default: Pulumi.STACK.yaml)",
    )
    .option("--json", "write the verdict as JSON")
    .option("--wait <minutes>", "verify again until the tunnels are up, for at most this long", minutes)
    .option("--interval <seconds>", "how long to wait before verifying again", minutes, 30)
    .addHelpText("after", help)
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err });
  try {
    const options = command.parse([...args], { from: "user" }).opts<Options>();
    const outputs = await readOutputs(sourceOf(options));
    const source = snapshotSource(projectDir, options, outputs);
    const verdict = await waitUntilSettled({
      minutes: options.wait ?? 0,
      intervalSeconds: options.interval,
      verify: () => verifyStack(outputs, access, source),
      now: Date.now,
      sleep: (milliseconds) => setTimeout(milliseconds),
      progress: (line) => {
        err(`${line}\n`);
      },
    });
    out(options.json === true ? jsonReport(verdict) : terminalReport(verdict, pc.createColors(color)));
    return exitCodeOf(verdict);
  } catch (error) {
    return failed(error, err);
  }
}

/** Says what went wrong, without a stack trace, and returns the exit code. */
export function failed(error: unknown, err: (text: string) => void): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.allRight : exitCodes.usage;
  err(`${error instanceof UsageError ? error.message : redact(String(error))}\n`);
  return exitCodes.usage;
}

function sourceOf({ stack, outputs }: Options) {
  if (outputs !== undefined) return { kind: "file", file: outputs } as const;
  if (stack === undefined) throw new UsageError("--stack NAME or --outputs FILE is required; see --help");
  return { kind: "stack", stack, projectDir } as const;
}

function minutes(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError("It must be a number above 0.");
  return value;
}

const help = `
Exit codes:
  0  nothing is broken, and every question to the clouds was answered; there may be warnings
  1  something is broken
  2  verify itself could not start: a wrong option, no stack, no outputs
  3  nothing is known to be broken, and some questions had no answer

docs/operations.md explains each finding.
`;
