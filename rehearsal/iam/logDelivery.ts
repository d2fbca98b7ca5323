import type { AccessRequest } from "./evaluator";

/** What is logged: a VPC's traffic, the requests to a bucket, or what a trail records. */
export const logKinds = ["flow", "access", "audit"] as const;
export type LogKind = (typeof logKinds)[number];

/** The service that delivers each kind. */
export const deliveryServices: Readonly<Record<LogKind, string>> = {
  flow: "delivery.logs.amazonaws.com",
  access: "logging.s3.amazonaws.com",
  audit: "cloudtrail.amazonaws.com",
};

/** Where logs go, and for whom. */
export interface LogTarget {
  readonly bucketArn: string;
  /** What the keys begin with. */
  readonly prefix: string;
  readonly region: string;
  readonly accountId: string;
}

/**
 * What the delivery of flow logs asks of the bucket: whose it is, and to put files into AWS's own folders.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-path.html
 */
export function flowLogRequests(target: LogTarget): readonly AccessRequest[] {
  const { bucketArn, prefix, region, accountId } = target;
  const sourceArn = `arn:aws:logs:${region}:${accountId}:delivery-source:flow`;
  const key = `${prefix}AWSLogs/${accountId}/vpcflowlogs/${region}/2026/01/02/${accountId}_vpcflowlogs.log.gz`;
  return [
    { ...asking("flow", target, sourceArn), action: "s3:GetBucketAcl", resource: bucketArn },
    {
      ...asking("flow", target, sourceArn),
      action: "s3:PutObject",
      resource: `${bucketArn}/${key}`,
      acl: "bucket-owner-full-control",
    },
  ];
}

/**
 * What S3 asks of the bucket to deliver another's access logs.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export function accessLogRequests(target: LogTarget, loggedArn: string): readonly AccessRequest[] {
  const { bucketArn, prefix, region, accountId } = target;
  const key = `${prefix}${accountId}/${region}/bucket/2026/01/02/2026-01-02-03-04-05-0123456789ABCDEF`;
  return [
    {
      ...asking("access", target, loggedArn),
      action: "s3:PutObject",
      resource: `${bucketArn}/${key}`,
    },
  ];
}

/**
 * What CloudTrail asks of the bucket: whose it is, and to put its logs and their digests into AWS's own folders. It is known
 * by the trail's ARN, and delivers what it records in other regions as well.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 */
export function trailRequests(target: LogTarget, trailArn: string): readonly AccessRequest[] {
  const { bucketArn, prefix, accountId } = target;
  const regions = [target.region, target.region === "us-east-1" ? "eu-west-1" : "us-east-1"];
  const put = (folder: string, region: string) => ({
    ...asking("audit", target, trailArn),
    action: "s3:PutObject",
    resource: `${bucketArn}/${prefix}AWSLogs/${accountId}/${folder}/${region}/2026/01/02/${accountId}_${folder}_${region}_20260102T0304Z.json.gz`,
    acl: "bucket-owner-full-control",
  });
  return [
    { ...asking("audit", target, trailArn), action: "s3:GetBucketAcl", resource: bucketArn },
    ...regions.flatMap((region) => [put("CloudTrail", region), put("CloudTrail-Digest", region)]),
  ];
}

function asking(kind: LogKind, { accountId }: LogTarget, sourceArn: string) {
  return {
    principal: { kind: "service", name: deliveryServices[kind], sourceAccount: accountId, sourceArn },
    ownerAccountId: accountId,
    secureTransport: true,
    through: undefined,
  } as const;
}
