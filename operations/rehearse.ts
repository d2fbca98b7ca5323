import { Command, CommanderError, InvalidArgumentError } from "commander";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isatty } from "node:tty";
import { createColors, isColorSupported } from "picocolors";
import { type Usage, usualUsage } from "../rehearsal/cost/cost";
import type { PriceList } from "../rehearsal/cost/prices";
import { PricesError, pricesOf } from "../rehearsal/cost/pricesFile";
import { textOf } from "../rehearsal/model/textFile";
import { readIntent } from "../rehearsal/run/intent";
import { leaveOut, UnknownNameError } from "../rehearsal/run/leaveOut";
import { forecastOf, type Forecast } from "../rehearsal/verdict/forecast";
import { record } from "../rehearsal/run/record";
import type { Recording } from "../rehearsal/model/recording";
import { reportDocument } from "../rehearsal/report/document";
import { renderMarkdown } from "../rehearsal/report/markdown";
import { forecastDocument } from "../rehearsal/report/forecastDocument";
import { forecastLines } from "../rehearsal/report/forecastTerminal";
import { progressOn } from "../rehearsal/report/progress";
import type { ReportDocument } from "../rehearsal/report/schema";
import { renderSummary } from "../rehearsal/report/summary";
import { renderTerminal } from "../rehearsal/report/terminal";
import { conclude } from "../rehearsal/report/words";
import { requireStackFile, StackConfigError } from "../rehearsal/run/stackConfig";
import { judge } from "../rehearsal/verdict/verdict";

export interface RehearseOptions {
  /** The folder of Pulumi.yaml. */
  readonly projectDir: string;
  readonly stack: string;
  /** A stack file elsewhere than in the project, with its snapshot beside it. */
  readonly configFile?: string;
  /** Resources and tunnels to leave out; none by default. */
  readonly break?: readonly string[];
  /** Called at the start of each step. */
  readonly onStep?: (what: string) => void;
}

/** One run, and the report of its judges. */
export interface Rehearsal {
  readonly recording: Recording;
  readonly report: ReportDocument;
}

/** A request that cannot be met, in one sentence. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Runs the program on simulated clouds and judges what came out. */
export async function rehearse(options: RehearseOptions): Promise<Rehearsal> {
  const { projectDir, stack, configFile, onStep } = options;
  const place = { projectDir, stack, ...(configFile !== undefined && { configFile }) };
  requireStackFile(projectDir, stack, configFile);
  onStep?.(`running the program as stack ${stack} on simulated clouds`);
  const whole = await record(place);
  onStep?.("judging the recorded resources");
  const intent = readIntent(place);
  if (options.break === undefined || options.break.length === 0 || whole.errors.length > 0)
    return { recording: whole, report: reportDocument(whole, judge(whole, intent)) };
  const { recording, names } = leaveOut(whole, ...options.break);
  return { recording, report: reportDocument(recording, judge(recording, intent), names) };
}

interface Flags extends Usage {
  readonly stack: string;
  readonly configFile?: string;
  readonly break: readonly string[];
  readonly full?: true;
  readonly json?: true;
  readonly markdown?: true;
  readonly html?: string;
  readonly prices?: string;
}

/** The command: prints the report and answers with the exit code. */
export async function main(args: readonly string[], projectDir: string): Promise<number> {
  const command = commandLine();
  const progress = progressOn(process.stderr);
  try {
    const flags = command.parse([...args], { from: "user" }).opts<Flags>();
    if (flags.json === true && flags.markdown === true)
      throw new UsageError("--json and --markdown both go to the standard output; use one of them");
    const prices = flags.prices === undefined ? {} : { prices: pricesIn(flags.prices) };
    const onStep = (what: string) => {
      progress.step(what);
    };
    const { recording, report } = await rehearse({ projectDir, ...flags, onStep });
    onStep("computing the forecast");
    const whole = flags.json === true || flags.markdown === true || flags.html !== undefined;
    const { stack, hours, readGb, writtenGb, storedGb, loggedGb, requests } = flags;
    const usage = { hours, readGb, writtenGb, storedGb, loggedGb, requests };
    const depth = whole ? "full" : "summary";
    const place = {
      projectDir,
      stack,
      ...(flags.configFile !== undefined && { configFile: flags.configFile }),
    };
    const forecast = await forecastOf({ ...place, recording, usage, depth, onStep, ...prices });
    if (flags.html !== undefined) {
      onStep("drawing the page");
      // Drawing needs what printing does not.
      const { renderPage } = await import("../rehearsal/report/page/page.js");
      writePage(flags.html, await renderPage({ recording, report, forecast }));
    }
    progress.done();
    process.stdout.write(printed({ recording, report }, forecast, flags));
    // A program that stopped by itself, at a wrong setting above all, left nothing to judge.
    if (recording.errors.length > 0 && recording.refusals.length === 0) return 2;
    return conclude(report).outcome === "holds" ? 0 : 1;
  } catch (error) {
    progress.done();
    // Commander has printed its own already; 0 is --help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (
      ![UsageError, UnknownNameError, StackConfigError, PricesError].some((known) => error instanceof known)
    )
      throw error;
    process.stderr.write(`${createColors(isColorSupported && isatty(2)).red((error as Error).message)}\n`);
    return 2;
  }
}

