import { sameImpact } from "../sameImpact";
import { objectOwnership } from "./acls";
import { bucketSetting } from "./bucketSetting";
import type { CloudType } from "../../cloudType";
import { access, none } from "../../impact";
import { refuseIf, words } from "../../rules";
import { text } from "../../../model/values";

export const bucketOwnershipControls: CloudType = {
  ...bucketSetting({ file: "s3/bucket_ownership_controls", action: "BucketOwnershipControls" }),
  properties: words(`bucket region rule.objectOwnership`),
  required: ["bucket", "rule"],
  impact: sameImpact(
    none("ACLs no longer count", objectOwnership),
    access("whether ACLs count changes", objectOwnership),
    "bucket rule",
  ),
  refuse: (inputs) => {
    const wanted = text(inputs, "rule.objectOwnership");
    const known = ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"];
    return refuseIf(wanted !== undefined && !known.includes(wanted), {
      code: "MalformedXML",
      message: `object ownership is one of ${known.join(", ")}, not '${wanted ?? ""}'`,
      property: "rule.objectOwnership",
      source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html",
    });
  },
};
