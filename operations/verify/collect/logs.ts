import { DescribeFlowLogsCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  type LifecycleRuleFilter,
  S3Client,
} from "@aws-sdk/client-s3";
import type { StackOutputs } from "../../../outputs";
import type { AwsAccess } from "./access";
import { ask } from "./ask";
import { collectBucket } from "./bucket";
import type { LogFacts } from "../facts/buckets";

/** The log bucket and who logs to it; undefined where the stack has none. */
export async function collectLogs(access: AwsAccess, outputs: StackOutputs): Promise<LogFacts | undefined> {
  const { logBucketName, logKinds = [] } = outputs;
  if (logBucketName === undefined) return undefined;
  const s3 = new S3Client(access);
  const logged = logKinds.includes("access") ? Object.entries(outputs.buckets) : [];
  const [bucket, expiry, flowLogs, accessLogs] = await Promise.all([
    collectBucket(access, logBucketName),
    collectExpiry(s3, logBucketName),
    logKinds.includes("flow") ? collectFlowLogs(new EC2Client(access), outputs.awsNetwork.vpcId) : undefined,
    Promise.all(
      logged.map(async ([key, { bucketName }]) => [key, await collectAccessLogs(s3, bucketName)] as const),
    ),
  ]);
  return { bucket, expiry, flowLogs, accessLogs: Object.fromEntries(accessLogs) };
}

function collectExpiry(s3: S3Client, Bucket: string): Promise<LogFacts["expiry"]> {
  return ask(`the lifecycle of bucket ${Bucket}`, "s3:GetLifecycleConfiguration", async () => {
    const { Rules = [] } = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    return Rules.map((rule) => ({
      enabled: rule.Status === "Enabled",
      everything: isForEverything(rule),
      days: rule.Expiration?.Days,
    }));
  });
}

/** With either spelling of what a rule is for: S3 returns the one that was written. */
function isForEverything({
  Filter = {},
  Prefix = "",
}: {
  readonly Filter?: LifecycleRuleFilter | undefined;
  readonly Prefix?: string | undefined;
}): boolean {
  const others = Object.keys(Filter).filter((name) => name !== "Prefix");
  return Prefix === "" && (Filter.Prefix ?? "") === "" && others.length === 0;
}

function collectFlowLogs(ec2: EC2Client, vpcId: string): Promise<NonNullable<LogFacts["flowLogs"]>> {
  return ask(`the flow logs of ${vpcId}`, "ec2:DescribeFlowLogs", async () => {
    const { FlowLogs = [] } = await ec2.send(
      new DescribeFlowLogsCommand({ Filter: [{ Name: "resource-id", Values: [vpcId] }] }),
    );
    return FlowLogs.map((log) => ({
      id: log.FlowLogId ?? "",
      trafficType: log.TrafficType ?? "",
      destination: log.LogDestination ?? "",
      deliveryStatus: log.DeliverLogsStatus,
      deliveryError: log.DeliverLogsErrorMessage,
    }));
  });
}

function collectAccessLogs(s3: S3Client, Bucket: string): Promise<LogFacts["accessLogs"][string]> {
  return ask(`the logging of bucket ${Bucket}`, "s3:GetBucketLogging", async () => {
    const { LoggingEnabled: on } = await s3.send(new GetBucketLoggingCommand({ Bucket }));
    if (on === undefined) return undefined;
    return { targetBucket: on.TargetBucket ?? "", targetPrefix: on.TargetPrefix ?? "" };
  });
}
