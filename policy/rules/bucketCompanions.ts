import type { Problem, StackResource, StackRule } from "../rule";
import { buckets, encryptions, versionings } from "../types";
import { text } from "../values";

/** What every bucket needs: its types, newest name first, and its name in a sentence. */
const companions: readonly { readonly types: readonly string[]; readonly what: string }[] = [
  { what: "public access block", types: ["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"] },
  { what: "ownership control", types: ["aws:s3/bucketOwnershipControls:BucketOwnershipControls"] },
  { what: "versioning", types: versionings },
  { what: "encryption", types: encryptions },
  { what: "policy", types: ["aws:s3/bucketPolicy:BucketPolicy"] },
];

export const guardedBuckets: StackRule = {
  kind: "stack",
  name: "guarded-buckets",
  description:
    "Every bucket has a public access block, an ownership control, versioning, encryption and a policy.",
  check: (resources) =>
    resources.filter(({ type }) => buckets.includes(type)).flatMap((bucket) => missing(bucket, resources)),
};

function missing(bucket: StackResource, resources: readonly StackResource[]): readonly Problem[] {
  return companions
    .filter(({ types }) => !resources.some((r) => types.includes(r.type) && belongsTo(bucket, r)))
    .map(({ what, types }) => ({
      urn: bucket.urn,
      says: `the bucket has no ${what}; add a ${types[0]?.split(":").at(-1) ?? ""} that takes its name from it`,
    }));
}

/** A preview has the resource that the name comes from; a name that was typed in is compared. */
function belongsTo(bucket: StackResource, resource: StackResource): boolean {
  const sources = resource.madeOf["bucket"] ?? [];
  if (sources.length > 0) return sources.includes(bucket.urn);
  const name = text(resource.props, "bucket");
  return name !== undefined && name === text(bucket.props, "bucket");
}
