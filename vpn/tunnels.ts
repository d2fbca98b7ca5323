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
