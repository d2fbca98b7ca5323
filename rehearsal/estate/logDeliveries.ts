import type { LogKind, LogTarget } from "../iam/logDelivery";
import type { Props, RecordedResource, Value } from "../model/recording";
import { awsTypes } from "../model/resourceTypes";
import { isProps, text } from "../model/values";
import type { EstateIndex } from "./estateIndex";

/** One delivery of logs into a bucket. */
export interface LogDelivery {
  readonly kind: LogKind;
  /** The flow log, the setting of the bucket that is logged, or the trail. */
  readonly resource: RecordedResource;
  /** Id of the VPC or name of the bucket that is logged; undefined where that is neither. Of a trail its own ARN. */
  readonly source: string | undefined;
  /** Name of the bucket that takes the logs. */
  readonly bucketName: string;
  /** What the keys there begin with. */
  readonly prefix: string;
}

export function readLogDeliveries(index: EstateIndex): readonly LogDelivery[] {
  return [
    ...index.ofType(awsTypes.flowLog).map((resource): LogDelivery => {
      const destination = text(resource.inputs, "logDestination") ?? "";
      const [, bucketName = "", folder = ""] = /^arn:aws:s3:::([^/]+)\/?(.*)$/.exec(destination) ?? [];
      const prefix = folder === "" || folder.endsWith("/") ? folder : `${folder}/`;
      return { kind: "flow", resource, source: text(resource.inputs, "vpcId"), bucketName, prefix };
    }),
    ...index.ofType(awsTypes.bucketLogging).map((resource): LogDelivery => ({
      kind: "access",
      resource,
      source: text(resource.inputs, "bucket"),
      bucketName: text(resource.inputs, "targetBucket") ?? "",
      prefix: text(resource.inputs, "targetPrefix") ?? "",
    })),
    ...index.ofType(awsTypes.trail).map((resource): LogDelivery => {
      const prefix = text(resource.inputs, "s3KeyPrefix") ?? "";
      return {
        kind: "audit",
        resource,
        source: text(resource.outputs, "arn"),
        bucketName: text(resource.inputs, "s3BucketName") ?? "",
        // CloudTrail puts the slash itself.
        prefix: prefix === "" ? "" : `${prefix}/`,
      };
    }),
  ];
}

/** A bucket that the outputs promise to the reader holds data, whatever else is delivered there. */
export function readBuckets(
  index: EstateIndex,
  deliveries: readonly LogDelivery[],
  outputs: Props,
): { readonly dataBuckets: readonly RecordedResource[]; readonly logBuckets: readonly RecordedResource[] } {
  const targets = new Set(deliveries.map(({ bucketName }) => bucketName));
  const promised = new Set(
    Object.values(outputs["buckets"] ?? {}).map((entry: Value) => text(entry, "bucketName")),
  );
  const buckets = index.ofType(awsTypes.bucket);
  const logBuckets = buckets.filter((one) => targets.has(bucketName(one)) && !promised.has(bucketName(one)));
  return { dataBuckets: buckets.filter((bucket) => !logBuckets.includes(bucket)), logBuckets };
}

/** S3's name of the bucket that the outputs call the first: their map of buckets has no order. */
export function firstBucketName(outputs: Props): string | undefined {
  const key = text(outputs, "firstBucket");
  const buckets = outputs["buckets"];
  return key === undefined || !isProps(buckets) ? undefined : text(buckets[key], "bucketName");
}

export function bucketName(bucket: RecordedResource): string {
  return text(bucket.outputs, "bucket") ?? bucket.id;
}

/** Where a delivery ends, as the services that deliver see it. */
export function targetOf(
  delivery: Pick<LogDelivery, "prefix">,
  bucket: RecordedResource,
  accountId: string,
): LogTarget {
  return {
    bucketArn: text(bucket.outputs, "arn") ?? "",
    prefix: delivery.prefix,
    region: text(bucket.outputs, "region") ?? "",
    accountId,
  };
}
