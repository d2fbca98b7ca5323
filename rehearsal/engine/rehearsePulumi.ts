import { spawn } from "node:child_process";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import type { CloudsSnapshot, SimulatedClouds } from "../clouds/clouds";
import { signInFor } from "../run/deployer";
import { joiningSettings } from "../model/snapshot";
import {
  readStackConfig,
  requireStackFile,
  stackFilePath,
  type StackConfig,
  StackConfigError,
} from "../run/stackConfig";
import { readSurroundings } from "../run/surroundings";
import { engineEnvironment, type Folders } from "./environment";
import { findPulumi } from "./pulumiCli";
import { newSimulation, serve } from "./server";
import { prepareWorkspace } from "./workspace";

const defaultStack = "dev";

export interface Rehearsal {
  /** Where Pulumi.yaml and the program are. Nothing in it changes, save a file that `config` is to write into. */
  readonly projectFolder: string;
  /** Holds settings, state and clouds; used again, it goes on where the last command stopped. */
  readonly folder: string;
  /** As for `pulumi`. */
  readonly args: readonly string[];
}

/** Runs one pulumi command against simulated clouds; answers its exit code. */
export async function rehearsePulumi({ projectFolder, folder, args: given }: Rehearsal): Promise<number> {
  const stack = stackOf(given);
  const { configFile, args } = copiedConfigFile(given);
  const named = configFile === undefined ? undefined : { stack, configFile };
  if (configFile !== undefined) requireStackFile(projectFolder, stack, configFile);
  const folders = prepareWorkspace(projectFolder, folder, named);
  const memory = path.join(folder, "clouds.json");
  const config = configOf(folders.project, stack, args);
  const surroundings = readSurroundings({ projectDir: projectFolder, ...(named ?? { stack }) }, config);
  const signIn = signInFor(config, surroundings?.resources);
  const { executable } = findPulumi();
  const simulation = newSimulation({
    // The program's own settings say where it deploys; the providers learn it from the engine.
    place: { region: "", location: "", ...signIn, ...(surroundings === undefined && { subscriptionId }) },
    surroundings: surroundings?.resources,
    ...(existsSync(memory) ? { before: JSON.parse(readFileSync(memory, "utf8")) as CloudsSnapshot } : {}),
    changed: (clouds) => {
      remember(memory, clouds);
    },
  });
  const servers = await serve(simulation);
  const env = { ...process.env, PULUMI_STACK: stack, ...engineEnvironment(folders, servers.addresses) };
  try {
    if (!hasStack(folders, stack) && args[0] !== "stack") {
      await run(executable, ["stack", "init", stack, "--non-interactive"], folders, env, "ignore");
    }
    return await run(executable, args, folders, env, "inherit");
  } finally {
    servers.close();
  }
}

/** No real subscription has this number. */
const subscriptionId = "00000000-0000-0000-0000-000000000000";

/** Commands that run the program, and so need the stack's settings; others may be what sets them. */
const runsProgram = ["preview", "pre", "up", "update", "refresh", "destroy", "down", "import", "watch"];

/** Of the stack's file and of `-c`. A stack whose settings are not there yet names no deployer, and joins nothing. */
export function configOf(project: string, stack: string, args: readonly string[]): StackConfig {
  const given = settingsIn(args, stack);
  const written = existsSync(stackFilePath(project, stack)) || Object.keys(given).length === 0;
  if (written && args.some((argument) => runsProgram.includes(argument)))
    return readStackConfig(project, stack, given);
  return { project: "", values: {}, secretKeys: [] };
}

/** The settings that `-c` gives, without those that are paths into others. A StackConfigError for what the stack joins. */
function settingsIn(args: readonly string[], stack: string): Readonly<Record<string, string>> {
  const pairs = args.flatMap((argument, at) => {
    const [, joined] = /^(?:-c|--config)=(.*)$/s.exec(argument) ?? [];
    if (joined !== undefined) return [joined];
    return /^(-c|--config)$/.test(argument) ? (args[at + 1] ?? []) : [];
  });
  const given = pairs.map((pair) => {
    const [key = "", ...value] = pair.split("=");
    return [key, value.join("=")] as const;
  });
  for (const [key] of given) {
    const setting = joiningSettings.find((one) => one === /\w+/.exec(key.split(":").at(-1) ?? "")?.[0]);
    if (setting !== undefined)
      throw new StackConfigError(
        `-c ${key}: what a stack joins stands in its file, which its snapshot is read for; write ${setting} there, and run npm run snapshot -- --stack ${stack}`,
      );
  }
  return Object.fromEntries(given.filter(([key]) => /^[\w:-]+$/.test(key)));
}

/**
 * The engine writes into the file that it is given: it gets a copy, in the place where it looks by itself. `pulumi config`
 * is there to write into that very file.
 */
function copiedConfigFile(args: readonly string[]): { configFile?: string; args: readonly string[] } {
  const at = args.findIndex((argument) => /^--config-file(=|$)/.test(argument));
  const [option = "", next] = args.slice(at);
  if (at < 0) return { args };
  const joined = option.includes("=");
  const configFile = joined ? option.slice(option.indexOf("=") + 1) : (next ?? "");
  const [before, after] = [args.slice(0, at), args.slice(at + (joined ? 1 : 2))];
  if (args.includes("config"))
    return { args: [...before, "--config-file", path.resolve(configFile), ...after] };
  return { configFile, args: [...before, ...after] };
}

/** The stack that `--stack` or `-s` names. */
export function stackOf(args: readonly string[]): string {
  const place = args.findIndex((argument) => argument === "--stack" || argument === "-s");
  const joined = args.find((argument) => /^(--stack|-s)=/.test(argument));
  return joined?.slice(joined.indexOf("=") + 1) ?? (place < 0 ? undefined : args[place + 1]) ?? defaultStack;
}

function hasStack(folders: Folders, stack: string): boolean {
  const { name } = load(readFileSync(path.join(folders.project, "Pulumi.yaml"), "utf8")) as { name: string };
  return existsSync(path.join(folders.state, ".pulumi", "stacks", name, `${stack}.json`));
}

/** Written beside its place and moved in one step: a killed run leaves the clouds as they were or as they are. */
function remember(file: string, clouds: SimulatedClouds): void {
  writeFileSync(`${file}.new`, JSON.stringify(clouds.snapshot(), undefined, 1));
  renameSync(`${file}.new`, file);
}

function run(
  executable: string,
  args: readonly string[],
  folders: Folders,
  env: NodeJS.ProcessEnv,
  output: "inherit" | "ignore",
): Promise<number> {
  const child = spawn(executable, args, { cwd: folders.project, env, stdio: ["inherit", output, "inherit"] });
  // Ctrl-C reaches the CLI by itself; it decides when to stop, and the clouds stay up until then.
  const wait = (): void => undefined;
  process.on("SIGINT", wait);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      process.off("SIGINT", wait);
      resolve(code ?? 1);
    });
  });
}
