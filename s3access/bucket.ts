import {
  Bucket,
  BucketLifecycleConfiguration,
  BucketLogging,
  BucketObjectLockConfiguration,
  BucketObjectv2,
  BucketOwnershipControls,
  BucketPolicy,
  BucketPublicAccessBlock,
  BucketServerSideEncryptionConfiguration,
  BucketVersioning,
} from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { bucketPolicy, type Access, type BucketPolicyArgs } from "./policies";

export interface BucketArgs {
  /** Its name in this stack, from which the bucket's own is made. */
  readonly name: string;
  readonly access: Access;
  /** The bucket's own name, worldwide unique; generated where undefined. A change replaces the bucket. */
  readonly bucketName: string | undefined;
  /** Days that each version is locked, from when it is written; undefined: not locked. */
  readonly lockDays: number | undefined;
}

/** Where access logs go: a bucket that is ready to take them, and what the keys there begin with. */
export interface AccessLogTarget {
  readonly bucketName: pulumi.Input<string>;
  readonly prefix: string;
}

/** What every bucket's policy needs of the whole link. */
export type PolicyContext = pulumi.Output<Omit<BucketPolicyArgs, "bucketArn" | "access">>;

export function createBucket(
  name: string,
  args: Pick<BucketArgs, "name" | "bucketName">,
  tags: Readonly<Record<string, string>>,
  child: pulumi.CustomResourceOptions,
): Bucket {
  return new Bucket(
    `${name}-${args.name}`,
    { ...(args.bucketName === undefined ? {} : { bucket: args.bucketName }), tags },
    // No forceDestroy: a bucket that holds what this program did not put there is not deleted.
    child,
  );
}

/** Lets the reader in, and with an enforced perimeter keeps everybody else out. */
export function createPolicyText(
  args: BucketArgs,
  bucket: Bucket,
  context: PolicyContext,
): pulumi.Output<string> {
  const known = pulumi.output({ bucketArn: bucket.arn, context });
  return pulumi.jsonStringify(
    known.apply(({ bucketArn, context }) => bucketPolicy({ bucketArn, access: args.access, ...context })),
  );
}

/**
 * Everything that guards the bucket, one after another: at once they end in OperationAborted
 * (terraform-provider-aws #7628, #33552). Whatever else is set on the bucket waits for the last of them, the policy.
 *
 * Nothing takes a guard off: all are retained, and go with the bucket. Taken off first, they would be gone when S3 then
 * refuses to delete the bucket because it is not empty. `deletedWith` is not enough: the engine deletes what goes with
 * a bucket all the same where that bucket is replaced (3.259).
 */
export function secureBucket(
  id: string,
  bucket: Bucket,
  policyText: pulumi.Output<string>,
  child: pulumi.CustomResourceOptions,
): { readonly versioning: BucketVersioning; readonly policy: BucketPolicy } {
  const kept = { ...child, retainOnDelete: true };
  const publicAccess = new BucketPublicAccessBlock(
    `${id}-public-access`,
    {
      bucket: bucket.bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    kept,
  );
  const ownership = new BucketOwnershipControls(
    `${id}-ownership`,
    { bucket: bucket.bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    { ...kept, dependsOn: [publicAccess] },
  );
  const versioning = new BucketVersioning(
    `${id}-versioning`,
    { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } },
    { ...kept, dependsOn: [ownership] },
  );
  const encryption = new BucketServerSideEncryptionConfiguration(
    `${id}-encryption`,
    {
      bucket: bucket.bucket,
      // S3's own keys: a user without any policy could not use a KMS key, nor could S3 deliver access logs with one.
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    },
    { ...kept, dependsOn: [versioning] },
  );
  const policy = new BucketPolicy(
    `${id}-policy`,
    { bucket: bucket.bucket, policy: policyText },
    { ...kept, dependsOn: [encryption] },
  );
  return { versioning, policy };
}

/** Every request to the bucket as long as it exists, written down in another one; sorted by account, region, bucket and day. */
export function logAccess(
  id: string,
  made: { readonly bucket: Bucket; readonly policy: BucketPolicy },
  target: AccessLogTarget,
  child: pulumi.CustomResourceOptions,
): BucketLogging {
  return new BucketLogging(
    `${id}-logging`,
    {
      bucket: made.bucket.bucket,
      targetBucket: target.bucketName,
      targetPrefix: target.prefix,
      targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "EventTime" } },
    },
    { ...child, deletedWith: made.bucket, dependsOn: [made.policy] },
  );
}

/** Days after which S3 drops the parts of an upload that nobody has finished: AWS's own example. */
const unfinishedUploadDays = 7;

/** What was overwritten or deleted goes after so many days, its delete marker with it; what is current stays. */
export function expireOldVersions(
  id: string,
  made: {
    readonly bucket: Bucket;
    readonly policy: BucketPolicy;
    readonly logging: BucketLogging | undefined;
  },
  days: number,
  child: pulumi.CustomResourceOptions,
): BucketLifecycleConfiguration {
  return new BucketLifecycleConfiguration(
    `${id}-lifecycle`,
    {
      bucket: made.bucket.bucket,
      rules: [
        {
          id: "expire-old-versions",
          status: "Enabled",
          expiration: { expiredObjectDeleteMarker: true },
          noncurrentVersionExpiration: { noncurrentDays: days },
          abortIncompleteMultipartUpload: { daysAfterInitiation: unfinishedUploadDays },
        },
      ],
    },
    { ...child, deletedWith: made.bucket, dependsOn: [made.logging ?? made.policy] },
  );
}

/**
 * Locks what is written from then on, each version by itself. On a bucket that exists as on a new one: nothing is replaced,
 * as `objectLockEnabled` of the bucket would. Without it new versions are no longer locked; those that are, stay so.
 */
export function lockObjects(
  id: string,
  bucket: Bucket,
  days: number,
  after: pulumi.Resource,
  child: pulumi.CustomResourceOptions,
): void {
  new BucketObjectLockConfiguration(
    `${id}-lock`,
    { bucket: bucket.bucket, rule: { defaultRetention: { mode: "GOVERNANCE", days } } },
    { ...child, deletedWith: bucket, dependsOn: [after] },
  );
}

/** Something to list and to get. Made after versioning, so that deleting it deletes its versions. */
export function createSampleObject(
  name: string,
  args: BucketArgs,
  made: { readonly bucket: Bucket; readonly versioning: BucketVersioning },
  child: pulumi.CustomResourceOptions,
): BucketObjectv2 {
  return new BucketObjectv2(
    `${name}-${args.name}-sample`,
    {
      bucket: made.bucket.bucket,
      key: "hello.txt",
      content: "Hello from the other cloud.\n",
      contentType: "text/plain; charset=utf-8",
    },
    { ...child, dependsOn: [made.versioning] },
  );
}
