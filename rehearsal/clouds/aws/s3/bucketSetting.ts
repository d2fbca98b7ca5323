import { forceNew, regional, regionOf } from "../aws";
import type { CloudType, Reference } from "../../cloudType";
import { awsImpacts, type ImpactRule } from "../../impact";
import { alwaysAbout, each } from "../../rules";
import { awsTypes } from "../../../model/resourceTypes";
import { text } from "../../../model/values";

export const s3Errors = "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html";
export const publicAccess =
  "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html";
export const s3Actions =
  "https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html; calls: terraform-provider-aws, internal/service/s3";

export const s3Minutes = alwaysAbout(0.1, "one call and a wait for consistency");

/** A bucket's settings go with it, so none of them holds it back. */
export const bucketReference: Reference = {
  types: [awsTypes.bucket],
  missing: "NoSuchBucket",
  source: s3Errors,
};

interface BucketSetting {
  /** Its file in the provider's source. */
  readonly file: string;
  /** Its action in IAM, without `Put` and `Get`. */
  readonly action: string;
  /** What replaces it beside another region; only its bucket when absent. */
  readonly replaces?: string;
  /** What its creation does, and every other change. */
  readonly create: ImpactRule;
  readonly change: ImpactRule;
  /** What changes in place: properties where that does the same as every other change, or each with its rule. */
  readonly inPlace: string | Readonly<Record<string, ImpactRule>>;
}

/** What all settings of a bucket share: each is a resource of its own, and its id is the bucket's name. */
export function bucketSetting({ file, action, create, change, inPlace, ...others }: BucketSetting) {
  const replaces = { ...regional, ...each(others.replaces ?? "bucket", forceNew(file)) };
  const properties = typeof inPlace === "string" ? each(inPlace, change) : inPlace;
  return {
    required: ["bucket"],
    replaces,
    references: { bucket: bucketReference },
    // One action writes a setting and removes it: S3 has no separate action for the removal.
    permissions: {
      create: [`s3:Put${action}`],
      read: [`s3:Get${action}`],
      update: [`s3:Put${action}`],
      delete: [`s3:Put${action}`],
      source: s3Actions,
    },
    impact: awsImpacts({ create, replace: change, replaces, properties }),
    ...s3Minutes,
    id: (inputs) => text(inputs, "bucket") ?? "",
    outputs: (inputs, cloud) => ({ region: regionOf(inputs, cloud) }),
  } satisfies Partial<CloudType>;
}
