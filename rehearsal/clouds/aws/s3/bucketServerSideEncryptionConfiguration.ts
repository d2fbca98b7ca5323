import { sameImpact } from "../sameImpact";
import { bucketSetting } from "./bucketSetting";
import type { CloudType } from "../../cloudType";
import { access, none } from "../../impact";
import { refuseIf, words } from "../../rules";
import { knownStrings, valuesAt } from "../../../model/values";

const encryption = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html";
const byDefault = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html";
const algorithm = "rules.applyServerSideEncryptionByDefault.sseAlgorithm";
const key = "rules.applyServerSideEncryptionByDefault.kmsMasterKeyId";
const known = ["AES256", "aws:kms", "aws:kms:dsse"];

export const bucketServerSideEncryptionConfiguration: CloudType = {
  ...bucketSetting({
    file: "s3/bucket_server_side_encryption_configuration",
    action: "EncryptionConfiguration",
    replaces: "bucket expectedBucketOwner",
  }),
  properties: [
    ...words(`bucket expectedBucketOwner region rules.blockedEncryptionTypes rules.bucketKeyEnabled`),
    ...[algorithm, key],
  ],
  required: ["bucket", "rules"],
  impact: sameImpact(
    none("new objects are encrypted as configured; existing ones stay as they are", encryption),
    access(
      "new objects are encrypted differently; a KMS key shuts out a reader without rights to it",
      encryption,
    ),
    "bucket rules",
  ),
  refuse: (inputs) => {
    const wanted = knownStrings(inputs, algorithm);
    return [
      ...wanted
        .filter((name) => !known.includes(name))
        .map((name) => ({
          code: "MalformedXML",
          message: `S3 encrypts with one of ${known.join(", ")}, not with '${name}'`,
          property: algorithm,
          source: byDefault,
        })),
      ...refuseIf(valuesAt(inputs, key).length > 0 && wanted.includes("AES256"), {
        code: "InvalidArgument",
        message: "a KMS key is applicable only to aws:kms",
        property: key,
        source: byDefault,
      }),
    ];
  },
};
