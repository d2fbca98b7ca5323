import { cloudTypes } from "../../rehearsal/clouds/clouds";
import type { Permissions } from "../../rehearsal/clouds/permissions";

/** What each resource type of the program needs, from its record. */
export const actionsByType: Readonly<Record<string, Permissions>> = Object.fromEntries(
  Object.entries(cloudTypes).flatMap(([type, { permissions }]) =>
    permissions === undefined ? [] : [[type, permissions]],
  ),
);

/** What the program and its providers call beside resources. */
export const otherActions: readonly { readonly action: string; readonly because: string }[] = [
  {
    action: "sts:GetCallerIdentity",
    because: "the provider reads its account; AWS allows it to everybody",
  },
  {
    action: "iam:GetRole",
    because: "with perimeter: enforced the program reads its own role, to let it through (getSessionContext)",
  },
];
