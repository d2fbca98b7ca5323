/**
 * The policy of the bucket that takes logs, a function per statement: exactly the services that deliver may write, each
 * below its own prefix, and nobody outside the account can do anything.
 */

import { denyInsecureTransport, type PolicyDocument, type Statement } from "../s3access/policies";

/** What is logged: the traffic of the VPC, the requests to the data buckets, or who does what in the account. */
export type LogKind = "flow" | "access" | "audit";

/** What the keys of each kind's logs begin with. */
export const logPrefixes: Readonly<Record<LogKind, string>> = {
  flow: "flow/",
  access: "access/",
  audit: "audit/",
};

export interface LogPolicyArgs {
  readonly bucketArn: string;
  readonly accountId: string;
  readonly region: string;
  /** The trail's name: its ARN is in the policy before there is a trail. */
  readonly trailName: string;
  readonly kinds: readonly LogKind[];
}

export function logBucketPolicy(args: LogPolicyArgs): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      ...(args.kinds.includes("flow") ? [allowFlowLogs(args), allowFlowLogCheck(args)] : []),
      ...(args.kinds.includes("access") ? [allowAccessLogs(args)] : []),
      ...(args.kinds.includes("audit") ? [allowTrail(args), allowTrailCheck(args)] : []),
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

/**
 * For this one trail. AWS advises against `aws:SourceAccount` beside it: CloudTrail's calls are known by the trail's ARN.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 */
function allowTrail(args: LogPolicyArgs): Statement {
  return {
    Sid: "AWSCloudTrailWrite",
    ...trailService,
    Action: "s3:PutObject",
    Resource: `${args.bucketArn}/${logPrefixes.audit}AWSLogs/${args.accountId}/*`,
    Condition: {
      StringEquals: { "aws:SourceArn": trailArn(args), "s3:x-amz-acl": "bucket-owner-full-control" },
    },
  };
}

/** CloudTrail looks at the bucket before it accepts it. */
function allowTrailCheck(args: LogPolicyArgs): Statement {
  return {
    Sid: "AWSCloudTrailAclCheck",
    ...trailService,
    Action: "s3:GetBucketAcl",
    Resource: args.bucketArn,
    Condition: { StringEquals: { "aws:SourceArn": trailArn(args) } },
  };
}

const trailService = { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" } } as const;

function trailArn({ bucketArn, region, accountId, trailName }: LogPolicyArgs): string {
  return `arn:${partitionOf(bucketArn)}:cloudtrail:${region}:${accountId}:trail/${trailName}`;
}

const deliveryService = { Effect: "Allow", Principal: { Service: "delivery.logs.amazonaws.com" } } as const;

/** As `aws-us-gov`. */
function partitionOf(arn: string): string {
  return arn.split(":")[1] ?? "aws";
}

function logDeliveries({ bucketArn, region, accountId }: LogPolicyArgs): string {
  return `arn:${partitionOf(bucketArn)}:logs:${region}:${accountId}:*`;
}
