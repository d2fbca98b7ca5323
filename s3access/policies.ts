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
}

export interface EndpointPolicyArgs {
  readonly readerArn: string;
  readonly buckets: readonly { readonly arn: string; readonly access: Access }[];
}

export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal: "*" | { readonly AWS: string } | { readonly Service: string };
  readonly Action: readonly string[] | string;
  readonly Resource: readonly string[] | string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

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
 * Keeps the data from everybody outside the endpoint, administrators included. It names data actions only: those who may
 * change the bucket's policy still can, so nobody is locked out for good. The provider's own refresh lists the bucket
 * and reads the sample object, which is why those who deploy are exempt.
 */
function denyDataOutsideEndpoint(args: BucketPolicyArgs, exemptArns: readonly string[]): Statement {
  return {
    Sid: "DenyDataOutsideEndpoint",
    Effect: "Deny",
    Principal: "*",
    Action: [
      "s3:GetObject*",
      "s3:PutObject*",
      "s3:DeleteObject*",
      "s3:RestoreObject",
      "s3:UpdateObjectEncryption",
      "s3:ListBucket*",
      "s3:ListObject*",
      "s3:ListMultipartUploadParts",
      "s3:AbortMultipartUpload",
    ],
    Resource: [args.bucketArn, `${args.bucketArn}/*`],
    Condition: {
      StringNotEquals: { "aws:SourceVpce": args.endpointId },
      ArnNotLike: { "aws:PrincipalArn": exemptArns },
      // AWS's own services acting for the account, as in replication or analytics.
      BoolIfExists: { "aws:ViaAWSService": "false", "aws:PrincipalIsAWSService": "false" },
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
