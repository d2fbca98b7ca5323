import type { Ports } from "../../../rehearsal/model/ports";

/** `443`, `1024-65535`: what follows on each other is one. */
export function portsText(parts: readonly Ports[]): string {
  const sorted = [...parts].sort((a, b) => a.from - b.from);
  const joined = sorted.reduce<Ports[]>((done, { from, to }) => {
    const last = done.at(-1);
    return last !== undefined && from <= last.to + 1
      ? [...done.slice(0, -1), { from: last.from, to: Math.max(last.to, to) }]
      : [...done, { from, to }];
  }, []);
  return joined.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(", ");
}
