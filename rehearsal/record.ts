import * as pulumi from "@pulumi/pulumi";
import type { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { createRequire } from "node:module";
import { setImmediate as nextTurn } from "node:timers/promises";
import { SimulatedClouds } from "./clouds/clouds";
import { isSecret, plainProps } from "./engine/wire";
import { answerFromClouds } from "./monitor";
import type { Recording } from "./recording";
import { readStackConfig, StackConfigError } from "./stackConfig";

export interface RecordArgs {
  /** The folder of Pulumi.yaml and of the program. */
  readonly projectDir: string;
  readonly stack: string;
  /** Settings above the stack file's, as `azure-s3-privatelink:vpnTopology`; lists and objects as JSON. */
  readonly config?: Readonly<Record<string, string>>;
  /** Runs as `pulumi preview` does on a stack that is not deployed: what only the clouds know is unknown. */
  readonly preview?: boolean;
}

const account = { accountId: "123456789012", subscriptionId: "00000000-0000-4000-8000-000000000000" };

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
  const { projectDir, stack, config, preview = false } = args;
  const empty = { stack, resources: [], outputs: {}, secretOutputs: [], refusals: [] };
  let stackConfig;
  try {
    stackConfig = readStackConfig(projectDir, stack, config);
  } catch (error) {
    if (error instanceof StackConfigError) return { ...empty, errors: [error.message] };
    throw error;
  }
  const { project, values, secretKeys } = stackConfig;
  const clouds = new SimulatedClouds({
    ...account,
    region: values["aws:region"] ?? "",
    location: values["azure-native:location"] ?? "",
  });
  // The SDK's own state, one for the whole process: a store per run would slow every promise down (Node.js < 24).
  await pulumi.runtime.setMocks(neverAsked, project, stack, preview);
  pulumi.runtime.setAllConfig({ ...values }, [...secretKeys]);
  const monitor = pulumi.runtime.getMonitor() as unknown as MockMonitor;
  const recorder = answerFromClouds(monitor, clouds, { project, stack, preview });
  const errors = await runProgram(projectDir);
  // Resets that state; else the SDK calls what an error left unfinished a leak when the process ends.
  await pulumi.runtime.setMocks(neverAsked);
  const { resources, refusals, stackOutputs } = recorder;
  return {
    stack,
    resources,
    refusals,
    errors,
    outputs: plainProps(stackOutputs),
    secretOutputs: Object.keys(stackOutputs).filter((name) => isSecret(stackOutputs[name])),
  };
}

/** The mocks that the SDK asks for; every question goes to the clouds instead. */
const neverAsked: pulumi.runtime.Mocks = {
  newResource: () => {
    throw new Error("the simulated clouds answer");
  },
  call: () => {
    throw new Error("the simulated clouds answer");
  },
};

/** Runs the program's entry anew and waits for all that it started. Answers with its errors. */
async function runProgram(projectDir: string): Promise<string[]> {
  const errors = new Set<unknown>();
  const keep = (error: unknown) => errors.add(error);
  const others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", keep);
  const entry = load.resolve(projectDir);
  // What runs is the entry alone: no other file of a program does anything when it is loaded.
  Reflect.deleteProperty(load.cache, entry);
  const traces = keepTracesCheap();
  try {
    await pulumi.runtime.runInPulumiStack(() => Promise.resolve(load(entry))).catch(keep);
    // Also after an error: what is under way must not reach the next run's clouds.
    await pulumi.runtime.disconnect().catch(keep);
    await nextTurn();
  } finally {
    process.off("unhandledRejection", keep);
    for (const listener of others) process.on("unhandledRejection", listener);
    traces.restore();
  }
  return [...new Set([...errors].map(messageOf))];
}

/**
 * The SDK takes a stack trace for every promise that it makes, and mapping them back to TypeScript costs more than the
 * whole program. An error's own trace is mapped when it is read, which is after this is restored.
 */
function keepTracesCheap(): { restore: () => void } {
  const { stackTraceLimit } = Error;
  const mapped = process.sourceMapsEnabled;
  Error.stackTraceLimit = 4;
  process.setSourceMapsEnabled(false);
  return {
    restore: () => {
      Error.stackTraceLimit = stackTraceLimit;
      process.setSourceMapsEnabled(mapped);
    },
  };
}

/** As Pulumi shows it: without a stack for what the program says to its user. */
function messageOf(error: unknown): string {
  if (pulumi.RunError.isInstance(error) || pulumi.ResourceError.isInstance(error)) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
