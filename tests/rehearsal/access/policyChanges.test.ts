import { expect } from "chai";
import fc from "fast-check";
import { judgeAccess } from "../../../rehearsal/access/access";
import { readEstate } from "../../../rehearsal/estate/estate";
import type { Recording } from "../../../rehearsal/model/recording";
import { text } from "../../../rehearsal/model/values";
import { resourceNamed } from "../fixtures/change";
import { rehearsedStack, type Rehearsed, stackCases } from "../fixtures/stacks";
import { independentlyAllowed, type PlainRequest } from "../iam/independent";
import { changesOf, type PolicyChange, type PolicyJson } from "./policyChanges";

const owner = "123456789012";
const others = {
  user: `arn:aws:iam::${owner}:user/kim`,
  foreign: "999999999999",
  endpointId: "vpce-0aaaaaaaaaaaaaaaa",
  vpcId: "vpc-0aaaaaaaaaaaaaaaa",
};

/** A recording whose policy says something else; nothing about the rest follows from a policy. */
function withPolicy(recording: Recording, name: string, document: PolicyJson): Recording {
  const chosen = resourceNamed(recording, name);
  const policy = JSON.stringify(document);
  const resources = recording.resources.map((one) =>
    one === chosen ? { ...one, inputs: { ...one.inputs, policy } } : one,
  );
  return { ...recording, resources };
}

function policyOf(recording: Recording, name: string): PolicyJson {
  return JSON.parse(text(resourceNamed(recording, name).inputs, "policy") ?? "") as PolicyJson;
}

/** One request, with whether the caller has rights of its own. */
interface Try {
  readonly request: PlainRequest;
  readonly rights: boolean;
  /** Of a bucket whose own policy is not this one. */
  readonly elsewhere: boolean;
}

/** Whoever, however, whatever: everything that the changes could open or close, in other words than the judge's. */
function triesOf({ recording, intent }: Rehearsed, bucketArn: string): readonly Try[] {
  const identity = (arn: string) => {
    const [, , , , account = "", rest = ""] = arn.split(":");
    const [kind, ...name] = rest.split("/");
    return { kind: kind === "role" ? "role" : "user", account, name: name.join("/") } as const;
  };
  const readerArn = text(recording.outputs, "readerArn") ?? "";
  const callers: readonly (Pick<PlainRequest, "caller" | "by"> & Pick<Try, "rights">)[] = [
    { caller: identity(readerArn), rights: false },
    { caller: identity(others.user), rights: false },
    { caller: identity(others.user), rights: true },
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
    ...["ListBucket", "ListBucketVersions", "GetBucketPolicy", "ListBucketMultipartUploads"].map((name) => [
      name,
      "",
    ]),
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
    ways.flatMap((way) =>
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

interface Pair {
  readonly bucket: PolicyJson;
  readonly endpoint: PolicyJson;
}

/** The first request that the two pairs of policies decide differently. */
async function difference(before: Pair, after: Pair, tries: readonly Try[]): Promise<string | undefined> {
  for (const [name, layer] of Object.entries(layers))
    for (const { request, rights, elsewhere } of tries) {
      // The endpoint's policy is met by nobody else, and there on the way to every bucket.
      const through = request.endpoint?.account === owner;
      if (name === "the endpoint policy" ? !through || !request.secure : elsewhere) continue;
      const decide = (pair: Pair) => {
        const asked = layer(pair.bucket, pair.endpoint);
        const layered = { ...asked, endpoint: through ? asked.endpoint : undefined, rights, owner };
        return decided(JSON.stringify([layered, request]), () => independentlyAllowed(layered, request));
      };
      if ((await decide(before)) !== (await decide(after))) return `${name}: ${JSON.stringify(request)}`;
    }
  return undefined;
}

const known = new Map<string, Promise<boolean>>();

/** The unchanged policies are asked again and again. */
function decided(key: string, decide: () => Promise<boolean>): Promise<boolean> {
  const found = known.get(key) ?? decide();
  known.set(key, found);
  return found;
}

/** How many changes of each policy are tried; all of them would take minutes. */
const sampled = 10;

describe("Changes of policies, as an independent implementation decides them", function () {
  this.timeout("3m");
  for (const { stack, index, bucket } of [
    { stack: "dev", index: 0, bucket: "s3-data" },
    { stack: "prod", index: 1, bucket: "s3-reports" },
    { stack: "prod", index: 1, bucket: "s3-uploads" },
  ] as const)
    for (const changedPolicy of bucket === "s3-uploads" ? ["bucket"] : ["bucket", "endpoint"])
      it(`are noticed where they alter who gets in, and pass where not: the ${changedPolicy} policy, ${bucket} of ${stack}`, async () => {
        const given = stackCases[index];
        if (given === undefined) throw new Error("no such case");
        const rehearsed = await rehearsedStack(given);
        const { recording, intent } = rehearsed;
        const before = {
          bucket: policyOf(recording, `${bucket}-policy`),
          endpoint: policyOf(recording, "s3-endpoint"),
        };
        const name = changedPolicy === "bucket" ? `${bucket}-policy` : "s3-endpoint";
        const arn = text(resourceNamed(recording, bucket).outputs, "arn") ?? "";
        const all = [...changesOf(policyOf(recording, name), others)];
        const [changes = []] = fc.sample(
          fc.shuffledSubarray(all, { minLength: sampled, maxLength: sampled }),
          {
            seed: 12,
            numRuns: 1,
          },
        );
        const tries = triesOf(rehearsed, arn);
        const wrong: string[] = [];
        let altering = 0;
        for (const { what, document } of changes as readonly PolicyChange[]) {
          const after = { ...before, [changedPolicy]: document };
          const report = judgeAccess(readEstate(withPolicy(recording, name, document)), intent);
          const noticed =
            report.problems.length > 0 ||
            report.remarks.length > 0 ||
            report.cases.some(({ outcome }) => outcome !== "holds");
          const differs = await difference(before, after, tries);
          if (differs !== undefined) altering += 1;
          if (noticed !== (differs !== undefined))
            wrong.push(
              `${what}: ${noticed ? "noticed, but nothing differs" : `not noticed: ${differs ?? ""}`}`,
            );
        }
        expect(wrong).to.deep.equal([]);
        expect(altering).to.be.greaterThan(sampled / 3);
      });
});
