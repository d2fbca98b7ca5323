import type { StackOutputs } from "../../../outputs";
import { type Answer, isGone } from "../facts/answer";
import type { AwsFacts } from "../facts/aws";
import { type BucketFacts, type More, mores } from "../facts/buckets";
import { finding, findingsOn, type KindName } from "./findings";
import { entry, type Judgement, type Judging, read } from "./judgement";

/** How the buckets are set up; their policies are judged apart. */
export function* judgeBuckets(outputs: StackOutputs, aws: AwsFacts): Judgement {
  for (const [key, { bucketName, lockDays }] of Object.entries(outputs.buckets)) {
    const facts = yield* entry(aws.buckets, key);
    if (facts === undefined) continue;
    if (isGone(facts.region)) yield finding("bucket-missing", bucketName, "S3 has no bucket of this name");
    else {
      yield* judgeGuards(bucketName, outputs.awsRegion, facts, readerWithoutPolicy, lockDays);
      yield* judgeLifecycle(bucketName, outputs.oldVersionDays, facts);
      const { logging } = facts;
      // Where the stack wants access logs, the judge of the logs looks at them.
      const target = outputs.logKinds?.includes("access") ? undefined : yield* read(logging, "all right");
      if (target !== undefined)
        yield finding("bucket-logs-elsewhere", bucketName, `its access logs go to ${target}`);
    }
  }
}

/** Old versions go after the days of the settings, current objects never. */
function* judgeLifecycle(bucket: string, days: number | undefined, { lifecycle }: BucketFacts): Judgement {
  const found = findingsOn(bucket);
  const rules = ((yield* readOr(lifecycle, [])) ?? []).filter(({ enabled }) => enabled);
  for (const rule of rules) {
    const { id, everything, expires, oldVersionDays, moves } = rule;
    const wrong = [
      ...(id === "expire-old-versions" ? [] : ["is none of the stack's"]),
      ...(expires === undefined
        ? []
        : [`deletes objects after ${expires}${typeof expires === "number" ? " days" : ""}`]),
      ...(moves.length === 0 ? [] : [`moves objects to ${moves.join(", ")}`]),
      // Stacks deployed before the output existed do not say.
      ...(days === undefined || (everything && oldVersionDays === days)
        ? []
        : [`keeps old versions for ${oldVersionDays ?? "any"} days, not ${days}`]),
    ];
    if (wrong.length > 0) yield found("bucket-lifecycle-differs", `its rule ${id} ${wrong.join(" and ")}`);
  }
  if (days !== undefined && "value" in lifecycle && rules.length === 0)
    yield found("bucket-lifecycle-differs", `it keeps old versions for ever, not ${days} days`);
}

const publicAccess = ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"];

/**
 * What a KMS key as default encryption means for the reader.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
const readerWithoutPolicy = "the reader has no policy of its own that lets it decrypt them";

/** The guards that any bucket has; without `lockDays` it must not lock its objects. */
export function* judgeGuards(
  name: string,
  region: string,
  facts: BucketFacts,
  withKms: string,
  lockDays?: number,
): Judgement {
  const found = findingsOn(name);
  const there = yield* read(facts.region);
  if (there !== undefined && there !== region)
    yield found("bucket-in-another-region", `it is in ${there}, not ${region}`);
  const block = yield* readOr(facts.publicAccessBlock, []);
  const off = publicAccess.filter((one) => block?.includes(one) === false);
  if (off.length > 0) yield found("bucket-public-access", `${off.join(", ")} must be on`);
  const encryption = yield* readOr(facts.encryption, []);
  if (encryption?.every(({ algorithm }) => algorithm === "none") === true)
    yield found("bucket-unencrypted", "it has no default encryption");
  for (const { algorithm, key } of encryption ?? [])
    if (algorithm.startsWith("aws:kms"))
      yield found(
        "bucket-kms",
        `it encrypts new objects with ${algorithm} and ${key ?? "AWS's own key for S3"}: ${withKms}`,
      );
    else if (!["AES256", "none"].includes(algorithm))
      yield { about: `the encryption of bucket ${name}`, reason: `verify does not know ${algorithm}` };
  const versioning = (yield* readOr(facts.versioning, "never enabled")) ?? "Enabled";
  if (versioning !== "Enabled")
    yield found("bucket-unversioned", `its versioning is ${versioning}, not Enabled`);
  const ownership = (yield* readOr(facts.ownership, "not set")) ?? "BucketOwnerEnforced";
  if (ownership !== "BucketOwnerEnforced")
    yield found("bucket-acls", `its object ownership is ${ownership}, so ACLs still apply`);
  for (const more of mores) {
    const there = yield* readOr(facts.more[more], []);
    if (there === undefined) continue;
    if (more === "objectLock" && lockDays !== undefined) {
      const [is = "off", wanted] = [there[0], `GOVERNANCE retention for ${lockDays} days`];
      if (is !== wanted) yield found("bucket-lock-differs", `its object lock is ${is}, not ${wanted}`);
    } else if (there.length > 0) yield found(...findingOn(more, there.join(", ")));
  }
}

function findingOn(more: More, what: string): [KindName, string] {
  switch (more) {
    case "replication":
      return ["bucket-replicated", `S3 copies its objects: ${what}`];
    case "inventories":
      return ["bucket-listed", `S3 lists its objects: ${what}`];
    case "metadata":
      return ["bucket-in-metadata-table", `S3 writes what it holds into ${what}`];
    case "notifications":
      return ["bucket-notifies", `S3 tells of its objects: ${what}`];
    case "accessPoints":
      return ["bucket-has-access-points", `it has the access points ${what}`];
    case "objectLock":
      return ["bucket-locked", `object lock is on, with ${what}`];
  }
}

/** What the bucket has, or `none` where S3 reports that it has none. */
function* readOr<Value>(answer: Answer<Value>, none: NoInfer<Value>): Judging<Value | undefined> {
  return isGone(answer) ? none : yield* read(answer);
}
