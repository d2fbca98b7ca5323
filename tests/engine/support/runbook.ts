import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { EngineStack, Run } from "./engineStack";
import { root } from "./inlineProgram";

/** Nobody can read these again, so what was made of them is worth nothing. */
const unreadable = ["aws:iam/accessKey:AccessKey"];

/**
 * The steps of docs/runbooks/interrupted-update.md, with its own jq program, by one who looks up in the clouds what
 * each unfinished create has left there.
 */
export async function recover(stack: EngineStack): Promise<readonly Run[]> {
  const cancel = await stack.pulumi(["cancel", "--yes"]);
  const found = stack.state.pending
    .filter(({ type }) => type === "creating")
    .map(({ resource: { urn } }) => ({ urn, id: leftBehind(stack, urn) }))
    .filter((resource): resource is { urn: string; id: string } => resource.id !== undefined);
  const handed = found.length === 0 ? [] : [await handOver(stack, found)];
  return [cancel, ...handed, await stack.refresh("--clear-pending-creates")];
}

/** What the runbook says of a state in a folder that cannot be read: true where that was the matter. */
export function dropTornNote({ stateFile }: EngineStack): boolean {
  const note = `${stateFile}.attrs`;
  if (!existsSync(note) || statSync(note).size > 0) return false;
  rmSync(note);
  return true;
}

/** The id of what a create has made without the engine's knowledge. */
function leftBehind({ clouds, state }: EngineStack, urn: string): string | undefined {
  const known = new Set(state.resources.map(({ type, id }) => `${type} ${id}`));
  const made = clouds.resources().find((live) => live.urn === urn && !known.has(`${live.type} ${live.id}`));
  if (made === undefined || !unreadable.includes(made.type)) return made?.id;
  clouds.remove(made.type, made.id); // by hand, in the console
  return undefined;
}

async function handOver(stack: EngineStack, found: readonly { urn: string; id: string }[]): Promise<Run> {
  const { output } = await stack.pulumi(["stack", "export"]);
  const repaired = found.reduce(
    (state, { urn, id }) =>
      execFileSync("jq", ["--arg", "urn", urn, "--arg", "id", id, jqProgram()], {
        input: state,
        encoding: "utf8",
      }),
    output,
  );
  const file = path.join(stack.folder, "state.json");
  writeFileSync(file, repaired);
  return stack.pulumi(["stack", "import", "--file", file]);
}

/**
 * The commands in one section of a runbook, in its order, a line of a code block each.
 */
export function commandsOf(page: string, heading: string): readonly string[] {
  const sections = textOf(page).split(/^## /m);
  const section = sections.find((text) => text.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`docs/runbooks/${page} has no section ${heading}`);
  const blocks = [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = ""]) => block);
  return blocks
    .flatMap((block) => block.split("\n").map((line) => line.trim()))
    .filter((line) => line !== "");
}

/** Gives a command of a runbook, in the stack's project and without questions. */
export async function give(stack: EngineStack, command: string): Promise<Run> {
  const [tool, verb = "", ...args] = command
    .replaceAll(/ --stack NAME\b/g, "")
    .replaceAll("NAME", stack.name)
    .split(" ")
    .map((word) => word.replaceAll("'", ""));
  if (tool !== "pulumi") throw new Error(`not a command of Pulumi: ${command}`);
  const run = await runOf(stack, verb, args);
  if (run.code !== 0) throw new Error(`${command}\n${run.output}`);
  return run;
}

function runOf(stack: EngineStack, verb: string, args: readonly string[]): Promise<Run> {
  switch (verb) {
    case "up":
    case "preview":
    case "refresh":
      return stack[verb](...args);
    case "import":
      return stack.pulumi([verb, ...args, "--yes", "--skip-preview"]);
    default:
      return stack.pulumi([verb, ...args]);
  }
}

function textOf(page: string): string {
  return readFileSync(path.join(root, "docs/runbooks", page), "utf8");
}

function jqProgram(): string {
  const runbook = textOf("interrupted-update.md");
  const program = /jq --arg urn 'URN' --arg id 'ID' '([^']+)'/.exec(runbook)?.[1];
  if (program === undefined) throw new Error("the runbook has no jq program that hands a resource over");
  return program;
}
