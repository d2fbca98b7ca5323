import { expect } from "chai";
import { type Exemption, exemptions } from "../fixtures/exemptions";
import { mutationsOf } from "../fixtures/mutate";
import { rehearsedStack, stackCases } from "../fixtures/stacks";
import { exemptionOf, judgeBroken } from "./breaking";

describe("The exemptions from being noticed", function () {
  this.timeout("5m");
  const used = new Set<Exemption>();

  before(async () => {
    for (const given of stackCases) {
      const rehearsed = await rehearsedStack(given);
      const findingsOf = judgeBroken(rehearsed);
      for (const mutation of mutationsOf(rehearsed.recording)) {
        const exemption = exemptionOf(mutation, rehearsed.recording);
        if (exemption === undefined || used.has(exemption)) continue;
        if (findingsOf(mutation)?.length === 0) used.add(exemption);
      }
    }
  });

  for (const exemption of exemptions)
    it(`are all needed: ${exemption.reason}`, () => {
      expect(used.has(exemption), "a mutation that only this exemption explains").to.equal(true);
    });
});
