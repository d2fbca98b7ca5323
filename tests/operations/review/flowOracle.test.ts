import { expect } from "chai";
import fc from "fast-check";
import { compareFlows } from "../../../operations/review/flows/compare";
import type { Flow } from "../../../operations/review/flows/filter";
import { addedTypes, awsTypes, azureTypes } from "../../../rehearsal/model/resourceTypes";
import { type Shown, shownPreview } from "./shown";

// The oracle asks one packet after the other, in plain arithmetic; it shares no code with the comparison.

interface Packet {
  readonly direction: "inbound" | "outbound";
  readonly protocol: string;
  readonly source: number;
  readonly destination: number;
  readonly port: number;
  readonly sourcePort: number;
  /** Whether the far end is in what Azure calls VirtualNetwork; the near end always is. */
  readonly isNear: boolean;
}

function numberOf(address: string): number {
  return address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
}

function rangeOf(network: string): readonly [number, number] {
  const [address = "", length = "32"] = network.split("/");
  const start = numberOf(address);
  return [start, start + 2 ** (32 - Number(length)) - 1];
}

function lies(address: number, network: string): boolean {
  const [first, last] = rangeOf(network);
  return first <= address && address <= last;
}

interface AwsRule {
  readonly egress: boolean;
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  readonly cidr: string;
}

function awsMatches(rule: AwsRule, packet: Packet): boolean {
  if (rule.egress !== (packet.direction === "outbound")) return false;
  const protocols: Readonly<Record<string, string>> = { "6": "tcp", "17": "udp" };
  const protocol = protocols[rule.protocol] ?? rule.protocol;
  if (protocol !== "-1" && protocol !== packet.protocol) return false;
  if (protocol !== "-1" && (packet.port < rule.from || packet.port > rule.to)) return false;
  return lies(rule.egress ? packet.destination : packet.source, rule.cidr);
}

const lets = {
  group: (rules: readonly AwsRule[], packet: Packet) => rules.some((rule) => awsMatches(rule, packet)),
  acl: (
    rules: readonly (AwsRule & { readonly number: number; readonly allows: boolean })[],
    packet: Packet,
  ) => {
    let best: { number: number; allows: boolean } | undefined;
    for (const rule of rules)
      if (awsMatches(rule, packet) && (best === undefined || rule.number < best.number)) best = rule;
    return best?.allows === true;
  },
  nsg: (rules: readonly NsgRule[], packet: Packet) => {
    let best: NsgRule | undefined;
    for (const rule of rules)
      if (nsgMatches(rule, packet) && (best === undefined || rule.priority < best.priority)) best = rule;
    if (best !== undefined) return best.access === "Allow";
    if (packet.isNear) return true;
    return packet.direction === "outbound" || packet.source === numberOf("168.63.129.16");
  },
};

interface NsgRule {
  readonly priority: number;
  readonly direction: "Inbound" | "Outbound";
  readonly access: "Allow" | "Deny";
  readonly protocol: "Tcp" | "Udp" | "*";
  readonly source: string;
  readonly destination: string;
  readonly ports: string;
  readonly sourcePorts: string;
}

function nsgMatches(rule: NsgRule, packet: Packet): boolean {
  if (rule.direction.toLowerCase() !== packet.direction) return false;
  if (rule.protocol !== "*" && rule.protocol.toLowerCase() !== packet.protocol) return false;
  const isOut = packet.direction === "outbound";
  const end = (prefix: string, address: number, isNear: boolean) => {
    if (prefix === "*") return true;
    if (prefix === "VirtualNetwork") return isNear;
    if (prefix === "Internet") return !isNear;
    return lies(address, prefix);
  };
  const port = (range: string, one: number) => {
    if (range === "*") return true;
    const [from = "", to = from] = range.split("-");
    return Number(from) <= one && one <= Number(to);
  };
  return (
    end(rule.source, packet.source, isOut || packet.isNear) &&
    end(rule.destination, packet.destination, !isOut || packet.isNear) &&
    port(rule.ports, packet.port) &&
    port(rule.sourcePorts, packet.sourcePort)
  );
}

