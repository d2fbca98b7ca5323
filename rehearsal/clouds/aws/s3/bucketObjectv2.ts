import { forceNew, regional, regionOf, tagsAll } from "../aws";
import { hasNoAcls, objectOwnership } from "./acls";
import { bucketReference, s3Actions, s3Errors, s3Minutes } from "./bucketSetting";
import type { CloudType, CloudView } from "../../cloudType";
import { awsImpacts, dataLoss, none } from "../../impact";
import { each, refuseIf, words } from "../../rules";
import { hexOf } from "../../seeds";
import type { Props, Refusal } from "../../../model/recording";
import { text, valuesAt } from "../../../model/values";

const versions = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html";
const replaces = { ...regional, ...each("bucket key", forceNew("s3/object")) };

export const bucketObjectv2: CloudType = {
  properties: words(`
    acl bucket bucketKeyEnabled cacheControl checksumAlgorithm content contentBase64 contentDisposition
    contentEncoding contentLanguage contentType etag forceDestroy key kmsKeyId metadata.* objectLockLegalHoldStatus
    objectLockMode objectLockRetainUntilDate overrideProvider.* region serverSideEncryption source.* sourceHash
    storageClass tags.* websiteRedirect`),
  required: ["bucket"],
  replaces,
  references: { bucket: bucketReference },
  autoName: "key",
  permissions: {
    create: ["s3:PutObject"],
    read: ["s3:GetObject", "s3:GetObjectTagging", "s3:ListBucket"],
    update: ["s3:PutObject"],
    // With every version: a bucket that still holds one cannot be deleted.
    delete: ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:ListBucketVersions"],
    source: s3Actions,
  },
  impact: awsImpacts({
    create: none("one small object more", versions),
    replace: dataLoss("the sample object is deleted with its versions", versions),
    replaces,
    properties: each("content contentType", none("the sample's old content stays as a version", versions)),
  }),
  ...s3Minutes,
  refuse: (inputs, cloud) => [
    ...refuseKey(text(inputs, "key")),
    ...refuseAcl(inputs, cloud),
    ...refuseContents(inputs),
  ],
  // guess: the provider has used the key alone as well; with the bucket it is unique.
  id: pathOf,
  outputs: (inputs, cloud, { seed }) => ({
    ...tagsAll(inputs),
    arn: `arn:aws:s3:::${pathOf(inputs)}`,
    region: regionOf(inputs, cloud),
    etag: hexOf(JSON.stringify(inputs["content"] ?? inputs["contentBase64"] ?? ""), 32),
    versionId: hexOf(`${seed}/version`, 32),
    storageClass: inputs["storageClass"] ?? "STANDARD",
    serverSideEncryption: inputs["serverSideEncryption"] ?? "AES256",
  }),
};

function pathOf(inputs: Props): string {
  return `${text(inputs, "bucket") ?? ""}/${text(inputs, "key") ?? ""}`;
}

function refuseKey(key: string | undefined): readonly Refusal[] {
  return refuseIf(key !== undefined && Buffer.byteLength(key) > 1024, {
    code: "KeyTooLongError",
    message: "an object's key has up to 1,024 bytes",
    property: "key",
    source: s3Errors,
  });
}

function refuseAcl(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const acl = text(inputs, "acl");
  const refused = acl !== undefined && acl !== "bucket-owner-full-control";
  return refuseIf(refused && hasNoAcls(text(inputs, "bucket") ?? "", cloud), {
    code: "AccessControlListNotSupported",
    message: "the bucket does not allow ACLs",
    property: "acl",
    source: objectOwnership,
  });
}

function refuseContents(inputs: Props): readonly Refusal[] {
  const contents = ["content", "contentBase64", "source"].filter(
    (property) => valuesAt(inputs, property).length > 0,
  );
  return refuseIf(contents.length > 1, {
    code: "ConflictsWith",
    message: `an object has one content, not ${contents.join(" and ")}`,
    property: contents[1] ?? "content",
    source: forceNew("s3/object"),
  });
}
