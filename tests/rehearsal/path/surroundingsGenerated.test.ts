import { expect } from "chai";
import fc from "fast-check";
import { readEstate } from "../../../rehearsal/estate/estate";
import type { Props, Recording } from "../../../rehearsal/model/recording";
import { addedTypes, awsTypes, azureTypes } from "../../../rehearsal/model/resourceTypes";
import { tracePaths } from "../../../rehearsal/path/path";
import { judgeTunnels } from "../../../rehearsal/tunnels/tunnels";
import { withInputs } from "../fixtures/change";
import { type Fate, fateOf, rangeOf, type World, written } from "./support/routingOracle";
import { clients, joinedStack, withMoreOthers, withOthers, withoutOthers } from "./support/surroundings";

/*
 * Valid surroundings with one thing changed, by chance. Each change says what it does to the recording and what it does
 * to the oracle's world; both must come to the same. A sample runs by itself; EVERY_SURROUNDING=1 runs all.
 */

const runs = process.env["EVERY_SURROUNDING"] === undefined ? 112 : 2400;

type Where = World["where"];
interface Change {
  readonly kind: string;
  readonly world: (world: World) => World;
  readonly recording: (recording: Recording) => Recording;
}

const base = (where: Where, endpoint: string): World => ({
  client: { hub: clients.apps, spoke: clients.work, site: clients.office }[where],
  where,
  endpoint,
  hub: ["10.1.0.0/22"],
  spoke: ["10.101.0.0/22"],
  transit: true,
  table: where === "spoke" ? [{ to: "0.0.0.0/0", hop: "VirtualAppliance", address: "10.1.2.4" }] : [],
  propagation: true,
  nsg: where === "hub" ? hubRules : [],
  vpc: ["10.2.0.0/22", "100.64.0.0/20"],
  officePrefixes: ["10.200.255.1/32", "10.200.0.0/16"],
  officeBgp: true,
  officeAsn: 65_020,
  awsAsn: 64_512,
  circuitPrefixes: ["10.210.0.0/16"],
  firewall: "10.1.2.0/26",
  gatewayTable: [],
  gatewayPropagation: true,
  gatewayNsg: false,
  awsTable: endpoint === "10.2.2.0/24" ? [{ to: "0.0.0.0/0", target: "nat-1" }] : [],
  awsPropagates: true,
  acl: (["in", "out"] as const).map((way) => ({
    ...{ number: 100, way, allow: true, network: "0.0.0.0/0", ports: [0, 65_535] as const },
  })),
  letIn: ["10.2.0.0/22", ...Object.values(clients)],
  plant: ["192.168.10.0/24"],
});

const hubRules: World["nsg"] = [
  { priority: 100, access: "Allow", from: "10.1.0.0/23", to: "10.2.0.0/22", ports: [443, 443], tcp: true },
  { priority: 200, access: "Deny", from: "0.0.0.0/0", to: "10.2.0.0/22", ports: [0, 65_535], tcp: true },
];

/** Networks in, around and beside another. */
function near(network: string): fc.Arbitrary<string> {
  const { first, last, bits } = rangeOf(network);
  return fc
    .tuple(
      fc.integer({ min: bits - 4, max: Math.min(32, bits + 6) }),
      fc.integer({ min: -300, max: last - first + 300 }),
    )
    .map(([length, offset]) => {
      const size = 2 ** (32 - length);
      return written(Math.floor((first + offset) / size) * size, length);
    });
}

const client = (where: Where) => base(where, "").client;
const wheres = ["hub", "spoke", "site"] as const;
const anyClient = fc.constantFrom(...wheres).chain((where) => near(client(where)));
const aws = fc.oneof(near("10.2.0.0/22"), near("10.2.0.0/24"), near("10.2.2.0/24"));
const wide = fc.constantFrom("0.0.0.0/1", "128.0.0.0/1", "0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/12");
const ports = fc.constantFrom(
  [443, 443],
  [0, 442],
  [400, 500],
  [1024, 65_535],
  [50_000, 65_535],
  [0, 65_535],
) as fc.Arbitrary<readonly [number, number]>;

const routes = (name: string) => (recording: Recording) =>
  (recording.surroundings?.find((one) => one.name === name)?.inputs["routes"] ?? []) as readonly Props[];

const udr = (to: string, hop: string, address: string | undefined): Props => ({
  ...{ name: "added", addressPrefix: to, nextHopType: hop },
  ...(address === undefined ? {} : { nextHopIpAddress: address }),
});

