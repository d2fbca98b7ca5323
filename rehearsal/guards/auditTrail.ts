import { waitsFor } from "../estate/dependencies";
import type { Estate } from "../estate/estate";
import type { Item } from "../estate/estateIndex";
import { bucketName } from "../estate/logDeliveries";
import { matchesPattern, UnreadPatternError } from "../model/eventPattern";
import type { Intent } from "../model/intent";
import type { Props, RecordedResource, Value } from "../model/recording";
import { remembered } from "../model/remembered";
import { awsTypes, type ResourceType } from "../model/resourceTypes";
import { isTrue, knownStrings, text, valuesAt } from "../model/values";
import { guard, guardAt } from "./guard";

/** The trail records all that it must, and where there are alarms, changes of what guards the data are notified. */
export const auditTrailGuards = [
  guardAt({
    of: (estate, { switches }) => (switches.has("auditTrail") ? estate.dataBuckets : []),
    holds: (bucket, estate) =>
      trailsOf(estate).filter((trail) => recordsRequests(trail, bucket)).length === 1,
    at: (bucket) => bucket,
    problem: "its requests must be recorded by exactly one trail, in spite of auditTrail",
    fix: "name its objects in a data event selector of the trail",
    others: (_, estate) => trailsAsItems(estate),
  }),
  guard({
    of: trailsAsItems,
    holds: ({ resource }) => resource.inputs["enableLogging"] !== false,
    problem: "it records nothing",
    fix: "enable its logging",
  }),
  guard({
    of: trailsAsItems,
    holds: ({ resource }) => isTrue(resource.inputs, "enableLogFileValidation"),
    problem: "nobody would see that its files were changed",
    fix: "enable log file validation",
  }),
  guard({
    of: trailsAsItems,
    holds: ({ resource }) => selectorsOf(resource).some(recordsChanges),
    problem: "it does not record changes, of which EventBridge then has no events",
    fix: "add a selector for management events that are not read-only",
  }),
  guardAt({
    of: trailsOf,
    holds: (trail, estate) => recordsIn(trail, iamRegionOf(estate)),
    at: (trail) => trail,
    problem: (_, estate) =>
      `it records nothing in ${iamRegionOf(estate)}, where IAM's calls are: EventBridge then has no events of them`,
    fix: "make it a trail of all regions, with global service events",
  }),
  guardAt({
    of: (estate, intent) => {
      const here = remembered((region: string) => notifyingIn(estate, region), { most: 2 });
      return changesOf(estate, intent).map((change) => ({ ...change, notifying: here(change.region) }));
    },
    holds: ({ event, notifying }) => notifying.some((matches) => matches(event)),
    at: ({ of }) => of,
    problem: ({ event, region }) =>
      `nobody is notified of ${text(event, "detail.eventName") ?? ""} on it, whose event is in ${region}`,
    fix: "add an event rule there, with a topic of the stack in the same region as its target",
    others: (_, estate) => [
      ...itemsOf(estate, awsTypes.eventRule),
      ...itemsOf(estate, awsTypes.eventTarget),
      ...itemsOf(estate, awsTypes.topicPolicy),
      ...itemsOf(estate, awsTypes.topic),
    ],
  }),
  guard({
    of: (estate) => itemsOf(estate, awsTypes.eventTarget),
    holds: ({ resource }, estate) =>
      estate
        .ofType(awsTypes.topicPolicy)
        .filter(({ inputs }) => text(inputs, "arn") === text(resource.inputs, "arn"))
        .every(({ urn }) => waitsFor(estate, resource.urn).has(urn)),
    problem: "it may tell the topic before that lets it in",
    fix: "let it wait for the topic's policy",
  }),
  guard({
    of: (estate) => itemsOf(estate, awsTypes.eventRule),
    holds: ({ resource }) => !foreign.some(matcherOf(resource)),
    problem: "it notifies of changes of what does not belong to the stack",
    fix: "name the stack's resources in its pattern",
  }),
  guard({
    of: (estate) => itemsOf(estate, awsTypes.eventRule),
    holds: ({ resource }, _, { switches }) =>
      switches.has("auditTrail") && switches.has("alarms") && resource.inputs["eventPattern"] !== undefined,
    problem: "no setting asks for it",
    fix: "remove it",
  }),
  guard({
    of: (estate) => itemsOf(estate, awsTypes.topicPolicy),
    holds: ({ resource }) =>
      ["cloudwatch.amazonaws.com", "events.amazonaws.com"].every((service) => lets(resource, service)),
    problem: "it keeps out alarms or events",
    fix: "let CloudWatch publish for the account, and EventBridge without a condition, which it does not support",
  }),
  guard({
    of: (estate) => itemsOf(estate, awsTypes.topicPolicy),
    holds: ({ resource }) =>
      statementsOf(resource).every(
        (one) =>
          text(one, "Action") === "sns:Publish" &&
          ["cloudwatch.amazonaws.com", "events.amazonaws.com"].includes(text(one, "Principal.Service") ?? ""),
      ),
    problem: "it lets in somebody who has nothing to tell",
    fix: "let only CloudWatch and EventBridge publish",
  }),
];

