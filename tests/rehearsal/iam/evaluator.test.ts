import { expect } from "chai";
import fc from "fast-check";
import { parsePolicy, UnsupportedPolicyError } from "../../../rehearsal/iam/document";
import {
  type AccessRequest,
  evaluate,
  isPublic,
  type Policy,
  type Principal,
} from "../../../rehearsal/iam/evaluator";

const account = "123456789012";
const delivery: Principal = {
  kind: "service",
  name: "delivery.logs.amazonaws.com",
  sourceAccount: account,
  sourceArn: `arn:aws:logs:ap-northeast-1:${account}:delivery`,
};
const bucketArn = "arn:aws:s3:::data";
const endpointId = "vpce-0123456789abcdef0";
const reader: Principal = { kind: "user", arn: `arn:aws:iam::${account}:user/reader`, accountId: account };
const presigned: Principal = {
  ...reader,
  presigned: { signatureVersion: "AWS4-HMAC-SHA256", ageMs: 1000 },
};

function request(changes: Partial<AccessRequest> = {}): AccessRequest {
  return {
    principal: reader,
    action: "s3:GetObject",
    resource: `${bucketArn}/hello.txt`,
    ownerAccountId: account,
    secureTransport: true,
    through: { endpointId, vpcId: "vpc-1" },
    ...changes,
  };
}

const policy = (kind: Policy["kind"], ...statements: readonly object[]) =>
  parsePolicy(kind, JSON.stringify({ Version: "2012-10-17", Statement: statements }));

