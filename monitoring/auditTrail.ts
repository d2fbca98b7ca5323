import { Trail } from "@pulumi/aws/cloudtrail";
import { EventRule, EventTarget } from "@pulumi/aws/cloudwatch";
import { TopicPolicy } from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import type { OutputsOf } from "../contract";
import { iamRegionOf, planWatches, topicPolicy, trailSelectors, type Watched } from "./auditPlan";
import type { Notified } from "./linkAlarms";
import { createTopic } from "./topic";

/** A place in a bucket that is ready to take the logs of the trail of this name. */
export interface TrailTarget {
  readonly name: string;
  readonly bucketName: pulumi.Input<string>;
  readonly prefix: string;
}

export interface AuditTrailArgs {
  readonly trail: TrailTarget;
  readonly watched: {
    readonly region: string;
    readonly buckets: readonly { readonly arn: pulumi.Input<string>; readonly name: pulumi.Input<string> }[];
    readonly logBucketName: pulumi.Input<string>;
    readonly readerName: pulumi.Input<string>;
    readonly endpointSecurityGroupId: pulumi.Input<string>;
  };
  /** Who is told of changes; undefined where nobody is. */
  readonly notify: Notified | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Who uses the data and who changes what guards it, recorded in CloudTrail, and the changes notified. EventBridge has an
 * event of a call only where a trail records it.
 */
export class AuditTrail extends pulumi.ComponentResource {
  readonly outputs: OutputsOf<"trailArn"> & Partial<OutputsOf<"iamTopicArn">>;

  constructor(name: string, args: AuditTrailArgs, opts?: pulumi.ComponentResourceOptions) {
    // Without what the cloud must say first, as in LinkAlarms.
    super(
      "azure-s3-privatelink:monitoring:AuditTrail",
      name,
      { trail: args.trail.name, tags: args.tags },
      opts,
    );
    const child = { parent: this };
    const trail = createTrail(name, args, child);
    const topics = args.notify && createTopics(name, args, args.notify, child);
    if (topics !== undefined) notifyOfChanges(name, args, topics, trail, child);
    this.outputs = {
      trailArn: trail.arn,
      ...(topics?.iam && { iamTopicArn: topics.iam.arn }),
    };
    this.registerOutputs(this.outputs);
  }
}

function createTrail(name: string, args: AuditTrailArgs, child: pulumi.CustomResourceOptions): Trail {
  const { trail, watched } = args;
  // Each by itself: a preview with one more bucket still knows the others.
  const objectArns = watched.buckets.map(({ arn }) => pulumi.interpolate`${arn}/`);
  return new Trail(
    `${name}-trail`,
    {
      name: trail.name,
      s3BucketName: trail.bucketName,
      // CloudTrail puts the slash itself.
      s3KeyPrefix: trail.prefix.replace(/\/$/, ""),
      enableLogFileValidation: true,
      // IAM's region has events of its calls only where a trail records them there: one of a single region does not.
      isMultiRegionTrail: true,
      advancedEventSelectors: trailSelectors(objectArns),
      tags: args.tags,
    },
    child,
  );
}

/** A topic that EventBridge may publish to, in one region. */
interface OpenTopic {
  readonly arn: pulumi.Input<string>;
  readonly policy: TopicPolicy;
  /** For whatever is not in the stack's own region. */
  readonly where: { readonly region?: string };
}

interface Topics {
  readonly home: OpenTopic;
  /** In IAM's region; undefined where that is the stack's own. */
  readonly iam: OpenTopic | undefined;
}

/**
 * EventBridge tells topics of a rule's own region only. A bus of another region could take the events as well, but by a role that
 * deployers would have to make and pass, and not in GovCloud and China.
 * @see https://repost.aws/knowledge-center/sns-not-getting-eventbridge-notification
 * @see https://aws.amazon.com/blogs/compute/expanding-cross-region-event-routing-with-amazon-eventbridge/
 */
function createTopics(
  name: string,
  { watched, tags }: AuditTrailArgs,
  { topicArn, emails }: Notified,
  child: pulumi.CustomResourceOptions,
): Topics {
  const region = iamRegionOf(watched.region);
  const elsewhere = region === watched.region ? undefined : { region };
  return {
    home: openTopic(name, topicArn, {}, child),
    iam:
      elsewhere &&
      openTopic(
        `${name}-iam`,
        createTopic(`${name}-iam`, { ...elsewhere, emails, tags }, child).arn,
        elsewhere,
        child,
      ),
  };
}

function openTopic(
  name: string,
  arn: pulumi.Input<string>,
  where: OpenTopic["where"],
  child: pulumi.CustomResourceOptions,
): OpenTopic {
  const policy = pulumi.jsonStringify(pulumi.output(arn).apply(topicPolicy));
  return { arn, where, policy: new TopicPolicy(`${name}-topic-policy`, { ...where, arn, policy }, child) };
}

function notifyOfChanges(
  name: string,
  { watched, tags }: AuditTrailArgs,
  topics: Topics,
  trail: Trail,
  child: pulumi.CustomResourceOptions,
): void {
  // Each by itself: a preview of another endpoint still knows what the other rules say.
  const named: Watched<pulumi.Input<string>> = {
    "bucket-changes": [...watched.buckets.map((bucket) => bucket.name), watched.logBucketName],
    "endpoint-changes": [watched.endpointSecurityGroupId],
    "trail-changes": [trail.arn],
    "reader-changes": [watched.readerName],
  };
  for (const { name: what, says, region, pattern } of planWatches(watched.region)) {
    const { arn, policy, where } = region === watched.region ? topics.home : (topics.iam ?? topics.home);
    const eventPattern = pulumi.jsonStringify(pulumi.output([...named[what]]).apply(pattern));
    const rule = new EventRule(`${name}-${what}`, { ...where, description: says, eventPattern, tags }, child);
    new EventTarget(
      `${name}-${what}-target`,
      { ...where, rule: rule.name, arn },
      { ...child, dependsOn: [policy] },
    );
  }
}
