/*
 * What becomes of one packet in the surroundings of `surroundings.ts`, worked out address by address with plain
 * arithmetic. It shares no code with the program or with the rehearsal: only whole numbers, longest prefixes and the
 * order of rules.
 */

export type Fate = "arrives" | "stops" | "unsure";

interface Range {
  readonly first: number;
  readonly last: number;
  readonly bits: number;
}

export function rangeOf(network: string): Range {
  const [address = "", bits = "32"] = network.split("/");
  const value = address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
  const size = 2 ** (32 - Number(bits));
  const first = Math.floor(value / size) * size;
  return { first, last: first + size - 1, bits: Number(bits) };
}

export function written(first: number, bits: number): string {
  return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join(".")}/${bits}`;
}

const inside = (network: string, address: number) => {
  const { first, last } = rangeOf(network);
  return first <= address && address <= last;
};

const bitsOf = (network: string) => rangeOf(network).bits;

/** Both sides of every border within a network: between them nothing changes. */
function telling(network: string, borders: readonly string[]): readonly number[] {
  const whole = rangeOf(network);
  const edges = borders.map(rangeOf).flatMap(({ first, last }) => [first - 1, first, last, last + 1]);
  return [...new Set([whole.first, whole.last, ...edges])].filter((address) => inside(network, address));
}

export interface Udr {
  readonly to: string;
  readonly hop: string;
  readonly address?: string;
}

export interface NsgRule {
  readonly priority: number;
  readonly access: "Allow" | "Deny";
  readonly from: string;
  readonly to: string;
  readonly ports: readonly [number, number];
  readonly tcp: boolean;
}

export interface AclRule {
  readonly number: number;
  readonly way: "in" | "out";
  readonly allow: boolean;
  readonly network: string;
  readonly ports: readonly [number, number];
}

/** The surroundings as far as they decide, in plain numbers and names. */
export interface World {
  readonly client: string;
  readonly where: "hub" | "spoke" | "site";
  readonly endpoint: string;
  readonly hub: readonly string[];
  readonly spoke: readonly string[];
  /** Whether the spoke uses the hub's gateway, and both sides are whole. */
  readonly transit: boolean;
  readonly table: readonly Udr[];
  readonly propagation: boolean;
  readonly nsg: readonly NsgRule[];
  readonly vpc: readonly string[];
  readonly officePrefixes: readonly string[];
  readonly officeBgp: boolean;
  readonly officeAsn: number;
  readonly awsAsn: number;
  readonly circuitPrefixes: readonly string[];
  readonly firewall: string;
  readonly gatewayTable: readonly Udr[];
  readonly gatewayPropagation: boolean;
  readonly gatewayNsg: boolean;
  readonly awsTable: readonly { readonly to: string; readonly target: string }[];
  readonly awsPropagates: boolean;
  readonly acl: readonly AclRule[];
  readonly letIn: readonly string[];
  readonly plant: readonly string[];
}

export function fateOf(world: World): Fate {
  const borders = [
    ...[...world.hub, ...world.spoke, ...world.vpc, ...world.officePrefixes, ...world.circuitPrefixes],
    ...[...world.letIn, ...world.plant, ...world.awsTable.map(({ to }) => to)],
    ...[...world.table, ...world.gatewayTable].map(({ to }) => to),
    ...world.acl.map(({ network }) => network),
    ...world.nsg.flatMap(({ from, to }) => [from, to]),
  ];
  if (world.gatewayNsg || !world.gatewayPropagation) return "stops";
  if (world.gatewayTable.some(({ to }) => bitsOf(to) === 0)) return "stops";
  // The far ends of the tunnels are on the internet.
  const far = azureHop(world.gatewayTable, [], world.hub, world.spoke, rangeOf("198.51.100.110").first);
  if (far.hop !== "Internet") return "stops";
  const fates = telling(world.client, borders).flatMap((source) =>
    telling(world.endpoint, borders).map((target) => fateOfPacket(world, source, target)),
  );
  if (fates.includes("stops")) return "stops";
  return fates.includes("unsure") ? "unsure" : "arrives";
}

function fateOfPacket(world: World, source: number, target: number): Fate {
  const steps = [
    () => leaves(world, source, target),
    () => atAzureGateway(world, target),
    () => (aclPasses(world, "in", source, [443]) ? "arrives" : "stops"),
    () => (world.letIn.some((network) => inside(network, source)) ? "arrives" : "stops"),
    () => (aclPasses(world, "out", source, [1024, 65_535]) ? "arrives" : "stops"),
    () => (awsTargetOf(world, source) === "vgw" ? "arrives" : "stops"),
    () => atAwsGateway(world, source),
    () => delivered(world, source),
  ] as const;
  const fates = steps.map((step): Fate => step());
  if (fates.includes("stops")) return "stops";
  return fates.includes("unsure") ? "unsure" : "arrives";
}

function leaves(world: World, source: number, target: number): Fate {
  if (world.where === "site") {
    if (!world.officeBgp) return "unsure";
    return world.officeAsn !== world.awsAsn ? "arrives" : "stops";
  }
  const denied = [...world.nsg]
    .sort((one, other) => one.priority - other.priority)
    .find(
      ({ from, to, ports, tcp }) =>
        tcp && inside(from, source) && inside(to, target) && ports[0] <= 443 && 443 <= ports[1],
    );
  if (denied?.access === "Deny") return "stops";
  if (world.where === "spoke" && !world.transit) return "stops";
  const gateway = world.propagation ? world.vpc : [];
  const [own, peer] = world.where === "hub" ? [world.hub, world.spoke] : [world.spoke, world.hub];
  const hop = azureHop(world.table, gateway, own, world.transit ? peer : [], target);
  // Beside an ExpressRoute gateway a written route to the gateway is not supported.
  if (hop.hop === "VirtualNetworkGateway") return hop.written ? "stops" : "arrives";
  return firewallFate(world, hop);
}

function firewallFate(world: World, { hop, address }: { hop: string; address?: string | undefined }): Fate {
  const seen = address !== undefined && inside(world.firewall, rangeOf(address).first);
  return hop === "VirtualAppliance" && seen ? "unsure" : "stops";
}

interface Hop {
  readonly hop: string;
  readonly address?: string | undefined;
  readonly written: boolean;
}

function azureHop(
  table: readonly Udr[],
  gateway: readonly string[],
  own: readonly string[],
  peer: readonly string[],
  address: number,
): Hop {
  const all: { to: string; hop: string; rank: number; address?: string | undefined }[] = [
    ...table.map(({ to, hop, address: via }) => ({ to, hop, rank: 0, address: via })),
    ...own.map((to) => ({ to, hop: "VnetLocal", rank: 2 })),
    ...peer.map((to) => ({ to, hop: "VNetPeering", rank: 2 })),
    { to: "0.0.0.0/0", hop: "Internet", rank: 2 },
  ];
  const near = [...own, ...peer].some((network) => inside(network, address));
  if (!near) all.push(...gateway.map((to) => ({ to, hop: "VirtualNetworkGateway", rank: 1 })));
  // Without a default route of the user's own, private addresses that nobody claims go nowhere.
  if (!table.some(({ to }) => to === "0.0.0.0/0"))
    for (const to of ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"])
      all.push({ to, hop: "None", rank: 2 });
  const [best] = all
    .filter(({ to }) => inside(to, address))
    .sort((one, other) => bitsOf(other.to) - bitsOf(one.to) || one.rank - other.rank);
  return { hop: best?.hop ?? "None", address: best?.address, written: best?.rank === 0 };
}

const longest = (networks: readonly string[], address: number) =>
  Math.max(-1, ...networks.filter((network) => inside(network, address)).map(bitsOf));

function atAzureGateway(world: World, target: number): Fate {
  const ours = longest(world.vpc, target);
  const [office, circuit] = [longest(world.officePrefixes, target), longest(world.circuitPrefixes, target)];
  if (circuit >= ours && circuit >= 0) return "stops";
  if (office > ours) return "stops";
  return office === ours && office >= 0 ? "unsure" : "arrives";
}

function aclPasses(
  world: World,
  way: AclRule["way"],
  source: number,
  [from = 0, to = from]: number[],
): boolean {
  const rules = world.acl.filter((rule) => rule.way === way).sort((a, b) => a.number - b.number);
  const edges = rules.flatMap(({ ports }) => [ports[0] - 1, ports[0], ports[1], ports[1] + 1]);
  return [from, to, ...edges]
    .filter((port) => from <= port && port <= to)
    .every(
      (port) =>
        rules.find(({ network, ports }) => inside(network, source) && ports[0] <= port && port <= ports[1])
          ?.allow === true,
    );
}

function announced(world: World): readonly string[] {
  const office = !world.officeBgp || world.officeAsn !== world.awsAsn ? world.officePrefixes : [];
  return [...world.hub, ...(world.transit ? world.spoke : []), ...office];
}

function awsTargetOf(world: World, source: number): string | undefined {
  const local = world.vpc.some((network) => inside(network, source));
  const propagated = world.awsPropagates && !local ? [...announced(world), ...world.plant] : [];
  const all = [
    ...world.vpc.map((to) => ({ to, target: "local", rank: 0 })),
    ...world.awsTable.map(({ to, target }) => ({ to, target, rank: 1 })),
    ...propagated.map((to) => ({ to, target: "vgw", rank: 2 })),
  ];
  const [best] = all
    .filter(({ to }) => inside(to, source))
    .sort((one, other) => bitsOf(other.to) - bitsOf(one.to) || one.rank - other.rank);
  return best?.target;
}

function atAwsGateway(world: World, source: number): Fate {
  const ours = longest(announced(world), source);
  if (ours < 0) return "stops";
  // What somebody wrote beats what BGP brings.
  return longest(world.plant, source) >= ours ? "stops" : "arrives";
}

function delivered(world: World, source: number): Fate {
  if (world.where === "site") {
    const [own, other] = [longest(world.officePrefixes, source), longest(world.circuitPrefixes, source)];
    return other >= own ? "unsure" : "arrives";
  }
  const { hop, address } = azureHop(
    world.gatewayTable,
    [],
    world.hub,
    world.transit ? world.spoke : [],
    source,
  );
  if (hop === (world.where === "hub" ? "VnetLocal" : "VNetPeering")) return "arrives";
  return firewallFate(world, { hop, address });
}
