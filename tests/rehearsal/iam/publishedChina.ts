import type { Principal } from "../../../rehearsal/iam/evaluator";
import { allow, allowed, denied, deny, type Example, owner } from "./published";

/** AWS China's own edition of the guide: its examples name resources of the partition `aws-cn`. */
const guide = "https://docs.amazonaws.cn/en_us/IAM/latest/UserGuide";
const bucket = "arn:aws-cn:s3:::bucket-name";
const by: Principal = {
  kind: "user",
  arn: `arn:aws-cn:iam::${owner}:user/someone`,
  accountId: owner,
  organisation: undefined,
};

export const chinaGuide: readonly Example[] = [
  {
    source: `${guide}/reference_policies_examples_s3_rw-bucket.html`,
    identity: [
      allow({ Action: ["s3:ListBucket"], Resource: [bucket] }),
      allow({ Action: "s3:*Object", Resource: [`${bucket}/*`] }),
    ],
    rows: [
      allowed("lists the bucket", "s3:ListBucket", bucket, { by }),
      allowed("reads an object", "s3:GetObject", `${bucket}/a`, { by }),
      allowed("writes an object", "s3:PutObject", `${bucket}/a`, { by }),
      allowed("deletes an object", "s3:DeleteObject", `${bucket}/a`, { by }),
      denied("an action that does not end with Object", "s3:GetObjectAcl", `${bucket}/a`, { by }),
      denied("an object of another bucket", "s3:GetObject", "arn:aws-cn:s3:::other/a", { by }),
      denied("the same object in the partition aws", "s3:GetObject", "arn:aws:s3:::bucket-name/a", { by }),
    ],
  },
  {
    source: `${guide}/reference_policies_examples_s3_deny-except-bucket.html`,
    identity: [
      allow({ Action: "s3:*", Resource: [bucket, `${bucket}/*`] }),
      deny({ NotAction: "s3:*", NotResource: [bucket, `${bucket}/*`] }),
    ],
    rows: [
      allowed("any action of S3 on the bucket", "s3:PutBucketPolicy", bucket, { by }),
      allowed("any action of S3 on its objects", "s3:GetObjectAcl", `${bucket}/a`, { by }),
      denied("S3 elsewhere, which nothing allows", "s3:GetObject", "arn:aws-cn:s3:::other/a", { by }),
      denied("another service, even with a broad policy", "ec2:DescribeVpcs", "*", {
        by,
        rights: "everything",
      }),
    ],
  },
];
