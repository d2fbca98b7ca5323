import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";
import { rowInWords } from "../../../operations/review/accessRows";
import { runReview } from "../../../operations/review/command";
import { review, reaches } from "../../../operations/review/judge";
import { readPreview } from "../../../operations/review/preview";
import type { Impact } from "../../../rehearsal/clouds/impact";
import { awsTypes, componentTypes } from "../../../rehearsal/model/resourceTypes";
import { bucketPolicy } from "../../../s3access/policies";
import type { PolicyJson } from "../../rehearsal/access/policyChanges";
import { owner } from "../../rehearsal/access/tries";
import { outputs, reader, reviewed } from "./reviewed";

const kim = `arn:aws:iam::${owner}:user/kim`;
const role = `arn:aws:iam::${owner}:role/break-glass`;
const bucketArn = "arn:aws:s3:::reports-1";
const both = [bucketArn, `${bucketArn}/*`];

const list = {
  Sid: "List",
  Effect: "Allow",
  Principal: { AWS: reader },
  Action: "s3:ListBucket",
  Resource: bucketArn,
  Condition: { StringEquals: { "aws:SourceVpce": "vpce-0123" } },
};
const get = { ...list, Sid: "Get", Action: ["s3:GetObject"], Resource: `${bucketArn}/*` };
const tls = {
  Sid: "Tls",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: both,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const perimeter = {
  Sid: "Perimeter",
  Effect: "Deny",
  Principal: "*",
  Action: ["s3:GetObject*", "s3:PutObject*", "s3:ListBucket*"],
  Resource: both,
  Condition: {
    StringNotEquals: { "aws:SourceVpce": "vpce-0123" },
    ArnNotLike: { "aws:PrincipalArn": [role] },
  },
};
const whole = [list, get, tls, perimeter];
const noReader = { ...tls, Sid: "NoReader", Principal: { AWS: reader }, Condition: {} };
const noSessions = { ...noReader, Condition: { Null: { "aws:TokenIssueTime": "false" } } };

describe("the upgrade of a stack that 0.1.0 deployed", () => {
  const file = path.join(__dirname, "../../engine/fixtures/released/0.1.0/prod.state");
  const released = JSON.parse(readFileSync(file, "utf8")) as {
    readonly deployment: {
      readonly resources: readonly {
        readonly type: string;
        readonly inputs: Readonly<Record<string, unknown>>;
      }[];
    };
  };
  const policies = released.deployment.resources
    .filter(({ type }) => type === awsTypes.bucketPolicy)
    .map(({ inputs }) => ({ bucket: String(inputs["bucket"]), before: String(inputs["policy"]) }));

  it("has policies of buckets", () => {
    expect(policies).to.have.length.greaterThan(1);
  });

  for (const { bucket, before } of policies)
    it(`is announced as less access to ${bucket}, of administrators, services, old presigned URLs and sessions`, () => {
      const statements = (JSON.parse(before) as PolicyJson).Statement;
      const deny = statements.find(({ Sid }) => Sid === "DenyDataOutsideEndpoint") as unknown as {
        readonly Condition: {
          readonly StringNotEquals: { readonly "aws:SourceVpce": string };
          readonly ArnNotLike: { readonly "aws:PrincipalArn": readonly string[] };
        };
      };
      const { AWS: readerArn } = statements[0]?.["Principal"] as { readonly AWS: string };
      const endpointId = deny.Condition.StringNotEquals["aws:SourceVpce"];
      const after = bucketPolicy({
        ...{ bucketArn: `arn:aws:s3:::${bucket}`, readerArn, endpointId, presignedUrlMinutes: 60 },
        access: before.includes('s3:PutObject"') ? "readWrite" : "read",
        perimeter: { kind: "enforced", exemptArns: deny.Condition.ArnNotLike["aws:PrincipalArn"] },
      });
      const found = reviewed({
        ...{ before, after: JSON.stringify(after), bucket },
        outputs: { ...outputs, readerArn, endpointId },
      });
      expect(found.impact).to.equal("less-access");
      expect(found.opens).to.deep.equal([]);
      const closes = found.closes.join("\n");
      for (const who of [
        "an administrator",
        "a query service for an administrator",
        "a presigned URL of the reader, more than 60 minutes old",
        "a session of the reader",
      ])
        expect(closes).to.include(who);
    });
});

const rewritten = "`it`: rewritten, nobody gains or loses anything.";

describe("a policy rewritten with the same meaning", () => {
  for (const { that, after } of [
    { that: "in another order", after: [...whole].reverse() },
    { that: "with other Sids", after: whole.map((one, i) => ({ ...one, Sid: `S${String(i)}` })) },
    {
      that: "with a list for each text",
      after: [{ ...list, Action: ["s3:ListBucket"] }, get, tls, perimeter],
    },
    {
      that: "with actions in other letters",
      after: [{ ...list, Action: "S3:listbucket" }, get, tls, perimeter],
    },
    { that: "with a statement twice", after: [...whole, { ...get, Sid: "Again" }] },
    {
      that: "with a Deny of what the others deny already",
      after: [...whole, { ...perimeter, Sid: "Less", Action: "s3:GetObject" }],
    },
    {
      that: "with a Deny in two statements",
      after: [list, get, ...both.map((Resource) => ({ ...tls, Resource })), perimeter],
    },
    {
      that: "with a condition that the perimeter holds already taken off the Allow",
      // Reading past the endpoint is denied all the same; without TLS too.
      after: [list, { ...get, Condition: { StringLike: { "aws:SourceVpce": "vpce-0123" } } }, tls, perimeter],
    },
  ])
    it(`says so: ${that}`, () => {
      const { impact, text } = reviewed({ before: whole, after });
      expect(text).to.include(rewritten);
      expect(impact).to.equal("none");
      expect(reaches(impact, "access")).to.equal(false);
    });
});

describe("a policy with another meaning", () => {
  const rows: readonly {
    that: string;
    after: readonly object[];
    impact: Impact;
    opens?: readonly RegExp[];
    closes?: readonly RegExp[];
  }[] = [
    {
      that: "one more trusted principal",
      after: [
        list,
        get,
        tls,
        {
          ...perimeter,
          Condition: { ...perimeter.Condition, ArnNotLike: { "aws:PrincipalArn": [role, kim] } },
        },
      ],
      impact: "access",
      opens: [
        /^\*\*user\/kim, given rights of its own\*\*: s3:ListBucket, .*, through another endpoint, from the internet$/,
      ],
    },
    {
      that: "two more trusted principals",
      after: [
        list,
        get,
        tls,
        {
          ...perimeter,
          Condition: {
            ...perimeter.Condition,
            ArnNotLike: { "aws:PrincipalArn": [role, kim, kim.replace("kim", "sam")] },
          },
        },
      ],
      impact: "access",
      opens: [/^\*\*user\/kim, given rights of its own, user\/sam, given rights of its own\*\*: /],
    },
    {
      that: "one more action for the reader",
      after: [list, { ...get, Action: ["s3:GetObject", "s3:PutObjectTagging"] }, tls, perimeter],
      impact: "access",
      opens: [/^\*\*the reader, a session of the reader\*\*: s3:PutObjectTagging, through the endpoint$/],
    },
    {
      that: "sessions of the reader denied",
      after: [...whole, noSessions],
      impact: "less-access",
      closes: [/^\*\*a session of the reader\*\*: s3:ListBucket[,;] s3:GetObject, through the endpoint$/],
    },
    {
      that: "the reader denied altogether",
      after: [...whole, noReader],
      impact: "access",
      closes: [/^\*\*the reader, a session of the reader\*\*: /],
    },
    {
      that: "an account in place of nobody",
      after: [...whole, { ...get, Sid: "More", Principal: { AWS: "999999999999" } }],
      impact: "access",
      opens: [/^\*\*anybody in account 999999999999\*\*: s3:GetObject, through the endpoint$/],
    },
    {
      that: "another endpoint beside ours",
      after: [
        ...whole.slice(0, 3),
        {
          ...perimeter,
          Condition: {
            ...perimeter.Condition,
            StringNotEquals: { "aws:SourceVpce": ["vpce-0123", "vpce-0999"] },
          },
        },
      ],
      impact: "access",
      opens: [/an administrator.*: .*, through vpce-0999$/],
    },
    {
      that: "a perimeter without TLS",
      after: [list, get, perimeter],
      impact: "access",
      opens: [/without TLS/, /./, /./],
    },
    {
      that: "a perimeter for a prefix",
      after: [list, get, tls, { ...perimeter, Resource: [bucketArn, `${bucketArn}/private/*`] }],
      impact: "access",
      opens: [/^\*\*an administrator/],
    },
    {
      that: "a perimeter that never applies",
      after: [
        list,
        get,
        tls,
        {
          ...perimeter,
          Condition: { ...perimeter.Condition, StringEquals: { "aws:SourceVpc": "vpc-0999" } },
        },
      ],
      impact: "access",
      opens: [/^\*\*an administrator/],
    },
    {
      that: "one trusted principal less",
      after: [
        list,
        get,
        tls,
        { ...perimeter, Condition: { StringNotEquals: perimeter.Condition.StringNotEquals } },
      ],
      impact: "less-access",
      closes: [/^\*\*role\/break-glass, given rights of its own\*\*: /],
    },
    {
      that: "one action less for the reader, whose path it is",
      after: [list, tls, perimeter],
      impact: "access",
      closes: [/^\*\*the reader, a session of the reader\*\*: s3:GetObject, through the endpoint$/],
    },
  ];
  for (const { that, after, impact, opens = [], closes = [] } of rows)
    it(`shows who gains and who loses what: ${that}`, () => {
      const found = reviewed({ before: whole, after });
      expect(found.impact).to.equal(impact);
      expect(found.text).not.to.include(rewritten);
      expect(found.opens.length > 0, found.opens.join("\n")).to.equal(opens.length > 0);
      expect(found.closes.length > 0, found.closes.join("\n")).to.equal(closes.length > 0);
      for (const [index, pattern] of opens.entries()) expect(found.opens[index] ?? "any").to.match(pattern);
      for (const [index, pattern] of closes.entries()) expect(found.closes[index]).to.match(pattern);
      expect(reaches(found.impact, "access")).to.equal(impact === "access");
    });

  for (const { lockDays, names } of [{ lockDays: 30, names: true }, { names: false }])
    it(`${names ? "names" : "does not name"} what gets past the object lock of a bucket that locks ${names ? "something" : "nothing"}`, () => {
      const found = reviewed({
        before: whole,
        after: [...whole, { ...get, Sid: "More", Action: ["s3:GetObject", "s3:BypassGovernanceRetention"] }],
        outputs: { ...outputs, buckets: { reports: { bucketName: "reports-1", access: "read", lockDays } } },
      });
      expect(found.impact).to.equal("access");
      expect(found.text.includes("past the bucket's object lock (s3:BypassGovernanceRetention)")).to.equal(
        names,
      );
    });

  it("shows what an endpoint opens towards somebody else's bucket", () => {
    const type = awsTypes.vpcEndpoint;
    const only = { ...list, Principal: "*", Condition: { ArnEquals: { "aws:PrincipalArn": reader } } };
    const found = reviewed({ type, before: [only], after: [{ ...only, Resource: "*" }] });
    expect(found.impact).to.equal("access");
    expect(found.opens).to.deep.equal([
      "**the reader, a session of the reader**: s3:ListBucket in somebody-elses-bucket, through the endpoint with or without TLS",
    ]);
  });
});

describe("a policy that comes or goes", () => {
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: whole });
  const stack = { op: "same", urn: "urn:pulumi:t::p::pulumi:pulumi:Stack::p-t", oldState: { outputs } };
  const step = (op: string, type: string, before?: object, after?: object) => ({
    op,
    urn: `urn:pulumi:t::p::${componentTypes.privateLinkBucket}$${type}::it`,
    ...(before === undefined ? {} : { oldState: { inputs: before } }),
    ...(after === undefined ? {} : { newState: { inputs: after } }),
  });
  const told = (...steps: readonly object[]) => {
    const found = review(
      readPreview(JSON.stringify({ steps: [stack, ...steps], changeSummary: { same: 1, update: 1 } })),
    );
    const access = found.steps.find((one) => one.access !== undefined)?.access;
    if (access?.kind !== "compared") throw new Error(JSON.stringify(access));
    return {
      impact: found.steps.find((one) => one.access !== undefined)?.impact,
      opens: access.opened.map(rowInWords).join("\n"),
      closes: access.closed.map(rowInWords).join("\n"),
    };
  };
  const type = awsTypes.bucketPolicy;
  const inputs = { bucket: "reports-1", policy };

  it("opens what it allows and closes what it denies, where it is the first of its bucket", () => {
    const { impact, opens, closes } = told(step("create", type, undefined, inputs));
    expect(impact).to.equal("access");
    expect(opens).to.match(/\*\*the reader, a session of the reader\*\*: s3:ListBucket/);
    expect(closes).to.match(/\*\*an administrator/);
  });

  it("opens what it denied, where it is deleted and its bucket stays", () => {
    const { impact, opens, closes } = told(step("delete", type, inputs));
    expect(impact).to.equal("access");
    expect(opens).to.match(/\*\*an administrator/);
    expect(closes).to.match(/\*\*the reader, a session of the reader\*\*: s3:ListBucket/);
  });

  it("takes nothing from anybody where it comes with its bucket, and gives nothing where it goes with it", () => {
    const bucket = { bucket: "reports-1" };
    expect(
      told(step("create", awsTypes.bucket, undefined, bucket), step("create", type, undefined, inputs))
        .closes,
    ).to.equal("");
    expect(told(step("delete", type, inputs), step("delete", awsTypes.bucket, bucket)).opens).to.equal("");
  });

  it("is compared where it is replaced, which has the impact of its rule all the same", () => {
    const less = {
      ...inputs,
      policy: JSON.stringify({ Version: "2012-10-17", Statement: whole.slice(0, 3) }),
    };
    const { impact, opens } = told(step("replace", type, inputs, less));
    expect(impact).to.equal("access");
    expect(opens).to.match(/\*\*an administrator/);
  });

  it("closes everything where it is that of an endpoint that goes", () => {
    const { opens, closes } = told(step("delete", awsTypes.vpcEndpoint, { policy }));
    expect(opens).to.equal("");
    expect(closes).to.match(/\*\*the reader, a session of the reader\*\*: /);
  });
});

