import { Command } from "commander";
import path from "node:path";
import type { Snapshot } from "../../rehearsal/model/snapshot";
import { StackConfigError } from "../../rehearsal/run/stackConfig";
import { readSnapshot, snapshotFileOf } from "../../rehearsal/run/surroundings";
import { failed } from "../verify/command";
import type { Access } from "../verify/collect/access";
import { UsageError } from "../verify/stackOutputs";
import { readAround } from "./around";
import { collectSurroundings, type Surroundings } from "./collect";
import { snapshotOf, writeSnapshot } from "./file";

/** What the command works with; tests give their own. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly access: Access;
  readonly projectDir: string;
  readonly now: () => Date;
}

export const terminal: Terminal = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  access: {},
  projectDir: path.resolve(__dirname, "../.."),
  now: () => new Date(),
};

interface Options {
  readonly stack: string;
  readonly configFile?: string;
  readonly out?: string;
}

/** Reads a stack's surroundings and writes its snapshot. Answers with the exit code: 0, or 2 where nothing was written. */
export async function snapshot(args: readonly string[], on: Terminal): Promise<number> {
  const command = new Command("npm run snapshot --")
    .description(
      "Reads what is around the networks that a stack joins, changes nothing, and writes one file.",
    )
    .requiredOption("--stack <name>", "the stack")
    .option("--config-file <file>", "its settings (default: Pulumi.STACK.yaml)")
    .option("--out <file>", "where to write (default: snapshots/STACK.json beside the settings)")
    .addHelpText("after", help)
    .exitOverride()
    .configureOutput({ writeOut: on.out, writeErr: on.err });
  try {
    const { stack, configFile, out } = command.parse([...args], { from: "user" }).opts<Options>();
    const around = readAround(on.projectDir, stack, configFile);
    if (Object.keys(around.named).length === 0)
      throw new UsageError(`${stack} joins no existing network, so that it has no surroundings to read.`);
    const place = { projectDir: on.projectDir, stack, ...(configFile !== undefined && { configFile }) };
    const file = out ?? snapshotFileOf(place);
    const before = readSnapshot(place, file);
    const found = await collectSurroundings(around, on.access);
    const problems = problemsIn(found);
    if (problems.length > 0) throw new UsageError([...problems, "Nothing was written."].join("\n"));
    const after = snapshotOf(around, found.resources, on.now());
    writeSnapshot(file, after);
    on.out(`${summary(path.relative(process.cwd(), file), after, before)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof StackConfigError)) return failed(error, on.err);
    on.err(`${error.message}\n`);
    return 2;
  }
}

/** How many things one line names. */
const named = 3;

/** One line for each reason, the same however quickly which answer came. */
function problemsIn({ unanswered, gone }: Surroundings): readonly string[] {
  const reasons = [...new Set(unanswered.map(({ problem }) => problem.says))].sort();
  return [
    ...[...gone].sort(),
    ...reasons.map((reason) => {
      const about = unanswered.filter(({ problem }) => problem.says === reason).map((one) => one.about);
      const [more, shown] = [about.length - named, about.sort().slice(0, named).join(", ")];
      return `${shown}${more > 0 ? ` and ${String(more)} more` : ""}: ${reason}`;
    }),
  ];
}

function summary(file: string, after: Snapshot, before: Snapshot | undefined): string {
  const count = `${String(after.resources.length)} resources`;
  if (before === undefined) return `${file} is new, with ${count}; review and commit it.`;
  const same = (one: Snapshot) => JSON.stringify({ ...one, readAt: "" });
  return same(before) === same(after)
    ? `${file} is as before, with ${count}, read anew.`
    : `${file} has changed, with ${count}; review and commit it.`;
}

const help = `
It asks with the same credentials as verify; docs/permissions has the roles that it takes.

Exit codes:
  0  written
  2  nothing was written: a wrong option, a stack that joins nothing, or something that could not be read
`;
