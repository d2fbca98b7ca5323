import * as cloudTrail from "@aws-sdk/client-cloudtrail";
import * as events from "@aws-sdk/client-eventbridge";
import * as sns from "@aws-sdk/client-sns";
import { planWatches, topicPolicy, trailSelectors, type Watched } from "../../../monitoring/auditPlan";
import { logBucket, trailName } from "./deployedLogs";
import { buckets } from "./deployedS3";
import type { Clients } from "./deployedStack";
import { idOf, region } from "./place";

export interface Audit {
  readonly trailArn: string;
  readonly topicArn: string;
  readonly iamTopicArn: string;
}

export function rightSelectors(): cloudTrail.AdvancedEventSelector[] {
  const objects = Object.values(buckets).map(({ bucketName }) => `arn:aws:s3:::${bucketName}/`);
  return trailSelectors(objects).map(({ name, fieldSelectors }) => ({
    Name: name,
    FieldSelectors: fieldSelectors.map(({ field, ...how }) => ({
      Field: field,
      ...("equals" in how ? { Equals: how.equals } : { StartsWith: how.startsWiths }),
    })),
  }));
}

/** The trail, and the rules that tell the topic of changes. */
export async function deployAudit(clients: Clients, groupId: string, readerArn: string): Promise<Audit> {
  const topicArn = await deployTopic(clients, "alarms");
  const iamTopicArn = await deployTopic(clients.iamRegion, "audit-iam");
  const { TrailARN } = await clients.cloudTrail.send(
    new cloudTrail.CreateTrailCommand({
      Name: trailName,
      S3BucketName: logBucket,
      S3KeyPrefix: "audit",
      EnableLogFileValidation: true,
      IsMultiRegionTrail: true,
    }),
  );
  const trailArn = idOf(TrailARN);
  await putSelectors(clients, rightSelectors());
  await clients.cloudTrail.send(new cloudTrail.StartLoggingCommand({ Name: trailArn }));
  const watched: Watched = {
    "bucket-changes": [...Object.values(buckets).map(({ bucketName }) => bucketName), logBucket],
    "endpoint-changes": [groupId],
    "trail-changes": [trailArn],
    "reader-changes": [readerArn.slice(readerArn.lastIndexOf("/") + 1)],
  };
  for (const { name, says, region: where, pattern } of planWatches(region)) {
    const EventPattern = JSON.stringify(pattern(watched[name]));
    const [client, Arn] =
      where === region ? [clients.events, topicArn] : [clients.iamRegion.events, iamTopicArn];
    await client.send(new events.PutRuleCommand({ Name: name, Description: says, EventPattern }));
    await client.send(new events.PutTargetsCommand({ Rule: name, Targets: [{ Id: "topic", Arn }] }));
  }
  return { trailArn, topicArn, iamTopicArn };
}

async function deployTopic(clients: Pick<Clients, "sns">, Name: string): Promise<string> {
  const { TopicArn = "" } = await clients.sns.send(new sns.CreateTopicCommand({ Name }));
  await putTopicPolicy(clients, TopicArn, topicPolicy(TopicArn));
  return TopicArn;
}

export async function putSelectors(
  clients: Clients,
  AdvancedEventSelectors: cloudTrail.AdvancedEventSelector[],
): Promise<void> {
  await clients.cloudTrail.send(
    new cloudTrail.PutEventSelectorsCommand({ TrailName: trailName, AdvancedEventSelectors }),
  );
}

export async function putTopicPolicy(
  clients: Pick<Clients, "sns">,
  TopicArn: string,
  policy: object,
): Promise<void> {
  await clients.sns.send(
    new sns.SetTopicAttributesCommand({
      TopicArn,
      AttributeName: "Policy",
      AttributeValue: JSON.stringify(policy),
    }),
  );
}
