import { expect } from "chai";
import type { StackPlace } from "../../../docs/permissions/place";
import { deployerInAws, reviewerInAws, verifyInAws } from "../../../docs/permissions/roles";
import { lockActions } from "../../../rehearsal/access/locks";
import { awsTypes } from "../../../rehearsal/model/resourceTypes";
import { text } from "../../../rehearsal/model/values";
import { allows } from "./identityPolicy";
import { concrete, judged, judgedPlace } from "./places";

const roles = { deployer: deployerInAws, reviewer: reviewerInAws, verify: verifyInAws };
/** What takes away a version that is locked, once its retention is bypassed. */
const deletes = ["s3:DeleteObjectVersion", "s3:DeleteObject"];

describe("what the roles may do with a bucket's object lock", () => {
  const stack = judged.find(({ says }) => says === "dev with a bucket that locks");
  if (stack === undefined) throw new Error("no stack locks a bucket");
  let place: StackPlace;
  let bucketArn: string;
  before(async () => {
    place = await judgedPlace(stack);
    const lock = concrete(place.resources).find(
      ({ type }) => type === awsTypes.bucketObjectLockConfiguration,
    );
    bucketArn = `arn:aws:s3:::${text(lock?.inputs, "bucket") ?? ""}`;
  });

  const may = (role: keyof typeof roles): readonly string[] =>
    [...lockActions, ...deletes].filter((action) =>
      [bucketArn, `${bucketArn}/any`].some((resource) =>
        allows(roles[role](place), { action, resource, context: { "aws:RequestedRegion": place.region } }),
      ),
    );

  it("is to set it, for the deployer, and nothing that gets past it", () => {
    expect(may("deployer")).to.deep.equal(["s3:PutBucketObjectLockConfiguration"]);
  });

  for (const role of ["reviewer", "verify"] as const)
    it(`is nothing for ${role}`, () => {
      expect(may(role)).to.deep.equal([]);
    });

  it("control: is everything for a role with all of them", () => {
    const Statement = [{ Effect: "Allow", Action: [...lockActions, ...deletes], Resource: `${bucketArn}*` }];
    const question = { resource: `${bucketArn}/any`, context: {} };
    const all = [...lockActions, ...deletes].filter((action) =>
      allows({ Statement }, { ...question, action }),
    );
    expect(all).to.deep.equal([...lockActions, ...deletes]);
  });
});
