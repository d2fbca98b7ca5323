import { awsTypes } from "../model/resourceTypes";
import { text } from "../model/values";
import type { Estate } from "./estate";
import type { LogKind, LogTarget } from "../iam/logDelivery";
import type { RecordedResource, Value } from "../model/recording";

/** One flow of logs into a bucket. */
export interface LogDelivery {
  readonly kind: LogKind;
  /** The flow log, or the setting of the bucket that is logged. */
  readonly resource: RecordedResource;
  /** Id of the VPC or name of the bucket that is logged; undefined where that is neither. */
  readonly source: string | undefined;
  /** Name of the bucket that takes the logs. */
  readonly bucketName: string;
  /** What the keys there begin with. */
  readonly prefix: string;
}

/** Every flow of logs into a bucket, whether that is there or not. */
export function logDeliveries(estate: Estate): readonly LogDelivery[] {
  return [
    ...estate.ofType(awsTypes.flowLog).map((resource): LogDelivery => {
      const destination = text(resource.inputs, "logDestination") ?? "";
      const [, bucketName = "", folder = ""] = /^arn:aws:s3:::([^/]+)\/?(.*)$/.exec(destination) ?? [];
      const prefix = folder === "" || folder.endsWith("/") ? folder : `${folder}/`;
      return { kind: "flow", resource, source: text(resource.inputs, "vpcId"), bucketName, prefix };
    }),
    ...estate.ofType(awsTypes.bucketLogging).map((resource): LogDelivery => ({
      kind: "access",
      resource,
      source: text(resource.inputs, "bucket"),
      bucketName: text(resource.inputs, "targetBucket") ?? "",
      prefix: text(resource.inputs, "targetPrefix") ?? "",
    })),
  ];
}

/** The buckets that take logs. A bucket that the outputs promise to the reader holds data, whatever else goes there. */
export function logBucketsOf(estate: Estate): readonly RecordedResource[] {
  const targets = new Set(logDeliveries(estate).map(({ bucketName }) => bucketName));
  const promised = new Set(
    Object.values(estate.outputs["buckets"] ?? {}).map((entry: Value) => text(entry, "bucketName")),
  );
  return estate
    .ofType(awsTypes.bucket)
    .filter((bucket) => targets.has(nameOf(bucket)) && !promised.has(nameOf(bucket)));
}

export function dataBucketsOf(estate: Estate): readonly RecordedResource[] {
  const logBuckets = logBucketsOf(estate);
  return estate.ofType(awsTypes.bucket).filter((bucket) => !logBuckets.includes(bucket));
}

export function nameOf(bucket: RecordedResource): string {
  return text(bucket.outputs, "bucket") ?? bucket.id;
}

/** Where a flow ends, as the services that deliver see it. */
export function targetOf(
  flow: Pick<LogDelivery, "prefix">,
  bucket: RecordedResource,
  accountId: string,
): LogTarget {
  return {
    bucketArn: text(bucket.outputs, "arn") ?? "",
    prefix: flow.prefix,
    region: text(bucket.outputs, "region") ?? "",
    accountId,
  };
}
