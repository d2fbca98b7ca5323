import { DescribeFlowLogsCommand, EC2Client } from "@aws-sdk/client-ec2";
import type { StackOutputs } from "../../../outputs";
import type { AwsAccess } from "./access";
import { ask } from "./ask";
import { collectBucket } from "./bucket";
import type { LogFacts } from "../facts/buckets";

/** The log bucket and the flow logs; undefined where the stack has none. */
export async function collectLogs(
  access: AwsAccess,
  account: string,
  outputs: StackOutputs,
): Promise<LogFacts | undefined> {
  const { logBucketName, logKinds = [] } = outputs;
  if (logBucketName === undefined) return undefined;
  const [bucket, flowLogs] = await Promise.all([
    collectBucket(access, account, logBucketName),
    logKinds.includes("flow") ? collectFlowLogs(new EC2Client(access), outputs.awsNetwork.vpcId) : undefined,
  ]);
  return { bucket, flowLogs };
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
