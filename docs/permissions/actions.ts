import { resourceRecords } from "../../rehearsal/clouds/cloudTypes";
import type { Permissions } from "../../rehearsal/clouds/permissions";

/** What each resource type of the program needs, from its record. */
export const actionsByType: Readonly<Record<string, Permissions>> = Object.fromEntries(
  Object.entries(resourceRecords).map(([type, { permissions }]) => [type, permissions]),
);

/**
 * What the program calls beside resources. The provider also asks who it is, for which nobody needs a permission.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export const otherActions: readonly { readonly action: string; readonly because: string }[] = [
  {
    action: "ec2:DescribeAvailabilityZones",
    because: "the program compares awsZones with the account's own (getAvailabilityZones)",
  },
  {
    action: "iam:GetRole",
    because: "with perimeter: enforced the program compares its own role with deployers (getSessionContext)",
  },
];
