import { azureTypes } from "../../../model/resourceTypes";
import { number, text, valuesAt } from "../../../model/values";
import type { ResourceRecord } from "../../cloudType";
import { dataLoss, none } from "../../impact";
import { aboutMinutes, refuseIf, words } from "../../rules";
import { uuidOf } from "../../seeds";
import { namedInGroup, setAtCreation } from "../azure";
import { azureImpacts } from "../impacts";
import { refuseLocation } from "../location";
import { azure, monitorPermissions } from "../permissions";

const common = namedInGroup("Microsoft.OperationalInsights/workspaces", "workspaceName");
const rest = "https://learn.microsoft.com/rest/api/loganalytics/workspaces/create-or-update";
const retention = "https://learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure";
const deletion = "https://learn.microsoft.com/azure/azure-monitor/logs/delete-workspace";

/** The others are of before April 2018, for subscriptions of that time: https://learn.microsoft.com/azure/azure-monitor/logs/cost-logs#legacy-pricing-tiers */
const skus = words("CapacityReservation LACluster PerGB2018");
const [shortest, longest] = [30, 730];

export const workspace: ResourceRecord = {
  ...common,
  properties: words(`
    defaultDataCollectionRuleResourceId features.clusterResourceId features.disableLocalAuth
    features.enableDataExport features.enableLogAccessUsingOnlyResourcePermissions
    features.immediatePurgeDataOn30Days forceCmkForQuery identity.* location publicNetworkAccessForIngestion
    publicNetworkAccessForQuery resourceGroupName retentionInDays sku.capacityReservationLevel sku.name tags.*
    workspaceCapping.dailyQuotaGb workspaceName`),
  values: {
    publicNetworkAccessForIngestion: words("Enabled Disabled"),
    publicNetworkAccessForQuery: words("Enabled Disabled"),
  },
  replaces: { ...common.replaces, location: setAtCreation },
  permissions: azure("Microsoft.OperationalInsights/workspaces", monitorPermissions),
  impact: azureImpacts({
    create: none("a place for logs", deletion),
    replace: dataLoss("the logs that it holds go with it, for good after 14 days", deletion),
    replacing: "workspaceName",
    properties: {
      retentionInDays: dataLoss(
        "Azure deletes logs older than the new limit, after 30 days' grace",
        retention,
      ),
      sku: none("Azure bills it in another way", deletion),
    },
  }),
  create: aboutMinutes(0.5, "a workspace is there in less than a minute"),
  update: aboutMinutes(0.2, "one call"),
  delete: aboutMinutes(0.2, "it is kept for 14 days, out of sight"),
  refuse: (inputs, cloud, { id }) => {
    const [name, sku] = [text(inputs, "workspaceName"), text(inputs, "sku.name")];
    const kept = number(inputs, "retentionInDays");
    return [
      ...refuseLocation(azureTypes.workspace, inputs, cloud, id),
      ...refuseIf(name !== undefined && !/^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$/.test(name), {
        code: "InvalidResourceName",
        message: `'${name ?? ""}' is not a valid workspace name: 4-63 letters, digits and hyphens, none at the ends`,
        property: "workspaceName",
        source: `guess: the code; the rule: ${rest}`,
      }),
      ...refuseIf(sku !== undefined && !skus.includes(sku), {
        code: "InvalidSku",
        message: `'${sku ?? ""}' is not a SKU of a new workspace: use one of ${skus.join(", ")}`,
        property: "sku",
        source: `guess: the code; the rule: ${rest}`,
      }),
      ...refuseIf(valuesAt(inputs, "sku").length > 0 && valuesAt(inputs, "sku.name").length === 0, {
        code: "InvalidSku",
        message: "the SKU of a workspace needs a name",
        property: "sku",
        source: `guess: the code; the rule: ${rest}`,
      }),
      ...refuseIf(kept !== undefined && (kept < shortest || kept > longest), {
        code: "InvalidParameter",
        message: `a workspace keeps logs for ${shortest} to ${longest} days, not ${String(kept)}`,
        property: "retentionInDays",
        source: `guess: the code; the rule: ${retention}`,
      }),
    ];
  },
  outputs: (inputs, _cloud, { seed }) => ({
    name: text(inputs, "workspaceName") ?? "",
    type: "Microsoft.OperationalInsights/workspaces",
    provisioningState: "Succeeded",
    customerId: uuidOf(`${seed}/customer`),
    azureApiVersion: "2023-09-01",
  }),
};
