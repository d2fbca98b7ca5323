/** One thing that must hold, and what was found. */
export interface Check {
  readonly name: string;
  readonly holds: boolean;
  /** One line. */
  readonly found: string;
}

const longest = 200;

/** The last line, which tells what happened; cut where it tells too much. */
export function oneLine(text: string): string {
  const line = text.trim().split("\n").at(-1)?.trim() ?? "";
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
