import { componentOf } from "../../rehearsal/model/resourceTypes";
import { cloudTypes } from "../../rehearsal/clouds/clouds";
import { none, type Impacts } from "../../rehearsal/clouds/impact";
import { awsLogRules } from "./rulesAwsLogs";
import { awsNetworkRules } from "./rulesAwsNetwork";
import { awsS3Rules } from "./rulesAwsS3";
import { awsVpnRules } from "./rulesAwsVpn";
import { watchRules } from "./rulesWatch";

/** The one table: what each change of each type does to traffic. */
const byType: Readonly<Record<string, Impacts>> = {
  ...awsNetworkRules,
  ...awsVpnRules,
  ...awsS3Rules,
  ...watchRules,
};

export const stateRule = none(
  "it exists in Pulumi's state alone",
  "https://www.pulumi.com/docs/iac/concepts/components/",
);

/** The component whose bucket holds logs and no data. */
const trafficLogs = "azure-s3-privatelink:monitoring:TrafficLogs$";

/** Undefined for a type that no rule speaks of. What a URN's component is for may tell more than the type. */
export function rulesOf(type: string, urn = ""): Impacts | undefined {
  const record = cloudTypes[type];
  const owner = componentOf(urn);
  const moved = (owner && record?.impactIn?.[owner]) ?? record?.impact;
  if (moved !== undefined) return moved;
  if (urn.includes(trafficLogs) && Object.hasOwn(awsLogRules, type)) return awsLogRules[type];
  return Object.hasOwn(byType, type) ? byType[type] : undefined;
}

/** Components and the stack itself hold no cloud object: what they group is listed by itself. */
export function isInStateAlone(type: string): boolean {
  return type === "pulumi:pulumi:Stack" || type.startsWith("azure-s3-privatelink:");
}
