import type { CloudView } from "../../cloudType";
import { awsTypes } from "../../../model/resourceTypes";
import { text } from "../../../model/values";

export const objectOwnership =
  "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html";

/**
 * A bucket has ACLs where its ownership controls say so, and where they were deleted: a new bucket enforces its owner,
 * but a bucket without ownership controls is one of the kind of before, with ACLs.
 * Recorded from AWS in 2026: GetBucketOwnershipControls then answers OwnershipControlsNotFoundError
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketOwnershipControls.html).
 */
export function hasNoAcls(bucket: string, cloud: CloudView): boolean {
  const controls = cloud.find(awsTypes.bucketOwnershipControls, bucket);
  if (controls === undefined) return !cloud.wasDeleted(awsTypes.bucketOwnershipControls, bucket);
  return text(controls.inputs, "rule.objectOwnership") === "BucketOwnerEnforced";
}