const hops = fc.constantFrom<readonly [string, string | undefined]>(
  ["VirtualAppliance", "10.1.2.4"],
  ["VirtualAppliance", "192.0.2.9"],
  ["None", undefined],
  ["Internet", undefined],
  ["VirtualNetworkGateway", undefined],
);

const subnetOf = { hub: "azure-client-subnet", spoke: "work" } as const;
const tableId = "/subscriptions/1/resourceGroups/others/providers/Microsoft.Network/routeTables/added-table";

/** A change for the clients in one network alone. */
const only = (where: Where, change: (world: World) => World) => (world: World) =>
  world.where === where ? change(world) : world;

const tableChange = (kind: string, table: Props, change: (world: World) => World): Change => ({
  kind,
  world: change,
  recording: (recording) =>
    withMoreOthers(
      withOthers(recording, "azure-gateway-subnet", { inputs: { routeTable: { id: tableId } } }),
      {
        ...{ type: addedTypes.azureRouteTable, id: tableId, inputs: table },
      },
    ),
});

const changes: readonly fc.Arbitrary<Change>[] = [
  fc.tuple(fc.oneof(aws, wide), hops).map(([to, [hop, address]]): Change => ({
    kind: "a route in the spoke's table",
    world: only("spoke", (world) => ({
      ...world,
      table: [...world.table, { to, hop, ...(address === undefined ? {} : { address }) }],
    })),
    recording: (recording) =>
      withOthers(recording, "to-firewall", {
        inputs: { routes: [...routes("to-firewall")(recording), udr(to, hop, address)] },
      }),
  })),
  fc.tuple(aws, hops, fc.boolean()).map(([to, [hop, address], propagation]): Change => ({
    kind: "a route table on the hub's clients",
    world: only("hub", (world) => ({
      ...world,
      propagation,
      table: [{ to, hop, ...(address === undefined ? {} : { address }) }],
    })),
    recording: (recording) =>
      withMoreOthers(withOthers(recording, subnetOf.hub, { inputs: { routeTable: { id: tableId } } }), {
        type: addedTypes.azureRouteTable,
        id: tableId,
        inputs: { routes: [udr(to, hop, address)], disableBgpRoutePropagation: !propagation },
      }),
  })),
  fc.constant<Change>({
    kind: "propagation off in the spoke's table",
    world: only("spoke", (world) => ({ ...world, propagation: false })),
    recording: (recording) =>
      withOthers(recording, "to-firewall", { inputs: { disableBgpRoutePropagation: true } }),
  }),
  fc
    .record({
      ...{
        priority: fc.constantFrom(90, 150, 300),
        access: fc.constantFrom("Allow" as const, "Deny" as const),
      },
      ...{ from: near(clients.work), to: aws, ports, tcp: fc.boolean() },
    })
    .map((rule): Change => ({
      kind: "a rule in the spoke's security group",
      world: only("spoke", (world) => ({ ...world, nsg: [...world.nsg, rule] })),
      recording: (recording) =>
        withOthers(recording, "work-rules", { inputs: { securityRules: [securityRule(rule)] } }),
    })),
  fc
    .constantFrom<readonly [string, Props | undefined, Props, boolean]>(
      ["to-spoke", { allowGatewayTransit: false }, {}, false],
      ["to-spoke", {}, { peeringState: "Disconnected" }, false],
      ["to-spoke", { allowForwardedTraffic: true }, {}, true],
      ["to-spoke", { allowVirtualNetworkAccess: false }, {}, false],
      ["to-spoke", undefined, {}, false],
      ["hub", { useRemoteGateways: false }, {}, false],
      ["hub", {}, { peeringState: "Initiated" }, false],
      ["hub", {}, { peeringState: "Connected" }, true],
      ["hub", undefined, {}, false],
      ["both", undefined, {}, false],
    )
    .map(([name, inputs, outputs, transit]): Change => ({
      kind: "one side of the peering",
      world: (world) => ({ ...world, transit }),
      recording: (recording) => {
        const sides = (recording.surroundings ?? []).filter(
          ({ type }) => type === azureTypes.virtualNetworkPeering,
        );
        if (name === "both") return withoutOthers(recording, ...sides.map((one) => one.name));
        const found = sides.find((one) => (name === "to-spoke") === (one.name === "to-spoke"));
        const side = found?.name ?? "";
        return inputs === undefined
          ? withoutOthers(recording, side)
          : withOthers(recording, side, { inputs, outputs });
      },
    })),
  fc.tuple(fc.oneof(anyClient, wide), hops).map(([to, [hop, address]]) =>
    tableChange(
      "a route in the table of the GatewaySubnet",
      { routes: [udr(to, hop, address)] },
      (world) => ({
        ...world,
        gatewayTable: [{ to, hop, ...(address === undefined ? {} : { address }) }],
      }),
    ),
  ),
  fc.boolean().map((off) =>
    tableChange("propagation in the GatewaySubnet", { disableBgpRoutePropagation: off }, (world) => ({
      ...world,
      gatewayPropagation: !off,
    })),
  ),
  fc.tuple(anyClient, fc.constantFrom("tgw-1", "pcx-1", "vgw")).map(([to, target]): Change => ({
    kind: "a written route in the second zone's table",
    world: (world) =>
      world.endpoint === "10.2.2.0/24" ? { ...world, awsTable: [...world.awsTable, { to, target }] } : world,
    recording: (recording) => {
      const vgw = recording.surroundings?.find(({ type }) => type === awsTypes.vpnGateway)?.id ?? "";
      const route =
        target === "vgw"
          ? { gatewayId: vgw }
          : target === "tgw-1"
            ? { transitGatewayId: target }
            : { vpcPeeringConnectionId: target };
      return withOthers(recording, "rtb-second", {
        inputs: { routes: [...routes("rtb-second")(recording), { cidrBlock: to, ...route }] },
      });
    },
  })),
  fc.constant<Change>({
    kind: "no propagation into the second zone's table",
    world: (world) => (world.endpoint === "10.2.2.0/24" ? { ...world, awsPropagates: false } : world),
    recording: (recording) =>
      withOthers(recording, "rtb-second", {
        inputs: { propagatingVgws: [] },
        outputs: { propagatedRoutes: [] },
      }),
  }),
  fc
    .record({
      ...{ number: fc.constantFrom(50, 150), way: fc.constantFrom("in" as const, "out" as const) },
      ...{ allow: fc.boolean(), network: anyClient, ports },
    })
    .map((rule): Change => ({
      kind: "a rule of the network ACL",
      world: (world) => ({ ...world, acl: [...world.acl, rule] }),
      recording: (recording) => {
        const way = rule.way === "in" ? "ingress" : "egress";
        const before = recording.surroundings?.find(({ name }) => name === "acl-others")?.inputs[
          way
        ] as Props[];
        const added = {
          ...{ ruleNo: rule.number, action: rule.allow ? "allow" : "deny", protocol: "tcp" },
          ...{ cidrBlock: rule.network, fromPort: rule.ports[0], toPort: rule.ports[1] },
        };
        return withOthers(recording, "acl-others", { inputs: { [way]: [...before, added] } });
      },
    })),
  anyClient.map((to): Change => ({
    kind: "a static route of another site behind the virtual private gateway",
    world: (world) => ({ ...world, plant: [...world.plant, to] }),
    recording: (recording) =>
      withMoreOthers(recording, {
        type: awsTypes.vpnConnectionRoute,
        id: "vpn-plant-route2",
        inputs: { vpnConnectionId: "vpn-plant", destinationCidrBlock: to },
      }),
  })),
  fc.tuple(fc.oneof(aws, near(clients.office)), fc.boolean()).map(([network, circuit]): Change => ({
    kind: circuit ? "a network learned by ExpressRoute" : "a network learned from the office",
    world: (world) =>
      circuit
        ? { ...world, circuitPrefixes: [...world.circuitPrefixes, network] }
        : { ...world, officePrefixes: [...world.officePrefixes, network] },
    recording: (recording) => {
      const name = circuit ? "circuits" : "vpn-azure-gateway";
      const found = recording.surroundings?.find((one) => one.name === name)?.outputs[
        "learnedRoutes"
      ] as Props[];
      const nextHop = circuit ? "10.1.3.230" : "10.200.255.1";
      const route = { network, nextHop, asPath: circuit ? "12076" : "65020", origin: "EBgp" };
      return withOthers(recording, name, { outputs: { learnedRoutes: [...found, route] } });
    },
  })),
  fc.boolean().map((bgp): Change => ({
    kind: bgp ? "the office's ASN" : "the office's BGP",
    world: (world) => ({ ...world, ...(bgp ? { officeAsn: world.awsAsn } : { officeBgp: false }) }),
    recording: (recording) =>
      bgp
        ? withOthers(recording, "office-router", {
            inputs: { bgpSettings: { asn: 64_512, bgpPeeringAddress: "10.200.255.1" } },
          })
        : withOthers(recording, "office", { inputs: { enableBgp: false } }),
  })),
  fc.tuple(fc.constantFrom("apps", "work", "office"), anyClient).map(([name, network]): Change => ({
    kind: "a rule of the endpoint's security group",
    world: (world) => ({
      ...world,
      letIn: ["10.2.0.0/22", ...Object.entries({ ...clients, [name]: network }).map(([, one]) => one)],
    }),
    recording: (recording) => withInputs(recording, `s3-https-from-${name}`, { cidrIpv4: network }),
  })),
  fc.constantFrom("10.9.0.0/16", "10.2.0.0/23", "10.2.2.128/25", "172.20.0.0/16").map((prefix): Change => ({
    kind: "a further prefix of the hub",
    world: (world) => ({ ...world, hub: [...world.hub, prefix] }),
    recording: (recording) =>
      withOthers(recording, "azure-network", {
        inputs: { addressSpace: { addressPrefixes: ["10.1.0.0/22", prefix] } },
      }),
  })),
  fc.constant<Change>({
    kind: "a security group on the GatewaySubnet",
    world: (world) => ({ ...world, gatewayNsg: true }),
    recording: (recording) =>
      withOthers(recording, "azure-gateway-subnet", { inputs: { networkSecurityGroup: { id: "/nsg" } } }),
  }),
];

