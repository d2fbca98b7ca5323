import { isMap, stackFileOf, type Keys } from "../../rehearsal/model/stackFile";
import { YamlError } from "../../rehearsal/model/textFile";

/** Thrown for what the reader of the message can fix. */
export class StackFileError extends Error {
  override readonly name = "StackFileError";
}

const setting = "presharedKeyGenerations";

/**
 * The generation of a tunnel's key by the stack's file; 1 where the file does not name the tunnel. `pulumi config set`
 * replaces whatever is no map without a word, so that is refused here.
 */
export function generationOf(
  text: string,
  { project, tunnel, name }: { readonly project: string; readonly tunnel: string; readonly name: string },
): number {
  const generations = parse(text, name)[`${project}:${setting}`] ?? {};
  if (!isMap(generations) || "secure" in generations)
    throw new StackFileError(
      `${setting} is no map of tunnels to numbers; write it as one, as docs/settings.md shows`,
    );
  const now = generations[tunnel] ?? 1;
  if (typeof now !== "number" || !Number.isInteger(now) || now < 1)
    throw new StackFileError(
      `${setting}.${tunnel} is ${JSON.stringify(now)}, and must be a whole number from 1`,
    );
  return now;
}

function parse(text: string, name: string): Keys {
  try {
    return stackFileOf(text, name).config ?? {};
  } catch (error) {
    throw error instanceof YamlError ? new StackFileError(error.message) : error;
  }
}