function trailsOf(estate: Estate): readonly RecordedResource[] {
  return estate.ofType(awsTypes.trail);
}

function trailsAsItems(estate: Estate): readonly Item[] {
  return itemsOf(estate, awsTypes.trail);
}

function itemsOf(estate: Estate, type: ResourceType): readonly Item[] {
  return estate.ofType(type).map((resource) => ({ resource }));
}

function selectorsOf(trail: RecordedResource): readonly Value[] {
  return valuesAt(trail.inputs, "advancedEventSelectors");
}

/** The field's operator and values, as `{ equals: […] }`; undefined where the selector does not name it once. */
function fieldOf(selector: Value, field: string): Value | undefined {
  const [found, ...more] = valuesAt(selector, "fieldSelectors").filter((one) => text(one, "field") === field);
  return more.length === 0 ? found : undefined;
}

function equals(selector: Value, field: string, value: string): boolean {
  return knownStrings(fieldOf(selector, field) ?? {}, "equals").join() === value;
}

function fieldCount(selector: Value): number {
  return valuesAt(selector, "fieldSelectors").length;
}

function recordsRequests(trail: RecordedResource, bucket: RecordedResource): boolean {
  return selectorsOf(trail).some(
    (one) =>
      fieldCount(one) === 3 &&
      equals(one, "eventCategory", "Data") &&
      equals(one, "resources.type", "AWS::S3::Object") &&
      knownStrings(fieldOf(one, "resources.ARN") ?? {}, "startsWiths").includes(
        `${text(bucket.outputs, "arn") ?? ""}/`,
      ),
  );
}

function recordsChanges(selector: Value): boolean {
  return (
    fieldCount(selector) === 2 &&
    equals(selector, "eventCategory", "Management") &&
    equals(selector, "readOnly", "false")
  );
}