function securityRule(rule: World["nsg"][number]): Props {
  return {
    ...{ name: "added", priority: rule.priority, access: rule.access, direction: "Outbound" },
    ...{ protocol: rule.tcp ? "Tcp" : "Udp", sourceAddressPrefix: rule.from, sourcePortRange: "*" },
    ...{ destinationAddressPrefix: rule.to, destinationPortRange: `${rule.ports[0]}-${rule.ports[1]}` },
  };
}

/** What the path says of the clients in one place, to one address of the endpoint. */
function judged(recording: Recording): ReadonlyMap<string, Fate> {
  const estate = readEstate(recording);
  const fates = new Map<string, Fate>();
  for (const { clientName = "", endpoint, forward, back } of tracePaths(estate, judgeTunnels(estate))) {
    const outcomes = [...forward, ...back].map(({ outcome }) => outcome);
    const own: Fate = outcomes.includes("broken")
      ? "stops"
      : outcomes.includes("not judged")
        ? "unsure"
        : "arrives";
    const key = `${clientName} ${endpoint}`;
    const rank = { arrives: 0, unsure: 1, stops: 2 };
    const known = fates.get(key) ?? "arrives";
    fates.set(key, rank[own] > rank[known] ? own : known);
  }
  return fates;
}

const nameOf = { hub: "apps", spoke: "work", site: "office" } as const;

