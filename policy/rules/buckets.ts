import type { Check, ResourceRule } from "../rule";
import { at, objects, shown, text } from "../values";

const blocks = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"] as const;

const blocksAll: Check = ({ props }) =>
  blocks
    .filter((block) => props[block] !== true)
    .map(
      (block) => `${block} is ${shown(props[block])}, which lets somebody publish the bucket; set it to true`,
    );

const ownsAll: Check = ({ props }) => {
  const ownership = at(props, "rule.objectOwnership");
  return ownership === "BucketOwnerEnforced"
    ? []
    : [
        `rule.objectOwnership is ${shown(ownership)}, which keeps ACLs in force; set it to BucketOwnerEnforced`,
      ];
};

/** With the owner enforced S3 refuses any ACL but these two (AWS, "Controlling ownership of objects"). */
const plainAcls: readonly unknown[] = [undefined, "private", "bucket-owner-full-control"];

const hasNoAcl: Check = ({ props }) => [
  ...(plainAcls.includes(props["acl"])
    ? []
    : [
        `acl is ${shown(props["acl"])}, which may open it to others; leave it out and use the bucket's policy`,
      ]),
  ...(objects(props["grants"]).length > 0
    ? ["grants open it to others past its policy; leave them out and use the bucket's policy"]
    : []),
];

const isNoAcl: Check = () => ["an ACL of its own opens the bucket past its policy; remove it"];

const isNoWebsite: Check = () => ["a website serves the bucket to anybody over plain HTTP; remove it"];

/** Both families of bucket classes: the newer names are the old ones' aliases (@pulumi/aws 7). */
export const noPublicBuckets: ResourceRule = {
  kind: "resource",
  name: "no-public-buckets",
  description:
    "No setting, ACL or website opens a bucket to the public, so that one wrong policy cannot either.",
  development: "as strict",
  checks: {
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": blocksAll,
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ownsAll,
    "aws:s3/bucket:Bucket": hasNoAcl,
    "aws:s3/bucketV2:BucketV2": hasNoAcl,
    "aws:s3/bucketObjectv2:BucketObjectv2": hasNoAcl,
    "aws:s3/bucketObject:BucketObject": hasNoAcl,
    "aws:s3/bucketAcl:BucketAcl": isNoAcl,
    "aws:s3/bucketAclV2:BucketAclV2": isNoAcl,
    "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": isNoWebsite,
    "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2": isNoWebsite,
  },
};

const isVersioned: Check = ({ props }) => {
  const status = at(props, "versioningConfiguration.status");
  return status === "Enabled"
    ? []
    : [
        `versioningConfiguration.status is ${shown(status)}, so an overwritten object is lost; set it to Enabled`,
      ];
};

export const versionedBuckets: ResourceRule = {
  kind: "resource",
  name: "versioned-buckets",
  description: "Every bucket keeps what is overwritten or deleted, so that a mistake can be undone.",
  development: "as strict",
  checks: {
    "aws:s3/bucketVersioning:BucketVersioning": isVersioned,
    "aws:s3/bucketVersioningV2:BucketVersioningV2": isVersioned,
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html */
const ciphers: readonly unknown[] = ["AES256", "aws:kms", "aws:kms:dsse"];

const isEncrypted: Check = ({ props }) => {
  const algorithms = objects(props["rules"]).map((rule) =>
    text(rule, "applyServerSideEncryptionByDefault.sseAlgorithm"),
  );
  return algorithms.some((algorithm) => ciphers.includes(algorithm))
    ? []
    : [
        `sseAlgorithm is ${shown(algorithms[0])}, which says no cipher; set it to AES256, aws:kms or aws:kms:dsse`,
      ];
};

export const encryptedBuckets: ResourceRule = {
  kind: "resource",
  name: "encrypted-buckets",
  description: "Every bucket says how it encrypts, so that no default has to be trusted.",
  development: "as strict",
  checks: {
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": isEncrypted,
    "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2": isEncrypted,
  },
};

const isKept: Check = ({ props }) =>
  props["forceDestroy"] === true
    ? ["forceDestroy is true, so a teardown deletes the data with the bucket; leave it false"]
    : [];

export const keptBuckets: ResourceRule = {
  kind: "resource",
  name: "kept-buckets",
  description: "Outside development no teardown takes a bucket's data along.",
  development: "let off",
  checks: { "aws:s3/bucket:Bucket": isKept, "aws:s3/bucketV2:BucketV2": isKept },
};