/** Whether a flow that the comparison names has the packet. */
function has(flow: Flow, packet: Packet): boolean {
  const isOut = packet.direction === "outbound";
  const end = ({ networks, where }: Flow["from"], address: number, isNear: boolean) =>
    networks.some((network) => network.includes(".") && lies(address, network)) &&
    (where.length === 0 ||
      where.some(
        (one) =>
          (!one.in.includes("VirtualNetwork") || isNear) &&
          (!one.notIn.includes("VirtualNetwork") || !isNear),
      ));
  const port = (ranges: Flow["ports"], one: number) =>
    ranges.length === 0 || ranges.some(({ from, to }) => from <= one && one <= to);
  const named = ["any", packet.protocol];
  return (
    flow.direction === packet.direction &&
    flow.protocols.some((one) => named.includes(one) || isAmongOthers(packet.protocol, one)) &&
    end(flow.from, packet.source, isOut || packet.isNear) &&
    end(flow.to, packet.destination, !isOut || packet.isNear) &&
    port(flow.ports, packet.port) &&
    port(flow.fromPorts, packet.sourcePort)
  );
}

/** `udp` is among `any but tcp`. */
function isAmongOthers(protocol: string, written: string): boolean {
  const [, names] = written.split("any but ");
  return names !== undefined && !names.split(" and ").includes(protocol);
}

const networks = [
  "10.1.0.0/22",
  "10.1.0.0/24",
  "10.1.0.128/25",
  "10.1.1.0/24",
  "10.0.0.0/8",
  "0.0.0.0/0",
  "192.168.1.7/32",
];
const network = fc.constantFrom(...networks);
const range = fc.constantFrom([443, 443], [0, 65535], [80, 443], [444, 1023], [1024, 65535]);

const awsRule = fc
  .record({
    egress: fc.boolean(),
    protocol: fc.constantFrom("tcp", "6", "udp", "17", "-1"),
    ports: range,
    cidr: network,
  })
  .map(({ ports: [from = 0, to = 0], ...rule }): AwsRule => ({ ...rule, from, to }));
const aclRule = fc.tuple(awsRule, fc.boolean()).map(([rule, allows]) => ({ ...rule, allows, number: 0 }));
const prefix = fc.oneof(network, fc.constantFrom("*", "VirtualNetwork", "Internet"));
const azurePorts = fc.constantFrom("*", "443", "80-443", "1024-65535");
const nsgRule = fc.record({
  priority: fc.constant(0),
  direction: fc.constantFrom("Inbound" as const, "Outbound" as const),
  access: fc.constantFrom("Allow" as const, "Deny" as const),
  protocol: fc.constantFrom("Tcp" as const, "Udp" as const, "*" as const),
  source: prefix,
  destination: prefix,
  ports: azurePorts,
  sourcePorts: fc.constantFrom("*", "*", "*", "1024-65535"),
});

/** Rules and the same with one taken out, put in, exchanged or moved. */
function changed<Rule>(rule: fc.Arbitrary<Rule>) {
  return fc
    .tuple(fc.array(rule, { minLength: 1, maxLength: 5 }), rule, fc.nat(), fc.constantFrom(0, 1, 2, 3))
    .map(([before, other, place, what]) => {
      const at = place % before.length;
      const [left, right] = [before.slice(0, at), before.slice(at + 1)];
      const own = before[at] as Rule;
      const after = [
        [...left, ...right],
        [...before, other],
        [...left, other, ...right],
        [own, ...left, ...right],
      ];
      return { before, after: after[what] as readonly Rule[] };
    });
}

function numbered<Rule extends object>(
  rules: readonly Rule[],
  property: "number" | "priority",
): readonly Rule[] {
  return rules.map((rule, index) => ({ ...rule, [property]: 100 + index }));
}

/** At every border, and one beside it. */
const addresses = [
  ...new Set(
    [...networks, "168.63.129.16/32"].flatMap((one) => [
      rangeOf(one)[0],
      rangeOf(one)[1],
      rangeOf(one)[1] + 1,
    ]),
  ),
].filter((address) => address < 2 ** 32);
const ports = [0, 80, 443, 444, 1023, 1024, 65535];

