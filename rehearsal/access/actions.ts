import { bucketActions, objectActions, otherActions } from "../iam/s3Actions";

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
  /** `neither`: the account, access points and the like, which no bucket's policy speaks of. */
  readonly on: "bucket" | "objects" | "neither";
  /** The access that gives it to the reader; `never` for what it has no need of. */
  readonly givenBy: "read" | "readWrite" | "never";
  /** Whether an enforced perimeter keeps whoever is not exempt from it outside the endpoint. */
  readonly perimeter: "stops" | "lets";
}

const readers: Readonly<Record<string, DataAction["givenBy"]>> = {
  "s3:ListBucket": "read",
  "s3:GetObject": "read",
  "s3:PutObject": "readWrite",
  "s3:AbortMultipartUpload": "readWrite",
  "s3:DeleteObject": "readWrite",
};

/** What the tables always show, in their order: the first of a verb is what people mean by it. */
const leading = [
  "s3:ListBucket",
  "s3:ListBucketVersions",
  "s3:ListBucketMultipartUploads",
  "s3:GetObject",
  "s3:GetObjectVersion",
  "s3:GetObjectTagging",
  "s3:PutObject",
  "s3:AbortMultipartUpload",
  "s3:ListMultipartUploadParts",
  "s3:PutObjectAcl",
  "s3:RestoreObject",
  "s3:DeleteObject",
  "s3:DeleteObjectVersion",
  "s3:PutBucketPolicy",
] as const;

/**
 * What moves no data by itself, though it is done to objects: S3 replication's own rights, which only a role that S3 itself
 * assumes can use, and rights that add nothing without a right to delete or to write.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html#object-lock-managing-bypass
 */
const movesNoData = [
  "s3:InitiateReplication",
  "s3:GetObjectVersionForReplication",
  "s3:GetObjectVersionAnnotationForReplication",
  "s3:ObjectOwnerOverrideToBucketOwner",
  "s3:ReplicateDelete",
  "s3:ReplicateObject",
  "s3:ReplicateObjectAnnotation",
  "s3:ReplicateTags",
  "s3:BypassGovernanceRetention",
];

const dataOfBuckets = ["s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads"];

function isObjectAction(action: string): boolean {
  return (objectActions as readonly string[]).includes(action);
}

function dataAction(action: string, on: DataAction["on"]): DataAction {
  const data = !movesNoData.includes(action) && (on === "objects" || dataOfBuckets.includes(action));
  return {
    action,
    on,
    verb: data ? verbOf(action) : "configure",
    givenBy: readers[action] ?? "never",
    perimeter: on === "neither" || isLeftToTheAccount(action, on) ? "lets" : "stops",
  };
}

/** Whoever administers the account can repair a bucket's policy and read how the bucket is set up, and nothing else. */
function isLeftToTheAccount(action: string, on: DataAction["on"]): boolean {
  const repairs = ["s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "s3:ListTagsForResource"];
  return on === "bucket" && (action.startsWith("s3:Get") || repairs.includes(action));
}

/** By the action's first word; what is neither read nor deleted writes. */
function verbOf(action: string): Exclude<Verb, "configure"> {
  if (action === "s3:ListMultipartUploadParts") return "put";
  const [, word = ""] = /^s3:([A-Z][a-z]+)/.exec(action) ?? [];
  if (word === "List") return "list";
  if (word === "Get") return "get";
  return word === "Delete" ? "delete" : "put";
}

export const leadingActions: readonly DataAction[] = leading.map((action) =>
  dataAction(action, isObjectAction(action) ? "objects" : "bucket"),
);

/** All that S3 knows, those that lead first. */
export const allActions: readonly DataAction[] = [
  ...leadingActions,
  ...[
    ...objectActions.map((action) => dataAction(action, "objects")),
    ...bucketActions.map((action) => dataAction(action, "bucket")),
    ...otherActions.map((action) => dataAction(action, "neither")),
  ].filter(({ action }) => !(leading as readonly string[]).includes(action)),
];
