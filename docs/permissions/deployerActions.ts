import { cloudTypes } from "../../rehearsal/clouds/clouds";
import type { Permissions } from "../../rehearsal/clouds/permissions";

/** By type, from its record. */
export const actionsByType: Readonly<Record<string, Permissions>> = Object.fromEntries(
  Object.entries(cloudTypes).flatMap(([type, { permissions }]) =>
    permissions === undefined ? [] : [[type, permissions]],
  ),
);

/** What the program and its providers ask beside resources. */
export const otherActions: readonly { readonly action: string; readonly because: string }[] = [
  {
    action: "sts:GetCallerIdentity",
    because: "the provider learns its account; AWS allows it to everybody",
  },
  {
    action: "iam:GetRole",
    because:
      "with perimeter: enforced the program learns its own role, to let it through (getSessionContext)",
  },
];
