import {
  GetBucketMetadataConfigurationCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketReplicationCommand,
  GetObjectLockConfigurationCommand,
  ListBucketInventoryConfigurationsCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { ListAccessPointsCommand, S3ControlClient } from "@aws-sdk/client-s3-control";
import type { AwsAccess } from "./access";
import { ask } from "./ask";
import type { BucketFacts } from "../facts/buckets";

/** What the bucket has that no stack makes; each with what it leads to. */
export async function collectMore(
  access: AwsAccess,
  account: string,
  bucket: string,
): Promise<BucketFacts["more"]> {
  const s3 = new S3Client(access);
  const Bucket = bucket;
  const [replication, inventories, metadata, notifications, accessPoints, objectLock] = await Promise.all([
    ask(`the replication of bucket ${bucket}`, "s3:GetReplicationConfiguration", async () => {
      const { ReplicationConfiguration } = await s3.send(new GetBucketReplicationCommand({ Bucket }));
      return (ReplicationConfiguration?.Rules ?? []).map(
        ({ ID = "a rule", Destination }) => `${ID} to ${Destination?.Bucket ?? "nowhere"}`,
      );
    }),
    ask(`the inventories of bucket ${bucket}`, "s3:GetInventoryConfiguration", async () => {
      // A hundred a page, and one is a finding.
      const { InventoryConfigurationList = [] } = await s3.send(
        new ListBucketInventoryConfigurationsCommand({ Bucket }),
      );
      return InventoryConfigurationList.map(
        ({ Id, Destination }) => `${Id ?? "one"} to ${Destination?.S3BucketDestination?.Bucket ?? "nowhere"}`,
      );
    }),
    // It answers for the older metadata table as well.
    // @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketMetadataConfiguration.html
    ask(`the metadata tables of bucket ${bucket}`, "s3:GetBucketMetadataTableConfiguration", async () => {
      const { GetBucketMetadataConfigurationResult: found } = await s3.send(
        new GetBucketMetadataConfigurationCommand({ Bucket }),
      );
      const result = found?.MetadataConfigurationResult;
      return result === undefined ? [] : [result.DestinationResult?.TableBucketArn ?? "a table bucket"];
    }),
    ask(`the notifications of bucket ${bucket}`, "s3:GetBucketNotification", async () => {
      const found = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
      return [
        ...(found.TopicConfigurations ?? []).map(({ TopicArn }) => TopicArn ?? ""),
        ...(found.QueueConfigurations ?? []).map(({ QueueArn }) => QueueArn ?? ""),
        ...(found.LambdaFunctionConfigurations ?? []).map(({ LambdaFunctionArn }) => LambdaFunctionArn ?? ""),
        ...(found.EventBridgeConfiguration === undefined ? [] : ["EventBridge"]),
      ];
    }),
    ask(`the access points of bucket ${bucket}`, "s3:ListAccessPoints", async () => {
      const { AccessPointList = [] } = await new S3ControlClient(access).send(
        new ListAccessPointsCommand({ AccountId: account, Bucket }),
      );
      return AccessPointList.map(
        ({ Name, NetworkOrigin }) => `${Name ?? ""} (${NetworkOrigin ?? "unknown"})`,
      );
    }),
    ask(`the object lock of bucket ${bucket}`, "s3:GetBucketObjectLockConfiguration", async () => {
      const { ObjectLockConfiguration: lock } = await s3.send(
        new GetObjectLockConfigurationCommand({ Bucket }),
      );
      const retention = lock?.Rule?.DefaultRetention;
      if (lock?.ObjectLockEnabled !== "Enabled") return [];
      if (retention === undefined) return ["no default retention"];
      const { Mode = "a", Days, Years } = retention;
      return [`${Mode} retention for ${Days === undefined ? `${Years ?? "some"} years` : `${Days} days`}`];
    }),
  ]);
  return { replication, inventories, metadata, notifications, accessPoints, objectLock };
}
