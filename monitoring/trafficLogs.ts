import { FlowLog } from "@pulumi/aws/ec2";
import type { Bucket, BucketPolicy } from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import type { OutputsOf } from "../contract";
import type { AccessLogTarget } from "../s3access/bucket";
import type { TrailTarget } from "./auditTrail";
import { createLogBucket } from "./logBucket";
import { logPrefixes, type LogKind } from "./logPolicies";

export interface TrafficLogsArgs {
  readonly region: string;
  readonly vpcId: pulumi.Input<string>;
  /** At least one. Another one more or less changes the bucket's policy in place. */
  readonly kinds: readonly LogKind[];
  /** Whether the bucket stays, with its logs, when they are switched off. */
  readonly protection: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** Flow logs of the VPC, access logs of the data buckets, and the place for a trail, in one bucket of their own. */
export class TrafficLogs extends pulumi.ComponentResource {
  /** Where the data buckets log to; undefined where they do not. */
  readonly accessLogs: AccessLogTarget | undefined;
  /** Where a trail of this name may log to; undefined where none is wanted. */
  readonly trail: TrailTarget | undefined;
  readonly outputs: OutputsOf<"logBucketName" | "logKinds">;

  constructor(name: string, args: TrafficLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-s3-privatelink:monitoring:TrafficLogs", name, args, opts);
    const child = { parent: this };
    // The policy names the trail before there is one.
    const trailName = `${pulumi.getProject()}-${pulumi.getStack()}`;
    const made = createLogBucket(name, { ...args, trailName }, child);
    if (args.kinds.includes("flow")) createFlowLog(name, args, made, child);

    // Known once the bucket is ready to take logs.
    const bucketName = made.policy.bucket;
    this.accessLogs = args.kinds.includes("access") ? { bucketName, prefix: logPrefixes.access } : undefined;
    this.trail = args.kinds.includes("audit")
      ? { name: trailName, bucketName, prefix: logPrefixes.audit }
      : undefined;
    this.outputs = { logBucketName: bucketName, logKinds: [...args.kinds] };
    this.registerOutputs({ bucketName });
  }
}

/** All traffic, what was rejected too, in records of up to ten minutes: a tenth of the volume of one minute's. */
function createFlowLog(
  name: string,
  args: TrafficLogsArgs,
  made: { readonly bucket: Bucket; readonly policy: BucketPolicy },
  child: pulumi.CustomResourceOptions,
): void {
  new FlowLog(
    `${name}-flow`,
    {
      vpcId: args.vpcId,
      trafficType: "ALL",
      logDestinationType: "s3",
      logDestination: pulumi.interpolate`${made.bucket.arn}/${logPrefixes.flow}`,
      maxAggregationInterval: 600,
      tags: { ...args.tags, Name: `${name}-flow` },
    },
    // Before the bucket's policy lets it, AWS would write one of its own, or refuse.
    { ...child, dependsOn: [made.policy] },
  );
}
