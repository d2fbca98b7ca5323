import { awsTypes, azureTypes } from "../model/resourceTypes";
import { listAt } from "./azureNames";
import { sameAzureId } from "../model/azureIds";
import { isProps, isTrue, knownStrings, number, text, valuesAt } from "../model/values";
import type { EstateIndex, Item } from "./estateIndex";
import type { RecordedResource, Value } from "../model/recording";

/** What watches the link, in both clouds. */
export interface AlarmEstate {
  readonly topics: readonly AlarmTopic[];
  readonly alarms: readonly MetricAlarm[];
  readonly workspaces: readonly LogWorkspace[];
  readonly logSettings: readonly LogSetting[];
  readonly actionGroups: readonly ActionGroup[];
  readonly alerts: readonly MetricAlert[];
}

/** An SNS topic, and who gets its messages by e-mail. */
export interface AlarmTopic extends Item {
  readonly subscriptions: readonly (Item & { readonly email: string })[];
  /** The key that its messages are encrypted with; undefined where they are not. */
  readonly key: string | undefined;
}

/** A CloudWatch alarm. */
export interface MetricAlarm extends Item {
  readonly name: string;
  readonly says: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string | undefined;
  readonly periodMinutes: number;
  readonly periods: number;
  readonly datapointsToAlarm: number;
  readonly comparison: string | undefined;
  readonly threshold: number | undefined;
  readonly missingData: string;
  readonly acts: boolean;
  /** Topics of this stack, as against whatever else an ARN may name. */
  readonly onAlarm: readonly AlarmTopic[];
  readonly onOk: readonly AlarmTopic[];
}

export interface LogWorkspace extends Item {
  readonly retentionDays: number | undefined;
}

/** Which logs of a resource go to which workspace. */
export interface LogSetting extends Item {
  readonly of: string | undefined;
  readonly workspace: LogWorkspace | undefined;
  readonly categories: readonly string[];
}

export interface ActionGroup extends Item {
  readonly enabled: boolean;
  readonly emails: readonly string[];
}

export interface MetricAlert extends Item {
  readonly name: string;
  readonly says: string;
  readonly scopes: readonly string[];
  readonly enabled: boolean;
  readonly windowMinutes: number;
  readonly frequencyMinutes: number;
  readonly conditions: readonly AlertCondition[];
  readonly groups: readonly ActionGroup[];
}

export interface AlertCondition {
  readonly metric: string;
  readonly aggregation: string | undefined;
  readonly operator: string | undefined;
  readonly threshold: number | undefined;
  readonly dimensions: readonly {
    readonly name: string;
    readonly excludes: boolean;
    readonly values: readonly string[];
  }[];
}

export function readAlarms(index: EstateIndex): AlarmEstate {
  const topics = index.ofType(awsTypes.topic).map((resource) => readTopic(resource, index));
  const workspaces = index.ofType(azureTypes.workspace).map((resource): LogWorkspace => ({
    resource,
    retentionDays: number(resource.inputs, "retentionInDays"),
  }));
  const actionGroups = index.ofType(azureTypes.actionGroup).map((resource): ActionGroup => ({
    resource,
    enabled: isTrue(resource.inputs, "enabled"),
    emails: knownStrings(resource.inputs, "emailReceivers.emailAddress"),
  }));
  return {
    topics,
    alarms: index.ofType(awsTypes.metricAlarm).map((resource) => readAlarm(resource, topics)),
    workspaces,
    logSettings: index
      .ofType(azureTypes.diagnosticSetting)
      .map((resource) => readLogSetting(resource, workspaces)),
    actionGroups,
    alerts: index.ofType(azureTypes.metricAlert).map((resource) => readAlert(resource, actionGroups)),
  };
}

