import { regionOf } from "../aws";
import { bucketSetting, publicAccess } from "./bucketSetting";
import type { CloudType } from "../../cloudType";
import { access, none } from "../../impact";
import { words } from "../../rules";

const blocks = words(`blockPublicAcls blockPublicPolicy ignorePublicAcls restrictPublicBuckets`);

export const bucketPublicAccessBlock: CloudType = {
  ...bucketSetting({
    file: "s3/bucket_public_access_block",
    action: "BucketPublicAccessBlock",
    create: none("it only blocks", publicAccess),
    change: access("what blocks public access changes", publicAccess),
    inPlace: blocks.join(" "),
  }),
  properties: [...blocks, "bucket", "region", "skipDestroy"],
  decides: ["access"],
  outputs: (inputs, cloud) => ({
    region: regionOf(inputs, cloud),
    // The provider's own default for each of them is false.
    ...Object.fromEntries(blocks.map((property) => [property, inputs[property] ?? false])),
  }),
};
