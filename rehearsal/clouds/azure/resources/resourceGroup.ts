import { generated } from "../azure";
import type { CloudType, Minutes } from "../../cloudType";
import { text } from "../../../model/values";

const naming = "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules";
const seconds: Minutes = { min: 0, typical: 0.1, max: 1, source: "guess: a metadata record only" };

export const azureResources: Readonly<Record<string, CloudType>> = {
  "azure-native:resources:ResourceGroup": {
    properties: ["resourceGroupName", "location", "managedBy", "tags.*"],
    required: [],
    replaces: { resourceGroupName: naming, location: generated },
    autoName: "resourceGroupName",
    duplicate: { code: "AlreadyExists", source: naming },
    create: seconds,
    update: seconds,
    // The group waits for everything in it; when Pulumi deletes it last, it is empty.
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
  },
};
