import { createRequire } from "node:module";
import { deferUnusedModules } from "./lazyModules";
import type * as programRun from "./programRun";
import type { RecordArgs } from "./programRun";
import type { Recording } from "../model/recording";
import { readStackConfig, StackConfigError } from "./stackConfig";

const load = createRequire(__filename);

let lastRun: Promise<unknown> = Promise.resolve();

/**
 * Runs the program unchanged in this process on simulated clouds of its own; several runs take turns.
 * Never throws for what a user got wrong: that stands in `errors`, as the user would read it.
 */
export function record(args: RecordArgs): Promise<Recording> {
  const run = lastRun.then(() => recordAlone(args));
  // The next in turn does not care how this one ended.
  lastRun = run.catch(() => undefined);
  return run;
}

async function recordAlone(args: RecordArgs): Promise<Recording> {
  let stackConfig;
  try {
    stackConfig = readStackConfig(args.projectDir, args.stack, args.config);
  } catch (error) {
    if (!(error instanceof StackConfigError)) throw error;
    const nothing = { resources: [], outputs: {}, secretOutputs: [], refusals: [] };
    return { stack: args.stack, ...nothing, errors: [error.message] };
  }
  deferUnusedModules();
  // Loaded no earlier: this brings the SDK in.
  const { runOnce } = load("./programRun") as typeof programRun;
  const first = await runOnce(args, stackConfig, { traces: false });
  // A mistake in the program itself, as against one of its user: once more, to tell the place.
  return first.unexplained ? (await runOnce(args, stackConfig, { traces: true })).recording : first.recording;
}
