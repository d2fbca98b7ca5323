import { bucketSetting } from "./bucketSetting";
import type { ResourceRecord } from "../../cloudType";
import { dataLoss, none } from "../../impact";
import { refuseIf, refuseOthers, words } from "../../rules";
import { awsTypes } from "../../../model/resourceTypes";
import { text } from "../../../model/values";
import { awsProviderPage } from "../../pins";

const versions = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html";
const statusProperty = "versioningConfiguration.status";

export const bucketVersioning: ResourceRecord = {
  ...bucketSetting({
    file: "s3/bucket_versioning",
    action: "BucketVersioning",
    replaces: "bucket expectedBucketOwner",
    create: none("from then on the bucket keeps versions", versions),
    change: dataLoss("from then on an overwritten or deleted object keeps no version", versions),
    inPlace: "versioningConfiguration",
  }),
  properties: words(`
    bucket expectedBucketOwner mfa region versioningConfiguration.mfaDelete versioningConfiguration.status`),
  required: ["bucket", "versioningConfiguration"],
  refuse: (inputs, cloud, { id }) => {
    const status = text(inputs, statusProperty);
    const before = id === undefined ? undefined : cloud.find(awsTypes.bucketVersioning, id);
    const versioned = text(before?.inputs, statusProperty);
    return [
      ...refuseOthers(inputs, statusProperty, ["Enabled", "Suspended", "Disabled"], (message) => ({
        code: "MalformedXML",
        message,
        property: statusProperty,
        source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html",
      })),
      ...refuseIf(status === "Disabled" && versioned !== undefined && versioned !== "Disabled", {
        code: "InvalidVersioningStatus",
        message: "versioning can be suspended but never disabled again",
        property: statusProperty,
        source: awsProviderPage("r/s3_bucket_versioning"),
      }),
    ];
  },
};
