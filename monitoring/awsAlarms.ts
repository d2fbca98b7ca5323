import { MetricAlarm } from "@pulumi/aws/cloudwatch";
import type { Topic } from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import type { AwsAlarmPlan } from "./alarmPlan";

/** A VPN connection as CloudWatch names it. */
export interface WatchedConnection {
  readonly id: pulumi.Input<string>;
  /** AWS's addresses of its two tunnels. */
  readonly outsideAddresses: readonly [pulumi.Input<string>, pulumi.Input<string>];
}

export interface AwsAlarmsArgs {
  /** In the order of their numbers. */
  readonly connections: readonly WatchedConnection[];
  readonly tags: Readonly<Record<string, string>>;
}

/** In seconds, as in AWS's own example. @see https://docs.aws.amazon.com/vpn/latest/s2svpn/monitoring-cloudwatch-vpn.html */
const period = 300;

export function createAlarm(
  name: string,
  args: AwsAlarmsArgs,
  alarm: AwsAlarmPlan,
  topic: Topic,
  child: pulumi.CustomResourceOptions,
): MetricAlarm {
  return new MetricAlarm(
    `${name}-aws-${alarm.name}`,
    {
      // The subject of the message: it must say which stack.
      name: `${pulumi.getProject()}-${pulumi.getStack()}-${alarm.name}`,
      alarmDescription: alarm.says,
      namespace: "AWS/VPN",
      metricName: "TunnelState",
      dimensions: dimensions(args, alarm),
      // Of a connection the better tunnel's state: both must be down.
      statistic: "Maximum",
      period,
      evaluationPeriods: alarm.periods,
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      // A connection that is gone says nothing any more.
      treatMissingData: "breaching",
      alarmActions: [topic.arn],
      okActions: [topic.arn],
      tags: args.tags,
    },
    child,
  );
}

function dimensions(args: AwsAlarmsArgs, alarm: AwsAlarmPlan): Record<string, pulumi.Input<string>> {
  const connection = args.connections[alarm.awsConnection - 1];
  if (connection === undefined) throw new Error(`the plan counts past AWS connection ${alarm.awsConnection}`);
  return {
    VpnId: connection.id,
    ...(alarm.awsSlot === undefined
      ? {}
      : { TunnelIpAddress: connection.outsideAddresses[alarm.awsSlot === 1 ? 0 : 1] }),
  };
}
