import type { SecurityRuleFacts } from "../facts/azure";
import { covers } from "../../../rehearsal/model/addresses";
import { azurePorts, dividePorts, holdsPorts, type Ports } from "../../../rehearsal/model/ports";
import { joined, partsOf } from "./addresses";
import { portsText } from "./ports";

/** New connections: every address of some networks to every address of others. */
export interface Flow {
  readonly direction: "Inbound" | "Outbound";
  readonly protocols: readonly Protocol[];
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly ports: readonly Ports[];
}

/** @see https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#security-rules */
export const protocols = ["Tcp", "Udp", "Icmp", "Esp", "Ah"] as const;
type Protocol = (typeof protocols)[number];

/** What one rule decides of a flow; without a rule, what none decides, and Azure then drops. */
export interface Decision {
  readonly rule: SecurityRuleFacts | undefined;
  readonly from: string;
  readonly to: string;
  readonly ports: string;
}

/** A client opens its connections from any of these. */
const sourcePorts: Ports = { from: 1024, to: 65_535 };

/** The rules that decide a flow, each with the part that it decides: of those that match, the first by priority. */
export function decisionsOn(all: readonly SecurityRuleFacts[], flow: Flow): readonly Decision[] {
  const rules = all
    .filter((rule) => rule.direction === flow.direction)
    .sort((a, b) => a.priority - b.priority)
    .map(readRule);
  const decided = new Map<SecurityRuleFacts | undefined, Cell[]>();
  for (const cell of cellsOf(flow, rules)) {
    const rule = rules.find((one) => matches(one, cell))?.rule;
    decided.set(rule, [...(decided.get(rule) ?? []), cell]);
  }
  return [...decided].map(([rule, cells]) => ({
    rule,
    from: joined(flow.from, distinct(cells.map(({ from }) => from))).join(", "),
    to: joined(flow.to, distinct(cells.map(({ to }) => to))).join(", "),
    ports: portsText(cells.map(({ ports }) => ports)),
  }));
}

/** A rule in networks and ranges. */
interface ReadRule {
  readonly rule: SecurityRuleFacts;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly ports: readonly Ports[];
  readonly sourcePorts: readonly Ports[];
}

/** A part of a flow of which every rule has all or nothing. */
interface Cell {
  readonly protocol: Protocol;
  readonly from: string;
  readonly to: string;
  readonly ports: Ports;
  readonly sourcePorts: Ports;
}

function readRule(rule: SecurityRuleFacts): ReadRule {
  return {
    rule,
    from: rule.sources.flatMap(networksOf),
    to: rule.destinations.flatMap(networksOf),
    ports: rule.destinationPorts.map(azurePorts),
    sourcePorts: rule.sourcePorts.map(azurePorts),
  };
}

/**
 * The tag VirtualNetwork has the virtual network and what its gateway reaches, which is all that is asked about here;
 * every other tag has public addresses.
 * @see https://learn.microsoft.com/azure/virtual-network/service-tags-overview#available-service-tags
 */
function networksOf(prefix: string): readonly string[] {
  return ["*", "any", "virtualnetwork"].includes(prefix.toLowerCase()) ? ["0.0.0.0/0"] : [prefix];
}

function cellsOf(flow: Flow, rules: readonly ReadRule[]): readonly Cell[] {
  const froms = partsOf(
    flow.from,
    rules.flatMap(({ from }) => from),
  );
  const tos = partsOf(
    flow.to,
    rules.flatMap(({ to }) => to),
  );
  const borders = rules.flatMap(({ ports }) => ports);
  const ports = flow.ports.flatMap((range) => dividePorts(range, borders));
  const fromPorts = dividePorts(
    sourcePorts,
    rules.flatMap((rule) => rule.sourcePorts),
  );
  return flow.protocols.flatMap((protocol) =>
    froms.flatMap((from) =>
      tos.flatMap((to) =>
        ports.flatMap((range) =>
          fromPorts.map((fromRange) => ({ protocol, from, to, ports: range, sourcePorts: fromRange })),
        ),
      ),
    ),
  );
}

function matches({ rule, from, to, ports, sourcePorts: fromPorts }: ReadRule, cell: Cell): boolean {
  return (
    ["*", cell.protocol.toLowerCase()].includes(rule.protocol.toLowerCase()) &&
    ports.some((range) => holdsPorts(range, cell.ports)) &&
    fromPorts.some((range) => holdsPorts(range, cell.sourcePorts)) &&
    // Which machines are in an application security group is not known: it may be this one.
    (from.some((network) => covers(network, cell.from)) || (rule.namesGroups && from.length === 0)) &&
    (to.some((network) => covers(network, cell.to)) || (rule.namesGroups && to.length === 0))
  );
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
