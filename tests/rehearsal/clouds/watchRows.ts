import type { Props } from "../../../rehearsal/model/recording";
import type { Change } from "./estates";
import { own, withTwin, type Row } from "./refusalRows";
import { condition, criteria, topicPolicy, watchEstate } from "./watchEstate";

const nowhere = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/group/nowhere";

const refused = (of: string, code: string, change: Change, property?: string): Row =>
  own(watchEstate, of, code, change, property);

const awsRows: readonly Row[] = [
  refused("topic", "InvalidParameter", { name: "alarms of prod" }, "name"),
  refused("subscription", "NotFound", { topic: "arn:aws:sns:ap-northeast-1:123456789012:nothing" }, "topic"),
  refused("subscription", "InvalidParameter", { protocol: "mail" }, "protocol"),
  refused("subscription", "InvalidParameter", { endpoint: "somebody" }, "endpoint"),
  refused("subscription", "InvalidParameter", { rawMessageDelivery: true }, "rawMessageDelivery"),
  ...[
    { name: "" },
    { name: "Tunnel ①" },
    { alarmDescription: "x".repeat(1025) },
    { comparisonOperator: "LowerThanThreshold" },
    { statistic: "Median" },
    { statistic: undefined },
    { treatMissingData: "bad" },
    { metricName: undefined },
    { namespace: undefined },
    { threshold: undefined },
    { period: undefined },
    { period: 90 },
    { period: 30 },
    { evaluationPeriods: 0 },
    { datapointsToAlarm: 4 },
    { alarmActions: ["the-topic"] },
    { alarmActions: ["arn:aws:sns:us-east-1:123456789012:alarms"] },
    { okActions: Array.from({ length: 6 }, () => "arn:aws:sns:ap-northeast-1:123456789012:alarms") },
  ].map((change: Change) => refused("alarm", "ValidationError", change, Object.keys(change)[0])),
  refused("alarm", "ValidationError", { extendedStatistic: "p90" }, "statistic"),
  refused("alarm", "ValidationError", { evaluationPeriods: 300 }, "evaluationPeriods"),
  refused("alarm", "ValidationError", { period: 7200, evaluationPeriods: 85 }, "evaluationPeriods"),
];

const changed = (change: Props): Change => ({ criteria: criteria({ ...condition, ...change }) });
const without = (property: string): Change => ({
  criteria: criteria(Object.fromEntries(Object.entries(condition).filter(([name]) => name !== property))),
});

const alertRows: readonly Row[] = [
  refused("alert", "ResourceNotFound", { scopes: [nowhere] }, "scopes"),
  refused("alert", "ActionGroupNotFound", { actions: [{ actionGroupId: nowhere }] }, "actions.actionGroupId"),
  refused("alert", "LocationNotAvailableForResourceType", { location: "japaneast" }, "location"),
  refused("alert", "BadRequest", { severity: 5 }, "severity"),
  refused("alert", "BadRequest", { ruleName: "peers of prod?" }, "ruleName"),
  refused("alert", "BadRequest", { windowSize: "PT10M" }, "windowSize"),
  refused("alert", "BadRequest", { windowSize: "PT1M" }, "windowSize"),
  refused("alert", "BadRequest", { evaluationFrequency: "PT2M" }, "evaluationFrequency"),
  refused("alert", "BadRequest", { evaluationFrequency: "PT15M" }, "windowSize"),
  own(
    watchEstate,
    "alert",
    "BadRequest",
    (made) => ({ scopes: [made("gateway").id, made("gateway").id] }),
    "scopes",
  ),
  refused("alert", "BadRequest", { criteria: criteria() }, "criteria"),
  refused("alert", "BadRequest", { criteria: { allOf: [condition] } }, "criteria"),
  ...[
    changed({ metricName: "TunnelState" }),
    changed({ metricNamespace: "Microsoft.Network/vpnGateways" }),
    changed({ operator: "Below" }),
    changed({ timeAggregation: "Sum" }),
    changed({ criterionType: "Static" }),
    changed({ window: "PT5M" }),
    changed({ dimensions: [{ name: "ConnectionName", operator: "Include", values: ["*"] }] }),
    changed({ dimensions: [{ name: "BgpPeerAddress", operator: "Equals", values: ["*"] }] }),
    changed({ dimensions: [{ name: "BgpPeerAddress", operator: "Include", values: [] }] }),
    without("name"),
    without("metricName"),
    without("threshold"),
    without("criterionType"),
  ].map((change) => refused("alert", "BadRequest", change, "criteria")),
  {
    title: "two alerts of one name",
    estate: withTwin(watchEstate, "alert"),
    of: "twin",
    changes: { alert: { ruleName: "peers" }, twin: { ruleName: "peers" } },
    code: "AlreadyExists",
  },
];

