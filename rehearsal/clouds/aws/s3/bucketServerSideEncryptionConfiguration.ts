import { regionOf } from "../aws";
import { bucketSetting } from "./bucketSetting";
import type { ResourceRecord } from "../../cloudType";
import { access, none } from "../../impact";
import { refuseIf, refuseOthers, words } from "../../rules";
import { isProps, knownStrings, valuesAt } from "../../../model/values";

const encryption = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html";
const byDefault = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html";
const algorithm = "rules.applyServerSideEncryptionByDefault.sseAlgorithm";
const key = "rules.applyServerSideEncryptionByDefault.kmsMasterKeyId";

/**
 * What S3 answers of a rule that says nothing of it: since April 2026 a new bucket rejects SSE-C.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/blocking-unblocking-s3-c-encryption-gpb.html
 */
export const newRule = { bucketKeyEnabled: false, blockedEncryptionTypes: ["SSE-C"] } as const;

export const bucketServerSideEncryptionConfiguration: ResourceRecord = {
  ...bucketSetting({
    file: "s3/bucket_server_side_encryption_configuration",
    action: "EncryptionConfiguration",
    replaces: "bucket expectedBucketOwner",
    create: none("new objects are encrypted as configured; existing ones stay as they are", encryption),
    change: access(
      "new objects are encrypted differently; a KMS key shuts out a reader without rights to it",
      encryption,
    ),
    inPlace: "rules",
  }),
  properties: [
    ...words(`bucket expectedBucketOwner region rules.blockedEncryptionTypes rules.bucketKeyEnabled`),
    ...[algorithm, key],
  ],
  required: ["bucket", "rules"],
  values: { "rules.blockedEncryptionTypes": ["NONE", "SSE-C"] },
  outputs: (inputs, cloud) => ({
    region: regionOf(inputs, cloud),
    rules: valuesAt(inputs, "rules").map((rule) => (isProps(rule) ? { ...newRule, ...rule } : rule)),
  }),
  refuse: (inputs) => {
    const keyed = valuesAt(inputs, key).length > 0;
    return [
      ...refuseOthers(inputs, algorithm, ["AES256", "aws:kms", "aws:kms:dsse"], (message) => ({
        code: "MalformedXML",
        message,
        property: algorithm,
        source: byDefault,
      })),
      ...refuseIf(keyed && knownStrings(inputs, algorithm).includes("AES256"), {
        code: "InvalidArgument",
        message: "a KMS key is applicable only to aws:kms",
        property: key,
        source: byDefault,
      }),
    ];
  },
};
