import { forceNew, regional, regionOf } from "../aws";
import type { CloudType, Reference } from "../../cloudType";
import { aboutMinutes, each, refuseIf, words } from "../../rules";
import { knownStrings, text, valuesAt } from "../../../model/values";

export const accessBlock = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
export const ownership = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";
const s3Errors = "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html";
const seconds = aboutMinutes(0.1, "one call and a wait for consistency");

/** A bucket's settings go with it, so none of them holds it back. */
export const bucketReference: Reference = {
  types: ["aws:s3/bucket:Bucket"],
  missing: "NoSuchBucket",
  source: s3Errors,
};

export const awsS3Settings: Readonly<Record<string, CloudType>> = {
  [accessBlock]: {
    ...setting("bucket", "s3/bucket_public_access_block"),
    properties: words(`
      blockPublicAcls blockPublicPolicy bucket ignorePublicAcls region restrictPublicBuckets skipDestroy`),
    required: ["bucket"],
    outputs: (inputs, cloud) => ({
      region: regionOf(inputs, cloud),
      // The provider's own default for each of them is false.
      ...Object.fromEntries(
        ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"].map(
          (property) => [property, inputs[property] ?? false],
        ),
      ),
    }),
  },
  [ownership]: {
    ...setting("bucket", "s3/bucket_ownership_controls"),
    properties: words(`bucket region rule.objectOwnership`),
    required: ["bucket", "rule"],
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
  },
  "aws:s3/bucketVersioning:BucketVersioning": {
    ...setting("bucket expectedBucketOwner", "s3/bucket_versioning"),
    properties: words(`
      bucket expectedBucketOwner mfa region versioningConfiguration.mfaDelete versioningConfiguration.status`),
    required: ["bucket", "versioningConfiguration"],
    refuse: (inputs, cloud, { id }) => {
      const status = text(inputs, "versioningConfiguration.status");
      const before =
        id === undefined ? undefined : cloud.find("aws:s3/bucketVersioning:BucketVersioning", id);
      const versioned = text(before?.inputs, "versioningConfiguration.status");
      return [
        ...refuseIf(status !== undefined && !["Enabled", "Suspended", "Disabled"].includes(status), {
          code: "MalformedXML",
          message: `versioning is Enabled or Suspended, not '${status ?? ""}'`,
          property: "versioningConfiguration.status",
          source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html",
        }),
        ...refuseIf(status === "Disabled" && versioned !== undefined && versioned !== "Disabled", {
          code: "InvalidVersioningStatus",
          message: "versioning can be suspended but never disabled again",
          property: "versioningConfiguration.status",
          source:
            "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_versioning",
        }),
      ];
    },
  },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    ...setting("bucket expectedBucketOwner", "s3/bucket_server_side_encryption_configuration"),
    properties: words(`
      bucket expectedBucketOwner region rules.applyServerSideEncryptionByDefault.kmsMasterKeyId
      rules.applyServerSideEncryptionByDefault.sseAlgorithm rules.blockedEncryptionTypes rules.bucketKeyEnabled`),
    required: ["bucket", "rules"],
    refuse: (inputs) => {
      const algorithms = knownStrings(inputs, "rules.applyServerSideEncryptionByDefault.sseAlgorithm");
      const keyed = valuesAt(inputs, "rules.applyServerSideEncryptionByDefault.kmsMasterKeyId").length > 0;
      const source = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html";
      return [
        ...algorithms
          .filter((algorithm) => !["AES256", "aws:kms", "aws:kms:dsse"].includes(algorithm))
          .map((algorithm) => ({
            code: "MalformedXML",
            message: `'${algorithm}' is no encryption of S3: AES256, aws:kms or aws:kms:dsse`,
            property: "rules.applyServerSideEncryptionByDefault.sseAlgorithm",
            source,
          })),
        ...refuseIf(keyed && algorithms.includes("AES256"), {
          code: "InvalidArgument",
          message: "a KMS key is applicable only to aws:kms",
          property: "rules.applyServerSideEncryptionByDefault.kmsMasterKeyId",
          source,
        }),
      ];
    },
  },
};

function setting(
  replaces: string,
  file: string,
): Pick<CloudType, "replaces" | "references" | "create" | "update" | "delete" | "id" | "outputs"> {
  return {
    replaces: { ...regional, ...each(replaces, forceNew(file)) },
    references: { bucket: bucketReference },
    create: seconds,
    update: seconds,
    delete: seconds,
    id: (inputs) => text(inputs, "bucket") ?? "",
    outputs: (inputs, cloud) => ({ region: regionOf(inputs, cloud) }),
  };
}
