import type { AlertCondition, MetricAlarm, MetricAlert } from "../estate/alarms";

/** Both clouds give a value every five minutes: guess: AWS; Azure's PT5M is in its list of metrics. */
export const grainMinutes = 5;

/** What a metric says every five minutes: several values where several tunnels share it, none where data is missing. */
export type Timeline = readonly (readonly number[])[];

/**
 * Whether CloudWatch is in alarm at the end of the timeline.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
export function alarmed(alarm: MetricAlarm, timeline: Timeline): boolean {
  const bad = lastPeriods(alarm, timeline).filter((values) => {
    if (values.length === 0) return alarm.missingData === "breaching";
    return compared(alarm.comparison, statistic(alarm.statistic, values), alarm.threshold);
  });
  return bad.length >= alarm.datapointsToAlarm;
}

/** The values of each of the last periods, the latest first. */
function lastPeriods(
  { periodMinutes, periods }: MetricAlarm,
  timeline: Timeline,
): readonly (readonly number[])[] {
  const end = timeline.length * grainMinutes;
  return Array.from({ length: periods }, (_, index) => {
    const [from, to] = [end - (index + 1) * periodMinutes, end - index * periodMinutes];
    return timeline.flatMap((values, at) => {
      const minute = at * grainMinutes;
      return minute >= from && minute < to ? values : [];
    });
  });
}

/** One time series of an Azure metric: its dimensions, and a value every five minutes. */
export interface Series {
  readonly dimensions: Readonly<Record<string, string>>;
  readonly values: readonly number[];
}

/**
 * The dimensions for which an alert fires at the end of the series, once for each set that its conditions tell apart.
 * Without data nothing fires. https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-types#metric-alerts
 */
export function fired(
  alert: MetricAlert,
  seriesOf: Readonly<Record<string, readonly Series[]>>,
): readonly Readonly<Record<string, string>>[] {
  const [first, ...others] = alert.conditions.map((condition) =>
    firedOn(condition, alert.windowMinutes, seriesOf[condition.metric] ?? []),
  );
  const same = (one: object, other: object) => JSON.stringify(one) === JSON.stringify(other);
  return (first ?? []).filter((set) => others.every((sets) => sets.some((other) => same(set, other))));
}

function firedOn(
  condition: AlertCondition,
  windowMinutes: number,
  series: readonly Series[],
): readonly Readonly<Record<string, string>>[] {
  const sets = new Map<string, number[]>();
  for (const { dimensions, values } of series) {
    if (!condition.dimensions.every((wanted) => admits(wanted, dimensions[wanted.name]))) continue;
    const key = JSON.stringify(condition.dimensions.map(({ name }) => [name, dimensions[name]]));
    const within = values.slice(-Math.max(1, windowMinutes / grainMinutes));
    sets.set(key, [...(sets.get(key) ?? []), ...within]);
  }
  return [...sets]
    .filter(([, values]) =>
      compared(condition.operator, statistic(condition.aggregation, values), condition.threshold),
    )
    .map(([key]) => Object.fromEntries(JSON.parse(key) as [string, string][]));
}

function admits(
  { excludes, values }: AlertCondition["dimensions"][number],
  value: string | undefined,
): boolean {
  if (value === undefined) return false;
  const listed = values.includes(value) || values.includes("*");
  return listed !== excludes;
}

/** By AWS's names and by Azure's. */
function statistic(name: string | undefined, values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0);
  switch (name) {
    case "Maximum":
      return Math.max(...values);
    case "Minimum":
      return Math.min(...values);
    case "Sum":
    case "Total":
      return sum;
    case "SampleCount":
    case "Count":
      return values.length;
    default:
      return sum / values.length;
  }
}

function compared(operator: string | undefined, value: number, threshold: number | undefined): boolean {
  if (threshold === undefined) return false;
  switch (operator) {
    case "LessThanThreshold":
    case "LessThan":
      return value < threshold;
    case "LessThanOrEqualToThreshold":
    case "LessThanOrEqual":
      return value <= threshold;
    case "GreaterThanThreshold":
    case "GreaterThan":
      return value > threshold;
    case "GreaterThanOrEqualToThreshold":
    case "GreaterThanOrEqual":
      return value >= threshold;
    case "Equals":
      return value === threshold;
    default:
      return false;
  }
}
