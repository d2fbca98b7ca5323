import { expect } from "chai";
import { bucketActions, objectActions } from "../../../rehearsal/iam/s3Actions";
import type { Recording } from "../../../rehearsal/model/recording";
import { text } from "../../../rehearsal/model/values";
import { resourceNamed } from "../fixtures/change";
import { type Rehearsed, rehearsedStack, stackCases } from "../fixtures/stacks";
import { independentlyAllowed, type PlainRequest } from "../iam/independent";
import type { PolicyJson, StatementJson } from "./policyChanges";
import { owner, policyOf } from "./tries";

/** What somebody who is not exempt may do from elsewhere: read the configuration and repair the policy. */
const leftOver = /^s3:(Get(?!Object)\w+|ListTagsForResource|(Put|Delete)BucketPolicy)$/;
const readers: Readonly<Record<string, readonly string[]>> = {
  "s3-reports": ["s3:ListBucket", "s3:GetObject"],
  "s3-uploads": [
    ...["s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
  ],
};

type Who = Pick<PlainRequest, "caller" | "by" | "presigned"> & {
  readonly words: string;
  readonly rights: boolean;
  /** Whether the stack names it, and as what. */
  readonly is: "reader" | "exempt" | "in the account" | "nobody";
};

const hour = 3_600_000;
const administrator = { kind: "user", account: owner, name: "administrator" } as const;

function callersOf({ recording, intent }: Rehearsed): readonly Who[] {
  const identity = (arn: string) => {
    const [kind, ...name] = (arn.split(":")[5] ?? "").split("/");
    const account = arn.split(":")[4] ?? "";
    return { kind: kind === "role" ? "role" : "user", account, name: name.join("/") } as const;
  };
  const reader = identity(text(recording.outputs, "readerArn") ?? "");
  const own = { is: "in the account", rights: true } as const;
  const named: readonly Who[] = [
    { words: "the reader", caller: reader, rights: false, is: "reader" },
    ...[intent.deployer, ...intent.trustedPrincipals].map((arn) => ({
      ...{ words: arn, caller: identity(arn), rights: true, is: "exempt" as const },
    })),
  ];
  return [
    ...named,
    ...named.map((one) => ({ ...one, presigned: { version: 4, forMs: hour } as const })),
    ...[...named, { ...own, words: "an administrator", caller: administrator }].flatMap((one) =>
      (
        [
          { version: 4, forMs: hour + 1 },
          { version: 4, forMs: 168 * hour },
          { version: 2, forMs: 0 },
        ] as const
      ).map((presigned) => ({
        ...{ ...one, presigned, is: "nobody" as const },
        words: `${one.words} by a URL of version ${presigned.version}, ${presigned.forMs} ms old`,
      })),
    ),
    { ...own, words: "an administrator", caller: administrator },
    { ...own, words: "the account's root user", caller: { kind: "user", account: owner, name: "root" } },
    { ...own, words: "a query service for an administrator", caller: administrator, by: "via a service" },
    { ...own, words: "a service by an administrator", caller: administrator, by: "as a service" },
    {
      ...{ ...own, words: "a query service for a role", by: "via a service" as const },
      caller: { kind: "role", account: owner, name: "analyst" },
    },
    { ...own, words: "a replication role", caller: { kind: "role", account: owner, name: "replication" } },
    {
      ...{ ...own, words: "a service-linked role" },
      caller: {
        kind: "role",
        account: owner,
        name: "aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig",
      },
    },
    { words: "a user without rights", caller: administrator, rights: false, is: "nobody" },
    {
      ...{ words: "another account", rights: true, is: "nobody" as const },
      caller: { kind: "role", account: "999999999999", name: "deployer" },
    },
    { words: "anonymous", caller: { kind: "anonymous" }, rights: false, is: "nobody" },
    ...["s3", "logging.s3", "delivery.logs", "cloudtrail", "athena", "batchoperations.s3", "macie"].map(
      (name) => ({
        words: name,
        caller: { kind: "service", name: `${name}.amazonaws.com`, sourceAccount: owner } as const,
        rights: false,
        is: "nobody" as const,
      }),
    ),
  ];
}

function waysOf(recording: Recording): Readonly<Record<string, Pick<PlainRequest, "endpoint" | "address">>> {
  const { id, inputs } = resourceNamed(recording, "s3-endpoint");
  const vpc = text(inputs, "vpcId") ?? "";
  return {
    "the endpoint": { endpoint: { id, vpc, account: owner } },
    "another endpoint in the same VPC": { endpoint: { id: "vpce-0b", vpc, account: owner } },
    "somebody else's endpoint": { endpoint: { id: "vpce-0c", vpc: "vpc-0c", account: "999999999999" } },
    "the internet": { address: "198.51.100.7" },
  };
}

function isMeant({ is }: Who, way: string, action: string, secure: boolean, bucket: string): boolean {
  const inside = way === "the endpoint";
  switch (is) {
    case "reader":
      return secure && inside && (readers[bucket] ?? []).includes(action);
    case "exempt":
      return secure && !inside;
    case "in the account":
      return secure && !inside && leftOver.test(action);
    case "nobody":
      return false;
  }
}

/** Whoever gets what it must not, and whoever is refused what it must get. */
async function exceptionsTo(
  given: Rehearsed,
  bucket: string,
  policy: PolicyJson,
): Promise<{ readonly asked: number; readonly exceptions: readonly string[] }> {
  const { recording } = given;
  const arn = text(resourceNamed(recording, bucket).outputs, "arn") ?? "";
  const endpointPolicy = policyOf(recording, "s3-endpoint");
  const { id } = resourceNamed(recording, "s3-endpoint");
  const exceptions: string[] = [];
  let asked = 0;
  for (const who of callersOf(given))
    for (const [way, through] of Object.entries(waysOf(recording)))
      for (const secure of [true, false])
        for (const action of [...bucketActions, ...objectActions]) {
          const { caller, by, presigned, rights } = who;
          const onObject = (objectActions as readonly string[]).includes(action);
          const endpoint = through.endpoint?.id === id ? endpointPolicy : undefined;
          const allowed = await independentlyAllowed(
            { bucket: policy, endpoint, rights, owner },
            {
              ...{ caller, action, secure, presigned, ...through },
              ...(by === undefined ? {} : { by }),
              resource: onObject ? `${arn}/some/object` : arn,
            },
          );
          asked += 1;
          if (allowed !== isMeant(who, way, action, secure, bucket))
            exceptions.push(
              `${who.words} ${allowed ? "may" : "may not"} ${action} by ${way}${secure ? "" : " without TLS"}`,
            );
        }
  return { asked, exceptions };
}

/** The perimeter as it was before services and configuration were part of it. */
const formerly = (deny: StatementJson): StatementJson => ({
  ...deny,
  NotAction: undefined,
  Action: [
    ...[
      "s3:GetObject*",
      "s3:PutObject*",
      "s3:DeleteObject*",
      "s3:RestoreObject",
      "s3:UpdateObjectEncryption",
    ],
    ...["s3:ListBucket*", "s3:ListObject*", "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload"],
  ],
  Condition: {
    ...(deny["Condition"] as object),
    BoolIfExists: { "aws:ViaAWSService": "false", "aws:PrincipalIsAWSService": "false" },
  },
});

describe("The perimeter of prod, as an independent implementation decides every action of S3", function () {
  this.timeout("5m");
  let given: Rehearsed;
  before(async () => {
    const [, prod] = stackCases;
    if (prod === undefined) throw new Error("no such case");
    given = await rehearsedStack(prod);
  });

  for (const bucket of ["s3-reports", "s3-uploads"]) {
    it(`gives nobody but the named anything of ${bucket} that is data or reveals it, by any way`, async () => {
      const { asked, exceptions } = await exceptionsTo(
        given,
        bucket,
        policyOf(given.recording, `${bucket}-policy`),
      );
      expect(exceptions).to.deep.equal([]);
      expect(asked).to.be.greaterThan(20_000);
    });

    it(`would be found open by what it was before, at ${bucket}`, async () => {
      const now = policyOf(given.recording, `${bucket}-policy`);
      const Statement = now.Statement.map((one) =>
        one.Sid === "DenyDataOutsideEndpoint" ? formerly(one) : one,
      );
      const { exceptions } = await exceptionsTo(given, bucket, { ...now, Statement });
      expect(exceptions).to.include.members([
        "a query service for an administrator may s3:GetObject by the internet",
        "a query service for a role may s3:ListBucket by somebody else's endpoint",
        ...["Replication", "Inventory", "Lifecycle", "Analytics"].map(
          (name) => `an administrator may s3:Put${name}Configuration by the internet`,
        ),
        "an administrator may s3:PutBucketNotification by the internet",
        "an administrator may s3:CreateBucketMetadataTableConfiguration by the internet",
        "a replication role may s3:InitiateReplication by the internet",
      ]);
    });

    it(`leaves everybody who may change ${bucket}'s policy able to repair it`, async () => {
      const policy = policyOf(given.recording, `${bucket}-policy`);
      const resource = text(resourceNamed(given.recording, bucket).outputs, "arn") ?? "";
      const may = (action: string) =>
        independentlyAllowed(
          { bucket: policy, endpoint: undefined, rights: true, owner },
          { caller: administrator, action, resource, secure: true, address: "198.51.100.7" },
        );
      for (const action of ["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"])
        expect(await may(action), action).to.equal(true);
      // The control: it is not that everything is allowed.
      expect(await may("s3:PutBucketPublicAccessBlock")).to.equal(false);
    });
  }
});
