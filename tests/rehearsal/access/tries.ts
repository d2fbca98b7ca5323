import { isDeepStrictEqual } from "node:util";
import type { Recording } from "../../../rehearsal/model/recording";
import { text } from "../../../rehearsal/model/values";
import { resourceNamed } from "../fixtures/change";
import type { Rehearsed } from "../fixtures/stacks";
import { independentlyAllowed, type PlainRequest } from "../iam/independent";
import type { PolicyJson } from "./policyChanges";

export const owner = "123456789012";
export const others = {
  user: `arn:aws:iam::${owner}:user/kim`,
  foreign: "999999999999",
  endpointId: "vpce-0aaaaaaaaaaaaaaaa",
  vpcId: "vpc-0aaaaaaaaaaaaaaaa",
};

export function policyOf(recording: Recording, name: string): PolicyJson {
  return JSON.parse(text(resourceNamed(recording, name).inputs, "policy") ?? "") as PolicyJson;
}

/** One request, with whether the caller has rights of its own. */
export interface Try {
  readonly request: PlainRequest;
  readonly rights: boolean;
  /** Of a bucket whose own policy is not this one. */
  readonly elsewhere: boolean;
}

/** Whoever, however, whatever: everything that the changes could open or close, in other words than the judge's. */
export function triesOf({ recording, intent }: Rehearsed, bucketArn: string): readonly Try[] {
  const identity = (arn: string) => {
    const [, , , , account = "", rest = ""] = arn.split(":");
    const [kind, ...name] = rest.split("/");
    return { kind: kind === "role" ? "role" : "user", account, name: name.join("/") } as const;
  };
  const readerArn = text(recording.outputs, "readerArn") ?? "";
  const hour = 3_600_000;
  const presigned = [
    { version: 4, forMs: hour },
    { version: 4, forMs: hour + 1 },
    { version: 4, forMs: 168 * hour },
    { version: 2, forMs: 0 },
  ] as const;
  const callers: readonly (Pick<PlainRequest, "caller" | "by" | "presigned"> & Pick<Try, "rights">)[] = [
    { caller: identity(readerArn), rights: false },
    { caller: { ...identity(readerArn), kind: "user", temporary: true }, rights: false },
    ...presigned.flatMap((signed) => [
      { caller: identity(readerArn), rights: false, presigned: signed },
      { caller: identity(intent.deployer), rights: true, presigned: signed },
    ]),
    { caller: identity(others.user), rights: false },
    { caller: identity(others.user), rights: true },
    { caller: { ...identity(others.user), kind: "user", temporary: true }, rights: true },
    { caller: { kind: "user", account: owner, name: "sam" }, rights: true },
    { caller: { kind: "role", account: owner, name: "pat" }, rights: true },
    { caller: { kind: "user", account: owner, name: "sam" }, rights: true, by: "via a service" },
    { caller: { kind: "user", account: owner, name: "sam" }, rights: true, by: "as a service" },
    ...[intent.deployer, ...intent.trustedPrincipals].map((arn) => ({ caller: identity(arn), rights: true })),
    { caller: { kind: "user", account: others.foreign, name: "jo" }, rights: true },
    { caller: { kind: "role", account: others.foreign, name: "jo" }, rights: true },
    { caller: { kind: "anonymous" }, rights: false },
    { caller: { kind: "service", name: "cloudtrail.amazonaws.com" }, rights: false },
  ];
  const id = resourceNamed(recording, "s3-endpoint").id;
  const vpc = text(resourceNamed(recording, "s3-endpoint").inputs, "vpcId") ?? "";
  const ways: readonly Partial<PlainRequest>[] = [
    { endpoint: { id, vpc, account: owner } },
    { address: "198.51.100.7" },
    { endpoint: { id: others.endpointId, vpc: "vpc-0b", account: others.foreign } },
    { endpoint: { id: "vpce-0b", vpc: others.vpcId, account: others.foreign } },
  ];
  const calls = [
    ...[
      "ListBucket",
      "ListBucketVersions",
      "GetBucketPolicy",
      "ListBucketMultipartUploads",
      "PutBucketPolicy",
      "PutReplicationConfiguration",
      "GetBucketLogging",
    ].map((name) => [name, ""]),
    ...[
      "GetObject",
      "PutObject",
      "DeleteObject",
      "PutObjectTagging",
      "GetObjectVersion",
      "RestoreObject",
    ].map((name) => [name, "/some"]),
    ...[
      "AbortMultipartUpload",
      "ListMultipartUploadParts",
      "ListObjectAnnotations",
      "UpdateObjectEncryption",
    ].map((name) => [name, "/some"]),
    ["GetObject", "/public/one"],
    ["PutObject", "/public/two"],
  ];
  const arns = [
    bucketArn,
    ...bucketsOf(recording).filter((arn) => arn !== bucketArn),
    "arn:aws:s3:::elsewhere",
  ];
  return callers.flatMap(({ rights, ...who }) =>
    // A service of AWS calls from AWS's own network, never through an endpoint in somebody's VPC.
    ways
      .filter((way) => who.caller.kind !== "service" || way.endpoint === undefined)
      .flatMap((way) =>
        calls.flatMap(([name = "", key = ""], index) =>
          (index % 4 === 0 ? [true, false] : [true]).flatMap((secure) =>
            arns.map((arn): Try => ({
              rights,
              elsewhere: arn !== bucketArn,
              request: { ...who, action: `s3:${name}`, resource: `${arn}${key}`, secure, ...way },
            })),
          ),
        ),
      ),
  );
}