function packets(seed: number, count: number): readonly Packet[] {
  return fc.sample(
    fc.record({
      direction: fc.constantFrom("inbound" as const, "outbound" as const),
      protocol: fc.constantFrom("tcp", "udp"),
      source: fc.constantFrom(...addresses),
      destination: fc.constantFrom(...addresses),
      port: fc.constantFrom(...ports),
      sourcePort: fc.constantFrom(1, 2000),
      isNear: fc.boolean(),
    }),
    { seed, numRuns: count },
  );
}

const kinds = {
  group: {
    rules: changed(awsRule),
    steps: (before: readonly AwsRule[], after: readonly AwsRule[]): readonly Shown[] => {
      const inline = (rules: readonly AwsRule[], egress: boolean) =>
        rules
          .filter((rule) => rule.egress === egress)
          .map(({ protocol, from, to, cidr }) => ({
            protocol,
            fromPort: from,
            toPort: to,
            cidrBlocks: [cidr],
          }));
      const inputs = (rules: readonly AwsRule[]) => ({
        ingress: inline(rules, false),
        egress: inline(rules, true),
      });
      return [
        {
          op: "update",
          type: awsTypes.securityGroup,
          name: "it",
          before: inputs(before),
          after: inputs(after),
        },
      ];
    },
  },
  acl: {
    rules: changed(aclRule).map(({ before, after }) => ({
      before: numbered(before, "number"),
      after: numbered(after, "number"),
    })),
    steps: (
      before: readonly (AwsRule & { number: number; allows: boolean })[],
      after: readonly (AwsRule & { number: number; allows: boolean })[],
    ): readonly Shown[] => {
      const inline = (rules: typeof before, egress: boolean) =>
        rules
          .filter((rule) => rule.egress === egress)
          .map(({ protocol, from, to, cidr, number, allows }) => ({
            ruleNo: number,
            action: allows ? "allow" : "deny",
            protocol,
            fromPort: from,
            toPort: to,
            cidrBlock: cidr,
          }))
          .reverse();
      const inputs = (rules: typeof before) => ({
        ingress: inline(rules, false),
        egress: inline(rules, true),
      });
      return [
        {
          op: "update",
          type: addedTypes.networkAcl,
          name: "it",
          before: inputs(before),
          after: inputs(after),
        },
      ];
    },
  },
  nsg: {
    rules: changed(nsgRule).map(({ before, after }) => ({
      before: numbered(before, "priority"),
      after: numbered(after, "priority"),
    })),
    steps: (before: readonly NsgRule[], after: readonly NsgRule[]): readonly Shown[] => {
      const inputs = (rules: readonly NsgRule[]) => ({
        securityRules: rules
          .map(({ source, destination, ports: range_, sourcePorts, ...rule }) => ({
            ...rule,
            name: `r${String(rule.priority)}`,
            sourceAddressPrefix: source,
            destinationAddressPrefix: destination,
            destinationPortRange: range_,
            sourcePortRange: sourcePorts,
          }))
          .reverse(),
      });
      return [
        {
          op: "update",
          type: azureTypes.networkSecurityGroup,
          name: "it",
          before: inputs(before),
          after: inputs(after),
        },
      ];
    },
  },
};

/** How many changes of each kind are tried, and with how many packets each. */
const tried = { changes: 150, packets: 400 };

describe("generated changes of rules, packet by packet", function () {
  this.timeout("2m");
  for (const kind of ["group", "acl", "nsg"] as const)
    it(`open and close what the review says: ${kind}`, () => {
      const { rules, steps } = kinds[kind];
      const passes = lets[kind] as (rules: readonly unknown[], packet: Packet) => boolean;
      const show = steps as (before: readonly unknown[], after: readonly unknown[]) => readonly Shown[];
      const wrong: string[] = [];
      const seen = { opened: 0, closed: 0, same: 0, alike: 0 };
      const pairs: fc.Arbitrary<Record<"before" | "after", readonly unknown[]>> = rules;
      const samples = fc.sample(pairs, {
        seed: 7,
        numRuns: tried.changes,
      });
      for (const [number, { before, after }] of samples.entries()) {
        const [found] = compareFlows(shownPreview(show(before, after)));
        if (found !== undefined && found.kind !== "filter") throw new Error(JSON.stringify(found));
        const { opened, closed } = found ?? { opened: [], closed: [] };
        if (opened.length + closed.length === 0) seen.alike += 1;
        for (const packet of packets(number, tried.packets)) {
          const [was, is] = [passes(before, packet), passes(after, packet)];
          const says = {
            opened: opened.some((flow) => has(flow, packet)),
            closed: closed.some((flow) => has(flow, packet)),
          };
          const truly = { opened: !was && is, closed: was && !is };
          seen[truly.opened ? "opened" : truly.closed ? "closed" : "same"] += 1;
          if (JSON.stringify(says) !== JSON.stringify(truly))
            wrong.push(JSON.stringify({ packet, says, truly, opened, before, after }));
        }
      }
      expect(wrong.slice(0, 3)).to.deep.equal([]);
      // Without packets of each kind, and changes without effect, the oracle proves nothing.
      for (const count of Object.values(seen)) expect(count).to.be.greaterThan(5);
    });
});

