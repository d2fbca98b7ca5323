import { arnOf, forceNew, regional, regionOf, tagsAll } from "../aws";
import { serviceActions } from "../serviceActions";
import type { ResourceRecord } from "../../cloudType";
import { awsImpacts, none } from "../../impact";
import { alwaysAbout, each, refuseIf, refuseOthers, words } from "../../rules";
import type { Props, Refusal } from "../../../model/recording";
import { knownStrings, number, text, valuesAt } from "../../../model/values";

const put = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html";
const alarming = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html";

/** What each of these properties may say. */
const choices: Readonly<Record<string, readonly string[]>> = {
  comparisonOperator: words(`
    GreaterThanOrEqualToThreshold GreaterThanThreshold LessThanThreshold LessThanOrEqualToThreshold
    LessThanLowerOrGreaterThanUpperThreshold LessThanLowerThreshold GreaterThanUpperThreshold`),
  statistic: words("SampleCount Average Sum Minimum Maximum"),
  treatMissingData: words("breaching notBreaching ignore missing"),
};

const actionProperties = ["alarmActions", "okActions", "insufficientDataActions"];

const replaces = { ...regional, name: forceNew("cloudwatch/metric_alarm") };
const watchesOtherwise = none("no traffic; it watches something else, or in another way", alarming);

export const metricAlarm: ResourceRecord = {
  decides: [],
  properties: words(`
    actionsEnabled alarmActions alarmDescription comparisonOperator datapointsToAlarm dimensions.*
    evaluateLowSampleCountPercentiles evaluationCriteria.* evaluationInterval evaluationPeriods extendedStatistic
    insufficientDataActions metricName metricQueries.* name namespace okActions period region statistic tags.*
    threshold thresholdMetricId treatMissingData unit warmUpConfiguration.*`),
  required: [],
  replaces,
  permissions: {
    create: ["cloudwatch:PutMetricAlarm", "cloudwatch:TagResource"],
    read: ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"],
    update: ["cloudwatch:PutMetricAlarm", "cloudwatch:TagResource", "cloudwatch:UntagResource"],
    delete: ["cloudwatch:DeleteAlarms"],
    source: serviceActions("amazoncloudwatch", "cloudwatch"),
  },
  impact: awsImpacts({
    create: none("it only watches", alarming),
    delete: none("no traffic; what it watched raises no alarm any more", alarming),
    replace: watchesOtherwise,
    replaces,
    properties: each(
      `alarmActions alarmDescription comparisonOperator dimensions evaluationPeriods metricName namespace okActions
      period statistic threshold treatMissingData`,
      watchesOtherwise,
    ),
  }),
  autoName: "name",
  // No `duplicate`: another alarm of the same name overwrites the first.
  ...alwaysAbout(0.05, "one call"),
  refuse: (inputs, cloud) => [
    ...refuseTexts(inputs),
    ...refuseMetric(inputs),
    ...refusePeriods(inputs),
    ...actionProperties.flatMap((property) => refuseActions(inputs, property, regionOf(inputs, cloud))),
  ],
  id: (inputs) => text(inputs, "name") ?? "",
  outputs: (inputs, cloud) => ({
    ...tagsAll(inputs),
    arn: arnOf("cloudwatch", inputs, cloud, `alarm:${text(inputs, "name") ?? ""}`),
    region: regionOf(inputs, cloud),
  }),
};

function invalid(property: string, message: string): Refusal {
  return { code: "ValidationError", message, property, source: put };
}

function refuseTexts(inputs: Props): readonly Refusal[] {
  const [name, description] = [text(inputs, "name"), text(inputs, "alarmDescription")];
  return [
    ...Object.entries(choices).flatMap(([property, allowed]) =>
      refuseOthers(inputs, property, allowed, (message) => invalid(property, message)),
    ),
    ...refuseIf(
      name !== undefined && !/^[\x20-\x7e]{1,255}$/.test(name),
      invalid("name", "an alarm's name has 1 to 255 ASCII characters"),
    ),
    ...refuseIf(
      description !== undefined && description.length > 1024,
      invalid("alarmDescription", "an alarm's description has up to 1024 characters"),
    ),
  ];
}

/** Either one metric with its statistic and a threshold, or queries that say all that themselves. */
function refuseMetric(inputs: Props): readonly Refusal[] {
  const has = (property: string) => valuesAt(inputs, property).length > 0;
  const queried = has("metricQueries") || has("evaluationCriteria");
  if (queried) return [];
  return [
    ...["metricName", "namespace", "comparisonOperator", "evaluationPeriods", "period", "threshold"]
      .filter((property) => !has(property))
      .map((property) => invalid(property, `an alarm on a metric needs ${property}`)),
    ...refuseIf(
      has("statistic") === has("extendedStatistic"),
      invalid("statistic", "an alarm on a metric has a statistic or an extended statistic, and not both"),
    ),
  ];
}

/** The longest that an alarm looks back, in seconds: a week, or a day where its periods are short. */
const [week, day, hour] = [604_800, 86_400, 3_600];

function refusePeriods(inputs: Props): readonly Refusal[] {
  const period = number(inputs, "period");
  const periods = number(inputs, "evaluationPeriods");
  const datapoints = number(inputs, "datapointsToAlarm");
  const longest = period !== undefined && period >= hour ? week : day;
  // The clouds' own metrics have no shorter periods than a minute.
  const allowed = text(inputs, "namespace")?.startsWith("AWS/") === true ? [] : [10, 20, 30];
  return [
    ...refuseIf(
      period !== undefined && (period < 1 || (period % 60 !== 0 && !allowed.includes(period))),
      invalid("period", `a period of ${String(period)} seconds is not a multiple of 60`),
    ),
    ...refuseIf(
      periods !== undefined && periods < 1,
      invalid("evaluationPeriods", "an alarm looks at 1 period or more"),
    ),
    ...refuseIf(
      period !== undefined && periods !== undefined && period * periods > longest,
      invalid("evaluationPeriods", `an alarm looks back ${longest} seconds at most`),
    ),
    ...refuseIf(
      datapoints !== undefined && periods !== undefined && (datapoints < 1 || datapoints > periods),
      invalid("datapointsToAlarm", `of ${String(periods)} periods 1 to all of them may have to be bad`),
    ),
  ];
}

/** Whether the ARN leads anywhere, CloudWatch finds out when it alarms. */
function refuseActions(inputs: Props, property: string, region: string): readonly Refusal[] {
  const actions = valuesAt(inputs, property);
  return [
    ...refuseIf(actions.length > 5, invalid(property, `${property} takes up to 5 actions`)),
    ...knownStrings(inputs, property)
      .filter((action) => !/^arn:[\w-]+:[\w-]+:[\w-]*:[\w-]*:.+$/.test(action))
      .map((action) => invalid(property, `Invalid arn syntax: ${action}`)),
    // https://github.com/cds-snc/notification-terraform/pull/128
    ...knownStrings(inputs, property)
      .map((action) => action.split(":")[3] ?? "")
      .filter((other) => other !== "" && other !== region)
      .map((other) => invalid(property, `Invalid region ${other} specified. Only ${region} is supported.`)),
  ];
}
