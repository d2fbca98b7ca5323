import type { Props, Refusal } from "../../model/recording";
import type { AzureType } from "../../model/resourceTypes";
import { text } from "../../model/values";
import type { CloudView } from "../cloudType";
import { refuseIf } from "../rules";
import { commonErrors, inputsBefore } from "./azure";

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
  type: AzureType,
  inputs: Props,
  cloud: CloudView,
  id: string | undefined,
): readonly Refusal[] {
  const location = text(inputs, "location")?.toLowerCase().replaceAll(" ", "");
  if (location === undefined) return [];
  const before = text(inputsBefore(type, cloud, id), "location");
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
