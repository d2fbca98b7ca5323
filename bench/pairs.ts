import { spawnSync } from "node:child_process";

/** A script for Node.js, run as a process of its own. */
export interface Script {
  readonly title: string;
  readonly args: readonly string[];
}

/** CPU seconds and not those on the wall: other processes slow a run down without changing its work. */
export interface Comparison {
  /** Median of the ratios of neighbouring runs: machines drift, neighbours share the drift. */
  readonly ratio: number;
  readonly medians: { readonly subject: number; readonly baseline: number };
}

/** Runs two scripts in turn, once each to warm up, and compares each pair. */
export function compare(subject: Script, baseline: Script, pairs = 9): Comparison {
  run(subject);
  run(baseline);
  const times = Array.from({ length: pairs }, () => ({ subject: run(subject), baseline: run(baseline) }));
  return {
    ratio: median(times.map((pair) => pair.subject / pair.baseline)),
    medians: {
      subject: median(times.map((pair) => pair.subject)),
      baseline: median(times.map((pair) => pair.baseline)),
    },
  };
}

export function report(subject: Script, baseline: Script, { ratio, medians }: Comparison): string {
  return [
    `${ratio.toFixed(2)} × ${subject.title} against ${baseline.title}`,
    `       ${medians.subject.toFixed(2)} s against ${medians.baseline.toFixed(2)} s of CPU, medians`,
  ].join("\n");
}

/** Says at the end, on the last line, how many microseconds of CPU the process took. */
const saysCpu = `data:text/javascript,process.on("exit",()=>{const{user,system}=process.cpuUsage();process.stderr.write("\\n"+(user+system))})`;

/** CPU seconds of a script that must succeed. */
export function run({ title, args }: Script): number {
  const result = spawnSync(process.execPath, ["--import", saysCpu, ...args], {
    encoding: "utf8",
    maxBuffer: Infinity,
  });
  if (result.status !== 0) throw new Error(`${title} failed:\n${result.stdout}${result.stderr}`);
  return Number(result.stderr.split("\n").at(-1)) / 1e6;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new Error("no values");
  return (upper + lower) / 2;
}
