import { awsTypes } from "../model/resourceTypes";
import type { Estate } from "../estate/estate";
import { ownOf } from "../estate/estateIndex";
import { text } from "../model/values";
import { everyRegion, type Price, priceList, type PriceList, type PriceName } from "./prices";

/** What a month holds: the stack runs for hours and moves data. */
export interface Usage {
  readonly hours: number;
  /** GB that clients in Azure read from the buckets. */
  readonly readGb: number;
  /** GB that clients in Azure write to the buckets. */
  readonly writtenGb: number;
  /** GB that lie in the buckets. */
  readonly storedGb: number;
  /** GB of flow logs, and as much of access logs and of a trail's files, where there are any. */
  readonly loggedGb: number;
  /** Requests to the buckets' objects, which a trail records. */
  readonly requests: number;
}

const hoursOfMonth = 730;

/** A whole month of 730 hours, and a moderate use of it. */
export const usualUsage: Usage = {
  hours: hoursOfMonth,
  readGb: 100,
  writtenGb: 10,
  storedGb: 100,
  loggedGb: 1,
  requests: 100_000,
};

/** Equal ends where the price is certain. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

export interface CostLine {
  readonly name: PriceName;
  readonly cloud: "Azure" | "AWS";
  readonly region: string;
  /** As `2 × 730 hours`. */
  readonly quantity: string;
  readonly price: Range;
  readonly per: Price["per"];
  readonly amount: Range;
  readonly source: string;
}

export interface Cost {
  readonly date: string;
  readonly currency: string;
  readonly usage: Usage;
  readonly lines: readonly CostLine[];
  readonly total: Range;
  /** What the price list has no figure for; the total is without it. */
  readonly unpriced: readonly string[];
}

/** How many months' logs lie in the log bucket before they go. */
const monthsOfLogs = 3;

/** What no line counts, so that nobody takes the total for a bill. */
export const notCounted =
  "Not counted: requests to S3, tunnel logs in AWS, messages, clients of your own, taxes, and the clouds' free allowances.";

interface Item {
  readonly name: PriceName;
  readonly cloud: CostLine["cloud"];
  /** How many of it run, or 1 for what is billed by data. */
  readonly count: number;
  readonly each: { readonly of: number; readonly unit: "hours" | "months" | "GB" | "events" };
}

/**
 * What the price of an Azure gateway includes; Basic has no more than these.
 * https://github.com/MicrosoftDocs/azure-docs/issues/85917 and https://azure.microsoft.com/pricing/details/vpn-gateway/
 */
const includedTunnels = 10;

/** guess: what a gateway logs in a month, in GB; most of it the negotiations of its tunnels. */
const gatewayLogsGb = 1;

/** guess: what is changed in an account in a month, in all its regions. */
const changesOfAccount = 10_000;

/** A month of what the estate holds. */
export function monthlyCost(estate: Estate, usage: Usage = usualUsage, list: PriceList = priceList): Cost {
  const regions = {
    AWS: text(estate.outputs, "awsRegion") ?? "an unknown region",
    Azure: text(estate.outputs, "azureLocation") ?? "an unknown location",
  };
  const priced = itemsOf(estate, usage).map((item) => {
    const region = regions[item.cloud];
    const price = list.prices.find(
      (entry) => entry.name === item.name && [region, everyRegion].includes(entry.region),
    );
    return { item, region, price };
  });
  const lines = priced.flatMap(({ item, region, price }) =>
    price === undefined ? [] : [lineOf(item, region, price)],
  );
  return {
    date: list.date,
    currency: list.currency,
    usage,
    lines,
    total: {
      low: cents(lines.reduce((sum, line) => sum + line.amount.low, 0)),
      high: cents(lines.reduce((sum, line) => sum + line.amount.high, 0)),
    },
    unpriced: priced.flatMap(({ item, region, price }) =>
      price === undefined ? [`${item.name}: no price for ${region} in the list of ${list.date}`] : [],
    ),
  };
}

