import { spawnSync } from "node:child_process";

export interface Command {
  readonly title: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Comparison {
  /** Median of the ratios of neighbouring runs: machines drift, neighbours share the drift. */
  readonly ratio: number;
  /** Median wall-clock seconds. */
  readonly seconds: { readonly subject: number; readonly baseline: number };
}

/** Runs two commands in turn as whole processes, once each to warm up, and compares each pair. */
export function compare(subject: Command, baseline: Command, pairs = 9): Comparison {
  run(subject);
  run(baseline);
  const times = Array.from({ length: pairs }, () => ({ subject: run(subject), baseline: run(baseline) }));
  return {
    ratio: median(times.map((pair) => pair.subject / pair.baseline)),
    seconds: {
      subject: median(times.map((pair) => pair.subject)),
      baseline: median(times.map((pair) => pair.baseline)),
    },
  };
}

export function report(subject: Command, baseline: Command, comparison: Comparison): string {
  const { ratio, seconds } = comparison;
  return [
    `${ratio.toFixed(2)} × ${subject.title} against ${baseline.title}`,
    `       ${seconds.subject.toFixed(2)} s against ${seconds.baseline.toFixed(2)} s, medians of whole processes`,
  ].join("\n");
}

/** Wall-clock seconds of a command that must succeed. */
function run({ title, command, args, env }: Command): number {
  const start = process.hrtime.bigint();
  const result = spawnSync(command, args, { env: { ...process.env, ...env }, encoding: "utf8" });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (result.status !== 0) throw new Error(`${title} failed:\n${result.stdout}${result.stderr}`);
  return seconds;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new Error("no values");
  return (upper + lower) / 2;
}
