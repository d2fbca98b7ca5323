import { spawn, type ChildProcess } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { dump, load } from "js-yaml";
import type { CloudsSnapshot } from "../../../rehearsal/clouds/clouds";
import type { SimulatedClouds } from "../../../rehearsal/clouds/clouds";
import { engineEnvironment, type Folders } from "../../../rehearsal/engine/environment";
import { findPulumi } from "../../../rehearsal/engine/pulumiCli";
import type { Simulation } from "../../../rehearsal/engine/provider";
import { newSimulation, serve, type SimulationOptions } from "../../../rehearsal/engine/server";
import { prepareWorkspace } from "../../../rehearsal/engine/workspace";
import { signInFor } from "../../../rehearsal/run/deployer";
import { readStackConfig } from "../../../rehearsal/run/stackConfig";
import { readSurroundings } from "../../../rehearsal/run/surroundings";
import type { LiveResource } from "../../../rehearsal/clouds/cloudType";
import { surroundingsOf } from "./agreement";
import { readEvents, type Events } from "./events";
import { inFolder, realProgram, root, serveProgram, type Program } from "./inlineProgram";
import { startRandomProvider } from "./randomProvider";
import { readState, stateFile, type State } from "./state";

export interface Run extends Events {
  readonly code: number;
  /** All that the CLI printed. */
  readonly output: string;
  readonly seconds: number;
  /** The engine's events, one on each line; empty for commands that run no program. */
  readonly log: string;
}

/** State and clouds of one moment. */
export interface Moment {
  readonly state: string;
  readonly clouds: CloudsSnapshot;
}

export interface StackOptions {
  /** Which stack's settings to start from. */
  readonly stack: "dev" | "prod" | JoiningStack;
  /** Settings over those of the stack's file, with their namespace; `undefined` takes one away. */
  readonly settings?: Settings;
  readonly program?: Program;
  readonly projectFolder?: string;
  readonly simulation?: Pick<SimulationOptions, "latency" | "reads">;
  /** What others own beside what the snapshot of a joining stack shows. */
  readonly besides?: readonly LiveResource[];
  /** Shares the clouds and the backend of this one. */
  readonly beside?: EngineStack;
}

/** The stacks of `examples/join`, each with the snapshot of its surroundings. */
export type JoiningStack = "hub" | "vpc";

export type Settings = Readonly<Record<string, unknown>>;

const place = {
  region: "",
  location: "",
  accountId: "123456789012",
  subscriptionId: "00000000-0000-0000-0000-000000000000",
  resourceGroups: ["made-before"],
};

/** Where a stack of the examples is, and the clouds that it starts in. */
function joining({ stack, besides = [] }: StackOptions) {
  if (stack !== "hub" && stack !== "vpc") return undefined;
  const named = { stack, configFile: path.join(root, "examples", "join", `Pulumi.${stack}.yaml`) };
  const config = readStackConfig(root, stack, {}, named.configFile);
  const surroundings = readSurroundings({ projectDir: root, ...named }, config)?.resources;
  const signedIn = { ...place, ...signInFor(config, surroundings) };
  return { named, simulation: { place: signedIn, surroundings: [...(surroundings ?? []), ...besides] } };
}

/** A stack of the real engine on simulated clouds of its own. */
export class EngineStack {
  private initialSettings = "";
  /** The process of the command that runs, or ran last. */
  cli: number | undefined;
  /** What others own, as it was at first. */
  readonly surroundings: string;

  private constructor(
    readonly folder: string,
    private readonly folders: Folders,
    private readonly options: StackOptions,
    readonly simulation: Simulation,
    private readonly servers: readonly { close(): void }[],
    private readonly addresses: string,
  ) {
    this.surroundings = surroundingsOf(simulation.clouds);
  }

  static async create(options: StackOptions): Promise<EngineStack> {
    const folder = mkdtempSync(path.join(tmpdir(), "engine-"));
    const joins = joining(options);
    const own = prepareWorkspace(options.projectFolder ?? root, folder, joins?.named);
    const folders = { ...own, state: options.beside?.folders.state ?? own.state };
    const simulation =
      options.beside?.simulation ?? newSimulation({ place, ...joins?.simulation, ...options.simulation });
    const random = await startRandomProvider();
    const clouds = await serve(simulation, { random: random.port });
    const stack = new EngineStack(folder, folders, options, simulation, [clouds, random], clouds.addresses);
    try {
      await stack.begin();
    } catch (error) {
      // Nobody else will: the test never gets the stack.
      stack.close();
      throw error;
    }
    return stack;
  }

  private async begin(): Promise<void> {
    // Tests of other subjects delete and replace what prod protects.
    this.set({ "azure-s3-privatelink:protection": undefined, ...this.options.settings });
    const deployers = this.readSettings().config?.["azure-s3-privatelink:deployers"];
    if (Array.isArray(deployers)) this.signInAs(String(deployers[0]));
    const init = await this.pulumi(["stack", "init", this.options.stack]);
    if (init.code !== 0) throw new Error(`no stack:\n${init.output}`);
    this.initialSettings = readFileSync(this.settingsFile, "utf8");
  }

