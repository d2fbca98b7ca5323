import type { World } from "./world";

/*
 * Why the link of a stack would not work in a world, or a cloud refuse a part of it: address by address, with plain
 * arithmetic, out of the snapshot itself. It shares no code with the program or with the rehearsal.
 */

type Raw = Readonly<Record<string, unknown>>;
interface Thing {
  readonly type: string;
  readonly id: string;
  readonly inputs: Raw;
  readonly outputs: Raw;
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (now, key) => (typeof now === "object" && now !== null ? (now as Raw)[key] : undefined),
    value,
  );
}
const texts = (value: unknown) =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
const raws = (value: unknown) => (Array.isArray(value) ? (value as readonly Raw[]) : []);
const text = (value: unknown) => (typeof value === "string" ? value : "");
const same = (one: unknown, other: unknown) => text(one).toLowerCase() === text(other).toLowerCase();

interface Range {
  readonly first: number;
  readonly last: number;
  readonly bits: number;
}

const known = new Map<string, Range>();

/** Remembered: the same few networks are asked for at every address. */
export function numbers(network: string): Range {
  const found = known.get(network) ?? rangeOf(network);
  known.set(network, found);
  return found;
}

function rangeOf(network: string): Range {
  const [address = "", bits = "32"] = network.split("/");
  const value = address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
  const size = 2 ** (32 - Number(bits));
  return { first: value - (value % size), last: value - (value % size) + size - 1, bits: Number(bits) };
}

const ipv4 = /^\d+(\.\d+){3}\/\d+$/;
const holds = (network: string, address: number) => {
  const { first, last } = numbers(network);
  return first <= address && address <= last;
};
const meet = (one: string, other: string) => {
  const [a, b] = [numbers(one), numbers(other)];
  return a.first <= b.last && b.first <= a.last;
};
const within = (part: string, whole: string) =>
  meet(part, whole) && numbers(part).bits >= numbers(whole).bits;

/** Both sides of every border in a network: between them nothing changes. */
function telling(network: string, borders: readonly string[]): readonly number[] {
  const whole = numbers(network);
  const edges = borders
    .filter((one) => /^[\d.]+(\/\d+)?$/.test(one))
    .map(numbers)
    .flatMap(({ first, last }) => [first - 1, first, last, last + 1]);
  return [...new Set([whole.first, whole.last, ...edges])].filter(
    (address) => whole.first <= address && address <= whole.last,
  );
}

interface Route {
  readonly to: string;
  readonly hop: string;
  /** 0 is written by a user, 1 comes from a gateway, 2 is the cloud's own. */
  readonly rank: number;
}

/** Of the routes that hold an address the one that is taken. */
export type Choice = (near: readonly Route[]) => Route | undefined;
export const longestFirst: Choice = (near) =>
  [...near].sort((one, other) => numbers(other.to).bits - numbers(one.to).bits || one.rank - other.rank)[0];
/** Of the rules that match a packet the one that decides. */
type Order = (one: number, other: number) => number;
export const lowestFirst: Order = (one, other) => one - other;

export interface Rules {
  readonly choose: Choice;
  readonly order: Order;
}

/** Addresses that AWS has in ap-northeast-1, where the far ends of tunnels are. @see https://ip-ranges.amazonaws.com/ip-ranges.json */
const farEnds = [
  "3.112.0.1",
  "13.112.0.1",
  "18.176.0.1",
  "35.72.0.1",
  "52.68.0.1",
  "54.64.0.1",
  "175.41.192.1",
];
/** ASNs that Azure takes from no peer. @see https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-vpn-faq#bgp */
const notFromPeers = new Set([8074, 8075, 12_076, 65_515, 65_517, 65_518, 65_519, 65_520]);
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

/** Why it would not work; nothing where it does. */
export function judge(
  world: World,
  rules: Rules = { choose: longestFirst, order: lowestFirst },
): readonly string[] {
  return [...new Set(new Judge(world, rules).reasons())];
}

