import { mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { Daemon, type CommandOptions, type Finished, LabError, run, runOk } from "./processes";

/** Everything the lab makes on the machine bears this in its name, and nothing else does. */
export const labPrefix = "s3lab-";

const labName = new RegExp(`^${labPrefix}\\d+-\\d+`);

/** Sockets, daemons' settings without keys, and who owns them. */
const runRoot = "/run";
const netnsRoot = "/run/netns";
/** `ip netns exec` shows a process the files here in place of those in /etc. */
const netnsFiles = "/etc/netns";

/** The namespaces, files and processes of one lab. */
export class Ground {
  readonly directory: string;
  readonly #daemons = new Set<Daemon>();

  private constructor(readonly name: string) {
    this.directory = `${runRoot}/${name}`;
  }

  static make(): Ground {
    const ground = new Ground(`${labPrefix}${process.pid}-${nextNumber++}`);
    // Its owner's name is there from the first moment: another lab that starts just now must not take it for a stale one.
    const draft = `${runRoot}/.${ground.name}`;
    mkdirSync(draft, { mode: 0o700 });
    writeFileSync(`${draft}/owner`, `${process.pid} ${startTime(process.pid) ?? ""}`);
    renameSync(draft, ground.directory);
    return ground;
  }

  namespace(role: string): string {
    return `${this.name}-${role}`;
  }

  /** Runs `ip` commands, one a line, outside any namespace or in one. */
  async ip(commands: readonly string[], role?: string): Promise<void> {
    if (commands.length === 0) return;
    const where = role === undefined ? [] : ["-n", this.namespace(role)];
    await runOk("ip", [...where, "-batch", "-"], { input: commands.join("\n") });
  }

  run(role: string, command: readonly string[], options?: CommandOptions): Promise<Finished> {
    return run("ip", ["netns", "exec", this.namespace(role), ...command], options);
  }

  runOk(role: string, command: readonly string[], options?: CommandOptions): Promise<string> {
    return runOk("ip", ["netns", "exec", this.namespace(role), ...command], options);
  }

  /** Starts a daemon in a namespace: `ip netns exec` becomes it, so its process id is the daemon's own. */
  start(
    role: string,
    name: string,
    command: readonly string[],
    options: { readonly env?: Readonly<Record<string, string>>; readonly input?: string } = {},
  ): Daemon {
    const daemon = new Daemon(name, "ip", ["netns", "exec", this.namespace(role), ...command], options);
    this.#daemons.add(daemon);
    return daemon;
  }

  /** Gives the processes of a namespace their own hosts file and no resolver. */
  hosts(role: string, names: Readonly<Record<string, string>>): void {
    const directory = `${netnsFiles}/${this.namespace(role)}`;
    mkdirSync(directory, { recursive: true });
    const lines = Object.entries({ localhost: "127.0.0.1", ...names }).map(
      ([n, address]) => `${address} ${n}\n`,
    );
    writeFileSync(`${directory}/hosts`, lines.join(""));
    writeFileSync(`${directory}/resolv.conf`, "nameserver 127.0.0.1\n");
  }

  async remove(): Promise<void> {
    await Promise.all([...this.#daemons].map((daemon) => daemon.kill()));
    await removeGround(this.name);
  }
}

let nextNumber = 1;

/** Removes what labs left behind whose process is gone; those of living processes stay. */
export async function sweep(): Promise<string[]> {
  const found = [...list(runRoot), ...list(netnsRoot)].map((entry) => labName.exec(entry)?.[0]);
  const names = new Set(found.filter((name) => name !== undefined));
  const stale = [...names].filter((name) => !isOwned(name));
  for (const name of stale) await removeGround(name);
  return stale;
}

/** What one lab, or any, still has on this machine: namespaces, files and processes in its namespaces. */
export async function leftovers(name: string = labPrefix): Promise<string[]> {
  const mine = (entry: string): boolean => entry.startsWith(name);
  const namespaces = list(netnsRoot).filter(mine);
  const processes = await Promise.all(namespaces.map(processesIn));
  return [
    ...namespaces.map((namespace) => `namespace ${namespace}`),
    ...list(netnsFiles)
      .filter(mine)
      .map((entry) => `${netnsFiles}/${entry}`),
    ...list(runRoot)
      .filter(mine)
      .map((entry) => `${runRoot}/${entry}`),
    ...processes.flat().map((pid) => `process ${pid}`),
  ];
}

async function removeGround(name: string): Promise<void> {
  const mine = (entry: string): boolean => entry.startsWith(`${name}-`);
  const namespaces = list(netnsRoot).filter(mine);
  // Nobody else can be in there: the namespaces bear this lab's name.
  for (const pid of (await Promise.all(namespaces.map(processesIn))).flat()) end(pid);
  // Two labs that start at once may remove the same leftovers: what counts is that they are gone.
  await run("ip", ["-force", "-batch", "-"], {
    input: namespaces.map((one) => `netns del ${one}`).join("\n"),
  });
  for (const entry of list(netnsFiles).filter(mine))
    rmSync(`${netnsFiles}/${entry}`, { recursive: true, force: true });
  removeIfEmpty(netnsFiles);
  rmSync(`${runRoot}/${name}`, { recursive: true, force: true });
  const left = list(netnsRoot).filter(mine);
  if (left.length > 0) throw new LabError(`cannot remove the network namespaces ${left.join(", ")}`);
}

async function processesIn(namespace: string): Promise<number[]> {
  const { code, stdout } = await run("ip", ["netns", "pids", namespace]);
  return code === 0 ? stdout.split("\n").filter(Boolean).map(Number) : [];
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself in between.
  }
}

function isOwned(name: string): boolean {
  const [pid, started] = readOrEmpty(`${runRoot}/${name}/owner`).split(" ");
  return pid !== undefined && pid !== "" && startTime(Number(pid)) === started;
}

/** When a process started, in clock ticks since boot: a process id alone may have been given out again. */
function startTime(pid: number): string | undefined {
  // The second field is the command in parentheses and may hold blanks; the start time is the 20th after it.
  return /\) (?:\S+ ){19}(\d+)/.exec(readOrEmpty(`/proc/${pid}/stat`))?.[1];
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function removeIfEmpty(directory: string): void {
  try {
    rmdirSync(directory);
  } catch {
    // It is not there, or somebody else's entries are in it.
  }
}
