import * as s3 from "@aws-sdk/client-s3";
import { CreateAccessPointCommand } from "@aws-sdk/client-s3-control";
import type { KindName } from "../../../operations/verify/judge/findings";
import { buckets, deleteBucket, oldVersionDays, rightBucketPolicy } from "../support/deployedS3";
import type { DeployedStack } from "../support/deployedStack";
import { account } from "../support/place";
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

type Statement = { readonly Sid: string } & Readonly<Record<string, unknown>>;

/** The statement of this name with other properties. */
const changed =
  (sid: string, properties: (statement: Statement) => object) =>
  (statements: readonly { readonly Sid: string }[]) =>
    statements.map((one) => (one.Sid === sid ? { ...one, ...properties(one) } : one));

/** Of the kinds that public reports tell of: each looks right to whoever looks for statements by their names. */
const policyChanges: readonly {
  readonly name: string;
  readonly change: (statements: readonly { readonly Sid: string }[]) => readonly object[];
  readonly kind: KindName;
  readonly says: RegExp;
}[] = [
  {
    name: "gives the reader one more action",
    change: changed("AllowReaderToGetThroughEndpoint", () => ({
      Action: ["s3:GetObject", "s3:GetObjectTagging"],
    })),
    kind: "bucket-policy-lets-in",
    says: /^the reader, by the bucket policy's Allow alone, may s3:GetObjectTagging/,
  },
  {
    name: "lets an account in by its number",
    change: (all) => [...all, grant("Partner", "222233334444")],
    kind: "bucket-policy-lets-in",
    says: /account 222233334444/,
  },
  {
    name: "exempts one more principal from the perimeter",
    change: changed("DenyDataOutsideEndpoint", ({ Condition }) => ({
      Condition: {
        ...(Condition as object),
        ArnNotLike: {
          "aws:PrincipalArn": [
            "arn:aws:iam::123456789012:role/deployer",
            "arn:aws:iam::123456789012:role/dev-*",
          ],
        },
      },
    })),
    kind: "bucket-perimeter-open",
    says: /role\/dev-.* as an administrator may/,
  },
  {
    name: "exempts another VPC from the perimeter",
    change: changed("DenyDataOutsideEndpoint", ({ Condition }) => ({
      Condition: {
        ...(Condition as object),
        StringNotEqualsIfExists: { "aws:SourceVpc": "vpc-0123456789abcdef0" },
      },
    })),
    kind: "bucket-perimeter-open",
    says: /vpc-0123456789abcdef0/,
  },
  {
    name: "has its perimeter on a prefix only",
    change: changed("DenyDataOutsideEndpoint", () => ({ Resource: `arn:aws:s3:::${Bucket}/secret/*` })),
    kind: "bucket-perimeter-open",
    says: /^an administrator may/,
  },
  {
    name: "has a perimeter that can never apply",
    change: changed("DenyDataOutsideEndpoint", ({ Condition }) => ({
      Condition: {
        ...(Condition as object),
        StringEquals: { "aws:SourceVpce": "vpce-0fedcba9876543210" },
        Null: { "aws:SourceVpce": "true" },
      },
    })),
    kind: "bucket-perimeter-open",
    says: /^an administrator may/,
  },
  {
    name: "exempts what a service does for somebody from the perimeter",
    change: changed("DenyDataOutsideEndpoint", ({ Condition }) => ({
      Condition: { ...(Condition as object), BoolIfExists: { "aws:ViaAWSService": "false" } },
    })),
    kind: "bucket-perimeter-open",
    says: /^a query service for an administrator may/,
  },
  {
    name: "lets presigned URLs live for a day",
    change: changed("DenyOldSignatures", () => ({
      Condition: { NumericGreaterThan: { "s3:signatureAge": "86400000" } },
    })),
    kind: "bucket-presigned-urls",
    says: /^a presigned URL of the reader, more than 60 minutes old/,
  },
  {
    name: "lets sessions of the reader in, which outlive its key",
    change: without("DenyReaderSessions"),
    kind: "bucket-reader-sessions",
    says: /^a session of the reader may s3:ListBucket.* through the endpoint/,
  },
  {
    name: "denies plain HTTP for one action only",
    change: changed("DenyInsecureTransport", () => ({ Action: "s3:GetObject" })),
    kind: "bucket-without-tls",
    says: /s3:ListBucket.* without TLS/,
  },
  {
    name: "names a user that was deleted",
    change: (all) => [...all, grant("Gone", "AIDAEXAMPLEDELETEDXYZ")],
    kind: "policy-names-deleted",
    says: /Gone of the bucket policy names AIDAEXAMPLEDELETEDXYZ/,
  },
];

const old = { NoncurrentVersionExpiration: { NoncurrentDays: oldVersionDays } };
const rule = { ID: "expire-old-versions", Status: "Enabled", Filter: { Prefix: "" } } as const;