/** The clients of a stack that no network in Azure holds as far as its hub tells. */
export function onPremises({ settings, resources }: World): readonly string[] {
  const hub = text(settings["azureVirtualNetworkId"]).toLowerCase();
  const around = resources.filter(({ id }) => id.toLowerCase().startsWith(hub));
  const known = around.flatMap((one) => [
    ...texts(at(one, "inputs", "addressSpace", "addressPrefixes")),
    ...texts(at(one, "outputs", "remoteAddressSpace", "addressPrefixes")),
  ]);
  const clients = (settings["azureClients"] ?? {}) as Readonly<Record<string, string>>;
  return Object.keys(clients).filter((name) => !known.some((one) => meet(one, clients[name] ?? "")));
}

class Judge {
  private readonly settings: Raw;
  private readonly network: Thing | undefined;
  private readonly vpc: Thing | undefined;
  private readonly gateway: Thing | undefined;
  private readonly bgp: boolean;
  private readonly clients: readonly (readonly [name: string, cidr: string])[];
  private readonly awsPrefixes: readonly string[];
  private readonly kinds = new Map<string, readonly Thing[]>();

  constructor(
    private readonly world: World,
    private readonly rules: Rules,
  ) {
    const { settings } = world;
    this.settings = settings;
    this.network = this.byId(settings["azureVirtualNetworkId"]);
    this.vpc = this.byId(settings["awsVpcId"]);
    this.gateway = this.byId(settings["azureGatewayId"]);
    this.bgp = settings["vpnTopology"] === "active-active";
    const own = text(settings["clientSubnetCidr"]);
    this.clients = [
      ...Object.entries((settings["azureClients"] ?? {}) as Readonly<Record<string, string>>),
      ...(own === "" ? [] : [["azure", own] as const]),
    ];
    const added = this.of("VpcIpv4CidrBlockAssociation").map(({ inputs }) => text(inputs["cidrBlock"]));
    this.awsPrefixes =
      this.vpc === undefined
        ? [text(settings["awsCidr"])]
        : [text(at(this.vpc, "inputs", "cidrBlock")), ...added];
  }

  reasons(): readonly string[] {
    return [
      ...this.overlaps(),
      ...this.azureRefusals(),
      ...this.sharedGatewayLacks(),
      ...this.awsRefusals(),
      ...this.clients.flatMap(([name, cidr]) => this.clientReasons(name, cidr)),
      ...(this.announced().length > 100 ? ["more than 100 routes"] : []),
      ...this.behindAzure(),
      ...this.behindAws(),
    ];
  }

  private of(kind: string): readonly Thing[] {
    const found =
      this.kinds.get(kind) ?? this.world.resources.filter(({ type }) => type.endsWith(`:${kind}`));
    this.kinds.set(kind, found);
    return found;
  }

  private byId(id: unknown): Thing | undefined {
    return id === undefined ? undefined : this.world.resources.find((one) => same(one.id, id));
  }

  private below(network: Thing | undefined, kind: string): readonly Thing[] {
    if (network === undefined) return [];
    return this.of(kind).filter(({ id }) => id.toLowerCase().startsWith(`${network.id.toLowerCase()}/`));
  }

  private prefixes(network: Thing | undefined): readonly string[] {
    return texts(at(network, "inputs", "addressSpace", "addressPrefixes"));
  }

  private spokeIds(): readonly string[] {
    return texts(this.settings["azureSpokes"]);
  }

  private spokes(): readonly Thing[] {
    return this.spokeIds().flatMap((id) => this.byId(id) ?? []);
  }

  private isOwn({ inputs }: Thing): boolean {
    return (
      at(inputs, "tags", "stack") === "joined" && at(inputs, "tags", "project") === "azure-s3-privatelink"
    );
  }

  private remotePrefixes(peering: Thing): readonly string[] {
    return texts(at(peering, "outputs", "remoteAddressSpace", "addressPrefixes"));
  }

  private remoteOf(peering: Thing): unknown {
    return at(peering, "inputs", "remoteVirtualNetwork", "id");
  }

  /** Peerings of the hub with networks that are not peered by the stack. */
  private peerings(): readonly Thing[] {
    return this.below(this.network, "VirtualNetworkPeering").filter(
      (one) => !this.spokeIds().some((id) => same(id, this.remoteOf(one))),
    );
  }

