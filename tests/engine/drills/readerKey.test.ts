import { expect } from "chai";
import { parsePolicy } from "../../../rehearsal/iam/document";
import { evaluate } from "../../../rehearsal/iam/evaluator";
import { awsTypes } from "../../../rehearsal/model/resourceTypes";
import { text } from "../../../rehearsal/model/values";
import { disagreements } from "../support/agreement";
import { deployedOnce } from "../support/deployed";
import { plan, planOf } from "../support/plan";
import { commandsOf, give } from "../support/runbook";

describe("the runbook of a key that leaked", function () {
  this.timeout(180_000);
  const deployed = deployedOnce({ stack: "prod" });

  /** Whether the reader gets an object through the endpoint, with its key or in a session that STS gave it. */
  function gets(by: "its key" | "a session", without?: string): boolean {
    const { clouds } = deployed.stack;
    const [reader] = clouds.all(awsTypes.user);
    const [endpoint] = clouds.all(awsTypes.vpcEndpoint);
    const [bucket] = clouds.all(awsTypes.bucket).filter(({ name }) => name === "s3-reports");
    const policy = clouds.find(awsTypes.bucketPolicy, bucket?.id ?? "");
    const document = JSON.parse(text(policy?.inputs, "policy") ?? "") as { Statement: { Sid: string }[] };
    const Statement = document.Statement.filter(({ Sid }) => Sid !== without);
    const ownerAccountId = "123456789012";
    const arn = text(reader?.outputs, "arn") ?? "";
    return evaluate(
      {
        bucket: parsePolicy("bucket", JSON.stringify({ ...document, Statement })),
        endpoint: parsePolicy("endpoint", text(endpoint?.inputs, "policy") ?? ""),
        identity: [],
      },
      {
        principal: { kind: "user", arn, accountId: ownerAccountId, inSession: by === "a session" },
        action: "s3:GetObject",
        resource: `${text(bucket?.outputs, "arn") ?? ""}/some/object`,
        ownerAccountId,
        secureTransport: true,
        through: { endpointId: endpoint?.id ?? "", vpcId: text(endpoint?.inputs, "vpcId") ?? "" },
      },
    ).allowed;
  }

  it("makes another key before it deletes the old one, and touches nothing else", async () => {
    const { stack } = deployed;
    const keys = () => stack.clouds.all(awsTypes.accessKey).map(({ id }) => id);
    const [old = ""] = keys();
    const [replace = ""] = commandsOf("recovery.md", "The reader's key leaked");
    const run = await give(stack, replace);
    expect(planOf(run)).to.deep.equal(plan({ replace: "s3-reader-key" }));
    expect(keys()).to.have.lengthOf(1).and.not.include(old);
    const order = stack.simulation.journal.changes.map(({ operation, name }) => `${operation} ${name}`);
    expect(order).to.deep.equal(["create s3-reader-key", "delete s3-reader-key"]);
    expect(disagreements(stack)).to.deep.equal([]);
  });

  it("need not wait for sessions to end: the policies let in the key alone", () => {
    expect(gets("its key")).to.equal(true);
    expect(gets("a session")).to.equal(false);
  });

  it("control: without the statement a session gets in", () => {
    expect(gets("a session", "DenyReaderSessions")).to.equal(true);
  });
});
