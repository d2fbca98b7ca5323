import { awsTypes, partsOf } from "../model/resourceTypes";
import { readerOf, type Intent } from "../access/callers";
import { concurrentPairs, waitsFor } from "../estate/dependencies";
import { isTrue, text } from "../model/values";
import type { Estate } from "../estate/estate";
import { guardFinding, type Finding } from "../model/findings";
import { dataBucketsOf, nameOf } from "../estate/logDeliveries";
import type { Props, RecordedResource } from "../model/recording";

/** What must stand beside every bucket, exactly once, and what it must say. */
const companions: readonly {
  readonly type: string;
  readonly what: string;
  readonly holds: (inputs: Props) => boolean;
  readonly fix: string;
}[] = [
  {
    type: awsTypes.bucketPublicAccessBlock,
    what: "block of public access",
    holds: (inputs) =>
      ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"].every(
        (property) => isTrue(inputs, property),
      ),
    fix: "set all four of its settings to true",
  },
  {
    type: awsTypes.bucketOwnershipControls,
    what: "ownership control",
    holds: (inputs) => text(inputs, "rule.objectOwnership") === "BucketOwnerEnforced",
    fix: "set objectOwnership to BucketOwnerEnforced, so that no ACL grants anything",
  },
  {
    type: awsTypes.bucketVersioning,
    what: "versioning",
    holds: (inputs) => text(inputs, "versioningConfiguration.status") === "Enabled",
    fix: "set its status to Enabled, so that an overwritten object is not lost",
  },
  {
    type: awsTypes.bucketServerSideEncryptionConfiguration,
    what: "encryption",
    holds: (inputs) => text(inputs, "rules.applyServerSideEncryptionByDefault.sseAlgorithm") === "AES256",
    fix: "set sseAlgorithm to AES256: a user without a policy could not use a KMS key",
  },
  {
    type: awsTypes.bucketPolicy,
    what: "policy",
    holds: (inputs) => text(inputs, "policy") !== undefined,
    fix: "give it the bucket's policy",
  },
];

export function bucketGuards(estate: Estate, intent: Intent): readonly Finding[] {
  const buckets = estate.ofType(awsTypes.bucket);
  return [
    ...buckets.flatMap((bucket) => judgeBucket(estate, bucket)),
    ...(buckets.length === 0 ? [guardFinding("", "there is no bucket", "configure at least one")] : []),
    ...readerGuards(estate),
    ...sampleGuards(estate, intent),
  ];
}

function judgeBucket(estate: Estate, bucket: RecordedResource): readonly Finding[] {
  const name = text(bucket.outputs, "bucket");
  const beside = companions.map((companion) => ({
    ...companion,
    found: estate.ofType(companion.type).filter((resource) => text(resource.inputs, "bucket") === name),
  }));
  const later = [awsTypes.bucketLogging, awsTypes.bucketLifecycleConfiguration].flatMap((type) =>
    estate.ofType(type).filter((resource) => text(resource.inputs, "bucket") === name),
  );
  const order = [...beside.flatMap(({ found }) => found), ...later].map((resource) => resource.urn);
  return [
    ...beside.flatMap(({ what, found, holds, fix }) => {
      const [only, second] = found;
      if (only === undefined) return [guardFinding(bucket, `the bucket has no ${what}`, `add one: ${fix}`)];
      if (second !== undefined)
        return [guardFinding(second, `the bucket has more than one ${what}`, "keep one", [bucket.urn])];
      return holds(only.inputs)
        ? []
        : [guardFinding(only, `the bucket's ${what} is weaker than it must be`, fix, [bucket.urn])];
    }),
    // Calls at once end in OperationAborted: terraform-provider-aws #7628, #33552.
    ...concurrentPairs(estate, order).map(([one, other]) =>
      guardFinding(
        other,
        "may change the bucket at the same time as another setting (OperationAborted)",
        "chain them with dependsOn",
        [one],
      ),
    ),
    ...(isTrue(bucket.inputs, "forceDestroy")
      ? [guardFinding(bucket, "a teardown would delete the data with the bucket", "leave forceDestroy false")]
      : []),
  ];
}

function readerGuards(estate: Estate): readonly Finding[] {
  const keys = estate.ofType(awsTypes.accessKey);
  const known: readonly string[] = [awsTypes.user, awsTypes.accessKey];
  const grants = estate.resources.filter((r) => partsOf(r.type).module === "iam" && !known.includes(r.type));
  return [
    ...(readerOf(estate) === undefined
      ? [
          guardFinding(
            keys[0] ?? estate.ofType(awsTypes.user)[0] ?? "",
            "no IAM user of the stack holds an access key",
            "give the reader one",
          ),
        ]
      : []),
    ...keys
      .filter((key) => (text(key.inputs, "status") ?? "Active") !== "Active")
      .map((key) => guardFinding(key, "the reader's access key is not active", "leave its status Active")),
    ...grants.map((grant) =>
      guardFinding(
        grant,
        "grants rights beside the bucket policies",
        "remove it: the reader has no policy of its own",
      ),
    ),
    ...estate
      .ofType(awsTypes.user)
      .filter(
        (user) =>
          text(user.inputs, "permissionsBoundary") !== undefined || isTrue(user.inputs, "forceDestroy"),
      )
      .map((user) =>
        guardFinding(user, "the reader is more than a plain user", "remove its boundary and forceDestroy"),
      ),
  ];
}

function sampleGuards(estate: Estate, intent: Intent): readonly Finding[] {
  const objects = estate.ofType(awsTypes.bucketObjectv2);
  const names = dataBucketsOf(estate).map(nameOf);
  const [bucket] = dataBucketsOf(estate);
  return [
    ...(intent.sampleObject && objects.length === 0
      ? [
          guardFinding(
            bucket ?? "",
            "there is no sample object to list and get",
            "create it, or set sampleObject to false",
          ),
        ]
      : []),
    ...objects
      .filter((object) => !names.includes(text(object.inputs, "bucket") ?? ""))
      .map((object) =>
        guardFinding(
          object,
          "the sample object is in no bucket of this stack",
          "put it into the first bucket",
        ),
      ),
    // Made before versioning it would have no version of its own to delete at a teardown.
    ...objects
      .filter((object) => {
        const waits = waitsFor(estate, object.urn);
        return !estate
          .ofType(awsTypes.bucketVersioning)
          .some(({ urn, inputs }) => inputs["bucket"] === object.inputs["bucket"] && waits.has(urn));
      })
      .map((object) => guardFinding(object, "does not wait for versioning", "name it in dependsOn")),
    ...objects
      .filter((object) => text(object.inputs, "acl") !== undefined)
      .map((object) =>
        guardFinding(object, "the object has an ACL", "leave it out: the bucket's owner owns everything"),
      ),
  ];
}
