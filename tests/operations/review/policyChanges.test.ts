import { expect } from "chai";
import { awsTypes } from "../../../rehearsal/model/resourceTypes";
import { text } from "../../../rehearsal/model/values";
import { changesOf, type PolicyJson, sampleOf } from "../../rehearsal/access/policyChanges";
import { moved, others, policyOf, triesOf } from "../../rehearsal/access/tries";
import { resourceNamed } from "../../rehearsal/fixtures/change";
import { rehearsedStack, stackCases } from "../../rehearsal/fixtures/stacks";
import { reviewed } from "./reviewed";

/** How many changes of each policy are tried. */
const sampled = 16;

describe("generated changes of a policy, against an independent implementation", function () {
  this.timeout("3m");
  for (const name of ["s3-reports-policy", "s3-endpoint"])
    it(`open and close what it says: ${name} of prod`, async () => {
      const [, given] = stackCases;
      if (given === undefined) throw new Error("no such case");
      const rehearsed = await rehearsedStack(given);
      const { recording } = rehearsed;
      const before = policyOf(recording, name);
      const kind = name === "s3-endpoint" ? "endpoint" : "bucket";
      const bucket = resourceNamed(recording, "s3-reports");
      const tries = triesOf(rehearsed, text(bucket.outputs, "arn") ?? "");
      const changes = sampleOf([...changesOf(before, others)], sampled);
      const wrong: string[] = [];
      const seen = new Set<string>();
      for (const { what, document } of changes) {
        const shown = reviewed({
          type: kind === "bucket" ? awsTypes.bucketPolicy : awsTypes.vpcEndpoint,
          before: JSON.stringify(before),
          after: JSON.stringify(document satisfies PolicyJson),
          outputs: recording.outputs,
          bucket: text(bucket.outputs, "bucket") ?? "",
        });
        if (shown.notCompared !== undefined) continue;
        const says = { opens: shown.opens.length > 0, closes: shown.closes.length > 0 };
        const truly = await moved(kind, before, document, tries);
        seen.add(JSON.stringify(truly));
        if (JSON.stringify(says) !== JSON.stringify(truly))
          wrong.push(`${what}: says ${JSON.stringify(says)}, and is ${JSON.stringify(truly)}`);
      }
      expect(wrong).to.deep.equal([]);
      // Opening, closing and neither: without each of them the comparison proves nothing.
      expect(seen.size).to.be.greaterThan(2);
    });
});
