import type { EngineStack, Run } from "./engineStack";

/** Nobody can read these again, so what was made of them is worth nothing. */
const unreadable = ["aws:iam/accessKey:AccessKey"];

/**
 * The steps of docs/runbooks/interrupted-update.md, by one who looks up in the clouds what each unfinished create has
 * left there.
 */
export async function recover(stack: EngineStack): Promise<readonly Run[]> {
  const cancel = await stack.pulumi(["cancel", "--yes"]);
  const imports = stack.state.pending
    .filter(({ type }) => type === "creating")
    .flatMap(({ resource }) => leftBehind(stack, resource.urn));
  const refresh = await stack.refresh("--clear-pending-creates", ...imports);
  return [cancel, refresh];
}

function leftBehind({ clouds, state }: EngineStack, urn: string): readonly string[] {
  const known = new Set(state.resources.map(({ type, id }) => `${type} ${id}`));
  const made = clouds.resources().find((live) => live.urn === urn && !known.has(`${live.type} ${live.id}`));
  if (made === undefined) return [];
  if (unreadable.includes(made.type)) {
    clouds.remove(made.type, made.id); // by hand, in the console
    return [];
  }
  return ["--import-pending-creates", urn, "--import-pending-creates", made.id];
}
