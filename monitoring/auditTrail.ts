import { Trail } from "@pulumi/aws/cloudtrail";
import { EventRule, EventTarget } from "@pulumi/aws/cloudwatch";
import { TopicPolicy } from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import type { OutputsOf } from "../contract";
import { planWatches, topicPolicy, trailSelectors, type Watched } from "./auditPlan";

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
  /** ARN of the topic that is told of changes; undefined where nobody is. */
  readonly notify: pulumi.Input<string> | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Who uses the data and who changes what guards it, recorded in CloudTrail, and the changes notified. EventBridge has an
 * event of a call only where a trail records it.
 */
export class AuditTrail extends pulumi.ComponentResource {
  readonly outputs: OutputsOf<"trailArn">;

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
    if (args.notify !== undefined) notifyOfChanges(name, args, args.notify, trail, child);
    this.outputs = { trailArn: trail.arn };
    this.registerOutputs({ trailArn: trail.arn });
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
      advancedEventSelectors: trailSelectors(objectArns),
      tags: args.tags,
    },
    child,
  );
}

function notifyOfChanges(
  name: string,
  args: AuditTrailArgs,
  topicArn: pulumi.Input<string>,
  trail: Trail,
  child: pulumi.CustomResourceOptions,
): void {
  const { watched, tags } = args;
  const known: pulumi.Output<Watched> = pulumi.output({
    bucketNames: [...watched.buckets.map((bucket) => bucket.name), watched.logBucketName],
    readerName: watched.readerName,
    endpointSecurityGroupId: watched.endpointSecurityGroupId,
    trailArn: trail.arn,
  });
  const policy = new TopicPolicy(
    `${name}-topic-policy`,
    { arn: topicArn, policy: pulumi.jsonStringify(pulumi.output(topicArn).apply(topicPolicy)) },
    child,
  );
  for (const { name: what, says, pattern } of planWatches(watched.region)) {
    const rule = new EventRule(
      `${name}-${what}`,
      { description: says, eventPattern: pulumi.jsonStringify(known.apply(pattern)), tags },
      child,
    );
    new EventTarget(
      `${name}-${what}-target`,
      { rule: rule.name, arn: topicArn },
      { ...child, dependsOn: [policy] },
    );
  }
}