  private gatewaysIn(network: Thing): readonly Thing[] {
    return this.of("VirtualNetworkGateway").filter(({ inputs }) =>
      raws(inputs["ipConfigurations"]).some((one) =>
        text(at(one, "subnet", "id"))
          .toLowerCase()
          .startsWith(`${network.id.toLowerCase()}/`),
      ),
    );
  }

  private gatewaysOfHub(): readonly Thing[] {
    return this.network === undefined ? [] : this.gatewaysIn(this.network);
  }

  private overlaps(): readonly string[] {
    const peers = this.peerings().flatMap((one) => this.remotePrefixes(one));
    const spokes = this.spokes().map((one) => this.prefixes(one));
    const ground = [...this.prefixes(this.network), text(this.settings["azureCidr"])].filter(
      (one) => one !== "",
    );
    const custom = this.gatewaysOfHub().flatMap(({ inputs }) =>
      texts(at(inputs, "customRoutes", "addressPrefixes")),
    );
    const dialIn = this.gatewaysOfHub().flatMap(({ inputs }) =>
      texts(at(inputs, "vpnClientConfiguration", "vpnClientAddressPool", "addressPrefixes")),
    );
    // Where a client is, a peering is preferred to any route of the gateway.
    const holders = this.clients.flatMap(([, cidr]) => this.holder(cidr) ?? []);
    const besides = [...holders, ...this.spokes()]
      .filter((one) => one !== this.network)
      .flatMap((one) => this.below(one, "VirtualNetworkPeering"))
      .filter(({ outputs }) => outputs["peeringState"] === "Connected")
      .filter((one) => !same(this.remoteOf(one), this.network?.id))
      .flatMap((one) => this.remotePrefixes(one));
    const azure = [
      ...[...ground, ...peers, ...spokes.flat(), ...custom, ...dialIn, ...besides],
      ...this.clients.map(([, cidr]) => cidr),
    ];
    const across = azure.some((one) => this.awsPrefixes.some((other) => meet(one, other)));
    const around = spokes.some((spoke, index) =>
      spoke.some((one) =>
        [...ground, ...peers, ...spokes.slice(0, index).flat()].some((other) => meet(one, other)),
      ),
    );
    return [...(across ? ["the two sides overlap"] : []), ...(around ? ["a spoke overlaps"] : [])];
  }

  /** Networks of others that gateways of others in the hub lead to, as the snapshot shows them. */
  private azureSites(kinds: readonly string[]): readonly string[] {
    const gateways = [...this.gatewaysOfHub(), this.gateway].filter(
      (one) => one !== undefined && !this.isOwn(one) && kinds.includes(text(one.inputs["gatewayType"])),
    );
    return [...new Set(gateways)].flatMap((gateway) => {
      const ends = this.of("VirtualNetworkGatewayConnection")
        .filter(({ inputs }) => same(at(inputs, "virtualNetworkGateway1", "id"), gateway?.id))
        .flatMap(({ inputs }) => this.byId(at(inputs, "localNetworkGateway2", "id")) ?? []);
      const listed = ends.flatMap(({ inputs }) =>
        texts(at(inputs, "localNetworkAddressSpace", "addressPrefixes")),
      );
      const learned = raws(at(gateway, "outputs", "learnedRoutes"))
        .filter(({ origin }) => origin !== "Network" && origin !== "IBgp")
        .map((route) => text(route["network"]));
      return [...listed, ...learned].filter((one) => ipv4.test(one));
    });
  }

  /** Whether a gateway sends some address of a range to a site, which has the rank of a tie's winner. */
  private isTaken(range: string, ours: readonly string[], theirs: readonly string[]): boolean {
    const routes: readonly Route[] = [
      ...theirs.map((to) => ({ to, hop: "site", rank: 0 })),
      ...ours.map((to) => ({ to, hop: "tunnels", rank: 1 })),
    ];
    return telling(range, [...ours, ...theirs]).some(
      (address) => this.rules.choose(routes.filter(({ to }) => holds(to, address)))?.hop === "site",
    );
  }

  private behindAzure(): readonly string[] {
    const theirs = this.azureSites(["Vpn", "ExpressRoute"]);
    const ours = [...this.awsPrefixes, ...this.spokes().flatMap((one) => this.prefixes(one))];
    return ours.some((one) => this.isTaken(one, [one], theirs)) ? ["a site behind Azure has it"] : [];
  }