const lifecycleChanges: readonly {
  readonly name: string;
  readonly rules: readonly s3.LifecycleRule[];
  readonly says: RegExp;
}[] = [
  {
    name: "deletes objects after a day",
    rules: [{ ...rule, ...old, Expiration: { Days: 1 } }],
    says: /^its rule expire-old-versions deletes objects after 1 days$/,
  },
  {
    name: "deletes objects at a date",
    rules: [{ ...rule, ...old, Expiration: { Date: new Date("2030-01-01T00:00:00Z") } }],
    says: /^its rule expire-old-versions deletes objects after 2030-01-01T/,
  },
  {
    name: "keeps old versions for a day",
    rules: [{ ...rule, NoncurrentVersionExpiration: { NoncurrentDays: 1 } }],
    says: /^its rule expire-old-versions keeps old versions for 1 days, not 30$/,
  },
  {
    name: "moves objects to another class",
    rules: [{ ...rule, ...old, Transitions: [{ Days: 1, StorageClass: "DEEP_ARCHIVE" }] }],
    says: /^its rule expire-old-versions moves objects to DEEP_ARCHIVE$/,
  },
  {
    name: "has another rule",
    rules: [{ ...rule, ...old, ID: "cleanup" }],
    says: /^its rule cleanup is none of the stack's$/,
  },
  { name: "keeps old versions for ever", rules: [], says: /^it keeps old versions for ever, not 30 days$/ },
];

const notifications = `<NotificationConfiguration>
  <TopicConfiguration><Id>1</Id><Topic>arn:aws:sns:ap-northeast-1:123456789012:told</Topic><Event>s3:ObjectCreated:*</Event></TopicConfiguration>
  <QueueConfiguration><Id>2</Id><Queue>arn:aws:sqs:ap-northeast-1:123456789012:told</Queue><Event>s3:ObjectCreated:*</Event></QueueConfiguration>
  <CloudFunctionConfiguration><Id>3</Id><CloudFunction>arn:aws:lambda:ap-northeast-1:123456789012:function:told</CloudFunction><Event>s3:ObjectCreated:*</Event></CloudFunctionConfiguration>
  <EventBridgeConfiguration/>
</NotificationConfiguration>`;

