import type { Problem, StackResource, StackRule } from "../rule";
import { text } from "../values";

/** What must stand beside a bucket: its types, newest name first, and what it is in a sentence. */
const companions: readonly { readonly types: readonly string[]; readonly what: string }[] = [
  { what: "block of public access", types: ["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"] },
  { what: "ownership control", types: ["aws:s3/bucketOwnershipControls:BucketOwnershipControls"] },
  {
    what: "versioning",
    types: ["aws:s3/bucketVersioning:BucketVersioning", "aws:s3/bucketVersioningV2:BucketVersioningV2"],
  },
  {
    what: "encryption",
    types: [
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
    ],
  },
  { what: "policy", types: ["aws:s3/bucketPolicy:BucketPolicy"] },
];

const buckets = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];

export const guardedBuckets: StackRule = {
  kind: "stack",
  name: "guarded-buckets",
  description:
    "Beside every bucket stand a block of public access, an ownership control, versioning, encryption and a policy.",
  development: "as strict",
  check: (resources) =>
    resources.filter(({ type }) => buckets.includes(type)).flatMap((bucket) => missing(bucket, resources)),
};

function missing(bucket: StackResource, resources: readonly StackResource[]): readonly Problem[] {
  return companions
    .filter(({ types }) => !resources.some((r) => types.includes(r.type) && standsBeside(r, bucket)))
    .map(({ what, types }) => ({
      urn: bucket.urn,
      says: `the bucket has no ${what}; add a ${types[0]?.split(":").at(-1) ?? ""} that takes its name from it`,
    }));
}

/** What a preview knows is whose output the name is; a name that was typed in is compared. */
function standsBeside(resource: StackResource, bucket: StackResource): boolean {
  const sources = resource.madeOf["bucket"] ?? [];
  if (sources.length > 0) return sources.includes(bucket.urn);
  const name = text(resource.props, "bucket");
  return name !== undefined && name === text(bucket.props, "bucket");
}
