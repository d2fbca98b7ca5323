import {
  bucketPolicy,
  bucketPolicyMaxLength,
  endpointPolicy,
  endpointPolicyMaxLength,
} from "../s3access/policies";
import type { Problem } from "./problem";
import type { GivenSettings } from "./schema";

type Given = Partial<GivenSettings>;

/** What AWS and Pulumi name, at its greatest length: only the lengths count. */
const RANDOM_END = "-0123456";
const READER = `arn:aws:iam::123456789012:user/s3-reader${RANDOM_END}`;
const ENDPOINT = "vpce-0123456789abcdef0";

/** A role without a path, which has up to 64 characters. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const UNNAMED_DEPLOYER = `arn:aws:iam::123456789012:role/${"r".repeat(64)}`;

const bucketArn = ({ name, bucketName }: GivenSettings["buckets"][number]) =>
  `arn:aws:s3:::${bucketName ?? `s3-${name}${RANDOM_END}`}`;

/** The endpoint's policy names every bucket, and AWS limits its length. */
export function checkEndpointPolicy({ buckets = [] }: Given): readonly Problem[] {
  const policy = endpointPolicy({
    readerArn: READER,
    buckets: buckets.map((bucket) => ({ arn: bucketArn(bucket), access: bucket.access })),
  });
  const { length } = JSON.stringify(policy);
  if (length <= endpointPolicyMaxLength) return [];
  return [
    {
      setting: "buckets",
      hidden: true,
      rule: `the endpoint's policy that names all ${buckets.length} has ${length} characters, and AWS takes ${endpointPolicyMaxLength}`,
      fix: "use fewer buckets or shorter names, or a second stack",
    },
  ];
}

/** Each bucket's policy names everybody who is exempt, and S3 limits its length. */
export function checkBucketPolicies(given: Given): readonly Problem[] {
  const { buckets = [], perimeter, deployers = [], trustedPrincipals = [], presignedUrlMinutes = 60 } = given;
  if (perimeter !== "enforced") return [];
  const named = deployers.length > 0 ? deployers : [UNNAMED_DEPLOYER];
  const exemptArns = [...new Set([...named, ...trustedPrincipals])];
  const lengths = buckets.map((bucket) => {
    const { access } = bucket;
    const ends = { bucketArn: bucketArn(bucket), readerArn: READER, endpointId: ENDPOINT };
    return JSON.stringify(
      bucketPolicy({ ...ends, access, perimeter: { kind: "enforced", exemptArns }, presignedUrlMinutes }),
    ).length;
  });
  const longest = Math.max(0, ...lengths);
  if (longest <= bucketPolicyMaxLength) return [];
  return [
    {
      setting: trustedPrincipals.length >= deployers.length ? "trustedPrincipals" : "deployers",
      hidden: true,
      rule: `a bucket's policy that exempts all ${exemptArns.length} has ${longest} characters, and S3 takes ${bucketPolicyMaxLength}`,
      fix: "name fewer, as one role that they all assume",
    },
  ];
}

/** What is locked can neither expire nor be deleted with the stack. */
export function checkLocks({ buckets = [], oldVersionDays = 0, sampleObject }: Given): readonly Problem[] {
  return buckets.flatMap(({ lockDays = 0 }, index): readonly Problem[] => [
    ...(oldVersionDays > 0 && oldVersionDays < lockDays
      ? [
          {
            setting: "oldVersionDays",
            value: oldVersionDays,
            rule: `buckets[${index}].lockDays is ${lockDays}, and S3 keeps what is locked`,
            fix: `use ${lockDays} or more, or lock for fewer days`,
          },
        ]
      : []),
    ...(sampleObject === true && index === 0 && lockDays > 0
      ? [
          {
            setting: "sampleObject",
            value: sampleObject,
            rule: `the first bucket locks it for ${lockDays} days, in which the stack could not delete it`,
            fix: "remove it, or list a bucket without lockDays first",
          },
        ]
      : []),
  ]);
}

/** Both lists name who is exempt from an enforced perimeter. */
export function checkExemptPrincipals({ perimeter, ...given }: Given): readonly Problem[] {
  if (perimeter !== "allow") return [];
  return (["deployers", "trustedPrincipals"] as const).flatMap((setting) => {
    const value = given[setting] ?? [];
    if (value.length === 0) return [];
    const rule = "perimeter is allow, which keeps nobody out, so there is nobody to exempt";
    return [{ setting, value, rule, fix: "remove it, or use perimeter: enforced" }];
  });
}
