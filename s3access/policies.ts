/**
 * The policies of the bucket and of the endpoint, a function per statement. Plain strings in, plain JSON out: the
 * components lift them over outputs once.
 */

export type Access = "read" | "readWrite";

/** Whether the bucket only lets the reader in through the endpoint, or also keeps everybody else out. */
export type Perimeter =
  | { readonly kind: "allow" }
  | {
      readonly kind: "enforced";
      /** IAM users and roles that keep their own access from anywhere, those who deploy among them. */
      readonly exemptArns: readonly string[];
    };

export interface BucketPolicyArgs {
  readonly bucketArn: string;
  readonly readerArn: string;
  readonly endpointId: string;
  readonly access: Access;
  readonly perimeter: Perimeter;
  /** How long a presigned URL works at most, in minutes, whoever signed it. */
  readonly presignedUrlMinutes: number;
}

export interface EndpointPolicyArgs {
  readonly readerArn: string;
  readonly buckets: readonly { readonly arn: string; readonly access: Access }[];
}

export type Statement = StatementOf<"Action"> | StatementOf<"NotAction">;

type StatementOf<Actions extends "Action" | "NotAction"> = {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal: "*" | { readonly AWS: string } | { readonly Service: string };
  readonly Resource: readonly string[] | string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
} & Readonly<Record<Actions, readonly string[] | string>>;

export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

const readActions = ["s3:GetObject"];
const writeActions = ["s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"];

/** An endpoint's policy may be no longer. @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html */
export const endpointPolicyMaxLength = 20_480;

/** 20 KB; the text has ASCII only. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html */
export const bucketPolicyMaxLength = 20_480;

export function bucketPolicy(args: BucketPolicyArgs): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      allowReaderToList(args),
      allowReaderToUseObjects(args),
      denyInsecureTransport(args),
      denyOldSignatures(args),
      denySignatureVersion2(args),
      denyReaderSessions(args),
      ...(args.perimeter.kind === "enforced"
        ? [denyDataOutsideEndpoint(args, args.perimeter.exemptArns)]
        : []),
    ],
  };
}

function allowReaderToList(args: BucketPolicyArgs): Statement {
  return {
    Sid: "AllowReaderToListThroughEndpoint",
    Effect: "Allow",
    Principal: { AWS: args.readerArn },
    Action: "s3:ListBucket",
    Resource: args.bucketArn,
    Condition: onlyThrough(args.endpointId),
  };
}

function allowReaderToUseObjects(args: BucketPolicyArgs): Statement {
  return {
    Sid: args.access === "read" ? "AllowReaderToGetThroughEndpoint" : "AllowReaderToGetAndPutThroughEndpoint",
    Effect: "Allow",
    Principal: { AWS: args.readerArn },
    Action: objectActions(args.access),
    Resource: `${args.bucketArn}/*`,
    Condition: onlyThrough(args.endpointId),
  };
}

