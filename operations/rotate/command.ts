import { Command, Option } from "commander";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { textOf } from "../../rehearsal/model/textFile";
import { readStackConfig, stackFilePath, StackConfigError } from "../../rehearsal/run/stackConfig";
import type { StackOutputs } from "../../outputs";
import { review } from "../review/judge";
import { markdown } from "../review/markdown";
import { PreviewError, readPreview } from "../review/preview";
import { failed } from "../verify/command";
import { readOutputs, UsageError } from "../verify/stackOutputs";
import type { Verdict } from "../verify/judge/verdict";
import { verifyStack } from "../verify/verifyStack";
import { objectionAfter, objectionBefore } from "./decision";
import { generationOf, StackFileError } from "./generation";
import { type Raise, type RaisedCopy, raisedCopy } from "./raisedCopy";

/** What rotate works with; tests give their own. */
export interface Surroundings {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly projectDir: string;
  readonly verify: (outputs: StackOutputs) => Promise<Verdict>;
  readonly raise: (raise: Raise) => Promise<RaisedCopy>;
}

export const terminal: Surroundings = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  projectDir: path.resolve(__dirname, "../.."),
  verify: (outputs) => verifyStack(outputs),
  raise: raisedCopy,
};

interface Options {
  readonly stack: string;
  readonly tunnel: string;
  readonly outputs?: string;
  readonly configFile?: string;
  readonly force?: true;
}

export const rotateExitCodes = { raised: 0, refused: 1, usage: 2 } as const;

const tunnelNames = ["tunnel1", "tunnel2", "tunnel3", "tunnel4"];

export async function rotate(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { out, err } = surroundings;
  const command = new Command("npm run rotate --")
    .description("Raises one tunnel's key generation in the stack's file, once the other tunnels are up.")
    .requiredOption("--stack <name>", "the stack")
    .addOption(new Option("--tunnel <name>", "the tunnel").choices(tunnelNames).makeOptionMandatory())
    .option("--outputs <file>", "the stack's outputs as JSON, instead of reading them with Pulumi")
    .option("--config-file <file>", "the stack's file (default: Pulumi.STACK.yaml)")
    .option("--force", "raise it in spite of objections")
    .addHelpText("after", help)
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err });
  try {
    return await run(command.parse([...args], { from: "user" }).opts<Options>(), surroundings);
  } catch (error) {
    const known = [StackFileError, StackConfigError, PreviewError].some((one) => error instanceof one);
    return failed(known ? new UsageError((error as Error).message) : error, err);
  }
}

async function run(options: Options, surroundings: Surroundings): Promise<number> {
  const { stack, tunnel, configFile, force = false } = options;
  const { out, err, projectDir } = surroundings;
  const file = stackFilePath(projectDir, stack, configFile);
  readStackConfig(projectDir, stack, {}, configFile);
  const settings = textOf(readFileSync(file));
  const from = generationOf(settings, {
    project: projectName(projectDir),
    tunnel,
    name: path.basename(file),
  });
  const generation = from + 1;

  const outputs = await readOutputs(
    options.outputs === undefined
      ? { kind: "stack", stack, projectDir }
      : { kind: "file", file: options.outputs },
  );
  if (!tunnelsMade(outputs).includes(tunnel))
    throw new UsageError(
      `${stack} has no ${tunnel}: ${outputs.vpn.topology} has ${tunnelsMade(outputs).join(", ")}`,
    );
  const before = objectionBefore(tunnel, outputs, await surroundings.verify(outputs));
  if (before !== undefined && !force) return refuse(before, err);

  const raised = await surroundings.raise({ projectDir, stack, file, settings, tunnel, generation });
  const found = review(readPreview(raised.preview));
  out(`${markdown(found)}\n`);
  const after = objectionAfter(tunnel, found);
  if (after !== undefined && !force) return refuse(after, err);

  for (const objection of [before, after])
    if (objection !== undefined) err(`Forced, although ${objection}.\n`);
  // Beside its place and moved in one step: a killed run leaves the old file or the new one.
  writeFileSync(`${file}.new`, raised.settings);
  renameSync(`${file}.new`, file);
  const named = `--stack ${stack}${configFile === undefined ? "" : ` --config-file ${configFile}`}`;
  out(
    [
      `${configFile ?? path.basename(file)} now has generation ${generation} of ${tunnel}'s key (${from} before). Next:`,
      `  pulumi up ${named}`,
      `  npm run verify -- ${named} --wait 15`,
      "",
    ].join("\n"),
  );
  return rotateExitCodes.raised;
}

function refuse(objection: string, err: Surroundings["err"]): number {
  err(`Not changed: ${objection}. --force changes it anyway.\n`);
  return rotateExitCodes.refused;
}

/** AWS makes both tunnels of each connection, whether the topology uses both or not. */
function tunnelsMade({ vpn }: StackOutputs): readonly string[] {
  return tunnelNames.slice(0, 2 * vpn.awsConnectionIds.length);
}

function projectName(projectDir: string): string {
  const name = /^name:\s*["']?([^\s"'#]+)/m.exec(
    textOf(readFileSync(path.join(projectDir, "Pulumi.yaml"))),
  )?.[1];
  if (name === undefined) throw new UsageError("Pulumi.yaml has no name");
  return name;
}

const help = `
Nothing is deployed: it changes the stack's file and shows what a deployment would do.

Exit codes:
  0  the generation is raised
  1  refused; nothing is changed
  2  it could not start: a wrong option, no stack, no outputs, no preview
`;
