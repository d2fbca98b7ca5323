import * as pulumi from "@pulumi/pulumi";
import type { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { readDefaultTags } from "../clouds/defaultTags";
import { SimulatedClouds } from "../clouds/clouds";
import { namer } from "./autonaming";
import { isSecret, plainProps } from "./wire";
import { signInFor } from "./deployer";
import { answerFromClouds } from "./monitor";
import type { Recording } from "../model/recording";
import { setRootDirectory } from "./rootDirectory";
import { stackFilePath, type StackConfig } from "./stackConfig";
import type { Surroundings } from "./surroundings";

export interface RunArgs {
  /** The folder of Pulumi.yaml and of the program. */
  readonly projectDir: string;
  readonly stack: string;
  /** A stack file elsewhere than in the project, relative to the working directory; its snapshot is beside it. */
  readonly configFile?: string;
  /** Runs as `pulumi preview` does on a stack that is not deployed: what only the clouds know is unknown. */
  readonly preview?: boolean;
}

export interface OneRun {
  readonly recording: Recording;
  /** Whether an error is the program's own, and not one of its user. */
  readonly unexplained: boolean;
  /** Whether the program asked the clouds for anything that exists. */
  readonly asked: boolean;
}

/** Runs the program once, on clouds of its own. */
export async function runOnce(
  { projectDir, stack, configFile, preview = false }: RunArgs,
  config: StackConfig,
  { traces, surroundings }: { readonly traces: boolean; readonly surroundings: Surroundings | undefined },
): Promise<OneRun> {
  const { project, values, secretKeys } = config;
  const clouds = new SimulatedClouds({
    ...signInFor(config, surroundings?.resources),
    defaultTags: readDefaultTags(values["aws:defaultTags"] ?? "{}"),
    region: values["aws:region"] ?? "",
    location: values["azure-native:location"] ?? "",
  });
  clouds.surround(surroundings?.resources ?? []);
  // The SDK's own state, one for the whole process: a store per run would slow every promise down (Node.js < 24).
  await pulumi.runtime.setMocks(neverAsked, project, stack, preview);
  setRootDirectory(dirname(stackFilePath(projectDir, stack, configFile)));
  pulumi.runtime.setAllConfig({ ...values }, [...secretKeys]);
  const monitor = pulumi.runtime.getMonitor() as unknown as MockMonitor;
  const recorder = answerFromClouds(monitor, clouds, {
    project,
    stack,
    preview,
    proposedName: namer(config, stack),
  });
  const kept = traces ? undefined : dropTraces();
  const log = keepNotices();
  const errors = await runProgram(projectDir).finally(() => {
    kept?.restore();
    log.restore();
  });
  // Resets that state; else the SDK calls what an error left unfinished a leak when the process ends.
  await pulumi.runtime.setMocks(neverAsked);
  const { resources, refusals, stackOutputs } = recorder;
  const recording = {
    stack,
    resources,
    ...(surroundings !== undefined && {
      surroundings: surroundings.resources,
      snapshot: surroundings.snapshot,
    }),
    refusals,
    errors: [...new Set(errors.map(messageOf))],
    notices: [...new Set(log.notices)],
    outputs: plainProps(stackOutputs),
    secretOutputs: Object.keys(stackOutputs).filter((name) => isSecret(stackOutputs[name])),
  };
  return { recording, unexplained: !errors.every(isForUser), asked: recorder.asked };
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
async function runProgram(projectDir: string): Promise<unknown[]> {
  const errors = new Set<unknown>();
  const keep = (error: unknown) => errors.add(error);
  const others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", keep);
  // A loader of its own: the entry is kept by whoever loads it, and with it all outputs of the run.
  const load = createRequire(__filename);
  const entry = load.resolve(projectDir);
  // What runs is the entry alone: no other file of a program does anything when it is loaded.
  Reflect.deleteProperty(load.cache, entry);
  try {
    await pulumi.runtime.runInPulumiStack(() => Promise.resolve(load(entry))).catch(keep);
    // Also after an error: what is under way must not reach the next run's clouds.
    await pulumi.runtime.disconnect().catch(keep);
    await nextTurn();
  } finally {
    process.off("unhandledRejection", keep);
    for (const listener of others) process.on("unhandledRejection", listener);
  }
  return [...errors];
}

/** Without an engine the SDK prints what the program logs; here it belongs to the recording. */
function keepNotices(): { readonly notices: readonly string[]; restore: () => void } {
  const notices: string[] = [];
  const { info, warn } = pulumi.log;
  const note = (message: string) => {
    notices.push(message);
    return Promise.resolve();
  };
  Object.assign(pulumi.log, { info: note, warn: note });
  return {
    notices,
    restore: () => {
      Object.assign(pulumi.log, { info, warn });
    },
  };
}

/** The SDK takes a stack trace for every promise that it makes, which costs more than the whole program. */
function dropTraces(): { restore: () => void } {
  const { stackTraceLimit } = Error;
  const mapped = process.sourceMapsEnabled;
  Error.stackTraceLimit = 0;
  process.setSourceMapsEnabled(false);
  return {
    restore: () => {
      Error.stackTraceLimit = stackTraceLimit;
      process.setSourceMapsEnabled(mapped);
    },
  };
}

/** Said to the user by the program on purpose: Pulumi shows it without a stack trace. */
function isForUser(error: unknown): boolean {
  return pulumi.RunError.isInstance(error) || pulumi.ResourceError.isInstance(error);
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return isForUser(error) ? error.message : (error.stack ?? error.message);
}
