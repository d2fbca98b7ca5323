import * as cloudTrail from "@aws-sdk/client-cloudtrail";
import * as events from "@aws-sdk/client-eventbridge";
import * as sns from "@aws-sdk/client-sns";
import { topicPolicy } from "../../../monitoring/auditPlan";
import { putSelectors, putTopicPolicy, rightSelectors } from "../support/deployedAudit";
import { logBucket, trailName } from "../support/deployedLogs";
import { buckets } from "../support/deployedS3";
import type { DeployedStack } from "../support/deployedStack";
import { idOf } from "../support/place";
import { only, type Wrong } from "./wrong";

const topicOf = ({ outputs }: DeployedStack) => idOf(outputs.alarms?.topicArn);

/** The trail with other properties. */
function updateTrail({ clients }: DeployedStack, changes: Partial<cloudTrail.UpdateTrailCommandInput>) {
  return clients.cloudTrail.send(new cloudTrail.UpdateTrailCommand({ Name: trailName, ...changes }));
}

/** What CloudTrail answers, with something in it that moto does not do. */
function tamper({ aws }: DeployedStack, action: string, changes: object): void {
  aws.tampers.set(action, (text) => {
    const answer = JSON.parse(text) as { readonly Trail?: object };
    return JSON.stringify(
      answer.Trail === undefined ? { ...answer, ...changes } : { Trail: { ...answer.Trail, ...changes } },
    );
  });
}

/** Attributes of every topic, as moto never has them. */
function tamperAttributes({ aws }: DeployedStack, attributes: Readonly<Record<string, number>>): void {
  aws.tampers.set("sns:GetTopicAttributes", (text) =>
    Object.entries(attributes).reduce((xml, [key, count]) => {
      const changed = xml.replace(new RegExp(`(?<=<key>${key}</key>\\s*<value>)\\d+`), String(count));
      if (changed === xml) throw new Error(`${key} stayed as it was`);
      return changed;
    }, text),
  );
}

const unheard: Wrong["finds"][number] = {
  kind: "notification-unconfirmed",
  says: /^it has no confirmed subscription, so nobody is notified$/,
};
const unconfirmed: Wrong["finds"][number] = {
  kind: "notification-unconfirmed",
  says: /^1 of its subscriptions are not confirmed, so AWS sends them nothing$/,
};

/** The rule with another pattern, put over the right one as somebody would by hand. */
async function changeRule(
  { clients }: DeployedStack,
  Name: string,
  change: (pattern: string) => string,
): Promise<void> {
  const { EventPattern } = await clients.events.send(new events.DescribeRuleCommand({ Name }));
  const changed = change(idOf(EventPattern));
  if (changed === EventPattern) throw new Error(`the rule ${Name} stayed as it was`);
  await clients.events.send(new events.PutRuleCommand({ Name, EventPattern: changed }));
}

const removeTarget = ({ clients }: DeployedStack, Rule: string) =>
  clients.events.send(new events.RemoveTargetsCommand({ Rule, Ids: ["topic"] }));

const aboutBuckets =
  /for no rule with the stack's pattern leads to it: Somebody changes a bucket of the link/;

