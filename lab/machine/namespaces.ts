import { mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { entriesOf, orElse, readOrEmpty } from "./files";
import {
  type CommandOptions,
  Daemon,
  type DaemonOptions,
  type Finished,
  LabError,
  run,
  runOk,
} from "./processes";

/** Everything the lab creates on the machine has this in its name, and nothing else has. */
export const labPrefix = "s3lab-";

const labName = new RegExp(`^${labPrefix}\\d+-\\d+`);

/** Sockets, daemons' settings without keys, and which process owns them. */
const runRoot = "/run";
const netnsRoot = "/run/netns";
/** `ip netns exec` shows a process the files here in place of those in /etc. */
export const netnsFiles = "/etc/netns";

/** A host name and its address. */
export type Host = readonly [name: string, address: string];

/** The network namespaces of one lab, with their files and processes. */
export class Namespaces {
  readonly directory: string;
  readonly #daemons = new Set<Daemon>();

  private constructor(readonly name: string) {
    this.directory = `${runRoot}/${name}`;
  }

  static make(): Namespaces {
    const made = new Namespaces(`${labPrefix}${process.pid}-${nextNumber++}`);
    // The directory appears with its owner in it: another lab that starts at this moment must not take it for stale.
    const draft = `${runRoot}/.${made.name}`;
    mkdirSync(draft, { mode: 0o700 });
    writeFileSync(`${draft}/owner`, `${process.pid} ${startTime(process.pid) ?? ""}`);
    renameSync(draft, made.directory);
    return made;
  }

  nameOf(role: string): string {
    return `${this.name}-${role}`;
  }

  /** Runs `ip` commands, one a line, outside any namespace or in one. */
  async ip(commands: readonly string[], role?: string): Promise<void> {
    if (commands.length === 0) return;
    const where = role === undefined ? [] : ["-n", this.nameOf(role)];
    await runOk("ip", [...where, "-batch", "-"], { input: commands.join("\n") });
  }

  /** Runs nftables' commands, one a line, in a namespace. */
  async nft(role: string, commands: readonly string[]): Promise<void> {
    await this.runOk(role, ["nft", "-f", "-"], { input: `${commands.join("\n")}\n` });
  }

  run(role: string, command: readonly string[], options?: CommandOptions): Promise<Finished> {
    return run("ip", ["netns", "exec", this.nameOf(role), ...command], options);
  }

  runOk(role: string, command: readonly string[], options?: CommandOptions): Promise<string> {
    return runOk("ip", ["netns", "exec", this.nameOf(role), ...command], options);
  }

  /** Starts a daemon in a namespace: `ip netns exec` becomes it, so its process id is the daemon's own. */
  start(role: string, name: string, command: readonly string[], options: DaemonOptions = {}): Daemon {
    const daemon = new Daemon(name, "ip", ["netns", "exec", this.nameOf(role), ...command], options);
    this.#daemons.add(daemon);
    return daemon;
  }

  /** Starts one of the lab's own TypeScript files. */
  startScript(
    role: string,
    name: string,
    [file, ...args]: readonly [string, ...string[]],
    input = "",
  ): Daemon {
    const env = { PATH: process.env["PATH"] ?? "" };
    return this.start(role, name, [process.execPath, "--import", "tsx", file, ...args], { env, input });
  }

  /** Gives the processes of a namespace their own hosts file and no resolver. */
  hosts(role: string, hosts: readonly Host[]): void {
    const directory = `${netnsFiles}/${this.nameOf(role)}`;
    mkdirSync(directory, { recursive: true });
    const lines = [["localhost", "127.0.0.1"], ...hosts].map(([name, address]) => `${address} ${name}\n`);
    writeFileSync(`${directory}/hosts`, lines.join(""));
    writeFileSync(`${directory}/resolv.conf`, "nameserver 127.0.0.1\n");
  }

  async remove(): Promise<void> {
    await Promise.all([...this.#daemons].map((daemon) => daemon.kill()));
    await removeNamespaces(this.name);
  }
}

let nextNumber = 1;

/** Removes what is left of labs whose process has ended; those of running processes stay. */
export async function removeStale(): Promise<void> {
  const found = [...entriesOf(runRoot), ...entriesOf(netnsRoot)].map((entry) => labName.exec(entry)?.[0]);
  const names = new Set(found.filter((name) => name !== undefined));
  for (const name of names) if (!isOwned(name)) await removeNamespaces(name);
}

/** What one lab, or any, still has on this machine: namespaces, files and processes in its namespaces. */
export async function leftovers(name: string = labPrefix): Promise<string[]> {
  const namespaces = entriesWith(name, netnsRoot);
  const processes = await Promise.all(namespaces.map(processesIn));
  return [
    ...namespaces.map((namespace) => `namespace ${namespace}`),
    ...[netnsFiles, runRoot].flatMap((root) => entriesWith(name, root).map((entry) => `${root}/${entry}`)),
    ...processes.flat().map((pid) => `process ${pid}`),
  ];
}

async function removeNamespaces(name: string): Promise<void> {
  const namespaces = entriesWith(`${name}-`, netnsRoot);
  // All of them are the lab's: only its own processes run in namespaces of its name. One may end by itself meanwhile.
  for (const pid of (await Promise.all(namespaces.map(processesIn))).flat()) {
    orElse(() => process.kill(pid, "SIGKILL"), false);
  }
  // Two labs that start at once may remove the same leftovers: what counts is that they are gone.
  await run("ip", ["-force", "-batch", "-"], {
    input: namespaces.map((one) => `netns del ${one}`).join("\n"),
  });
  for (const entry of entriesWith(`${name}-`, netnsFiles))
    rmSync(`${netnsFiles}/${entry}`, { recursive: true, force: true });
  // Not where other programs have entries in it.
  orElse(() => {
    rmdirSync(netnsFiles);
  }, undefined);
  rmSync(`${runRoot}/${name}`, { recursive: true, force: true });
  const left = entriesWith(`${name}-`, netnsRoot);
  if (left.length > 0) throw new LabError(`cannot remove the network namespaces ${left.join(", ")}`);
}

export function entriesWith(prefix: string, directory: string): string[] {
  return entriesOf(directory).filter((entry) => entry.startsWith(prefix));
}

async function processesIn(namespace: string): Promise<number[]> {
  const { code, stdout } = await run("ip", ["netns", "pids", namespace]);
  return code === 0 ? stdout.split("\n").filter(Boolean).map(Number) : [];
}

function isOwned(name: string): boolean {
  const [pid, started] = readOrEmpty(`${runRoot}/${name}/owner`).split(" ");
  return pid !== undefined && pid !== "" && startTime(Number(pid)) === started;
}

/** When a process started, in clock ticks since boot: a process id alone may have been reused. */
function startTime(pid: number): string | undefined {
  // The second field is the command in parentheses and may hold blanks; the start time is the 20th after it.
  return /\) (?:\S+ ){19}(\d+)/.exec(readOrEmpty(`/proc/${pid}/stat`))?.[1];
}