  private behindAws(): readonly string[] {
    const vgw = text(this.settings["awsGatewayId"]);
    if (vgw === "") return [];
    const connections = this.of("VpnConnection").filter(({ inputs }) => inputs["vpnGatewayId"] === vgw);
    const written = this.of("VpnConnectionRoute")
      .filter(({ inputs }) => connections.some(({ id }) => id === inputs["vpnConnectionId"]))
      .map(({ inputs }) => text(inputs["destinationCidrBlock"]));
    const spokes = this.spokes().flatMap((one) => this.prefixes(one));
    const brought = [
      ...this.prefixes(this.network),
      ...this.peerings().flatMap((one) => this.remotePrefixes(one)),
      ...spokes,
      ...this.azureSites(["Vpn", "ExpressRoute"]),
    ];
    const propagated = this.of("RouteTable")
      .flatMap(({ outputs }) => raws(outputs["propagatedRoutes"]))
      .filter(({ gatewayId }) => gatewayId === vgw)
      .map((route) => text(route["destinationCidrBlock"]))
      .filter((one) => !brought.includes(one));
    const theirs = [...written, ...propagated].filter((one) => ipv4.test(one));
    const network = text(this.settings["azureCidr"]);
    const ours = [
      ...(network === "" ? [] : [network]),
      ...(this.bgp ? spokes : []),
      ...this.clients.map(([, cidr]) => cidr),
    ];
    return ours.some((one) => this.isTaken(one, this.announced(), theirs))
      ? ["a site behind AWS has it"]
      : [];
  }

  private azureRefusals(): readonly string[] {
    const { network, settings } = this;
    if (network === undefined) return this.spokeRefusals();
    const found: string[] = [];
    const subnets = this.below(network, "Subnet");
    const gatewaySubnet = subnets.find(({ id }) => id.endsWith("/subnets/GatewaySubnet"));
    const here = text(at(network, "inputs", "location"))
      .replace(/ /g, "")
      .toLowerCase();
    if (this.gateway === undefined) {
      if (here !== "japaneast") found.push("another region");
      const others = this.gatewaysIn(network).filter((one) => !this.isOwn(one));
      if (others.some(({ inputs }) => inputs["gatewayType"] === "Vpn")) found.push("another VPN gateway");
      if (others.length > 0 && settings["gatewaySku"] === "Basic") found.push("Basic beside ExpressRoute");
      const remote = this.below(network, "VirtualNetworkPeering").some(
        ({ inputs }) => inputs["useRemoteGateways"] === true,
      );
      if (remote) found.push("another network's gateways");
      if (gatewaySubnet === undefined && settings["gatewaySubnetCidr"] === undefined)
        found.push("no GatewaySubnet");
      const size = numbers(text(at(gatewaySubnet, "inputs", "addressPrefix"))).bits;
      const most = settings["gatewaySku"] === "Basic" ? 29 : 27;
      if (gatewaySubnet !== undefined && size > most) found.push("a small GatewaySubnet");
    }
    for (const [setting, name] of [
      ["clientSubnetCidr", "azure-s3-privatelink-joined"],
      ["gatewaySubnetCidr", "GatewaySubnet"],
    ] as const) {
      const wanted = text(settings[setting]);
      if (wanted === "") continue;
      if (!this.prefixes(network).some((one) => within(wanted, one))) found.push(`${setting} outside`);
      const taken = subnets.filter(({ inputs, id }) => {
        const there = text(inputs["addressPrefix"]);
        const mine = id.endsWith(`/${name}`) && (name !== "GatewaySubnet" || there === wanted);
        return !mine && meet(there, wanted);
      });
      if (taken.length > 0) found.push(`${setting} taken`);
      if (
        name === "GatewaySubnet" &&
        gatewaySubnet !== undefined &&
        at(gatewaySubnet, "inputs", "addressPrefix") !== wanted
      )
        found.push("a second GatewaySubnet");
    }
    if (at(gatewaySubnet, "inputs", "networkSecurityGroup", "id") !== undefined)
      found.push("a security group on GatewaySubnet");
    const table = this.byId(at(gatewaySubnet, "inputs", "routeTable", "id"));
    if (at(table, "inputs", "disableBgpRoutePropagation") === true)
      found.push("GatewaySubnet learns nothing");
    const routes = this.written(table);
    if (routes.some(({ to }) => to === "0.0.0.0/0")) found.push("a default route on GatewaySubnet");
    const all = this.azureRoutes(routes, network, []);
    const far = farEnds.some((address) => this.taken(all, numbers(address).first)?.hop !== "Internet");
    if (far) found.push("the far ends are out of reach");
    return [...found, ...this.spokeRefusals()];
  }

