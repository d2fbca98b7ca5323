import { like } from "./conditions";
import { instancesOf } from "./patterns";
import { type Deciding, valuesOf } from "./signature";

/** Keys of objects that policies name in this bucket, by pattern or in full, and two that they are not likely to. */
export function keysNamed(deciding: Deciding, bucketArn: string): readonly string[] {
  const patterns = resourcesNamed(deciding).flatMap((resource) => {
    const slash = resource.indexOf("/");
    return slash > 0 && like(resource.slice(0, slash), bucketArn) ? [resource.slice(slash + 1)] : [];
  });
  return [...new Set(["some/object", "another-object", ...patterns.flatMap(instancesOf)])];
}

/** ARNs of buckets that policies name, save the given ones. */
export function bucketsNamed(deciding: Deciding, known: ReadonlySet<string>): readonly string[] {
  const named = resourcesNamed(deciding)
    .map((resource) => resource.split("/")[0] ?? "")
    .filter((arn) => arn.startsWith("arn:") && !known.has(arn))
    .flatMap(instancesOf);
  return [...new Set(named)].filter((arn) => !known.has(arn));
}

/** The ACLs that a call to put an object can ask for: what a delivery asks, none, another, and all that are named. */
export function aclsNamed(deciding: Deciding): readonly (string | undefined)[] {
  const named = valuesOf(deciding, "s3:x-amz-acl").flatMap(instancesOf);
  return [...new Set(["bucket-owner-full-control", undefined, "public-read", ...named])];
}

function resourcesNamed(deciding: Deciding): readonly string[] {
  const all = deciding.flatMap((policy) =>
    (policy?.statements ?? []).flatMap(({ resources, exceptResources = [] }) => [
      ...resources,
      ...exceptResources,
    ]),
  );
  return [...new Set(all)];
}
