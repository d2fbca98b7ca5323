import { isCidr, rangeOf } from "../cidr";

/** A route of any table: where it leads, and to which addresses. */
export interface Way {
  readonly prefix: string;
  /** Where it leads, in the cloud's words. */
  readonly to: string;
  /** As its owner calls it. */
  readonly name: string;
  /** True where the answer or request gets on. */
  readonly right: boolean;
}

/** A rule of a security group or an access list. Its lists are alternatives. */
export interface Filter {
  readonly name: string;
  /** The lowest is asked first. */
  readonly priority: number;
  readonly allow: boolean;
  /** IPv4 networks. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly fromPorts: readonly PortRange[];
  readonly toPorts: readonly PortRange[];
}

export type PortRange = readonly [first: number, last: number];

export const everyPort: PortRange = [0, 65_535];

/** Ports that clients open connections from. Both clouds' guides count from 1024. */
export const clientPorts: PortRange = [1024, 65_535];

/**
 * The ways that traffic to some part of `destination` takes and that do not lead on; undefined stands for no way at all.
 * The longest prefix wins, of equal ones the first in the list: so the caller lists user routes before others.
 */
export function wrongWays(destination: string, ways: readonly Way[]): readonly (Way | undefined)[] {
  const ranged = ways.filter(({ prefix }) => isCidr(prefix)).map((way) => ({ way, ...rangeOf(way.prefix) }));
  const { first, last } = rangeOf(destination);
  const near = ranged.filter((one) => one.first <= last && one.last >= first);
  const chosen = pieces(
    [first, last],
    near.map((one): PortRange => [one.first, one.last]),
  ).map(
    (address) =>
      near
        .filter((one) => one.first <= address && address <= one.last)
        .reduce<(typeof near)[number] | undefined>(
          (best, one) => (best === undefined || one.last - one.first < best.last - best.first ? one : best),
          undefined,
        )?.way,
  );
  return [...new Set(chosen)].filter((way) => way?.right !== true);
}

/** A flow of packets: every source with every destination. */
export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly fromPorts: PortRange;
  readonly toPorts: PortRange;
}

/**
 * The rules that deny some part of a flow; undefined stands for what no rule matches, where that is denied.
 * The first rule that matches decides.
 */
export function denials(
  flow: Flow,
  rules: readonly Filter[],
  unmatched: "allow" | "deny",
): readonly (Filter | undefined)[] {
  const flowRanges = rangesOf(flow);
  const near = rules
    .map((rule) => ({ rule, dimensions: ruleRanges(rule) }))
    .filter(({ dimensions }) =>
      dimensions.every((ranges, index) =>
        ranges.some((range) => meets(range, flowRanges[index] ?? everyPort)),
      ),
    )
    .sort((one, other) => one.rule.priority - other.rule.priority);
  const samples = flowRanges.map((range, index) =>
    pieces(
      range,
      near.flatMap(({ dimensions }) => dimensions[index] ?? []),
    ),
  );
  const denying = new Set<Filter | undefined>();
  for (const packet of combinations(samples)) {
    const match = near.find(({ dimensions }) =>
      dimensions.every((ranges, index) => ranges.some((range) => holds(range, packet[index] ?? -1))),
    )?.rule;
    if (match === undefined ? unmatched === "deny" : !match.allow) denying.add(match);
  }
  return [...denying];
}

/** One value for each piece of `within` in which no range begins or ends: what holds for it holds for its piece. */
function pieces(within: PortRange, ranges: readonly PortRange[]): number[] {
  const starts = ranges.flatMap(([first, last]) => [first, last + 1]);
  return [...new Set([within[0], ...starts.filter((start) => holds(within, start))])];
}

function combinations(samples: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return samples.reduce<readonly (readonly number[])[]>(
    (packets, values) => packets.flatMap((packet) => values.map((value) => [...packet, value])),
    [[]],
  );
}

function rangesOf({ from, to, fromPorts, toPorts }: Flow): readonly PortRange[] {
  return [addresses(from), addresses(to), fromPorts, toPorts];
}

function ruleRanges({ from, to, fromPorts, toPorts }: Filter): readonly (readonly PortRange[])[] {
  return [from.map(addresses), to.map(addresses), fromPorts, toPorts];
}

function addresses(cidr: string): PortRange {
  const { first, last } = rangeOf(cidr);
  return [first, last];
}

function holds([first, last]: PortRange, value: number): boolean {
  return first <= value && value <= last;
}

function meets(one: PortRange, other: PortRange): boolean {
  return one[0] <= other[1] && one[1] >= other[0];
}