export const wrongAudit: readonly Wrong[] = [
  {
    name: "the trail was deleted",
    breaks: ({ clients }) => clients.cloudTrail.send(new cloudTrail.DeleteTrailCommand({ Name: trailName })),
    finds: only("trail-missing", /no trail of this name/),
  },
  {
    name: "the trail was stopped",
    breaks: ({ clients }) => clients.cloudTrail.send(new cloudTrail.StopLoggingCommand({ Name: trailName })),
    finds: only("trail-stopped", /it records nothing/),
  },
  {
    name: "S3 takes neither the trail's files nor their digests",
    breaks: (stack) => {
      const [LatestDeliveryError, LatestDigestDeliveryError] = ["NoSuchBucket", "AccessDenied"];
      tamper(stack, "cloudtrail:GetTrailStatus", { LatestDeliveryError, LatestDigestDeliveryError });
    },
    finds: [
      { kind: "trail-failing", says: /S3 answers CloudTrail with NoSuchBucket/ },
      { kind: "trail-failing", says: /S3 answers CloudTrail with AccessDenied/ },
    ],
  },
  {
    name: "the trail's files go to another bucket",
    breaks: (stack) => updateTrail(stack, { S3BucketName: buckets.uploads.bucketName }),
    finds: only("trail-elsewhere", /go to uploads-of-the-tests\/audit\/, not to logs-of-the-tests\/audit\//),
  },
  {
    name: "the trail's files go to another folder",
    breaks: (stack) => updateTrail(stack, { S3KeyPrefix: "elsewhere" }),
    finds: only("trail-elsewhere", new RegExp(`go to ${logBucket}/elsewhere/`)),
  },
  {
    name: "the trail writes no digests",
    breaks: (stack) => updateTrail(stack, { EnableLogFileValidation: false }),
    finds: only("trail-unvalidated", /nobody sees whether its files were changed/),
  },
  {
    name: "the trail is of one region",
    breaks: (stack) => updateTrail(stack, { IsMultiRegionTrail: false }),
    finds: only("trail-differs", /it records one region only, which the stack's trail does not/),
  },
  {
    name: "the trail is of an organization, without global services, and goes to others as well",
    breaks: (stack) => {
      tamper(stack, "cloudtrail:GetTrail", {
        IsOrganizationTrail: true,
        IncludeGlobalServiceEvents: false,
        KmsKeyId: "arn:aws:kms:ap-northeast-1:999999999999:key/any",
        SnsTopicARN: "arn:aws:sns:ap-northeast-1:999999999999:any",
        CloudWatchLogsLogGroupArn: "arn:aws:logs:ap-northeast-1:123456789012:log-group:any:*",
      });
    },
    finds: [
      /a whole organization/,
      /no calls of global services/,
      /a key of KMS/,
      /a topic of each file/,
      /to a log group/,
    ].map((says) => ({ kind: "trail-differs", says })),
  },
  {
    name: "the trail leaves out a bucket",
    breaks: ({ clients }) => {
      const text = JSON.stringify(rightSelectors());
      const less = text.replace(`,"arn:aws:s3:::${buckets.uploads.bucketName}/"`, "");
      if (less === text) throw new Error("the selectors stayed as they were");
      return putSelectors(clients, JSON.parse(less) as cloudTrail.AdvancedEventSelector[]);
    },
    finds: [
      { kind: "trail-records-other", says: /no selector of it is for exactly this: Requests to the buckets/ },
      { kind: "trail-records-other", says: /its selector "Requests to the buckets' objects" is not/ },
    ],
  },
  {
    name: "the trail leaves out changes",
    breaks: ({ clients }) => putSelectors(clients, rightSelectors().slice(0, 1)),
    finds: only("trail-records-other", /no selector of it is for exactly this: Changes/),
  },
  {
    name: "the trail has basic selectors in place of its own",
    // moto keeps the others beside them.
    breaks: (stack) => {
      const EventSelectors = [{ ReadWriteType: "All", IncludeManagementEvents: true }];
      tamper(stack, "cloudtrail:GetEventSelectors", { AdvancedEventSelectors: undefined, EventSelectors });
    },
    finds: [
      { kind: "trail-records-other", says: /Requests to the buckets' objects/ },
      { kind: "trail-records-other", says: /Changes/ },
    ],
  },
  {
    name: "a rule is disabled",
    breaks: ({ clients }) => clients.events.send(new events.DisableRuleCommand({ Name: "trail-changes" })),
    finds: only(
      "changes-not-notified",
      /for trail-changes is disabled: Somebody stops, deletes or changes the trail/,
    ),
  },
  {
    name: "a rule is for fewer buckets",
    breaks: (stack) =>
      changeRule(stack, "bucket-changes", (pattern) => pattern.replace(`,"${logBucket}"`, "")),
    finds: only("changes-not-notified", aboutBuckets),
  },
  {
    name: "a rule is for fewer calls",
    breaks: (stack) =>
      changeRule(stack, "bucket-changes", (pattern) =>
        pattern.replace('"DeleteBucket"', '"DeleteBucketTagging"'),
      ),
    finds: only("changes-not-notified", aboutBuckets),
  },
  {
    name: "a rule leads nowhere",
    breaks: (stack) => removeTarget(stack, "bucket-changes"),
    finds: only("changes-not-notified", aboutBuckets),
  },
  {
    name: "a rule was deleted",
    breaks: async (stack) => {
      await removeTarget(stack, "endpoint-changes");
      await stack.clients.events.send(new events.DeleteRuleCommand({ Name: "endpoint-changes" }));
    },
    finds: only("changes-not-notified", /Somebody changes an endpoint of the region/),
  },
  {
    name: "the rule in IAM's region is disabled",
    breaks: ({ clients }) =>
      clients.iamRegion.events.send(new events.DisableRuleCommand({ Name: "reader-changes" })),
    finds: only("changes-not-notified", /for reader-changes is disabled: Somebody changes the reader/),
  },
  {
    name: "the topic in IAM's region keeps events out",
    breaks: ({ clients, outputs }) => {
      const arn = idOf(outputs.iamTopicArn);
      const right = topicPolicy(arn);
      const Statement = right.Statement.filter(({ Sid }) => Sid !== "AllowChanges");
      return putTopicPolicy(clients.iamRegion, arn, { ...right, Statement });
    },
    finds: only("topic-policy-differs", /the stack's statement AllowChanges is gone/),
  },
  {
    name: "there is no topic in IAM's region",
    breaks: ({ outputs }) => Object.assign(outputs, { iamTopicArn: undefined }),
    finds: only(
      "changes-not-notified",
      /no rule with the stack's pattern leads to it: Somebody changes the reader/,
    ),
  },
  {
    name: "the topic was deleted",
    breaks: (stack) => stack.clients.sns.send(new sns.DeleteTopicCommand({ TopicArn: topicOf(stack) })),
    finds: only("topic-missing", /SNS has no topic of this name/),
  },
  {
    name: "nobody listens to the topics",
    breaks: (stack) => {
      tamperAttributes(stack, { SubscriptionsConfirmed: 0 });
    },
    finds: [unheard, unheard],
  },
  {
    name: "an address has confirmed neither topic",
    breaks: (stack) => {
      tamperAttributes(stack, { SubscriptionsPending: 1 });
    },
    finds: [unconfirmed, unconfirmed],
  },
  {
    name: "the only address has confirmed neither topic",
    breaks: (stack) => {
      tamperAttributes(stack, { SubscriptionsConfirmed: 0, SubscriptionsPending: 1 });
    },
    finds: [unconfirmed, unheard, unconfirmed, unheard],
  },
  {
    name: "the topic keeps events out",
    breaks: (stack) => {
      const right = topicPolicy(topicOf(stack));
      const Statement = right.Statement.filter(({ Sid }) => Sid !== "AllowChanges");
      return putTopicPolicy(stack.clients, topicOf(stack), { ...right, Statement });
    },
    finds: only(
      "topic-policy-differs",
      /the stack's statement AllowChanges is gone from its policy or differs/,
    ),
  },
  {
    name: "the topic lets anybody publish",
    breaks: (stack) => {
      const right = topicPolicy(topicOf(stack));
      const open = { ...right.Statement[0], Sid: "Anybody", Principal: "*", Condition: undefined };
      const Statement = [...right.Statement, open];
      return putTopicPolicy(stack.clients, topicOf(stack), { ...right, Statement });
    },
    finds: only("topic-policy-differs", /has a statement Anybody that is not the stack's/),
  },
];
