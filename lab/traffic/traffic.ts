import { resolve } from "node:path";
import type { Lab } from "../lab";
import { roles } from "../network/plan";
import { type Daemon, pause, until } from "../machine/processes";

/** One attempt to open a connection from the client to the endpoint. */
export interface Attempt {
  /** Milliseconds since the epoch. */
  readonly began: number;
  readonly answered: boolean;
}

export interface TrafficReport {
  readonly attempts: number;
  readonly lost: number;
  /** The longest time without an answered attempt, in seconds, less the interval between attempts. */
  readonly longestGapSeconds: number;
}

/** Whether the endpoint answers the Azure client at all, also with a refusal; at its first address, unless another is given. */
export async function reachesEndpoint(
  { plan, namespaces }: Lab,
  { port = 443, address = plan.aws.endpointAddress } = {},
): Promise<boolean> {
  const command = `exec 3<>/dev/tcp/${address}/${port}`;
  const { code, stderr } = await namespaces.run(roles.client, ["bash", "-c", command]);
  return code === 0 || stderr.includes("Connection refused");
}

/** Connections from the client to the endpoint, one after the other, until it is stopped. */
export class Traffic {
  private constructor(
    private readonly process: Daemon,
    private readonly everyMs: number,
  ) {}

  /** Starts it and waits until the endpoint answers. */
  static async start({ plan, namespaces }: Lab, everyMs = 25): Promise<Traffic> {
    const probe = [resolve(__dirname, "probe.ts"), plan.aws.endpointAddress, "443", String(everyMs)] as const;
    const traffic = new Traffic(namespaces.startScript(roles.client, "traffic", probe), everyMs);
    await until("traffic flows", () => traffic.attempts().filter((one) => one.answered).length >= 5);
    return traffic;
  }

  /** What happened to the traffic while something was done. */
  static async during(
    lab: Lab,
    everyMs: number,
    work: (traffic: Traffic) => Promise<void>,
  ): Promise<TrafficReport> {
    const traffic = await Traffic.start(lab, everyMs);
    try {
      const began = Date.now();
      await work(traffic);
      return await traffic.report(began);
    } finally {
      await traffic.stop();
    }
  }

  attempts(): Attempt[] {
    return this.process.lines.map((line) => {
      const [began, outcome] = line.split(" ");
      return { began: Number(began), answered: outcome !== "lost" };
    });
  }

  /**
   * Whether the traffic, after it has stopped, flows again in time; true also if it never stopped. It has to flow for a
   * while: the last answers in flight do not count.
   */
  async resumes(since: number, withinMs: number): Promise<boolean> {
    const settledMs = 1500;
    const deadline = Date.now() + withinMs;
    await pause(settledMs);
    while (Date.now() < deadline) {
      const now = Date.now();
      // The latest attempts have no result yet.
      const recent = this.attempts().filter((one) => one.began > Math.max(since, now - settledMs));
      const decided = recent.filter((one) => one.answered || now - one.began > 750);
      if (decided.length > 10 && decided.every((one) => one.answered)) return true;
      await pause(100);
    }
    return false;
  }

  /** Waits until an attempt that began after `since` is answered. */
  async answeredSince(since: number, timeoutMs: number): Promise<void> {
    const flows = () => this.attempts().some((one) => one.answered && one.began > since);
    await until("traffic flows again", flows, { timeoutMs });
  }

  async stop(): Promise<void> {
    await this.process.kill();
  }

  /** What happened to the attempts that began after `from` and before this call. */
  async report(from: number): Promise<TrafficReport> {
    const to = Date.now();
    // An attempt reports when it is answered or lost.
    await pause(800);
    const within = this.attempts().filter((one) => one.began >= from && one.began <= to);
    return summarise(within, this.everyMs);
  }
}

export function summarise(attempts: readonly Attempt[], everyMs: number): TrafficReport {
  const sorted = [...attempts].sort((one, other) => one.began - other.began);
  const answered = sorted.filter((one) => one.answered).map((one) => one.began);
  const ends = [sorted[0]?.began ?? 0, ...answered, sorted.at(-1)?.began ?? 0];
  const gaps = ends.slice(1).map((at, index) => at - (ends[index] ?? at));
  const longest = Math.max(0, ...gaps) - everyMs;
  return {
    attempts: sorted.length,
    lost: sorted.length - answered.length,
    longestGapSeconds: Math.max(0, longest) / 1000,
  };
}
