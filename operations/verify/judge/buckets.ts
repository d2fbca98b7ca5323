import type { StackOutputs } from "../../../outputs";
import { isGone, known } from "../facts/answer";
import type { AwsFacts } from "../facts/aws";
import type { BucketFacts } from "../facts/buckets";
import { finding, type Finding } from "./findings";

/** How the buckets are set up; their policies are judged apart. */
export function judgeBuckets(outputs: StackOutputs, aws: AwsFacts): readonly Finding[] {
  return Object.entries(outputs.buckets).flatMap(([key, { bucketName }]) => {
    const facts = aws.buckets[key];
    if (facts === undefined) return [];
    if (isGone(facts.region)) return [finding("bucket-missing", bucketName, "S3 has no bucket of this name")];
    return judgeBucket(bucketName, outputs.awsRegion, facts);
  });
}

const publicAccess = ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"];
const encryptions = ["AES256", "aws:kms", "aws:kms:dsse"];

/** The guards that any bucket has. */
export function judgeBucket(name: string, region: string, facts: BucketFacts): readonly Finding[] {
  const findings: Finding[] = [];
  const actualRegion = known(facts.region);
  if (actualRegion !== undefined && actualRegion !== region)
    findings.push(finding("bucket-in-another-region", name, `it is in ${actualRegion}, not ${region}`));
  const block = answered(facts.publicAccessBlock, []);
  const off = publicAccess.filter((one) => block?.includes(one) === false);
  if (off.length > 0) findings.push(finding("bucket-public-access", name, `${off.join(", ")} must be on`));
  const encryption = answered(facts.encryption, []);
  if (encryption?.some((one) => encryptions.includes(one)) === false)
    findings.push(finding("bucket-unencrypted", name, "it has no default encryption"));
  const versioning = answered(facts.versioning, "never enabled");
  if (versioning !== undefined && versioning !== "Enabled")
    findings.push(finding("bucket-unversioned", name, `its versioning is ${versioning}, not Enabled`));
  const ownership = answered(facts.ownership, "not set");
  if (ownership !== undefined && ownership !== "BucketOwnerEnforced")
    findings.push(
      finding("bucket-acls", name, `its object ownership is ${ownership}, so that ACLs still count`),
    );
  return findings;
}

/** What the bucket has, or `none` where S3 says that it has none; undefined where S3 did not say. */
function answered<Value>(
  answer: Parameters<typeof known<Value>>[0],
  none: NoInfer<Value>,
): Value | undefined {
  return isGone(answer) ? none : known(answer);
}
