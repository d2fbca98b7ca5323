import { objectOwnership } from "./acls";
import { bucketSetting } from "./bucketSetting";
import type { CloudType } from "../../cloudType";
import { access, none } from "../../impact";
import { refuseOthers } from "../../rules";

const property = "rule.objectOwnership";

export const bucketOwnershipControls: CloudType = {
  ...bucketSetting({
    file: "s3/bucket_ownership_controls",
    action: "BucketOwnershipControls",
    create: none("ACLs no longer count", objectOwnership),
    change: access("whether ACLs count changes", objectOwnership),
    inPlace: "rule",
  }),
  properties: ["bucket", "region", property],
  required: ["bucket", "rule"],
  refuse: (inputs) =>
    refuseOthers(
      inputs,
      property,
      ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"],
      (message) => ({
        code: "MalformedXML",
        message,
        property,
        source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html",
      }),
    ),
};
