import { expect } from "chai";
import { summarise } from "../../../lab/traffic/traffic";

describe("traffic", () => {
  const at = (began: number, answered = true) => ({ began, answered });
  for (const { name, attempts, report } of [
    {
      name: "loses nothing where every attempt is answered",
      attempts: [at(0), at(25), at(50)],
      report: { attempts: 3, lost: 0, longestGapSeconds: 0 },
    },
    {
      name: "has a gap from the last answer to the next, less one beat",
      attempts: [at(0), at(25, false), at(50, false), at(75), at(100)],
      report: { attempts: 5, lost: 2, longestGapSeconds: 0.05 },
    },
    {
      name: "counts a gap that has not ended",
      attempts: [at(0), at(25, false), at(1025, false)],
      report: { attempts: 3, lost: 2, longestGapSeconds: 1 },
    },
  ]) {
    it(name, () => {
      expect(summarise(attempts, 25)).to.deep.equal(report);
    });
  }
});
