import fc from "fast-check";
import type { Props } from "../../../../rehearsal/model/recording";
import { numbers } from "./oracle";
import {
  changed,
  named,
  tableIds,
  vgwId,
  vpcId,
  withMore,
  without,
  withSettings,
  type World,
  type WorldName,
} from "./world";

/** One thing that is changed around a stack. Where it is an obstacle, its report names the place and the remedy. */
export interface Change {
  readonly world: World;
  /** What one obstacle names at least: the changed thing, as its owner calls it. */
  readonly place: string;
  readonly remedy: RegExp;
}

export interface Kind {
  readonly kind: string;
  readonly stacks: readonly WorldName[];
  readonly changes: (world: World) => fc.Arbitrary<Change>;
}

const network = "azure-native:network";
const others =
  "/subscriptions/3f1c8a52-6d0e-4b7a-9c14-5e2d7b90a6f1/resourceGroups/rg-added/providers/Microsoft.Network";
const hub = "virtualNetworks/vnet-hub";
const app = "virtualNetworks/vnet-app";
const data = "virtualNetworks/vnet-data";
const gatewaySubnet = "vnet-hub/subnets/GatewaySubnet";
const toApp = "vnet-hub/virtualNetworkPeerings/hub-to-app";
const toHub = "vnet-app/virtualNetworkPeerings/app-to-hub";
const web = "vnet-app/subnets/snet-web";
const own = { project: "azure-s3-privatelink", stack: "joined" };

const inHub = ["hub", "both", "static", "own", "spokes"] as const;
const withGatewaySubnet = ["hub", "both", "static", "own"] as const;
const inVpc = ["vpc", "both", "static", "own"] as const;
const sharedGateway = ["hub", "both", "static"] as const;
const sharedVgw = ["vpc", "both", "static"] as const;

const listOf = (world: World, end: string, key: string) =>
  (named(world, end).inputs[key] ?? []) as readonly Props[];
const prefixesOf = (world: World, end: string) =>
  (named(world, end).inputs["addressSpace"] as { readonly addressPrefixes: readonly string[] })
    .addressPrefixes;
const withPrefixes = (world: World, end: string, ...more: readonly string[]) =>
  changed(world, end, {
    inputs: { addressSpace: { addressPrefixes: [...prefixesOf(world, end), ...more] } },
  });
const withRemote = (world: World, end: string, ...prefixes: readonly string[]) =>
  changed(world, end, { outputs: { remoteAddressSpace: { addressPrefixes: prefixes } } });

