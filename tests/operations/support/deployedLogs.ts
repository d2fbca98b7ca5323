import * as ec2 from "@aws-sdk/client-ec2";
import * as s3 from "@aws-sdk/client-s3";
import { logBucketPolicy } from "../../../monitoring/logPolicies";
import { deployGuards } from "./deployedS3";
import type { Clients } from "./deployedStack";
import { account, region } from "./place";

export const logBucket = "logs-of-the-tests";
export const trailName = "trail-of-the-tests";

export function rightLogPolicy() {
  const bucketArn = `arn:aws:s3:::${logBucket}`;
  return logBucketPolicy({
    bucketArn,
    accountId: account,
    region,
    trailName,
    kinds: ["flow", "access", "audit"],
  });
}

/** The bucket for logs, and the flow log that leads there; the data buckets follow by themselves. */
export async function deployLogBucket(clients: Clients, vpcId: string): Promise<void> {
  await deployGuards(clients.s3, logBucket);
  await clients.s3.send(expiryOf([{ days: 90 }]));
  await clients.s3.send(
    new s3.PutBucketPolicyCommand({ Bucket: logBucket, Policy: JSON.stringify(rightLogPolicy()) }),
  );
  await clients.ec2.send(flowLogOf(vpcId));
}

export function expiryOf(
  rules: readonly { readonly days: number; readonly prefix?: string }[],
): s3.PutBucketLifecycleConfigurationCommand {
  return new s3.PutBucketLifecycleConfigurationCommand({
    Bucket: logBucket,
    LifecycleConfiguration: {
      Rules: rules.map(({ days, prefix = "" }, index) => ({
        ID: index === 0 ? "expire-logs" : `expire-${index}`,
        Status: "Enabled",
        Filter: { Prefix: prefix },
        Expiration: { Days: days },
      })),
    },
  });
}

export function flowLogOf(vpcId: string, TrafficType: ec2.TrafficType = "ALL"): ec2.CreateFlowLogsCommand {
  return new ec2.CreateFlowLogsCommand({
    ResourceIds: [vpcId],
    ResourceType: "VPC",
    TrafficType,
    LogDestinationType: "s3",
    // moto takes no folder behind it.
    LogDestination: `arn:aws:s3:::${logBucket}`,
  });
}

export function loggingOf(Bucket: string): s3.PutBucketLoggingCommandInput {
  return {
    Bucket,
    BucketLoggingStatus: { LoggingEnabled: { TargetBucket: logBucket, TargetPrefix: "access/" } },
  };
}
