import { Command, CommanderError, Option } from "commander";
import { readFileSync } from "node:fs";
import path from "node:path";
import { textOf } from "../../rehearsal/model/textFile";
import { StackConfigError } from "../../rehearsal/run/stackConfig";
import { reaches, review, type Review } from "./judge";
import { markdown } from "./markdown";
import { type Preview, PreviewError, readPreview } from "./preview";
import { surroundingsOf } from "./surroundings";
import { type Impact, impacts } from "../../rehearsal/clouds/impact";

interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Where the stacks' files and snapshots are; this project when absent. */
  readonly projectDir?: string;
}

interface Options {
  readonly failOn?: Impact;
  readonly json?: true;
  readonly configFile?: string;
}

const projectDir = path.resolve(__dirname, "../..");

export const reviewExitCodes = { below: 0, reached: 1, usage: 2 } as const;

export function runReview(
  args: readonly string[],
  { out, err, projectDir: dir = projectDir }: Streams,
): number {
  const command = new Command("npm run review --")
    .description("Says what a preview does to traffic, as Markdown for a pull request.")
    .argument("[preview]", "file of `pulumi preview --json`; - or nothing is stdin", "-")
    .addOption(
      new Option("--fail-on <impact>", "exit with 1 at this impact or a worse one").choices(impacts.slice(1)),
    )
    .option("--json", "write the review as JSON")
    .option(
      "--config-file <file>",
      "the stack's settings, beside whose snapshot is (default: Pulumi.STACK.yaml)",
    )
    .addHelpText("after", help)
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err });
  try {
    command.parse([...args], { from: "user" });
    const [file = "-"] = command.args;
    const { failOn, json, configFile } = command.opts<Options>();
    const preview = previewIn(file);
    const place = { projectDir: dir, ...(configFile === undefined ? {} : { configFile }) };
    const found = review(preview, surroundingsOf(preview, place));
    out(json === true ? jsonReview(found) : markdown(found));
    if (failOn === undefined || !reaches(found.impact, failOn)) return reviewExitCodes.below;
    err(`the impact is ${found.impact}, and --fail-on is ${failOn}\n`);
    return reviewExitCodes.reached;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : reviewExitCodes.usage;
    if (!(error instanceof PreviewError || error instanceof StackConfigError)) throw error;
    err(`${error.message}\n`);
    return reviewExitCodes.usage;
  }
}

/** Names the file in what is wrong with it. */
function previewIn(file: string): Preview {
  const text = read(file);
  try {
    return readPreview(text);
  } catch (error) {
    if (!(error instanceof PreviewError)) throw error;
    throw new PreviewError(`${file === "-" ? "stdin" : file}: ${error.message}`);
  }
}

function read(file: string): string {
  try {
    return textOf(readFileSync(file === "-" ? 0 : file));
  } catch (error) {
    const code =
      typeof error === "object" && error !== null && "code" in error ? String(error.code) : "unknown";
    throw new PreviewError(
      `${file === "-" ? "stdin" : file} cannot be read (${code}); write it with pulumi preview --json`,
    );
  }
}

function jsonReview(found: Review): string {
  // The inputs may hold anything, and are in the preview itself.
  const steps = found.steps.map(({ step, ...judged }) => {
    const { op, urn, type, name, changes, forcing } = step;
    return { step: { op, urn, type, name, changes, forcing }, ...judged };
  });
  return `${JSON.stringify({ version: 1, ...found, steps }, undefined, 2)}\n`;
}

const help = `
Impacts, the mildest first: ${impacts.join(", ")}.
What no rule covers is unknown, and what a cloud will refuse is refused: both fail every --fail-on.
Write the preview with --show-sames: refusals and flows are judged by what it shows.

Exit codes:
  0  reviewed; below --fail-on
  1  the impact is that of --fail-on, worse, unknown or refused
  2  no preview could be read
`;
