import { text } from "../../../model/values";
import type { Minutes, ResourceRecord } from "../../cloudType";
import { address, none } from "../../impact";
import { generated } from "../azure";
import { azureImpacts } from "../impacts";
import { azure } from "../permissions";

const naming = "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules";
const deletion = "https://learn.microsoft.com/azure/azure-resource-manager/management/delete-resource-group";
const seconds: Minutes = { min: 0, typical: 0.1, max: 1, source: "guess: a metadata record only" };

export const resourceGroup: ResourceRecord = {
  properties: ["resourceGroupName", "location", "managedBy", "tags.*"],
  required: [],
  replaces: { resourceGroupName: naming, location: generated },
  decides: ["path"],
  permissions: azure(
    "Microsoft.Resources/subscriptions/resourceGroups",
    "https://learn.microsoft.com/azure/role-based-access-control/permissions/management-and-governance",
  ),
  impact: azureImpacts({
    create: none("an empty group", deletion),
    replace: address(
      "Azure deletes a resource group with everything in it, the gateway's addresses too",
      deletion,
    ),
  }),
  autoName: "resourceGroupName",
  duplicate: { code: "AlreadyExists", source: naming },
  create: seconds,
  update: seconds,
  // Azure deletes a group only after everything in it; Pulumi deletes the group last, when it is empty.
  delete: { min: 0.2, typical: 1, max: 10, source: "guess: an empty group takes about a minute" },
  refuse: (inputs) => {
    const name = text(inputs, "resourceGroupName");
    if (name === undefined || /^[-\w.()]{0,89}[-\w()]$/.test(name)) return [];
    const message = `resource group name '${name}' must be 1-90 of letters, digits, '-', '_', '.', '(' and ')', not ending in '.'`;
    return [{ code: "InvalidResourceGroup", message, property: "resourceGroupName", source: naming }];
  },
  id: (inputs, { subscriptionId }) =>
    `/subscriptions/${subscriptionId}/resourceGroups/${text(inputs, "resourceGroupName") ?? ""}`,
  outputs: (inputs) => ({
    name: inputs["resourceGroupName"] ?? "",
    type: "Microsoft.Resources/resourceGroups",
    properties: { provisioningState: "Succeeded" },
    azureApiVersion: "2024-03-01",
  }),
};
