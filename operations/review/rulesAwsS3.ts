import {
  access,
  address,
  awsCommon,
  dataLoss,
  each,
  none,
  type Impacts,
} from "../../rehearsal/clouds/impact";

const buckets = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html";
const policies = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html";
const publicAccess =
  "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html";
const ownerships = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html";
const versions = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html";
const encryptions = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html";
const accessLogging = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html";
const lifecycles = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html";
const keys = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html";

const lostBucket = dataLoss(
  "the bucket goes with everything in it, or the deployment fails because it is not empty",
  buckets,
);
const policy = access("who may do what with the data changes at once", policies);
const noPolicy = access(
  "without its policy the reader does not get in, and administrators do from anywhere",
  policies,
);
const block = access("what keeps the public out changes", publicAccess);
const ownership = access("whether ACLs count changes", ownerships);
const versioning = dataLoss("from then on an overwritten or deleted object keeps no version", versions);
const encryption = access(
  "new objects are encrypted otherwise; a key of KMS shuts out a reader without rights to it",
  encryptions,
);
const accessLogs = none("requests are logged elsewhere, or no longer; none is touched", accessLogging);
const expiry = dataLoss("what the bucket holds goes sooner, or is kept for longer and paid for", lifecycles);
const sample = dataLoss("the sample object goes with its versions", versions);
const newReader = access("the reader's ARN changes: every policy names it, and its key stops working", keys);
const newKey = address("clients know the key: the old one stops working, and they need the new one", keys);

export const awsS3Rules: Readonly<Record<string, Impacts>> = {
  "aws:s3/bucket:Bucket": {
    create: none("an empty bucket", buckets),
    delete: lostBucket,
    replace: lostBucket,
    properties: {
      ...awsCommon(lostBucket),
      bucket: lostBucket,
      forceDestroy: dataLoss("from then on deleting the bucket deletes all that it holds", buckets),
    },
  },
  "aws:s3/bucketPolicy:BucketPolicy": {
    create: access("the reader gets in through the endpoint", policies),
    delete: noPolicy,
    replace: noPolicy,
    properties: { ...awsCommon(noPolicy), bucket: noPolicy, policy },
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    create: none("it only shuts", publicAccess),
    delete: block,
    replace: block,
    properties: {
      ...awsCommon(block),
      ...each(
        ["blockPublicAcls", "blockPublicPolicy", "bucket", "ignorePublicAcls", "restrictPublicBuckets"],
        block,
      ),
    },
  },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
    create: none("ACLs no longer count", ownerships),
    delete: ownership,
    replace: ownership,
    properties: { ...awsCommon(ownership), ...each(["bucket", "rule"], ownership) },
  },
  "aws:s3/bucketVersioning:BucketVersioning": {
    create: none("from then on the bucket keeps versions", versions),
    delete: versioning,
    replace: versioning,
    properties: { ...awsCommon(versioning), ...each(["bucket", "versioningConfiguration"], versioning) },
  },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    create: none("new objects are encrypted as it says; old ones stay as they are", encryptions),
    delete: encryption,
    replace: encryption,
    properties: { ...awsCommon(encryption), ...each(["bucket", "rules"], encryption) },
  },
  "aws:s3/bucketLogging:BucketLogging": {
    create: none("from then on requests to the bucket are logged", accessLogging),
    delete: accessLogs,
    replace: accessLogs,
    properties: {
      ...awsCommon(accessLogs),
      ...each(["bucket", "targetBucket", "targetObjectKeyFormat", "targetPrefix"], accessLogs),
    },
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    create: dataLoss("from then on the bucket deletes by itself what its rules say", lifecycles),
    delete: none("from then on nothing goes by itself, and everything is paid for", lifecycles),
    replace: expiry,
    properties: { ...awsCommon(expiry), ...each(["bucket", "rules"], expiry) },
  },
  "aws:s3/bucketObjectv2:BucketObjectv2": {
    create: none("one small object more", versions),
    delete: sample,
    replace: sample,
    properties: {
      ...awsCommon(sample),
      ...each(["bucket", "key"], sample),
      ...each(["content", "contentType"], none("the sample's old content stays as a version", versions)),
    },
  },
  "aws:iam/user:User": {
    create: none("a user without rights", keys),
    delete: newReader,
    replace: newReader,
    properties: { ...awsCommon(newReader), name: newReader },
  },
  "aws:iam/accessKey:AccessKey": {
    create: none("a key that nobody has yet", keys),
    delete: newKey,
    replace: newKey,
    properties: {
      ...awsCommon(newKey),
      user: newKey,
      status: access("an inactive key shuts every client out", keys),
    },
  },
};
