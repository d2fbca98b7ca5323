import type { Estate } from "../estate/estate";

/** What the link carries at most. */
export interface Throughput {
  readonly mbps: number;
  /** What sets this limit. */
  readonly limit: string;
  readonly source: string;
}

/** In Mbit/s over all tunnels, with the suites that the program pins, and what Basic can do. Larger SKUs exceed AWS. */
const azureMbps: Readonly<Record<string, number>> = { Basic: 100, VpnGw1AZ: 650, VpnGw2AZ: 1250 };

const aws: Throughput = {
  mbps: 1250,
  limit: "AWS's virtual private gateway",
  source: "https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-limits.html",
};

/** Undefined where the gateway's SKU is not in the table, or is none. */
export function throughputOf({ azure }: Estate): Throughput | undefined {
  const sku = azure.gateways[0]?.sku;
  if (sku === undefined) return undefined;
  const mbps = azureMbps[sku] ?? (/^VpnGw[345]AZ$/.test(sku) ? Infinity : undefined);
  if (mbps === undefined) return undefined;
  if (mbps >= aws.mbps) return aws;
  return {
    mbps,
    limit: `Azure's gateway, ${sku}`,
    source: "https://learn.microsoft.com/azure/vpn-gateway/about-gateway-skus",
  };
}
