import { expect } from "chai";
import { judgeAccess } from "../../../rehearsal/access/access";
import { casesOf } from "../../../rehearsal/access/judge";
import { readEstate } from "../../../rehearsal/estate/estate";
import type { Recording } from "../../../rehearsal/model/recording";
import { text } from "../../../rehearsal/model/values";
import { withInputs } from "../fixtures/change";
import { rehearsedStack } from "../fixtures/stacks";

const names = ["a", "b", "a-b", "10", "reports"];
const given = {
  title: "five buckets of two kinds",
  stack: "prod",
  config: {
    "azure-s3-privatelink:buckets": JSON.stringify(
      names.map((name, index) => ({ name, access: index % 2 === 0 ? "read" : "readWrite" })),
    ),
  },
};

/** The policy of bucket `a` with other words in it, which may mean `a-b` as well. */
function changed(recording: Recording, from: RegExp, to: string): Recording {
  const policy = recording.resources.find(({ name }) => name === "s3-a-policy");
  const written = text(policy?.inputs, "policy") ?? "";
  expect(written).to.match(from);
  return withInputs(recording, "s3-a-policy", { policy: written.replace(from, to) });
}

describe("Buckets that differ in nothing but their names", () => {
  for (const { title, change } of [
    { title: "as the program makes them", change: (recording: Recording) => recording },
    {
      title: "with a pattern that means several names",
      change: (recording: Recording) =>
        changed(recording, /arn:aws:s3:::s3-a-[\w-]+\/\*/, "arn:aws:s3:::s3-a*"),
    },
    {
      title: "one of which lets another caller in",
      change: (recording: Recording) => changed(recording, /s3:GetObject/, "s3:*"),
    },
  ])
    it(`are judged as each would be by itself, ${title}`, async () => {
      const { recording, intent } = await rehearsedStack(given);
      const estate = readEstate(change(recording));
      const once = judgeAccess(estate, intent);
      const each = judgeAccess(estate, intent, { casesOf });
      expect(once.cases.length).to.be.greaterThan(1000);
      expect(once).to.deep.equal(each);
    });
});
