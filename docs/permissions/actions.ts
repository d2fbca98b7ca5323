import { resourceRecords } from "../../rehearsal/clouds/cloudTypes";
import type { Permissions } from "../../rehearsal/clouds/permissions";

/** What each resource type of the program needs, from its record. */
export const actionsByType: Readonly<Record<string, Permissions>> = Object.fromEntries(
  Object.entries(resourceRecords).map(([type, { permissions }]) => [type, permissions]),
);

/** What the program and its providers call beside resources. */
export const otherActions: readonly { readonly action: string; readonly because: string }[] = [
  {
    action: "sts:GetCallerIdentity",
    because: "the provider reads its account; AWS allows it to everybody",
  },
  {
    action: "ec2:DescribeAvailabilityZones",
    because: "the program compares awsZones with the account's own (getAvailabilityZones)",
  },
  {
    action: "iam:GetRole",
    because: "with perimeter: enforced the program compares its own role with deployers (getSessionContext)",
  },
];
