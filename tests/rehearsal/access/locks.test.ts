import { expect } from "chai";
import { lockActions } from "../../../rehearsal/access/locks";
import type { Recording } from "../../../rehearsal/model/recording";
import { isList } from "../../../rehearsal/model/values";
import { reportDocument } from "../../../rehearsal/report/document";
import { renderMarkdown } from "../../../rehearsal/report/markdown";
import { renderPage } from "../../../rehearsal/report/page/page";
import { reportSchema } from "../../../rehearsal/report/schema";
import { renderTerminal } from "../../../rehearsal/report/terminal";
import { locksInWords } from "../../../rehearsal/report/words";
import { judge } from "../../../rehearsal/verdict/verdict";
import { lockedBucket } from "../../operations/permissions/places";
import { resourceNamed, withInputs, withStatement } from "../fixtures/change";
import { type Rehearsed, rehearsedStack, stackCases } from "../fixtures/stacks";

const [dev, , everything] = stackCases;
if (dev === undefined || everything === undefined) throw new Error("a case is missing");
const open = { ...dev, title: "dev with a bucket that locks", config: lockedBucket };
const trusted = {
  ...everything,
  config: {
    ...everything.config,
    "azure-s3-privatelink:trustedPrincipals": '["arn:aws:iam::123456789012:role/break-glass"]',
  },
};

const reportOf = ({ intent }: Rehearsed, recording: Recording) =>
  reportDocument(recording, judge(recording, intent));

/** What the report says of locks, without the random end of the bucket's name. */
const said = (report: ReturnType<typeof reportOf>) =>
  locksInWords(report).map(({ ok, says }) => `${ok ? "" : "✗ "}${says.replace(/-[0-9a-f]{7} /, " ")}`);

const lock = "The lock of s3-archive-dev (30 days):";
const all =
  "delete in spite of it, change an object's retention, set and lift legal holds, change it for new objects";

/** The bucket's policy with a statement more. */
function withGrant(recording: Recording, statement: object): Recording {
  const { policy } = resourceNamed(recording, "s3-archive-policy").inputs;
  if (typeof policy !== "string") throw new Error("the bucket has no policy");
  const { Statement, ...rest } = JSON.parse(policy) as { readonly Statement: readonly object[] };
  return withInputs(recording, "s3-archive-policy", {
    policy: JSON.stringify({ ...rest, Statement: [...Statement, statement] }),
  });
}

describe("Who gets past a bucket's object lock", function () {
  this.timeout("2m");

  it("is who is exempt, from outside, where the perimeter is enforced", async () => {
    const rehearsed = await rehearsedStack(trusted);
    expect(said(reportOf(rehearsed, rehearsed.recording))).to.deep.equal([
      `${lock} the deployer, trusted role/break-glass can ${all}, from outside.`,
    ]);
  });

  it("is every administrator, where the perimeter lets them in", async () => {
    const rehearsed = await rehearsedStack(open);
    expect(said(reportOf(rehearsed, rehearsed.recording))).to.deep.equal([
      `${lock} an administrator, the deployer can ${all}, from outside.`,
    ]);
  });

  it("is not said where nothing is locked", async () => {
    const rehearsed = await rehearsedStack(dev);
    const report = reportOf(rehearsed, rehearsed.recording);
    expect([said(report), "locks" in report.access]).to.deep.equal([[], false]);
  });

  for (const action of lockActions)
    it(`is broken where somebody who is not named gets ${action}`, async () => {
      const rehearsed = await rehearsedStack(open);
      const bucket = "arn:aws:s3:::*";
      const changed = withGrant(rehearsed.recording, {
        ...{ Sid: "Opened", Effect: "Allow", Action: action },
        Principal: { AWS: "arn:aws:iam::123456789012:user/kim" },
        Resource: action === "s3:PutBucketObjectLockConfiguration" ? bucket : `${bucket}/*`,
      });
      const report = reportOf(rehearsed, changed);
      expect(report.outcome).to.equal("broken");
      const wrong = said(report).filter((line) => line.startsWith("✗"));
      expect(wrong.join("\n")).to.match(/^✗ The lock of .* user\/kim.* can, and must not, /);
      const lifts = report.access.locks?.flatMap((one) => one.lifts.filter(({ ok }) => !ok));
      expect(new Set(lifts?.map((lift) => lift.action))).to.deep.equal(new Set([action]));
    });

  it("is broken where the perimeter leaves one of them to administrators", async () => {
    const rehearsed = await rehearsedStack(everything);
    const { recording } = rehearsed;
    const policy = withStatement(
      resourceNamed(recording, "s3-archive-policy").inputs["policy"],
      "DenyDataOutsideEndpoint",
      (statement) => {
        const { NotAction } = statement;
        if (NotAction === undefined || !isList(NotAction))
          throw new Error("the perimeter names no exceptions");
        return { ...statement, NotAction: [...NotAction, "s3:BypassGovernanceRetention"] };
      },
    );
    const report = reportOf(rehearsed, withInputs(recording, "s3-archive-policy", { policy }));
    expect(report.outcome).to.equal("broken");
    expect(said(report).join("\n")).to.match(
      /✗ The lock of .*: an administrator.* can, and must not, delete in spite of it, /,
    );
  });

  it("is in the text, in Markdown, on the page, and in JSON as its schema describes", async () => {
    const rehearsed = await rehearsedStack(everything);
    const { recording } = rehearsed;
    const report = reportOf(rehearsed, recording);
    const [words] = locksInWords(report).map(({ says }) => says);
    const plain = (text: string) => text.replace(/\s+/g, " ").replaceAll("&#39;", "'");
    const given = { recording, report, forecast: undefined };
    for (const text of [
      renderTerminal(report, { color: false, width: 100 }),
      renderMarkdown(given),
      await renderPage(given),
    ])
      expect(plain(text)).to.include(words);
    expect(reportSchema.safeParse(JSON.parse(JSON.stringify(report))).error).to.equal(undefined);
  });
});
