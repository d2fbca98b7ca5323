import * as cloudTrail from "@aws-sdk/client-cloudtrail";
import * as events from "@aws-sdk/client-eventbridge";
import * as sns from "@aws-sdk/client-sns";
import { planWatches, topicPolicy, trailSelectors } from "../../../monitoring/auditPlan";
import { logBucket, trailName } from "./deployedLogs";
import { buckets } from "./deployedS3";
import type { Clients } from "./deployedStack";
import { idOf, region } from "./place";

export interface Audit {
  readonly trailArn: string;
  readonly topicArn: string;
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
  const { TopicArn: topicArn = "" } = await clients.sns.send(new sns.CreateTopicCommand({ Name: "alarms" }));
  await putTopicPolicy(clients, topicArn, topicPolicy(topicArn));
  const { TrailARN } = await clients.cloudTrail.send(
    new cloudTrail.CreateTrailCommand({
      Name: trailName,
      S3BucketName: logBucket,
      S3KeyPrefix: "audit",
      EnableLogFileValidation: true,
    }),
  );
  const trailArn = idOf(TrailARN);
  await putSelectors(clients, rightSelectors());
  await clients.cloudTrail.send(new cloudTrail.StartLoggingCommand({ Name: trailArn }));
  const watched = {
    bucketNames: [...Object.values(buckets).map(({ bucketName }) => bucketName), logBucket],
    readerName: readerArn.slice(readerArn.lastIndexOf("/") + 1),
    endpointSecurityGroupId: groupId,
    trailArn,
  };
  for (const { name, says, pattern } of planWatches(region)) {
    const EventPattern = JSON.stringify(pattern(watched));
    await clients.events.send(new events.PutRuleCommand({ Name: name, Description: says, EventPattern }));
    await clients.events.send(
      new events.PutTargetsCommand({ Rule: name, Targets: [{ Id: "topic", Arn: topicArn }] }),
    );
  }
  return { trailArn, topicArn };
}

export async function putSelectors(
  clients: Clients,
  AdvancedEventSelectors: cloudTrail.AdvancedEventSelector[],
): Promise<void> {
  await clients.cloudTrail.send(
    new cloudTrail.PutEventSelectorsCommand({ TrailName: trailName, AdvancedEventSelectors }),
  );
}

export async function putTopicPolicy(clients: Clients, TopicArn: string, policy: object): Promise<void> {
  await clients.sns.send(
    new sns.SetTopicAttributesCommand({
      TopicArn,
      AttributeName: "Policy",
      AttributeValue: JSON.stringify(policy),
    }),
  );
}
