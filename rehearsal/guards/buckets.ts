import { readerOf } from "../access/reader";
import { concurrentPairs, waitsFor } from "../estate/dependencies";
import { bucketName } from "../estate/logDeliveries";
import type { Estate } from "../estate/estate";
import type { Props, RecordedResource, Value } from "../model/recording";
import { awsTypes, isAws, partsOf, type ResourceType } from "../model/resourceTypes";
import { isTrue, number, text } from "../model/values";
import { guard, guardAt, never, theStack } from "./guard";

/** What must stand beside every bucket, exactly once, and what it must say. */
const companions: readonly {
  readonly type: ResourceType;
  readonly what: string;
  readonly isStrong: (inputs: Props) => boolean;
  readonly fix: string;
}[] = [
  {
    type: awsTypes.bucketPublicAccessBlock,
    what: "block of public access",
    isStrong: (inputs) =>
      ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"].every(
        (property) => isTrue(inputs, property),
      ),
    fix: "set all four of its settings to true",
  },
  {
    type: awsTypes.bucketOwnershipControls,
    what: "ownership control",
    isStrong: (inputs) => text(inputs, "rule.objectOwnership") === "BucketOwnerEnforced",
    fix: "set objectOwnership to BucketOwnerEnforced, so that no ACL grants anything",
  },
  {
    type: awsTypes.bucketVersioning,
    what: "versioning",
    isStrong: (inputs) => text(inputs, "versioningConfiguration.status") === "Enabled",
    fix: "set its status to Enabled, so that an overwritten object is not lost",
  },
  {
    type: awsTypes.bucketServerSideEncryptionConfiguration,
    what: "encryption",
    isStrong: (inputs) => text(inputs, "rules.applyServerSideEncryptionByDefault.sseAlgorithm") === "AES256",
    fix: "set sseAlgorithm to AES256: a user without a policy could not use a KMS key",
  },
  {
    type: awsTypes.bucketPolicy,
    what: "policy",
    isStrong: (inputs) => text(inputs, "policy") !== undefined,
    fix: "give it the bucket's policy",
  },
];

