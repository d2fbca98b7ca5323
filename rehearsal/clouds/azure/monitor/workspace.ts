import { azureId, partOfTheUrl, refuseLocation, resourceGroup } from "../azure";
import type { CloudType } from "../../cloudType";
import { aboutMinutes, each, refuseIf, words } from "../../rules";
import { uuidOf } from "../../seeds";
import { number, text, valuesAt } from "../../../model/values";

export const workspaceType = "azure-native:operationalinsights:Workspace";
const rest = "https://learn.microsoft.com/rest/api/loganalytics/workspaces/create-or-update";
const retention = "https://learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure";
export const setAtCreation =
  "guess: the API's specification lets it be set at creation only (x-ms-mutability), by which azure-native replaces";

/** The others are of before April 2018, for subscriptions of that time: https://learn.microsoft.com/azure/azure-monitor/logs/cost-logs#legacy-pricing-tiers */
const skus = words("CapacityReservation LACluster PerGB2018");
const [shortest, longest] = [30, 730];

export const azureWorkspace: Readonly<Record<string, CloudType>> = {
  [workspaceType]: {
    properties: words(`
      defaultDataCollectionRuleResourceId features.clusterResourceId features.disableLocalAuth
      features.enableDataExport features.enableLogAccessUsingOnlyResourcePermissions
      features.immediatePurgeDataOn30Days forceCmkForQuery identity.* location publicNetworkAccessForIngestion
      publicNetworkAccessForQuery resourceGroupName retentionInDays sku.capacityReservationLevel sku.name tags.*
      workspaceCapping.dailyQuotaGb workspaceName`),
    required: ["resourceGroupName"],
    replaces: { ...each("resourceGroupName workspaceName", partOfTheUrl), location: setAtCreation },
    references: { resourceGroupName: resourceGroup },
    autoName: "workspaceName",
    duplicate: { code: "AlreadyExists", source: partOfTheUrl },
    create: aboutMinutes(0.5, "a workspace stands in less than a minute"),
    update: aboutMinutes(0.2, "one call"),
    delete: aboutMinutes(0.2, "it is kept for 14 days, out of sight"),
    refuse: (inputs, cloud, { id }) => {
      const [name, sku] = [text(inputs, "workspaceName"), text(inputs, "sku.name")];
      const kept = number(inputs, "retentionInDays");
      return [
        ...refuseLocation(workspaceType, inputs, cloud, id),
        ...refuseIf(name !== undefined && !/^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$/.test(name), {
          code: "InvalidResourceName",
          message: `'${name ?? ""}' is no name for a workspace: 4-63 letters, digits and hyphens, none at the ends`,
          property: "workspaceName",
          source: `guess: the code; the rule: ${rest}`,
        }),
        ...refuseIf(sku !== undefined && !skus.includes(sku), {
          code: "InvalidSku",
          message: `'${sku ?? ""}' is no SKU of a new workspace: use one of ${skus.join(", ")}`,
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
    id: azureId("Microsoft.OperationalInsights/workspaces", "workspaceName"),
    outputs: (inputs, _cloud, { seed }) => ({
      name: text(inputs, "workspaceName") ?? "",
      type: "Microsoft.OperationalInsights/workspaces",
      provisioningState: "Succeeded",
      customerId: uuidOf(`${seed}/customer`),
      azureApiVersion: "2023-09-01",
    }),
  },
};
