/** One thing that must hold, and what the lab found. */
export interface Check {
  readonly name: string;
  readonly outcome: Outcome;
}

export type Outcome =
  | { readonly kind: "holds"; readonly found: string }
  /** `at` is the place: a tunnel, an end, a network, a program. */
  | { readonly kind: "broken"; readonly at: string; readonly found: string }
  | { readonly kind: "not judged"; readonly reason: string };

/** What the lab tried and found; `found` is one line. */
interface Tried {
  readonly holds: boolean;
  readonly at: string;
  readonly found: string;
}

export function outcome({ holds, at, found }: Tried): Outcome {
  return holds ? { kind: "holds", found } : { kind: "broken", at, found };
}

export function check(name: string, tried: Tried): Check {
  return { name, outcome: outcome(tried) };
}

const longest = 200;

/** The last line, which has the result; cut where it is too long. */
export function oneLine(text: string): string {
  const line = text.trim().split("\n").at(-1)?.trim() ?? "";
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
