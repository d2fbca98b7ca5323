/** Ports, both ends included. */
export interface Ports {
  readonly from: number;
  readonly to: number;
}

export const everyPort: Ports = { from: 0, to: 65_535 };

/** Divides a range of ports at the borders of others: each of those then has all of a part or nothing. */
export function dividePorts(whole: Ports, borders: readonly Ports[]): readonly Ports[] {
  const starts = [whole.from, ...borders.flatMap(({ from, to }) => [from, to + 1])]
    .filter((port) => whole.from <= port && port <= whole.to)
    .sort((a, b) => a - b);
  const distinct = [...new Set(starts)];
  return distinct.map((from, index) => ({ from, to: (distinct[index + 1] ?? whole.to + 1) - 1 }));
}

/** Whether all of the second are in the first. */
export function holdsPorts(outer: Ports, inner: Ports): boolean {
  return outer.from <= inner.from && inner.to <= outer.to;
}

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
