import { expect } from "chai";
import { judgeAccess } from "../../../rehearsal/access/access";
import type { AccessReport } from "../../../rehearsal/access/report";
import { readEstate } from "../../../rehearsal/estate/estate";
import { parsePolicy } from "../../../rehearsal/iam/document";
import { servicesNamed } from "../../../rehearsal/iam/namedCallers";
import type { Props, Recording } from "../../../rehearsal/model/recording";
import { judge } from "../../../rehearsal/verdict/verdict";
import { resourceNamed, withStatement } from "../fixtures/change";
import { rehearsedStack, type Rehearsed, stackCases } from "../fixtures/stacks";

const own = "123456789012";
const foreign = "999999999999";
const list = "AllowReaderToListThroughEndpoint";
const get = "AllowReaderToGetThroughEndpoint";
const perimeter = "DenyDataOutsideEndpoint";
const tls = "DenyInsecureTransport";

async function prod(): Promise<Rehearsed> {
  const given = stackCases[1];
  if (given === undefined) throw new Error("no such case");
  return rehearsedStack(given);
}

/** The recording with one statement of the first bucket's policy changed; the simulated clouds are not asked again. */
function changed(recording: Recording, sid: string, change: (statement: Props) => Props): Recording {
  const place = resourceNamed(recording, "s3-reports-policy");
  const policy = withStatement(place.inputs["policy"], sid, change);
  const resources = recording.resources.map((one) =>
    one === place ? { ...one, inputs: { ...one.inputs, policy } } : one,
  );
  return { ...recording, resources };
}

const conditions = (statement: Props) => statement["Condition"] as Readonly<Record<string, Props>>;
const withCondition = (operator: string, key: string, value: string | readonly string[]) => (s: Props) => ({
  ...s,
  Condition: { ...conditions(s), [operator]: { ...conditions(s)[operator], [key]: value } },
});
const alsoIn = (operator: string, key: string, value: string) => (s: Props) => {
  const before = [conditions(s)[operator]?.[key] ?? []].flat() as readonly string[];
  return withCondition(operator, key, [...before, value])(s);
};
const opened =
  (Principal: Props | string, Condition: Props = {}) =>
  (s: Props) => ({ ...s, Principal, Condition });

const resourceOf = (statement: Props) => statement["Resource"] as string;
const without = (statement: Props, element: string): Props =>
  Object.fromEntries(Object.entries(statement).filter(([name]) => name !== element));

function broken({ cases }: AccessReport): readonly string[] {
  return cases
    .filter(({ outcome }) => outcome === "broken")
    .map(
      ({ caller, via, way, action, alike, key, secure, allowed }) =>
        `${caller}, ${via ?? way}${secure ? "" : " without TLS"}: ${allowed ? "" : "no "}${[action, ...alike].includes("s3:GetObject") && action !== "s3:GetObject" ? "s3:GetObject" : action}${key === undefined ? "" : ` ${key}`}`,
    );
}