const lock = (mode: string, days: number) =>
  `<ObjectLockConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>${mode}</Mode><Days>${days}</Days></DefaultRetention></Rule></ObjectLockConfiguration>`;

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
    finds: only(
      "bucket-policy-shuts-out",
      /the reader may not s3:ListBucket on reports-of-the-tests through the endpoint/,
    ),
  },
  {
    name: "a bucket's policy lets another user in",
    breaks: (stack) =>
      bucketPolicyWith(stack, (all) => [...all, grant("Backdoor", "arn:aws:iam::123456789012:user/mallory")]),
    finds: only(
      "bucket-policy-lets-in",
      /^user\/mallory, by the bucket policy's Allow alone, may s3:GetObject on reports-of-the-tests .*: Backdoor of the bucket policy allows it/,
    ),
  },
  {
    name: "a bucket's policy lets plain HTTP in",
    breaks: (stack) => bucketPolicyWith(stack, without("DenyInsecureTransport")),
    finds: only(
      "bucket-without-tls",
      /^the reader may s3:ListBucket, s3:GetObject on reports-of-the-tests .* without TLS: /,
    ),
  },
  {
    name: "a bucket's perimeter is gone",
    breaks: (stack) => bucketPolicyWith(stack, without("DenyDataOutsideEndpoint")),
    finds: only("bucket-perimeter-open", /^an administrator may s3:ListBucket, .* from the internet/),
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
  ...policyChanges.map(({ name, change, kind, says }): Wrong => ({
    name: `a bucket's policy ${name}`,
    breaks: (stack) => bucketPolicyWith(stack, change),
    finds: only(kind, says),
  })),
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
  {
    name: "a bucket is replicated",
    breaks: ({ clients }) =>
      clients.s3.send(
        new s3.PutBucketReplicationCommand({
          Bucket,
          ReplicationConfiguration: {
            Role: "arn:aws:iam::123456789012:role/copies",
            Rules: [
              {
                ID: "copy",
                Status: "Enabled",
                Priority: 1,
                Filter: { Prefix: "" },
                DeleteMarkerReplication: { Status: "Disabled" },
                Destination: { Bucket: "arn:aws:s3:::somebody-elses" },
              },
            ],
          },
        }),
      ),
    finds: only("bucket-replicated", /^S3 copies its objects: copy to arn:aws:s3:::somebody-elses$/),
  },
  {
    name: "a bucket has an inventory",
    breaks: ({ clients }) =>
      clients.s3.send(
        new s3.PutBucketInventoryConfigurationCommand({
          Bucket,
          Id: "weekly",
          InventoryConfiguration: {
            Id: "weekly",
            IsEnabled: true,
            IncludedObjectVersions: "All",
            Schedule: { Frequency: "Weekly" },
            Destination: { S3BucketDestination: { Bucket: "arn:aws:s3:::somebody-elses", Format: "CSV" } },
          },
        }),
      ),
    finds: only("bucket-listed", /^S3 lists its objects: weekly to arn:aws:s3:::somebody-elses$/),
  },
  {
    name: "buckets are written into metadata tables",
    breaks: ({ aws }) =>
      // moto has none, and answers with a list of the bucket.
      aws.tampers.set(
        "s3:GetBucketMetadataTableConfiguration",
        () =>
          "<GetBucketMetadataConfigurationResult><MetadataConfigurationResult><DestinationResult><TableBucketArn>arn:aws:s3tables:ap-northeast-1:123456789012:bucket/aws-s3</TableBucketArn></DestinationResult></MetadataConfigurationResult></GetBucketMetadataConfigurationResult>",
      ),
    // The answer is the same for each bucket.
    finds: [
      { kind: "bucket-in-metadata-table", says: /^S3 writes what it holds into arn:aws:s3tables:\S+aws-s3$/ },
      { kind: "bucket-in-metadata-table", says: /s3tables/ },
      { kind: "bucket-in-metadata-table", says: /s3tables/ },
    ],
  },
  {
    name: "buckets notify",
    breaks: ({ aws }) => aws.tampers.set("s3:GetBucketNotification", () => notifications),
    finds: [
      {
        kind: "bucket-notifies",
        says: /^S3 tells of its objects: arn:aws:sns:\S+:told, arn:aws:sqs:\S+:told, arn:aws:lambda:\S+:told, EventBridge$/,
      },
      { kind: "bucket-notifies", says: /EventBridge/ },
      { kind: "bucket-notifies", says: /EventBridge/ },
    ],
  },
  {
    name: "a bucket has an access point",
    breaks: ({ clients }) =>
      clients.s3Control.send(new CreateAccessPointCommand({ AccountId: account, Name: "side-door", Bucket })),
    finds: only("bucket-has-access-points", /^it has the access points side-door \(Internet\)$/),
  },
  {
    name: "buckets are locked",
    breaks: ({ aws }) =>
      // moto locks no bucket that has objects.
      aws.tampers.set("s3:GetBucketObjectLockConfiguration", () => lock("COMPLIANCE", 3650)),
    finds: [
      { kind: "bucket-locked", says: /^object lock is on, with COMPLIANCE retention for 3650 days$/ },
      { kind: "bucket-locked", says: /COMPLIANCE/ },
      { kind: "bucket-locked", says: /COMPLIANCE/ },
    ],
  },
  {
    name: "a bucket locks nothing, though the stack wants it",
    breaks: ({ outputs }) => Object.assign(outputs.buckets["reports"] ?? {}, { lockDays: 30 }),
    finds: only("bucket-lock-differs", /^its object lock is off, not GOVERNANCE retention for 30 days$/),
  },
  {
    name: "a bucket locks for fewer days than the stack wants",
    breaks: ({ aws, outputs }) => {
      Object.assign(outputs.buckets["reports"] ?? {}, { lockDays: 30 });
      aws.tampers.set("s3:GetBucketObjectLockConfiguration", () => lock("GOVERNANCE", 7));
    },
    finds: [
      { kind: "bucket-lock-differs", says: /GOVERNANCE retention for 7 days, not .* for 30 days$/ },
      { kind: "bucket-locked", says: /7 days/ },
      { kind: "bucket-locked", says: /7 days/ },
    ],
  },
  {
    name: "other buckets are locked than the one that the stack locks",
    breaks: ({ aws, outputs }) => {
      Object.assign(outputs.buckets["reports"] ?? {}, { lockDays: 30 });
      aws.tampers.set("s3:GetBucketObjectLockConfiguration", () => lock("GOVERNANCE", 30));
    },
    finds: [
      { kind: "bucket-locked", says: /30 days/ },
      { kind: "bucket-locked", says: /30 days/ },
    ],
  },
  ...lifecycleChanges.map(({ name, rules, says }): Wrong => ({
    name: `a bucket ${name}`,
    breaks: ({ clients }) =>
      rules.length === 0
        ? clients.s3.send(new s3.DeleteBucketLifecycleCommand({ Bucket }))
        : clients.s3.send(
            new s3.PutBucketLifecycleConfigurationCommand({
              Bucket,
              LifecycleConfiguration: { Rules: [...rules] },
            }),
          ),
    finds: only("bucket-lifecycle-differs", says),
  })),
  {
    name: "a bucket logs where the stack wants no access logs",
    breaks: ({ outputs }) => Object.assign(outputs, { logKinds: ["flow", "audit"] }),
    finds: [
      { kind: "bucket-logs-elsewhere", says: /its access logs go to logs-of-the-tests/ },
      { kind: "bucket-logs-elsewhere", says: /its access logs go to logs-of-the-tests/ },
      { kind: "bucket-policy-lets-in", says: /AllowAccessLogDelivery lets logging/ },
    ],
  },
];
