import type { Props, Refusal } from "../../model/recording";
import type { AzureType } from "../../model/resourceTypes";
import { text } from "../../model/values";
import type { CloudView } from "../cloudType";
import { refuseIf, words } from "../rules";
import { commonErrors, inputsBefore } from "./azure";

const regions = "https://learn.microsoft.com/azure/reliability/regions-list";

/** Regions of the public cloud with availability zones, and without, as of 2026-11-26. */
const zoned = words(`
  australiaeast austriaeast belgiumcentral brazilsouth canadacentral centralindia centralus chilecentral eastasia eastus
  eastus2 francecentral germanywestcentral indonesiacentral israelcentral italynorth japaneast japanwest koreacentral
  malaysiawest mexicocentral newzealandnorth northeurope norwayeast polandcentral qatarcentral southafricanorth
  southcentralus southeastasia spaincentral swedencentral switzerlandnorth uaenorth uksouth westeurope westus2 westus3`);
const zoneless = words(`
  australiacentral australiacentral2 australiasoutheast brazilsoutheast canadaeast francesouth germanynorth koreasouth
  northcentralus norwaywest southafricawest southindia switzerlandwest uaecentral ukwest westcentralus westindia westus`);

/** Clouds of their own, which the public cloud's accounts do not reach. */
const otherCloud = /^(usgov|usdod|usnat|ussec|china)/;

export function hasZones(location: string): "yes" | "no" | "unknown" {
  const name = normal(location);
  if (zoned.includes(name)) return "yes";
  return zoneless.includes(name) ? "no" : "unknown";
}

/** Zones where the region has none. */
export function refuseZonesIn(location: string | undefined, zones: readonly string[]): readonly Refusal[] {
  return refuseIf(location !== undefined && hasZones(location) === "no" && zones.length > 0, {
    code: "LocationNotSupportAvailabilityZones",
    message: `the resource does not support availability zones at location '${location ?? ""}'`,
    property: "zones",
    source: `https://github.com/Azure/Azure-Landing-Zones/issues/425 ; ${regions}`,
  });
}

function normal(location: string): string {
  return location.toLowerCase().replaceAll(" ", "");
}

/** A location of another cloud, or a move of what is there already. New regions open every year: any other name is taken. */
export function refuseLocation(
  type: AzureType,
  inputs: Props,
  cloud: CloudView,
  id: string | undefined,
): readonly Refusal[] {
  const given = text(inputs, "location");
  if (given === undefined) return [];
  const location = normal(given);
  const before = text(inputsBefore(type, cloud, id), "location");
  return [
    ...refuseIf(otherCloud.test(location), {
      code: "LocationNotAvailableForResourceType",
      message: `the provided location '${location}' is not available`,
      property: "location",
      source: commonErrors,
    }),
    ...refuseIf(before !== undefined && normal(before) !== location, {
      code: "InvalidResourceLocation",
      message: `the resource already exists in location '${before ?? ""}' and cannot be moved to '${location}'`,
      property: "location",
      source: commonErrors,
    }),
  ];
}
