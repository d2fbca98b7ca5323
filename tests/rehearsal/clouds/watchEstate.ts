import { awsTypes, azureTypes } from "../../../rehearsal/model/resourceTypes";
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

export const topicPolicy = (topic: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sns:Publish",
        Resource: topic,
      },
    ],
  });

/** What watches a link, on the link that it watches. */
export const watchEstate: Estate = {
  ...bgpEstate,
  topic: planned(awsTypes.topic, () => ({ name: "alarms" })),
  subscription: planned(awsTypes.topicSubscription, (made) => ({
    topic: output(made, "topic", "arn"),
    protocol: "email",
    endpoint: "us@example.com",
  })),
  alarm: planned(awsTypes.metricAlarm, (made) => ({
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
  topicPolicy: planned(awsTypes.topicPolicy, (made) => ({
    arn: output(made, "topic", "arn"),
    policy: topicPolicy(output(made, "topic", "arn")),
  })),
  rule: planned(awsTypes.eventRule, () => ({
    name: "changes",
    eventPattern: JSON.stringify({ source: ["aws.s3"], detail: { eventName: [{ prefix: "PutBucket" }] } }),
  })),
  target: planned(awsTypes.eventTarget, (made) => ({
    rule: made("rule").id,
    arn: output(made, "topic", "arn"),
  })),
  workspace: planned(azureTypes.workspace, (made) => ({
    ...inGroup(made),
    sku: { name: "PerGB2018" },
    retentionInDays: 90,
  })),
  logSetting: planned(azureTypes.diagnosticSetting, (made) => ({
    resourceUri: made("gateway").id,
    workspaceId: made("workspace").id,
    logs: [{ category: "TunnelDiagnosticLog", enabled: true }],
  })),
  actionGroup: planned(azureTypes.actionGroup, (made) => ({
    resourceGroupName: named(made, "group"),
    location: "global",
    enabled: true,
    groupShortName: "s3-link",
    emailReceivers: [{ name: "us", emailAddress: "us@example.com" }],
  })),
  alert: planned(azureTypes.metricAlert, (made) => ({
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
