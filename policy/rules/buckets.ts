import { each, unless, type Check, type ResourceRule } from "../rule";
import { bothNames, buckets, encryptions, versionings } from "../types";
import { at, objects, shown, text } from "../values";

const blocks = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"] as const;

const blocksAll: Check = ({ props }) =>
  blocks.flatMap((block) =>
    unless(
      props[block] === true,
      `${block} is ${shown(props[block])}, which lets somebody publish the bucket; set it to true`,
    ),
  );

const ownsAll: Check = ({ props }) => {
  const ownership = at(props, "rule.objectOwnership");
  return unless(
    ownership === "BucketOwnerEnforced",
    `rule.objectOwnership is ${shown(ownership)}, which keeps ACLs in force; set it to BucketOwnerEnforced`,
  );
};

/** With the owner enforced S3 rejects any ACL but these two (AWS, "Controlling ownership of objects"). */
const plainAcls: readonly unknown[] = [undefined, "private", "bucket-owner-full-control"];

const hasNoAcl: Check = ({ props }) => [
  ...unless(
    plainAcls.includes(props["acl"]),
    `acl is ${shown(props["acl"])}, which may open it to others; leave it out and use the bucket's policy`,
  ),
  ...unless(
    objects(props["grants"]).length === 0,
    "grants open it to others whatever its policy says; leave them out and use the bucket's policy",
  ),
];

const isNoAcl: Check = () => ["a separate ACL opens the bucket whatever its policy says; remove it"];

const isNoWebsite: Check = () => ["a website serves the bucket to anybody over plain HTTP; remove it"];

export const noPublicBuckets: ResourceRule = {
  kind: "resource",
  name: "no-public-buckets",
  description: "No setting, ACL or website opens a bucket to the public, and a wrong policy cannot either.",
  checks: {
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": blocksAll,
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ownsAll,
    ...each(
      [...buckets, "aws:s3/bucketObjectv2:BucketObjectv2", "aws:s3/bucketObject:BucketObject"],
      hasNoAcl,
    ),
    ...each(bothNames("aws:s3/bucketAcl:BucketAcl"), isNoAcl),
    ...each(bothNames("aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration"), isNoWebsite),
  },
};

const isVersioned: Check = ({ props }) => {
  const status = at(props, "versioningConfiguration.status");
  return unless(
    status === "Enabled",
    `versioningConfiguration.status is ${shown(status)}, so an overwritten object is lost; set it to Enabled`,
  );
};

export const versionedBuckets: ResourceRule = {
  kind: "resource",
  name: "versioned-buckets",
  description: "Every bucket keeps what is overwritten or deleted, so that a mistake can be undone.",
  checks: each(versionings, isVersioned),
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html */
const ciphers: readonly unknown[] = ["AES256", "aws:kms", "aws:kms:dsse"];

const isEncrypted: Check = ({ props }) => {
  const algorithms = objects(props["rules"]).map((rule) =>
    text(rule, "applyServerSideEncryptionByDefault.sseAlgorithm"),
  );
  return unless(
    algorithms.some((algorithm) => ciphers.includes(algorithm)),
    `sseAlgorithm is ${shown(algorithms[0])}; set it to AES256, aws:kms or aws:kms:dsse`,
  );
};

export const encryptedBuckets: ResourceRule = {
  kind: "resource",
  name: "encrypted-buckets",
  description: "Every bucket sets its own encryption, so that it does not depend on a default.",
  checks: each(encryptions, isEncrypted),
};

const isKept: Check = ({ props }) =>
  unless(
    props["forceDestroy"] !== true,
    "forceDestroy is true, so pulumi destroy deletes the data with the bucket; leave it false",
  );

export const keptBuckets: ResourceRule = {
  kind: "resource",
  name: "kept-buckets",
  description: "Outside development pulumi destroy does not delete a bucket's data.",
  development: "exempt",
  checks: each(buckets, isKept),
};
