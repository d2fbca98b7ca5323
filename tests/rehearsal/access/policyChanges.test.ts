import { expect } from "chai";
import { judgeAccess } from "../../../rehearsal/access/access";
import { readEstate } from "../../../rehearsal/estate/estate";
import type { Recording } from "../../../rehearsal/model/recording";
import { text } from "../../../rehearsal/model/values";
import { resourceNamed } from "../fixtures/change";
import { rehearsedStack, stackCases } from "../fixtures/stacks";
import { changesOf, type PolicyJson, sampleOf } from "./policyChanges";
import { difference, others, policyOf, triesOf } from "./tries";

/** A recording whose policy says something else; nothing about the rest follows from a policy. */
function withPolicy(recording: Recording, name: string, document: PolicyJson): Recording {
  const chosen = resourceNamed(recording, name);
  const policy = JSON.stringify(document);
  const resources = recording.resources.map((one) =>
    one === chosen ? { ...one, inputs: { ...one.inputs, policy } } : one,
  );
  return { ...recording, resources };
}

/** How many changes of each policy are tried; EVERY_POLICY_CHANGE=1 tries all, which takes minutes. */
const sampled = process.env["EVERY_POLICY_CHANGE"] === undefined ? 10 : undefined;

describe("Changes of policies, as an independent implementation decides them", function () {
  this.timeout(sampled === undefined ? "2h" : "3m");
  for (const { stack, index, bucket } of [
    { stack: "dev", index: 0, bucket: "s3-data" },
    { stack: "prod", index: 1, bucket: "s3-reports" },
    { stack: "prod", index: 1, bucket: "s3-uploads" },
  ] as const)
    for (const changedPolicy of bucket === "s3-uploads" ? ["bucket"] : ["bucket", "endpoint"])
      it(`are noticed where they alter who gets in, and pass where not: the ${changedPolicy} policy, ${bucket} of ${stack}`, async () => {
        const given = stackCases[index];
        if (given === undefined) throw new Error("no such case");
        const rehearsed = await rehearsedStack(given);
        const { recording, intent } = rehearsed;
        const before = {
          bucket: policyOf(recording, `${bucket}-policy`),
          endpoint: policyOf(recording, "s3-endpoint"),
        };
        const name = changedPolicy === "bucket" ? `${bucket}-policy` : "s3-endpoint";
        const arn = text(resourceNamed(recording, bucket).outputs, "arn") ?? "";
        const all = [...changesOf(policyOf(recording, name), others)];
        const changes = sampleOf(all, sampled);
        const tries = triesOf(rehearsed, arn);
        const wrong: string[] = [];
        let altering = 0;
        for (const { what, document } of changes) {
          const after = { ...before, [changedPolicy]: document };
          const report = judgeAccess(readEstate(withPolicy(recording, name, document)), intent);
          const noticed =
            report.problems.length > 0 ||
            report.remarks.length > 0 ||
            report.cases.some(({ outcome }) => outcome !== "holds");
          const differs = await difference(before, after, tries);
          if (differs !== undefined) altering += 1;
          if (noticed !== (differs !== undefined))
            wrong.push(
              `${what}: ${noticed ? "noticed, but nothing differs" : `not noticed: ${differs ?? ""}`}`,
            );
        }
        expect(wrong).to.deep.equal([]);
        expect(altering).to.be.within(2, changes.length - 1);
      });
});
