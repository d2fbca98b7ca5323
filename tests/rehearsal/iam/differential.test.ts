import { expect } from "chai";
import fc from "fast-check";
import { parsePolicy } from "../../../rehearsal/iam/document";
import {
  type AccessRequest,
  evaluate,
  policiesMetBy,
  type Policy,
  type Principal,
} from "../../../rehearsal/iam/evaluator";
import { independentlyAllowed, type PlainPolicies, type PlainRequest } from "./independent";

const owner = "123456789012";
const foreign = "999999999999";
const bucketArn = (partition: string) => `arn:${partition}:s3:::data`;

const one = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const oneOrMore = <T>(...values: readonly T[]) =>
  fc.oneof(one(...values), fc.subarray([...values], { minLength: 1 }));

function condition(partition: string) {
  const arns = [
    `arn:${partition}:iam::${owner}:user/reader`,
    `arn:${partition}:iam::${owner}:role/team/*`,
    `arn:${partition}:iam::*:role/*`,
    `arn:*:iam::${foreign}:user/?eader`,
  ];
  const texts = ["", "IfExists"].flatMap((end) =>
    [
      "StringEquals",
      "StringNotEquals",
      "StringEqualsIgnoreCase",
      "StringNotEqualsIgnoreCase",
      "StringLike",
      "StringNotLike",
    ].map((operator) => operator + end),
  );
  const block = (operators: readonly string[], key: string, values: readonly string[]) =>
    fc
      .tuple(one(...operators), oneOrMore(...values))
      .map(([operator, value]) => ({ [operator]: { [key]: value } }));
  const withIfExists = (...operators: readonly string[]) =>
    operators.flatMap((name) => [name, `${name}IfExists`]);
  return fc.oneof(
    block(texts, "aws:SourceVpce", ["vpce-1", "vpce-2", "VPCE-1", "vpce-*"]),
    block(texts, "aws:SourceVpc", ["vpc-1", "vpc-?", "vpc-9"]),
    block(texts, "aws:PrincipalAccount", [owner, foreign, "anonymous"]),
    block(texts, "aws:PrincipalOrgID", ["o-1", "o-*"]),
    block(texts, "aws:SourceAccount", [owner, foreign]),
    block(texts, "aws:ResourceAccount", [owner, foreign]),
    block(texts, "aws:VpceAccount", [owner, foreign]),
    block(texts, "s3:x-amz-acl", ["private", "public-*"]),
    block(withIfExists("ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike"), "aws:PrincipalArn", arns),
    block(withIfExists("ArnLike", "ArnNotLike"), "aws:SourceArn", [`arn:${partition}:logs:*:${owner}:*`]),
    block(withIfExists("Bool"), "aws:SecureTransport", ["true", "false"]),
    block(withIfExists("Bool"), "aws:PrincipalIsAWSService", ["true", "false"]),
    block(withIfExists("IpAddress", "NotIpAddress"), "aws:SourceIp", [
      "198.51.100.0/24",
      "198.51.100.7",
      "2001:db8::/48",
      "2001:DB8::7",
    ]),
    block(withIfExists("IpAddress", "NotIpAddress"), "aws:VpcSourceIp", ["10.0.0.0/8", "172.16.0.0/12"]),
    block(
      withIfExists(
        ...["NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals"],
        ...["NumericGreaterThan", "NumericGreaterThanEquals"],
      ),
      "s3:signatureAge",
      ["0", "1000", "3600000"],
    ),
    block(texts, "s3:signatureversion", ["AWS", "AWS4-*", "AWS4-HMAC-SHA256"]),
    block(["Null"], "aws:SourceVpce", ["true", "false"]),
    block(["Null"], "aws:PrincipalArn", ["true", "false"]),
    block(["Null"], "aws:TokenIssueTime", ["true", "false"]),
    block(
      [
        "ForAnyValue:StringLike",
        "ForAnyValue:StringNotLike",
        "ForAllValues:StringLike",
        "ForAllValues:StringNotLike",
      ],
      "aws:PrincipalOrgPaths",
      ["o-1/*", "o-2/r-any/*"],
    ),
  );
}