/** A call as EventBridge tells of it. */
function eventOf(service: string, eventName: string, requestParameters: Props): Props {
  return {
    source: `aws.${service}`,
    "detail-type": "AWS API Call via CloudTrail",
    detail: { eventSource: `${service}.amazonaws.com`, eventName, requestParameters },
  };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html */
const bucketCalls = [
  "PutBucketPolicy",
  "DeleteBucketPolicy",
  "PutBucketPublicAccessBlock",
  "DeleteBucketPublicAccessBlock",
  "PutBucketLifecycle",
  "DeleteBucketLifecycle",
  "PutBucketReplication",
  "PutBucketOwnershipControls",
  "PutBucketVersioning",
  "DeleteBucket",
];

const readerCalls = [
  "CreateAccessKey",
  "DeleteAccessKey",
  "UpdateAccessKey",
  "CreateLoginProfile",
  "AttachUserPolicy",
  "PutUserPolicy",
  "AddUserToGroup",
];

/** A change that must be notified, what it changes, and where EventBridge has its event. */
interface Change {
  readonly of: RecordedResource;
  readonly event: Props;
  readonly region: string;
}

function changesOf(estate: Estate, { switches }: Intent): readonly Change[] {
  if (!switches.has("auditTrail") || !switches.has("alarms")) return [];
  const here = text(estate.outputs, "awsRegion") ?? "";
  const calls = (of: RecordedResource, service: string, names: readonly string[], parameters: Props) =>
    names.map((name): Change => ({
      of,
      event: eventOf(service, name, parameters),
      region: service === "iam" ? iamRegionOf(estate) : here,
    }));
  return [
    ...[...estate.dataBuckets, ...estate.logBuckets].flatMap((of) =>
      calls(of, "s3", bucketCalls, { bucketName: bucketName(of) }),
    ),
    ...trailsOf(estate).flatMap((of) => [
      ...[of.id, text(of.inputs, "name") ?? ""].flatMap((name) =>
        calls(of, "cloudtrail", ["StopLogging", "DeleteTrail", "UpdateTrail"], { name }),
      ),
      ...calls(of, "cloudtrail", ["PutEventSelectors"], { trailName: of.id }),
    ]),
    ...estate
      .ofType(awsTypes.vpcEndpoint)
      .flatMap((of) =>
        calls(of, "ec2", ["ModifyVpcEndpoint"], { ModifyVpcEndpointRequest: { VpcEndpointId: of.id } }),
      ),
    ...estate
      .ofType(awsTypes.securityGroup)
      .flatMap((of) =>
        calls(of, "ec2", ["AuthorizeSecurityGroupIngress", "RevokeSecurityGroupEgress"], { groupId: of.id }),
      ),
    ...estate
      .ofType(awsTypes.user)
      .flatMap((of) => calls(of, "iam", readerCalls, { userName: text(of.outputs, "name") ?? of.id })),
  ];
}

/**
 * Where the partition of the stack has IAM's events.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
 */
function iamRegionOf(estate: Estate): string {
  const region = text(estate.outputs, "awsRegion") ?? "";
  if (region.startsWith("cn-")) return "cn-north-1";
  return region.startsWith("us-gov-") ? "us-gov-west-1" : "us-east-1";
}

function recordsIn({ inputs, outputs }: RecordedResource, region: string): boolean {
  const isGlobal = inputs["includeGlobalServiceEvents"] !== false;
  return isGlobal && (isTrue(inputs, "isMultiRegionTrail") || text(outputs, "region") === region);
}

/** Somebody else's, of which nobody wants to hear. */
const foreign: readonly Props[] = [
  eventOf("s3", "PutBucketPolicy", { bucketName: "somebody-elses" }),
  eventOf("s3", "PutObject", { bucketName: "somebody-elses" }),
  eventOf("cloudtrail", "StopLogging", { name: "somebody-elses" }),
  eventOf("ec2", "AuthorizeSecurityGroupIngress", { groupId: "sg-0somebodyelses" }),
  eventOf("iam", "CreateAccessKey", { userName: "somebody-else" }),
];

type Matcher = (event: Props) => boolean;

/** Whether a rule speaks of an event. */
function matcherOf({ inputs }: RecordedResource): Matcher {
  const pattern = patternOf(text(inputs, "eventPattern") ?? "null");
  if (pattern === undefined || inputs["isEnabled"] === false || text(inputs, "state") === "DISABLED")
    return () => false;
  return (event) => {
    try {
      return matchesPattern(pattern, event);
    } catch (error) {
      if (error instanceof UnreadPatternError) return false;
      throw error;
    }
  };
}

function patternOf(json: string): Value | undefined {
  try {
    return JSON.parse(json) as Value;
  } catch {
    return undefined;
  }
}

/**
 * Rules of a region whose target is a topic of the stack there that lets EventBridge in. Who is subscribed to it, the guards
 * of the alarms ask of every topic.
 * @see https://repost.aws/knowledge-center/sns-not-getting-eventbridge-notification
 */
function notifyingIn(estate: Estate, region: string): readonly Matcher[] {
  const there = (type: ResourceType) =>
    estate.ofType(type).filter(({ outputs }) => text(outputs, "region") === region);
  const topics = there(awsTypes.topic).map(({ id }) => id);
  const open = there(awsTypes.topicPolicy)
    .filter((policy) => lets(policy, "events.amazonaws.com"))
    .flatMap(({ inputs }) => text(inputs, "arn") ?? [])
    .filter((arn) => topics.includes(arn));
  const told = there(awsTypes.eventTarget)
    .filter(({ inputs }) => open.includes(text(inputs, "arn") ?? ""))
    .map(({ inputs }) => text(inputs, "rule"));
  return there(awsTypes.eventRule)
    .filter(({ id }) => told.includes(id))
    .map(matcherOf);
}

function statementsOf({ inputs }: RecordedResource): readonly Value[] {
  try {
    return valuesAt(JSON.parse(text(inputs, "policy") ?? "{}") as Value, "Statement");
  } catch {
    return [];
  }
}

/**
 * Alarms for the account alone; EventBridge says nothing that a condition could look at.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
 */
function lets(policy: RecordedResource, service: string): boolean {
  const topic = text(policy.inputs, "arn") ?? "";
  const [, partition = "", , region = "", account = ""] = topic.split(":");
  const alarms = {
    ArnLike: { "aws:SourceArn": `arn:${partition}:cloudwatch:${region}:${account}:alarm:*` },
    StringEquals: { "aws:SourceAccount": account },
  };
  return statementsOf(policy).some(
    (one) =>
      text(one, "Effect") === "Allow" &&
      text(one, "Principal.Service") === service &&
      text(one, "Action") === "sns:Publish" &&
      text(one, "Resource") === topic &&
      JSON.stringify(valuesAt(one, "Condition")) ===
        JSON.stringify(service === "events.amazonaws.com" ? [] : [alarms]),
  );
}
