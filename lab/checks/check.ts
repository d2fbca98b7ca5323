/** One thing that must hold, and what was found. */
export interface Check {
  readonly name: string;
  readonly holds: boolean;
  /** One line. */
  readonly found: string;
}

export function oneLine(text: string): string {
  return text.trim().split("\n").at(-1)?.trim() ?? "";
}
