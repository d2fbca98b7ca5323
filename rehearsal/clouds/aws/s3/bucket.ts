import type { Props, Refusal } from "../../../model/recording";
import { forceNew, regional, regionOf, tagsAll } from "../aws";
import { isPublic, refuseBucketPolicy } from "../policies";
import { awsS3Lifecycle } from "./bucketLifecycleConfiguration";
import { awsS3Logging } from "./bucketLogging";
import { accessBlock, awsS3Settings, bucketReference, ownership } from "./bucketSettings";
import type { CloudType, CloudView, LiveResource } from "../../cloudType";
import { aboutMinutes, each, refuseIf, words } from "../../rules";
import { hexOf } from "../../seeds";
import { isTrue, text, valuesAt } from "../../../model/values";

const bucket = "aws:s3/bucket:Bucket";
const object = "aws:s3/bucketObjectv2:BucketObjectv2";
const naming = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html";
const s3Errors = "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html";
const blocking =
  "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html";
const owning = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html";
const seconds = aboutMinutes(0.1, "one call and a wait for consistency");

export const awsS3: Readonly<Record<string, CloudType>> = {
  ...awsS3Settings,
  ...awsS3Logging,
  ...awsS3Lifecycle,
  [bucket]: {
    properties: words(`
      accelerationStatus acl bucket bucketNamespace bucketPrefix corsRules.* forceDestroy grants.* lifecycleRules.*
      logging.* objectLockConfiguration.* objectLockEnabled policy region replicationConfiguration.* requestPayer
      serverSideEncryptionConfiguration.* tags.* versioning.* website.*`),
    required: [],
    replaces: {
      ...regional,
      ...each("bucket bucketNamespace bucketPrefix objectLockEnabled", forceNew("s3/bucket")),
    },
    autoName: "bucket",
    duplicate: { code: "BucketAlreadyOwnedByYou", source: s3Errors },
    create: seconds,
    update: seconds,
    delete: seconds,
    refuse: (inputs) => [...refuseName(text(inputs, "bucket")), ...refuseAcl(text(inputs, "acl"))],
    refuseDelete: (resource, cloud) =>
      refuseIf(objectsOf(resource.id, cloud).length > 0 && !isTrue(resource.inputs, "forceDestroy"), {
        code: "BucketNotEmpty",
        message: `${resource.id} still holds objects: a bucket must be empty, old versions included`,
        source: s3Errors,
      }),
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
      };
    },
  },
  "aws:s3/bucketPolicy:BucketPolicy": {
    properties: words(`bucket policy region`),
    required: ["bucket", "policy"],
    replaces: { ...regional, bucket: forceNew("s3/bucket_policy") },
    references: { bucket: bucketReference },
    create: seconds,
    update: seconds,
    delete: seconds,
    refuse: (inputs, cloud) => {
      const [name, policy] = [text(inputs, "bucket"), text(inputs, "policy")];
      if (name === undefined || policy === undefined) return [];
      return [...refuseBucketPolicy(policy, name, cloud), ...refusePublic(policy, name, cloud)];
    },
    id: (inputs) => text(inputs, "bucket") ?? "",
    outputs: (inputs, cloud) => ({ region: regionOf(inputs, cloud) }),
  },
  [object]: {
    properties: words(`
      acl bucket bucketKeyEnabled cacheControl checksumAlgorithm content contentBase64 contentDisposition
      contentEncoding contentLanguage contentType etag forceDestroy key kmsKeyId metadata.* objectLockLegalHoldStatus
      objectLockMode objectLockRetainUntilDate overrideProvider.* region serverSideEncryption source.* sourceHash
      storageClass tags.* websiteRedirect`),
    required: ["bucket"],
    replaces: { ...regional, ...each("bucket key", forceNew("s3/object")) },
    references: { bucket: bucketReference },
    autoName: "key",
    create: seconds,
    update: seconds,
    delete: seconds,
    refuse: (inputs, cloud) => refuseObject(inputs, cloud),
    // guess: the provider has used the key alone as well; with the bucket it is unique.
    id: (inputs) => `${text(inputs, "bucket") ?? ""}/${text(inputs, "key") ?? ""}`,
    outputs: (inputs, cloud, { seed }) => ({
      ...tagsAll(inputs),
      arn: `arn:aws:s3:::${text(inputs, "bucket") ?? ""}/${text(inputs, "key") ?? ""}`,
      region: regionOf(inputs, cloud),
      etag: hexOf(JSON.stringify(inputs["content"] ?? inputs["contentBase64"] ?? ""), 32),
      versionId: hexOf(`${seed}/version`, 32),
      storageClass: inputs["storageClass"] ?? "STANDARD",
      serverSideEncryption: inputs["serverSideEncryption"] ?? "AES256",
    }),
  },
};

/** The naming rules that a general purpose bucket is held to. */
function refuseName(name: string | undefined): readonly Refusal[] {
  if (name === undefined) return [];
  const shaped = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !name.includes("..");
  const reserved =
    /^\d+\.\d+\.\d+\.\d+$/.test(name) ||
    /^(xn--|sthree-|amzn-s3-demo-)/.test(name) ||
    /(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name);
  return refuseIf(!shaped || reserved, {
    code: "InvalidBucketName",
    message: `'${name}' is no bucket name: 3-63 lower-case letters, digits, dots and hyphens, and no reserved prefix or suffix`,
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
    source: owning,
  });
}

/** A new bucket blocks public policies even where nobody has said so (since April 2023). */
function refusePublic(policy: string, name: string, cloud: CloudView): readonly Refusal[] {
  const block = cloud.find(accessBlock, name);
  const blocked = block === undefined || isTrue(block.inputs, "blockPublicPolicy");
  return refuseIf(blocked && isPublic(policy), {
    code: "AccessDenied",
    message: "public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access",
    property: "policy",
    source: blocking,
  });
}

function refuseObject(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const [key, acl] = [text(inputs, "key"), text(inputs, "acl")];
  const owner = cloud.find(ownership, text(inputs, "bucket") ?? "");
  const enforced =
    owner === undefined || text(owner.inputs, "rule.objectOwnership") === "BucketOwnerEnforced";
  const contents = ["content", "contentBase64", "source"].filter(
    (property) => valuesAt(inputs, property).length > 0,
  );
  return [
    ...refuseIf(key !== undefined && Buffer.byteLength(key) > 1024, {
      code: "KeyTooLongError",
      message: "an object's key has up to 1,024 bytes",
      property: "key",
      source: s3Errors,
    }),
    ...refuseIf(enforced && acl !== undefined && acl !== "bucket-owner-full-control", {
      code: "AccessControlListNotSupported",
      message: "the bucket does not allow ACLs",
      property: "acl",
      source: owning,
    }),
    ...refuseIf(contents.length > 1, {
      code: "ConflictsWith",
      message: `an object has one content, not ${contents.join(" and ")}`,
      property: contents[1] ?? "content",
      source: forceNew("s3/object"),
    }),
  ];
}

function objectsOf(name: string, cloud: CloudView): readonly LiveResource[] {
  return cloud.all(object).filter((held) => text(held.inputs, "bucket") === name);
}
