import type { Estate } from "../estate/estate";

/** What the link carries at most, from AWS to Azure. */
export interface Throughput {
  readonly mbps: number;
  /** What sets this limit. */
  readonly limit: string;
  readonly source: string;
}

/** In Mbit/s over all tunnels: benchmarks with AES-GCM, of the generation that each SKU is made in here; Basic has no GCM. */
const azureMbps: Readonly<Record<string, number>> = {
  ...{ Basic: 100, VpnGw1AZ: 650, VpnGw2AZ: 1250, VpnGw3AZ: 2500, VpnGw4AZ: 5000, VpnGw5AZ: 10_000 },
};

/** The gateway answers by one tunnel at a time, whatever their number: it has no equal-cost multi-path. */
const virtualPrivateGateway: Throughput = {
  mbps: 1250,
  limit: "AWS's virtual private gateway",
  source:
    "https://aws.amazon.com/blogs/networking-and-content-delivery/scaling-vpn-throughput-using-aws-transit-gateway/",
};

/** In Mbit/s, at first; under load AWS scales it up to ten times that. */
const endpointMbpsPerZone = 10_000;

/** The least of what the gateways and the endpoint carry; undefined where Azure's SKU is not in the table, or is none. */
export function throughputOf({ link }: Estate): Throughput | undefined {
  const sku = link.azureGateway?.sku ?? "";
  const mbps = azureMbps[sku];
  if (mbps === undefined) return undefined;
  const zones = link.endpoint?.subnets.length ?? 0;
  const limits: readonly Throughput[] = [
    virtualPrivateGateway,
    {
      mbps,
      limit: `Azure's gateway, ${sku}`,
      source: "https://learn.microsoft.com/azure/vpn-gateway/about-gateway-skus",
    },
    {
      mbps: zones * endpointMbpsPerZone,
      limit: `the S3 endpoint in ${zones === 1 ? "1 zone" : `${zones} zones`}`,
      source: "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html",
    },
  ];
  return limits.reduce((least, limit) => (limit.mbps < least.mbps ? limit : least));
}
