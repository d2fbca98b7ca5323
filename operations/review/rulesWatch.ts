import { address, azureCommon, dataLoss, each, none, type Impacts } from "../../rehearsal/clouds/impact";

const alerts = "https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-metric-overview";
const groups = "https://learn.microsoft.com/azure/azure-monitor/alerts/action-groups";
const settings = "https://learn.microsoft.com/azure/azure-monitor/platform/diagnostic-settings";
const workspaces = "https://learn.microsoft.com/azure/azure-monitor/logs/delete-workspace";
const retention = "https://learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure";

const otherAlert = none("no traffic; it alarms of something else, or otherwise", alerts);
const noAlert = none("no traffic; nobody is told any more of what it watched", alerts);
const replacedGroup = address(
  "its id is an output: alerts outside this stack that name it tell nobody any more",
  groups,
);
const noLogs = dataLoss("from then on the gateway's logs are kept nowhere", settings);
const lostWorkspace = dataLoss("the logs that it holds go with it, for good after 14 days", workspaces);

export const watchRules: Readonly<Record<string, Impacts>> = {
  "azure-native:operationalinsights:Workspace": {
    create: none("a place for logs", workspaces),
    delete: lostWorkspace,
    replace: lostWorkspace,
    properties: {
      ...azureCommon(lostWorkspace, "workspaceName"),
      retentionInDays: dataLoss("logs older than the new limit are deleted, after 30 days' grace", retention),
      sku: none("it is billed otherwise", workspaces),
    },
  },
  "azure-native:monitor:DiagnosticSetting": {
    create: none("the gateway's logs are kept from then on", settings),
    delete: noLogs,
    replace: none("what the gateway logs in between is kept nowhere", settings),
    properties: {
      ...each(["logs", "workspaceId"], none("other logs are kept from then on, or elsewhere", settings)),
      ...each(["name", "resourceUri"], none("what the gateway logs in between is kept nowhere", settings)),
    },
  },
  "azure-native:monitor:ActionGroup": {
    create: none("a list of whom to tell", groups),
    delete: replacedGroup,
    replace: replacedGroup,
    properties: {
      ...azureCommon(replacedGroup, "actionGroupName"),
      ...each(["emailReceivers", "enabled", "groupShortName"], none("others are told, or nobody", groups)),
    },
  },
  "azure-native:monitor:MetricAlert": {
    create: none("it looks on", alerts),
    delete: noAlert,
    replace: otherAlert,
    properties: {
      ...azureCommon(otherAlert, "ruleName"),
      ...each(
        [
          "actions",
          "criteria",
          "description",
          "enabled",
          "evaluationFrequency",
          "scopes",
          "severity",
          "windowSize",
        ],
        otherAlert,
      ),
    },
  },
};