function statement(partition: string, kind: "bucket" | "endpoint") {
  const principal = oneOrMore(
    `arn:${partition}:iam::${owner}:user/reader`,
    `arn:${partition}:iam::${owner}:role/team/app`,
    `arn:${partition}:iam::${foreign}:user/reader`,
    `arn:${partition}:iam::${foreign}:root`,
    `arn:${partition}:sts::${owner}:assumed-role/app/session`,
    foreign,
    owner,
  ).map((AWS) => ({ AWS }));
  const service = oneOrMore("delivery.logs.amazonaws.com", "cloudtrail.amazonaws.com").map((Service) => ({
    Service,
  }));
  const actions = oneOrMore(
    "s3:*",
    "s3:GetObject",
    "s3:get*",
    "s3:PutObject",
    "s3:List?ucket",
    "s3:PutObject*",
  );
  const resources = oneOrMore(
    "*",
    `${bucketArn(partition)}/*`,
    bucketArn(partition),
    `${bucketArn(partition)}/public/*`,
    `arn:${partition}:s3:::d?ta/*.txt`,
  );
  return fc
    .record({
      Effect: one("Allow", "Allow", "Deny"),
      Principal:
        kind === "bucket"
          ? fc.oneof(fc.constant("*"), principal, service)
          : fc.oneof(fc.constant("*"), principal),
      actions: fc.tuple(one("Action", "Action", "NotAction"), actions),
      resources: fc.tuple(one("Resource", "Resource", "NotResource"), resources),
      Condition: fc
        .array(condition(partition), { maxLength: 2 })
        .map((all) => Object.assign({}, ...all) as object),
    })
    .map(({ actions: [action, a], resources: [resource, r], ...rest }) => ({
      ...rest,
      [action]: a,
      [resource]: r,
    }));
}

const identity = (kind: "user" | "role") =>
  fc.record({
    kind: fc.constant(kind),
    account: one(owner, owner, foreign),
    name: kind === "user" ? one("reader", "other") : one("team/app", "other"),
  });

const presigned = one<PlainRequest["presigned"]>(
  ...[undefined, undefined],
  { version: 2, forMs: 1000 },
  { version: 4, forMs: 1000 },
  { version: 4, forMs: 3_600_001 },
);

function requestIn(partition: string): fc.Arbitrary<PlainRequest> {
  const arn = bucketArn(partition);
  return (
    fc
      .record({
        caller: fc.oneof(
          fc.constant({ kind: "anonymous" } as const),
          identity("user"),
          identity("user").map((user) => ({ ...user, kind: "user" as const, temporary: true })),
          identity("role"),
          fc
            .tuple(fc.oneof(identity("user"), identity("role")), one("o-1", "o-2"))
            .map(([who, organisation]) => ({ ...who, organisation })),
          fc.record({
            kind: fc.constant("service" as const),
            name: one("delivery.logs.amazonaws.com", "s3.amazonaws.com"),
            sourceAccount: one(owner, foreign, undefined),
            sourceArn: one(
              `arn:${partition}:logs:us-east-1:${owner}:x:y`,
              `arn:${partition}:logs:us-east-1:${foreign}:x`,
              undefined,
            ),
          }),
        ),
        call: one(
          { action: "s3:ListBucket", resource: arn },
          { action: "s3:GetObject", resource: `${arn}/public/a.txt` },
          { action: "s3:GetObject", resource: `${arn}/b` },
          { action: "s3:PutObject", resource: `${arn}/c.txt`, acl: "private" },
          { action: "s3:PutObject", resource: `${arn}/c.txt`, acl: "public-read" },
        ),
        secure: fc.boolean(),
        endpoint: one(
          undefined,
          { id: "vpce-1", vpc: "vpc-1", account: owner, address: "10.1.2.3" },
          { id: "vpce-2", vpc: "vpc-9", account: foreign },
        ),
        address: one("198.51.100.7", "203.0.113.9", "2001:db8::7", "2001:db8:1::9"),
      })
      // Only whoever has a key can sign.
      .chain(({ call, ...rest }) =>
        (rest.caller.kind === "user" || rest.caller.kind === "role" ? presigned : fc.constant(undefined)).map(
          (signed): PlainRequest => ({ ...rest, ...call, presigned: signed }),
        ),
      )
  );
}

