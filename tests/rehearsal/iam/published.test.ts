import { expect } from "chai";
import { parsePolicy, UnsupportedPolicyError } from "../../../rehearsal/iam/document";
import { evaluate, isPublic, type Policy, type Principal } from "../../../rehearsal/iam/evaluator";
import { independentlyAllowed, type PlainRequest } from "./independent";
import { type Example, own, owner, type Request, user } from "./published";
import { chinaGuide } from "./publishedChina";
import { iamGuide } from "./publishedIam";
import { s3Guide } from "./publishedS3";
import { serviceGuides } from "./publishedServices";

const examples: readonly Example[] = [...s3Guide, ...iamGuide, ...serviceGuides, ...chinaGuide];

const documentOf = (statements: readonly object[] | undefined) =>
  statements === undefined ? undefined : { Version: "2012-10-17", Statement: statements };

const parsed = (kind: Policy["kind"], statements: readonly object[] | undefined) =>
  statements === undefined ? undefined : parsePolicy(kind, JSON.stringify(documentOf(statements)));

function policiesOf({ bucket, endpoint, identity }: Example, rights?: "everything") {
  const owned = [identity, rights === undefined ? undefined : [own]]
    .map((statements) => parsed("identity", statements))
    .filter((policy) => policy !== undefined);
  return { bucket: parsed("bucket", bucket), endpoint: parsed("endpoint", endpoint), identity: owned };
}

function decisionOf(example: Example, request: Request): string {
  const { by = user(request.owner ?? owner), action, on, acl, through, from } = request;
  const policies = policiesOf(example, request.rights);
  const { allowed } = evaluate(
    { ...policies, endpoint: through === undefined ? undefined : policies.endpoint },
    {
      principal: by,
      action,
      resource: on.startsWith("arn:") || on === "*" ? on : `arn:aws:s3:::${on}`,
      ownerAccountId: request.owner ?? owner,
      secureTransport: request.transport !== "http",
      acl,
      through,
      sourceIp: from,
    },
  );
  return allowed ? "allowed" : "denied";
}

/** The request in the terms of the independent implementation, which knows no policies of callers but one that allows all. */
function independentTerms(example: Example, request: Request): PlainRequest | undefined {
  const { by = user(request.owner ?? owner), action, on, acl, through, from } = request;
  const caller = callerOf(by);
  const { bucket, endpoint, identity } = example;
  // It has one path of an organization, and one name of a session.
  const unknown =
    JSON.stringify([bucket, endpoint]).includes("aws:PrincipalOrgPaths") ||
    (by.kind === "role" && by.session !== "session");
  if (identity !== undefined || caller === undefined || unknown) return undefined;
  return {
    caller,
    action,
    resource: on.startsWith("arn:") || on === "*" ? on : `arn:aws:s3:::${on}`,
    secure: request.transport !== "http",
    acl,
    endpoint:
      through === undefined
        ? undefined
        : { id: through.endpointId, vpc: through.vpcId, account: owner, address: through.sourceIp },
    address: from,
  };
}

function callerOf(by: Principal): PlainRequest["caller"] | undefined {
  switch (by.kind) {
    case "anonymous":
      return by;
    case "service":
      return {
        kind: "service",
        name: by.name,
        sourceAccount: by.sourceAccount,
        sourceArn: by.sourceArn,
      };
    case "user":
    case "role": {
      const [, partition] = by.arn.split(":");
      const name = by.arn.slice(by.arn.indexOf("/") + 1);
      const organisation = by.organisation === undefined ? {} : { organisation: by.organisation.id };
      return partition === "aws"
        ? { kind: by.kind, account: by.accountId, name, ...organisation }
        : undefined;
    }
    default:
      return undefined;
  }
}

const decidedRows = examples.flatMap((example) =>
  example.rows.flatMap((row) => (row.kind === "decided" ? [{ example, ...row }] : [])),
);

const turned = (statements: readonly object[] | undefined) =>
  statements?.map((statement) => ({
    ...statement,
    Effect: (statement as { Effect: string }).Effect === "Allow" ? "Deny" : "Allow",
  }));

describe("The policy evaluator decides as AWS's pages say of their examples", () => {
  it("in at least 200 rows", () => {
    expect(examples.flatMap(({ rows }) => rows).length).to.be.at.least(200);
  });

  it("in none once its policies say the opposite", () => {
    for (const example of examples) {
      const { bucket, endpoint, identity } = example;
      const opposite: Example = {
        ...example,
        ...(bucket && { bucket: turned(bucket) ?? [] }),
        ...(endpoint && { endpoint: turned(endpoint) ?? [] }),
        ...(identity && { identity: turned(identity) ?? [] }),
      };
      const rows = decidedRows.filter((row) => row.example === example);
      if (!rows.some(({ decision }) => decision === "allowed")) continue;
      const same = rows.every(({ request, decision }) => decisionOf(opposite, request) === decision);
      expect(same, example.source).to.equal(false);
    }
  });

  it("and as the independent implementation does, where that knows the terms", async () => {
    let compared = 0;
    for (const { example, request, decision } of decidedRows) {
      const plain = independentTerms(example, request);
      if (plain === undefined) continue;
      compared += 1;
      const policies = {
        bucket: documentOf(example.bucket),
        endpoint: documentOf(example.endpoint),
        rights: request.rights !== undefined,
        owner: request.owner ?? owner,
      };
      const independent = await independentlyAllowed(policies, plain);
      expect(independent, `${example.source}: ${request.what}`).to.equal(decision === "allowed");
    }
    expect(compared).to.be.at.least(150);
  });

  for (const example of examples)
    describe(example.source, () => {
      for (const row of example.rows)
        switch (row.kind) {
          case "decided":
            it(`${row.request.what}: ${row.decision}`, () => {
              expect(decisionOf(example, row.request)).to.equal(row.decision);
            });
            break;
          case "not judged":
            it(`not judged: ${row.names}`, () => {
              expect(() => policiesOf(example)).to.throw(UnsupportedPolicyError, row.names);
            });
            break;
          case "meaning":
            it(`${JSON.stringify(example.bucket)} is ${row.meaning}`, () => {
              const policy = parsed("bucket", example.bucket);
              expect(policy !== undefined && isPublic(policy)).to.equal(row.meaning === "public");
            });
        }
    });
});
