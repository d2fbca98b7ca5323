/**
 * The policy of the bucket that takes logs, a function per statement: exactly the services that deliver may write, each
 * below its own prefix, and nobody outside the account can do anything.
 */

import { denyInsecureTransport, type PolicyDocument, type Statement } from "../s3access/policies";

/** What is logged: the traffic of the VPC, or the requests to the data buckets. */
export type LogKind = "flow" | "access";

/** What the keys of each kind's logs begin with. */
export const logPrefixes: Readonly<Record<LogKind, string>> = { flow: "flow/", access: "access/" };

export interface LogPolicyArgs {
  readonly bucketArn: string;
  readonly accountId: string;
  readonly region: string;
  readonly kinds: readonly LogKind[];
}

export function logBucketPolicy(args: LogPolicyArgs): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      ...(args.kinds.includes("flow") ? [allowFlowLogs(args), allowFlowLogCheck(args)] : []),
      ...(args.kinds.includes("access") ? [allowAccessLogs(args)] : []),
      denyInsecureTransport(args),
    ],
  };
}

/**
 * Exactly what AWS documents: without this or the next statement, it adds its own to the policy when the flow log is
 * created, which the next preview would show as drift.
 * guess: the service sends the header that the condition names to a bucket without ACLs, too. AWS gives such buckets
 * this very condition; cloudposse/terraform-aws-vpc-flow-logs-s3-bucket #101 doubts it. `verify` reads the delivery.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html
 */
function allowFlowLogs(args: LogPolicyArgs): Statement {
  return {
    Sid: "AWSLogDeliveryWrite",
    ...deliveryService,
    Action: "s3:PutObject",
    Resource: `${args.bucketArn}/${logPrefixes.flow}AWSLogs/${args.accountId}/*`,
    Condition: {
      StringEquals: {
        "aws:SourceAccount": args.accountId,
        "s3:x-amz-acl": "bucket-owner-full-control",
      },
      ArnLike: { "aws:SourceArn": logDeliveries(args) },
    },
  };
}

/** Before it delivers, the service checks the bucket's owner. */
function allowFlowLogCheck(args: LogPolicyArgs): Statement {
  return {
    Sid: "AWSLogDeliveryAclCheck",
    ...deliveryService,
    Action: "s3:GetBucketAcl",
    Resource: args.bucketArn,
    Condition: {
      StringEquals: { "aws:SourceAccount": args.accountId },
      ArnLike: { "aws:SourceArn": logDeliveries(args) },
    },
  };
}

/**
 * Of any bucket of the account. Naming the data buckets (`aws:SourceArn`) would close a circle: they need this
 * bucket's name, which is known once its policy exists. The keys show the source of each log.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
function allowAccessLogs(args: LogPolicyArgs): Statement {
  return {
    Sid: "AllowAccessLogDelivery",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `${args.bucketArn}/${logPrefixes.access}*`,
    Condition: { StringEquals: { "aws:SourceAccount": args.accountId } },
  };
}

const deliveryService = { Effect: "Allow", Principal: { Service: "delivery.logs.amazonaws.com" } } as const;

/** The bucket's ARN has the partition, as `aws-us-gov`. */
function logDeliveries({ bucketArn, region, accountId }: LogPolicyArgs): string {
  return `arn:${bucketArn.split(":")[1] ?? "aws"}:logs:${region}:${accountId}:*`;
}