function itemsOf(estate: Estate, usage: Usage): readonly Item[] {
  const { azure, alarms: watch } = estate;
  const endpoints = ownOf(estate.aws.endpoints);
  const connections = ownOf(estate.aws.vpnConnections);
  const ownGateways = ownOf(azure.gateways);
  const tunnels = ownOf(azure.connections).length;
  const ownTrails = ownOf(estate.ofType(awsTypes.trail).map((resource) => ({ resource })));
  const hours = (cloud: Item["cloud"], name: PriceName, count: number): Item => ({
    name,
    cloud,
    count,
    each: { of: usage.hours, unit: "hours" },
  });
  const data = (cloud: Item["cloud"], name: PriceName, gb: number): Item => ({
    name,
    cloud,
    count: 1,
    each: { of: gb, unit: "GB" },
  });
  const months = usage.hours / hoursOfMonth;
  const recorded = (name: PriceName, events: number): Item => ({
    name,
    cloud: "AWS",
    count: ownTrails.length,
    each: { of: events, unit: "events" },
  });
  const monthly = (cloud: Item["cloud"], name: PriceName, count: number): Item => ({
    name,
    cloud,
    count,
    each: { of: months, unit: "months" },
  });
  const zones = endpoints.reduce((sum, endpoint) => sum + endpoint.subnetIds.length, 0);
  const linked = connections.length > 0 && endpoints.length > 0;
  const logKinds = [...new Set(estate.logDeliveries.map(({ kind }) => kind))];
  const stored =
    (estate.ofType(awsTypes.bucket).length > 0 ? usage.storedGb : 0) +
    logKinds.length * usage.loggedGb * monthsOfLogs;
  return [
    ...ownGateways.map((gateway) => hours("Azure", `Azure VPN gateway ${gateway.sku ?? ""}` as PriceName, 1)),
    hours("Azure", "Azure public address", ownOf(azure.publicIps).length),
    // A gateway of others may have its ten already.
    hours(
      "Azure",
      "Azure VPN tunnel",
      ownGateways.length > 0 ? Math.max(0, tunnels - includedTunnels) : tunnels,
    ),
    data("Azure", "Azure data out to the internet", linked ? usage.writtenGb : 0),
    // By the query, of which nobody knows how many there are: the list has no price for a month.
    monthly("Azure", "Azure DNS queries under a policy", ownOf(azure.dnsPolicies).length),
    ...azure.machines.flatMap((machine) => [
      hours("Azure", `Azure machine ${machine.size ?? ""}` as PriceName, 1),
      // What the image brings, where nothing else is said.
      hours("Azure", "Azure disk of 32 GB, Standard SSD", 1),
    ]),
    hours("AWS", "AWS VPN connection", connections.length),
    hours("AWS", "AWS public address of a tunnel", connections.length * 2),
    hours("AWS", "S3 interface endpoint in one zone", zones),
    data("AWS", "S3 interface endpoint data", linked ? usage.readGb + usage.writtenGb : 0),
    data("AWS", "AWS data out to the internet", linked ? usage.readGb : 0),
    monthly("AWS", "AWS alarm", watch.alarms.length),
    monthly("Azure", "Azure alert on one time series", seriesWatched(estate)),
    data("Azure", "Azure gateway logs", watch.logSettings.length * gatewayLogsGb * months),
    // S3 delivers its own access logs for nothing: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
    data("AWS", "Flow log delivery to S3", logKinds.includes("flow") ? usage.loggedGb : 0),
    data("AWS", "S3 Standard storage", stored),
    recorded("CloudTrail data events", usage.requests),
    // What EventBridge has of them for its rules costs nothing: https://aws.amazon.com/eventbridge/pricing/
    recorded("CloudTrail management events", Math.round(changesOfAccount * months)),
  ].filter(({ count, each }) => count * each.of > 0);
}

/** An alert is billed for each value of its dimension: a listed one, or one for each tunnel. */
function seriesWatched({ alarms: watch, azure }: Estate): number {
  const values = watch.alerts.flatMap(({ conditions }) =>
    conditions.flatMap(({ dimensions }) => dimensions.flatMap((dimension) => dimension.values)),
  );
  return values.reduce((sum, value) => sum + (value === "*" ? ownOf(azure.connections).length : 1), 0);
}

function lineOf({ name, cloud, count, each }: Item, region: string, price: Price): CostLine {
  const quantity = (count * each.of) / (each.unit === "events" ? 100_000 : 1);
  return {
    name,
    cloud,
    region,
    quantity: quantityOf(count, each),
    price: { low: price.low, high: price.high },
    per: price.per,
    amount: { low: cents(quantity * price.low), high: cents(quantity * price.high) },
    source: price.source,
  };
}

function quantityOf(count: number, { of, unit }: Item["each"]): string {
  switch (unit) {
    case "GB":
      return `${cents(of)} GB`;
    case "events":
      return `${(count * of).toLocaleString("en-US")} events`;
    case "hours":
      return `${count} × ${of} hours`;
    case "months":
      return of === 1 ? `${count} × 1 month` : `${count} × ${cents(of)} months`;
  }
}

function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
