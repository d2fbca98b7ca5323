import { expect } from "chai";
import type { AccessCase } from "../../../rehearsal/access/report";
import { judgeAccess } from "../../../rehearsal/access/access";
import type { Way } from "../../../rehearsal/access/actions";
import { readEstate } from "../../../rehearsal/estate/estate";
import type { Props, Recording } from "../../../rehearsal/model/recording";
import { resourceNamed, withInputs, withStatement } from "../fixtures/change";
import { type Rehearsed, rehearsedStack, stackCases } from "../fixtures/stacks";

async function stack(index: 0 | 1): Promise<Rehearsed> {
  const given = stackCases[index];
  if (given === undefined) throw new Error("no such case");
  return rehearsedStack(given);
}

/** What each caller may do by each way: the actions allowed, with TLS. */
function matrix(cases: readonly AccessCase[], bucket: string): Readonly<Record<string, readonly string[]>> {
  const rows = cases.filter((one) => one.bucket.startsWith(bucket) && one.shown && one.secure);
  const callers = [...new Set(rows.map((one) => one.caller))];
  const verbs = (caller: string, way: Way) => {
    const allowed = rows.filter(
      (r) => r.caller === caller && r.way === way && r.allowed && r.verb !== "configure",
    );
    return [...new Set(allowed.map((one) => one.verb))].join(" ");
  };
  return Object.fromEntries(
    callers.map((caller) => [
      caller,
      (["endpoint", "other endpoint", "internet"] as const).map((way) => verbs(caller, way)),
    ]),
  );
}

const unexpected = (given: Rehearsed, recording: Recording = given.recording) =>
  judgeAccess(readEstate(recording), given.intent)
    .cases.filter((one) => one.allowed !== one.expected)
    .map(
      ({ caller, way, action, secure, allowed }) =>
        `${caller}, ${way}${secure ? "" : " without TLS"}: ${allowed ? "" : "no "}${action}`,
    );

const everything = "list get put delete";

