import * as ec2 from "@aws-sdk/client-ec2";
import * as s3 from "@aws-sdk/client-s3";
import { expiryOf, flowLogOf, logBucket, loggingOf, rightLogPolicy } from "../support/deployedLogs";
import { buckets, deleteBucket } from "../support/deployedS3";
import type { DeployedStack } from "../support/deployedStack";
import { only, type Wrong } from "./wrong";

const Bucket = logBucket;

/** The right policy of the log bucket with other statements. */
function policyWith(
  { clients }: DeployedStack,
  change: (statements: readonly { readonly Sid: string }[]) => readonly object[],
) {
  const right = rightLogPolicy();
  const Policy = JSON.stringify({ ...right, Statement: change(right.Statement) });
  return clients.s3.send(new s3.PutBucketPolicyCommand({ Bucket, Policy }));
}

const without = (sid: string) => (statements: readonly { readonly Sid: string }[]) =>
  statements.filter(({ Sid }) => Sid !== sid);

const changed = (sid: string, changes: object) => (statements: readonly { readonly Sid: string }[]) =>
  statements.map((statement) => (statement.Sid === sid ? { ...statement, ...changes } : statement));

async function deleteFlowLogs({ clients, outputs }: DeployedStack): Promise<void> {
  const Filter = [{ Name: "resource-id", Values: [outputs.awsNetwork.vpcId] }];
  const { FlowLogs = [] } = await clients.ec2.send(new ec2.DescribeFlowLogsCommand({ Filter }));
  const FlowLogIds = FlowLogs.map(({ FlowLogId }) => FlowLogId ?? "");
  await clients.ec2.send(new ec2.DeleteFlowLogsCommand({ FlowLogIds }));
}

export const wrongLogs: readonly Wrong[] = [
  {
    name: "the log bucket was deleted",
    breaks: ({ clients }) => deleteBucket(clients.s3, Bucket),
    finds: only("log-bucket-missing", /no bucket of this name/),
  },
  {
    name: "the log bucket keeps no versions",
    breaks: ({ clients }) =>
      clients.s3.send(
        new s3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } }),
      ),
    finds: only("bucket-unversioned", /Suspended/),
  },
  {
    name: "the log bucket has no policy",
    breaks: ({ clients }) => clients.s3.send(new s3.DeleteBucketPolicyCommand({ Bucket })),
    finds: only("bucket-policy-missing", /no policy at all/),
  },
  {
    name: "the log bucket takes no access logs",
    breaks: (stack) => policyWith(stack, without("AllowAccessLogDelivery")),
    finds: only(
      "log-delivery-shut-out",
      /logging\.s3\.amazonaws\.com may not s3:PutObject there, so no access logs come/,
    ),
  },
  {
    name: "the log bucket takes no flow logs",
    breaks: (stack) => policyWith(stack, without("AWSLogDeliveryAclCheck")),
    finds: only(
      "log-delivery-shut-out",
      /delivery\.logs\.amazonaws\.com may not s3:GetBucketAcl there, so no flow logs come/,
    ),
  },
  {
    name: "the log bucket takes logs of other accounts",
    breaks: (stack) => policyWith(stack, changed("AllowAccessLogDelivery", { Condition: undefined })),
    finds: only(
      "bucket-policy-lets-in",
      /logging\.s3\.amazonaws\.com may deliver access logs of other accounts/,
    ),
  },
  {
    name: "the log bucket lets the reader in",
    breaks: (stack) =>
      policyWith(stack, (statements) => [
        ...statements,
        {
          Sid: "Curious",
          Effect: "Allow",
          Principal: { AWS: stack.outputs.readerArn },
          Action: "s3:GetObject",
          Resource: `arn:aws:s3:::${Bucket}/*`,
        },
      ]),
    finds: only(
      "bucket-policy-lets-in",
      /Curious lets arn:aws:iam::\d+:user\/\S+ in, who delivers no logs here/,
    ),
  },
  {
    name: "the log bucket gives out logs without TLS",
    breaks: (stack) => policyWith(stack, without("DenyInsecureTransport")),
    finds: only("bucket-without-tls", /works without TLS/),
  },
  {
    name: "the log bucket's policy is in other words",
    breaks: (stack) =>
      policyWith(stack, changed("AllowAccessLogDelivery", { Principal: { CanonicalUser: "7" } })),
    finds: only("bucket-policy-unreadable", /CanonicalUser/),
  },
  {
    name: "nothing in the log bucket expires",
    breaks: ({ clients }) => clients.s3.send(new s3.DeleteBucketLifecycleCommand({ Bucket })),
    finds: only("logs-kept-forever", /no rule expires everything in it/),
  },
  {
    name: "only a part of the log bucket expires",
    breaks: ({ clients }) => clients.s3.send(expiryOf([{ days: 90, prefix: "flow/" }])),
    finds: only("logs-kept-forever", /no rule expires everything in it/),
  },
  {
    name: "logs expire early",
    breaks: ({ clients }) => clients.s3.send(expiryOf([{ days: 7 }])),
    finds: only(
      "bucket-lifecycle-differs",
      /its rule expire-logs expires objects after 7 days .* after 90 days/,
    ),
  },
  {
    name: "some logs expire by another rule",
    breaks: ({ clients }) => clients.s3.send(expiryOf([{ days: 90 }, { days: 1, prefix: "access/" }])),
    finds: only("bucket-lifecycle-differs", /its rule expire-1 expires objects after 1 days/),
  },
  {
    name: "the log bucket logs to itself",
    breaks: ({ clients }) => clients.s3.send(new s3.PutBucketLoggingCommand(loggingOf(Bucket))),
    finds: only("bucket-logs-elsewhere", /its access logs go to logs-of-the-tests/),
  },
  {
    name: "the flow log was deleted",
    breaks: deleteFlowLogs,
    finds: only("flow-log-missing", /no flow log of it leads to logs-of-the-tests/),
  },
  {
    name: "the flow log leaves out what is rejected",
    breaks: async (stack) => {
      await deleteFlowLogs(stack);
      await stack.clients.ec2.send(flowLogOf(stack.outputs.awsNetwork.vpcId, "ACCEPT"));
    },
    finds: only("flow-log-partial", /it logs ACCEPT only/),
  },
  {
    name: "flow logs are not delivered",
    breaks: ({ aws }) =>
      aws.tampers.set("ec2:DescribeFlowLogs", (xml) =>
        xml.replace(
          /<deliverLogsStatus>SUCCESS<\/deliverLogsStatus>/,
          "<deliverLogsStatus>FAILED</deliverLogsStatus><deliverLogsErrorMessage>Access error</deliverLogsErrorMessage>",
        ),
      ),
    finds: only("flow-log-failing", /AWS reports: Access error/),
  },
  {
    name: "a bucket does not log",
    breaks: ({ clients }) =>
      clients.s3.send(
        new s3.PutBucketLoggingCommand({ Bucket: buckets.uploads.bucketName, BucketLoggingStatus: {} }),
      ),
    finds: only("bucket-not-logged", /requests to it are not logged/),
  },
  {
    name: "a bucket logs elsewhere",
    breaks: ({ aws }) =>
      aws.tampers.set("s3:GetBucketLogging", (xml) => xml.replace(Bucket, "somebody-elses-logs")),
    finds: [
      { kind: "bucket-not-logged", says: /its logs go to somebody-elses-logs, not to logs-of-the-tests/ },
      { kind: "bucket-not-logged", says: /its logs go to somebody-elses-logs, not to logs-of-the-tests/ },
    ],
  },
];