  private spokeRefusals(): readonly string[] {
    return this.spokes().flatMap((spoke) => {
      const foreign = this.below(spoke, "VirtualNetworkPeering").filter(
        ({ id }) => !id.endsWith("/azure-s3-privatelink-joined"),
      );
      const twice = foreign.filter((one) => same(this.remoteOf(one), this.network?.id));
      const remote = foreign.filter(
        (one) => !twice.includes(one) && one.inputs["useRemoteGateways"] === true,
      );
      return [
        ...(twice.length > 0 ? ["a spoke that is peered"] : []),
        ...(remote.length > 0 ? ["a spoke of another hub"] : []),
        ...(this.gatewaysIn(spoke).length > 0 ? ["a spoke with a gateway"] : []),
      ];
    });
  }

  private sharedGatewayLacks(): readonly string[] {
    const { gateway, network } = this;
    if (gateway === undefined || network === undefined) return [];
    const { inputs, outputs } = gateway;
    const found: string[] = [];
    if (inputs["gatewayType"] !== "Vpn" || inputs["vpnType"] !== "RouteBased")
      found.push("no route-based gateway");
    if (!/^(Basic|VpnGw\d(AZ)?)$/.test(text(at(inputs, "sku", "name")))) found.push("its SKU");
    if (outputs["provisioningState"] !== "Succeeded") found.push("its state");
    if (text(inputs["location"]).replace(/ /g, "").toLowerCase() !== "japaneast") found.push("its region");
    if (!this.gatewaysIn(network).includes(gateway)) found.push("its network");
    if (raws(inputs["natRules"]).length > 0) found.push("NAT");
    const instances = raws(at(outputs, "bgpSettings", "bgpPeeringAddresses"));
    if (instances.length === 0 || instances.some((one) => texts(one["tunnelIpAddresses"]).length === 0))
      found.push("no public addresses");
    if (!this.bgp) return found;
    if (inputs["activeActive"] !== true) found.push("active-standby");
    if (inputs["enableBgp"] !== true) found.push("no BGP");
    const vgw = this.byId(this.settings["awsGatewayId"]);
    const awsAsn = Number(
      vgw === undefined ? (this.settings["awsAsn"] ?? 64_512) : vgw.inputs["amazonSideAsn"],
    );
    if (at(outputs, "bgpSettings", "asn") === awsAsn) found.push("equal ASNs");
    const needed = [
      ["169.254.21.2", "169.254.22.2"],
      ["169.254.21.6", "169.254.22.6"],
    ];
    const lacking = needed.some((addresses, index) =>
      addresses.some((one) => !texts(instances[index]?.["customBgpIpAddresses"]).includes(one)),
    );
    if (lacking) found.push("inside addresses");
    return found;
  }

  private awsRefusals(): readonly string[] {
    const { vpc, settings } = this;
    if (vpc === undefined) return [];
    const found: string[] = [];
    if (vpc.outputs["ownerId"] !== "123456789012") found.push("another account's VPC");
    const subnets = this.endpointSubnets();
    if (subnets.some(({ inputs }) => inputs["vpcId"] !== vpc.id)) found.push("a subnet of another VPC");
    const zones = subnets.map(({ inputs }) => text(inputs["availabilityZone"]));
    if (new Set(zones).size < zones.length) found.push("two subnets in one zone");
    if (zones.some((zone) => !this.world.serviceZones.includes(zone)))
      found.push("a zone without the service");
    if (subnets.some(({ outputs }) => outputs["availableIpAddressCount"] === 0))
      found.push("no free address");
    const attachments = this.of("VpnGatewayAttachment").map(({ inputs }) => inputs);
    const here = attachments.filter(({ vpcId }) => vpcId === vpc.id).map(({ vpnGatewayId }) => vpnGatewayId);
    const vgw = this.byId(settings["awsGatewayId"]);
    if (vgw === undefined) {
      const others = here.filter((id) => {
        const gateway = this.byId(id);
        return gateway !== undefined && !this.isOwn(gateway);
      });
      if (others.length > 0) found.push("another virtual private gateway");
      return found;
    }
    if (!here.includes(vgw.id)) found.push("a gateway that is not attached");
    if (vgw.outputs["state"] !== "available") found.push("a gateway that is not available");
    if (this.bgp && notFromPeers.has(Number(vgw.inputs["amazonSideAsn"]))) found.push("an ASN of Azure");
    const azureAsn = Number(settings["azureAsn"] ?? 65_000);
    if (this.bgp && this.network === undefined && Number(vgw.inputs["amazonSideAsn"]) === azureAsn)
      found.push("equal ASNs");
    return found;
  }

