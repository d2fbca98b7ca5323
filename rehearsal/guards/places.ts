import { awsTypes, isAzure } from "../model/resourceTypes";
import { cloudTypes } from "../clouds/clouds";
import { isProps, text } from "../model/values";
import type { Estate } from "../estate/estate";
import { guardFinding, type Finding } from "../model/findings";
import type { RecordedResource } from "../model/recording";

/** Everything stands where it belongs and says whose it is. */
export function placeGuards(estate: Estate): readonly Finding[] {
  return [...tagGuards(estate), ...oneValue(estate, "location"), ...oneValue(estate, "resourceGroupName")];
}

/** The tags that most taggable resources share stand on all of them: costs and searches go by them. */
function tagGuards(estate: Estate): readonly Finding[] {
  const taggable = estate.resources.filter(
    (r) =>
      cloudTypes[r.type]?.properties.some((p) => p === "tags" || p === "tags.*") === true &&
      // An object takes ten tags only, too few for what a stack may ask for.
      r.type !== awsTypes.bucketObjectv2,
  );
  const counted = new Map<string, number>();
  for (const tag of taggable.flatMap(tagsOf)) counted.set(tag, (counted.get(tag) ?? 0) + 1);
  const common = [...counted].filter(([, count]) => count > taggable.length / 2).map(([tag]) => tag);
  if (common.length === 0 && taggable.length > 0)
    return [
      guardFinding("", "the resources have no tags in common", "tag everything with project and stack"),
    ];
  return taggable.flatMap((resource) => {
    const own = tagsOf(resource);
    const missing = common.filter((tag) => !own.includes(tag));
    return missing.length === 0
      ? []
      : [
          guardFinding(
            resource,
            `lacks the tag ${missing.join(", ")}, which the others have`,
            "tag it alike",
          ),
        ];
  });
}

function tagsOf(resource: RecordedResource): readonly string[] {
  const tags = resource.inputs["tags"];
  return isProps(tags) ? Object.keys(tags).map((key) => `${key}=${text(tags[key], "") ?? ""}`) : [];
}

/** Everything in Azure stands in one place and one group. */
function oneValue(estate: Estate, property: "location" | "resourceGroupName"): readonly Finding[] {
  const bearers = estate.resources
    .filter((resource) => isAzure(resource.type))
    .flatMap((resource) => {
      const value = text(resource.inputs, property);
      // What tells of alarms stands nowhere in particular.
      return value === undefined || value === "global" ? [] : [{ resource, value }];
    });
  const usual = mostFrequent(bearers.map(({ value }) => value));
  return bearers
    .filter(({ value }) => value !== usual)
    .map(({ resource, value }) =>
      guardFinding(
        resource,
        `its ${property} is ${value}, that of the others is ${usual ?? "none"}`,
        "use one for the whole stack",
      ),
    );
}

function mostFrequent(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}