/** The same request in the evaluator's terms. */
function inOurTerms(request: PlainRequest, partition: string): AccessRequest {
  const { endpoint } = request;
  return {
    principal: principalOf(request, partition),
    action: request.action,
    resource: request.resource,
    ownerAccountId: owner,
    secureTransport: request.secure,
    acl: request.acl,
    through:
      endpoint === undefined
        ? undefined
        : {
            endpointId: endpoint.id,
            vpcId: endpoint.vpc,
            accountId: endpoint.account,
            sourceIp: endpoint.address,
          },
    sourceIp: request.address,
  };
}

function principalOf({ caller, presigned }: PlainRequest, partition: string): Principal {
  switch (caller.kind) {
    case "anonymous":
      return caller;
    case "service":
      return {
        kind: "service",
        name: caller.name,
        sourceAccount: caller.sourceAccount,
        sourceArn: caller.sourceArn,
      };
    case "user":
    case "role": {
      const { kind, account, name, organisation: id } = caller;
      const organisation = id === undefined ? undefined : { id, path: `${id}/r-any/ou-any/` };
      const arn = `arn:${partition}:iam::${account}:${kind}/${name}`;
      return {
        kind,
        arn,
        accountId: account,
        organisation,
        session: kind === "role" ? "session" : undefined,
        inSession: caller.kind === "user" && caller.temporary === true,
        ...(presigned === undefined
          ? {}
          : {
              presigned:
                presigned.version === 2
                  ? { signatureVersion: "AWS" as const, ageMs: 0 }
                  : { signatureVersion: "AWS4-HMAC-SHA256" as const, ageMs: presigned.forMs },
            }),
      };
    }
  }
}

const everything: Policy = parsePolicy(
  "identity",
  JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } }),
);

function ours(
  { bucket, endpoint, rights }: PlainPolicies,
  request: PlainRequest,
  partition: string,
): boolean {
  const parsed = (kind: "bucket" | "endpoint", document: object | undefined) =>
    document === undefined ? undefined : parsePolicy(kind, JSON.stringify(document));
  const policies = {
    bucket: parsed("bucket", bucket),
    endpoint: request.endpoint === undefined ? undefined : parsed("endpoint", endpoint),
    identity: rights ? [everything] : [],
  };
  const asked = inOurTerms(request, partition);
  const decision = evaluate(policies, asked);
  expect(evaluate(policiesMetBy(policies, asked), asked), "by what is left of them").to.deep.equal(decision);
  return decision.allowed;
}

describe("The policy evaluator decides as an independent implementation, whole and for one asker", function () {
  this.timeout("2m");
  // Seeded, so that a failure comes again; 700 pairs of policies for each partition, eight requests each.
  for (const [partition, seed] of [
    ["aws", 12],
    ["aws-cn", 13],
    ["aws-us-gov", 14],
  ] as const)
    it(`for any policies and requests in the partition ${partition}`, async () => {
      let [allowed, denied] = [0, 0];
      const document = (kind: "bucket" | "endpoint") =>
        fc
          .array(statement(partition, kind), { minLength: 1, maxLength: 3 })
          .map((Statement) => ({ Version: "2012-10-17", Statement }));
      await fc.assert(
        fc.asyncProperty(
          document("bucket"),
          fc.option(document("endpoint"), { nil: undefined }),
          fc.boolean(),
          fc.array(requestIn(partition), { minLength: 8, maxLength: 8 }),
          async (bucket, endpoint, rights, requests) => {
            const policies = { bucket, endpoint, rights, owner, partition };
            for (const request of requests) {
              const theirs = await independentlyAllowed(policies, request);
              if (theirs) allowed += 1;
              else denied += 1;
              expect(ours(policies, request, partition), JSON.stringify(request)).to.equal(theirs);
            }
          },
        ),
        { numRuns: 700, seed },
      );
      // Neither answer may be the only one.
      expect(Math.min(allowed, denied)).to.be.greaterThan(500);
    });
});
