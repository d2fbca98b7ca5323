import { covers } from "../model/addresses";
import { divide } from "../model/parts";
import { dividePorts, everyPort, holdsPorts, type Ports } from "../model/ports";

/** New connections of one kind: every address of one network to every address of another. */
export interface Flow {
  readonly direction: "Inbound" | "Outbound";
  readonly protocol: "Tcp" | "Udp" | "Icmp" | "Esp" | "Ah";
  readonly source: string;
  readonly destination: string;
  /** Destination ports, both ends included. */
  readonly fromPort: number;
  readonly toPort: number;
}

/** Which packets a rule is about, once its direction and protocol are those of the flow. */
export interface Match {
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  readonly ports: readonly Ports[];
  readonly sourcePorts: readonly Ports[];
}

/** A part of a flow in which every rule matches either all packets or none. */
export interface Piece {
  /** The rules that match, by their place in the list. */
  readonly matching: readonly number[];
  /** What sets it apart from the rest, as `10.0.1.8/29`; empty where nothing does. */
  readonly part: string;
}

/** What becomes of a flow: all of it passes, some or none. */
export interface RuleVerdict {
  readonly passes: "all" | "some" | "none";
  /** The rules that decided, in order. */
  readonly rules: readonly string[];
  /** The parts that stop, where some pass. */
  readonly stopped: readonly string[];
}

/** Several rules together decide about a flow: it is divided until the same rules match each part. */
export function piecesOf(flow: Flow, matches: readonly Match[]): readonly Piece[] {
  const dimensions = [
    networkPieces(
      flow.source,
      matches.map(({ sources }) => sources),
    ),
    networkPieces(
      flow.destination,
      matches.map(({ destinations }) => destinations),
    ),
    portPieces(
      { from: flow.fromPort, to: flow.toPort },
      matches.map(({ ports }) => ports),
    ),
    // A client's own port may be any.
    portPieces(
      everyPort,
      matches.map(({ sourcePorts }) => sourcePorts),
    ).map((piece) => (piece.part === "" ? piece : { ...piece, part: `from ${piece.part}` })),
  ];
  const whole: readonly Piece[] = [{ matching: [...matches.keys()], part: "" }];
  return dimensions.reduce((pieces, dimension) => pieces.flatMap((one) => dimension.map(both(one))), whole);
}

function both(one: Piece): (other: Piece) => Piece {
  return (other) => ({
    matching: one.matching.filter((index) => other.matching.includes(index)),
    part: [one.part, other.part].filter((part) => part !== "").join(" "),
  });
}

function networkPieces(network: string, prefixes: readonly (readonly string[])[]): readonly Piece[] {
  const parts = divide(network, prefixes.flat(), (part) =>
    matchingKey(prefixes, (own) => own.some((prefix) => covers(prefix, part))),
  );
  return pieces(parts, (networks) => networks.join(" "));
}

function portPieces(asked: Ports, ranges: readonly (readonly Ports[])[]): readonly Piece[] {
  const parts = new Map<string, Ports[]>();
  for (const part of dividePorts(asked, ranges.flat())) {
    const key = matchingKey(ranges, (own) => own.some((range) => holdsPorts(range, part)));
    parts.set(key, [...(parts.get(key) ?? []), part]);
  }
  return pieces(parts, (ports) => `port ${ports.map(portsInWords).join(", ")}`);
}

function portsInWords({ from, to }: Ports): string {
  return from === to ? String(from) : `${from}–${to}`;
}

/** The numbers of those that match, as a key that compares. */
function matchingKey<One>(all: readonly One[], matches: (one: One) => boolean): string {
  return all.flatMap((one, index) => (matches(one) ? [index] : [])).join();
}

function pieces<Part>(
  parts: ReadonlyMap<string, readonly Part[]>,
  inWords: (parts: readonly Part[]) => string,
): readonly Piece[] {
  // What is no network has no parts, and no rule matches it.
  if (parts.size === 0) return [{ matching: [], part: "" }];
  return [...parts].map(([key, found]) => ({
    matching: key === "" ? [] : key.split(",").map(Number),
    part: parts.size === 1 ? "" : inWords(found),
  }));
}

/** What a rule or a default says to a piece. */
export interface Decision {
  readonly passes: boolean;
  readonly rule: string;
}

/** The decisions about all pieces as one verdict, the rules in the order in which they are asked. */
export function verdictOf(
  found: readonly Piece[],
  rules: readonly string[],
  decide: (piece: Piece) => Decision,
): RuleVerdict {
  const decided = found.map((piece) => ({ piece, ...decide(piece) }));
  const stopped = decided.filter(({ passes }) => !passes);
  const said = new Set(decided.map(({ rule }) => rule));
  return {
    passes: stopped.length === 0 ? "all" : stopped.length === decided.length ? "none" : "some",
    rules: [...rules.filter((rule) => said.has(rule)), ...[...said].filter((rule) => !rules.includes(rule))],
    stopped: stopped.length === decided.length ? [] : stopped.map(({ piece }) => piece.part),
  };
}

/** The rules that decided, and what they stop where they let the rest pass. */
export function rulesInWords({ rules, passes, stopped }: RuleVerdict): string {
  return passes === "some" ? `${rules.join(", ")}: they stop ${stopped.join(" and ")}` : rules.join(", ");
}
