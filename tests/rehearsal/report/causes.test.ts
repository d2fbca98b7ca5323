import { expect } from "chai";
import { judge } from "../../../rehearsal/verdict/verdict";
import { causesOf } from "../../../rehearsal/report/causes";
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

  it("tell an open policy apart from a path that ends", async () => {
    const { recording, intent } = await devStack();
    const { recording: left } = leaveOut(recording, "s3-data-policy", "vpn-aws-propagation");
    const kinds = causesOf(reportDocument(left, judge(left, intent))).map(({ problem }) => problem);
    expect(kinds.length).to.be.greaterThan(1);
    expect(kinds.some((problem) => /^s3-data: the reader does not get/.test(problem))).to.equal(true);
  });
});
