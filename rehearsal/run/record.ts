import { createRequire } from "node:module";
import { deferUnusedModules } from "./lazyModules";
import type * as programRun from "./programRun";
import type { Recording } from "../model/recording";
import { readStackConfig, type StackConfig, StackConfigError } from "./stackConfig";
import { readSurroundings, type Surroundings } from "./surroundings";

export interface RecordArgs extends programRun.RunArgs {
  /** Settings above the stack file's, as `azure-s3-privatelink:vpnTopology`; lists and objects as JSON. */
  readonly config?: Readonly<Record<string, string>>;
}

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
  let stackConfig: StackConfig;
  try {
    stackConfig = readStackConfig(args.projectDir, args.stack, args.config, args.configFile);
  } catch (error) {
    return unrun(args, error);
  }
  let surroundings: Surroundings | undefined;
  let problem: unknown;
  try {
    surroundings = readSurroundings(args, stackConfig);
  } catch (error) {
    problem = error;
  }
  deferUnusedModules();
  // Loaded no earlier: this brings the SDK in.
  const { runOnce } = load("./programRun") as typeof programRun;
  const first = await runOnce(args, stackConfig, { traces: false, surroundings });
  // A wrong setting is told before a missing snapshot, which cannot be written for it.
  if (problem !== undefined && (first.asked || first.recording.errors.length === 0))
    return unrun(args, problem);
  // A mistake in the program itself, as against one of its user: once more, to tell the place.
  if (!first.unexplained) return first.recording;
  return (await runOnce(args, stackConfig, { traces: true, surroundings })).recording;
}

function unrun({ stack }: RecordArgs, error: unknown): Recording {
  if (!(error instanceof StackConfigError)) throw error;
  const nothing = { resources: [], outputs: {}, secretOutputs: [], refusals: [] };
  return { stack, ...nothing, errors: [error.message] };
}
