export const ways = ["endpoint", "other endpoint", "internet"] as const;
/** How a call reaches S3: through this stack's endpoint, through somebody else's, or without any. */
export type Way = (typeof ways)[number];

/** What people ask; each stands for every API action that comes to the same. `configure` guards the guards. */
export const verbs = ["list", "get", "put", "delete"] as const;
export type Verb = (typeof verbs)[number] | "configure";

/** One action of the S3 API. */
export interface DataAction {
  readonly action: string;
  readonly verb: Verb;
  readonly on: "bucket" | "objects";
  /** The access that gives it to the reader; `never` for what it has no need of. */
  readonly givenBy: "read" | "readWrite" | "never";
}

export const dataActions: readonly DataAction[] = [
  { action: "s3:ListBucket", verb: "list", on: "bucket", givenBy: "read" },
  { action: "s3:ListBucketVersions", verb: "list", on: "bucket", givenBy: "never" },
  { action: "s3:ListBucketMultipartUploads", verb: "list", on: "bucket", givenBy: "never" },
  { action: "s3:GetObject", verb: "get", on: "objects", givenBy: "read" },
  { action: "s3:GetObjectVersion", verb: "get", on: "objects", givenBy: "never" },
  { action: "s3:GetObjectTagging", verb: "get", on: "objects", givenBy: "never" },
  { action: "s3:PutObject", verb: "put", on: "objects", givenBy: "readWrite" },
  { action: "s3:AbortMultipartUpload", verb: "put", on: "objects", givenBy: "readWrite" },
  { action: "s3:ListMultipartUploadParts", verb: "put", on: "objects", givenBy: "never" },
  { action: "s3:PutObjectAcl", verb: "put", on: "objects", givenBy: "never" },
  { action: "s3:RestoreObject", verb: "put", on: "objects", givenBy: "never" },
  { action: "s3:DeleteObject", verb: "delete", on: "objects", givenBy: "readWrite" },
  { action: "s3:DeleteObjectVersion", verb: "delete", on: "objects", givenBy: "never" },
  { action: "s3:PutBucketPolicy", verb: "configure", on: "bucket", givenBy: "never" },
];
