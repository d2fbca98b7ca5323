import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { BucketLifecycleConfiguration, type Bucket, type BucketPolicy } from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { createBucket, secureBucket } from "../s3access/bucket";
import { logRetentionDays } from "../logRetention";
import { logBucketPolicy, type LogKind } from "./logPolicies";

export interface LogBucketArgs {
  readonly region: string;
  readonly trailName: string;
  readonly kinds: readonly LogKind[];
  /** Whether the bucket stays, with its logs, its guards and their expiry, when it leaves the stack. */
  readonly protection: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** A bucket guarded like those of the data, whose policy lets the services write that deliver logs. */
export function createLogBucket(
  name: string,
  args: LogBucketArgs,
  child: pulumi.CustomResourceOptions,
): { readonly bucket: Bucket; readonly policy: BucketPolicy } {
  const bucket = createBucket(name, { name: "bucket", bucketName: undefined }, args.tags, {
    ...child,
    retainOnDelete: args.protection,
  });
  const known = pulumi.output({
    bucketArn: bucket.arn,
    accountId: getCallerIdentityOutput({}, child).accountId,
    region: args.region,
    trailName: args.trailName,
    kinds: args.kinds,
  });
  const policyText = pulumi.jsonStringify(known.apply(logBucketPolicy));
  const { policy } = secureBucket(`${name}-bucket`, bucket, policyText, child);
  expireLogs(name, bucket, policy, child);
  return { bucket, policy };
}

/**
 * What expires becomes a version that is no longer current and goes a day later, and its delete marker after it: S3
 * removes a marker by itself where a rule counts days.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html#intro-lifecycle-rules-actions
 */
function expireLogs(
  name: string,
  bucket: Bucket,
  policy: BucketPolicy,
  child: pulumi.CustomResourceOptions,
): void {
  new BucketLifecycleConfiguration(
    `${name}-bucket-lifecycle`,
    {
      bucket: bucket.bucket,
      rules: [
        {
          // No filter: the rule is for all objects. The provider stumbles over an empty one (#42112).
          id: "expire-logs",
          status: "Enabled",
          expiration: { days: logRetentionDays },
          noncurrentVersionExpiration: { noncurrentDays: 1 },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
        },
      ],
    },
    { ...child, deletedWith: bucket, dependsOn: [policy] },
  );
}