interface PlainRoute {
  readonly destination: string;
  readonly target: string;
}

/** By hand: the longest prefix, and of two alike the one that stands first. */
function wayOf(routes: readonly PlainRoute[], address: number): string | undefined {
  let best: PlainRoute | undefined;
  for (const route of routes) {
    const length = ({ destination }: PlainRoute) => Number(destination.split("/")[1]);
    if (lies(address, route.destination) && (best === undefined || length(route) > length(best)))
      best = route;
  }
  return best?.target;
}

const destinations = networks.filter((one) => !one.startsWith("10.1.1"));
const routes = fc
  .uniqueArray(
    fc.record({
      destination: fc.constantFrom(...destinations),
      target: fc.constantFrom("igw-1", "pcx-1", "vgw-1"),
    }),
    { maxLength: 5, selector: ({ destination }) => destination },
  )
  .chain((before) =>
    fc
      .tuple(fc.constant(before), fc.subarray(before), fc.constantFrom("igw-1", "tgw-1"))
      .map(([, some, target]) => ({
        before,
        after: [...some, { destination: "10.1.1.0/24", target }],
      })),
  );

describe("generated changes of routes, address by address", () => {
  it("lead where the review says", () => {
    let moved = 0;
    const space = "10.9.0.0/24";
    for (const { before, after } of fc.sample(routes, { seed: 3, numRuns: 150 })) {
      const inputs = (some: readonly PlainRoute[]) => ({
        vpcId: "vpc",
        routes: some.map(({ destination, target }) => ({ cidrBlock: destination, gatewayId: target })),
      });
      const [found] = compareFlows(
        shownPreview([
          { op: "same", type: awsTypes.vpc, name: "vpc", before: { cidrBlock: space } },
          {
            op: "update",
            type: awsTypes.routeTable,
            name: "table",
            before: inputs(before),
            after: inputs(after),
          },
        ]),
      );
      if (found?.kind !== "routes") throw new Error(JSON.stringify(found));
      const local = { destination: space, target: "local" };
      for (const address of addresses) {
        const [was, is] = [wayOf([local, ...before], address), wayOf([local, ...after], address)];
        const says = found.rerouted.find(({ to }) => to.some((one) => lies(address, one)));
        if (was === is) expect(says).to.equal(undefined);
        else {
          moved += 1;
          expect([says?.before, says?.after]).to.deep.equal([was, is]);
        }
      }
    }
    expect(moved).to.be.greaterThan(100);
  });
});

describe("control: the oracle of packets", () => {
  it("contradicts a comparison of other rules", () => {
    const allow: NsgRule = {
      priority: 100,
      direction: "Outbound",
      access: "Allow",
      protocol: "Tcp",
      source: "*",
      destination: "10.0.0.0/8",
      ports: "443",
      sourcePorts: "*",
    };
    const deny: NsgRule = { ...allow, access: "Deny" };
    const [found] = compareFlows(shownPreview(kinds.nsg.steps([allow], [deny])));
    if (found?.kind !== "filter") throw new Error(JSON.stringify(found));
    const contradicts = packets(1, 400).some(
      (packet) =>
        found.closed.some((flow) => has(flow, packet)) !==
        (lets.nsg([allow], packet) && !lets.nsg([allow], packet)),
    );
    expect(contradicts).to.equal(true);
  });
});
