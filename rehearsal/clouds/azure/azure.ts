import type { Props, Refusal } from "../../model/recording";
import type { CloudPlace, CloudView, Reference } from "../cloudType";
import { refuseIf } from "../rules";
import { uuidOf } from "../seeds";
import { text } from "../../model/values";

export const commonErrors =
  "https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors";

/** azure-native forces replacement where the URL of the resource would change: its name and its group. */
export const partOfTheUrl =
  "https://www.pulumi.com/registry/packages/azure-native/ : path parameters of the REST API cannot change";

/** Where azure-native's generator marks a property as forcing replacement. */
export const generated =
  "https://github.com/pulumi/pulumi-azure-native/blob/master/provider/pkg/gen/replacement.go";

export const resourceGroup: Reference = {
  types: ["azure-native:resources:ResourceGroup"],
  by: "name",
  missing: "ResourceGroupNotFound",
  source: commonErrors,
};

export function networkId(kind: string, nameProperty: string): (inputs: Props, cloud: CloudPlace) => string {
  return azureId(`Microsoft.Network/${kind}`, nameProperty);
}

/** The id of a resource of this type, as `Microsoft.Insights/metricAlerts`, in a group. */
export function azureId(type: string, nameProperty: string): (inputs: Props, cloud: CloudPlace) => string {
  return (inputs, cloud) => {
    const group = text(inputs, "resourceGroupName") ?? "";
    const name = text(inputs, nameProperty) ?? "";
    return `/subscriptions/${cloud.subscriptionId}/resourceGroups/${group}/providers/${type}/${name}`;
  };
}

/** The outputs that every network resource has. The API version is the default of azure-native 3.x. */
export function networkOutputs(kind: string, name: string, seed: string): Props {
  return {
    name,
    type: `Microsoft.Network/${kind}`,
    provisioningState: "Succeeded",
    resourceGuid: uuidOf(`${seed}/guid`),
    etag: `W/"${uuidOf(`${seed}/etag`)}"`,
    azureApiVersion: "2024-05-01",
  };
}

/** The last segment of an Azure id: a resource's own name. */
export function nameOf(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** Locations with availability zones: https://learn.microsoft.com/azure/reliability/regions-list */
const locations = new Set(
  `australiaeast australiasoutheast austriaeast belgiumcentral brazilsouth canadacentral canadaeast centralindia
  centralus chilecentral eastasia eastus eastus2 francecentral germanywestcentral indonesiacentral israelcentral
  italynorth japaneast japanwest koreacentral koreasouth malaysiawest mexicocentral newzealandnorth northcentralus
  northeurope norwayeast polandcentral qatarcentral southafricanorth southcentralus southeastasia southindia
  spaincentral swedencentral switzerlandnorth uaenorth uksouth ukwest westcentralus westeurope westindia westus
  westus2 westus3`.split(/\s+/),
);

/** An unknown location, or a move of what is there already. */
export function refuseLocation(
  type: string,
  inputs: Props,
  cloud: CloudView,
  id: string | undefined,
): readonly Refusal[] {
  const location = text(inputs, "location")?.toLowerCase().replaceAll(" ", "");
  if (location === undefined) return [];
  const before = id === undefined ? undefined : text(cloud.find(type, id)?.inputs, "location");
  return [
    ...refuseIf(!locations.has(location), {
      code: "LocationNotAvailableForResourceType",
      message: `the provided location '${location}' is not available`,
      property: "location",
      source: commonErrors,
    }),
    ...refuseIf(before !== undefined && before.toLowerCase().replaceAll(" ", "") !== location, {
      code: "InvalidResourceLocation",
      message: `the resource already exists in location '${before ?? ""}' and cannot be moved to '${location}'`,
      property: "location",
      source: commonErrors,
    }),
  ];
}
