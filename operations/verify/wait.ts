import { maySettle } from "./judge/findings";
import type { Verdict } from "./judge/verdict";

export interface Waiting {
  readonly minutes: number;
  readonly intervalSeconds: number;
  readonly verify: () => Promise<Verdict>;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly progress: (line: string) => void;
}

/** Verifies again until nothing is wrong that may pass by itself, or the time is up. Returns the last verdict. */
export async function waitUntilSettled(waiting: Waiting): Promise<Verdict> {
  const { minutes, intervalSeconds, verify, now, sleep, progress } = waiting;
  const begin = now();
  for (;;) {
    const verdict = await verify();
    const pending = verdict.findings.filter(maySettle);
    const elapsed = now() - begin;
    const enough = elapsed + intervalSeconds * 1000 > minutes * 60_000;
    if (pending.length === 0 || enough) return verdict;
    const up = verdict.tunnels.filter((tunnel) => tunnel.up).length;
    const what = [...new Set(pending.map(({ kind, subject }) => `${subject} ${kind}`))];
    const shown = what.slice(0, 3).join(", ") + (what.length > 3 ? ` and ${what.length - 3} more` : "");
    progress(
      `${clock(elapsed)} of ${minutes} min: ${up} of ${verdict.tunnels.length} tunnels up; waiting for ${shown}`,
    );
    await sleep(intervalSeconds * 1000);
  }
}

function clock(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
