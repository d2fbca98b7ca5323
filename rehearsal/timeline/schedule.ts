import type { Minutes } from "../clouds/cloudType";

/** One operation of a run, and what must be over before it begins. */
export interface Step {
  readonly urn: string;
  readonly name: string;
  readonly type: string;
  readonly action: "create" | "update" | "replace" | "delete" | "nothing";
  readonly minutes: Minutes;
  readonly waitsFor: readonly string[];
}

/** A step in time, in minutes from the beginning, all steps taking as long as they typically do. */
export interface ScheduledStep extends Step {
  readonly start: number;
  readonly end: number;
  /** By how much it may take longer without the whole taking longer. */
  readonly slack: number;
}

export type Estimate = Pick<Minutes, "min" | "typical" | "max">;

export interface Schedule {
  /** The whole, where everything is as quick, typical or slow as can be. */
  readonly total: Estimate;
  readonly steps: readonly ScheduledStep[];
  /** URNs of the chain that decides the whole, in order; steps that take no time left out. */
  readonly criticalPath: readonly string[];
}

/** Every step begins as soon as what it waits for is over, as Pulumi's engine does it. */
export function scheduleSteps(steps: readonly Step[]): Schedule {
  const ends = (pace: keyof Estimate) => endsOf(steps, pace);
  const typical = ends("typical");
  const last = (at: ReadonlyMap<string, number>) => round(Math.max(0, ...at.values()));
  const latest = latestEnds(steps, Math.max(0, ...typical.values()));
  const scheduled = steps.map((step): ScheduledStep => {
    const end = typical.get(step.urn) ?? 0;
    return {
      ...step,
      start: round(end - step.minutes.typical),
      end: round(end),
      slack: round((latest.get(step.urn) ?? end) - end),
    };
  });
  return {
    total: { min: last(ends("min")), typical: last(typical), max: last(ends("max")) },
    steps: scheduled,
    criticalPath: criticalPathOf(scheduled),
  };
}

/** One step after the other, in whatever order. */
export function inTurn(steps: readonly Step[]): Estimate {
  const sum = (pace: keyof Estimate) => round(steps.reduce((total, { minutes }) => total + minutes[pace], 0));
  return { min: sum("min"), typical: sum("typical"), max: sum("max") };
}

function endsOf(steps: readonly Step[], pace: keyof Estimate): ReadonlyMap<string, number> {
  const byUrn = new Map(steps.map((step) => [step.urn, step]));
  const ends = new Map<string, number>();
  const endOf = (step: Step, above: readonly string[]): number => {
    const known = ends.get(step.urn);
    if (known !== undefined) return known;
    if (above.includes(step.urn)) throw new Error(`${step.urn} waits for itself`);
    const before = present(step.waitsFor, byUrn).map((other) => endOf(other, [...above, step.urn]));
    const end = Math.max(0, ...before) + step.minutes[pace];
    ends.set(step.urn, end);
    return end;
  };
  for (const step of steps) endOf(step, []);
  return ends;
}

function latestEnds(steps: readonly Step[], total: number): ReadonlyMap<string, number> {
  const waiting = new Map<string, Step[]>();
  for (const step of steps)
    for (const urn of step.waitsFor) waiting.set(urn, [...(waiting.get(urn) ?? []), step]);
  const latest = new Map<string, number>();
  const latestOf = (step: Step): number => {
    const known = latest.get(step.urn);
    if (known !== undefined) return known;
    const after = (waiting.get(step.urn) ?? []).map((other) => latestOf(other) - other.minutes.typical);
    const end = Math.min(total, ...after);
    latest.set(step.urn, end);
    return end;
  };
  for (const step of steps) latestOf(step);
  return latest;
}

function criticalPathOf(steps: readonly ScheduledStep[]): readonly string[] {
  const byUrn = new Map(steps.map((step) => [step.urn, step]));
  const path: ScheduledStep[] = [];
  let [step] = [...steps].sort((one, other) => other.end - one.end);
  while (step !== undefined) {
    path.unshift(step);
    [step] = [...present(step.waitsFor, byUrn)].sort((one, other) => other.end - one.end);
  }
  return path.filter(({ minutes }) => minutes.typical > 0).map(({ urn }) => urn);
}

function present<T>(urns: readonly string[], byUrn: ReadonlyMap<string, T>): readonly T[] {
  return urns.flatMap((urn) => byUrn.get(urn) ?? []);
}

/** Sums of tenths stay tenths. */
function round(minutes: number): number {
  return Math.round(minutes * 1000) / 1000;
}
