import { forceNew, regional, regionOf } from "../aws";
import { oneCall } from "../oneCall";
import type { CloudType, Reference } from "../../cloudType";
import type { Permissions } from "../../permissions";
import { each } from "../../rules";
import { awsTypes } from "../../../model/resourceTypes";
import { text } from "../../../model/values";

export const s3Errors = "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html";
export const publicAccess =
  "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html";
export const s3Actions =
  "https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html; calls: terraform-provider-aws, internal/service/s3";

export const s3Minutes = oneCall(0.1, "one call and a wait for consistency");

/** A bucket's settings go with it, so none of them holds it back. */
export const bucketReference: Reference = {
  types: [awsTypes.bucket],
  missing: "NoSuchBucket",
  source: s3Errors,
};

/** One action writes a setting and removes it: S3 has no separate action for the removal. */
export function settingPermissions(name: string): Permissions {
  return {
    create: [`s3:Put${name}`],
    read: [`s3:Get${name}`],
    update: [`s3:Put${name}`],
    delete: [`s3:Put${name}`],
    source: s3Actions,
  };
}

/** What all settings of a bucket share: each is a resource of its own, and its id is the bucket's name. */
export function bucketSetting({
  file,
  action,
  replaces = "bucket",
}: {
  /** Its file in the provider's source. */
  readonly file: string;
  /** Its action in IAM, without `Put` and `Get`. */
  readonly action: string;
  readonly replaces?: string;
}) {
  return {
    replaces: { ...regional, ...each(replaces, forceNew(file)) },
    references: { bucket: bucketReference },
    permissions: settingPermissions(action),
    ...s3Minutes,
    id: (inputs) => text(inputs, "bucket") ?? "",
    outputs: (inputs, cloud) => ({ region: regionOf(inputs, cloud) }),
  } satisfies Partial<CloudType>;
}
