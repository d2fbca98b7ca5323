import { resolve } from "node:path";
import { record } from "../rehearsal/run/record";

/** Runs the program once on the simulated clouds and judges nothing. Argument: the stack. */
async function main() {
  const [stack = "dev"] = process.argv.slice(2);
  const recording = await record({ projectDir: resolve(__dirname, ".."), stack });
  const problems = [...recording.errors, ...recording.refusals.map((refusal) => refusal.message)];
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

void main();
