import { bucketSetting, s3Errors } from "./bucketSetting";
import type { CloudView, ResourceRecord } from "../../cloudType";
import { dataLoss, none } from "../../impact";
import { refuseIf, words } from "../../rules";
import type { Props, Refusal } from "../../../model/recording";
import { awsTypes } from "../../../model/resourceTypes";
import { holdsUnknown, number, text, valuesAt } from "../../../model/values";

const locks = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html";
const retention = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_DefaultRetention.html";

const weaker = dataLoss("what is written from then on is locked for another time, or no longer", locks);

export const bucketObjectLockConfiguration: ResourceRecord = {
  ...bucketSetting({
    file: "s3/bucket_object_lock_configuration",
    action: "BucketObjectLockConfiguration",
    replaces: "bucket expectedBucketOwner",
    create: none(
      "what is written from then on cannot be deleted for so many days; the bucket keeps object lock and versioning for good",
      locks,
    ),
    change: weaker,
    inPlace: "rule objectLockEnabled",
  }),
  properties: words(`
    bucket expectedBucketOwner objectLockEnabled region rule.defaultRetention.days rule.defaultRetention.mode
    rule.defaultRetention.years token`),
  values: { objectLockEnabled: ["Enabled"], "rule.defaultRetention.mode": ["GOVERNANCE", "COMPLIANCE"] },
  secretInputs: ["token"],
  secretOutputs: ["token"],
  refuse: (inputs, cloud) => [...refuseUnversioned(inputs, cloud), ...refuseRetention(inputs)],
};

function refuseUnversioned(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const bucket = text(inputs, "bucket");
  if (bucket === undefined || cloud.find(awsTypes.bucket, bucket) === undefined) return [];
  const versioning = cloud.find(awsTypes.bucketVersioning, bucket);
  return refuseIf(text(versioning?.inputs, "versioningConfiguration.status") !== "Enabled", {
    code: "InvalidBucketState",
    message: "versioning must be 'Enabled' on the bucket to apply an object lock configuration",
    property: "bucket",
    source: s3Errors,
  });
}

function refuseRetention(inputs: Props): readonly Refusal[] {
  if (valuesAt(inputs, "rule").length === 0 || holdsUnknown(inputs["rule"])) return [];
  const property = "rule.defaultRetention.days";
  const units = [property, "rule.defaultRetention.years"];
  return [
    ...refuseIf(units.filter((unit) => valuesAt(inputs, unit).length > 0).length !== 1, {
      code: "MalformedXML",
      message: "a default retention has days or years, and not both",
      property,
      source: retention,
    }),
    ...refuseIf(
      units.some((unit) => (number(inputs, unit) ?? 1) < 1),
      {
        code: "InvalidArgument",
        message: "the default retention period must be a positive integer",
        property,
        source: retention,
      },
    ),
  ];
}