  private endpointSubnets(): readonly Thing[] {
    return texts(this.settings["awsSubnetIds"]).flatMap((id) => this.byId(id) ?? []);
  }

  /** In which network a client is whole. */
  private holder(cidr: string): Thing | undefined {
    const reached = this.peerings().flatMap((one) => this.byId(this.remoteOf(one)) ?? []);
    return [...(this.network === undefined ? [] : [this.network]), ...this.spokes(), ...reached].find(
      (network) => this.prefixes(network).some((one) => within(cidr, one)),
    );
  }

  private clientReasons(name: string, cidr: string): readonly string[] {
    const holder = this.holder(cidr);
    return [
      ...(name === "azure" ? [] : this.placeReasons(cidr, holder)),
      ...(holder === undefined || name === "azure" ? [] : this.wayThere(holder, cidr)),
      ...(holder === undefined ? [] : this.wayBackInAzure(holder, cidr)),
      ...this.inAws(cidr, holder),
    ];
  }

  private placeReasons(cidr: string, holder: Thing | undefined): readonly string[] {
    if (holder !== undefined && (holder === this.network || this.spokes().includes(holder))) return [];
    const peering = this.peerings().find((one) => this.remotePrefixes(one).some((part) => meet(part, cidr)));
    if (peering === undefined) {
      const partly = this.prefixes(this.network).some((one) => meet(one, cidr));
      if (partly) return ["a client partly outside"];
      return this.gateway === undefined ? ["a client in no network"] : [];
    }
    const back = this.below(holder, "VirtualNetworkPeering").find((one) =>
      same(this.remoteOf(one), this.network?.id),
    );
    const sides = [peering, ...(back === undefined ? [] : [back])];
    const found: string[] = [];
    if (sides.some(({ outputs }) => outputs["peeringState"] !== "Connected")) found.push("half a peering");
    if (sides.some(({ inputs }) => inputs["allowVirtualNetworkAccess"] === false))
      found.push("a closed peering");
    if (peering.inputs["allowGatewayTransit"] !== true) found.push("no transit");
    // With a gateway of the stack's own the other side can follow once it is there.
    if (this.gateway !== undefined && back?.inputs["useRemoteGateways"] !== true)
      found.push("no use of the gateway");
    return found;
  }

  private written(table: Thing | undefined): readonly Route[] {
    return raws(at(table, "inputs", "routes")).map((route) => ({
      to: text(route["addressPrefix"]),
      hop: text(route["nextHopType"]),
      rank: 0,
    }));
  }

  private azureRoutes(
    written: readonly Route[],
    network: Thing,
    brought: readonly string[],
  ): readonly Route[] {
    const peers = [
      ...this.below(network, "VirtualNetworkPeering")
        .filter(({ outputs }) => outputs["peeringState"] === "Connected")
        .flatMap((one) => this.remotePrefixes(one)),
      ...(network === this.network ? this.spokes().flatMap((one) => this.prefixes(one)) : []),
    ];
    const system = (to: readonly string[], hop: string) => to.map((one) => ({ to: one, hop, rank: 2 }));
    return [
      ...written,
      ...brought.map((to) => ({ to, hop: "VirtualNetworkGateway", rank: 1 })),
      ...system(this.prefixes(network), "VnetLocal"),
      ...system(peers, "VNetPeering"),
      ...system(["0.0.0.0/0"], "Internet"),
      // Private addresses that nobody claims go nowhere, unless the user has a default route.
      ...(written.some(({ to }) => to === "0.0.0.0/0") ? [] : system(privateRanges, "None")),
    ];
  }

