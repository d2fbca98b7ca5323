import { resolve } from "node:path";
import type { Lab } from "../lab";
import { type Daemon, pause, until } from "../machine/processes";
import { roles, sitePartner } from "../network/plan";

const port = 7007;
const everyMs = 20;
/** How many packets must have left after something was done: they show what it led to. */
const afterwards = 25;
/** How long a busy machine may keep a packet; nothing waits where all are back. */
const patienceMs = 10_000;

/** What became of the numbered packets that were sent in the course of something. */
export interface FlowReport {
  readonly sent: number;
  /** Numbers that never came back. */
  readonly lost: readonly number[];
}

/**
 * Numbered packets between the other site and a machine behind the gateway that the stack shares, there and back.
 * Numbers are counted, and no times: a busy machine delays packets and loses none.
 */
export class SiteFlow {
  private constructor(
    private readonly sender: Daemon,
    private readonly echo: Daemon,
  ) {}

  static async start({ plan, namespaces }: Lab): Promise<SiteFlow> {
    const partner = sitePartner(plan);
    const echo = namespaces.startScript(partner.role, "the echo of the other site's traffic", [
      resolve(__dirname, "echo.ts"),
      String(port),
    ]);
    await echo.ready(() => echo.lines.includes("ready"));
    const sender = namespaces.startScript(roles.siteClient, "the other site's traffic", [
      resolve(__dirname, "flow.ts"),
      ...[partner.address, String(port), String(everyMs)],
    ]);
    const flow = new SiteFlow(sender, echo);
    await until("the other site's traffic flows", () => numbersIn(sender.lines, "back").length > 0);
    return flow;
  }

  /** Does `work`, and tells what became of the packets that were sent in its course and a little longer. */
  async during<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly report: FlowReport }> {
    const from = this.#lastSent();
    const result = await work();
    const to = await this.#sentAfter(this.#lastSent(), afterwards);
    const report = () => flowReport(this.sender.lines, from, to);
    // What is late is not lost.
    const deadline = performance.now() + patienceMs;
    while (report().lost.length > 0 && performance.now() < deadline) await pause(100);
    return { result, report: report() };
  }

  /** Waits until packets that are sent from now on come back. */
  async resumes(): Promise<void> {
    const now = this.#lastSent();
    const isBack = () => numbersIn(this.sender.lines, "back").some((number) => number > now);
    await until("the other site's traffic flows again", isBack, { timeoutMs: 60_000, everyMs: 100 });
  }

  /** The last number, once so many have left after another. */
  async #sentAfter(number: number, count: number): Promise<number> {
    const enough = () => {
      this.sender.checkRunning();
      this.echo.checkRunning();
      return this.#lastSent() >= number + count;
    };
    await until("the other site has sent more packets", enough, { timeoutMs: 60_000 });
    return this.#lastSent();
  }

  #lastSent(): number {
    // From the end: the list is long, and this is asked often.
    const { lines } = this.sender;
    for (let at = lines.length - 1; at >= 0; at--) {
      const [word, number] = (lines[at] ?? "").split(" ");
      if (word === "sent") return Number(number);
    }
    return 0;
  }
}

/** What became of the numbers above `from`, up to `to`. */
export function flowReport(lines: readonly string[], from: number, to: number): FlowReport {
  const back = new Set(numbersIn(lines, "back"));
  const sent = numbersIn(lines, "sent").filter((number) => number > from && number <= to);
  return { sent: sent.length, lost: sent.filter((number) => !back.has(number)) };
}

function numbersIn(lines: readonly string[], word: "sent" | "back"): number[] {
  return lines.filter((line) => line.startsWith(`${word} `)).map((line) => Number(line.slice(word.length)));
}
