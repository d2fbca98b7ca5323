import { join, resolve } from "node:path";
import { compare, report, type Command } from "./pairs";
import { sdkModules } from "./sdkModules";

/**
 * What the program and its rehearsal cost beyond loading Pulumi's SDKs, as ratios of whole processes run in turn, and
 * whether a bucket costs more where there are many.
 */
const projectDir = resolve(__dirname, "..");
const tsx = ["--import=tsx"];
const bench = (title: string, file: string, ...args: string[]): Command => ({
  title,
  command: process.execPath,
  args: [...tsx, join(projectDir, file), ...args],
});

const modules = sdkModules(projectDir);
const imports = bench("loading the same SDK modules", "bench/imports.ts", ...modules);
const fewer = bench("loading them as the rehearsal does", "bench/imports.ts", "--deferred", ...modules);

for (const stack of ["dev", "prod"]) {
  const evaluation = bench(`evaluating ${stack}`, "bench/evaluation.ts", stack);
  console.log(report(evaluation, imports, compare(evaluation, imports)));
  console.log(report(evaluation, fewer, compare(evaluation, fewer)));
  const rehearsal = bench(`rehearsing ${stack}`, "operations/rehearse.ts", "--stack", stack);
  console.log(report(rehearsal, imports, compare(rehearsal, imports)));
}

/** Milliseconds that each bucket beyond the first adds. */
const one = bench("1 bucket", "bench/evaluation.ts", "dev", "1");
const perBucket = [50, 200].map((count) => {
  const many = bench(`${count} buckets`, "bench/evaluation.ts", "dev", String(count));
  const { subject, baseline } = compare(many, one, 5).seconds;
  const milliseconds = (1000 * (subject - baseline)) / (count - 1);
  console.log(`${milliseconds.toFixed(1)} ms per further bucket, with ${count} of them`);
  return milliseconds;
});
const [few = NaN, many = NaN] = perBucket;
console.log(`${(many / few).toFixed(2)} × a bucket's time among 200 against among 50`);
