import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** What the user of the lab should read: a sentence, without a stack. */
export class LabError extends Error {}

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface DaemonOptions {
  /** Written to its standard input, which then ends. */
  readonly input?: string;
  /** The whole environment; that of the lab where absent. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface CommandOptions extends DaemonOptions {
  /** @default 30000 */
  readonly timeoutMs?: number;
}

/** Runs a command to its end, whatever its exit code. */
export function run(
  command: string,
  args: readonly string[],
  { input = "", env, timeoutMs = 30_000 }: CommandOptions = {},
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: "pipe", env });
    const output = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8").on("data", (text: string) => (output[stream] += text));
    }
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      output.stderr += `\nended by the lab after ${timeoutMs} ms`;
    }, timeoutMs);
    child.on("error", (reason) => {
      clearTimeout(timer);
      reject(new LabError(`cannot run ${command}: ${reason.message}`));
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? -1, ...output });
    });
    // A command may end without reading its input: that is no error.
    child.stdin.on("error", () => undefined).end(input);
  });
}

/** Runs a command that must succeed. */
export async function runOk(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const { code, stdout, stderr } = await run(command, args, options);
  if (code !== 0) throw new LabError(`${command} ${args.join(" ")} failed: ${(stderr || stdout).trim()}`);
  return stdout;
}

/** A program that runs until the lab ends it. Its output is kept in memory, never in a file. */
export class Daemon {
  readonly lines: string[] = [];
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;

  constructor(
    readonly name: string,
    command: string,
    args: readonly string[],
    { input = "", env }: DaemonOptions = {},
  ) {
    // Its own process group: the Ctrl-C that the terminal sends to the lab must not reach it before the lab's teardown.
    const child = spawn(command, args, { detached: true, stdio: "pipe", env });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => this.lines.push(line));
    }
    this.#exited = new Promise((resolve) => {
      child.on("error", (reason) => {
        this.lines.push(reason.message);
        resolve();
      });
      child.on("exit", () => {
        resolve();
      });
    });
    child.stdin.on("error", () => undefined).end(input);
  }

  get running(): boolean {
    return this.#child.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Throws the daemon's last lines if it has ended. */
  checkRunning(): void {
    if (!this.running) throw new LabError(`${this.name} ended: ${this.lines.slice(-5).join("; ")}`);
  }

  /** Waits until it is ready. */
  async ready(condition: (() => boolean) | (() => Promise<boolean>)): Promise<void> {
    await until(`${this.name} is ready`, () => {
      this.checkRunning();
      return condition();
    });
  }

  /** Ends it at once: a charon that is asked to end first waits seconds for peers that may be gone. */
  async kill(): Promise<void> {
    if (this.running) this.#child.kill("SIGKILL");
    await this.#exited;
  }
}

/** Waits until a condition gives something else than undefined or false; an error names what was waited for. */
export async function until<T>(
  what: string,
  condition: () => Promise<T | undefined | false> | T | undefined | false,
  { timeoutMs = 10_000, everyMs = 20 }: { readonly timeoutMs?: number; readonly everyMs?: number } = {},
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const met = await condition();
    if (met !== undefined && met !== false) return met;
    if (performance.now() > deadline)
      throw new LabError(`timed out after ${timeoutMs / 1000} s, waiting until ${what}`);
    await pause(everyMs);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
