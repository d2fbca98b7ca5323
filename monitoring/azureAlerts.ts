import { ActionGroup, DiagnosticSetting, MetricAlert } from "@pulumi/azure-native/monitor";
import { Workspace } from "@pulumi/azure-native/operationalinsights";
import * as pulumi from "@pulumi/pulumi";
import { logRetentionDays } from "../logRetention";
import type { AzureAlertPlan } from "./alarmPlan";

export interface AzureAlertsArgs {
  readonly resourceGroupName: pulumi.Input<string>;
  readonly location: string;
  readonly gatewayId: pulumi.Input<string>;
  /** Names of the connections to watch; undefined: all of the gateway. */
  readonly onlyConnections?: pulumi.Input<string[]>;
  readonly emails: readonly string[];
  /** Whether the workspace stays, with its logs, when it leaves the stack. */
  readonly protection: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** All that a gateway logs of site-to-site tunnels. @see https://learn.microsoft.com/azure/vpn-gateway/monitor-vpn-gateway-reference */
const logCategories = [
  "GatewayDiagnosticLog",
  "TunnelDiagnosticLog",
  "RouteDiagnosticLog",
  "IKEDiagnosticLog",
];

/** Where the gateway's logs are kept and searched. */
function createWorkspace(
  name: string,
  args: AzureAlertsArgs,
  child: pulumi.CustomResourceOptions,
): Workspace {
  return new Workspace(
    `${name}-azure-workspace`,
    {
      resourceGroupName: args.resourceGroupName,
      location: args.location,
      sku: { name: "PerGB2018" },
      retentionInDays: logRetentionDays,
      tags: args.tags,
    },
    { ...child, retainOnDelete: args.protection },
  );
}

export function keepGatewayLogs(
  name: string,
  args: AzureAlertsArgs,
  child: pulumi.CustomResourceOptions,
): Workspace {
  const workspace = createWorkspace(name, args, child);
  new DiagnosticSetting(
    `${name}-azure-logs`,
    {
      resourceUri: args.gatewayId,
      workspaceId: workspace.id,
      logs: logCategories.map((category) => ({ category, enabled: true })),
    },
    // Azure takes each category to a workspace once.
    { ...child, deleteBeforeReplace: true },
  );
  return workspace;
}

/** Who is notified. Like the alerts it has no region. */
export function createActionGroup(
  name: string,
  args: AzureAlertsArgs,
  child: pulumi.CustomResourceOptions,
): ActionGroup {
  return new ActionGroup(
    `${name}-azure-group`,
    {
      resourceGroupName: args.resourceGroupName,
      location: "global",
      enabled: true,
      groupShortName: "s3-link",
      emailReceivers: args.emails.map((email) => ({ name: email, emailAddress: email })),
      tags: args.tags,
    },
    child,
  );
}

export function createAlert(
  name: string,
  args: AzureAlertsArgs,
  alert: AzureAlertPlan,
  group: ActionGroup,
  child: pulumi.CustomResourceOptions,
): MetricAlert {
  return new MetricAlert(
    `${name}-azure-${alert.name}`,
    {
      resourceGroupName: args.resourceGroupName,
      location: "global",
      // The subject of the message: it must say which stack.
      ruleName: `${pulumi.getProject()}-${pulumi.getStack()}-${alert.name}`,
      description: alert.says,
      enabled: true,
      severity: alert.severity,
      scopes: [args.gatewayId],
      // The gateway measures every five minutes.
      windowSize: "PT5M",
      evaluationFrequency: "PT1M",
      criteria: criteria(alert, args.onlyConnections),
      actions: [{ actionGroupId: group.id }],
      tags: args.tags,
    },
    // guess: a gateway that is created again has its old id, and the alert might still watch the old one.
    // The rule's name is taken until it is gone.
    { ...child, replaceOnChanges: ["scopes"], deleteBeforeReplace: true },
  );
}

function criteria(
  { name, metric, operator, threshold, dimension }: AzureAlertPlan,
  onlyConnections: pulumi.Input<string[]> | undefined,
) {
  const ofConnections = dimension.name === "ConnectionName" ? onlyConnections : undefined;
  return {
    odataType: "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria" as const,
    allOf: [
      {
        name,
        criterionType: "StaticThresholdCriterion" as const,
        metricNamespace: "Microsoft.Network/virtualNetworkGateways",
        metricName: metric,
        // Over both instances, as Azure's own baseline does: a peer is connected to one of them, and must not count as
        // half lost (https://azure.github.io/azure-monitor-baseline-alerts/services/Network/vpnGateways/).
        timeAggregation: "Total",
        operator,
        threshold,
        dimensions: [
          { name: dimension.name, operator: "Include", values: ofConnections ?? [...dimension.values] },
        ],
      },
    ],
  };
}
