import { others, owner, type Try } from "../rehearsal/access/tries";
import type { Rehearsed } from "../rehearsal/fixtures/stacks";
import { text } from "../../rehearsal/model/values";
import type { PlainRequest } from "../rehearsal/iam/independent";

const services = ["delivery.logs.amazonaws.com", "logging.s3.amazonaws.com", "cloudtrail.amazonaws.com"];
const region = "ap-northeast-1";

function isPossible(sourceArn: string | undefined, sourceAccount: string | undefined): boolean {
  const account = sourceArn?.split(":")[4] ?? "";
  return sourceAccount === undefined || account === "" || account === sourceAccount;
}

/** Whoever, for whomever, whatever: everything that changes of a log bucket's policy could open or close. */
export function logTriesOf({ recording }: Rehearsed, bucketArn: string): readonly Try[] {
  const bucketArns = recording.resources
    .filter(({ type }) => type === "aws:s3/bucket:Bucket")
    .map(({ outputs }) => text(outputs, "arn") ?? "");
  const trails = recording.resources.filter(({ type }) => type === "aws:cloudtrail/trail:Trail");
  const sources: readonly (string | undefined)[] = [
    `arn:aws:logs:${region}:${owner}:delivery-source:flow`,
    `arn:aws:logs:us-east-1:${others.foreign}:delivery`,
    bucketArns.find((arn) => arn !== bucketArn),
    ...trails.map(({ outputs }) => text(outputs, "arn")),
    undefined,
  ];
  const callers: readonly (Pick<PlainRequest, "caller"> & Pick<Try, "rights">)[] = [
    ...services.flatMap((name) =>
      [owner, others.foreign, undefined].flatMap((sourceAccount) =>
        // A service calls for the account that its resource is in; buckets do not say theirs.
        sources
          .filter((arn) => isPossible(arn, sourceAccount))
          .map((sourceArn) => ({
            caller: { kind: "service", name, sourceAccount, sourceArn } as const,
            rights: false,
          })),
      ),
    ),
    { caller: { kind: "user", account: owner, name: "kim" }, rights: false },
    { caller: { kind: "user", account: owner, name: "kim" }, rights: true },
    { caller: { kind: "user", account: owner, name: "sam" }, rights: true },
    { caller: { kind: "user", account: others.foreign, name: "jo" }, rights: true },
    { caller: { kind: "role", account: others.foreign, name: "jo" }, rights: true },
    { caller: { kind: "anonymous" }, rights: false },
  ];
  const bucketCalls = ["GetBucketAcl", "ListBucket", "GetBucketPolicy"].map((name) => ({ name, key: "" }));
  const delivered = [
    `/flow/AWSLogs/${owner}/vpcflowlogs/x.log.gz`,
    `/audit/AWSLogs/${owner}/CloudTrail/x.json.gz`,
  ];
  const keys = [...delivered, "/access/x", "/public/one", "/some"];
  const calls = [
    ...bucketCalls,
    ...keys.flatMap((key) => [
      ...["GetObject", "DeleteObject", "PutObjectTagging"].map((name) => ({ name, key })),
      // Of those that no delivery needs, one that asks for an ACL as well.
      { name: "PutObjectAcl", key, acl: "bucket-owner-full-control" },
      ...[undefined, "bucket-owner-full-control", "public-read"].map((acl) => ({
        name: "PutObject",
        key,
        acl,
      })),
    ]),
  ];
  return callers.flatMap(({ caller, rights }) =>
    calls.flatMap(({ name, key, ...acl }) =>
      [true, false].map((secure) => ({
        ...{ rights, elsewhere: false },
        request: {
          ...{ caller, action: `s3:${name}`, resource: `${bucketArn}${key}`, secure },
          ...{ ...acl, address: "198.51.100.7" },
        },
      })),
    ),
  );
}