describe("Access", () => {
  it("is the reader's alone through the endpoint, and administrators' from elsewhere, in dev", async () => {
    const { recording, intent } = await stack(0);
    expect(matrix(judgeAccess(readEstate(recording), intent).cases, "s3-data")).to.deep.equal({
      "the reader": ["list get", "", ""],
      "another IAM user": ["", "", ""],
      "an administrator": ["", everything, everything],
      "the deployer": ["", everything, everything],
      "a query service for an administrator": ["", "", everything],
      "S3 replication by a role": ["", "", everything],
      "an AWS service by itself": ["", "", ""],
      anonymous: ["", "", ""],
      "a presigned URL of the reader, up to 60 minutes old": ["list get", "", ""],
    });
  });

  for (const { bucket, reader } of [
    { bucket: "s3-reports", reader: "list get" },
    { bucket: "s3-uploads", reader: "list get put delete" },
  ])
    it(`keeps administrators and AWS's services out of ${bucket} where the perimeter is enforced`, async () => {
      const { recording, intent } = await stack(1);
      expect(matrix(judgeAccess(readEstate(recording), intent).cases, bucket)).to.deep.equal({
        "the reader": [reader, "", ""],
        "another IAM user": ["", "", ""],
        "an administrator": ["", "", ""],
        "the deployer": ["", everything, everything],
        "trusted role/break-glass": ["", everything, everything],
        "a query service for an administrator": ["", "", ""],
        "S3 replication by a role": ["", "", ""],
        "an AWS service by itself": ["", "", ""],
        anonymous: ["", "", ""],
        "a presigned URL of the reader, up to 60 minutes old": [reader, "", ""],
      });
    });

  for (const index of [0, 1] as const)
    it(`is as expected, with and without TLS, in ${stackCases[index]?.title ?? ""}`, async () => {
      expect(unexpected(await stack(index))).to.deep.equal([]);
    });

  it("asks every allowed call again without TLS, and finds it denied by name", async () => {
    const { recording, intent } = await stack(0);
    const { cases } = judgeAccess(readEstate(recording), intent);
    const plain = cases.filter((one) => !one.secure);
    expect(plain.map((one) => one.allowed)).to.not.include(true);
    expect(new Set(plain.map((one) => one.because))).to.deep.equal(
      new Set(["DenyInsecureTransport of the bucket policy denies it"]),
    );
    const key = (one: AccessCase) => [one.bucket, one.caller, one.way, one.action].join(" ");
    const allowed = cases.filter((one) => one.secure && one.allowed && one.shown);
    expect(plain.map(key)).to.include.members(allowed.map(key));
  });

  it("names the statement that decides", async () => {
    const { recording, intent } = await stack(1);
    const { cases } = judgeAccess(readEstate(recording), intent);
    const ofData = cases.filter(
      ({ bucket, action }) => bucket.startsWith("s3-") && action === "s3:GetObject",
    );
    const of = (caller: string, way: Way) =>
      ofData.find((one) => one.caller === caller && one.way === way)?.because;
    expect([
      of("the reader", "endpoint"),
      of("an administrator", "internet"),
      of("an administrator", "endpoint"),
    ]).to.deep.equal([
      "AllowReaderToGetThroughEndpoint of the bucket policy allows it",
      "DenyDataOutsideEndpoint of the bucket policy denies it",
      "the endpoint policy does not allow it",
    ]);
  });

  for (const { what, resource, sid, change, finds } of [
    {
      what: "the perimeter is gone",
      resource: "s3-reports-policy",
      sid: "DenyDataOutsideEndpoint",
      change: () => undefined,
      finds: "an administrator, internet: s3:GetObject",
    },
    {
      what: "the perimeter forgets the versions of objects",
      resource: "s3-reports-policy",
      sid: "DenyDataOutsideEndpoint",
      change: (s: Props) =>
        denying(s, ["s3:GetObject", "s3:PutObject*", "s3:DeleteObject*", "s3:ListBucket*"]),
      finds: "an administrator, internet: s3:GetObjectVersion",
    },
    {
      what: "the perimeter locks the deployer out",
      resource: "s3-reports-policy",
      sid: "DenyDataOutsideEndpoint",
      change: (s: Props) => ({ ...s, Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } } }),
      finds: "the deployer, internet: no s3:ListBucket",
    },
    {
      what: "the perimeter leaves where copies of the data go",
      resource: "s3-reports-policy",
      sid: "DenyDataOutsideEndpoint",
      change: (s: Props) => ({
        ...s,
        NotAction: [...(s["NotAction"] as readonly string[]), "s3:PutReplicationConfiguration"],
      }),
      finds: "an administrator, internet: s3:PutReplicationConfiguration",
    },
    {
      what: "the perimeter exempts what a service does for somebody",
      resource: "s3-reports-policy",
      sid: "DenyDataOutsideEndpoint",
      change: (s: Props) => ({
        ...s,
        Condition: { ...(s["Condition"] as Props), BoolIfExists: { "aws:ViaAWSService": "false" } },
      }),
      finds: "a query service for an administrator, internet: s3:GetObject",
    },
    {
      what: "the perimeter exempts AWS's own services",
      resource: "s3-reports-policy",
      sid: "DenyDataOutsideEndpoint",
      change: (s: Props) => ({
        ...s,
        Condition: { ...(s["Condition"] as Props), BoolIfExists: { "aws:PrincipalIsAWSService": "false" } },
      }),
      finds: "an AWS service by itself, by the bucket policy's Deny alone, internet: s3:GetObject",
    },
    {
      what: "nobody but the exempt can repair the policy",
      resource: "s3-reports-policy",
      sid: "DenyDataOutsideEndpoint",
      change: (s: Props) => denying(s, "s3:*"),
      finds: "an administrator, internet: no s3:PutBucketPolicy",
    },
    {
      what: "presigned URLs work for seven days",
      resource: "s3-reports-policy",
      sid: "DenyOldSignatures",
      change: () => undefined,
      finds: "a presigned URL of the reader, more than 60 minutes old, endpoint: s3:GetObject",
    },
    {
      what: "presigned URLs of the deployer work for longer than those of others",
      resource: "s3-reports-policy",
      sid: "DenyOldSignatures",
      change: (s: Props) => ({
        ...s,
        Condition: {
          ...(s["Condition"] as Props),
          ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/*" },
        },
      }),
      finds: "a presigned URL of the deployer, more than 60 minutes old, internet: s3:GetObject",
    },
    {
      what: "presigned URLs work too shortly",
      resource: "s3-reports-policy",
      sid: "DenyOldSignatures",
      change: (s: Props) => ({ ...s, Condition: { NumericGreaterThan: { "s3:signatureAge": 1_800_000 } } }),
      finds: "a presigned URL of the reader, up to 60 minutes old, endpoint: no s3:GetObject",
    },
    {
      what: "presigned URLs may be signed by version 2, which has no age",
      resource: "s3-reports-policy",
      sid: "DenySignatureVersion2",
      change: () => undefined,
      finds: "a presigned URL of the reader, by Signature Version 2, endpoint: s3:GetObject",
    },
    {
      what: "sessions of the reader outlive its key",
      resource: "s3-reports-policy",
      sid: "DenyReaderSessions",
      change: () => undefined,
      finds: "a session of the reader, endpoint: s3:GetObject",
    },
    {
      what: "the reader's own key is taken for a session",
      resource: "s3-reports-policy",
      sid: "DenyReaderSessions",
      change: (s: Props) => ({ ...s, Condition: { Null: { "aws:TokenIssueTime": "true" } } }),
      finds: "the reader, endpoint: no s3:GetObject",
    },
    {
      what: "TLS is not asked for",
      resource: "s3-reports-policy",
      sid: "DenyInsecureTransport",
      change: () => undefined,
      finds: "the reader, endpoint without TLS: s3:GetObject",
    },
    {
      what: "everybody may read",
      resource: "s3-reports-policy",
      sid: "AllowReaderToGetThroughEndpoint",
      change: (s: Props) => ({ ...s, Principal: "*" }),
      finds: "another IAM user, by the bucket policy's Allow alone, endpoint: s3:GetObject",
    },
    {
      what: "the reader may write as well",
      resource: "s3-reports-policy",
      sid: "AllowReaderToGetThroughEndpoint",
      change: (s: Props) => ({ ...s, Action: ["s3:GetObject", "s3:PutObject"] }),
      finds: "the reader, by the bucket policy's Allow alone, endpoint: s3:PutObject",
    },
    {
      what: "the reader may not read",
      resource: "s3-reports-policy",
      sid: "AllowReaderToGetThroughEndpoint",
      change: () => undefined,
      finds: "the reader, endpoint: no s3:GetObject",
    },
    {
      what: "the reader's Allow leans on the perimeter",
      resource: "s3-reports-policy",
      sid: "AllowReaderToGetThroughEndpoint",
      change: (s: Props) => ({ ...s, Condition: {} }),
      finds: "the reader, by the bucket policy's Allow alone, internet: s3:GetObject",
    },
    {
      what: "the endpoint lets everybody through",
      resource: "s3-endpoint",
      sid: "AllowReaderToGet",
      change: (s: Props) => ({ ...s, Condition: {} }),
      finds: "the deployer, endpoint: s3:GetObject",
    },
    {
      what: "the endpoint lets more through than the bucket allows",
      resource: "s3-endpoint",
      sid: "AllowReaderToGet",
      change: (s: Props) => ({ ...s, Action: "s3:*" }),
      finds: "the reader, by the endpoint policy alone, endpoint: s3:PutObject",
    },
    {
      what: "the endpoint lets the reader out to other buckets",
      resource: "s3-endpoint",
      sid: "AllowReaderToGet",
      change: (s: Props) => ({ ...s, Resource: "*" }),
      finds: "the reader, by the endpoint policy alone, endpoint: s3:GetObject",
    },
    {
      what: "the endpoint does not let the reader through",
      resource: "s3-endpoint",
      sid: "AllowReaderToList",
      change: () => undefined,
      finds: "the reader, endpoint: no s3:ListBucket",
    },
  ])
    it(`is reported where ${what}`, async () => {
      const given = await stack(1);
      const policy = withStatement(resourceNamed(given.recording, resource).inputs["policy"], sid, change);
      const found = unexpected(given, withInputs(given.recording, resource, { policy }));
      expect(found).to.include(finds);
    });

  it("hears nobody from outside where public buckets are restricted", async () => {
    const given = await stack(0);
    const policy = withStatement(
      resourceNamed(given.recording, "s3-data-policy").inputs["policy"],
      "AllowReaderToGetThroughEndpoint",
      (statement) => ({ ...statement, Principal: "*", Condition: {} }),
    );
    const open = withInputs(given.recording, "s3-data-policy", { policy });
    const unrestricted = withInputs(open, "s3-data-public-access", { restrictPublicBuckets: false });
    expect(unexpected(given, open)).to.not.include("anonymous, internet: s3:GetObject");
    expect(unexpected(given, unrestricted)).to.include("anonymous, internet: s3:GetObject");
  });

  it("is not guessed where a policy says what is not evaluated here", async () => {
    const { recording, intent } = await stack(0);
    const policy = withStatement(
      resourceNamed(recording, "s3-data-policy").inputs["policy"],
      "DenyInsecureTransport",
      (statement) => ({ ...statement, Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } }),
    );
    const { problems } = judgeAccess(readEstate(withInputs(recording, "s3-data-policy", { policy })), intent);
    expect(
      problems.map(({ place, problem }) => [place.split("::").at(-1), problem.slice(0, 71)]),
    ).to.deep.equal([
      ["s3-data-policy", "the bucket policy (DenyInsecureTransport) asks for s3:TlsVersion, which"],
    ]);
  });
});

/** The statement with a list of actions instead of all but some. */
function denying(statement: Props, Action: string | readonly string[]): Props {
  const rest = Object.entries(statement).filter(([name]) => name !== "NotAction");
  return { ...Object.fromEntries(rest), Action };
}
