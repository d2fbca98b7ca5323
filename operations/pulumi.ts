import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { rehearsePulumi } from "../rehearsal/engine/rehearsePulumi";
import { YamlError } from "../rehearsal/model/textFile";
import { StackConfigError } from "../rehearsal/run/stackConfig";
import { NoPulumi } from "../rehearsal/engine/pulumiCli";

const usage = `Usage: npm run rehearse:pulumi -- [--keep DIR] <any pulumi arguments>

Runs the ordinary Pulumi CLI on this project against simulated clouds: no login, no account, no credentials.
The stack is dev unless --stack says otherwise. State and clouds live in a throwaway folder, or in DIR.

  npm run rehearse:pulumi -- preview --diff
  npm run rehearse:pulumi -- --keep /tmp/demo up --yes
  npm run rehearse:pulumi -- --keep /tmp/demo stack output --json
`;

/** The command, answered with the exit code of pulumi; 2 where it does not come that far. */
export async function main(args: readonly string[], projectFolder: string): Promise<number> {
  try {
    return await run(args, projectFolder);
  } catch (error) {
    const told = [UsageError, NoPulumi, YamlError, StackConfigError].some((known) => error instanceof known);
    process.stderr.write(`${told ? (error as Error).message : String(error)}\n`);
    return 2;
  }
}

async function run(args: readonly string[], projectFolder: string): Promise<number> {
  const { keep, pulumi } = parse(args);
  if (pulumi.length === 0) {
    process.stderr.write(usage);
    return 2;
  }
  const folder =
    keep === undefined ? mkdtempSync(path.join(tmpdir(), "rehearse-pulumi-")) : path.resolve(keep);
  try {
    return await rehearsePulumi({ projectFolder, folder, args: pulumi });
  } finally {
    if (keep === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** Our one option stands before Pulumi's own arguments, which are passed on as they are. */
function parse(args: readonly string[]): { keep?: string; pulumi: readonly string[] } {
  const [first = "", second, ...rest] = args;
  if (first === "--keep") {
    if (second === undefined) throw new UsageError("--keep needs the folder to keep state and clouds in");
    return { keep: second, pulumi: rest };
  }
  if (first.startsWith("--keep=")) return { keep: first.slice("--keep=".length), pulumi: args.slice(1) };
  return { pulumi: args };
}

class UsageError extends Error {}

if (require.main === module) {
  void main(process.argv.slice(2), path.resolve(__dirname, "..")).then((code) => {
    process.exitCode = code;
  });
}
