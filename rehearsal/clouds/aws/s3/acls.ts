import type { CloudView } from "../../cloudType";
import { awsTypes } from "../../../model/resourceTypes";
import { text } from "../../../model/values";

export const objectOwnership =
  "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html";

/** A bucket has ACLs only where its ownership controls say so. */
export function hasNoAcls(bucket: string, cloud: CloudView): boolean {
  const controls = cloud.find(awsTypes.bucketOwnershipControls, bucket);
  return controls === undefined || text(controls.inputs, "rule.objectOwnership") === "BucketOwnerEnforced";
}