describe("a policy that is not compared", () => {
  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  for (const { that, says, ...given } of [
    { that: "unknown before the update", before: whole, after: unknown, says: /new policy is not known/ },
    {
      that: "secret",
      before: { "4dabf18193072939515e22adb298388d": "1" },
      after: whole,
      says: /old policy is no text/,
    },
    {
      that: "beyond the evaluator",
      before: whole,
      after: [{ ...get, Condition: { DateLessThan: { "aws:CurrentTime": "2026-01-01" } } }],
      says: /new policy cannot be evaluated: .*DateLessThan/,
    },
    {
      that: "with an action that S3 does not have",
      before: whole,
      after: [...whole, { ...get, Action: "s3:ReadObject" }],
      says: /new policy cannot be evaluated: .*s3:ReadObject/i,
    },
    {
      that: "of a stack without outputs",
      before: whole,
      after: whole,
      outputs: {},
      says: /outputs: readerArn/,
    },
  ])
    it(`keeps the impact of its rule and says why: ${that}`, () => {
      const found = reviewed(given);
      expect(found.notCompared).to.match(says);
      expect(found.text).to.match(/`it` is not compared: /);
      expect(found.impact).to.equal("access");
    });
});

describe("previews of the real engine", () => {
  const file = (name: string) => path.resolve(__dirname, "../previews", `${name}.json`);
  const found = (name: string) => review(readPreview(readFileSync(file(name), "utf8")));

  it("name the one more trusted principal and nobody else, for each bucket", () => {
    const changed = found("prod-one-more-trusted").steps.flatMap(({ access }) => access ?? []);
    expect(changed.map(({ kind }) => kind)).to.deep.equal(["compared", "compared"]);
    for (const access of changed)
      if (access.kind === "compared") {
        expect(access.closed).to.deep.equal([]);
        expect(access.opened.flatMap(({ callers }) => callers)).to.deep.equal([
          "role/auditors/alex, given rights of its own",
        ]);
      }
  });

  it("do not compare what a new network makes unknown", () => {
    const changed = found("dev-other-network").steps.flatMap(({ access }) => access ?? []);
    expect(changed).to.deep.equal([
      { kind: "not compared", reason: "the new policy is not known before the update" },
    ]);
  });

  it("name all actions in JSON, and no inputs", () => {
    let out = "";
    runReview([file("prod-one-more-trusted"), "--json"], {
      out: (some) => (out += some),
      err: () => undefined,
    });
    expect(out).to.include('"s3:UpdateObjectEncryption"');
    expect(out).not.to.include('"before"');
  });
});
