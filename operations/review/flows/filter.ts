import { overlap } from "../../../rehearsal/model/addresses";
import { dividePorts, everyPort, holdsPorts, type Ports } from "../../../rehearsal/model/ports";
import { type AddressClass, addressClasses, type Addresses, addressesOf, isAmong } from "./addressClasses";

/** One rule of a filter. */
export interface Rule {
  readonly direction: Direction;
  readonly passes: boolean;
  /** `any`, or a name such as `tcp`, `udp`, `icmp`, `esp`. */
  readonly protocol: string;
  /** Networks, `any`, and whatever else the cloud takes: a service tag, the id of a group or of a prefix list. */
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  /** Destination ports. */
  readonly ports: readonly Ports[];
  readonly sourcePorts: readonly Ports[];
}

export type Direction = "inbound" | "outbound";

/** Rules in the order in which they are asked: the first that matches decides, and what none matches is stopped. */
export type Filter = readonly Rule[];

/** New connections of one kind, or packets where the filter forgets connections. */
export interface Flow {
  readonly direction: Direction;
  /** `any` alone, or names; `any but tcp and udp` stands for those that no rule names. */
  readonly protocols: readonly string[];
  readonly from: Addresses;
  readonly to: Addresses;
  /** Empty where all ports are meant, or there are none. */
  readonly ports: readonly Ports[];
  readonly fromPorts: readonly Ports[];
}

export interface FlowDifference {
  readonly opened: readonly Flow[];
  readonly closed: readonly Flow[];
  /** Whether something that the link uses is closed. */
  readonly cutsLink: boolean;
}

/** What the stack's addresses are. */
export interface Surroundings {
  /** Those of its networks that the preview shows, of both clouds. */
  readonly networks: readonly string[];
  /** Where its link may lead. */
  readonly linked: readonly string[];
  /** How packets of the link look to a filter with these rules. */
  readonly isLink: (flow: LinkPacket) => boolean;
}

/** A kind of packet whose two ends may both be in the link's networks. */
export interface LinkPacket {
  readonly direction: Direction;
  readonly protocol: string;
  readonly holdsPort: (port: number) => boolean;
  readonly source: readonly string[];
  readonly destination: readonly string[];
}

/**
 * Which packets pass the one filter and not the other. All that can be told apart by a rule of either is asked of both:
 * addresses and ports are divided at every border that a rule mentions, so that each part passes as a whole or not.
 */
export function compareFilters(before: Filter, after: Filter, around: Surroundings): FlowDifference {
  const opened: Flow[] = [];
  const closed: Flow[] = [];
  let cutsLink = false;
  for (const direction of ["inbound", "outbound"] as const) {
    const [old, now] = [before, after].map((filter) => filter.filter((rule) => rule.direction === direction));
    const protocols = protocolsIn([...(old ?? []), ...(now ?? [])]);
    const found = protocols.map((protocol) =>
      compareProtocol({ direction, protocol, old: old ?? [], now: now ?? [], around }),
    );
    opened.push(
      ...joined(
        found.flatMap((one) => one.opened),
        protocols,
      ),
    );
    closed.push(
      ...joined(
        found.flatMap((one) => one.closed),
        protocols,
      ),
    );
    cutsLink ||= found.some((one) => one.cutsLink);
  }
  return { opened, closed, cutsLink };
}

/** Ports make TCP and UDP different from protocols without, so both are asked wherever a rule names ports. */
function protocolsIn(rules: Filter): readonly string[] {
  const named = rules.flatMap(({ protocol }) => (protocol === "any" ? [] : [protocol]));
  const withPorts = rules.some(
    (rule) =>
      rule.protocol === "any" && [...rule.ports, ...rule.sourcePorts].some((one) => !isEveryPort(one)),
  );
  const asked = [...new Set([...named, ...(withPorts ? ["tcp", "udp"] : [])])];
  return [...asked, `any but ${asked.join(" and ")}`];
}

interface Comparing {
  readonly direction: Direction;
  readonly protocol: string;
  readonly old: Filter;
  readonly now: Filter;
  readonly around: Surroundings;
}

function compareProtocol({ direction, protocol, old, now, around }: Comparing): FlowDifference {
  const matching = (filter: Filter) => filter.filter((rule) => isAbout(rule, protocol));
  const [before, after] = [matching(old), matching(now)];
  const rules = [...before, ...after];
  const own = direction === "inbound" ? "destination" : "source";
  const classes = (end: "source" | "destination") =>
    addressClasses(
      rules.map((rule) => rule[`${end}s`]),
      { inside: around.networks, isOwn: end === own },
    );
  const [sources, destinations] = [classes("source"), classes("destination")];
  const [ports, sourcePorts] = hasPorts(protocol)
    ? [portClasses(rules.map((rule) => rule.ports)), portClasses(rules.map((rule) => rule.sourcePorts))]
    : [[everyPort], [everyPort]];
  const packets = sources.flatMap((source) =>
    destinations.flatMap((destination) =>
      ports.flatMap((port) => sourcePorts.map((sourcePort) => ({ source, destination, port, sourcePort }))),
    ),
  );
  const decided = packets.map((packet) => ({
    packet,
    was: passes(before, packet),
    is: passes(after, packet),
  }));
  const all = { sources, destinations, ports, sourcePorts };
  const flows = (some: readonly Packet[]): readonly Flow[] =>
    flowsOf(some, all).map((flow) => ({ ...flow, direction, protocols: [protocol] }));
  const closed = decided.flatMap(({ packet, was, is }) => (was && !is ? [packet] : []));
  return {
    opened: flows(decided.flatMap(({ packet, was, is }) => (is && !was ? [packet] : []))),
    closed: flows(closed),
    cutsLink: closed.some(({ source, destination, port }) =>
      around.isLink({
        direction,
        protocol,
        holdsPort: (one) => port.from <= one && one <= port.to,
        source: networksNear(source, around),
        destination: networksNear(destination, around),
      }),
    ),
  };
}