export function denyInsecureTransport(args: Pick<BucketPolicyArgs, "bucketArn">): Statement {
  return {
    Sid: "DenyInsecureTransport",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [args.bucketArn, `${args.bucketArn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/**
 * S3 counts in milliseconds from the signature's date. Only presigned URLs and forms have an age; a request that is signed
 * in its header is refused after 15 minutes anyway.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html
 */
function denyOldSignatures(args: BucketPolicyArgs): Statement {
  return {
    Sid: "DenyOldSignatures",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [args.bucketArn, `${args.bucketArn}/*`],
    Condition: { NumericGreaterThan: { "s3:signatureAge": String(args.presignedUrlMinutes * 60_000) } },
  };
}

/** Its age is always 0, and some regions still accept it, so that a URL signed with it would work for years. */
function denySignatureVersion2(args: BucketPolicyArgs): Statement {
  return {
    Sid: "DenySignatureVersion2",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [args.bucketArn, `${args.bucketArn}/*`],
    Condition: { StringEquals: { "s3:signatureversion": "AWS" } },
  };
}

/**
 * Whoever holds the reader's key can ask STS for a session, which lives for up to 36 hours and does not end with the key.
 * Only temporary credentials have a time of issue. Clients sign with the key itself.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-tokenissuetime
 */
function denyReaderSessions(args: BucketPolicyArgs): Statement {
  return {
    Sid: "DenyReaderSessions",
    Effect: "Deny",
    // As in the Allows: whoever they mean, this means as well.
    Principal: { AWS: args.readerArn },
    Action: "s3:*",
    Resource: [args.bucketArn, `${args.bucketArn}/*`],
    Condition: { Null: { "aws:TokenIssueTime": "false" } },
  };
}

/**
 * What the perimeter leaves to the account's own policies: to repair the bucket's policy, so that nobody is locked out for
 * good, and to read the configuration, as verify, AWS Config and Security Hub do. Each action by its name: a pattern would
 * let in what AWS adds later.
 */
export const leftToTheAccount: readonly string[] = [
  "s3:DeleteBucketPolicy",
  "s3:GetAccelerateConfiguration",
  "s3:GetAnalyticsConfiguration",
  "s3:GetBucketAbac",
  "s3:GetBucketAcl",
  "s3:GetBucketCORS",
  "s3:GetBucketLocation",
  "s3:GetBucketLogging",
  "s3:GetBucketMetadataTableConfiguration",
  "s3:GetBucketNotification",
  "s3:GetBucketObjectLockConfiguration",
  "s3:GetBucketOwnershipControls",
  "s3:GetBucketPolicy",
  "s3:GetBucketPolicyStatus",
  "s3:GetBucketPublicAccessBlock",
  "s3:GetBucketRequestPayment",
  "s3:GetBucketTagging",
  "s3:GetBucketVersioning",
  "s3:GetBucketWebsite",
  "s3:GetEncryptionConfiguration",
  "s3:GetIntelligentTieringConfiguration",
  "s3:GetInventoryConfiguration",
  "s3:GetLifecycleConfiguration",
  "s3:GetMetricsConfiguration",
  "s3:GetReplicationConfiguration",
  "s3:ListTagsForResource",
  "s3:PutBucketPolicy",
];

/**
 * Keeps everybody outside the endpoint from the data and from whatever moves, copies, lists or deletes it, administrators
 * and AWS's own services included: a query service acts with its caller's rights, and replication with a role's. Those who
 * deploy are exempt, because the provider's refresh lists the bucket and reads the sample object.
 */
function denyDataOutsideEndpoint(args: BucketPolicyArgs, exemptArns: readonly string[]): Statement {
  return {
    Sid: "DenyDataOutsideEndpoint",
    Effect: "Deny",
    Principal: "*",
    NotAction: leftToTheAccount,
    Resource: [args.bucketArn, `${args.bucketArn}/*`],
    Condition: {
      StringNotEquals: { "aws:SourceVpce": args.endpointId },
      ArnNotLike: { "aws:PrincipalArn": exemptArns },
    },
  };
}

/** What may pass the endpoint at all: the reader, to these buckets, to do what they allow. */
export function endpointPolicy(args: EndpointPolicyArgs): PolicyDocument {
  const readOnly = args.buckets.filter((bucket) => bucket.access === "read");
  const readWrite = args.buckets.filter((bucket) => bucket.access === "readWrite");
  return {
    Version: "2012-10-17",
    Statement: [
      {
        ...reader("AllowReaderToList", args),
        Action: "s3:ListBucket",
        Resource: args.buckets.map((bucket) => bucket.arn),
      },
      ...(readOnly.length === 0
        ? []
        : [
            {
              ...reader("AllowReaderToGet", args),
              Action: objectActions("read"),
              Resource: readOnly.map((bucket) => `${bucket.arn}/*`),
            },
          ]),
      ...(readWrite.length === 0
        ? []
        : [
            {
              ...reader("AllowReaderToGetAndPut", args),
              Action: objectActions("readWrite"),
              Resource: readWrite.map((bucket) => `${bucket.arn}/*`),
            },
          ]),
    ],
  };
}

function reader(sid: string, args: EndpointPolicyArgs) {
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: "*",
    Condition: { ArnEquals: { "aws:PrincipalArn": args.readerArn } },
  } as const;
}

function objectActions(access: Access): readonly string[] {
  return access === "read" ? readActions : [...readActions, ...writeActions];
}

/** `aws:SourceVpce` is a string, and only requests through an endpoint carry it. */
function onlyThrough(endpointId: string) {
  return { StringEquals: { "aws:SourceVpce": endpointId } };
}
