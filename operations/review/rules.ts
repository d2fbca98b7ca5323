import { none, type TypeRules } from "./rule";
import { awsNetworkRules } from "./rulesAwsNetwork";
import { awsS3Rules } from "./rulesAwsS3";
import { awsVpnRules } from "./rulesAwsVpn";
import { azureRules } from "./rulesAzure";
import { watchRules } from "./rulesWatch";

/** The one table: what each change of each type does to traffic. */
const byType: Readonly<Record<string, TypeRules>> = {
  ...azureRules,
  ...awsNetworkRules,
  ...awsVpnRules,
  ...awsS3Rules,
  ...watchRules,
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
