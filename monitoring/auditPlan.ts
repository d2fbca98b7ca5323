/**
 * What the trail records, and which of it is notified. Plain data: the component lifts it over outputs.
 */

import type { PolicyDocument } from "../s3access/policies";

/** What each rule watches: names of the data's and the logs' buckets, ids of security groups, ARNs of trails, names of users. */
export type Watched<Text = string> = Readonly<Record<WatchName, readonly Text[]>>;

type WatchName = "bucket-changes" | "endpoint-changes" | "trail-changes" | "reader-changes";

/** Changes that somebody is told of. */
export interface WatchPlan {
  /** The end of the rule's name. */
  readonly name: WatchName;
  readonly says: string;
  /** Where EventBridge has the events, and the rule and its target must be. */
  readonly region: string;
  /** EventBridge's event pattern of what `Watched` names for it. */
  readonly pattern: (watched: readonly string[]) => EventPattern;
}

type EventPattern = Readonly<Record<string, unknown>>;

/**
 * Requests to the buckets' objects, listing among them, and every change in the account, in all its regions.
 * @param objectArns what the ARNs of each bucket's objects start with
 */
export function trailSelectors<Text>(objectArns: readonly Text[]) {
  const equals = (field: string, value: string) => ({ field, equals: [value] });
  return [
    {
      name: "Requests to the buckets' objects",
      fieldSelectors: [
        equals("eventCategory", "Data"),
        equals("resources.type", "AWS::S3::Object"),
        { field: "resources.ARN", startsWiths: [...objectArns] },
      ],
    },
    {
      // EventBridge hears of the changes that a trail records.
      name: "Changes",
      fieldSelectors: [equals("eventCategory", "Management"), equals("readOnly", "false")],
    },
  ];
}

/**
 * The one region of a partition where EventBridge has IAM's events, and CloudTrail records them.
 * @param region the stack's own
 * @see https://repost.aws/knowledge-center/use-eventbridge-rule-across-regions
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
 */
export function iamRegionOf(region: string): string {
  if (region.startsWith("us-gov-")) return "us-gov-west-1";
  return region.startsWith("cn-") ? "cn-north-1" : "us-east-1";
}

/** What is watched for a stack of this region. */
export function planWatches(region: string): readonly WatchPlan[] {
  return [
    ...[buckets, endpoint, trail].map((watch) => ({ ...watch, region })),
    { ...reader, region: iamRegionOf(region) },
  ];
}

type Watch = Omit<WatchPlan, "region">;

/** By the beginnings of the calls' names, so that a setting that S3 adds later is among them. */
const buckets: Watch = {
  name: "bucket-changes",
  says: "Somebody changes a bucket of the link: policy, public access, lifecycle, replication, ownership or another setting",
  pattern: (bucketName) =>
    calls("aws.s3", "s3.amazonaws.com", {
      eventName: ["Put", "Delete", "Create", "Update"].map((verb) => ({ prefix: `${verb}Bucket` })),
      requestParameters: { bucketName },
    }),
};

/** guess: how EC2's calls on one endpoint look in an event is not documented, so that those on any are notified. */
const endpoint: Watch = {
  name: "endpoint-changes",
  says: "Somebody changes an endpoint of the region, or the security group of the link's own",
  pattern: (groupId) =>
    calls("aws.ec2", "ec2.amazonaws.com", {
      $or: [
        { eventName: ["ModifyVpcEndpoint", "DeleteVpcEndpoints", "ModifySecurityGroupRules"] },
        {
          eventName: [{ prefix: "AuthorizeSecurityGroup" }, { prefix: "RevokeSecurityGroup" }],
          requestParameters: { groupId },
        },
      ],
    }),
};

/** A call names the trail by its name or its ARN, in one field or the other. */
const trail: Watch = {
  name: "trail-changes",
  says: "Somebody stops, deletes or changes the trail of the link",
  pattern: (arns) => {
    const named = arns.flatMap((arn) => [arn, arn.slice(arn.lastIndexOf("/") + 1)]);
    return calls("aws.cloudtrail", "cloudtrail.amazonaws.com", {
      eventName: ["StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors"],
      $or: [{ requestParameters: { name: named } }, { requestParameters: { trailName: named } }],
    });
  },
};

const reader: Watch = {
  name: "reader-changes",
  says: "Somebody changes the reader of the link: its keys, its password, its rights or itself",
  pattern: (userName) => calls("aws.iam", "iam.amazonaws.com", { requestParameters: { userName } }),
};

/** Calls that change something: EventBridge has no others, unless a rule asks for them. */
function calls(source: string, eventSource: string, detail: EventPattern): EventPattern {
  return {
    source: [source],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: { eventSource: [eventSource], ...detail },
  };
}

/**
 * Who may publish to the topic: EventBridge, and the account's alarms, which the policy that SNS gives a topic let in.
 * EventBridge says nothing of the rule or the account to SNS, so that a condition would let no message through.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export function topicPolicy(topicArn: string): PolicyDocument {
  const [, partition = "", , region = "", accountId = ""] = topicArn.split(":");
  const publish = { Effect: "Allow", Action: "sns:Publish", Resource: topicArn } as const;
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AllowAlarms",
        ...publish,
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Condition: {
          ArnLike: { "aws:SourceArn": `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:*` },
          StringEquals: { "aws:SourceAccount": accountId },
        },
      },
      {
        Sid: "AllowChanges",
        ...publish,
        Principal: { Service: "events.amazonaws.com" },
      },
    ],
  };
}
