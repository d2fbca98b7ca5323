import { resolve } from "node:path";
import { record } from "../rehearsal/run/record";

/** Runs the program once on the simulated clouds and judges nothing. Arguments: stack, number of buckets. */
async function main() {
  const [stack = "dev", buckets] = process.argv.slice(2);
  const list = Array.from({ length: Number(buckets ?? 0) }, (_, i) => ({
    name: `b${i + 1}`,
    access: "read",
  }));
  const recording = await record({
    projectDir: resolve(__dirname, ".."),
    stack,
    config: list.length === 0 ? {} : { "azure-s3-privatelink:buckets": JSON.stringify(list) },
  });
  const problems = [...recording.errors, ...recording.refusals.map((refusal) => refusal.message)];
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

void main();
