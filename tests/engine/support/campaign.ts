import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Fault, Going, Operation } from "../../../rehearsal/engine/faults";
import { disagreements, inventory } from "./agreement";
import type { EngineStack, Moment, Run, Settings } from "./engineStack";

/** One operation of a deployment, which may fail. */
export interface Case {
  readonly operation: Operation;
  readonly type: string;
  readonly name: string;
}

/** A command whose operations fail. */
export interface Campaign {
  readonly stack: EngineStack;
  /** What there is before it. */
  readonly from: Moment;
  /** Settings changed before it. */
  readonly settings?: Settings;
  readonly command: (stack: EngineStack) => Promise<Run>;
  readonly going: Going;
  /** What may remain of a run that fails, beside what the next one deletes: a pattern of `disagreements`. */
  readonly leaves?: RegExp;
}

export interface Report {
  readonly cases: number;
  readonly runs: number;
  /** In words; none where every failure was survived. */
  readonly problems: readonly string[];
}

/** Errors as the clouds word them. */
const errors = [
  "RequestLimitExceeded: Request limit exceeded.",
  "409 AnotherOperationInProgress: another operation on this or a dependent resource is in progress",
  "timeout while waiting for state to become 'available'",
] as const;

/** What a command does and leaves when nothing goes wrong. */
export interface Undisturbed {
  readonly cases: readonly Case[];
  readonly expected: readonly string[];
}

export async function undisturbed(campaign: Omit<Campaign, "going">): Promise<Undisturbed> {
  const { stack } = campaign;
  begin(campaign);
  const clean = await campaign.command(stack);
  if (clean.code !== 0) throw new Error(`the undisturbed run failed:\n${clean.output}`);
  const cases = stack.simulation.journal.changes.map(({ operation, type, name }) => ({
    operation,
    type,
    name,
  }));
  return { cases, expected: inventory(stack) };
}

/**
 * Every operation fails the first time it is tried, in whatever run that is, and the command is given again until it
 * succeeds. State and clouds must agree after each of these runs, save for what is half made.
 */
export async function failEachOnce(campaign: Campaign, { cases, expected }: Undisturbed): Promise<Report> {
  const { stack, command, going, leaves } = campaign;
  begin(campaign);
  // The engine stops at the first error that it is told, so each is held back until all that can be tried beside it is
  // tried too: a run reaches as far as the dependencies let it, and more resources make no more runs.
  const heldBack = (): Promise<void> => quiet(stack);
  for (const [place, one] of cases.entries()) inject(campaign, one, { error: errorFor(place), heldBack });
  const problems: string[] = [];
  const shown: Run["errors"][number][] = [];
  let runs = 0;
  let run: Run;
  do {
    run = await command(stack);
    runs += 1;
    shown.push(...run.errors);
    // Between a failure and the next run: what is to be made or deleted again, and, where the engine was told that a
    // thing had failed which the cloud has done, what is half made or already gone.
    const passing = going === "after" ? /^(left to|half made|not in the cloud)\b/ : /^left to\b/;
    const left = disagreements(stack).filter(
      (problem) => run.code === 0 || !(passing.test(problem) || leaves?.test(problem) === true),
    );
    problems.push(...left.map((problem) => `after run ${String(runs)}: ${problem}`));
  } while (run.code !== 0 && runs <= cases.length + 1);
  const silent = cases.filter(({ name }, place) => !names(shown, name, errorFor(place)));
  return {
    cases: cases.length,
    runs,
    problems: [
      ...problems,
      ...(run.code === 0 ? [] : [`never finished: ${run.errors.map(({ message }) => message).join("; ")}`]),
      ...stack.simulation.faults.unused.map(() => "a fault hit nothing"),
      ...silent.map(({ operation, name }) => `no error named ${operation} ${name}`),
      ...differences(expected, inventory(stack)),
    ],
  };
}

/** One operation fails in a run of its own, for every `oneIn`th of them; the very next run must finish. */
export async function failAlone(
  campaign: Campaign,
  { cases, expected }: Undisturbed,
  oneIn: number,
): Promise<Report> {
  const { stack, command } = campaign;
  const chosen = cases.filter((_, place) => place % oneIn === 0);
  const problems: string[] = [];
  for (const [place, one] of chosen.entries()) {
    begin(campaign);
    inject(campaign, one, { error: errorFor(place) });
    const failed = await command(stack);
    const next = await command(stack);
    const found = [
      ...(failed.code === 0 ? ["the command did not fail"] : []),
      ...stack.simulation.faults.unused.map(() => "the fault hit nothing"),
      ...(names(failed.errors, one.name, errorFor(place)) ? [] : ["no error named it"]),
      ...(next.code === 0
        ? []
        : [`the next run failed: ${next.errors.map(({ message }) => message).join("; ")}`]),
      ...disagreements(stack),
      ...differences(expected, inventory(stack)),
    ];
    problems.push(...found.map((problem) => `${one.operation} ${one.name}: ${problem}`));
  }
  return { cases: chosen.length, runs: 2 * chosen.length, problems };
}

function begin({ stack, from, settings }: Omit<Campaign, "going">): void {
  stack.restore(from);
  if (settings !== undefined) stack.set(settings);
}

function inject(
  { stack, going }: Campaign,
  { operation, type, name }: Case,
  fault: Pick<Fault, "error" | "heldBack">,
): void {
  const hits = (target: { type: string; name: string }): boolean =>
    target.type === type && target.name === name;
  stack.simulation.faults.inject({ operation, going, hits, ...fault });
}

/**
 * Milliseconds without a new operation after which the engine is taken to wait for those under way; fewer where the system
 * tells whether it waits, for a time alone is too short on a busy machine.
 */
const quietTime = existsSync("/proc/self/task") ? 20 : 80;

async function quiet(stack: EngineStack): Promise<void> {
  const { journal } = stack.simulation;
  let begun: number;
  do {
    begun = journal.entries.length;
    await new Promise((resolve) => setTimeout(resolve, quietTime));
    // A busy process may be late: requests that have arrived meanwhile come first.
    await new Promise((resolve) => setImmediate(resolve));
  } while (journal.entries.length !== begun || isAwake(stack.cli));
}

/** Whether a process does anything, or would if it had a processor: not where each of its threads sleeps. */
function isAwake(pid: number | undefined): boolean {
  const tasks = `/proc/${String(pid)}/task`;
  try {
    // After the command in parentheses comes the state.
    return readdirSync(tasks).some(
      (task) => !/\) S /.test(readFileSync(path.join(tasks, task, "stat"), "utf8")),
    );
  } catch {
    return false;
  }
}

function errorFor(place: number): string {
  return errors[place % errors.length] ?? errors[0];
}

function names(told: Run["errors"], resource: string, error: string): boolean {
  return told.some(({ name, message }) => name === resource && message.includes(error));
}

function differences(expected: readonly string[], found: readonly string[]): readonly string[] {
  const missing = expected.filter((item) => !found.includes(item)).map((item) => `missing: ${item}`);
  const extra = found.filter((item, place) => !expected.includes(item) || found.indexOf(item) !== place);
  return [...missing, ...extra.map((item) => `too many: ${item}`)];
}
