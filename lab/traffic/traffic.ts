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
  /** The longest time without an answered attempt, in seconds; the beat of the attempts is taken off. */
  readonly longestGapSeconds: number;
}

/** Whether the endpoint answers the Azure client at all, be it with a refusal. */
export async function reachesEndpoint(lab: Lab, port = 443): Promise<boolean> {
  const address = lab.plan.aws.subnets[0]?.endpointAddress ?? "";
  const command = `exec 3<>/dev/tcp/${address}/${port}`;
  const { code, stderr } = await lab.ground.run(roles.client, ["bash", "-c", command], { timeoutMs: 2500 });
  return code === 0 || stderr.includes("Connection refused");
}

/** Connections from the client to the endpoint, one after the other, for as long as it is not stopped. */
export class Traffic {
  private constructor(
    private readonly process: Daemon,
    private readonly everyMs: number,
  ) {}

  /** Starts it and waits until the path answers. */
  static async start(lab: Lab, everyMs = 25): Promise<Traffic> {
    const address = lab.plan.aws.subnets[0]?.endpointAddress ?? "";
    const program = ["--import", "tsx", resolve(__dirname, "probe.ts"), address, "443", String(everyMs)];
    const daemon = lab.ground.start(roles.client, "traffic", [process.execPath, ...program], {
      env: { PATH: process.env["PATH"] ?? "" },
    });
    const traffic = new Traffic(daemon, everyMs);
    await until("traffic flows", () => traffic.attempts().filter((one) => one.answered).length >= 5);
    return traffic;
  }

  attempts(): Attempt[] {
    return this.process.lines.map((line) => {
      const [began, outcome] = line.split(" ");
      return { began: Number(began), answered: outcome !== "lost" };
    });
  }

  /**
   * Whether the traffic, after it has stopped, flows again in time; true as well where it never stopped. It has to flow
   * for a while: the last answers on their way do not count.
   */
  async resumes(since: number, withinMs: number): Promise<boolean> {
    const settledMs = 1500;
    const deadline = Date.now() + withinMs;
    await pause(settledMs);
    while (Date.now() < deadline) {
      const now = Date.now();
      // Attempts of the last moments are not decided yet.
      const recent = this.attempts().filter((one) => one.began > Math.max(since, now - settledMs));
      const decided = recent.filter((one) => one.answered || now - one.began > 750);
      if (decided.length > 10 && decided.every((one) => one.answered)) return true;
      await pause(100);
    }
    return false;
  }

  /** Waits until an attempt that began after `since` is answered. */
  async answeredSince(since: number, timeoutMs: number): Promise<void> {
    await until(
      "traffic flows again",
      () => this.attempts().some((one) => one.answered && one.began > since),
      {
        timeoutMs,
      },
    );
  }

  /** Ends it, once the last attempts have had their time. */
  async stop(): Promise<void> {
    await this.process.kill();
  }

  /** What happened to the attempts that began in a span of time. */
  async report(from: number, to: number = Date.now()): Promise<TrafficReport> {
    // An attempt reports when it is answered or given up.
    await pause(800);
    return summarise(
      this.attempts().filter((one) => one.began >= from && one.began <= to),
      this.everyMs,
    );
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
