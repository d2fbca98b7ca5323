import {
  type AdvancedEventSelector,
  CloudTrailClient,
  GetEventSelectorsCommand,
  GetTrailCommand,
  GetTrailStatusCommand,
  type Trail,
} from "@aws-sdk/client-cloudtrail";
import {
  DescribeRuleCommand,
  EventBridgeClient,
  ListRuleNamesByTargetCommand,
} from "@aws-sdk/client-eventbridge";
import { GetTopicAttributesCommand, SNSClient } from "@aws-sdk/client-sns";
import type { StackOutputs } from "../../../outputs";
import { known } from "../facts/answer";
import type { AuditFacts, NoticeFacts, SelectorFacts, TrailFacts } from "../facts/audit";
import type { AwsAccess } from "./access";
import { ask } from "./ask";
import { nameOf, regionOf } from "../facts/ids";

/** The trail and its notifications; undefined where the stack has none. */
export async function collectAudit(
  access: AwsAccess,
  { trailArn, alarms, iamTopicArn }: StackOutputs,
): Promise<AuditFacts | undefined> {
  if (trailArn === undefined) return undefined;
  const trail = new CloudTrailClient(access);
  const about = `the trail ${nameOf(trailArn)}`;
  const topicArns = [alarms?.topicArn, iamTopicArn].filter((arn) => arn !== undefined);
  const [found, status, selectors, notices] = await Promise.all([
    ask(about, "cloudtrail:GetTrail", async () => {
      const { Trail } = await trail.send(new GetTrailCommand({ Name: trailArn }));
      return Trail === undefined ? undefined : trailFacts(Trail);
    }),
    ask(`the state of ${about}`, "cloudtrail:GetTrailStatus", async () => {
      const { IsLogging, LatestDeliveryError, LatestDigestDeliveryError } = await trail.send(
        new GetTrailStatusCommand({ Name: trailArn }),
      );
      const deliveryErrors = [LatestDeliveryError ?? "", LatestDigestDeliveryError ?? ""];
      return { logging: IsLogging ?? false, deliveryErrors: deliveryErrors.filter((error) => error !== "") };
    }),
    ask(`what ${about} records`, "cloudtrail:GetEventSelectors", async () => {
      const { AdvancedEventSelectors } = await trail.send(
        new GetEventSelectorsCommand({ TrailName: trailArn }),
      );
      return (AdvancedEventSelectors ?? []).map(selectorFacts);
    }),
    Promise.all(topicArns.map((arn) => collectNotices({ ...access, region: regionOf(arn) }, arn))),
  ]);
  return { trail: found, status, selectors, notices };
}

function trailFacts(trail: Trail): TrailFacts {
  const more = {
    "records one region only": trail.IsMultiRegionTrail !== true,
    "records a whole organization": trail.IsOrganizationTrail === true,
    "records no calls of global services": trail.IncludeGlobalServiceEvents === false,
    "encrypts its files with a key of KMS": (trail.KmsKeyId ?? "") !== "",
    "tells a topic of each file": (trail.SnsTopicARN ?? "") !== "",
    "copies everything to a log group": (trail.CloudWatchLogsLogGroupArn ?? "") !== "",
  };
  return {
    bucketName: trail.S3BucketName ?? "",
    prefix: trail.S3KeyPrefix,
    validated: trail.LogFileValidationEnabled ?? false,
    more: Object.entries(more).flatMap(([says, holds]) => (holds ? [says] : [])),
  };
}

function selectorFacts({ Name = "", FieldSelectors = [] }: AdvancedEventSelector): SelectorFacts {
  const fields = FieldSelectors.map(({ Field = "", ...operators }) => {
    // The SDK has a key for each operator, also where the selector uses none of it.
    const used = Object.entries(operators).filter(([, values]) => (values ?? []).length > 0);
    return { field: Field, ...Object.fromEntries(used) };
  });
  return { name: Name, fields };
}

async function collectNotices(access: AwsAccess, topicArn: string): Promise<NoticeFacts> {
  const [events, topic] = [new EventBridgeClient(access), nameOf(topicArn.replaceAll(":", "/"))];
  const [ruleNames, topicFacts] = await Promise.all([
    ask(`the rules that lead to the topic ${topic}`, "events:ListRuleNamesByTarget", () =>
      rulesThatLeadTo(events, topicArn),
    ),
    ask(`the topic ${topic}`, "sns:GetTopicAttributes", async () => {
      const { Attributes = {} } = await new SNSClient(access).send(
        new GetTopicAttributesCommand({ TopicArn: topicArn }),
      );
      return {
        policy: Attributes["Policy"],
        confirmed: Number(Attributes["SubscriptionsConfirmed"]),
        pending: Number(Attributes["SubscriptionsPending"]),
      };
    }),
  ]);
  const rules = await Promise.all(
    (known(ruleNames) ?? []).map(async (name) => [name, await collectRule(events, name)] as const),
  );
  return { topicArn, ruleNames, rules: Object.fromEntries(rules), topic: topicFacts };
}

/** On the default bus, the one that AWS's own events come to. */
async function rulesThatLeadTo(
  events: EventBridgeClient,
  TargetArn: string,
  token?: string,
): Promise<string[]> {
  const { RuleNames = [], NextToken } = await events.send(
    new ListRuleNamesByTargetCommand({ TargetArn, NextToken: token }),
  );
  return NextToken === undefined
    ? RuleNames
    : [...RuleNames, ...(await rulesThatLeadTo(events, TargetArn, NextToken))];
}

function collectRule(events: EventBridgeClient, name: string) {
  return ask(`the rule ${name}`, "events:DescribeRule", async () => {
    const { State, EventPattern = "" } = await events.send(new DescribeRuleCommand({ Name: name }));
    return { enabled: State !== "DISABLED", pattern: EventPattern };
  });
}