function readTopic(resource: RecordedResource, index: EstateIndex): AlarmTopic {
  const subscriptions = index
    .ofType(awsTypes.topicSubscription)
    .filter(({ inputs }) => text(inputs, "topic") === resource.id && text(inputs, "protocol") === "email")
    .map((subscription) => ({
      resource: subscription,
      email: text(subscription.inputs, "endpoint") ?? "",
    }));
  return { resource, subscriptions, key: text(resource.inputs, "kmsMasterKeyId") };
}

function readAlarm(resource: RecordedResource, topics: readonly AlarmTopic[]): MetricAlarm {
  const { inputs } = resource;
  const named = (property: string) => {
    const arns = knownStrings(inputs, property);
    return topics.filter((topic) => arns.includes(topic.resource.id));
  };
  const periods = number(inputs, "evaluationPeriods") ?? 1;
  const dimensions = inputs["dimensions"];
  return {
    resource,
    name: text(inputs, "name") ?? "",
    says: text(inputs, "alarmDescription") ?? "",
    metric: `${text(inputs, "namespace") ?? ""} ${text(inputs, "metricName") ?? ""}`,
    dimensions: isProps(dimensions)
      ? Object.fromEntries(Object.keys(dimensions).map((name) => [name, text(dimensions, name) ?? ""]))
      : {},
    statistic: text(inputs, "statistic"),
    periodMinutes: (number(inputs, "period") ?? 0) / 60,
    periods,
    datapointsToAlarm: number(inputs, "datapointsToAlarm") ?? periods,
    comparison: text(inputs, "comparisonOperator"),
    threshold: number(inputs, "threshold"),
    missingData: text(inputs, "treatMissingData") ?? "missing",
    acts: inputs["actionsEnabled"] !== false,
    onAlarm: named("alarmActions"),
    onOk: named("okActions"),
  };
}

function readLogSetting(resource: RecordedResource, workspaces: readonly LogWorkspace[]): LogSetting {
  const { inputs } = resource;
  return {
    resource,
    of: text(inputs, "resourceUri"),
    workspace: workspaces.find((one) => sameAzureId(one.resource.id, text(inputs, "workspaceId"))),
    categories: listAt(inputs, "logs")
      .filter((log) => isTrue(log, "enabled"))
      .flatMap((log) => knownStrings(log, "category")),
  };
}

function readAlert(resource: RecordedResource, groups: readonly ActionGroup[]): MetricAlert {
  const { inputs } = resource;
  const ids = knownStrings(inputs, "actions.actionGroupId");
  return {
    resource,
    name: text(inputs, "ruleName") ?? "",
    says: text(inputs, "description") ?? "",
    scopes: knownStrings(inputs, "scopes"),
    enabled: isTrue(inputs, "enabled"),
    windowMinutes: minutes(text(inputs, "windowSize")),
    frequencyMinutes: minutes(text(inputs, "evaluationFrequency")),
    conditions: listAt(inputs, "criteria.allOf").map(readCondition),
    groups: groups.filter((group) => ids.some((id) => sameAzureId(group.resource.id, id))),
  };
}

function readCondition(condition: Value): AlertCondition {
  return {
    metric: text(condition, "metricName") ?? "",
    aggregation: text(condition, "timeAggregation"),
    operator: text(condition, "operator"),
    threshold: number(condition, "threshold"),
    dimensions: valuesAt(condition, "dimensions").map((dimension) => ({
      name: text(dimension, "name") ?? "",
      excludes: text(dimension, "operator") === "Exclude",
      values: knownStrings(dimension, "values"),
    })),
  };
}

/** An ISO 8601 duration of one unit, as `PT5M`, in minutes; 0 where there is none. */
function minutes(duration: string | undefined): number {
  const [, date = "", count = "0", unit = ""] = /^P(T?)(\d+)([MHD])$/.exec(duration ?? "") ?? [];
  const factor = date === "T" ? { M: 1, H: 60 }[unit] : { D: 1440 }[unit];
  return Number(count) * (factor ?? 0);
}