/** Those networks of the link that share an address with a class. */
function networksNear({ networks }: AddressClass, around: Surroundings): readonly string[] {
  return around.linked.filter((network) => networks.some((one) => overlap(one, network)));
}

/** guess: a rule for every protocol that names ports is not about protocols without any. */
function isAbout(rule: Rule, protocol: string): boolean {
  if (rule.protocol !== "any") return rule.protocol === protocol;
  return hasPorts(protocol) || [rule.ports, rule.sourcePorts].every((ranges) => ranges.some(isEveryPort));
}

function hasPorts(protocol: string): boolean {
  return protocol === "tcp" || protocol === "udp";
}

function isEveryPort({ from, to }: Ports): boolean {
  return from <= everyPort.from && to >= everyPort.to;
}

interface Packet {
  readonly source: AddressClass;
  readonly destination: AddressClass;
  readonly port: Ports;
  readonly sourcePort: Ports;
}

function passes(filter: Filter, { source, destination, port, sourcePort }: Packet): boolean {
  const decides = filter.find(
    (rule) =>
      isAmong(source, rule.sources) &&
      isAmong(destination, rule.destinations) &&
      rule.ports.some((range) => holdsPorts(range, port)) &&
      rule.sourcePorts.some((range) => holdsPorts(range, sourcePort)),
  );
  return decides?.passes === true;
}

function portClasses(ranges: readonly (readonly Ports[])[]): readonly Ports[] {
  return dividePorts(everyPort, ranges.flat());
}

interface Classes {
  readonly sources: readonly AddressClass[];
  readonly destinations: readonly AddressClass[];
  readonly ports: readonly Ports[];
  readonly sourcePorts: readonly Ports[];
}

type Sets = readonly [readonly AddressClass[], readonly AddressClass[], readonly Ports[], readonly Ports[]];

/** Packets as few flows as reading needs: what goes on alike from several sources is one. */
function flowsOf(packets: readonly Packet[], all: Classes): readonly Omit<Flow, "direction" | "protocols">[] {
  const tuples = packets.map((one) => [one.source, one.destination, one.port, one.sourcePort]);
  return products(tuples).flatMap((sets) => {
    const [sources, destinations, ports, sourcePorts] = sets as unknown as Sets;
    const rest = {
      ports: ports.length === all.ports.length ? [] : joinedPorts(ports),
      fromPorts: sourcePorts.length === all.sourcePorts.length ? [] : joinedPorts(sourcePorts),
    };
    return addressesOf(sources, all.sources).flatMap((from) =>
      addressesOf(destinations, all.destinations).map((to) => ({ from, to, ...rest })),
    );
  });
}

/** A set of tuples as products of sets, dimension by dimension. */
function products(tuples: readonly (readonly object[])[]): readonly (readonly (readonly object[])[])[] {
  if (tuples.length === 0) return [];
  if (tuples[0]?.length === 0) return [[]];
  const rest = new Map<object, (readonly object[])[]>();
  for (const [first, ...others] of tuples) {
    if (first === undefined) continue;
    const known = rest.get(first);
    if (known === undefined) rest.set(first, [others]);
    else known.push(others);
  }
  const alike = new Map<string, { firsts: object[]; products: ReturnType<typeof products> }>();
  for (const [first, others] of rest) {
    const found = products(others);
    const key = JSON.stringify(found);
    const group = alike.get(key);
    if (group === undefined) alike.set(key, { firsts: [first], products: found });
    else group.firsts.push(first);
  }
  return [...alike.values()].flatMap((group) => group.products.map((product) => [group.firsts, ...product]));
}

function joinedPorts(ports: readonly Ports[]): readonly Ports[] {
  const sorted = [...ports].sort((one, other) => one.from - other.from);
  return sorted.reduce<readonly Ports[]>((found, next) => {
    const last = found.at(-1);
    return last !== undefined && last.to + 1 === next.from
      ? [...found.slice(0, -1), { from: last.from, to: next.to }]
      : [...found, next];
  }, []);
}

/** Flows that differ in the protocol alone are one. */
function joined(flows: readonly Flow[], asked: readonly string[]): readonly Flow[] {
  const alike = new Map<string, Flow>();
  for (const flow of flows) {
    const key = JSON.stringify({ ...flow, protocols: [] });
    const known = alike.get(key);
    alike.set(
      key,
      known === undefined ? flow : { ...known, protocols: [...known.protocols, ...flow.protocols] },
    );
  }
  return [...alike.values()].map((flow) =>
    flow.protocols.length === asked.length ? { ...flow, protocols: ["any"] } : flow,
  );
}
