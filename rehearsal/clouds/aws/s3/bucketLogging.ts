import type { Props, Refusal } from "../../../model/recording";
import { forceNew, regional, regionOf } from "../aws";
import { takesAccessLogs } from "../logDelivery";
import { bucketReference, ownership } from "./bucketSettings";
import type { CloudType, CloudView } from "../../cloudType";
import { aboutMinutes, each, refuseIf, words } from "../../rules";
import { knownStrings, text, valuesAt } from "../../../model/values";

const bucket = "aws:s3/bucket:Bucket";
const putLogging = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html";
const serverLogs = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html";
/** S3's own words for it, and that it asks the policy before it takes the setting. */
const permissions = "https://github.com/getmoto/moto/blob/master/moto/s3/models.py (set_logging)";
const seconds = aboutMinutes(0.1, "one call and a wait for consistency");

export const awsS3Logging: Readonly<Record<string, CloudType>> = {
  "aws:s3/bucketLogging:BucketLogging": {
    properties: words(`
      bucket expectedBucketOwner region targetBucket targetGrants.grantee.displayName targetGrants.grantee.emailAddress
      targetGrants.grantee.id targetGrants.grantee.type targetGrants.grantee.uri targetGrants.permission
      targetObjectKeyFormat.partitionedPrefix.partitionDateSource targetObjectKeyFormat.simplePrefix targetPrefix`),
    required: ["bucket", "targetBucket", "targetPrefix"],
    replaces: { ...regional, ...each("bucket expectedBucketOwner", forceNew("s3/bucket_logging")) },
    references: {
      bucket: bucketReference,
      targetBucket: { types: [bucket], missing: "InvalidTargetBucketForLogging", source: putLogging },
    },
    create: seconds,
    update: seconds,
    delete: seconds,
    refuse: (inputs, cloud) => [
      ...refuseOwner(inputs, cloud),
      ...refuseTarget(inputs, cloud),
      ...refuseKeyFormat(inputs),
    ],
    id: (inputs) => text(inputs, "bucket") ?? "",
    outputs: (inputs, cloud) => ({ region: regionOf(inputs, cloud) }),
  },
};

/** The provider sends it along, and S3 compares it with whom the bucket belongs to. */
function refuseOwner(inputs: Props, { accountId }: CloudView): readonly Refusal[] {
  const owner = text(inputs, "expectedBucketOwner");
  return refuseIf(owner !== undefined && owner !== accountId, {
    code: "AccessDenied",
    message: `the bucket does not belong to ${owner ?? ""}`,
    property: "expectedBucketOwner",
    source: putLogging,
  });
}

function refuseTarget(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const [logged, target, prefix] = ["bucket", "targetBucket", "targetPrefix"].map((name) =>
    text(inputs, name),
  );
  if (logged === undefined || target === undefined || prefix === undefined) return [];
  const place = cloud.find(bucket, target);
  if (place === undefined) return [];
  const region = regionOf(cloud.find(bucket, logged)?.inputs ?? {}, cloud);
  const owner = cloud.find(ownership, target);
  const enforced =
    owner === undefined || text(owner.inputs, "rule.objectOwnership") === "BucketOwnerEnforced";
  return [
    ...refuseIf(logged === target, {
      code: "InvalidTargetBucketForLogging",
      message: "a bucket that logs into itself logs its own logs, without end",
      property: "targetBucket",
      source: `guess: S3 takes it, and AWS advises against it: ${serverLogs}`,
    }),
    ...refuseIf(regionOf(place.inputs, cloud) !== region, {
      code: "CrossLocationLoggingProhibited",
      message: "logs stay in the region of the bucket that is logged",
      property: "targetBucket",
      source: "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html",
    }),
    ...refuseIf(enforced && valuesAt(inputs, "targetGrants").length > 0, {
      code: "InvalidArgument",
      message: "the target bucket has no ACLs, and takes no grants",
      property: "targetGrants",
      source: putLogging,
    }),
    ...refuseIf(!takesAccessLogs(target, prefix, { bucket: logged, region }, cloud), {
      code: "InvalidTargetBucketForLogging",
      message: `you must give the logging service permission by the policy of ${target}, below '${prefix}'`,
      property: "targetBucket",
      source: permissions,
    }),
  ];
}

function refuseKeyFormat(inputs: Props): readonly Refusal[] {
  const format = "targetObjectKeyFormat";
  const sources = knownStrings(inputs, `${format}.partitionedPrefix.partitionDateSource`);
  return [
    ...refuseIf(
      sources.some((source) => !["EventTime", "DeliveryTime"].includes(source)),
      {
        code: "MalformedXML",
        message: "log keys are partitioned by EventTime or DeliveryTime",
        property: `${format}.partitionedPrefix.partitionDateSource`,
        source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PartitionedPrefix.html",
      },
    ),
  ];
}