export const bucketGuards = [
  ...companions.flatMap(({ type, what, isStrong, fix }) => [
    guard({
      of: bucketsOf,
      holds: (bucket, estate) => beside(estate, bucket, type).length > 0,
      problem: `the bucket has no ${what}`,
      fix: `add one: ${fix}`,
    }),
    guardAt({
      of: (estate) =>
        bucketsOf(estate).flatMap((bucket) =>
          beside(estate, bucket, type).map((one, index) => ({ one, index, bucket })),
        ),
      holds: ({ index }) => index !== 1,
      at: ({ one }) => one,
      problem: `the bucket has more than one ${what}`,
      fix: "keep one",
      others: ({ bucket }) => [bucket],
    }),
    guardAt({
      of: (estate) =>
        bucketsOf(estate).flatMap((bucket) => {
          const [only, second] = beside(estate, bucket, type);
          return only === undefined || second !== undefined ? [] : [{ only, bucket }];
        }),
      holds: ({ only }) => isStrong(only.inputs),
      at: ({ only }) => only,
      problem: `the bucket's ${what} is weaker than it must be`,
      fix,
      others: ({ bucket }) => [bucket],
    }),
  ]),
  // Calls at once end in OperationAborted: terraform-provider-aws #7628, #33552.
  guardAt({
    of: (estate) =>
      bucketsOf(estate).flatMap((bucket) =>
        concurrentPairs(
          estate,
          [
            ...companions.map(({ type }) => type),
            awsTypes.bucketLogging,
            awsTypes.bucketLifecycleConfiguration,
            awsTypes.bucketObjectLockConfiguration,
          ].flatMap((type) => beside(estate, bucket, type).map(({ urn }) => urn)),
        ),
      ),
    holds: never,
    at: ([, urn]) => ({ urn }),
    problem: "may change the bucket at the same time as another setting (OperationAborted)",
    fix: "chain them with dependsOn",
    others: ([urn]) => [{ urn }],
  }),
  // A lock for every bucket that is to have one, and for no other: it can never be taken off what it has locked.
  guardAt({
    of: (estate, { lockDays }) =>
      bucketsOf(estate).flatMap((bucket) => {
        const days = lockDays.get(keyOf(estate, bucket) ?? "");
        const locks = beside(estate, bucket, awsTypes.bucketObjectLockConfiguration);
        return days === undefined && locks.length === 0 ? [] : [{ bucket, days, locks }];
      }),
    holds: ({ days, locks: [lock, second] }) =>
      second === undefined &&
      text(lock?.inputs, "rule.defaultRetention.mode") === "GOVERNANCE" &&
      number(lock?.inputs, "rule.defaultRetention.days") === days &&
      days !== undefined,
    at: ({ bucket, locks: [lock] }) => lock ?? bucket,
    problem: "the bucket locks what is written otherwise than its lockDays says",
    fix: "lock it once, in GOVERNANCE mode, for so many days",
    others: ({ bucket }) => [bucket],
  }),
  guard({
    of: bucketsOf,
    holds: ({ inputs }) => !isTrue(inputs, "forceDestroy"),
    problem: "a teardown would delete the data with the bucket",
    fix: "leave forceDestroy false",
  }),
  guard({
    of: () => [theStack],
    holds: (_, estate) => bucketsOf(estate).length > 0,
    problem: "there is no bucket",
    fix: "configure at least one",
  }),
  // The reader is an IAM user with a key and nothing else.
  guardAt({
    of: (estate) => [[...keysOf(estate), ...estate.ofType(awsTypes.user)]],
    holds: (_, estate) => readerOf(estate) !== undefined,
    at: ([first]) => first ?? theStack,
    problem: "no IAM user of the stack holds an access key",
    fix: "give the reader one",
  }),
  guard({
    of: keysOf,
    holds: ({ inputs }) => (text(inputs, "status") ?? "Active") === "Active",
    problem: "the reader's access key is not active",
    fix: "leave its status Active",
  }),
  guard({
    of: ({ resources }) => resources.filter(({ type }) => isAws(type) && partsOf(type).module === "iam"),
    holds: ({ type }) => type === awsTypes.user || type === awsTypes.accessKey,
    problem: "grants rights beside the bucket policies",
    fix: "remove it: the reader has no policy of its own",
  }),
  guard({
    of: (estate) => estate.ofType(awsTypes.user),
    holds: ({ inputs }) =>
      text(inputs, "permissionsBoundary") === undefined && !isTrue(inputs, "forceDestroy"),
    problem: "the reader is more than a plain user",
    fix: "remove its boundary and forceDestroy",
  }),
  guardAt({
    of: (estate, { switches }) => (switches.has("sampleObject") ? [estate.dataBuckets] : []),
    holds: (_, estate) => objectsOf(estate).length > 0,
    at: ([bucket]) => bucket ?? theStack,
    problem: "there is no sample object to list and get",
    fix: "create it, or set sampleObject to false",
  }),
  guard({
    of: objectsOf,
    holds: ({ inputs }, { dataBuckets }) =>
      dataBuckets.map(bucketName).includes(text(inputs, "bucket") ?? ""),
    problem: "the sample object is in no bucket of this stack",
    fix: "put it into the first bucket",
  }),
  // Created before versioning it would have no version of its own to delete at a teardown.
  guard({
    of: objectsOf,
    holds: (object, estate) => {
      const waits = waitsFor(estate, object.urn);
      return estate
        .ofType(awsTypes.bucketVersioning)
        .some(({ urn, inputs }) => inputs["bucket"] === object.inputs["bucket"] && waits.has(urn));
    },
    problem: "does not wait for versioning",
    fix: "name it in dependsOn",
  }),
  guard({
    of: objectsOf,
    holds: ({ inputs }) => text(inputs, "acl") === undefined,
    problem: "the object has an ACL",
    fix: "leave it out: the bucket's owner owns everything",
  }),
];

function bucketsOf(estate: Estate): readonly RecordedResource[] {
  return estate.ofType(awsTypes.bucket);
}

function keysOf(estate: Estate): readonly RecordedResource[] {
  return estate.ofType(awsTypes.accessKey);
}

function objectsOf(estate: Estate): readonly RecordedResource[] {
  return estate.ofType(awsTypes.bucketObjectv2);
}

/** Its name in the settings; undefined for a bucket that holds no data. */
function keyOf({ outputs }: Estate, bucket: RecordedResource): string | undefined {
  return Object.entries(outputs["buckets"] ?? {}).find(
    ([, entry]) => text(entry as Value, "bucketName") === bucketName(bucket),
  )?.[0];
}

function beside(estate: Estate, bucket: RecordedResource, type: ResourceType): readonly RecordedResource[] {
  return estate.ofBucket(type, text(bucket.outputs, "bucket"));
}
