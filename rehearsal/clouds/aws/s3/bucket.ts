import { forceNew, regional, regionOf, tagsAll } from "../aws";
import { objectOwnership } from "./acls";
import { s3Actions, s3Errors, s3Minutes } from "./bucketSetting";
import { newRule } from "./bucketServerSideEncryptionConfiguration";
import type { ResourceRecord } from "../../cloudType";
import { awsImpacts, dataLoss, none } from "../../impact";
import { each, refuseIf, words } from "../../rules";
import { hexOf } from "../../seeds";
import type { Refusal } from "../../../model/recording";
import { awsTypes } from "../../../model/resourceTypes";
import { isTrue, text } from "../../../model/values";

const naming = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html";
const deleting = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html";

const replaces = {
  ...regional,
  ...each("bucket bucketNamespace bucketPrefix objectLockEnabled", forceNew("s3/bucket")),
};

export const bucket: ResourceRecord = {
  properties: words(`
    accelerationStatus acl bucket bucketNamespace bucketPrefix corsRules.* forceDestroy grants.* lifecycleRules.*
    logging.* objectLockConfiguration.* objectLockEnabled policy region replicationConfiguration.* requestPayer
    serverSideEncryptionConfiguration.* tags.* versioning.* website.*`),
  required: [],
  values: { bucketNamespace: ["global", "account-regional"] },
  replaces,
  decides: ["access"],
  permissions: {
    create: ["s3:CreateBucket", "s3:PutBucketTagging", "s3:TagResource"],
    // The bucket resource reads every setting that it once held itself.
    read: [
      "s3:GetAccelerateConfiguration",
      "s3:GetBucketAcl",
      "s3:GetBucketCORS",
      "s3:GetBucketLocation",
      "s3:GetBucketLogging",
      "s3:GetBucketObjectLockConfiguration",
      "s3:GetBucketPolicy",
      "s3:GetBucketRequestPayment",
      "s3:GetBucketTagging",
      "s3:GetBucketVersioning",
      "s3:GetBucketWebsite",
      "s3:GetEncryptionConfiguration",
      "s3:GetLifecycleConfiguration",
      "s3:GetReplicationConfiguration",
      "s3:ListBucket",
      // Since terraform-provider-aws 6.23 (#45251), with the older tagging calls to fall back on.
      "s3:ListTagsForResource",
    ],
    update: ["s3:PutBucketTagging", "s3:TagResource", "s3:UntagResource"],
    delete: ["s3:DeleteBucket"],
    source: s3Actions,
  },
  impact: awsImpacts({
    create: none("an empty bucket", deleting),
    replace: dataLoss(
      "the bucket is deleted with everything in it, or the deployment fails because it is not empty",
      deleting,
    ),
    replaces,
    properties: {
      forceDestroy: dataLoss("from then on, deleting the bucket deletes everything in it", deleting),
    },
  }),
  autoName: "bucket",
  duplicate: { code: "BucketAlreadyOwnedByYou", source: s3Errors },
  ...s3Minutes,
  refuse: (inputs) => [
    ...refuseName(text(inputs, "bucket"), text(inputs, "bucketNamespace")),
    ...refuseAcl(text(inputs, "acl")),
  ],
  refuseDelete: (resource, cloud) => {
    const objects = cloud
      .all(awsTypes.bucketObjectv2)
      .filter((held) => text(held.inputs, "bucket") === resource.id);
    return refuseIf(objects.length > 0 && !isTrue(resource.inputs, "forceDestroy"), {
      code: "BucketNotEmpty",
      message: `${resource.id} still holds objects: a bucket must be empty, old versions included`,
      procedure: "empty the bucket first, old versions included; it cannot be undone",
      source: s3Errors,
    });
  },
  id: (inputs) => text(inputs, "bucket") ?? "",
  outputs: (inputs, cloud) => {
    const [name, region] = [text(inputs, "bucket") ?? "", regionOf(inputs, cloud)];
    return {
      ...tagsAll(inputs),
      arn: `arn:aws:s3:::${name}`,
      region,
      bucketRegion: region,
      bucketDomainName: `${name}.s3.amazonaws.com`,
      bucketRegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
      hostedZoneId: `Z${hexOf(region, 13).toUpperCase()}`,
      forceDestroy: inputs["forceDestroy"] ?? false,
      requestPayer: "BucketOwner",
      // What every bucket has before anybody sets anything.
      serverSideEncryptionConfiguration: inputs["serverSideEncryptionConfiguration"] ?? {
        rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" }, ...newRule },
      },
    };
  },
};

/** The naming rules of general purpose buckets. */
function refuseName(name: string | undefined, namespace: string | undefined): readonly Refusal[] {
  if (name === undefined) return [];
  const shaped = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !name.includes("..");
  const reserved =
    /^\d+\.\d+\.\d+\.\d+$/.test(name) ||
    /^(xn--|sthree-|amzn-s3-demo-)/.test(name) ||
    /(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name) ||
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html
    (name.endsWith("-an") && namespace !== "account-regional");
  return refuseIf(!shaped || reserved, {
    code: "InvalidBucketName",
    message: `'${name}' is not a bucket name: 3-63 lower-case letters, digits, dots and hyphens, and no reserved prefix or suffix`,
    property: "bucket",
    source: naming,
  });
}

/** New buckets enforce their owner, which leaves no room for ACLs. */
function refuseAcl(acl: string | undefined): readonly Refusal[] {
  return refuseIf(acl !== undefined && acl !== "private", {
    code: "InvalidBucketAclWithObjectOwnership",
    message: `the ACL '${acl ?? ""}' cannot be set together with ObjectOwnership BucketOwnerEnforced, the default`,
    property: "acl",
    source: objectOwnership,
  });
}
