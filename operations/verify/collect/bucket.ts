import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  type LifecycleRule,
  S3Client,
} from "@aws-sdk/client-s3";
import type { AwsAccess } from "./access";
import { ask } from "./ask";
import { collectMore } from "./bucketMore";
import type { BucketFacts, LifecycleRuleFacts } from "../facts/buckets";

/** How a bucket is set up. Nothing here touches data, so an enforced perimeter does not stand in the way. */
export async function collectBucket(
  access: AwsAccess,
  account: string,
  bucket: string,
): Promise<BucketFacts> {
  const s3 = new S3Client(access);
  const Bucket = bucket;
  const more = collectMore(access, account, bucket);
  const [region, policy, publicAccessBlock, encryption, versioning, ownership, lifecycle, logging] =
    await Promise.all([
      ask(`the region of bucket ${bucket}`, "s3:GetBucketLocation", async () => {
        const { LocationConstraint } = await s3.send(new GetBucketLocationCommand({ Bucket }));
        // Empty means the first region. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
        return LocationConstraint ?? "us-east-1";
      }),
      ask(`the policy of bucket ${bucket}`, "s3:GetBucketPolicy", async () => {
        const { Policy } = await s3.send(new GetBucketPolicyCommand({ Bucket }));
        return Policy;
      }),
      ask(`the public access block of bucket ${bucket}`, "s3:GetBucketPublicAccessBlock", async () => {
        const { PublicAccessBlockConfiguration } = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
        return Object.entries(PublicAccessBlockConfiguration ?? {})
          .filter(([, on]) => on === true)
          .map(([name]) => name);
      }),
      ask(`the encryption of bucket ${bucket}`, "s3:GetEncryptionConfiguration", async () => {
        const { ServerSideEncryptionConfiguration: configuration } = await s3.send(
          new GetBucketEncryptionCommand({ Bucket }),
        );
        return (configuration?.Rules ?? []).map(({ ApplyServerSideEncryptionByDefault: by }) => ({
          algorithm: by?.SSEAlgorithm ?? "none",
          key: by?.KMSMasterKeyID,
        }));
      }),
      ask(`the versioning of bucket ${bucket}`, "s3:GetBucketVersioning", async () => {
        const { Status } = await s3.send(new GetBucketVersioningCommand({ Bucket }));
        return Status ?? "never enabled";
      }),
      ask(`the ownership of bucket ${bucket}`, "s3:GetBucketOwnershipControls", async () => {
        const { OwnershipControls } = await s3.send(new GetBucketOwnershipControlsCommand({ Bucket }));
        return OwnershipControls?.Rules?.[0]?.ObjectOwnership;
      }),
      ask(`the lifecycle of bucket ${bucket}`, "s3:GetLifecycleConfiguration", async () => {
        const { Rules = [] } = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
        return Rules.map(ruleFacts);
      }),
      ask(`the logging of bucket ${bucket}`, "s3:GetBucketLogging", async () => {
        const { LoggingEnabled: on } = await s3.send(new GetBucketLoggingCommand({ Bucket }));
        return on && (on.TargetBucket ?? "");
      }),
    ]);
  const guards = { publicAccessBlock, encryption, versioning, ownership };
  return { region, policy, ...guards, lifecycle, logging, more: await more };
}

function ruleFacts(rule: LifecycleRule): LifecycleRuleFacts {
  const { Expiration: expiration, NoncurrentVersionExpiration: old } = rule;
  const moves = [...(rule.Transitions ?? []), ...(rule.NoncurrentVersionTransitions ?? [])];
  return {
    id: rule.ID ?? "",
    enabled: rule.Status === "Enabled",
    everything: isForEverything(rule),
    expires: expiration?.Days ?? expiration?.Date?.toISOString(),
    oldVersionDays: old?.NoncurrentDays,
    moves: moves.map(({ StorageClass }) => StorageClass ?? ""),
  };
}

/** With either spelling of what a rule is for: S3 returns the one that was written. */
function isForEverything({ Filter = {}, ...rule }: LifecycleRule): boolean {
  // Deprecated, and still what old rules have.
  const { Prefix: prefix = "" }: { readonly Prefix?: string | undefined } = rule;
  const others = Object.keys(Filter).filter((name) => name !== "Prefix");
  return prefix === "" && (Filter.Prefix ?? "") === "" && others.length === 0;
}
