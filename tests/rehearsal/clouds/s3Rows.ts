import type { Change } from "./estates";
import { readerPolicy, s3Estate } from "./s3Estate";
import { own, planOf, withTwin, type Row } from "./refusalRows";

export const s3Rows: readonly Row[] = [
  ...["UPPER", "ab", "a..b", "192.168.0.1", "xn--data", "data-s3alias", "-data"].map((bucket) =>
    own(s3Estate, "bucket", "InvalidBucketName", { bucket }, "bucket"),
  ),
  own(s3Estate, "bucket", "InvalidBucketAclWithObjectOwnership", { acl: "public-read" }, "acl"),
  {
    title: "the same bucket twice",
    estate: withTwin(s3Estate, "bucket"),
    of: "twin",
    changes: {},
    code: "BucketAlreadyOwnedByYou",
  },
  ...["block", "ownership", "versioning", "encryption", "bucketPolicy", "lock", "object"].map((of) =>
    own(s3Estate, of, "NoSuchBucket", { bucket: "not-there" }, "bucket"),
  ),
  own(s3Estate, "ownership", "MalformedXML", { rule: { objectOwnership: "Mine" } }),
  own(s3Estate, "versioning", "MalformedXML", { versioningConfiguration: { status: "On" } }),
  ...[{ days: 30, years: 1 }, {}].map((period) =>
    own(s3Estate, "lock", "MalformedXML", { rule: { defaultRetention: { mode: "GOVERNANCE", ...period } } }),
  ),
  own(s3Estate, "lock", "InvalidArgument", { rule: { defaultRetention: { mode: "GOVERNANCE", days: 0 } } }),
  {
    title: "a lock without versioning",
    estate: s3Estate,
    of: "lock",
    changes: { versioning: { versioningConfiguration: { status: "Suspended" } } },
    code: "InvalidBucketState",
  },
  own(s3Estate, "encryption", "MalformedXML", {
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES" } }],
  }),
  own(s3Estate, "encryption", "InvalidArgument", {
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256", kmsMasterKeyId: "key" } }],
  }),
  own(
    s3Estate,
    "object",
    "BadRequest",
    { tags: Object.fromEntries(Array.from("abcdefghijk", (key) => [key, "v"])) },
    "tags",
  ),
  own(s3Estate, "bucket", "InvalidBucketName", { bucket: "data-123456789012-eu-west-1-an" }, "bucket"),
  own(s3Estate, "object", "KeyTooLongError", { key: "k".repeat(1025) }, "key"),
  own(s3Estate, "object", "AccessControlListNotSupported", { acl: "private" }, "acl"),
  own(s3Estate, "object", "ConflictsWith", { contentBase64: "aGVsbG8=" }),
  own(s3Estate, "bucketPolicy", "MalformedPolicy", { policy: "not JSON" }),
  own(s3Estate, "bucketPolicy", "MalformedPolicy", {
    policy: readerPolicy("data-of-the-test", "arn:aws:iam::123456789012:user/nobody"),
  }),
  own(s3Estate, "bucketPolicy", "MalformedPolicy", { policy: readerPolicy("data-of-the-test", "somebody") }),
  own(s3Estate, "bucketPolicy", "MalformedPolicy", { policy: readerPolicy("another-bucket", "*") }),
  ...[
    { Version: "2020-01-01" },
    { Action: "ec2:RunInstances" },
    { Principal: undefined },
    { Resource: undefined },
    { Action: undefined },
    { Effect: "allow" },
    { Conditions: {} },
    { Condition: { StringIs: { "aws:SourceVpce": "vpce-0123" } } },
    { Condition: { StringEquals: { SourceVpce: "vpce-0123" } } },
    { Sid: "x".repeat(20480) },
  ].map((change) => own(s3Estate, "bucketPolicy", "MalformedPolicy", bucketPolicyOf(change), "policy")),
  ...[
    {},
    { Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-0123" } } },
    { Condition: { StringLike: { "aws:SourceVpce": "vpce-*" } } },
    { Condition: { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } } },
  ].map((change) => own(s3Estate, "bucketPolicy", "AccessDenied", bucketPolicyOf(change), "policy")),
  own(s3Estate, "reader", "ValidationError", { name: "with space" }, "name"),
  own(s3Estate, "reader", "ValidationError", { path: "readers" }, "path"),
  {
    title: "two users of one name",
    estate: withTwin(s3Estate, "reader"),
    of: "twin",
    changes: { reader: { name: "reader" }, twin: { name: "reader" } },
    code: "EntityAlreadyExists",
  },
  own(s3Estate, "readerKey", "NoSuchEntity", { user: "nobody" }, "user"),
  own(s3Estate, "readerKey", "ValidationError", { status: "On" }, "status"),
  {
    title: "a third access key",
    estate: { ...withTwin(s3Estate, "readerKey"), third: planOf(s3Estate, "readerKey") },
    of: "third",
    changes: {},
    code: "LimitExceeded",
  },
  own(s3Estate, "password", "InvalidAttributeValue", { length: 0 }, "length"),
  own(s3Estate, "password", "InvalidAttributeValue", { length: 3, minLower: 2, minUpper: 2 }, "length"),
];

function bucketPolicyOf(change: object): Change {
  const { Version = "2012-10-17", ...others } = change as { Version?: string };
  const resource = "arn:aws:s3:::data-of-the-test/*";
  const statement = {
    Effect: "Allow",
    Principal: "*",
    Action: "s3:GetObject",
    Resource: resource,
    ...others,
  };
  return { policy: JSON.stringify({ Version, Statement: [statement] }) };
}