function commandLine(): Command {
  return new Command("rehearse")
    .description("Runs the program on simulated clouds and checks the path from Azure to the bucket.")
    .option("--stack <name>", "the stack, one of the Pulumi.<name>.yaml files", "dev")
    .option("--config-file <file>", "the stack's file, where it is not Pulumi.<name>.yaml of the project")
    .option(
      "--break <resource or tunnel>",
      "leave out a resource or tunnel and show what stops working; repeat it for several",
      (name: string, others: readonly string[]) => [...others, name],
      [],
    )
    .option("--full", "print every resource, output, hop and tunnel end, and every finding")
    .option("--html <file>", "write the report as one HTML page")
    .option("--markdown", "print a summary for a pull request")
    .option("--json", "print the whole report as JSON")
    .option("--hours <number>", "hours per month that the stack runs", amount, usualUsage.hours)
    .option("--read-gb <number>", "GB per month that clients read", amount, usualUsage.readGb)
    .option("--written-gb <number>", "GB per month that clients write", amount, usualUsage.writtenGb)
    .option("--stored-gb <number>", "GB stored in the buckets", amount, usualUsage.storedGb)
    .option(
      "--logged-gb <number>",
      "GB per month of each kind of log that is on",
      amount,
      usualUsage.loggedGb,
    )
    .option(
      "--requests <number>",
      "requests per month to the buckets' objects, which auditTrail records",
      amount,
      usualUsage.requests,
    )
    .option("--prices <file>", "prices above those of this version, as JSON: docs/report.md")
    .exitOverride();
}

function pricesIn(file: string): PriceList {
  try {
    return pricesOf(textOf(readFileSync(file)), file);
  } catch (error) {
    if (error instanceof PricesError) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw new UsageError(
      `--prices ${file}: it cannot be read (${code}); docs/report.md shows a file of prices`,
    );
  }
}

function amount(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError("Give a number, 0 or more.");
  return value;
}

function printed({ recording, report }: Rehearsal, forecast: Forecast | undefined, flags: Flags): string {
  if (flags.json === true) {
    const more = forecast === undefined ? {} : { forecast: forecastDocument(forecast) };
    return `${JSON.stringify({ ...report, ...more } satisfies ReportDocument, null, 2)}\n`;
  }
  if (flags.markdown === true) return renderMarkdown({ recording, report, forecast });
  const color = isColorSupported && isatty(1);
  // Text that goes to a file is read on any terminal later.
  const width = process.stdout.isTTY ? Math.max(40, Math.min(process.stdout.columns, 120)) : 80;
  if (flags.full !== true) return renderSummary(report, forecast, { color, width });
  const more = forecast === undefined ? [] : forecastLines(forecast, { color, width });
  return renderTerminal(report, { color, width, more });
}

function writePage(file: string, page: string): void {
  try {
    writeFileSync(file, page);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const fix = {
      ENOENT: "its folder does not exist; create it, or choose another",
      EISDIR: "this is a folder; name a file in it",
      ENOTDIR: "part of the path is not a folder; choose another file",
      EACCES: "you have no permission to write it; choose another file",
      EROFS: "its file system is read-only; choose another file",
      ENOSPC: "the disk is full; free some space",
    }[code];
    if (fix === undefined) throw error;
    throw new UsageError(`--html ${file}: ${fix} (${code})`);
  }
}

if (require.main === module) {
  void main(process.argv.slice(2), join(__dirname, "..")).then((code) => {
    process.exitCode = code;
  });
}
