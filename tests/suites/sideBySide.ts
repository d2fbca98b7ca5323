import { spawn, type ChildProcess } from "node:child_process";

/** A suite's command. */
export interface Job {
  readonly title: string;
  readonly command: string;
}

export interface Ended {
  readonly job: Job;
  readonly passed: boolean;
}

/** Takes what is printed. */
type Print = (text: string) => void;

/** Commands that run now. */
const running = new Set<ChildProcess>();

/**
 * Runs commands at once; answers in their order how each ended. Each one's output is whole: the first one's comes as it is
 * written, each other's is kept until those before it have ended. `print` takes what is kept, and a line at the end of each.
 */
export async function runSideBySide(jobs: readonly Job[], print: Print): Promise<Ended[]> {
  let before: Promise<unknown> = Promise.resolve();
  const all = jobs.map((job, place) => {
    const { ended, show } = place === 0 ? inView(job) : keptBack(job, print);
    if (jobs.length > 1) {
      void ended.then((passed) => {
        print(`\n-- ${job.title} has ${passed ? "passed" : "failed"} (${minutes()} min)\n`);
      });
    }
    const shown = before.then(async () => {
      show();
      return { job, passed: await ended };
    });
    before = shown;
    return shown;
  });
  return Promise.all(all);
}

/** A command that is running, and what brings its output into view. */
interface Started {
  readonly ended: Promise<boolean>;
  readonly show: () => void;
}

function inView({ command }: Job): Started {
  return { ended: endOf(spawn(command, { shell: true, stdio: "inherit" })), show: () => undefined };
}

function keptBack({ title, command }: Job, print: Print): Started {
  const child = spawn(command, { shell: true, stdio: ["ignore", "pipe", "pipe"] });
  let kept: string[] | undefined = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      if (kept === undefined) print(text);
      else kept.push(text);
    });
  }
  return {
    ended: endOf(child),
    show: () => {
      print(`\n-- ${title}, from its beginning\n${(kept ?? []).join("")}`);
      kept = undefined;
    },
  };
}

/** Whether it succeeded; a signal, or a command that does not start, is a failure. */
function endOf(child: ChildProcess): Promise<boolean> {
  running.add(child);
  return new Promise((resolve) => {
    const end = (passed: boolean) => (): void => {
      running.delete(child);
      resolve(passed);
    };
    child.once("error", end(false));
    child.once("close", (code) => {
      end(code === 0)();
    });
  });
}

/**
 * From now on a signal lets the commands end before this process does. Ctrl-C reaches them by itself, and the lab removes
 * what it has built; other signals are passed on. Answers whether one has come, after which nothing more is to be started.
 */
export function endWithCommands(): () => Promise<boolean> {
  let isInterrupted = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      isInterrupted = true;
      if (signal !== "SIGINT") for (const child of running) child.kill(signal);
    });
  }
  return async () => {
    // One that came while nothing was awaited is heard first.
    await new Promise((resolve) => setImmediate(resolve));
    return isInterrupted;
  };
}

function minutes(): string {
  return String(Math.floor(process.uptime() / 60));
}