const allowAll = { Sid: "AllowAll", Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*" };
const denyAll = { ...allowAll, Sid: "DenyAll", Effect: "Deny" };
const ownPolicy = policy("identity", { Sid: "Own", Effect: "Allow", Action: "s3:*", Resource: "*" });

/** Whether a bucket policy of one Allow with this part lets the request in. */
function lets(part: object, changes: Partial<AccessRequest> = {}): boolean {
  const bucket = policy("bucket", { ...allowAll, ...part });
  return evaluate({ bucket, endpoint: undefined, identity: [] }, request(changes)).allowed;
}

describe("The policy evaluator", () => {
  describe("weighs policies", () => {
    const cases: readonly {
      readonly title: string;
      readonly bucket?: Policy;
      readonly endpoint?: Policy;
      readonly identity?: readonly Policy[];
      readonly changes?: Partial<AccessRequest>;
      readonly expected: string;
    }[] = [
      { title: "and denies what nobody allows", expected: "no policy allows it" },
      {
        title: "and lets the bucket policy suffice inside one account",
        bucket: policy("bucket", allowAll),
        expected: "AllowAll of the bucket policy allows it",
      },
      {
        title: "and lets the caller's own policy suffice inside one account",
        identity: [ownPolicy],
        expected: "Own of the caller's own policy allows it",
      },
      {
        title: "and lets a denial win over both",
        bucket: policy("bucket", allowAll, denyAll),
        identity: [ownPolicy],
        expected: "DenyAll of the bucket policy denies it",
      },
      {
        title: "and lets an endpoint without an Allow stop everything",
        bucket: policy("bucket", allowAll),
        endpoint: policy("endpoint", { ...allowAll, Action: "s3:PutObject" }),
        identity: [ownPolicy],
        expected: "the endpoint policy does not allow it",
      },
      {
        title: "and grants nothing by the endpoint's Allow alone",
        endpoint: policy("endpoint", allowAll),
        identity: [],
        expected: "no policy allows it",
      },
      {
        title: "and wants both sides of another account",
        bucket: policy("bucket", allowAll),
        changes: { ownerAccountId: "999999999999" },
        expected: "no policy allows it",
      },
      {
        title: "and is content with both sides of another account",
        bucket: policy("bucket", allowAll),
        identity: [ownPolicy],
        changes: { ownerAccountId: "999999999999" },
        expected: "AllowAll of the bucket policy allows it",
      },
      {
        title: "and needs no other side for everybody",
        bucket: policy("bucket", allowAll),
        changes: { principal: { kind: "anonymous" } as const },
        expected: "AllowAll of the bucket policy allows it",
      },
      {
        title: "and needs no other side for a service",
        bucket: policy("bucket", { ...allowAll, Principal: { Service: delivery.name } }),
        changes: { principal: delivery },
        expected: "AllowAll of the bucket policy allows it",
      },
    ];
    for (const { title, bucket, endpoint, identity = [], changes, expected } of cases)
      it(title, () => {
        const decision = evaluate({ bucket, endpoint, identity }, request(changes ?? {}));
        expect(decision.because).to.equal(expected);
      });
  });

  describe("matches principals", () => {
    for (const { principal, caller, yes } of [
      { principal: "*", caller: reader, yes: true },
      { principal: { AWS: "*" }, caller: { kind: "anonymous" }, yes: true },
      { principal: { AWS: reader.arn }, caller: reader, yes: true },
      { principal: { AWS: [`arn:aws:iam::${account}:role/other`, reader.arn] }, caller: reader, yes: true },
      { principal: { AWS: `arn:aws:iam::${account}:user/other` }, caller: reader, yes: false },
      { principal: { AWS: reader.arn }, caller: { kind: "anonymous" }, yes: false },
      { principal: { Service: delivery.name }, caller: delivery, yes: true },
      { principal: { Service: [delivery.name, "s3.amazonaws.com"] }, caller: delivery, yes: true },
      { principal: { AWS: reader.arn, Service: delivery.name }, caller: delivery, yes: true },
      { principal: { Service: "logging.s3.amazonaws.com" }, caller: delivery, yes: false },
      { principal: { Service: delivery.name }, caller: reader, yes: false },
      { principal: { AWS: account }, caller: delivery, yes: false },
      // An account's number hands the decision to that account's own policies.
      { principal: { AWS: account }, caller: reader, yes: false },
      { principal: { AWS: `arn:aws:iam::${account}:root` }, caller: reader, yes: false },
    ] as const)
      it(`${JSON.stringify(principal)} ${yes ? "allows" : "does not allow"} ${caller.kind}`, () => {
        expect(lets({ Principal: principal }, { principal: caller })).to.equal(yes);
      });

    it("denying an account denies everybody in it", () => {
      const bucket = policy("bucket", allowAll, { ...denyAll, Principal: { AWS: account } });
      expect(evaluate({ bucket, endpoint: undefined, identity: [] }, request()).allowed).to.equal(false);
    });
  });

  describe("matches actions and resources", () => {
    for (const { part, yes } of [
      { part: { Action: "s3:GetObject" }, yes: true },
      { part: { Action: "S3:getobject" }, yes: true },
      { part: { Action: "s3:Get*" }, yes: true },
      { part: { Action: "s3:*Object" }, yes: true },
      { part: { Action: "s3:GetObjec?" }, yes: true },
      { part: { Action: "s3:GetObject?" }, yes: false },
      { part: { Action: "s3:GetObjectVersion" }, yes: false },
      { part: { Action: ["s3:PutObject", "s3:GetObject"] }, yes: true },
      { part: { Resource: `${bucketArn}/*` }, yes: true },
      { part: { Resource: bucketArn }, yes: false },
      { part: { Resource: `${bucketArn}/HELLO.txt` }, yes: false },
      { part: { Resource: `${bucketArn}2/*` }, yes: false },
      { part: { Resource: "arn:aws:s3:::d.ta/*" }, yes: false },
    ])
      it(`${JSON.stringify(part)} is ${yes ? "" : "not "}meant by a get`, () => {
        expect(lets(part)).to.equal(yes);
      });
  });

  describe("compares conditions", () => {
    const through = "aws:SourceVpce";
    const internet = { through: undefined };
    for (const { operator, key, value, changes, yes } of [
      { operator: "StringEquals", key: through, value: endpointId, yes: true },
      { operator: "StringEquals", key: "AWS:sourcevpce", value: endpointId, yes: true },
      { operator: "StringEquals", key: through, value: ["vpce-1", endpointId], yes: true },
      { operator: "StringEquals", key: through, value: "vpce-*", yes: false },
      { operator: "StringEquals", key: through, value: endpointId, changes: internet, yes: false },
      { operator: "StringEqualsIfExists", key: through, value: endpointId, changes: internet, yes: true },
      { operator: "StringEqualsIfExists", key: through, value: "vpce-1", yes: false },
      { operator: "StringNotEquals", key: through, value: endpointId, yes: false },
      { operator: "StringNotEquals", key: through, value: "vpce-1", yes: true },
      // None of them: a second value does not make it true.
      { operator: "StringNotEquals", key: through, value: ["vpce-1", endpointId], yes: false },
      { operator: "StringNotEquals", key: through, value: endpointId, changes: internet, yes: true },
      { operator: "StringLike", key: through, value: "vpce-*", yes: true },
      { operator: "StringNotLike", key: through, value: "vpce-*", yes: false },
      { operator: "StringEquals", key: "aws:SourceVpc", value: "vpc-1", yes: true },
      { operator: "ArnEquals", key: "aws:PrincipalArn", value: reader.arn, yes: true },
      { operator: "ArnLike", key: "aws:PrincipalArn", value: `arn:aws:iam::${account}:user/*`, yes: true },
      { operator: "ArnEquals", key: "aws:PrincipalArn", value: `arn:aws:iam::*:user/r?ader`, yes: true },
      // A star stays within its part.
      { operator: "ArnLike", key: "aws:PrincipalArn", value: "arn:aws:*:user/reader:::", yes: false },
      {
        operator: "ArnNotLike",
        key: "aws:PrincipalArn",
        value: `arn:aws:iam::${account}:user/*`,
        yes: false,
      },
      {
        operator: "ArnNotEquals",
        key: "aws:PrincipalArn",
        value: `arn:aws:iam::${account}:user/other`,
        yes: true,
      },
      {
        operator: "ArnNotLike",
        key: "aws:PrincipalArn",
        value: reader.arn,
        changes: { principal: { kind: "anonymous" } },
        yes: true,
      },
      { operator: "Bool", key: "aws:SecureTransport", value: "true", yes: true },
      { operator: "Bool", key: "aws:SecureTransport", value: true, yes: true },
      {
        operator: "Bool",
        key: "aws:SecureTransport",
        value: "true",
        changes: { secureTransport: false },
        yes: false,
      },
      { operator: "Bool", key: "aws:ViaAWSService", value: "false", yes: true },
      {
        operator: "Bool",
        key: "aws:ViaAWSService",
        value: "false",
        changes: { principal: { ...reader, viaAwsService: true } },
        yes: false,
      },
      {
        operator: "Bool",
        key: "aws:PrincipalIsAWSService",
        value: "true",
        changes: { principal: { ...reader, isAwsService: true } },
        yes: true,
      },
      {
        operator: "Bool",
        key: "aws:PrincipalIsAWSService",
        value: "false",
        changes: { principal: { kind: "anonymous" } },
        yes: false,
      },
      {
        operator: "BoolIfExists",
        key: "aws:PrincipalIsAWSService",
        value: "false",
        changes: { principal: { kind: "anonymous" } },
        yes: true,
      },
      ...(
        [
          ["NumericEquals", "1000", true],
          ["NumericEquals", 999, false],
          ["NumericNotEquals", "1000", false],
          ["NumericLessThan", "1000", false],
          ["NumericLessThanEquals", "1000", true],
          ["NumericGreaterThan", "1000", false],
          ["NumericGreaterThan", "999", true],
          ["NumericGreaterThanEquals", "1000", true],
        ] as const
      ).map(([operator, value, yes]) => ({
        ...{ operator, key: "s3:signatureAge", value, yes },
        changes: { principal: presigned },
      })),
      { operator: "NumericGreaterThan", key: "s3:signatureAge", value: "0", yes: false },
      { operator: "NumericNotEquals", key: "s3:signatureAge", value: "0", yes: true },
      { operator: "StringEquals", key: "s3:signatureversion", value: "AWS4-HMAC-SHA256", yes: true },
      {
        operator: "StringEquals",
        key: "s3:signatureversion",
        value: "AWS",
        changes: { principal: { ...reader, presigned: { signatureVersion: "AWS", ageMs: 0 } } },
        yes: true,
      },
      { operator: "StringEquals", key: "aws:PrincipalAccount", value: account, yes: true },
      {
        operator: "StringEquals",
        key: "aws:PrincipalAccount",
        value: "anonymous",
        changes: { principal: { kind: "anonymous" } },
        yes: true,
      },
      {
        operator: "Bool",
        key: "aws:PrincipalIsAWSService",
        value: "true",
        changes: { principal: delivery },
        yes: true,
      },
      {
        operator: "StringEquals",
        key: "aws:SourceAccount",
        value: account,
        changes: { principal: delivery },
        yes: true,
      },
      { operator: "StringEquals", key: "aws:SourceAccount", value: account, yes: false },
      {
        operator: "ArnLike",
        key: "aws:SourceArn",
        value: `arn:aws:logs:*:${account}:*`,
        changes: { principal: delivery },
        yes: true,
      },
      { operator: "ArnLike", key: "aws:SourceArn", value: `arn:aws:logs:*:${account}:*`, yes: false },
      {
        operator: "StringEquals",
        key: "aws:SourceAccount",
        value: account,
        changes: { principal: { ...delivery, sourceAccount: undefined } },
        yes: false,
      },
      {
        operator: "ArnLike",
        key: "aws:SourceArn",
        value: `arn:aws:logs:*:${account}:*`,
        changes: { principal: { ...delivery, sourceArn: undefined } },
        yes: false,
      },
      {
        operator: "StringNotEquals",
        key: "aws:PrincipalAccount",
        value: account,
        changes: { principal: delivery },
        yes: true,
      },
      {
        operator: "StringEquals",
        key: "s3:x-amz-acl",
        value: "private",
        changes: { acl: "private" },
        yes: true,
      },
      { operator: "StringEquals", key: "s3:x-amz-acl", value: "private", yes: false },
    ] as const)
      it(`${operator} ${key} ${JSON.stringify(value)}${changes === undefined ? "" : ` for ${JSON.stringify(changes)}`} is ${yes ? "met" : "not met"}`, () => {
        expect(lets({ Condition: { [operator]: { [key]: value } } }, changes ?? {})).to.equal(yes);
      });

    it("all conditions must be met", () => {
      const both = {
        StringEquals: { "aws:SourceVpce": endpointId },
        Bool: { "aws:SecureTransport": "true" },
      };
      expect(lets({ Condition: both })).to.equal(true);
      expect(lets({ Condition: both }, { secureTransport: false })).to.equal(false);
    });
  });

  describe("refuses what it does not cover", () => {
    for (const { kind, statement, document, says } of [
      {
        kind: "bucket",
        statement: { Condition: { DateLessThan: { "aws:CurrentTime": "2026-01-01" } } },
        says: "the bucket policy (AllowAll) uses the operator DateLessThan, which is not evaluated here",
      },
      {
        kind: "bucket",
        statement: { Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
        says: "the bucket policy (AllowAll) asks for s3:TlsVersion, which is not evaluated here",
      },
      {
        kind: "bucket",
        statement: { Condition: { StringEquals: { "s3:signatureAge": "1" } } },
        says: "the bucket policy (AllowAll) compares s3:signatureAge by StringEquals, which is not evaluated here",
      },
      {
        kind: "bucket",
        statement: { Condition: { NumericLessThan: { "s3:signatureAge": "an hour" } } },
        says: "the bucket policy (AllowAll) compares s3:signatureAge by NumericLessThan with an hour, which it cannot be",
      },
      {
        kind: "bucket",
        statement: { Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": "a" } } },
        says: "the bucket policy (AllowAll) asks for aws:TagKeys, which is not evaluated here",
      },
      {
        kind: "endpoint",
        statement: { Condition: { StringEquals: { "s3:prefix": "a" } } },
        says: "the endpoint policy (AllowAll) asks for s3:prefix, which is not evaluated here",
      },
      {
        kind: "bucket",
        statement: { NotPrincipal: "*" },
        says: "the bucket policy (AllowAll) has a NotPrincipal, which is not evaluated here; name the principals in a condition instead",
      },
      {
        kind: "bucket",
        statement: { NotAction: "s3:GetObject" },
        says: "the bucket policy (AllowAll) has both Action and NotAction",
      },
      {
        kind: "identity",
        statement: {},
        says: "the identity policy (AllowAll) has the element Principal, which is not evaluated here (only Sid, Effect, Action, NotAction, Resource, NotResource, Condition)",
      },
      {
        kind: "bucket",
        statement: { Principal: { CanonicalUser: "79a5" } },
        says: "the bucket policy (AllowAll) has the element CanonicalUser, which is not evaluated here (only AWS, Service)",
      },
      {
        kind: "bucket",
        statement: { Principal: { Service: "logging.s3" } },
        says: "the bucket policy (AllowAll) names the principal logging.s3, which is no service of AWS",
      },
      {
        kind: "bucket",
        statement: { Principal: {} },
        says: "the bucket policy (AllowAll) has a Principal that names no principal",
      },
      {
        kind: "bucket",
        statement: { Principal: { AWS: "AIDAEXAMPLE" } },
        says: "the bucket policy (AllowAll) names the principal AIDAEXAMPLE, which is no user, role or account",
      },
      {
        kind: "bucket",
        statement: { Principal: undefined },
        says: "the bucket policy (AllowAll) has no object for Principal",
      },
      {
        kind: "bucket",
        statement: { Effect: "allow" },
        says: "the bucket policy (AllowAll) has an Effect that is neither Allow nor Deny",
      },
      {
        kind: "bucket",
        statement: { Action: [] },
        says: "the bucket policy (AllowAll) has no Action, or one that is not text",
      },
      {
        kind: "bucket",
        statement: { Resource: "arn:aws:s3:::data/${aws:username}/*" },
        says: "the bucket policy (AllowAll) uses the policy variable arn:aws:s3:::data/${aws:username}/*, which is not evaluated here",
      },
      {
        kind: "bucket",
        statement: { Condition: { Bool: { "aws:SecureTransport": "yes" } } },
        says: "the bucket policy (AllowAll) compares aws:SecureTransport by Bool with yes, which it cannot be",
      },
      {
        kind: "bucket",
        statement: { Condition: { ArnEquals: { "aws:SourceVpce": "vpce-1" } } },
        says: "the bucket policy (AllowAll) compares aws:SourceVpce by ArnEquals with vpce-1, which it cannot be",
      },
      {
        kind: "bucket",
        statement: { NotResource: "*" },
        says: "the bucket policy (AllowAll) has both Resource and NotResource",
      },
      {
        kind: "bucket",
        statement: { Principal: { AWS: `arn:aws:sts::${account}:federated-user/kim` } },
        says: "the bucket policy (AllowAll) names the principal arn:aws:sts::123456789012:federated-user/kim, which is no user, role or account",
      },
      {
        kind: "bucket",
        statement: { Principal: { AWS: `arn:aws:iam::${account}:user/*` } },
        says: "the bucket policy (AllowAll) names the principal arn:aws:iam::123456789012:user/*, which is no user, role or account",
      },
      {
        kind: "bucket",
        statement: { Principal: { Federated: "accounts.google.com" } },
        says: "the bucket policy (AllowAll) has the element Federated, which is not evaluated here (only AWS, Service)",
      },
      {
        kind: "bucket",
        statement: { Condition: { StringLike: { "aws:SourceIp": "10.*" } } },
        says: "the bucket policy (AllowAll) compares aws:SourceIp by StringLike, which is not evaluated here",
      },
      {
        kind: "bucket",
        statement: { Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/33" } } },
        says: "the bucket policy (AllowAll) compares aws:SourceIp by IpAddress with 10.0.0.0/33, which it cannot be",
      },
      {
        kind: "bucket",
        statement: { Condition: { StringLike: { "aws:PrincipalOrgPaths": "o-1/*" } } },
        says: "the bucket policy (AllowAll) asks for aws:PrincipalOrgPaths, which has several values, without ForAnyValue or ForAllValues",
      },
      {
        kind: "bucket",
        statement: { Condition: { NullIfExists: { "aws:SourceVpce": "true" } } },
        says: "the bucket policy (AllowAll) uses the operator NullIfExists, which is not evaluated here",
      },
      {
        kind: "bucket",
        statement: { Condition: { StringEquals: { "aws:userid": "AIDAEXAMPLE" } } },
        says: "the bucket policy (AllowAll) asks for aws:userid, which is not evaluated here",
      },
      {
        kind: "bucket",
        document: { Version: "2012-10-18", Statement: [] },
        says: 'the bucket policy has Version "2012-10-18"; AWS knows 2012-10-17 and 2008-10-17',
      },
      {
        kind: "bucket",
        document: { Version: "2012-10-17", Statements: [] },
        says: "the bucket policy has the element Statements, which is not evaluated here (only Version, Id, Statement)",
      },
    ] as const)
      it(says, () => {
        const whole = document ?? { Version: "2012-10-17", Statement: [{ ...allowAll, ...statement }] };
        expect(() => parsePolicy(kind, JSON.stringify(whole)))
          .to.throw(UnsupportedPolicyError)
          .with.property("message", says);
      });

    it("the bucket policy is no JSON", () => {
      expect(() => parsePolicy("bucket", "{")).to.throw(
        UnsupportedPolicyError,
        "the bucket policy is no JSON",
      );
    });
  });

  describe("knows a public bucket policy", () => {
    for (const { part, yes } of [
      { part: {}, yes: true },
      { part: { Principal: { AWS: reader.arn } }, yes: false },
      { part: { Principal: { Service: "s3.amazonaws.com" } }, yes: false },
      { part: { Condition: { StringEquals: { "aws:SourceAccount": account } } }, yes: false },
      { part: { Effect: "Deny" }, yes: false },
      { part: { Condition: { StringEquals: { "aws:SourceVpce": endpointId } } }, yes: false },
      { part: { Condition: { StringLike: { "aws:SourceVpce": "vpce-*" } } }, yes: true },
      { part: { Condition: { StringEqualsIfExists: { "aws:SourceVpce": endpointId } } }, yes: true },
      { part: { Condition: { StringNotEquals: { "aws:SourceVpce": endpointId } } }, yes: true },
      { part: { Condition: { Bool: { "aws:SecureTransport": "true" } } }, yes: true },
    ])
      it(`${JSON.stringify(part)} makes it ${yes ? "public" : "not public"}`, () => {
        expect(isPublic(policy("bucket", { ...allowAll, ...part }))).to.equal(yes);
      });
  });

  describe("keeps to the logic of IAM for any policies", () => {
    const statement = fc.record({
      Sid: fc.constant("Any"),
      Effect: fc.constantFrom("Allow", "Deny"),
      Principal: fc.constantFrom("*", { AWS: reader.arn }, { AWS: `arn:aws:iam::${account}:user/other` }),
      Action: fc.constantFrom("s3:*", "s3:GetObject", "s3:PutObject"),
      Resource: fc.constantFrom("*", `${bucketArn}/*`, bucketArn),
      Condition: fc.constantFrom(
        {},
        { StringEquals: { "aws:SourceVpce": endpointId } },
        { StringNotEquals: { "aws:SourceVpce": endpointId } },
      ),
    });
    const statements = fc.array(statement, { minLength: 1, maxLength: 5 });
    const call = fc.record({
      action: fc.constantFrom("s3:GetObject", "s3:PutObject"),
      through: fc.constantFrom(undefined, { endpointId, vpcId: "vpc-1" }),
    });
    const allowed = (list: readonly object[], changes: Partial<AccessRequest>) =>
      evaluate({ bucket: policy("bucket", ...list), endpoint: undefined, identity: [] }, request(changes))
        .allowed;

    it("the order of statements decides nothing", () => {
      fc.assert(
        fc.property(
          statements,
          call,
          (list, changes) => allowed(list, changes) === allowed([...list].reverse(), changes),
        ),
      );
    });

    it("one more denial never lets anybody in", () => {
      fc.assert(
        fc.property(
          statements,
          statement,
          call,
          (list, extra, changes) =>
            !allowed([...list, { ...extra, Effect: "Deny" }], changes) || allowed(list, changes),
        ),
      );
    });

    it("one more allowance never keeps anybody out", () => {
      fc.assert(
        fc.property(
          statements,
          statement,
          call,
          (list, extra, changes) =>
            !allowed(list, changes) || allowed([...list, { ...extra, Effect: "Allow" }], changes),
        ),
      );
    });
  });
});
