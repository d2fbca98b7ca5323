import * as pulumi from "@pulumi/pulumi";
import { composed, type OutputsOf } from "../contract";
import type { StackOutputs } from "../outputs";
import type { VpnPlan } from "../vpn/tunnels";
import { planAwsAlarms, planAzureAlerts } from "./alarmPlan";
import * as awsAlarms from "./awsAlarms";
import * as azureAlerts from "./azureAlerts";
import { createTopic } from "./topic";

/** Who is told of what happens. */
export interface Notified {
  /** ARN of the topic in the stack's region. */
  readonly topicArn: pulumi.Input<string>;
  /** Its subscribers of the stack's own. */
  readonly emails: readonly string[];
}

export interface LinkAlarmsArgs {
  readonly plan: VpnPlan;
  /** Notified by both clouds. Others may subscribe to the topic and the action group. */
  readonly emails: readonly string[];
  /** Whether the workspace stays, with its logs, when the alarms are switched off. */
  readonly protection: boolean;
  readonly aws: { readonly connections: readonly awsAlarms.WatchedConnection[] };
  readonly azure: {
    readonly resourceGroupName: pulumi.Input<string>;
    readonly location: string;
    readonly gatewayId: pulumi.Input<string>;
    /** Names of the stack's connections, where others use the gateway too: its logs are their owner's then. */
    readonly onlyConnections?: pulumi.Input<string[]>;
  };
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * What watches the VPN from both its ends, and who is notified. Each cloud notifies by itself, so that one reports the
 * failure of the other. AWS's alarms exist as soon as its connections do, and do not wait for Azure's gateway.
 */
export class LinkAlarms extends pulumi.ComponentResource {
  /** AWS's topic, and who gets its messages, for whatever else is worth one. */
  readonly notified: Notified;
  readonly outputs: OutputsOf<"alarms">;

  constructor(name: string, args: LinkAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    // Without what the clouds must say first: a component, and all in it, waits for its arguments, here for the gateway.
    super("azure-s3-privatelink:monitoring:LinkAlarms", name, { emails: args.emails, tags: args.tags }, opts);
    const child = { parent: this };
    const aws = { tags: args.tags, ...args.aws };
    const azure = { emails: args.emails, tags: args.tags, protection: args.protection, ...args.azure };

    // Both the bad and the good news go there.
    const topic = createTopic(`${name}-aws`, { emails: args.emails, tags: args.tags }, child);
    for (const alarm of planAwsAlarms(args.plan)) awsAlarms.createAlarm(name, aws, alarm, topic, child);

    const workspace =
      args.azure.onlyConnections === undefined && azureAlerts.keepGatewayLogs(name, azure, child);
    const group = azureAlerts.createActionGroup(name, azure, child);
    for (const alert of planAzureAlerts(args.plan)) azureAlerts.createAlert(name, azure, alert, group, child);

    this.notified = { topicArn: topic.arn, emails: args.emails };
    const ids = {
      topicArn: topic.arn,
      actionGroupId: group.id,
      ...(workspace && { workspaceId: workspace.id }),
    };
    this.outputs = { alarms: composed<NonNullable<StackOutputs["alarms"]>, "workspaceId">(ids) };
    this.registerOutputs(ids);
  }
}
