import type { StackOutputs } from "../../../outputs";
import { type Answer, isGone } from "../facts/answer";
import type { AwsFacts } from "../facts/aws";
import type { BucketFacts } from "../facts/buckets";
import { finding, findingsOn } from "./findings";
import { entry, type Judgement, type Judging, read } from "./judgement";

/** How the buckets are set up; their policies are judged apart. */
export function* judgeBuckets(outputs: StackOutputs, aws: AwsFacts): Judgement {
  for (const [key, { bucketName }] of Object.entries(outputs.buckets)) {
    const facts = yield* entry(aws.buckets, key);
    if (facts === undefined) continue;
    if (isGone(facts.region)) yield finding("bucket-missing", bucketName, "S3 has no bucket of this name");
    else yield* judgeGuards(bucketName, outputs.awsRegion, facts);
  }
}

const publicAccess = ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"];
const encryptions = ["AES256", "aws:kms", "aws:kms:dsse"];

/** The guards that any bucket has. */
export function* judgeGuards(name: string, region: string, facts: BucketFacts): Judgement {
  const found = findingsOn(name);
  const there = yield* read(facts.region);
  if (there !== undefined && there !== region)
    yield found("bucket-in-another-region", `it is in ${there}, not ${region}`);
  const block = yield* readOr(facts.publicAccessBlock, []);
  const off = publicAccess.filter((one) => block?.includes(one) === false);
  if (off.length > 0) yield found("bucket-public-access", `${off.join(", ")} must be on`);
  const encryption = yield* readOr(facts.encryption, []);
  if (encryption?.some((one) => encryptions.includes(one)) === false)
    yield found("bucket-unencrypted", "it has no default encryption");
  const versioning = (yield* readOr(facts.versioning, "never enabled")) ?? "Enabled";
  if (versioning !== "Enabled")
    yield found("bucket-unversioned", `its versioning is ${versioning}, not Enabled`);
  const ownership = (yield* readOr(facts.ownership, "not set")) ?? "BucketOwnerEnforced";
  if (ownership !== "BucketOwnerEnforced")
    yield found("bucket-acls", `its object ownership is ${ownership}, so ACLs still apply`);
}

/** What the bucket has, or `none` where S3 reports that it has none. */
function* readOr<Value>(answer: Answer<Value>, none: NoInfer<Value>): Judging<Value | undefined> {
  return isGone(answer) ? none : yield* read(answer);
}
