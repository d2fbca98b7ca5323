import { expect } from "chai";
import { stripVTControlCharacters } from "node:util";
import { check, type Outcome } from "../../lab/checks/check";
import { inapplicable } from "../../lab/checks/misconfigurations";
import { planLab } from "../../lab/plan/labPlan";
import { checkLine, countLine, outageTable } from "../../lab/report";
import { handRecording } from "./support/handRecording";

describe("the report of the lab", () => {
  const notJudged: Outcome = { kind: "not judged", reason: "the routes are static" };
  for (const { says, line, expected } of [
    {
      says: "what was found where a check holds",
      line: checkLine(check("it works", { holds: true, at: "tunnel1", found: "3 of 3" })),
      expected: "✔ it works\n  3 of 3",
    },
    {
      says: "the place where a check is broken",
      line: checkLine(check("it works", { holds: false, at: "tunnel1", found: "1 of 3" })),
      expected: "✘ it works\n  broken at tunnel1: 1 of 3",
    },
    {
      says: "the reason why a check is not judged",
      line: checkLine({ name: "BGP", outcome: notJudged }),
      expected: "– BGP\n  not judged: the routes are static",
    },
    {
      says: "how many there are of each outcome",
      line: countLine([notJudged, { kind: "holds", found: "" }, { kind: "broken", at: "client", found: "" }]),
      expected: "1 hold, 1 broken, 1 not judged",
    },
  ]) {
    it(`prints ${says}`, () => {
      // On a terminal the lines have colours.
      expect(stripVTControlCharacters(line)).to.equal(expected);
    });
  }

  it("prints the reason in place of the seconds of a failure that the topology cannot have", () => {
    const outage = { failure: "it fails", timers: "none", measured: undefined, outcome: notJudged };
    expect(stripVTControlCharacters(outageTable([outage], 10))).to.match(
      /– it fails +│ not judged: the routes are static/,
    );
  });

  it("names the parameters that a tunnel does not have", () => {
    const names = (topology: "single-tunnel" | "active-active") =>
      inapplicable(planLab(handRecording({ topology }))).map(({ name }) => name);
    expect(names("active-active")).to.deep.equal([]);
    expect(names("single-tunnel")).to.deep.equal([
      "selectors and parameters of Azure's end",
      "addresses and ASNs of BGP",
    ]);
  });
});
