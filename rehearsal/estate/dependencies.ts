import type { EstateIndex } from "./estateIndex";

/** Every URN that a resource waits for, directly or through others, its own left out: what its component is made of too. */
export function waitsFor(estate: EstateIndex, urn: string): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [urn];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { dependencies = [], parent = "" } = estate.byUrn(next) ?? {};
    // A component is registered once its arguments are known, and what is in it once the component is.
    for (const dependency of [...dependencies, ...(estate.byUrn(parent)?.dependencies ?? [])]) {
      if (found.has(dependency)) continue;
      found.add(dependency);
      open.push(dependency);
    }
  }
  return found;
}

/** Pairs of which neither waits for the other: the engine may work on both at once. */
export function concurrentPairs(
  estate: EstateIndex,
  urns: readonly string[],
): readonly (readonly [string, string])[] {
  const waits = new Map(urns.map((urn) => [urn, waitsFor(estate, urn)]));
  return urns.flatMap((one, index) =>
    urns
      .slice(index + 1)
      .filter((other) => waits.get(one)?.has(other) !== true && waits.get(other)?.has(one) !== true)
      .map((other) => [one, other] as const),
  );
}
