import { instancesOf } from "./patterns";
import type { Organisation } from "./principals";
import { type Deciding, valuesOf } from "./signature";

export const organisationKeys = {
  caller: ["aws:principalorgid", "aws:principalorgpaths"],
  way: ["aws:vpceorgid", "aws:vpceorgpaths"],
  source: ["aws:sourceorgid", "aws:sourceorgpaths"],
} as const;

/** The organisations that conditions of this kind name, and the places in them. */
export function organisationsNamed(
  deciding: Deciding,
  [id, paths]: readonly [string, string],
): readonly Organisation[] {
  return [
    ...valuesOf(deciding, id)
      .flatMap(instancesOf)
      .map((name) => ({ id: name, path: `${name}/r-any/ou-any/` })),
    ...valuesOf(deciding, paths)
      .flatMap(instancesOf)
      .map((path) => ({ id: path.split("/")[0] ?? "", path })),
  ];
}
