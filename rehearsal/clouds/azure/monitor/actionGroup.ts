import type { Props, Refusal } from "../../../model/recording";
import { azureId, partOfTheUrl, resourceGroup } from "../azure";
import { setAtCreation, workspaceType } from "./workspace";
import type { CloudType, CloudView } from "../../cloudType";
import { aboutMinutes, each, refuseIf, words } from "../../rules";
import { isTrue, knownStrings, text, valuesAt } from "../../../model/values";

export const actionGroupType = "azure-native:monitor:ActionGroup";
const settingType = "azure-native:monitor:DiagnosticSetting";
const groups = "https://learn.microsoft.com/azure/azure-monitor/alerts/action-groups";
const settings = "https://learn.microsoft.com/azure/azure-monitor/platform/diagnostic-settings";
const seconds = aboutMinutes(0.1, "a record only");

/** What a VPN gateway logs: https://learn.microsoft.com/azure/vpn-gateway/monitor-vpn-gateway-reference */
const gatewayCategories = words(`
  GatewayDiagnosticLog TunnelDiagnosticLog RouteDiagnosticLog IKEDiagnosticLog P2SDiagnosticLog`);

/** Where action groups can stand; a list that grows. */
const groupLocations = words("global germanywestcentral northcentralus southcentralus swedencentral");

export const azureMonitor: Readonly<Record<string, CloudType>> = {
  [actionGroupType]: {
    properties: words(`
      actionGroupName armRoleReceivers.* automationRunbookReceivers.* azureAppPushReceivers.* azureFunctionReceivers.*
      emailReceivers.emailAddress emailReceivers.name emailReceivers.useCommonAlertSchema enabled eventHubReceivers.*
      groupShortName identity.* incidentReceivers.* itsmReceivers.* location logicAppReceivers.* resourceGroupName
      smsReceivers.* tags.* voiceReceivers.* webhookReceivers.*`),
    required: ["resourceGroupName", "groupShortName", "enabled"],
    replaces: { ...each("resourceGroupName actionGroupName", partOfTheUrl), location: setAtCreation },
    references: { resourceGroupName: resourceGroup },
    autoName: "actionGroupName",
    duplicate: { code: "AlreadyExists", source: partOfTheUrl },
    create: seconds,
    update: seconds,
    delete: seconds,
    refuse: refuseGroup,
    id: azureId("Microsoft.Insights/actionGroups", "actionGroupName"),
    outputs: (inputs) => ({
      name: text(inputs, "actionGroupName") ?? "",
      type: "Microsoft.Insights/ActionGroups",
      azureApiVersion: "2024-10-01-preview",
    }),
  },

  [settingType]: {
    properties: words(`
      eventHubAuthorizationRuleId eventHubName logAnalyticsDestinationType logs.category logs.categoryGroup logs.enabled
      logs.retentionPolicy.days logs.retentionPolicy.enabled marketplacePartnerId metrics.category metrics.enabled
      metrics.retentionPolicy.days metrics.retentionPolicy.enabled metrics.timeGrain name resourceUri serviceBusRuleId
      storageAccountId workspaceId`),
    required: ["resourceUri"],
    replaces: each("resourceUri name", partOfTheUrl),
    references: {
      resourceUri: {
        types: ["azure-native:network:VirtualNetworkGateway"],
        missing: "ResourceNotFound",
        source: `guess: the code; the rule: ${settings}`,
      },
      workspaceId: {
        types: [workspaceType],
        missing: "ResourceNotFound",
        source: `guess: the code; the rule: ${settings}`,
      },
    },
    autoName: "name",
    create: seconds,
    update: seconds,
    delete: seconds,
    refuse: (inputs, cloud, { id }) => [...refuseLogs(inputs), ...refuseSink(inputs, cloud, id)],
    id: (inputs) =>
      `${text(inputs, "resourceUri") ?? ""}/providers/Microsoft.Insights/diagnosticSettings/${text(inputs, "name") ?? ""}`,
    outputs: (inputs) => ({
      name: text(inputs, "name") ?? "",
      type: "Microsoft.Insights/diagnosticSettings",
      azureApiVersion: "2021-05-01-preview",
    }),
  },
};

function refuseGroup(inputs: Props): readonly Refusal[] {
  const [shortName, location] = [text(inputs, "groupShortName"), text(inputs, "location")];
  const receivers = knownStrings(inputs, "emailReceivers.name");
  const source = `guess: the code; the rule: ${groups}`;
  return [
    ...refuseIf(shortName !== undefined && !/^.{1,12}$/.test(shortName), {
      code: "InvalidActionGroupShortName",
      message: `the short name '${shortName ?? ""}' must have 1 to 12 characters`,
      property: "groupShortName",
      source,
    }),
    ...refuseIf(location !== undefined && !groupLocations.includes(location.toLowerCase()), {
      code: "LocationNotAvailableForResourceType",
      message: `an action group cannot stand in '${location ?? ""}': use ${groupLocations.join(", ")}`,
      property: "location",
      source: groups,
    }),
    ...refuseIf(new Set(receivers).size < receivers.length, {
      code: "DuplicateActionGroupReceiverName",
      message: "two receivers have one name",
      property: "emailReceivers",
      source,
    }),
    ...valuesAt(inputs, "emailReceivers")
      .filter((receiver) => ["name", "emailAddress"].some((part) => valuesAt(receiver, part).length === 0))
      .map(() => ({
        code: "InvalidActionGroupReceiver",
        message: "a receiver needs a name and an address",
        property: "emailReceivers",
        source,
      })),
    ...knownStrings(inputs, "emailReceivers.emailAddress")
      .filter((address) => !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(address))
      .map((address) => ({
        code: "InvalidEmailAddress",
        message: `'${address}' is no e-mail address`,
        property: "emailReceivers",
        source,
      })),
  ];
}

function refuseLogs(inputs: Props): readonly Refusal[] {
  const bad = (property: string, message: string): Refusal => ({
    code: "BadRequest",
    message,
    property,
    source: settings,
  });
  const sinks = ["workspaceId", "storageAccountId", "eventHubAuthorizationRuleId", "marketplacePartnerId"];
  return [
    ...knownStrings(inputs, "logs.category")
      .filter((category) => !gatewayCategories.includes(category))
      .map((category) => bad("logs", `Category '${category}' is not supported`)),
    ...refuseIf(
      !sinks.some((sink) => valuesAt(inputs, sink).length > 0),
      bad("workspaceId", "at least one destination is needed"),
    ),
    ...refuseIf(
      ["logs", "metrics"].some((kind) => isTrue(inputs, `${kind}.retentionPolicy.enabled`)),
      bad("logs", "a diagnostic setting no longer keeps logs itself: the workspace does"),
    ),
  ];
}

/** A category of one resource reaches a workspace by one setting only. */
function refuseSink(inputs: Props, cloud: CloudView, id: string | undefined): readonly Refusal[] {
  const workspace = text(inputs, "workspaceId");
  const categories = knownStrings(inputs, "logs.category");
  return cloud
    .all(settingType)
    .filter(
      (other) =>
        other.id !== id &&
        workspace !== undefined &&
        text(other.inputs, "workspaceId") === workspace &&
        text(other.inputs, "resourceUri") === text(inputs, "resourceUri") &&
        knownStrings(other.inputs, "logs.category").some((category) => categories.includes(category)),
    )
    .map((other) => ({
      code: "Conflict",
      message: `${other.id} sends the same category to that workspace already`,
      property: "workspaceId",
      source: `guess: the code; the rule: ${settings}`,
    }));
}