function written(first: number, bits: number): string {
  return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join(".")}/${bits}`;
}

/** Networks in, around and beside another. */
function near(...networks: readonly string[]): fc.Arbitrary<string> {
  return fc.constantFrom(...networks).chain((one) => {
    const { first, last, bits } = numbers(one);
    const length = fc.integer({ min: Math.max(8, bits - 4), max: Math.min(32, bits + 5) });
    return fc.tuple(length, fc.integer({ min: -200, max: last - first + 200 })).map(([wanted, offset]) => {
      const size = 2 ** (32 - wanted);
      return written(Math.floor((first + offset) / size) * size, wanted);
    });
  });
}

const awsOf = (world: World) =>
  world.settings["awsVpcId"] === undefined
    ? ["10.2.0.0/22"]
    : ["10.50.0.0/16", "100.64.0.0/20", "10.50.0.0/24", "10.50.1.0/24", "100.64.0.0/24"];
const clientsOf = ({ settings }: World) => [
  ...Object.values((settings["azureClients"] ?? {}) as Readonly<Record<string, string>>),
  ...(settings["clientSubnetCidr"] === undefined ? [] : [settings["clientSubnetCidr"] as string]),
];
/** Mostly ranges near the clients', else another. */
const nearClients = (world: World, other: fc.Arbitrary<string>) =>
  fc.oneof(near(...clientsOf(world)), near(...clientsOf(world)), other);
const spaceNear = (world: World) =>
  fc.oneof(near(...awsOf(world)), fc.constantFrom("10.150.0.0/16", "172.20.0.0/16"));

const hops = fc.constantFrom<Props>(
  { nextHopType: "VirtualAppliance", nextHopIpAddress: "10.100.1.4" },
  { nextHopType: "None" },
  { nextHopType: "Internet" },
  { nextHopType: "VnetLocal" },
  { nextHopType: "VirtualNetworkGateway" },
);
const ports = fc.constantFrom("443", "443", "400-500", "*", "80", "444-65535");

const securityRule = (world: World, source: string) =>
  fc.record({
    name: fc.constant("added"),
    priority: fc.constantFrom(110, 4090),
    direction: fc.constantFrom("Outbound", "Outbound", "Outbound", "Inbound"),
    access: fc.constantFrom("Deny", "Deny", "Allow"),
    protocol: fc.constantFrom("Tcp", "Tcp", "*", "Udp"),
    sourceAddressPrefix: fc.oneof(near(source), fc.constantFrom("*", "VirtualNetwork")),
    sourcePortRange: fc.constant("*"),
    destinationAddressPrefix: fc.oneof(
      near(...awsOf(world)),
      fc.constantFrom("*", "Internet", "VirtualNetwork"),
    ),
    destinationPortRange: ports,
  });

const aclRule = (world: World) =>
  fc.record({
    ruleNo: fc.constantFrom(50, 150),
    action: fc.constantFrom("deny", "deny", "allow"),
    protocol: fc.constantFrom("6", "-1", "17"),
    cidrBlock: fc.oneof(near(...clientsOf(world)), fc.constant("0.0.0.0/0")),
    ports: fc.constantFrom([443, 443], [0, 442], [400, 500], [1024, 65_535], [50_000, 60_000], [0, 65_535]),
  });

function table(world: World, subnet: string, inputs: Props): World {
  const id = `${others}/routeTables/rt-added`;
  const attached = changed(world, subnet, { inputs: { routeTable: { id } } });
  return withMore(attached, { type: `${network}:RouteTable`, id, inputs });
}

const vpnGateway = (world: World) => named(world, "virtualNetworkGateways/vpng-hub");
const gatewayChange =
  (more: (gateway: ReturnType<typeof vpnGateway>) => { readonly inputs?: Props; readonly outputs?: Props }) =>
  (world: World) =>
    changed(world, "virtualNetworkGateways/vpng-hub", more(vpnGateway(world)));

interface Bgp {
  readonly asn: number;
  readonly bgpPeeringAddresses: readonly { readonly customBgpIpAddresses: readonly string[] }[];
}
const bgpOf = (world: World) => vpnGateway(world).outputs["bgpSettings"] as unknown as Bgp;

/** A gateway in the hub's GatewaySubnet, beside those that are there. */
function moreGateways(world: World, gatewayType: string, tags: Props): World {
  const id = `${others}/virtualNetworkGateways/gw-added`;
  const users = (named(world, gatewaySubnet).outputs["ipConfigurations"] ?? []) as readonly Props[];
  return withMore(
    changed(world, gatewaySubnet, {
      outputs: { ipConfigurations: [...users, { id: `${id}/ipConfigurations/default` }] },
    }),
    {
      type: `${network}:VirtualNetworkGateway`,
      id,
      inputs: {
        ...{ gatewayType, vpnType: "RouteBased", location: "japaneast", tags },
        ipConfigurations: [{ name: "default", subnet: { id: named(world, gatewaySubnet).id } }],
      },
      outputs: { provisioningState: "Succeeded" },
    },
  );
}

/** A network that is peered with another, both sides. */
function moreNetworks(
  world: World,
  cidr: string,
  { near: end, inputs = {} }: { readonly near: string; readonly inputs?: Props },
): World {
  const id = `${others}/virtualNetworks/vnet-added`;
  const one = named(world, end);
  const peering = (from: string, name: string, to: string, prefixes: readonly string[], more: Props) => ({
    type: `${network}:VirtualNetworkPeering`,
    id: `${from}/virtualNetworkPeerings/${name}`,
    inputs: { remoteVirtualNetwork: { id: to }, ...more },
    outputs: { peeringState: "Connected", remoteAddressSpace: { addressPrefixes: prefixes } },
  });
  return withMore(
    world,
    {
      type: `${network}:VirtualNetwork`,
      id,
      inputs: { location: "japaneast", addressSpace: { addressPrefixes: [cidr] } },
    },
    peering(one.id, "to-added", id, [cidr], inputs),
    peering(id, "from-added", one.id, prefixesOf(world, end), {}),
  );
}

const kind = (name: string, stacks: readonly WorldName[], changes: Kind["changes"]): Kind => ({
  kind: name,
  stacks,
  changes,
});

/** Every value is harmless or not by itself; the oracle says which. */
function each<T>(
  values: fc.Arbitrary<T>,
  place: string | ((value: T) => string),
  remedy: RegExp,
  world: (value: T) => World,
): fc.Arbitrary<Change> {
  return values.map((value) => ({
    ...{ world: world(value), remedy },
    place: typeof place === "string" ? place : place(value),
  }));
}

/** The one client elsewhere, and perhaps without the peering that it needs. */
export function movedClients(world: World): fc.Arbitrary<World> {
  const places = near("10.101.0.0/22", "10.100.0.0/22", "10.200.0.0/16", "10.210.0.0/16");
  return fc.tuple(places, fc.boolean()).map(([moved, peered]) => {
    const more = withSettings(world, { azureClients: { moved } });
    return peered ? more : without(more, toApp, toHub);
  });
}

const apart = /^use networks that are apart$/;
/** What to change of one's own, and what to do where the site has gone. */
const elsewhere = /^(choose another|join a VPC|leave it out of).*npm run snapshot -- --stack joined$/;
const notIpv4 = fc.constantFrom("2001:db8::/32", "nonsense", "10.2.0.0", "0.0.0.0/0");

interface LearnedRoute {
  readonly network: string;
  readonly nextHop: string;
  readonly origin: string;
}

/** More routes that a gateway of others learned. */
function learnedBy(world: World, gateway: string, route: LearnedRoute): World {
  const routes = (named(world, gateway).outputs["learnedRoutes"] ?? []) as readonly Props[];
  return changed(world, gateway, { outputs: { learnedRoutes: [...routes, { ...route }] } });
}

/** More routes that the tables of the VPC took from a gateway. */
function propagated(world: World, destinationCidrBlock: string, gatewayId: string): World {
  return tableIds.reduce((now, id) => {
    const routes = (named(now, id).outputs["propagatedRoutes"] ?? []) as readonly Props[];
    return changed(now, id, {
      outputs: { propagatedRoutes: [...routes, { destinationCidrBlock, gatewayId }] },
    });
  }, world);
}

export const kinds: readonly Kind[] = [
  kind("a further prefix of the network", inHub, (w) =>
    each(spaceNear(w), "vnet-hub", apart, (cidr) => withPrefixes(w, hub, cidr)),
  ),
  kind("a network that is peered", inHub, (w) =>
    each(spaceNear(w), "vnet-added", apart, (cidr) => moreNetworks(w, cidr, { near: hub })),
  ),
  kind("a network that is peered, and a spoke", ["spokes"], (w) =>
    each(near("10.102.0.0/22"), "vnet-data", apart, (cidr) => moreNetworks(w, cidr, { near: hub })),
  ),
  kind("a further prefix of a spoke", ["spokes"], (w) =>
    each(fc.oneof(spaceNear(w), near("10.101.0.0/22")), "vnet-data", apart, (cidr) =>
      withPrefixes(w, data, cidr),
    ),
  ),
  kind("a secondary range of the VPC", inVpc, (w) =>
    each(
      fc.oneof(near("10.100.0.0/22", "10.101.0.0/22", "10.1.0.0/22"), fc.constant("100.65.0.0/20")),
      vpcId,
      apart,
      (cidr) =>
        withMore(w, {
          type: "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
          id: "vpc-cidr-assoc-added",
          inputs: { vpcId, cidrBlock: cidr },
        }),
    ),
  ),
  kind("networks that the shared gateway announces besides", sharedGateway, (w) =>
    each(spaceNear(w), "vpng-hub", apart, (cidr) =>
      changed(w, "virtualNetworkGateways/vpng-hub", {
        inputs: { customRoutes: { addressPrefixes: [cidr] } },
      }),
    ),
  ),
  kind("addresses of machines that dial in at the shared gateway", sharedGateway, (w) =>
    each(spaceNear(w), "vpng-hub", apart, (cidr) =>
      changed(w, "virtualNetworkGateways/vpng-hub", {
        inputs: { vpnClientConfiguration: { vpnClientAddressPool: { addressPrefixes: [cidr] } } },
      }),
    ),
  ),
  kind("a network that is peered with a client's", [...withGatewaySubnet, "spokes"], (w) =>
    each(
      fc.tuple(spaceNear(w), fc.constantFrom("Connected", "Connected", "Disconnected")),
      "vnet-added",
      apart,
      ([cidr, peeringState]) => {
        const near = w.settings["azureSpokes"] === undefined ? app : data;
        return changed(moreNetworks(w, cidr, { near }), "virtualNetworkPeerings/to-added", {
          outputs: { peeringState },
        });
      },
    ),
  ),
  kind("a network of another site", sharedGateway, (w) =>
    each(
      fc.tuple(fc.oneof(near(...awsOf(w)), near(...awsOf(w)), notIpv4), fc.constantFrom(true, true, false)),
      "cn-osaka behind vpng-hub",
      elsewhere,
      ([cidr, connected]) => {
        const more = changed(w, "localNetworkGateways/lgw-osaka", {
          inputs: { localNetworkAddressSpace: { addressPrefixes: ["192.168.7.0/24", cidr] } },
        });
        return connected ? more : without(more, "cn-osaka");
      },
    ),
  ),
  kind("a route that the shared gateway learned", sharedGateway, (w) =>
    each(
      fc.record({
        network: fc.oneof(near(...awsOf(w)), near(...awsOf(w)), fc.constantFrom(...awsOf(w)), notIpv4),
        nextHop: fc.constantFrom("10.200.255.254", "192.168.1.1"),
        // After a deployment each instance has the stack's own routes from the other.
        origin: fc.constantFrom("EBgp", "EBgp", "IBgp", "Network"),
      }),
      ({ nextHop }) =>
        nextHop === "192.168.1.1" ? "a site without a name behind vpng-hub" : "cn-osaka behind vpng-hub",
      elsewhere,
      (route) => learnedBy(w, "vpng-hub", route),
    ),
  ),
  kind("a route that a circuit brought", ["hub", "both", "own", "circuit"], (w) =>
    each(
      fc.record({
        network: near(...awsOf(w), ...(w.settings["azureSpokes"] === undefined ? [] : ["10.102.0.0/22"])),
        nextHop: fc.constant("10.100.0.12"),
        origin: fc.constantFrom("EBgp", "EBgp", "IBgp"),
      }),
      "cn-tokyo-er behind ergw-hub",
      elsewhere,
      (route) => learnedBy(w, "ergw-hub", route),
    ),
  ),
  kind("a connection in AWS", sharedVgw, (w) =>
    each(
      fc.record({
        cidr: nearClients(w, notIpv4),
        gateway: fc.constantFrom(vgwId, vgwId, vgwId, "vgw-2"),
        bgp: fc.boolean(),
        deleted: fc.constantFrom(false, false, false, true),
      }),
      "vpn-added",
      elsewhere,
      ({ cidr, gateway, bgp, deleted }) =>
        withMore(
          w,
          ...(deleted
            ? []
            : [
                {
                  type: "aws:ec2/vpnConnection:VpnConnection",
                  id: "vpn-added",
                  inputs: { vpnGatewayId: gateway, staticRoutesOnly: !bgp },
                },
              ]),
          {
            type: "aws:ec2/vpnConnectionRoute:VpnConnectionRoute",
            id: `${cidr}:vpn-added`,
            inputs: { vpnConnectionId: "vpn-added", destinationCidrBlock: cidr },
          },
        ),
    ),
  ),
  kind("a route that the VPC's tables took", sharedVgw, (w) =>
    each(
      fc.tuple(
        // What the stack's own tunnels brought after a deployment, too.
        nearClients(
          w,
          fc.constantFrom(
            "10.100.0.0/22",
            "10.101.0.0/22",
            "10.102.0.0/22",
            "10.200.0.0/16",
            "2001:db8::/56",
          ),
        ),
        fc.constantFrom(vgwId, vgwId, "vgw-2"),
      ),
      "vpn-0d8c5b2e7f4a19360 behind",
      elsewhere,
      ([cidr, gateway]) => propagated(w, cidr, gateway),
    ),
  ),
  kind("the network's region", ["own", "spokes"], (w) =>
    each(
      fc.constantFrom("japaneast", "Japan East", "japanwest", "westeurope"),
      "vnet-hub",
      /azure-native:location/,
      (location) => changed(w, hub, { inputs: { location } }),
    ),
  ),
  kind("the size of GatewaySubnet", withGatewaySubnet, (w) =>
    each(
      fc.constantFrom(25, 26, 27, 28, 29),
      "GatewaySubnet of virtual network vnet-hub",
      /larger one/,
      (bits) => changed(w, gatewaySubnet, { inputs: { addressPrefix: `10.100.0.0/${bits}` } }),
    ),
  ),
  kind("the GatewaySubnet", ["own"], (w) =>
    each(
      fc.constantFrom("GatewaySubnet", "AzureFirewallSubnet"),
      "GatewaySubnet of virtual network vnet-hub",
      /set gatewaySubnetCidr/,
      (name) => without(w, `vnet-hub/subnets/${name}`),
    ),
  ),
  kind("a security group on a subnet of the network", withGatewaySubnet, (w) =>
    each(fc.constantFrom("GatewaySubnet", "AzureFirewallSubnet"), "nsg-shared", /take it off/, (name) =>
      changed(w, `vnet-hub/subnets/${name}`, {
        inputs: { networkSecurityGroup: { id: named(w, "networkSecurityGroups/nsg-shared").id } },
      }),
    ),
  ),
  kind("propagation in the table of GatewaySubnet", withGatewaySubnet, (w) =>
    each(fc.boolean(), "rt-added", /disableBgpRoutePropagation: false/, (off) =>
      table(w, gatewaySubnet, { disableBgpRoutePropagation: off, routes: [] }),
    ),
  ),
  kind("a route in the table of GatewaySubnet", withGatewaySubnet, (w) =>
    each(
      fc.tuple(
        nearClients(
          w,
          fc.constantFrom(
            "0.0.0.0/0",
            "0.0.0.0/1",
            "128.0.0.0/1",
            "32.0.0.0/3",
            "52.0.0.0/8",
            "10.0.0.0/8",
            "203.0.113.0/24",
          ),
        ),
        hops,
      ),
      "rt-added",
      /remove the route added/,
      ([addressPrefix, hop]) =>
        table(w, gatewaySubnet, { routes: [{ name: "added", addressPrefix, ...hop }] }),
    ),
  ),
  kind("a gateway in GatewaySubnet", ["own"], (w) =>
    each(
      fc.tuple(
        fc.constantFrom("Vpn", "ExpressRoute"),
        fc.constantFrom<Props>({}, { ...own, stack: "other" }, own),
      ),
      "gw-added",
      /azureGatewayId: .*gw-added$/,
      ([type, tags]) => moreGateways(w, type, tags),
    ),
  ),
  kind("the SKU beside ExpressRoute", ["own"], (w) =>
    each(fc.constantFrom("Basic", "VpnGw1AZ", "VpnGw2AZ"), "ergw-hub", /gatewaySku: VpnGw1AZ/, (gatewaySku) =>
      withSettings(w, { gatewaySku, vpnTopology: gatewaySku === "Basic" ? "single-tunnel" : "dual-tunnel" }),
    ),
  ),
  kind("the use of another network's gateways", ["own", "spokes"], (w) =>
    each(fc.boolean(), "to-added", /azureVirtualNetworkId: .*vnet-added/, (useRemoteGateways) =>
      moreNetworks(w, "10.150.0.0/22", { near: hub, inputs: { useRemoteGateways } }),
    ),
  ),
  kind("a subnet where the stack's own goes", ["own", "spokes"], (w) => {
    const setting = w.settings["clientSubnetCidr"] === undefined ? "gatewaySubnetCidr" : "clientSubnetCidr";
    return each(
      fc.tuple(
        near(String(w.settings[setting])),
        fc.constantFrom("snet-added", "azure-s3-privatelink-joined"),
      ),
      setting,
      /free part/,
      ([addressPrefix, subnetName]) =>
        withMore(w, {
          type: `${network}:Subnet`,
          id: `${named(w, hub).id}/subnets/${subnetName}`,
          inputs: {
            addressPrefix,
            subnetName,
            virtualNetworkName: "vnet-hub",
            resourceGroupName: "rg-network-hub",
          },
        }),
    );
  }),
  kind("where the stack's own subnet goes", ["own", "spokes"], (w) => {
    const setting = w.settings["clientSubnetCidr"] === undefined ? "gatewaySubnetCidr" : "clientSubnetCidr";
    return each(
      fc.constantFrom("10.100.3.64/26", "10.100.3.128/27", "10.100.1.32/27", "10.100.8.0/26"),
      setting,
      /free part/,
      (cidr) => withSettings(w, { [setting]: cidr }),
    );
  }),
  kind("a GatewaySubnet of others", ["spokes"], (w) =>
    each(
      fc.constantFrom("10.100.0.0/26", "10.100.0.0/27", "10.100.3.0/26"),
      "GatewaySubnet",
      /remove gatewaySubnetCidr|free part/,
      (addressPrefix) =>
        withMore(w, {
          type: `${network}:Subnet`,
          id: `${named(w, hub).id}/subnets/GatewaySubnet`,
          inputs: { addressPrefix, subnetName: "GatewaySubnet", virtualNetworkName: "vnet-hub" },
        }),
    ),
  ),
  kind("a client's place", ["own"], (w) =>
    each(near("10.101.0.0/22", "10.200.0.0/16"), "azureClients.added", /correct it|name each part/, (cidr) =>
      withSettings(w, { azureClients: { added: cidr } }),
    ),
  ),
  // At a gateway of others the client counts as on premises then, which a notice says: in the stack `both` the oracle knows
  // better, by the learned routes that no preview reads.
  kind("the peering of a client's network", ["hub", "static", "own"], (w) =>
    each(
      fc.constantFrom([], [toApp], [toHub], [toApp, toHub]),
      "azureClients.web",
      /add its network to azureSpokes|useRemoteGateways: true/,
      (gone) => without(w, ...gone),
    ),
  ),
  kind("the hub's side of a peering", withGatewaySubnet, (w) =>
    each(
      fc.constantFrom<readonly [Props, Props]>(
        [{ allowGatewayTransit: false }, {}],
        [{ allowVirtualNetworkAccess: false }, {}],
        [{ allowForwardedTraffic: false }, {}],
        [{}, { peeringState: "Disconnected" }],
        [{}, { peeringState: "Connected" }],
      ),
      "hub-to-app",
      /allowGatewayTransit: true|allowVirtualNetworkAccess: true|delete both/,
      ([inputs, outputs]) => changed(w, toApp, { inputs, outputs }),
    ),
  ),
  kind("the spoke's side of a peering", withGatewaySubnet, (w) =>
    each(
      fc.constantFrom<readonly [Props, Props]>(
        [{ useRemoteGateways: false }, {}],
        [{ allowVirtualNetworkAccess: false }, {}],
        [{ allowForwardedTraffic: false }, {}],
        [{}, { peeringState: "Initiated" }],
      ),
      "vnet-app",
      /useRemoteGateways: true|allowVirtualNetworkAccess: true|delete both/,
      ([inputs, outputs]) => changed(w, toHub, { inputs, outputs }),
    ),
  ),
  kind("a route of a client's subnet", withGatewaySubnet, (w) =>
    each(
      fc.tuple(
        fc.oneof(near(...awsOf(w)), near(...awsOf(w)), fc.constantFrom("10.0.0.0/8", "0.0.0.0/1")),
        hops,
      ),
      "rt-app",
      /remove added|add to rt-app|disableBgpRoutePropagation/,
      ([addressPrefix, hop]) =>
        changed(w, "routeTables/rt-app", {
          inputs: {
            routes: [...listOf(w, "routeTables/rt-app", "routes"), { name: "added", addressPrefix, ...hop }],
          },
        }),
    ),
  ),
  kind("propagation in a table, and a route to the gateway", withGatewaySubnet, (w) =>
    each(
      fc.tuple(fc.constantFrom(web, "vnet-app/subnets/snet-batch"), fc.boolean(), near(...awsOf(w))),
      "rt-added",
      /add to rt-added|disableBgpRoutePropagation: false in rt-added|remove aws/,
      ([subnet, off, addressPrefix]) =>
        table(w, subnet, {
          disableBgpRoutePropagation: off,
          routes: [{ name: "aws", addressPrefix, nextHopType: "VirtualNetworkGateway" }],
        }),
    ),
  ),
  kind("a route to the gateway where no other gateway is", ["spokes"], (w) =>
    each(
      fc.tuple(fc.boolean(), fc.oneof(near("10.2.0.0/22"), fc.constantFrom("10.2.0.0/23", "10.0.0.0/8"))),
      "rt-added",
      /add to rt-added/,
      ([off, addressPrefix]) =>
        table(w, "vnet-data/subnets/snet-warehouse", {
          disableBgpRoutePropagation: off,
          routes: [{ name: "aws", addressPrefix, nextHopType: "VirtualNetworkGateway" }],
        }),
    ),
  ),
  kind("a rule of a client's security group", withGatewaySubnet, (w) =>
    each(securityRule(w, "10.101.0.0/24"), "nsg-app", /add before it: \{direction: Outbound/, (rule) =>
      changed(w, "networkSecurityGroups/nsg-app", {
        inputs: { securityRules: [...listOf(w, "networkSecurityGroups/nsg-app", "securityRules"), rule] },
      }),
    ),
  ),
  kind("a rule before one that denies all", inHub, (w) =>
    each(securityRule(w, "10.100.2.0/25"), "nsg-shared", /add before it: \{direction: Outbound/, (rule) =>
      changed(w, "networkSecurityGroups/nsg-shared", {
        inputs: {
          securityRules: [
            { ...rule, access: "Allow", priority: 110, direction: "Outbound" },
            {
              ...{ name: "deny-all", priority: 4000, direction: "Outbound", access: "Deny", protocol: "*" },
              ...{ sourceAddressPrefix: "*", sourcePortRange: "*" },
              ...{ destinationAddressPrefix: "*", destinationPortRange: "*" },
            },
          ],
        },
      }),
    ),
  ),
  kind("the shared gateway's type", sharedGateway, (w) =>
    each(
      fc.constantFrom<Props>(
        { gatewayType: "ExpressRoute" },
        { vpnType: "PolicyBased" },
        { sku: { name: "ErGw1AZ" } },
        { sku: { name: "VpnGw1" } },
        { vpnGatewayGeneration: "Generation1" },
      ),
      "vpng-hub",
      /another by azureGatewayId|move it to VpnGw1AZ/,
      (inputs) => changed(w, "virtualNetworkGateways/vpng-hub", { inputs }),
    ),
  ),
  kind("the shared gateway's state", sharedGateway, (w) =>
    each(fc.constantFrom("Succeeded", "Updating", "Failed"), "vpng-hub", /Succeeded/, (provisioningState) =>
      changed(w, "virtualNetworkGateways/vpng-hub", { outputs: { provisioningState } }),
    ),
  ),
  kind("the shared gateway's region", sharedGateway, (w) =>
    each(
      fc.constantFrom("Japan East", "japanwest"),
      "vpng-hub",
      /azure-native:location: japanwest/,
      (location) => changed(w, "virtualNetworkGateways/vpng-hub", { inputs: { location } }),
    ),
  ),
  kind("the shared gateway's network", sharedGateway, (w) =>
    each(fc.constantFrom(hub, hub.toUpperCase(), app), "vpng-hub", /azureVirtualNetworkId/, (end) => {
      const id = named(w, hub).id.replace(hub, end);
      return changed(w, "virtualNetworkGateways/vpng-hub", {
        inputs: { ipConfigurations: [{ name: "instance0", subnet: { id: `${id}/subnets/GatewaySubnet` } }] },
      });
    }),
  ),
  kind("NAT on the shared gateway", sharedGateway, (w) =>
    each(fc.integer({ min: 0, max: 2 }), "vpng-hub", /without NAT rules/, (count) =>
      changed(w, "virtualNetworkGateways/vpng-hub", {
        inputs: { natRules: Array.from({ length: count }, (_, index) => ({ name: `branch${index}` })) },
      }),
    ),
  ),
  kind("the shared gateway's instances", sharedGateway, (w) =>
    each(fc.boolean(), "vpng-hub", /vpnTopology: dual-tunnel/, (activeActive) =>
      gatewayChange(() => ({ inputs: { activeActive } }))(w),
    ),
  ),
  kind("BGP on the shared gateway", sharedGateway, (w) =>
    each(fc.boolean(), "vpng-hub", /vpnTopology: dual-tunnel/, (enableBgp) =>
      gatewayChange(() => ({ inputs: { enableBgp } }))(w),
    ),
  ),
  kind("the shared gateway's inside addresses", sharedGateway, (w) =>
    each(
      fc.tuple(
        fc.constantFrom(0, 1),
        fc.constantFrom("169.254.21.2", "169.254.22.2", "169.254.21.6", "169.254.22.6", "169.254.21.130"),
        fc.boolean(),
      ),
      "customBgpIpAddresses",
      /append at the end: customBgpIpAddresses: \[.*169\.254\.2[12]\.[26]/,
      ([at, address, extra]) =>
        gatewayChange(({ outputs }) => ({
          outputs: {
            bgpSettings: {
              ...(outputs["bgpSettings"] as Props),
              bgpPeeringAddresses: bgpOf(w).bgpPeeringAddresses.map((one, index) => ({
                ...one,
                customBgpIpAddresses: [
                  ...one.customBgpIpAddresses.filter((other) => index !== at || other !== address),
                  ...(extra ? ["169.254.21.200"] : []),
                ],
              })) as unknown as Props[],
            },
          },
        }))(w),
    ),
  ),
  kind("the shared gateway's ASN", sharedGateway, (w) =>
    each(
      fc.constantFrom(65_011, 64_512, 64_900, 65_515),
      (asn) => `${asn}`,
      /awsAsn|another ASN/,
      (asn) =>
        gatewayChange(({ outputs }) => ({
          outputs: { bgpSettings: { ...(outputs["bgpSettings"] as Props), asn } },
        }))(w),
    ),
  ),
  kind("the prefixes that Azure announces", ["hub", "both", "static", "spokes"], (w) =>
    each(
      fc.tuple(fc.integer({ min: 85, max: 115 }), fc.boolean()),
      "virtual private gateway",
      /vpnTopology: dual-tunnel/,
      ([count, near]) => {
        const more = Array.from({ length: count }, (_, index) => `10.160.${index}.0/24`);
        if (near) return withPrefixes(w, hub, ...more);
        const side = withRemote(w, toApp, ...prefixesOf(w, app), ...more);
        return withPrefixes(side, app, ...more);
      },
    ),
  ),
  kind("the owner of the VPC", inVpc, (w) =>
    each(fc.constantFrom("123456789012", "999999999999"), vpcId, /owner's account/, (ownerId) =>
      changed(w, vpcId, { outputs: { ownerId } }),
    ),
  ),
  kind("the VPC of a subnet", inVpc, (w) =>
    each(
      fc.tuple(fc.nat({ max: 2 }), fc.constantFrom(vpcId, "vpc-2")),
      ([at]) => (w.settings["awsSubnetIds"] as readonly string[])[at] ?? "",
      /of awsVpcId only/,
      ([at, id]) =>
        changed(w, (w.settings["awsSubnetIds"] as readonly string[])[at] ?? "", { inputs: { vpcId: id } }),
    ),
  ),
  kind("the zone of a subnet", inVpc, (w) =>
    each(
      fc.tuple(fc.nat({ max: 2 }), fc.constantFrom("a", "b", "c", "d")),
      ([at]) => (w.settings["awsSubnetIds"] as readonly string[])[at] ?? "",
      /leave one of them out|in one of these zones/,
      ([at, zone]) =>
        changed(w, (w.settings["awsSubnetIds"] as readonly string[])[at] ?? "", {
          inputs: { availabilityZone: `ap-northeast-1${zone}` },
        }),
    ),
  ),
  kind("the zones of the S3 service", inVpc, (w) =>
    each(
      fc.subarray(["a", "b", "c", "d"], { minLength: 2 }),
      "S3's interface endpoint",
      /in one of these zones/,
      (zones) => ({ ...w, serviceZones: zones.map((zone) => `ap-northeast-1${zone}`) }),
    ),
  ),
  kind("the free addresses of a subnet", inVpc, (w) =>
    each(
      fc.tuple(fc.nat({ max: 2 }), fc.constantFrom(0, 1, 2)),
      ([at]) => (w.settings["awsSubnetIds"] as readonly string[])[at] ?? "",
      /another subnet of the zone/,
      ([at, availableIpAddressCount]) =>
        changed(w, (w.settings["awsSubnetIds"] as readonly string[])[at] ?? "", {
          outputs: { availableIpAddressCount },
        }),
    ),
  ),
  kind("a virtual private gateway", ["own"], (w) =>
    each(
      fc.tuple(
        fc.constantFrom<Props>({}, { ...own, stack: "other" }, own),
        fc.boolean(),
        fc.constantFrom(vpcId, "vpc-2"),
      ),
      "vgw-added",
      /awsGatewayId: vgw-added$/,
      ([tags, shown, to]) => {
        const gateway = { type: "aws:ec2/vpnGateway:VpnGateway", id: "vgw-added" };
        const attachment = {
          type: "aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment",
          id: "vpn-attachment-added",
        };
        const added = withMore(
          w,
          { ...gateway, inputs: { amazonSideAsn: "64900", tags }, outputs: { state: "available" } },
          { ...attachment, inputs: { vpcId: to, vpnGatewayId: "vgw-added" } },
        );
        return shown && to === vpcId
          ? changed(added, tableIds[0], { inputs: { propagatingVgws: ["vgw-added"] } })
          : added;
      },
    ),
  ),
  kind("the attachment of the virtual private gateway", sharedVgw, (w) =>
    each(fc.constantFrom(vpcId, "vpc-2"), vgwId, /name the one that is/, (id) =>
      changed(w, "vpn-attachment-5d2c9e71", { inputs: { vpcId: id } }),
    ),
  ),
  kind("the state of the virtual private gateway", sharedVgw, (w) =>
    each(fc.constantFrom("available", "pending", "deleting"), vgwId, /available/, (state) =>
      changed(w, vgwId, { outputs: { state } }),
    ),
  ),
  kind("the ASN of the virtual private gateway", sharedVgw, (w) =>
    each(
      fc.constantFrom("64901", "65000", "65010", "65515", "65518"),
      (asn) => asn,
      /another/,
      (amazonSideAsn) => changed(w, vgwId, { inputs: { amazonSideAsn } }),
    ),
  ),
  kind("a route of the endpoint's table", inVpc, (w) =>
    each(
      fc.tuple(
        fc.constantFrom(...tableIds),
        near(...clientsOf(w)),
        fc.constantFrom<Props>(
          { transitGatewayId: "tgw-1" },
          { vpcPeeringConnectionId: "pcx-1" },
          { networkInterfaceId: "eni-1" },
          { gatewayId: w.settings["awsGatewayId"] === undefined ? "igw-1" : vgwId },
        ),
      ),
      ([id]) => id,
      /remove the route/,
      ([id, cidrBlock, target]) =>
        changed(w, id, { inputs: { routes: [...listOf(w, id, "routes"), { cidrBlock, ...target }] } }),
    ),
  ),
  kind("the propagation into the endpoint's table", sharedVgw, (w) =>
    each(
      fc.tuple(fc.constantFrom(...tableIds), fc.boolean(), near(...clientsOf(w))),
      ([id]) => id,
      /enable-vgw-route-propagation --route-table-id rtb-/,
      ([id, propagates, cidrBlock]) =>
        changed(w, id, {
          inputs: {
            propagatingVgws: propagates ? [vgwId] : [],
            routes: [...listOf(w, id, "routes"), { cidrBlock, gatewayId: vgwId }],
          },
        }),
    ),
  ),
  kind("a rule of the network ACL", inVpc, (w) =>
    each(
      fc.tuple(fc.constantFrom("ingress", "egress"), aclRule(w)),
      "acl-06d9b2e5f8a1c4073",
      /add before it: \{egress: (true|false)/,
      ([
        way,
        {
          ports: [fromPort = 0, toPort = 0],
          ...rule
        },
      ]) =>
        changed(w, "acl-06d9b2e5f8a1c4073", {
          inputs: { [way]: [...listOf(w, "acl-06d9b2e5f8a1c4073", way), { ...rule, fromPort, toPort }] },
        }),
    ),
  ),
  kind("what a network ACL lets pass", inVpc, (w) =>
    each(
      fc.tuple(fc.constantFrom("ingress", "egress"), aclRule(w)),
      "acl-06d9b2e5f8a1c4073",
      /add before it: \{egress: (true|false)/,
      ([
        way,
        {
          ports: [fromPort = 0, toPort = 0],
          ...rule
        },
      ]) =>
        changed(w, "acl-06d9b2e5f8a1c4073", {
          inputs: { [way]: [{ ...rule, action: "allow", fromPort, toPort }] },
        }),
    ),
  ),
  kind("a peering of the spoke", ["spokes"], (w) =>
    each(
      fc.tuple(
        fc.constantFrom("theirs", "azure-s3-privatelink-joined"),
        fc.constantFrom(hub, app),
        fc.boolean(),
      ),
      "vnet-data",
      /leave it out of azureSpokes/,
      ([name, to, useRemoteGateways]) =>
        withMore(w, {
          type: `${network}:VirtualNetworkPeering`,
          id: `${named(w, data).id}/virtualNetworkPeerings/${name}`,
          inputs: { remoteVirtualNetwork: { id: named(w, to).id }, useRemoteGateways },
          outputs: { peeringState: "Connected", remoteAddressSpace: { addressPrefixes: prefixesOf(w, to) } },
        }),
    ),
  ),
  kind("a gateway in the spoke", ["spokes"], (w) =>
    each(fc.boolean(), "vnet-data", /leave it out of azureSpokes/, (used) => {
      const id = `${others}/virtualNetworkGateways/gw-added`;
      const subnet = `${named(w, data).id}/subnets/GatewaySubnet`;
      const place = {
        type: `${network}:Subnet`,
        id: subnet,
        inputs: {
          addressPrefix: "10.102.3.0/27",
          subnetName: "GatewaySubnet",
          virtualNetworkName: "vnet-data",
        },
        outputs: { ipConfigurations: used ? [{ id: `${id}/ipConfigurations/default` }] : [] },
      };
      const gateway = {
        type: `${network}:VirtualNetworkGateway`,
        id,
        inputs: { gatewayType: "Vpn", ipConfigurations: [{ name: "default", subnet: { id: subnet } }] },
      };
      return used ? withMore(w, place, gateway) : withMore(w, place);
    }),
  ),
];
