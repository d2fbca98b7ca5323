import { expect } from "chai";
import { judge } from "../../../rehearsal/verdict/verdict";
import { byCause, causesOf } from "../../../rehearsal/report/causes";
import { reportDocument } from "../../../rehearsal/report/document";
import { leaveOut } from "../../../rehearsal/run/leaveOut";
import { withInputs } from "../fixtures/change";
import { devStack } from "../fixtures/stacks";

describe("The causes of what is broken", () => {
  it("are none where nothing is", async () => {
    const { recording, intent } = await devStack();
    expect(causesOf(reportDocument(recording, judge(recording, intent)))).to.deep.equal([]);
  });

  it("are what was left out, and every finding follows from it", async () => {
    const { recording, intent } = await devStack();
    const { recording: left, names } = leaveOut(recording, "tunnel1");
    const report = reportDocument(left, judge(left, intent), names);
    const [cause, ...others] = causesOf(report);
    expect(cause?.problem).to.equal("vpn-tunnel1-azure-connection is left out");
    expect(cause?.follows).to.deep.equal(report.findings);
    expect(report.findings[0]?.kind).to.equal("tunnel");
    expect(others).to.deep.equal([]);
  });

  it("begin with the ends that differ, and the path follows from them", async () => {
    const { recording, intent } = await devStack();
    const changed = withInputs(recording, "vpn-aws-connection1", { tunnel1PresharedKey: "A".repeat(64) });
    const report = reportDocument(changed, judge(changed, intent));
    const causes = causesOf(report);
    expect(causes[0]?.problem).to.match(/^vpn-tunnel1-azure-connection: tunnel1: pre-shared key/);
    expect(causes[0]?.follows.map(({ kind }) => kind)).to.include("path");
    expect(causes.flatMap(({ follows }) => follows).length + causes.length).to.equal(report.findings.length);
  });

  it("order the findings of every form: each cause before what follows from it, what is not judged last", async () => {
    const { recording, intent } = await devStack();
    const changed = withInputs(recording, "vpn-aws-connection1", { tunnel1PresharedKey: "A".repeat(64) });
    const { findings } = reportDocument(changed, judge(changed, intent));
    const kinds = [...new Set(findings.map(({ kind }) => kind))];
    expect(kinds.indexOf("tunnel")).to.equal(0);
    expect(kinds.indexOf("path")).to.be.greaterThan(0);
    const [first] = findings;
    if (first === undefined) throw new Error("nothing is wrong");
    const shuffled = [{ ...first, outcome: "not judged" as const }, ...[...findings].reverse()];
    const ordered = byCause({ leftOut: [], findings: shuffled });
    expect(ordered).to.have.members(shuffled);
    expect(ordered.at(-1)?.outcome).to.equal("not judged");
    expect(ordered[0]?.kind).to.equal("tunnel");
  });

  it("tell an open policy apart from a path that ends", async () => {
    const { recording, intent } = await devStack();
    const { recording: left } = leaveOut(recording, "s3-data-policy", "vpn-aws-propagation");
    const kinds = causesOf(reportDocument(left, judge(left, intent))).map(({ problem }) => problem);
    expect(kinds.length).to.be.greaterThan(1);
    expect(kinds.some((problem) => /^s3-data: the reader does not get/.test(problem))).to.equal(true);
  });
});
