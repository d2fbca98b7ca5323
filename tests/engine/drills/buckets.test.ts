import { expect } from "chai";
import { awsTypes } from "../../../rehearsal/model/resourceTypes";
import { disagreements } from "../support/agreement";
import { fill, openBuckets } from "../support/contents";
import { deployedOnce } from "../support/deployed";
import { plan, planOf } from "../support/plan";
import { commandsOf, give } from "../support/runbook";
import { own } from "../support/settings";

/** The bucket's guards, and its access logs. */
const parts = ["public-access", "ownership", "versioning", "encryption", "policy", "logging"];

describe("the runbook of a bucket", function () {
  this.timeout(180_000);
  const deployed = deployedOnce({ stack: "prod", settings: own({ protection: true }) });

  const bucket = () => {
    const found = deployed.stack.clouds.all(awsTypes.bucket).find(({ name }) => name === "s3-uploads");
    if (found === undefined) throw new Error("there is no s3-uploads");
    return found;
  };
  const policyOf = (id: string) => deployed.stack.clouds.find(awsTypes.bucketPolicy, id)?.inputs["policy"];

  it("finds a policy that was wiped, and puts it back", async () => {
    const { stack } = deployed;
    const { id } = bucket();
    const before = policyOf(id);
    fill(stack, "s3-uploads");
    stack.clouds.remove(awsTypes.bucketPolicy, id);
    expect(openBuckets(stack)).to.have.lengthOf(1);

    const [look = "", repair = ""] = commandsOf("recovery.md", "A bucket's policy was wiped or changed");
    expect(planOf(await give(stack, look))).to.deep.equal(plan({ create: "s3-uploads-policy" }));
    expect(planOf(await give(stack, repair))).to.deep.equal(plan({ create: "s3-uploads-policy" }));
    expect(policyOf(id)).to.equal(before);
    expect(openBuckets(stack)).to.deep.equal([]);
  });

  it("control: does not find it without a refresh", async () => {
    const { stack } = deployed;
    stack.clouds.remove(awsTypes.bucketPolicy, bucket().id);
    expect(planOf(await give(stack, "pulumi up"))).to.deep.equal(plan({}));
  });

  it("makes a bucket that was deleted again, with all of its guards, protection notwithstanding", async () => {
    const { stack } = deployed;
    const { id } = bucket();
    for (const live of stack.clouds.resources().filter((one) => one.id === id))
      stack.clouds.remove(live.type, live.id);

    const [again = ""] = commandsOf("recovery.md", "A bucket was deleted");
    const run = await give(stack, again);
    expect(planOf(run).create).to.deep.equal(
      ["s3-uploads", ...parts.map((part) => `s3-uploads-${part}`)].sort(),
    );
    expect(planOf(run).delete).to.deep.equal([]);
    fill(stack, "s3-uploads");
    expect(openBuckets(stack)).to.deep.equal([]);
    expect(disagreements(stack).filter((one) => !one.includes("/written"))).to.deep.equal([]);
    expect((await stack.preview("--expect-no-changes")).code).to.equal(0);
  });
});
