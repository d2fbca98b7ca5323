import { expect } from "chai";
import fc from "fast-check";
import { judgeResource } from "../../policy/rule";
import { rules } from "../../policy/rules";
import { text } from "../../rehearsal/model/values";
import { changesOf, type PolicyChange, type PolicyJson } from "../rehearsal/access/policyChanges";
import { moved, others, owner, policyOf, triesOf } from "../rehearsal/access/tries";
import { resourceNamed } from "../rehearsal/fixtures/change";
import { rehearsedStack, stackCases } from "../rehearsal/fixtures/stacks";
import { resource } from "./resources";

/** How many changes are tried. */
const sampled = 40;
const type = "aws:s3/bucketPolicy:BucketPolicy";
const readerActions = ["ListBucket", "GetObject", "PutObject", "DeleteObject", "AbortMultipartUpload"];

describe("generated changes of a bucket's policy, against an independent implementation", function () {
  this.timeout("3m");
  it("are refused where they open what no reader has, and pass where nothing differs", async () => {
    const [, given] = stackCases;
    if (given === undefined) throw new Error("no such case");
    const rehearsed = await rehearsedStack(given);
    const { recording } = rehearsed;
    const before = policyOf(recording, "s3-reports-policy");
    const bucket = resourceNamed(recording, "s3-reports");
    const tries = triesOf(rehearsed, text(bucket.outputs, "arn") ?? "");
    // A pack does not know whom an organisation means to trust: who is named may read through the endpoint, and be exempt.
    const nobodys = tries.filter(({ request: { caller, action, endpoint } }) => {
      if (caller.kind === "service" || (caller.kind !== "anonymous" && caller.name === "kim")) return false;
      return endpoint?.account !== owner || !readerActions.includes(action.slice("s3:".length));
    });
    const judged = (document: PolicyJson) =>
      rules.flatMap((rule) =>
        rule.kind === "resource"
          ? judgeResource(
              rule,
              resource(type, {
                bucket: text(bucket.outputs, "bucket") ?? "",
                policy: JSON.stringify(document),
              }),
            )
          : [],
      );
    expect(judged(before)).to.deep.equal([]);
    const [changes = []] = fc.sample(
      fc.shuffledSubarray([...changesOf(before, others)], { minLength: sampled, maxLength: sampled }),
      { seed: 12, numRuns: 1 },
    );
    const wrong: string[] = [];
    const counts = { opens: 0, same: 0 };
    for (const { what, document } of changes as readonly PolicyChange[]) {
      const problems = judged(document);
      if ((await moved("bucket", before, document, nobodys)).opens) {
        counts.opens += 1;
        if (problems.length === 0) wrong.push(`${what}: opens, and passes`);
        continue;
      }
      const { opens, closes } = await moved("bucket", before, document, tries);
      if (opens || closes) continue;
      counts.same += 1;
      if (problems.length > 0) wrong.push(`${what}: changes nothing, and is refused: ${problems.join("; ")}`);
    }
    expect(wrong).to.deep.equal([]);
    expect(counts.opens).to.be.greaterThan(5);
    expect(counts.same).to.be.greaterThan(5);
  });
});
