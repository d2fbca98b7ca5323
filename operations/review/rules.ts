import { none, type TypeRules } from "./rule";
import { awsNetworkRules } from "./rulesAwsNetwork";
import { awsS3Rules } from "./rulesAwsS3";
import { awsVpnRules } from "./rulesAwsVpn";
import { azureRules } from "./rulesAzure";
import { clientRules } from "./rulesClient";

/** The one table: what each change of each type does to traffic. */
const byType: Readonly<Record<string, TypeRules>> = {
  ...azureRules,
  ...clientRules,
  ...awsNetworkRules,
  ...awsVpnRules,
  ...awsS3Rules,
};

export const stateRule = none(
  "it exists in Pulumi's state alone",
  "https://www.pulumi.com/docs/iac/concepts/components/",
);

/** Undefined for a type that no rule speaks of. */
export function rulesOf(type: string): TypeRules | undefined {
  return Object.hasOwn(byType, type) ? byType[type] : undefined;
}

/** Components and the stack itself hold no cloud object: what they group is listed by itself. */
export function isInStateAlone(type: string): boolean {
  return type === "pulumi:pulumi:Stack" || type.startsWith("azure-s3-privatelink:");
}
