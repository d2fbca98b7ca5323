import { Command, CommanderError } from "commander";
import { join } from "node:path";
import { createColors, isColorSupported } from "picocolors";
import { readIntent } from "../rehearsal/intent";
import { leaveOut, nearest, UnknownNameError } from "../rehearsal/leaveOut";
import { record } from "../rehearsal/record";
import { reportDocument, type ReportDocument } from "../rehearsal/report/document";
import { renderTerminal } from "../rehearsal/report/terminal";
import { stacksOf } from "../rehearsal/stackConfig";
import { judge } from "../rehearsal/verdict";

export interface RehearseOptions {
  /** The folder of Pulumi.yaml. */
  readonly projectDir: string;
  readonly stack: string;
  /** A resource or tunnel to leave out. */
  readonly break?: string;
}

/** Asked for something that is not there. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Runs the program on simulated clouds and judges what came out. */
export async function rehearse(options: RehearseOptions): Promise<ReportDocument> {
  const { projectDir, stack } = options;
  const stacks = stacksOf(projectDir);
  if (!stacks.includes(stack))
    throw new UsageError(`--stack ${stack}: there is no Pulumi.${stack}.yaml; ${nearest(stack, stacks)}`);
  const recording = await record({ projectDir, stack });
  const intent = readIntent({ projectDir, stack }, recording);
  if (options.break === undefined || recording.errors.length > 0)
    return reportDocument(recording, judge(recording, intent));
  const without = leaveOut(recording, options.break);
  return reportDocument(without.recording, judge(without.recording, intent), without.names);
}

/** The command: prints the report and answers with the exit code. */
export async function main(args: readonly string[], projectDir: string): Promise<number> {
  const command = new Command("rehearse")
    .description("Runs the program on simulated clouds and proves the path from Azure to the bucket.")
    .option("--stack <name>", "the stack, one of the Pulumi.<name>.yaml files", "dev")
    .option("--break <resource or tunnel>", "leave something out and see what stops working")
    .option("--json", "print the whole report as JSON")
    .exitOverride();
  try {
    command.parse([...args], { from: "user" });
    const options = command.opts<{ stack: string; break?: string; json?: true }>();
    const report = await rehearse({ projectDir, ...options });
    const text =
      options.json === true
        ? `${JSON.stringify(report, null, 2)}\n`
        : renderTerminal(report, { color: isColorSupported && process.stdout.isTTY });
    process.stdout.write(text);
    return report.ok ? 0 : 1;
  } catch (error) {
    // Commander has printed its own already; 0 is --help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof UsageError || error instanceof UnknownNameError)) throw error;
    process.stderr.write(`${createColors(isColorSupported && process.stderr.isTTY).red(error.message)}\n`);
    return 2;
  }
}

if (require.main === module) {
  void main(process.argv.slice(2), join(__dirname, "..")).then((code) => {
    process.exitCode = code;
  });
}
