import {
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import type { AwsAccess } from "./access";
import { ask } from "./ask";
import type { BucketFacts } from "../facts/buckets";

/** How a bucket is set up. Nothing here touches data, so an enforced perimeter does not stand in the way. */
export async function collectBucket(access: AwsAccess, bucket: string): Promise<BucketFacts> {
  const s3 = new S3Client(access);
  const Bucket = bucket;
  const [region, policy, publicAccessBlock, encryption, versioning, ownership] = await Promise.all([
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
  ]);
  return { region, policy, publicAccessBlock, encryption, versioning, ownership };
}
