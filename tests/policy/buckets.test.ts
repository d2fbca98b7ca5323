import { encryptedBuckets, keptBuckets, noPublicBuckets, versionedBuckets } from "../../policy/rules/buckets";
import { describeRule } from "./tables";

const block = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const ownership = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";
const blocked = {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
};
const lets = (setting: string, value: string) =>
  `${setting} is ${value}, which lets somebody publish the bucket; set it to true`;
const acl = (value: string) =>
  `acl is ${value}, which may open it to others; leave it out and use the bucket's policy`;

describeRule(noPublicBuckets, [
  { that: "a block with all four settings", type: block, props: blocked },
  {
    that: "a block that allows public policies",
    type: block,
    props: { ...blocked, blockPublicPolicy: false },
    says: [lets("blockPublicPolicy", "false")],
  },
  {
    that: "a block with one setting left out, in development as well",
    type: block,
    props: { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true },
    stack: "dev",
    says: [lets("restrictPublicBuckets", "not set")],
  },
  {
    that: "the owner enforced",
    type: ownership,
    props: { rule: { objectOwnership: "BucketOwnerEnforced" } },
  },
  {
    that: "ACLs left in force",
    type: ownership,
    props: { rule: { objectOwnership: "ObjectWriter" } },
    says: ["rule.objectOwnership is ObjectWriter, which keeps ACLs in force; set it to BucketOwnerEnforced"],
  },
  { that: "a bucket without ACL", type: "aws:s3/bucket:Bucket", props: { bucket: "data" } },
  {
    that: "an object under its owner's control",
    type: "aws:s3/bucketObjectv2:BucketObjectv2",
    props: { acl: "bucket-owner-full-control" },
  },
  ...["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"].map((type) => ({
    that: `a public ACL on ${type}`,
    type,
    props: { acl: "public-read" },
    says: [acl("public-read")],
  })),
  ...["aws:s3/bucketObject:BucketObject", "aws:s3/bucketObjectv2:BucketObjectv2"].map((type) => ({
    that: `an object that every AWS customer reads, as ${type}`,
    type,
    props: { acl: "authenticated-read" },
    says: [acl("authenticated-read")],
  })),
  {
    that: "grants in a bucket",
    type: "aws:s3/bucketV2:BucketV2",
    props: { grants: [{ uri: "http://acs.amazonaws.com/groups/global/AllUsers", permissions: ["READ"] }] },
    says: ["grants open it to others whatever its policy says; leave them out and use the bucket's policy"],
  },
  ...["aws:s3/bucketAcl:BucketAcl", "aws:s3/bucketAclV2:BucketAclV2"].map((type) => ({
    that: `an ACL beside the bucket, as ${type}`,
    type,
    props: { acl: "private" },
    says: ["a separate ACL opens the bucket whatever its policy says; remove it"],
  })),
  ...["", "V2"].map((suffix) => ({
    that: `a website${suffix === "" ? "" : " by its older name"}`,
    type: `aws:s3/bucketWebsiteConfiguration${suffix}:BucketWebsiteConfiguration${suffix}`,
    props: {},
    says: ["a website serves the bucket to anybody over plain HTTP; remove it"],
  })),
]);

describeRule(versionedBuckets, [
  {
    that: "versions kept",
    type: "aws:s3/bucketVersioning:BucketVersioning",
    props: { versioningConfiguration: { status: "Enabled" } },
  },
  {
    that: "versions suspended",
    type: "aws:s3/bucketVersioning:BucketVersioning",
    props: { versioningConfiguration: { status: "Suspended" } },
    says: [
      "versioningConfiguration.status is Suspended, so an overwritten object is lost; set it to Enabled",
    ],
  },
  {
    that: "no setting for versions",
    type: "aws:s3/bucketVersioningV2:BucketVersioningV2",
    props: {},
    says: ["versioningConfiguration.status is not set, so an overwritten object is lost; set it to Enabled"],
  },
]);

const encryption = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const cipher = (value: string) => `sseAlgorithm is ${value}; set it to AES256, aws:kms or aws:kms:dsse`;

describeRule(encryptedBuckets, [
  ...["AES256", "aws:kms", "aws:kms:dsse"].map((sseAlgorithm) => ({
    that: sseAlgorithm,
    type: encryption,
    props: { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm } }] },
  })),
  {
    that: "a cipher that S3 does not have",
    type: encryption,
    props: { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "none" } }] },
    says: [cipher("none")],
  },
  {
    that: "rules without a cipher",
    type: "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
    props: { rules: [{ bucketKeyEnabled: true }] },
    says: [cipher("not set")],
  },
]);

describeRule(keptBuckets, [
  {
    that: "a bucket that pulumi destroy leaves",
    type: "aws:s3/bucket:Bucket",
    props: { forceDestroy: false },
  },
  {
    that: "a bucket that is emptied, in development",
    type: "aws:s3/bucket:Bucket",
    props: { forceDestroy: true },
    stack: "dev-anna",
  },
  ...["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"].map((type) => ({
    that: `a bucket that is emptied, as ${type}`,
    type,
    props: { forceDestroy: true },
    stack: "devil",
    says: ["forceDestroy is true, so pulumi destroy deletes the data with the bucket; leave it false"],
  })),
]);
