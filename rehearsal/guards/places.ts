import { cloudTypes } from "../clouds/clouds";
import type { Estate } from "../estate/estate";
import type { RecordedResource } from "../model/recording";
import { awsTypes, isAzure } from "../model/resourceTypes";
import { isProps, text } from "../model/values";
import { guard, guardAt, theStack } from "./guard";

/** Everything is where it belongs and says whose it is: costs and searches go by tags. */
export const placeGuards = [
  guard({
    of: (estate) => (taggable(estate).length > 0 ? [theStack] : []),
    holds: (_, estate) => commonTags(estate).length > 0,
    problem: "the resources have no tags in common",
    fix: "tag everything with project and stack",
  }),
  guardAt({
    of: (estate) => {
      const common = commonTags(estate);
      return taggable(estate).map((resource) => {
        const own = tagsOf(resource);
        return { resource, missing: common.filter((tag) => !own.includes(tag)) };
      });
    },
    holds: ({ missing }) => missing.length === 0,
    at: ({ resource }) => resource,
    problem: ({ missing }) => `lacks the tag ${missing.join(", ")}, which the others have`,
    fix: "tag it alike",
  }),
  // Everything in Azure is in one location and one group.
  ...(["location", "resourceGroupName"] as const).map((property) =>
    guardAt({
      of: (estate) => {
        const values = valuesOf(estate, property);
        const [usual = ""] = mostFrequent(values.map(({ value }) => value));
        return values.map((one) => ({ ...one, usual }));
      },
      holds: ({ value, usual }) => value === usual,
      at: ({ resource }) => resource,
      problem: ({ value, usual }) => `its ${property} is ${value}, that of the others is ${usual}`,
      fix: "use one for the whole stack",
    }),
  ),
];

function taggable({ resources }: Estate): readonly RecordedResource[] {
  return resources.filter(
    ({ type }) =>
      cloudTypes[type]?.properties.some((p) => p === "tags" || p === "tags.*") === true &&
      // An object takes ten tags only, too few for what a stack may ask for.
      type !== awsTypes.bucketObjectv2,
  );
}

/** The tags that most taggable resources share. */
function commonTags(estate: Estate): readonly string[] {
  const resources = taggable(estate);
  const counts = countsOf(resources.flatMap(tagsOf));
  return [...counts].filter(([, count]) => count > resources.length / 2).map(([tag]) => tag);
}

function tagsOf(resource: RecordedResource): readonly string[] {
  const tags = resource.inputs["tags"];
  return isProps(tags) ? Object.keys(tags).map((key) => `${key}=${text(tags[key], "") ?? ""}`) : [];
}

function valuesOf({ resources }: Estate, property: string) {
  return resources
    .filter(({ type }) => isAzure(type))
    .flatMap((resource) => {
      const value = text(resource.inputs, property);
      // Alerts and action groups are in no location in particular.
      return value === undefined || value === "global" ? [] : [{ resource, value }];
    });
}

function mostFrequent(values: readonly string[]): readonly string[] {
  return [...countsOf(values)].sort(([, one], [, other]) => other - one).map(([value]) => value);
}

function countsOf(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
