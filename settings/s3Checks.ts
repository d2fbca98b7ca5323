import { endpointPolicy, endpointPolicyMaxLength } from "../s3access/policies";
import { partitionOf } from "./places";
import { partitionOfArn } from "./principals";
import type { Problem } from "./problem";
import type { GivenSettings } from "./schema";

type Given = Partial<GivenSettings>;

/** A generated name's random end, and a reader's ARN: only their lengths count. */
const RANDOM_END = "-0123456";
const READER = `arn:aws-us-gov:iam::123456789012:user/s3-reader${RANDOM_END}`;

/** The endpoint's policy names every bucket, and AWS limits its length. */
export function checkEndpointPolicy({ buckets = [], "aws:region": region = "" }: Given): readonly Problem[] {
  const policy = endpointPolicy({
    readerArn: READER,
    buckets: buckets.map(({ name, access, bucketName }) => ({
      arn: `arn:${partitionOf(region)}:s3:::${bucketName ?? `s3-${name}${RANDOM_END}`}`,
      access,
    })),
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

export function checkTrustedPrincipals(given: Given): readonly Problem[] {
  const { trustedPrincipals = [], perimeter, "aws:region": region } = given;
  const problems: Problem[] = [];
  if (perimeter === "allow" && trustedPrincipals.length > 0) {
    const rule = "perimeter is allow, which keeps nobody out, so there is nobody to exempt";
    const fix = "remove it, or use perimeter: enforced";
    problems.push({ setting: "trustedPrincipals", value: trustedPrincipals, rule, fix });
  }
  if (region === undefined) return problems;
  trustedPrincipals.forEach((value, index) => {
    if (partitionOfArn(value) === partitionOf(region)) return;
    const rule = `ARNs of aws:region ${region} begin with arn:${partitionOf(region)}:`;
    const fix = "use a principal of that partition";
    problems.push({ setting: `trustedPrincipals[${index}]`, value, rule, fix });
  });
  return problems;
}