describe("Whatever a policy names", () => {
  for (const { what, sid, change, finds } of [
    {
      what: "a second endpoint beside ours, which the reader may use",
      sid: get,
      change: alsoIn("StringEquals", "aws:SourceVpce", "vpce-0second"),
      finds: "the reader, by the bucket policy's Allow alone, through vpce-0second: s3:GetObject",
    },
    {
      what: "a second endpoint beside ours in the perimeter",
      sid: perimeter,
      change: alsoIn("StringNotEquals", "aws:SourceVpce", "vpce-0second"),
      finds: "an administrator, through vpce-0second: s3:GetObject",
    },
    {
      what: "a perimeter that stops only what comes from another VPC as well",
      sid: perimeter,
      change: withCondition("StringNotEquals", "aws:SourceVpc", "vpc-0other"),
      finds: "an administrator, through another endpoint in vpc-0other: s3:GetObject",
    },
    {
      what: "every endpoint, by a wildcard",
      sid: get,
      change: (s: Props) => ({ ...s, Condition: { StringLike: { "aws:SourceVpce": "vpce-*" } } }),
      finds: "the reader, by the bucket policy's Allow alone, other endpoint: s3:GetObject",
    },
    {
      what: "a network on the internet",
      sid: get,
      change: (s: Props) => ({ ...s, Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } } }),
      finds: "the reader, by the bucket policy's Allow alone, from 203.0.113.0: s3:GetObject",
    },
    {
      what: "half of the internet",
      sid: perimeter,
      change: withCondition("NotIpAddress", "aws:SourceIp", "128.0.0.0/1"),
      finds: "an administrator, from 198.51.100.10: s3:GetObject",
    },
    {
      what: "exempt principals with a wildcard",
      sid: perimeter,
      change: alsoIn("ArnNotLike", "aws:PrincipalArn", `arn:aws:iam::${own}:role/*`),
      finds: "role/any as an administrator, internet: s3:GetObject",
    },
    {
      what: "one more exempt principal",
      sid: perimeter,
      change: alsoIn("ArnNotLike", "aws:PrincipalArn", `arn:aws:iam::${own}:user/kim`),
      finds: "user/kim as an administrator, internet: s3:GetObject",
    },
    {
      what: "an account whose sessions alone are meant",
      sid: get,
      change: opened({ AWS: foreign }, { Null: { "aws:TokenIssueTime": "false" } }),
      finds: `a session of anybody in account ${foreign}, by the bucket policy's Allow alone, internet: s3:GetObject`,
    },
    {
      what: "a user whose sessions alone are meant",
      sid: get,
      change: opened({ AWS: `arn:aws:iam::${own}:user/kim` }, { Null: { "aws:TokenIssueTime": "false" } }),
      finds: "a session of user/kim, by the bucket policy's Allow alone, internet: s3:GetObject",
    },
    {
      what: "exempt roles of every account",
      sid: perimeter,
      change: alsoIn("ArnNotLike", "aws:PrincipalArn", "arn:aws:iam::*:role/*"),
      finds: "role/any in another account, by the bucket policy's Deny alone, internet: s3:GetObject",
    },
    {
      what: "a perimeter on a prefix",
      sid: perimeter,
      change: (s: Props) => ({ ...s, Resource: [`${String((s["Resource"] as string[])[0])}/private/*`] }),
      finds: "an administrator, internet: s3:GetObject",
    },
    {
      what: "an object that anybody of the account may get",
      sid: get,
      change: (s: Props) => ({
        ...s,
        Principal: "*",
        Resource: `${resourceOf(s).slice(0, -1)}public/*`,
      }),
      finds: "another IAM user, by the bucket policy's Allow alone, endpoint: s3:GetObject public/any",
    },
    {
      what: "a perimeter without some data actions",
      sid: perimeter,
      change: (s: Props) =>
        denying(s, ["s3:GetObject*", "s3:PutObject*", "s3:DeleteObject*", "s3:ListBucket*"]),
      finds: "an administrator, internet: s3:RestoreObject",
    },
    {
      what: "TLS for one action only",
      sid: tls,
      change: (s: Props) => ({ ...s, Action: "s3:GetObject" }),
      finds: "the reader, endpoint without TLS: s3:ListBucket",
    },
    {
      what: "one more action of the reader",
      sid: get,
      change: (s: Props) => ({ ...s, Action: ["s3:GetObject", "s3:PutObjectTagging"] }),
      finds: "the reader, by the bucket policy's Allow alone, endpoint: s3:PutObjectTagging",
    },
    {
      what: "an action by a wildcard",
      sid: list,
      change: (s: Props) => ({ ...s, Action: "s3:*Bucket" }),
      finds: "the reader, by the bucket policy's Allow alone, endpoint: s3:CreateBucket",
    },
    {
      what: "everything but one action",
      sid: get,
      change: (s: Props) => ({ ...without(s, "Action"), NotAction: "s3:DeleteObject" }),
      finds: "the reader, by the bucket policy's Allow alone, endpoint: s3:PutObject",
    },
    {
      what: "a foreign account by its number",
      sid: get,
      change: opened({ AWS: foreign }),
      finds: `anybody in account ${foreign}, by the bucket policy's Allow alone, internet: s3:GetObject`,
    },
    {
      what: "a foreign account by its root",
      sid: get,
      change: opened({ AWS: `arn:aws:iam::${foreign}:root` }),
      finds: `anybody in account ${foreign}, by the bucket policy's Allow alone, other endpoint: s3:GetObject`,
    },
    {
      what: "a foreign role",
      sid: get,
      change: opened({ AWS: `arn:aws:iam::${foreign}:role/etl` }),
      finds: `role/etl in account ${foreign}, by the bucket policy's Allow alone, internet: s3:GetObject`,
    },
    {
      what: "a foreign account in a condition",
      sid: get,
      change: opened("*", { StringEquals: { "aws:PrincipalAccount": foreign } }),
      finds: `anybody in account ${foreign}, by the bucket policy's Allow alone, internet: s3:GetObject`,
    },
    {
      what: "an organisation",
      sid: get,
      change: opened("*", { StringEquals: { "aws:PrincipalOrgID": "o-partner" } }),
      finds:
        "anybody in another account of o-partner/r-any/ou-any/, by the bucket policy's Allow alone, internet: s3:GetObject",
    },
    {
      what: "a part of an organisation",
      sid: get,
      change: opened("*", { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-partner/r-1/ou-2/*" } }),
      finds:
        "anybody in another account of o-partner/r-1/ou-2/any, by the bucket policy's Allow alone, internet: s3:GetObject",
    },
    {
      what: "another user of the account",
      sid: get,
      change: opened({ AWS: `arn:aws:iam::${own}:user/kim` }),
      finds: "user/kim, by the bucket policy's Allow alone, internet: s3:GetObject",
    },
    {
      what: "one session of a role",
      sid: get,
      change: opened({ AWS: `arn:aws:sts::${own}:assumed-role/etl/nightly` }),
      finds: "role/etl in session nightly, by the bucket policy's Allow alone, internet: s3:GetObject",
    },
    {
      what: "a service of AWS",
      sid: get,
      change: opened({ Service: "cloudfront.amazonaws.com" }),
      finds: "cloudfront.amazonaws.com, by the bucket policy's Allow alone, internet: s3:GetObject",
    },
    {
      what: "a service of AWS for one resource of another account",
      sid: get,
      change: opened(
        { Service: "cloudfront.amazonaws.com" },
        { ArnLike: { "aws:SourceArn": `arn:aws:cloudfront::${foreign}:distribution/*` } },
      ),
      finds: `cloudfront.amazonaws.com for arn:aws:cloudfront::${foreign}:distribution/any, by the bucket policy's Allow alone, internet: s3:GetObject`,
    },
    {
      what: "clients of which a part is left out",
      sid: get,
      change: withCondition("NotIpAddress", "aws:VpcSourceIp", "10.1.0.128/25"),
      finds: "the reader, through the endpoint from 10.1.0.128: no s3:GetObject",
    },
    {
      what: "a way without TLS alone",
      sid: get,
      change: opened("*", { Bool: { "aws:SecureTransport": "false" } }),
      finds: "",
    },
  ] as const)
    it(`is asked: ${what}`, async () => {
      const { recording, intent } = await prod();
      const found = broken(judgeAccess(readEstate(changed(recording, sid, change)), intent));
      if (finds === "") expect(found).to.not.deep.equal([]);
      else expect(found).to.include(finds);
    });

  for (const { what, sid, change } of [
    {
      what: "a statement said twice",
      sid: get,
      change: (s: Props) => ({ ...s, Action: ["s3:GetObject", "s3:getobject"] }),
    },
    {
      what: "a pattern that means the same",
      sid: get,
      change: (s: Props) => ({ ...s, Action: "s3:GetObjec?" }),
    },
    {
      what: "private addresses on the internet",
      sid: perimeter,
      change: withCondition("NotIpAddress", "aws:SourceIp", "10.0.0.0/8"),
    },
    {
      what: "the same principal by a condition",
      sid: get,
      change: (s: Props) =>
        withCondition(
          "ArnEquals",
          "aws:PrincipalArn",
          (s["Principal"] as Props)["AWS"] as string,
        )({ ...s, Principal: "*" }),
    },
  ])
    it(`passes where it changes nothing: ${what}`, async () => {
      const { recording, intent } = await prod();
      const { cases, problems, remarks } = judgeAccess(readEstate(changed(recording, sid, change)), intent);
      expect(broken({ cases, problems, remarks, perimeter: "enforced" })).to.deep.equal([]);
      expect([...problems, ...remarks]).to.deep.equal([]);
    });

  it("is a finding with its true cause where it is a user that was deleted", async () => {
    const { recording, intent } = await prod();
    const gone = changed(recording, get, (s) => ({ ...s, Principal: { AWS: "AIDACKCEVSQ6C2EXAMPLE" } }));
    const findings = judge(gone, intent).findings.filter(({ kind }) => kind === "access");
    expect(findings.map(({ outcome, problem }) => `${outcome}: ${problem}`)).to.include(
      `broken: ${get} of the bucket policy names AIDACKCEVSQ6C2EXAMPLE: AWS shows this id where the user was deleted. One made again under the same name is another user, and the statement does not mean it`,
    );
    expect(
      findings.some(({ problem }) => problem.startsWith("the reader does not get s3:GetObject")),
    ).to.equal(true);
  });

  it("is not judged where it is an action that S3 does not have", async () => {
    const { recording, intent } = await prod();
    const strange = changed(recording, get, (s) => ({ ...s, Action: ["s3:GetObject", "s3:GetObjects"] }));
    const findings = judge(strange, intent).findings.filter(({ kind }) => kind === "access");
    expect(
      findings.map(({ outcome, problem }) => `${outcome}: ${problem.split(",")[0] ?? ""}`),
    ).to.deep.equal([`not judged: ${get} of the bucket policy names the action s3:getobjects`]);
  });

  it("is not judged where it depends on whether the account belongs to an organisation", async () => {
    const { recording, intent } = await prod();
    const inside = changed(
      recording,
      perimeter,
      withCondition("StringNotEquals", "aws:PrincipalOrgID", "o-ours"),
    );
    const { remarks } = judgeAccess(readEstate(inside), intent);
    expect(remarks.map(({ outcome, problem }) => `${outcome}: ${problem}`)).to.deep.equal([
      `not judged: who gets in is not known: it depends on whether account ${own} belongs to o-ours/r-any/ou-any/`,
    ]);
  });

  it("is asked once where the policies do not tell it from others", async () => {
    const { recording, intent } = await prod();
    const roles = Array.from({ length: 300 }, (_, i) => `arn:aws:iam::${own}:role/r${String(i)}`);
    const many = changed(recording, perimeter, withCondition("ArnNotLike", "aws:PrincipalArn", roles));
    const rows = (report: AccessReport) => new Set(report.cases.map(({ caller }) => caller)).size;
    const [before, after] = [recording, many].map((one) => rows(judgeAccess(readEstate(one), intent)));
    expect(after).to.be.lessThan((before ?? 0) + 6);
  });

  it("is shown in the table where it changes anything for somebody", async () => {
    const { recording, intent } = await prod();
    const second = changed(recording, perimeter, alsoIn("StringNotEquals", "aws:SourceVpce", "vpce-0second"));
    const shown = judgeAccess(readEstate(second), intent).cases.filter(
      (one) => one.shown && one.via !== undefined,
    );
    expect(new Set(shown.map(({ caller, via }) => `${caller} ${via ?? ""}`))).to.deep.equal(
      new Set(["an administrator through vpce-0second"]),
    );
  });

  it("gains by S3's whole answer where no perimeter stops it: a foreign account, whose own policy must allow it too", async () => {
    const { recording, intent } = await prod();
    const policy = JSON.stringify({
      Version: "2008-10-17",
      Statement: { Effect: "Allow", Principal: { AWS: foreign }, Action: "s3:GetObject", Resource: "*" },
    });
    const place = resourceNamed(recording, "s3-reports-policy");
    const resources = recording.resources.map((one) =>
      one === place ? { ...one, inputs: { ...one.inputs, policy } } : one,
    );
    const { cases } = judgeAccess(readEstate({ ...recording, resources }), intent);
    const gained = cases.filter((one) => one.shown && one.allowed && one.caller.includes(foreign));
    expect(
      gained.map(({ caller, way, action, secure }) => [caller, way, action, secure].join(" ")),
    ).to.deep.equal([
      `anybody in account ${foreign} other endpoint s3:GetObject true`,
      `anybody in account ${foreign} other endpoint s3:GetObject false`,
      `anybody in account ${foreign} internet s3:GetObject true`,
      `anybody in account ${foreign} internet s3:GetObject false`,
    ]);
  });
});

/** The statement with a list of actions instead of all but some. */
function denying(statement: Props, Action: string | readonly string[]): Props {
  const rest = Object.entries(statement).filter(([name]) => name !== "NotAction");
  return { ...Object.fromEntries(rest), Action };
}

describe("The services that policies name", () => {
  it("call for the account that their resource is in, and for any where it does not say", () => {
    const policy = (...arns: readonly string[]) =>
      parsePolicy(
        "bucket",
        JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: "logs.amazonaws.com" },
              Action: "s3:PutObject",
              Resource: "arn:aws:s3:::b/*",
              Condition: { ArnLike: { "aws:SourceArn": arns } },
            },
          ],
        }),
      );
    const pairs = (arn: string) =>
      servicesNamed([policy(arn)], { ownerAccountId: own, partition: "aws" })
        .filter(({ name, sourceArn }) => name === "logs.amazonaws.com" && sourceArn === arn)
        .map(({ sourceAccount }) => sourceAccount);
    expect(pairs(`arn:aws:logs:us-east-1:${foreign}:delivery`)).to.have.members([undefined, foreign]);
    expect(pairs("arn:aws:s3:::logged")).to.include.members([own, undefined]);
  });
});
