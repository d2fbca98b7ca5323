import { Address4 } from "ip-address";

/** SKUs that can be created since the non-zonal ones were closed, weakest first. @see https://learn.microsoft.com/azure/vpn-gateway/about-gateway-skus */
export const zonedSkus = ["VpnGw1AZ", "VpnGw2AZ", "VpnGw3AZ", "VpnGw4AZ", "VpnGw5AZ"] as const;
export type ZonedSku = (typeof zonedSkus)[number];
export type GatewaySku = "Basic" | ZonedSku;

export const tunnelNames = ["tunnel1", "tunnel2", "tunnel3", "tunnel4"] as const;
export type TunnelName = (typeof tunnelNames)[number];

/** The /30 inside each tunnel: AWS takes its first host, Azure the second. */
export type InsideCidrs = Readonly<Record<TunnelName, string>>;

export type Topology =
  | { readonly kind: "single-tunnel"; readonly sku: GatewaySku; readonly insideCidrs: InsideCidrs }
  | { readonly kind: "dual-tunnel"; readonly sku: GatewaySku; readonly insideCidrs: InsideCidrs }
  | {
      readonly kind: "active-active";
      readonly sku: ZonedSku;
      readonly azureAsn: number;
      readonly awsAsn: number;
      readonly insideCidrs: InsideCidrs;
    };

/** What gateways that others use decide by themselves; absent where the stack makes them. */
export interface ExistingGateways {
  readonly azure?: { readonly gateway?: { readonly sku: string; readonly asn: number | undefined } };
  readonly aws?: { readonly gateway?: { readonly asn: number } };
}

/** A topology as the settings ask for it, with what existing gateways decide in place of the settings' defaults. */
export function withExisting(topology: Topology, { azure, aws }: ExistingGateways): Topology {
  const shared = azure?.gateway;
  // One without zones differs in nothing that tunnels show.
  const zoned = zonedSkus.find((sku) => shared !== undefined && sku.startsWith(shared.sku)) ?? topology.sku;
  if (topology.kind !== "active-active")
    return { ...topology, sku: shared?.sku === "Basic" ? "Basic" : zoned };
  const { asn: azureAsn = topology.azureAsn } = shared ?? {};
  const { asn: awsAsn = topology.awsAsn } = aws?.gateway ?? {};
  return { ...topology, sku: zoned === "Basic" ? topology.sku : zoned, azureAsn, awsAsn };
}

export type AzureInstance = 0 | 1;
export type AwsSlot = 1 | 2;

/** One tunnel with both its ends. */
export interface Tunnel {
  readonly name: TunnelName;
  /** Number of the AWS VPN connection that carries it, from 1. */
  readonly awsConnection: number;
  /** Which of that connection's two tunnels it is. */
  readonly awsSlot: AwsSlot;
  /** The instance of the Azure gateway, which is also the index of its public address. */
  readonly azureInstance: AzureInstance;
  readonly insideCidr: string;
  readonly awsInsideIp: string;
  readonly azureInsideIp: string;
}

export interface AwsConnectionPlan {
  /** From 1. */
  readonly number: number;
  /** The Azure instance that the connection's customer gateway represents. */
  readonly azureInstance: AzureInstance;
  /** Both of AWS's tunnels: the connection carries two whether Azure uses both or not. */
  readonly tunnels: readonly [Tunnel, Tunnel];
}

export type Routing =
  { readonly kind: "static" } | { readonly kind: "bgp"; readonly azureAsn: number; readonly awsAsn: number };

export interface VpnPlan {
  readonly sku: GatewaySku;
  readonly azureInstances: readonly AzureInstance[];
  readonly awsConnections: readonly AwsConnectionPlan[];
  /** The tunnels that Azure uses: one Azure connection each. */
  readonly tunnels: readonly Tunnel[];
  readonly routing: Routing;
}

/**
 * Every tunnel of a topology with both its ends.
 *
 *     AWS connection 1 ── tunnel1, tunnel2 ── Azure instance 0
 *     AWS connection 2 ── tunnel3, tunnel4 ── Azure instance 1   (active-active only)
 */
export function planVpn(topology: Topology): VpnPlan {
  const { sku, insideCidrs } = topology;
  const first = planAwsConnection(1, 0, insideCidrs);
  switch (topology.kind) {
    case "single-tunnel":
      return plan(sku, [first], [first.tunnels[0]], { kind: "static" });
    case "dual-tunnel":
      return plan(sku, [first], first.tunnels, { kind: "static" });
    case "active-active": {
      const second = planAwsConnection(2, 1, insideCidrs);
      const { azureAsn, awsAsn } = topology;
      return plan(sku, [first, second], [...first.tunnels, ...second.tunnels], {
        kind: "bgp",
        azureAsn,
        awsAsn,
      });
    }
  }
}

function plan(
  sku: GatewaySku,
  awsConnections: readonly AwsConnectionPlan[],
  tunnels: readonly Tunnel[],
  routing: Routing,
): VpnPlan {
  return {
    sku,
    awsConnections,
    tunnels,
    routing,
    azureInstances: awsConnections.map((c) => c.azureInstance),
  };
}

function planAwsConnection(
  number: 1 | 2,
  azureInstance: AzureInstance,
  insideCidrs: InsideCidrs,
): AwsConnectionPlan {
  const tunnel = (awsSlot: AwsSlot, name: TunnelName): Tunnel => {
    const insideCidr = insideCidrs[name];
    return {
      name,
      awsConnection: number,
      awsSlot,
      azureInstance,
      insideCidr,
      awsInsideIp: host(insideCidr, 1),
      azureInsideIp: host(insideCidr, 2),
    };
  };
  const names = number === 1 ? (["tunnel1", "tunnel2"] as const) : (["tunnel3", "tunnel4"] as const);
  return { number, azureInstance, tunnels: [tunnel(1, names[0]), tunnel(2, names[1])] };
}

/** The n-th address of a network. */
function host(cidr: string, n: number): string {
  return Address4.fromBigInt(new Address4(cidr).startAddress().bigInt() + BigInt(n)).address;
}

/** The BGP addresses of each Azure instance, in the order of its tunnels. */
export function azureBgpAddresses(tunnels: readonly Tunnel[], instance: AzureInstance): string[] {
  return tunnels.filter((t) => t.azureInstance === instance).map((t) => t.azureInsideIp);
}

/**
 * The BGP address that a connection uses on each instance of the gateway. A connection that names none uses every
 * instance's first, so all must name theirs; the instance that it does not reach gets that instance's first.
 * @see https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-howto-aws-bgp
 */
export function connectionBgpAddresses(
  tunnel: Tunnel,
  tunnels: readonly Tunnel[],
  instances: readonly AzureInstance[],
): { readonly instance: AzureInstance; readonly address: string }[] {
  return instances.map((instance) => ({
    instance,
    address: instance === tunnel.azureInstance ? tunnel.azureInsideIp : firstAddress(tunnels, instance),
  }));
}

function firstAddress(tunnels: readonly Tunnel[], instance: AzureInstance): string {
  const [first] = azureBgpAddresses(tunnels, instance);
  if (first === undefined) throw new Error(`the plan has no tunnel on Azure instance ${instance}`);
  return first;
}
