import type { Props } from "../../../rehearsal/model/recording";
import { output, type Estate } from "./estates";
import { inGroup, named, planned } from "./networkEstates";
import { bgpEstate } from "./vpnEstates";

export const condition: Props = {
  name: "bgp-peer",
  criterionType: "StaticThresholdCriterion",
  metricNamespace: "Microsoft.Network/virtualNetworkGateways",
  metricName: "BgpPeerStatus",
  timeAggregation: "Total",
  operator: "LessThan",
  threshold: 1,
  dimensions: [{ name: "BgpPeerAddress", operator: "Include", values: ["169.254.21.1"] }],
};

export function criteria(...conditions: readonly Props[]): Props {
  return {
    odataType: "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
    allOf: conditions,
  };
}

/** What watches a link, on the link that it watches. */
export const watchEstate: Estate = {
  ...bgpEstate,
  topic: planned("aws:sns/topic:Topic", () => ({ name: "alarms" })),
  subscription: planned("aws:sns/topicSubscription:TopicSubscription", (made) => ({
    topic: output(made, "topic", "arn"),
    protocol: "email",
    endpoint: "us@example.com",
  })),
  alarm: planned("aws:cloudwatch/metricAlarm:MetricAlarm", (made) => ({
    name: "tunnel1",
    namespace: "AWS/VPN",
    metricName: "TunnelState",
    dimensions: {
      VpnId: made("connection1").id,
      TunnelIpAddress: output(made, "connection1", "tunnel1Address"),
    },
    statistic: "Maximum",
    period: 300,
    evaluationPeriods: 3,
    comparisonOperator: "LessThanThreshold",
    threshold: 1,
    treatMissingData: "breaching",
    alarmActions: [output(made, "topic", "arn")],
  })),
  workspace: planned("azure-native:operationalinsights:Workspace", (made) => ({
    ...inGroup(made),
    sku: { name: "PerGB2018" },
    retentionInDays: 90,
  })),
  logSetting: planned("azure-native:monitor:DiagnosticSetting", (made) => ({
    resourceUri: made("gateway").id,
    workspaceId: made("workspace").id,
    logs: [{ category: "TunnelDiagnosticLog", enabled: true }],
  })),
  actionGroup: planned("azure-native:monitor:ActionGroup", (made) => ({
    resourceGroupName: named(made, "group"),
    location: "global",
    enabled: true,
    groupShortName: "s3-link",
    emailReceivers: [{ name: "us", emailAddress: "us@example.com" }],
  })),
  alert: planned("azure-native:monitor:MetricAlert", (made) => ({
    resourceGroupName: named(made, "group"),
    location: "global",
    enabled: true,
    severity: 1,
    scopes: [made("gateway").id],
    windowSize: "PT5M",
    evaluationFrequency: "PT1M",
    criteria: criteria(condition),
    actions: [{ actionGroupId: made("actionGroup").id }],
  })),
};
