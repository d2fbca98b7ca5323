import {
  Bucket,
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
  /** The bucket's own name, worldwide unique; made up where undefined. A change replaces the bucket. */
  readonly bucketName: string | undefined;
}

/** What the whole link knows and every bucket's policy needs. */
export type PolicyContext = pulumi.Output<Omit<BucketPolicyArgs, "bucketArn" | "access">>;

export function createBucket(
  name: string,
  args: BucketArgs,
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

/**
 * Everything that guards the bucket, one after another: at once they end in OperationAborted
 * (terraform-provider-aws #7628, #33552).
 */
export function guardBucket(
  name: string,
  args: BucketArgs,
  made: { readonly bucket: Bucket; readonly context: PolicyContext },
  child: pulumi.CustomResourceOptions,
): { readonly versioning: BucketVersioning } {
  const { bucket, context } = made;
  const id = `${name}-${args.name}`;
  const publicAccess = new BucketPublicAccessBlock(
    `${id}-public-access`,
    {
      bucket: bucket.bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    child,
  );
  const ownership = new BucketOwnershipControls(
    `${id}-ownership`,
    { bucket: bucket.bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    { ...child, dependsOn: [publicAccess] },
  );
  const versioning = new BucketVersioning(
    `${id}-versioning`,
    { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } },
    { ...child, dependsOn: [ownership] },
  );
  const encryption = new BucketServerSideEncryptionConfiguration(
    `${id}-encryption`,
    {
      bucket: bucket.bucket,
      // S3's own keys: a user without any policy could not use a KMS key.
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    },
    { ...child, dependsOn: [versioning] },
  );
  const known = pulumi.output({ bucketArn: bucket.arn, context });
  new BucketPolicy(
    `${id}-policy`,
    {
      bucket: bucket.bucket,
      policy: pulumi.jsonStringify(
        known.apply(({ bucketArn, context }) => bucketPolicy({ bucketArn, access: args.access, ...context })),
      ),
    },
    { ...child, dependsOn: [encryption] },
  );
  return { versioning };
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