  private taken(routes: readonly Route[], address: number): Route | undefined {
    return this.rules.choose(routes.filter(({ to }) => holds(to, address)));
  }

  /** From each subnet that a part of the client is in to each subnet of the endpoint. */
  private wayThere(holder: Thing, client: string): readonly string[] {
    const targets =
      this.vpc === undefined
        ? this.awsPrefixes
        : this.endpointSubnets().map(({ inputs }) => text(inputs["cidrBlock"]));
    const subnets = this.below(holder, "Subnet").filter(
      ({ id, inputs }) => !id.endsWith("/GatewaySubnet") && meet(text(inputs["addressPrefix"]), client),
    );
    // Where both gateways stand, Azure lets no route be written that leads to one of them.
    // https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#user-defined
    const hub = this.network ?? holder;
    const circuit = this.gatewaysIn(hub).some(({ inputs }) => inputs["gatewayType"] === "ExpressRoute");
    return subnets.flatMap(({ inputs }) => {
      const table = this.byId(at(inputs, "routeTable", "id"));
      const written = this.written(table);
      const brought = at(table, "inputs", "disableBgpRoutePropagation") === true ? [] : this.awsPrefixes;
      const group = raws(at(this.byId(at(inputs, "networkSecurityGroup", "id")), "inputs", "securityRules"));
      const borders = [
        ...written.map(({ to }) => to),
        ...group.flatMap((rule) => [
          text(rule["sourceAddressPrefix"]),
          text(rule["destinationAddressPrefix"]),
        ]),
      ];
      const routes = this.azureRoutes(written, holder, brought);
      const place = text(inputs["addressPrefix"]);
      const sources = telling(numbers(place).bits > numbers(client).bits ? place : client, borders);
      return targets.flatMap((network) =>
        telling(network, borders).flatMap((target) => {
          const hop = this.taken(routes, target);
          const leads = hop?.hop === "VirtualNetworkGateway" && !(hop.rank === 0 && circuit);
          const passes = sources.every((source) => this.groupPasses(group, source, target));
          return [...(leads ? [] : ["a client's route"]), ...(passes ? [] : ["a client's security group"])];
        }),
      );
    });
  }

  private groupPasses(group: readonly Raw[], source: number, target: number): boolean {
    const matches = (prefix: unknown, address: number) =>
      ["*", "VirtualNetwork"].includes(text(prefix)) ||
      (/^\d/.test(text(prefix)) && holds(text(prefix), address));
    const deciding = group
      .filter((rule) => rule["direction"] === "Outbound" && ["*", "Tcp"].includes(text(rule["protocol"])))
      .sort((one, other) => this.rules.order(Number(one["priority"]), Number(other["priority"])))
      .find((rule) => {
        const [from = "", to = from] = text(rule["destinationPortRange"]).split("-");
        const port = from === "*" || (Number(from) <= 443 && 443 <= Number(to));
        return (
          port &&
          matches(rule["sourceAddressPrefix"], source) &&
          matches(rule["destinationAddressPrefix"], target)
        );
      });
    return deciding?.["access"] !== "Deny";
  }

  /** From the gateway to the client. */
  private wayBackInAzure(holder: Thing, client: string): readonly string[] {
    const { network } = this;
    if (network === undefined) return [];
    const subnet = this.below(network, "Subnet").find(({ id }) => id.endsWith("/GatewaySubnet"));
    const written = this.written(this.byId(at(subnet, "inputs", "routeTable", "id")));
    const right = holder === network ? "VnetLocal" : "VNetPeering";
    const routes = this.azureRoutes(written, network, []);
    const borders = written.map(({ to }) => to);
    const astray = telling(client, borders).some((address) => {
      const route = this.taken(routes, address);
      return route !== undefined && route.rank === 0 && route.hop !== right;
    });
    return astray ? ["a route on the GatewaySubnet"] : [];
  }

