import { expect } from "chai";
import { readEstate } from "../../../rehearsal/estate/estate";
import { bucketGuards } from "../../../rehearsal/guards/buckets";
import { optionGuards } from "../../../rehearsal/guards/options";
import type { Recording } from "../../../rehearsal/model/recording";
import { readIntent } from "../../../rehearsal/run/intent";
import { projectDir, recordingOf, runs } from "../../program/recordings";

/** What the guards say of the stack with a locked bucket after a change of its recorded resources. */
async function said(change: (resources: Recording["resources"]) => Recording["resources"]) {
  const recording = await recordingOf(runs.locked);
  const intent = readIntent({ projectDir, ...runs.locked });
  const estate = readEstate({ ...recording, resources: change(recording.resources) });
  return [...bucketGuards, ...optionGuards].flatMap((guard) =>
    guard(estate, intent).map(({ problem }) => problem),
  );
}

const otherwise = "the bucket locks what is written otherwise than its lockDays says";
const lock = "s3-archive-lock";

describe("A bucket with lockDays", () => {
  it("is locked as it says", async () => {
    expect(await said((all) => all)).to.deep.equal([]);
  });

  for (const { says, rule } of [
    { says: "for fewer days", rule: { defaultRetention: { mode: "GOVERNANCE", days: 1 } } },
    { says: "so that nobody can lift it", rule: { defaultRetention: { mode: "COMPLIANCE", days: 30 } } },
  ])
    it(`is found wanting where it is locked ${says}`, async () => {
      const found = await said((all) =>
        all.map((one) => (one.name === lock ? { ...one, inputs: { ...one.inputs, rule } } : one)),
      );
      expect(found).to.deep.equal([otherwise]);
    });

  it("is found wanting without its lock", async () => {
    expect(await said((all) => all.filter(({ name }) => name !== lock))).to.deep.equal([otherwise]);
  });

  it("is found wanting where the lock is taken off before the bucket goes", async () => {
    const found = await said((all) =>
      all.map((one) =>
        one.name === lock ? { ...one, options: { ...one.options, deletedWith: undefined } } : one,
      ),
    );
    expect(found).to.deep.equal([
      "it would be taken off a bucket that S3 then refuses to delete because it is not empty",
    ]);
  });
});
