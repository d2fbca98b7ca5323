import type { Going, Operation } from "../../../rehearsal/engine/faults";
import { disagreements, inventory } from "./agreement";
import type { EngineStack, Moment, Run, Settings } from "./engineStack";

/** One operation of a deployment, which may fail. */
export interface Case {
  readonly operation: Operation;
  readonly type: string;
  readonly name: string;
}

/** A command whose every operation fails once. */
export interface Campaign {
  readonly stack: EngineStack;
  /** What there is before it. */
  readonly from: Moment;
  /** Settings changed before it. */
  readonly settings?: Settings;
  readonly command: (stack: EngineStack) => Promise<Run>;
}

export interface Report {
  readonly cases: number;
  /** In words, each with its case; none where every failure was survived. */
  readonly problems: readonly string[];
}

/** Errors as the clouds word them. */
const errors = [
  "RequestLimitExceeded: Request limit exceeded.",
  "409 AnotherOperationInProgress: another operation on this or a dependent resource is in progress",
  "timeout while waiting for state to become 'available'",
] as const;

/** Runs the command once undisturbed, then once for each operation it did, with that one failing. */
export async function failEach(campaign: Campaign, going: Going): Promise<Report> {
  const { stack, command } = campaign;
  begin(campaign);
  const clean = await command(stack);
  if (clean.code !== 0) throw new Error(`the undisturbed run failed:\n${clean.output}`);
  const cases = operations(stack);
  const expected = inventory(stack);
  const problems: string[] = [];
  for (const [place, failing] of cases.entries()) {
    const error = errors[place % errors.length] ?? errors[0];
    const found = await failOne(campaign, failing, going, error, expected);
    problems.push(
      ...found.map((problem) => `${failing.operation} ${failing.type} ${failing.name}: ${problem}`),
    );
  }
  return { cases: cases.length, problems };
}

function begin({ stack, from, settings }: Campaign): void {
  stack.restore(from);
  if (settings !== undefined) stack.set(settings);
}

/** What the last command changed in the clouds. */
function operations({ simulation }: EngineStack): readonly Case[] {
  return simulation.journal.changes.map(({ operation, type, name }) => ({ operation, type, name }));
}

async function failOne(
  campaign: Campaign,
  failing: Case,
  going: Going,
  error: string,
  expected: readonly string[],
): Promise<readonly string[]> {
  const { stack, command } = campaign;
  begin(campaign);
  const hits = ({ type, name }: { type: string; name: string }): boolean =>
    type === failing.type && name === failing.name;
  stack.simulation.faults.inject({ operation: failing.operation, going, error, hits });
  const failed = await command(stack);
  const next = await command(stack);
  return [
    ...(failed.code === 0 ? ["the command did not fail"] : []),
    ...stack.simulation.faults.unused.map(() => "the fault hit nothing"),
    ...(failed.errors.some(({ name, message }) => name === failing.name && message.includes(error))
      ? []
      : [`no error names it: ${JSON.stringify(failed.errors)}`]),
    ...(next.code === 0
      ? []
      : [`the next run failed: ${next.errors.map(({ message }) => message).join("; ")}`]),
    ...disagreements(stack),
    ...differences(expected, inventory(stack)),
  ];
}

function differences(expected: readonly string[], found: readonly string[]): readonly string[] {
  return expected.join("\n") === found.join("\n")
    ? []
    : [`the clouds hold ${found.join(", ")} instead of ${expected.join(", ")}`];
}
