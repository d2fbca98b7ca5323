import { notNamed } from "../naming";
import { inOneLine, type Problem, type StackResource, type StackRule } from "../rule";
import { buckets } from "../types";

const [flowLog, accessLog, trail] = [
  "aws:ec2/flowLog:FlowLog",
  "aws:s3/bucketLogging:BucketLogging",
  "aws:cloudtrail/trail:Trail",
];

/** What is recorded of whom, by which type, and the property in which that names it. */
const records = [
  {
    types: ["aws:ec2/vpc:Vpc"],
    by: flowLog,
    in: "vpcId",
    says: "no flow log records who opens connections in the VPC; set flowLogs to true",
  },
  {
    types: buckets,
    by: accessLog,
    in: "bucket",
    says: "no access log records what S3 answers to whom; set accessLogs to true",
  },
  {
    types: buckets,
    by: trail,
    in: "advancedEventSelectors",
    says: "no trail records who reads and writes the bucket's objects; set auditTrail to true",
  },
] as const;

/** Where each of them puts its records. */
const targets: Readonly<Record<string, string>> = {
  [flowLog]: "logDestination",
  [accessLog]: "targetBucket",
  [trail]: "s3BucketName",
};

/** What is missing is said once, however many resources lack it. */
export const keptRecords: StackRule = {
  kind: "stack",
  name: "kept-records",
  description:
    "Outside development flow logs of a VPC, access logs of a bucket and a trail of the requests to its objects record who did what; buckets for logs are left out.",
  development: "exempt",
  check: (resources) => {
    const forLogs = logBuckets(resources);
    return records.flatMap((record): readonly Problem[] => {
      const lacking = notNamed(resources, record).filter(({ urn }) => !forLogs.has(urn));
      const [first] = lacking;
      return first === undefined
        ? []
        : [
            {
              urn: first.urn,
              says: inOneLine(
                record.says,
                lacking.map(({ name }) => name),
              ),
            },
          ];
    });
  },
};

/** A log's target may come from the policy that lets it in, which names the bucket. */
function logBuckets(resources: readonly StackResource[]): ReadonlySet<string> {
  const named = resources.flatMap(({ type, madeOf }) => madeOf[targets[type] ?? ""] ?? []);
  const throughPolicies = resources
    .filter(({ urn }) => named.includes(urn))
    .flatMap(({ madeOf }) => madeOf["bucket"] ?? []);
  return new Set([...named, ...throughPolicies]);
}