  /** What AWS learns of, by BGP or by the stack's static routes. */
  private announced(): readonly string[] {
    if (!this.bgp) {
      const own = text(this.settings["azureCidr"]);
      const clients = this.clients.filter(([name]) => name !== "azure" || own === "").map(([, cidr]) => cidr);
      return [...new Set([...clients, ...(own === "" ? [] : [own])])];
    }
    const learned = raws(at(this.gateway, "outputs", "learnedRoutes")).map((one) => text(one["network"]));
    const custom = this.network === undefined ? [] : this.gatewaysIn(this.network);
    const all = [
      ...[text(this.settings["azureCidr"])].filter((one) => one !== ""),
      ...this.prefixes(this.network),
      ...this.peerings()
        .filter(({ inputs }) => inputs["allowGatewayTransit"] === true)
        .flatMap((one) => this.remotePrefixes(one)),
      ...this.spokes().flatMap((one) => this.prefixes(one)),
      ...custom.flatMap(({ inputs }) => texts(at(inputs, "customRoutes", "addressPrefixes"))),
      ...learned,
    ];
    return [...new Set(all)];
  }

  private inAws(client: string, holder: Thing | undefined): readonly string[] {
    const { vpc } = this;
    if (vpc === undefined) return [];
    const vgw = this.byId(this.settings["awsGatewayId"]);
    const announced = this.announced();
    return this.endpointSubnets().flatMap((subnet) => {
      const association = this.of("RouteTableAssociation").find(
        ({ inputs }) => inputs["subnetId"] === subnet.id,
      );
      const table = this.byId(association?.inputs["routeTableId"] ?? vpc.outputs["mainRouteTableId"]);
      const propagates = vgw === undefined || texts(at(table, "inputs", "propagatingVgws")).includes(vgw.id);
      const written = raws(at(table, "inputs", "routes")).map((route) => ({
        to: text(route["cidrBlock"]),
        hop: Object.entries(route).find(([key]) => /(Id|Arn)$/.test(key))?.[1],
      }));
      const all: readonly Route[] = [
        ...this.awsPrefixes.map((to) => ({ to, hop: "local", rank: -1 })),
        ...written.map(({ to, hop }) => ({
          to,
          hop: hop !== undefined && hop === vgw?.id ? "tunnels" : "elsewhere",
          rank: 0,
        })),
        ...(propagates ? announced.map((to) => ({ to, hop: "tunnels", rank: 1 })) : []),
      ];
      const acl = this.of("NetworkAcl").find(({ inputs }) => texts(inputs["subnetIds"]).includes(subnet.id));
      const lists = [raws(at(acl, "inputs", "ingress")), raws(at(acl, "inputs", "egress"))] as const;
      const borders = [
        ...all.map(({ to }) => to),
        ...lists.flat().map((rule) => text(rule["cidrBlock"])),
        ...this.prefixes(holder),
      ];
      return telling(client, borders).flatMap((address) => {
        const route = this.taken(all, address);
        return [
          ...(route?.hop === "tunnels" ? [] : ["a route of the endpoint's table"]),
          ...(this.listPasses(lists[0], address, 443, 443) ? [] : ["the network ACL, in"]),
          ...(this.listPasses(lists[1], address, 1024, 65_535) ? [] : ["the network ACL, out"]),
        ];
      });
    });
  }

  private listPasses(list: readonly Raw[], address: number, first: number, last: number): boolean {
    const near = list
      .filter(
        ({ protocol, cidrBlock }) =>
          ["-1", "6", "tcp"].includes(text(protocol)) && holds(text(cidrBlock), address),
      )
      .sort((one, other) => this.rules.order(Number(one["ruleNo"]), Number(other["ruleNo"])))
      .map((rule) => ({
        allows: rule["action"] === "allow",
        from: rule["protocol"] === "-1" ? 0 : Number(rule["fromPort"]),
        to: rule["protocol"] === "-1" ? 65_535 : Number(rule["toPort"]),
      }));
    const ports = [first, last, ...near.flatMap(({ from, to }) => [from - 1, from, to, to + 1])];
    return ports
      .filter((port) => first <= port && port <= last)
      .every((port) => near.find(({ from, to }) => from <= port && port <= to)?.allows === true);
  }
}