function bucketsOf({ resources }: Recording): readonly string[] {
  return resources
    .filter(({ type }) => type === "aws:s3/bucket:Bucket")
    .map(({ outputs }) => text(outputs, "arn") ?? "");
}

/** What is asked by itself, as each policy has to hold by itself: S3's whole answer, and each layer alone. */
const layers = {
  all: (bucket: PolicyJson, endpoint: PolicyJson) => ({ bucket, endpoint }),
  "the bucket policy's Allow": (bucket: PolicyJson) => ({
    bucket: only(bucket, "Allow"),
    endpoint: undefined,
  }),
  "the bucket policy's Deny": (bucket: PolicyJson) => ({
    bucket: { ...bucket, Statement: [open, ...only(bucket, "Deny").Statement] },
    endpoint: undefined,
  }),
  "the endpoint policy": (_: PolicyJson, endpoint: PolicyJson) => ({
    bucket: { Version: "2012-10-17", Statement: [open] },
    endpoint,
  }),
} as const;

const open = { Sid: "Open", Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*" };

function only(policy: PolicyJson, effect: string): PolicyJson {
  const Statement = policy.Statement.filter((statement) => statement["Effect"] === effect);
  return { ...policy, Statement };
}

export interface Pair {
  readonly bucket: PolicyJson;
  readonly endpoint: PolicyJson;
}

/** The first request that the two pairs of policies decide differently. */
export async function difference(
  before: Pair,
  after: Pair,
  tries: readonly Try[],
): Promise<string | undefined> {
  for (const name of Object.keys(layers) as Layer[]) {
    if (
      isDeepStrictEqual(
        layers[name](before.bucket, before.endpoint),
        layers[name](after.bucket, after.endpoint),
      )
    )
      continue;
    const answers = answersTo(name, before, tries);
    for (const [index, one] of tries.entries()) {
      if (!isAsked(name, one)) continue;
      if ((await answers(index)) !== (await decide(name, after, one)))
        return `${name}: ${JSON.stringify(one.request)}`;
    }
  }
  return undefined;
}

type Layer = keyof typeof layers;

/** The endpoint's policy is met by nobody else, and there on the way to every bucket. */
function isAsked(name: Layer, { request, elsewhere }: Try): boolean {
  const through = request.endpoint?.account === owner;
  return name === "the endpoint policy" ? through && request.secure : !elsewhere;
}

function decide(name: Layer, pair: Pair, { request, rights }: Try): Promise<boolean> {
  const asked = layers[name](pair.bucket, pair.endpoint);
  const through = request.endpoint?.account === owner;
  return independentlyAllowed(
    { ...asked, endpoint: through ? asked.endpoint : undefined, rights, owner },
    request,
  );
}

const known = new WeakMap<Pair, Map<string, Promise<boolean>>>();

/** The unchanged policies are asked again and again, with the same tries. */
function answersTo(name: Layer, pair: Pair, tries: readonly Try[]) {
  const answers = known.get(pair) ?? new Map<string, Promise<boolean>>();
  known.set(pair, answers);
  return (index: number): Promise<boolean> | undefined => {
    const one = tries[index];
    const key = `${name} ${index}`;
    const answer = answers.get(key) ?? (one === undefined ? undefined : decide(name, pair, one));
    if (answer !== undefined) answers.set(key, answer);
    return answer;
  };
}

/** Whether one policy by itself allows something that the other does not, each way round. */
export async function moved(
  kind: "bucket" | "endpoint",
  before: PolicyJson,
  after: PolicyJson,
  tries: readonly Try[],
): Promise<{ readonly opens: boolean; readonly closes: boolean }> {
  const openBucket = { Version: "2012-10-17", Statement: [open] };
  let [opens, closes] = [false, false];
  for (const { request, rights, elsewhere } of tries) {
    if (kind === "bucket" ? elsewhere : request.endpoint?.account !== owner) continue;
    const decide = (policy: PolicyJson) => {
      const asked =
        kind === "bucket"
          ? { bucket: policy, endpoint: undefined, rights, owner }
          : { bucket: openBucket, endpoint: policy, rights, owner };
      return independentlyAllowed(asked, request);
    };
    const [was, is] = [await decide(before), await decide(after)];
    opens ||= is && !was;
    closes ||= was && !is;
    if (opens && closes) break;
  }
  return { opens, closes };
}
