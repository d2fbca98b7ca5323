import { RunError } from "@pulumi/pulumi";

/** What stands around a stack and keeps the link from working, and who can change it. */
export interface Obstacle {
  /** What is in the way, as its owner calls it: `subnet apps of virtual network hub`. */
  readonly place: string;
  readonly problem: string;
  /** The entry to add or to change, or the setting to use instead. */
  readonly fix: string;
}

/** All obstacles of both clouds. Pulumi prints a RunError's message without a stack trace. */
export class SurroundingsError extends RunError {
  override readonly name = "SurroundingsError";

  constructor(readonly obstacles: readonly Obstacle[]) {
    const count = obstacles.length === 1 ? "one obstacle" : `${obstacles.length} obstacles`;
    const heading = `Nothing was touched: ${count} in what this stack joins. This program changes nothing that others own.`;
    super([heading, ...obstacles.map((one) => `  ${one.place}: ${one.problem}; ${one.fix}`)].join("\n"));
  }
}

/** An obstacle where the condition holds, nothing elsewhere: rules read as lists. */
export function when(holds: boolean, obstacle: () => Obstacle): readonly Obstacle[] {
  return holds ? [obstacle()] : [];
}
