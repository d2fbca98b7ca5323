import { componentOf, partsOf } from "../../rehearsal/model/resourceTypes";
import { cloudTypes } from "../../rehearsal/clouds/clouds";
import { none, type Impacts } from "../../rehearsal/clouds/impact";

export const stateRule = none(
  "it exists in Pulumi's state alone",
  "https://www.pulumi.com/docs/iac/concepts/components/",
);

/** Undefined for a type without rules. The component that a URN names may make a difference. */
export function rulesOf(type: string, urn = ""): Impacts | undefined {
  const record = Object.hasOwn(cloudTypes, type) ? cloudTypes[type] : undefined;
  const owner = componentOf(urn);
  return (owner && record?.impactIn?.[owner]) ?? record?.impact;
}

/** Components and the stack itself hold no cloud object: what they group is listed separately. */
export function isInStateAlone(type: string): boolean {
  const { package: owner, kind } = partsOf(type);
  return owner === "azure-s3-privatelink" || (owner === "pulumi" && kind === "Stack");
}

/** A provider's versions and settings change with it; only its creation is sure to do nothing. */
export function isProvider(type: string): boolean {
  const { package: owner, module } = partsOf(type);
  return owner === "pulumi" && module === "providers";
}
