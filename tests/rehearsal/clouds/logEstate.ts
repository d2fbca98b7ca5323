import { awsTypes } from "../../../rehearsal/model/resourceTypes";
import { output, type Estate } from "./estates";
import { planned } from "./networkEstates";
import { s3Estate } from "./s3Estate";

/** A policy that lets both services deliver logs, or only what is left of it. */
export const deliveryPolicy = (
  bucket: string,
  sids: readonly string[] = ["Check", "Flow", "Access", "TrailCheck", "Trail"],
): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Check",
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: "s3:GetBucketAcl",
        Resource: `arn:aws:s3:::${bucket}`,
      },
      {
        Sid: "Flow",
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `arn:aws:s3:::${bucket}/network/AWSLogs/123456789012/*`,
        Condition: {
          StringEquals: { "aws:SourceAccount": "123456789012", "s3:x-amz-acl": "bucket-owner-full-control" },
        },
      },
      {
        Sid: "Access",
        Effect: "Allow",
        Principal: { Service: "logging.s3.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `arn:aws:s3:::${bucket}/requests/*`,
        Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:::data-of-*" } },
      },
      {
        Sid: "TrailCheck",
        Effect: "Allow",
        Principal: { Service: "cloudtrail.amazonaws.com" },
        Action: "s3:GetBucketAcl",
        Resource: `arn:aws:s3:::${bucket}`,
      },
      {
        Sid: "Trail",
        Effect: "Allow",
        Principal: { Service: "cloudtrail.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `arn:aws:s3:::${bucket}/events/AWSLogs/123456789012/*`,
        Condition: {
          StringEquals: {
            "aws:SourceArn": "arn:aws:cloudtrail:ap-northeast-1:123456789012:trail/everything",
            "s3:x-amz-acl": "bucket-owner-full-control",
          },
        },
      },
    ].filter(({ Sid }) => sids.includes(Sid)),
  });

/** The bucket and its VPC, and a bucket for the logs of both. */
export const logEstate: Estate = {
  ...s3Estate,
  logBucket: planned(awsTypes.bucket, () => ({ bucket: "logs-of-the-test" })),
  logPolicy: planned(awsTypes.bucketPolicy, (made) => ({
    bucket: made("logBucket").id,
    policy: deliveryPolicy(made("logBucket").id),
  })),
  lifecycle: planned(awsTypes.bucketLifecycleConfiguration, (made) => ({
    bucket: made("logBucket").id,
    rules: [
      {
        id: "expire",
        status: "Enabled",
        filter: { prefix: "requests/" },
        expiration: { days: 30 },
        noncurrentVersionExpiration: { noncurrentDays: 2 },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 3 },
      },
    ],
  })),
  logging: planned(awsTypes.bucketLogging, (made) => ({
    bucket: made("bucket").id,
    targetBucket: made("logPolicy").id,
    targetPrefix: "requests/",
    targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "DeliveryTime" } },
  })),
  flowLog: planned(awsTypes.flowLog, (made) => ({
    vpcId: made("vpc").id,
    trafficType: "ALL",
    logDestinationType: "s3",
    logDestination: `${output(made, "logBucket", "arn")}/network/`,
    maxAggregationInterval: 60,
  })),
  trail: planned(awsTypes.trail, (made) => ({
    name: "everything",
    s3BucketName: made("logPolicy").id,
    s3KeyPrefix: "events",
    enableLogFileValidation: true,
    advancedEventSelectors: [
      {
        name: "objects",
        fieldSelectors: [
          { field: "eventCategory", equals: ["Data"] },
          { field: "resources.type", equals: ["AWS::S3::Object"] },
          { field: "resources.ARN", startsWiths: [`${output(made, "bucket", "arn")}/`] },
        ],
      },
    ],
  })),
};
