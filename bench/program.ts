import { join, resolve } from "node:path";
import { compare, report, type Script } from "./pairs";
import { sdkModules } from "./sdkModules";

/**
 * What the program and its rehearsal cost beyond loading Pulumi's SDKs, and what the rehearsal saves there, as ratios of
 * whole processes run in turn.
 */
const projectDir = resolve(__dirname, "..");
const bench = (title: string, file: string, ...args: string[]): Script => ({
  title,
  args: ["--import=tsx", join(projectDir, file), ...args],
});

const modules = sdkModules(projectDir);
const imports = bench("loading the SDK modules", "bench/imports.ts", ...modules);
const fewer = bench("loading them as the rehearsal does", "bench/imports.ts", "--deferred", ...modules);

for (const [subject, baseline] of [
  [fewer, imports],
  [bench("evaluating prod", "bench/evaluation.ts", "prod"), fewer],
  [bench("rehearsing prod", "operations/rehearse.ts", "--stack", "prod"), imports],
] as const)
  console.log(report(subject, baseline, compare(subject, baseline)));
