import * as s3 from "@aws-sdk/client-s3";
import { buckets, deleteBucket, rightBucketPolicy } from "../support/deployedS3";
import type { DeployedStack } from "../support/deployedStack";
import { only, type Wrong } from "./wrong";

const Bucket = buckets.reports.bucketName;

/** The right policy of the bucket without one of its statements, or with one more. */
function bucketPolicyWith(
  { clients, outputs }: DeployedStack,
  change: (statements: readonly { readonly Sid: string }[]) => readonly object[],
) {
  const right = rightBucketPolicy("reports", outputs.readerArn, outputs.endpointId);
  const Policy = JSON.stringify({ ...right, Statement: change(right.Statement) });
  return clients.s3.send(new s3.PutBucketPolicyCommand({ Bucket, Policy }));
}

const without = (sid: string) => (statements: readonly { readonly Sid: string }[]) =>
  statements.filter(({ Sid }) => Sid !== sid);

const grant = (Sid: string, AWS: string) => ({
  Sid,
  Effect: "Allow",
  Principal: { AWS },
  Action: "s3:GetObject",
  Resource: `arn:aws:s3:::${Bucket}/*`,
});

export const wrongBuckets: readonly Wrong[] = [
  {
    name: "a bucket was deleted",
    breaks: ({ clients }) => deleteBucket(clients.s3, buckets.uploads.bucketName),
    finds: only("bucket-missing", /no bucket of this name/),
  },
  {
    name: "a bucket is in another region",
    breaks: ({ aws }) =>
      aws.tampers.set("s3:GetBucketLocation", (xml) => xml.replace(/>ap-northeast-1</, ">eu-west-1<")),
    finds: [
      // The log bucket's answer is changed with the others.
      { kind: "bucket-in-another-region", says: /it is in eu-west-1, not ap-northeast-1/ },
      { kind: "bucket-in-another-region", says: /it is in eu-west-1, not ap-northeast-1/ },
      { kind: "bucket-in-another-region", says: /it is in eu-west-1, not ap-northeast-1/ },
    ],
  },
  {
    name: "a bucket has no policy",
    breaks: ({ clients }) => clients.s3.send(new s3.DeleteBucketPolicyCommand({ Bucket })),
    finds: only("bucket-policy-missing", /it has no policy at all/),
  },
  {
    name: "a bucket's policy does not let the reader list",
    breaks: (stack) => bucketPolicyWith(stack, without("AllowReaderToListThroughEndpoint")),
    finds: only("bucket-policy-shuts-out", /the reader may not s3:ListBucket through the endpoint/),
  },
  {
    name: "a bucket's policy lets another user in",
    breaks: (stack) =>
      bucketPolicyWith(stack, (all) => [...all, grant("Backdoor", "arn:aws:iam::123456789012:user/mallory")]),
    finds: only("bucket-policy-lets-in", /Backdoor lets arn:aws:iam::123456789012:user\/mallory in/),
  },
  {
    name: "a bucket's policy lets plain HTTP in",
    breaks: (stack) => bucketPolicyWith(stack, without("DenyInsecureTransport")),
    finds: only("bucket-without-tls", /s3:GetObject works without TLS/),
  },
  {
    name: "a bucket's perimeter is gone",
    breaks: (stack) => bucketPolicyWith(stack, without("DenyDataOutsideEndpoint")),
    finds: [
      { kind: "bucket-perimeter-open", says: /an administrator may s3:ListBucket from anywhere/ },
      { kind: "bucket-perimeter-open", says: /an administrator may s3:GetObject from anywhere/ },
      { kind: "bucket-perimeter-open", says: /an administrator may s3:PutObject from anywhere/ },
    ],
  },
  {
    name: "a bucket's policy has a condition that the evaluator does not cover",
    breaks: (stack) =>
      bucketPolicyWith(stack, (all) => [
        ...all,
        {
          ...grant("Odd", stack.outputs.readerArn),
          Condition: { DateLessThan: { "aws:CurrentTime": "2030-01-01" } },
        },
      ]),
    finds: only("bucket-policy-unreadable", /DateLessThan/),
  },
  {
    name: "a bucket allows public access",
    breaks: ({ clients }) =>
      clients.s3.send(
        new s3.PutPublicAccessBlockCommand({
          Bucket,
          PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true },
        }),
      ),
    finds: only("bucket-public-access", /^BlockPublicPolicy, RestrictPublicBuckets must be on$/),
  },
  {
    name: "a bucket has no public access block",
    breaks: ({ clients }) => clients.s3.send(new s3.DeletePublicAccessBlockCommand({ Bucket })),
    finds: only("bucket-public-access", /^BlockPublicAcls, BlockPublicPolicy, IgnorePublicAcls/),
  },
  {
    name: "a bucket is not encrypted by default",
    breaks: ({ clients }) => clients.s3.send(new s3.DeleteBucketEncryptionCommand({ Bucket })),
    finds: only("bucket-unencrypted", /it has no default encryption/),
  },
  {
    name: "a bucket encrypts with a KMS key",
    breaks: ({ clients }) =>
      clients.s3.send(
        new s3.PutBucketEncryptionCommand({
          Bucket,
          ServerSideEncryptionConfiguration: {
            Rules: [
              { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: "key-1" } },
            ],
          },
        }),
      ),
    finds: only("bucket-kms", /with aws:kms and key-1: the reader has no policy of its own/),
  },
  {
    name: "a bucket keeps no versions",
    breaks: ({ clients }) =>
      clients.s3.send(
        new s3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } }),
      ),
    finds: only("bucket-unversioned", /its versioning is Suspended, not Enabled/),
  },
  {
    name: "a bucket's ACLs count",
    breaks: ({ clients }) => clients.s3.send(new s3.DeleteBucketOwnershipControlsCommand({ Bucket })),
    finds: only("bucket-acls", /its object ownership is not set, so ACLs still apply/),
  },
];
