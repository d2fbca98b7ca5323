import type { Props, Refusal } from "../../../model/recording";
import { azureTypes, type AzureType } from "../../../model/resourceTypes";
import { isTrue, knownStrings, text, valuesAt } from "../../../model/values";
import type { CloudView, Reference, ResourceRecord } from "../../cloudType";
import { dataLoss, none } from "../../impact";
import { alwaysAbout, each, refuseIf, words } from "../../rules";
import { othersOf, partOfTheUrl } from "../azure";
import { azure, monitorPermissions } from "../permissions";

const settings = "https://learn.microsoft.com/azure/azure-monitor/platform/diagnostic-settings";

/** What a VPN gateway logs: https://learn.microsoft.com/azure/vpn-gateway/monitor-vpn-gateway-reference */
const gatewayCategories = words(`
  GatewayDiagnosticLog TunnelDiagnosticLog RouteDiagnosticLog IKEDiagnosticLog P2SDiagnosticLog`);

const reference = (type: AzureType): Reference => ({
  types: [type],
  missing: "ResourceNotFound",
  source: `guess: the code; the rule: ${settings}`,
});
const replaced = none("what the gateway logs in between is kept nowhere", settings);

export const diagnosticSetting: ResourceRecord = {
  properties: words(`
    eventHubAuthorizationRuleId eventHubName logAnalyticsDestinationType logs.category logs.categoryGroup logs.enabled
    logs.retentionPolicy.days logs.retentionPolicy.enabled marketplacePartnerId metrics.category metrics.enabled
    metrics.retentionPolicy.days metrics.retentionPolicy.enabled metrics.timeGrain name resourceUri serviceBusRuleId
    storageAccountId workspaceId`),
  required: ["resourceUri"],
  replaces: { resourceUri: partOfTheUrl, name: partOfTheUrl },
  references: {
    resourceUri: reference(azureTypes.virtualNetworkGateway),
    workspaceId: reference(azureTypes.workspace),
  },
  decides: ["path"],
  // Azure requires access to the workspace's keys from a deployer who sends logs to it.
  permissions: azure("Microsoft.Insights/diagnosticSettings", monitorPermissions, [
    "Microsoft.OperationalInsights/workspaces/sharedKeys/action",
  ]),
  impact: {
    create: none("the gateway's logs are kept from then on", settings),
    delete: dataLoss("from then on the gateway's logs are kept nowhere", settings),
    replace: replaced,
    properties: {
      ...each("logs workspaceId", none("other logs are kept from then on, or elsewhere", settings)),
      ...each("name resourceUri", replaced),
    },
  },
  autoName: "name",
  ...alwaysAbout(0.1, "a record only"),
  refuse: (inputs, cloud, { id }) => [...refuseLogs(inputs), ...refuseSink(inputs, cloud, id)],
  id: (inputs) =>
    `${text(inputs, "resourceUri") ?? ""}/providers/Microsoft.Insights/diagnosticSettings/${text(inputs, "name") ?? ""}`,
  outputs: (inputs) => ({
    name: text(inputs, "name") ?? "",
    type: "Microsoft.Insights/diagnosticSettings",
    azureApiVersion: "2021-05-01-preview",
  }),
};

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
      bad("logs", "a diagnostic setting no longer has a retention of its own: set it on the workspace"),
    ),
  ];
}

/** A category of one resource reaches a workspace by one setting only. */
function refuseSink(inputs: Props, cloud: CloudView, id: string | undefined): readonly Refusal[] {
  const workspace = text(inputs, "workspaceId");
  const categories = knownStrings(inputs, "logs.category");
  if (workspace === undefined) return [];
  return othersOf(azureTypes.diagnosticSetting, cloud, id)
    .filter(
      (other) =>
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