describe("Surroundings by chance", function () {
  this.timeout("10m");
  let recording: Recording;

  before(async () => {
    recording = await joinedStack();
  });

  const expected = (change: (world: World) => World) =>
    wheres.flatMap((where) =>
      ["10.2.0.0/24", "10.2.2.0/24"].map(
        (endpoint) => [`${nameOf[where]} ${endpoint}`, fateOf(change(base(where, endpoint)))] as const,
      ),
    );

  it("let every client through where nothing is changed", () => {
    expect(Object.fromEntries(judged(recording))).to.deep.equal(
      Object.fromEntries(expected((world) => world)),
    );
    expect(new Set(judged(recording).values())).to.deep.equal(new Set(["arrives"]));
  });

  it(`are told where, and only where, one change stops a packet: ${runs} of them`, () => {
    const perKind = Math.ceil(runs / changes.length);
    const seen = new Set<Fate>();
    const wrong: string[] = [];
    changes.forEach((change, at) => {
      const sample = fc.sample(change, { numRuns: perKind, seed: 15 + at });
      for (const { kind, world, recording: changed } of sample) {
        const found = judged(changed(recording));
        for (const [client, fate] of expected(world)) {
          seen.add(fate);
          const told = found.get(client) ?? "no path";
          if (told !== fate) wrong.push(`${kind}: ${client} ${told}, not ${fate}: ${difference(world)}`);
        }
      }
    });
    expect(wrong).to.deep.equal([]);
    expect([...seen]).to.have.members(["arrives", "stops", "unsure"]);
  });
});

/** What a change makes of the world, for a message. */
function difference(change: (world: World) => World): string {
  return wheres
    .flatMap((where) => ["10.2.0.0/24", "10.2.2.0/24"].map((endpoint) => base(where, endpoint)))
    .flatMap((before) => {
      const after = change(before);
      const keys = Object.keys(after) as (keyof World)[];
      return keys
        .filter((key) => JSON.stringify(after[key]) !== JSON.stringify(before[key]))
        .map((key) => JSON.stringify(after[key]));
    })
    .join(" ");
}
