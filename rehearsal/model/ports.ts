/** Ports, both ends included. */
export interface Ports {
  readonly from: number;
  readonly to: number;
}

export const everyPort: Ports = { from: 0, to: 65_535 };

/** As a security rule of Azure writes them: `*`, `443` or `1024-65535`. */
export function azurePorts(range: string): Ports {
  if (range === "*") return everyPort;
  const [from = "", to = from] = range.split("-");
  return { from: Number(from), to: Number(to) };
}

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
