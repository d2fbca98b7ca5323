import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** What the user of the lab should read: a sentence, without a stack. */
export class LabError extends Error {}

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly input?: string;
  /** The whole environment of the command; that of the lab where absent. */
  readonly env?: Readonly<Record<string, string>>;
  /** @default 30000 */
  readonly timeoutMs?: number;
  readonly cwd?: string;
}

/** Runs a command to its end. Its exit code is the caller's to judge. */
export function run(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: "pipe",
      ...(options.env === undefined ? {} : { env: options.env }),
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    const output = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8").on("data", (text: string) => (output[stream] += text));
    }
    const timeoutMs = options.timeoutMs ?? 30_000;
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
    // A command that ends without reading its input is no error of ours.
    child.stdin.on("error", () => undefined);
    child.stdin.end(options.input ?? "");
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

/** A program that runs until the lab ends it. What it says is kept in memory, never in a file. */
export class Daemon {
  readonly lines: string[] = [];
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;

  constructor(
    readonly name: string,
    command: string,
    args: readonly string[],
    options: { readonly env?: Readonly<Record<string, string>>; readonly input?: string } = {},
  ) {
    // Its own process group: the Ctrl-C that the terminal sends to the lab must not reach it before the lab's teardown.
    const child = spawn(command, args, {
      detached: true,
      stdio: "pipe",
      ...(options.env === undefined ? {} : { env: options.env }),
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        this.lines.push(line);
      });
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
    child.stdin.on("error", () => undefined);
    if (options.input !== undefined) child.stdin.write(options.input);
    child.stdin.end();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get running(): boolean {
    return this.#child.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Ends it at once: a charon asked politely spends seconds on farewells to peers that may be gone. */
  async kill(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    if (this.running) this.#child.kill(signal);
    await this.#exited;
  }
}

export interface WaitOptions {
  /** @default 10000 */
  readonly timeoutMs?: number;
  /** @default 20 */
  readonly everyMs?: number;
}

/** Waits until a condition gives something else than undefined or false; an error names what was waited for. */
export async function until<T>(
  what: string,
  condition: () => Promise<T | undefined | false> | T | undefined | false,
  options: WaitOptions = {},
): Promise<T> {
  const timeoutMs = options.timeoutMs ?? 10_000;
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const met = await condition();
    if (met !== undefined && met !== false) return met;
    if (performance.now() > deadline)
      throw new LabError(`waited ${timeoutMs / 1000} s in vain until ${what}`);
    await pause(options.everyMs ?? 20);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