  get name(): string {
    return this.options.stack;
  }

  up(...args: readonly string[]): Promise<Run> {
    return this.engine(["up", "--yes", "--skip-preview", ...args]);
  }

  preview(...args: readonly string[]): Promise<Run> {
    return this.engine(["preview", ...args]);
  }

  refresh(...args: readonly string[]): Promise<Run> {
    return this.engine(["refresh", "--yes", "--skip-preview", ...args]);
  }

  destroy(...args: readonly string[]): Promise<Run> {
    return this.engine(["destroy", "--yes", "--skip-preview", ...args]);
  }

  /** Any other command, which runs no program. */
  async pulumi(
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
    started: (child: ChildProcess) => void = () => undefined,
  ): Promise<Run> {
    const began = performance.now();
    const child = spawn(findPulumi().executable, [...args, "--non-interactive", "--color", "never"], {
      cwd: this.folders.project,
      env: { ...this.environment, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.cli = child.pid;
    started(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    }
    const code = await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (exit) => {
        resolve(exit ?? 1);
      });
    });
    const seconds = (performance.now() - began) / 1000;
    return { code, output, seconds, log: "", steps: [], counts: {}, errors: [], warnings: [] };
  }

  /** For processes that a test starts itself. */
  get environment(): NodeJS.ProcessEnv {
    return {
      PATH: process.env.PATH,
      HOME: this.folder,
      TMPDIR: process.env.TMPDIR,
      PULUMI_STACK: this.options.stack,
      PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
      ...engineEnvironment(this.folders, this.addresses),
    };
  }

  get projectFolder(): string {
    return this.folders.project;
  }

  get state(): State {
    return readState(this.stateFile);
  }

  get clouds(): SimulatedClouds {
    return this.simulation.clouds;
  }

  /** Whoever runs Pulumi from now on, by the ARN of the IAM user or role. */
  signInAs(principal: string): void {
    this.simulation.clouds = this.clouds.seenFrom({ principal });
  }

  /** Changes the stack's settings from now on. */
  set(settings: Settings): void {
    const file = this.readSettings();
    const config = Object.entries({ ...file.config, ...settings }).filter(([, value]) => value !== undefined);
    writeFileSync(this.settingsFile, dump({ ...file, config: Object.fromEntries(config) }));
  }

  private readSettings(): { config?: Settings } {
    return load(readFileSync(this.settingsFile, "utf8")) ?? {};
  }

  /** Back to the settings that the stack was created with. */
  reset(): void {
    writeFileSync(this.settingsFile, this.initialSettings);
  }

  /** The backend's folder. */
  get stateFolder(): string {
    return this.folders.state;
  }

  /** The backend's file of this stack. */
  get stateFile(): string {
    const project = load(readFileSync(path.join(this.folders.project, "Pulumi.yaml"), "utf8")) as {
      name: string;
    };
    return stateFile(this.folders.state, project.name, this.options.stack);
  }

  private get settingsFile(): string {
    return path.join(this.folders.project, `Pulumi.${this.options.stack}.yaml`);
  }

  save(): Moment {
    return {
      state: readFileSync(this.stateFile, "utf8"),
      clouds: this.clouds.snapshot(),
    };
  }

  /** Goes back: the same state and clouds, nothing wrong and nothing noted. */
  restore({ state, clouds }: Moment): void {
    writeFileSync(this.stateFile, state);
    // The backend's note beside it, which a killed engine may leave torn; without one, it makes do.
    rmSync(`${this.stateFile}.attrs`, { force: true });
    this.simulation.clouds = this.clouds.seenFrom({}, clouds);
    this.simulation.faults.clear();
    this.simulation.journal.clear();
  }

  /** Every file that the engine has written, for whoever looks for secrets. */
  copyTo(folder: string): void {
    cpSync(this.folder, folder, { recursive: true });
  }

  close(): void {
    for (const server of this.servers) server.close();
    if (existsSync(this.folder)) rmSync(this.folder, { recursive: true, force: true });
  }

  private async engine(args: readonly string[]): Promise<Run> {
    const log = path.join(this.folder, "events");
    rmSync(log, { force: true });
    const program = await serveProgram(inFolder(this.folders.project, this.options.program ?? realProgram));
    let failed = true;
    try {
      const run = await this.pulumi(
        [...args, `--client=${program.address}`, "--exec-kind", "auto.inline", "--event-log", log],
        {
          // The CLI knows --event-log only with it.
          PULUMI_DEBUG_COMMANDS: "true",
        },
      );
      failed = run.code !== 0;
      return { ...run, ...readEvents(log), log: existsSync(log) ? readFileSync(log, "utf8") : "" };
    } finally {
      program.close(failed);
    }
  }
}
