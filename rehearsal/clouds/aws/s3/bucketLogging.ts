import { regionOf } from "../aws";
import { takesAccessLogs, withoutPolicy } from "../logDelivery";
import { hasNoAcls } from "./acls";
import { bucketReference, bucketSetting, s3Errors } from "./bucketSetting";
import type { CloudView, ResourceRecord } from "../../cloudType";
import { none } from "../../impact";
import { refuseIf, refuseOthers, words } from "../../rules";
import type { Props, Refusal } from "../../../model/recording";
import { awsTypes } from "../../../model/resourceTypes";
import { text, valuesAt } from "../../../model/values";

const putLogging = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html";
const serverLogs = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html";
/** S3's own words for it, and that it checks the policy before it accepts the setting. */
const permissions = "https://github.com/getmoto/moto/blob/master/moto/s3/models.py (set_logging)";

export const bucketLogging: ResourceRecord = {
  ...bucketSetting({
    file: "s3/bucket_logging",
    action: "BucketLogging",
    replaces: "bucket expectedBucketOwner",
    create: none("from then on requests to the bucket are logged", serverLogs),
    change: none(
      "requests are logged elsewhere, or no longer; the requests themselves are not affected",
      serverLogs,
    ),
    inPlace: "targetBucket targetObjectKeyFormat targetPrefix",
  }),
  properties: words(`
    bucket expectedBucketOwner region targetBucket targetGrants.grantee.displayName targetGrants.grantee.emailAddress
    targetGrants.grantee.id targetGrants.grantee.type targetGrants.grantee.uri targetGrants.permission
    targetObjectKeyFormat.partitionedPrefix.partitionDateSource targetObjectKeyFormat.simplePrefix targetPrefix`),
  required: ["bucket", "targetBucket", "targetPrefix"],
  references: {
    bucket: bucketReference,
    targetBucket: {
      types: [awsTypes.bucket],
      missing: "InvalidTargetBucketForLogging",
      source: putLogging,
    },
  },
  refuse: (inputs, cloud) => [
    ...refuseOwner(inputs, cloud),
    ...refuseTarget(inputs, cloud),
    ...refuseKeyFormat(inputs),
  ],
};

/** The provider sends it along, and S3 compares it with the bucket's owner. */
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
  const place = cloud.find(awsTypes.bucket, target);
  if (place === undefined) return [];
  const region = regionOf(cloud.find(awsTypes.bucket, logged)?.inputs ?? {}, cloud);
  return [
    ...refuseIf(logged === target, {
      code: "InvalidTargetBucketForLogging",
      message: "a bucket that logs into itself logs its own logs, without end",
      property: "targetBucket",
      source: `guess: S3 accepts it, and AWS advises against it: ${serverLogs}`,
    }),
    ...refuseIf(regionOf(place.inputs, cloud) !== region, {
      code: "CrossLocationLoggingProhibited",
      message: "logs stay in the region of the bucket that is logged",
      property: "targetBucket",
      source: s3Errors,
    }),
    ...refuseIf(hasNoAcls(target, cloud) && valuesAt(inputs, "targetGrants").length > 0, {
      code: "InvalidArgument",
      message: "the target bucket has no ACLs, and accepts no grants",
      property: "targetGrants",
      source: putLogging,
    }),
    ...refuseIf(!takesAccessLogs(target, prefix, { bucket: logged, region }, cloud), {
      code: "InvalidTargetBucketForLogging",
      message: `you must give the logging service permission by the policy of ${target}, below '${prefix}'`,
      ...withoutPolicy(target, cloud),
      property: "targetBucket",
      source: permissions,
    }),
  ];
}

function refuseKeyFormat(inputs: Props): readonly Refusal[] {
  const property = "targetObjectKeyFormat.partitionedPrefix.partitionDateSource";
  return refuseOthers(inputs, property, ["EventTime", "DeliveryTime"], (message) => ({
    code: "MalformedXML",
    message,
    property,
    source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PartitionedPrefix.html",
  }));
}