const monitorRows: readonly Row[] = [
  refused("workspace", "InvalidResourceName", { workspaceName: "-logs" }, "workspaceName"),
  refused("workspace", "InvalidSku", { sku: { name: "Standalone" } }, "sku"),
  refused("workspace", "InvalidSku", { sku: {} }, "sku"),
  ...[7, 29, 731].map((days) =>
    refused("workspace", "InvalidParameter", { retentionInDays: days }, "retentionInDays"),
  ),
  refused("logSetting", "ResourceNotFound", { resourceUri: nowhere }, "resourceUri"),
  refused("logSetting", "ResourceNotFound", { workspaceId: nowhere }, "workspaceId"),
  refused("logSetting", "BadRequest", { workspaceId: undefined }, "workspaceId"),
  refused("logSetting", "BadRequest", { logs: [{ category: "TunnelLog", enabled: true }] }, "logs"),
  refused(
    "logSetting",
    "BadRequest",
    {
      logs: [
        {
          category: "TunnelDiagnosticLog",
          enabled: true,
          retentionPolicy: { enabled: true, days: 90 },
        },
      ],
    },
    "logs",
  ),
  {
    title: "a second setting for one category",
    estate: withTwin(watchEstate, "logSetting"),
    of: "twin",
    changes: {},
    code: "Conflict",
  },
  refused(
    "actionGroup",
    "InvalidActionGroupShortName",
    { groupShortName: "azure-s3-link" },
    "groupShortName",
  ),
  refused("actionGroup", "LocationNotAvailableForResourceType", { location: "japaneast" }, "location"),
  refused(
    "actionGroup",
    "DuplicateActionGroupReceiverName",
    {
      emailReceivers: ["one@example.com", "two@example.com"].map((emailAddress) => ({
        name: "us",
        emailAddress,
      })),
    },
    "emailReceivers",
  ),
  refused(
    "actionGroup",
    "InvalidActionGroupReceiver",
    { emailReceivers: [{ emailAddress: "us@example.com" }] },
    "emailReceivers",
  ),
  refused(
    "actionGroup",
    "InvalidEmailAddress",
    { emailReceivers: [{ name: "us", emailAddress: "us" }] },
    "emailReceivers",
  ),
];

const changeRows: readonly Row[] = [
  own(watchEstate, "topicPolicy", "NotFound", { arn: "arn:aws:sns:ap-northeast-1:123456789012:gone" }),
  // What is in another region than what it names.
  own(watchEstate, "topicPolicy", "InvalidParameter", { region: "us-east-1" }, "arn"),
  own(watchEstate, "subscription", "InvalidParameter", { region: "us-east-1" }, "topic"),
  own(watchEstate, "target", "ResourceNotFoundException", { region: "us-east-1" }, "rule"),
  own(
    watchEstate,
    "target",
    "ValidationException",
    { arn: "arn:aws:sns:us-east-1:123456789012:alarms" },
    "arn",
  ),
  own(watchEstate, "topicPolicy", "InvalidParameter", { policy: "nobody" }, "policy"),
  own(watchEstate, "topicPolicy", "InvalidParameter", { policy: topicPolicy("*") }, "policy"),
  own(watchEstate, "rule", "ValidationException", { name: "a b" }, "name"),
  own(watchEstate, "rule", "ValidationException", { description: "x".repeat(513) }, "description"),
  own(watchEstate, "rule", "ValidationException", { state: "ASLEEP" }, "state"),
  own(watchEstate, "rule", "ValidationException", { eventPattern: undefined }, "eventPattern"),
  ...["{", "{}", '{"source":"aws.s3"}', '{"source":[]}'].map((eventPattern) =>
    own(watchEstate, "rule", "InvalidEventPatternException", { eventPattern }, "eventPattern"),
  ),
  own(watchEstate, "target", "ResourceNotFoundException", { rule: "gone" }, "rule"),
  own(watchEstate, "target", "ValidationException", { arn: "topic" }, "arn"),
  own(
    watchEstate,
    "target",
    "ValidationException",
    { roleArn: "arn:aws:iam::123456789012:role/x" },
    "roleArn",
  ),
];

export const watchRows: readonly Row[] = [...changeRows, ...awsRows, ...alertRows, ...monitorRows];
