import { spawn, type ChildProcess } from "node:child_process";

/** A suite's command. */
export interface Job {
  readonly title: string;
  readonly command: string;
}

export interface Ended {
  readonly job: Job;
  readonly passed: boolean;
  /** The end of what it has written, at most so many characters: its last lines tell why it failed. */
  readonly last: string;
}

const lastCharacters = 10_000;

/** Takes what is printed. */
type Print = (text: string) => void;

/** The process groups of commands that run now: each has its own, so that a signal reaches all that it has started. */
const running = new Set<number>();

/**
 * Runs commands at once; answers in their order how each ended. Each one's output is whole: the first one's comes as it is
 * written, each other's is kept until those before it have ended. `print` takes what is kept, and a line at the end of each.
 */
export async function runSideBySide(jobs: readonly Job[], print: Print): Promise<Ended[]> {
  let before: Promise<unknown> = Promise.resolve();
  const all = jobs.map((job, place) => {
    const { passed, show, last } = start(job, jobs.length > 1 && place === 0, print);
    if (place === 0) show();
    if (jobs.length > 1) {
      void passed.then((passed) => {
        print(`\n-- ${job.title} has ${passed ? "passed" : "failed"} (${minutes()} min)\n`);
      });
    }
    const shown = before.then(async () => {
      if (place > 0) {
        print(`\n-- ${job.title}, from its beginning\n`);
        show();
      }
      return { job, passed: await passed, last: last() };
    });
    before = shown;
    return shown;
  });
  return Promise.all(all);
}

/** A command that is running. Its output is kept until it is shown, and printed as it is written from then on. */
interface Started {
  readonly passed: Promise<boolean>;
  readonly show: () => void;
  readonly last: () => string;
}

/** What runs beside one that gives way may be timed: it gets the processor first. */
function start({ command }: Job, givesWay: boolean, print: Print): Started {
  const shell = ["sh", "-c", command];
  const [file = "", ...args] = givesWay ? ["nice", "-n", "15", ...shell] : shell;
  const child = spawn(file, args, { detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let kept: string[] | undefined = [];
  let last = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      last = (last + text).slice(-lastCharacters);
      if (kept === undefined) print(text);
      else kept.push(text);
    });
  }
  return {
    passed: endOf(child),
    show: () => {
      print((kept ?? []).join(""));
      kept = undefined;
    },
    last: () => last,
  };
}

/** Whether it succeeded; a signal, or a command that does not start, is a failure. */
function endOf(child: ChildProcess): Promise<boolean> {
  const { pid } = child;
  if (pid !== undefined) running.add(pid);
  return new Promise((resolve) => {
    const end = (passed: boolean): void => {
      if (pid !== undefined) running.delete(pid);
      resolve(passed);
    };
    child.once("error", () => {
      end(false);
    });
    child.once("close", (code) => {
      end(code === 0);
    });
  });
}

/**
 * From now on a signal, as Ctrl-C, is passed on to the commands, and this process outlives it: the lab removes what it
 * has built. Answers whether one has come, after which nothing more is to be started, once all that heard it has ended.
 */
export function endWithCommands(): () => Promise<boolean> {
  const told = new Set<number>();
  let isInterrupted = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      isInterrupted = true;
      for (const group of running) if (send(group, signal)) told.add(group);
    });
  }
  return async () => {
    // One that came while nothing was awaited is heard first.
    await new Promise((resolve) => setImmediate(resolve));
    // npm may end before what it has started.
    while ([...told].some((group) => send(group, 0)))
      await new Promise((resolve) => setTimeout(resolve, 100));
    return isInterrupted;
  };
}

/** Whether there is anybody left in a process group; `0` asks and sends nothing. */
function send(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal);
  } catch {
    return false;
  }
}

function minutes(): string {
  return String(Math.floor(process.uptime() / 60));
}
