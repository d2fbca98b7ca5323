import { expect } from "chai";
import { missingZones } from "../../network/accountZones";

const ofAccount = ["ap-northeast-1d", "ap-northeast-1a", "ap-northeast-1c"];

describe("the zones of the account", () => {
  for (const named of [[], ["ap-northeast-1a"], ["ap-northeast-1c", "ap-northeast-1d"]])
    it(`hold ${named.join(" and ") || "no zone"}`, () => {
      expect(missingZones({ named, ofAccount })).to.equal(undefined);
    });

  it("lack a zone of another account, and say which there are", () => {
    expect(missingZones({ named: ["ap-northeast-1a", "ap-northeast-1b"], ofAccount })).to.equal(
      "awsZones names ap-northeast-1b, but this AWS account has no such zone, because the letters differ between accounts; use some of ap-northeast-1a, ap-northeast-1c, ap-northeast-1d",
    );
  });
});
