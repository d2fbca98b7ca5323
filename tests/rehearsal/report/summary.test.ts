import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rehearse } from "../../../operations/rehearse";
import { administratorsGetLogs } from "../../../rehearsal/access/access";
import { reportDocument } from "../../../rehearsal/report/document";
import type { AccessRow } from "../../../rehearsal/report/schema";
import { conclusionLine } from "../../../rehearsal/report/words";
import type { Recording } from "../../../rehearsal/model/recording";
import { judge } from "../../../rehearsal/verdict/verdict";
import { renderPage } from "../../../rehearsal/report/page/page";
import { renderSummary } from "../../../rehearsal/report/summary";
import { renderTerminal } from "../../../rehearsal/report/terminal";
import { forecastOf } from "../../../rehearsal/verdict/forecast";
import { projectDir, rehearsedStack, stackCases } from "../fixtures/stacks";

/** What the command prints for 80 columns, without colour. */
async function summary(stack: string, ...left: readonly string[]): Promise<string> {
  const { recording, report } = await rehearse({ projectDir, stack, break: left });
  const forecast = await forecastOf({ projectDir, stack, recording, depth: "summary" });
  return renderSummary(report, forecast, { color: false, width: 80 });
}

const golden = [
  { stack: "dev", left: [] },
  { stack: "prod", left: [] },
  { stack: "dev", left: ["tunnel1"] },
  { stack: "dev", left: ["s3-data-policy"] },
  { stack: "prod", left: ["s3-endpoint"] },
  { stack: "prod", left: ["tunnel1", "tunnel3"] },
] as const;

/** The same rows, the last bucket first. */
function byBucketDown(rows: readonly AccessRow[]): readonly AccessRow[] {
  return [...rows].sort((one, other) => other.bucket.localeCompare(one.bucket));
}

describe("The summary of a rehearsal", function () {
  this.timeout("2m");

  for (const { stack, left } of golden) {
    const name = [stack, ...left].join(" without ");

    it(`of ${name} is what tests/rehearsal/report/summaries has, word for word`, async () => {
      const file = join(__dirname, "summaries", `${[stack, ...left].join("-")}.txt`);
      expect(await summary(stack, ...left)).to.equal(readFileSync(file, "utf8"));
    });

    it(`of ${name} takes at most 25 lines of 80 columns`, async () => {
      const lines = (await summary(stack, ...left)).trimEnd().split("\n");
      expect(lines.length).to.be.at.most(25);
      expect(lines.filter((line) => line.length > 80)).to.deep.equal([]);
    });
  }

  it("names the buckets that each caller reaches, and of callers to none of them", async () => {
    const rows = (await summary("prod")).split("\n");
    const administrators = rows.filter((row) => row.includes("an administrator"));
    expect(administrators).to.have.length(1);
    expect(administrators[0]).to.match(/an administrator: list get put delete from outside, logs-bucket$/);
    // The control: the deployer is let into all three.
    expect(rows.join(" ").replace(/ +/g, " ")).to.match(/the deployer, [^:]*: [^:]* from outside, 3 buckets/);
  });

  it("shows what the reader may do before what others may, whichever bucket comes first", async () => {
    const { report } = await rehearse({ projectDir, stack: "prod", break: [] });
    const turned = { ...report, access: { ...report.access, rows: byBucketDown(report.access.rows) } };
    for (const one of [report, turned]) {
      const lines = renderSummary(one, undefined, { color: false, width: 80 }).split("\n");
      expect(lines.find((line) => line.startsWith("Access"))).to.include("the reader: ");
    }
    expect(turned.access.rows[0]?.bucket).not.to.equal(report.access.rows[0]?.bucket);
  });

  for (const { that, stack, change, says } of [
    {
      that: "administrators get into the log bucket behind a perimeter",
      stack: "prod",
      change: {},
      says: "nobody else has access to the data",
    },
    {
      that: "nobody but the reader and the exempt get in",
      stack: "prod",
      change: { remarks: [] },
      says: "nobody else has access",
    },
    {
      that: "administrators get in, without a perimeter",
      stack: "dev",
      change: {},
      says: "only administrators also have access",
    },
  ])
    it(`says "${says}" where ${that}`, async () => {
      const { report } = await rehearse({ projectDir, stack, break: [] });
      expect(conclusionLine({ ...report, access: { ...report.access, ...change } })).to.equal(
        `Proven for ${stack}: the path works both ways, tunnel ends agree, ${says}.`,
      );
    });

  it("has no remark on administrators where no log bucket lets them in", async () => {
    const [, , enforced] = stackCases;
    if (enforced === undefined) throw new Error("no such case");
    const { recording, intent } = await rehearsedStack(enforced);
    const remarks = (given: Recording) => reportDocument(given, judge(given, intent)).access.remarks;
    expect(remarks(recording)).to.deep.equal([administratorsGetLogs]);
    const verdict = judge(recording, intent);
    const cases = verdict.access.cases.filter(({ bucket }) => !bucket.startsWith("logs-"));
    expect(
      reportDocument(recording, { ...verdict, access: { ...verdict.access, cases } }).access.remarks,
    ).to.deep.equal([]);
  });

  for (const { outcome, sign, code, tone } of [
    { outcome: "not judged", sign: "?", code: 33, tone: "part" },
    { outcome: "broken", sign: "✗", code: 31, tone: "bad" },
    { outcome: "holds", sign: "✓", code: 32, tone: "good" },
  ] as const)
    it(`marks a path that comes to "${outcome}" with ${sign}, as --full and the page do, in one colour`, async () => {
      const { report: whole, recording } = await rehearse({ projectDir, stack: "dev", break: [] });
      const journeys = whole.journeys.map((journey) => ({
        ...journey,
        ok: outcome === "holds",
        back: journey.back.map((hop, index) => (index === 0 ? { ...hop, outcome } : hop)),
      }));
      const report = { ...whole, journeys };
      const as = { color: true, width: 80 };
      const inColor = `\u001B[${code}m${sign}\u001B[39m`;
      const [short = ""] = renderSummary(report, undefined, as).match(/^.*Path.*$/m) ?? [];
      expect(short).to.include(inColor);
      const full = renderTerminal(report, as).split("\n");
      const path = full.slice(full.findIndex((line) => line.endsWith("Path\u001B[22m")) + 1);
      expect(path[0]).to.include(inColor);
      expect(path.slice(path.findIndex((line) => line.includes("back")) + 1)[0]).to.include(inColor);
      const page = await renderPage({ recording, report, forecast: undefined });
      expect(page).to.match(
        new RegExp(`<p class="verdict ${tone}">\\s+<span aria-hidden="true">\\${sign}</span>`),
      );
    });

  it("is the sample in the README", async () => {
    const readme = readFileSync(join(projectDir, "README.md"), "utf8");
    expect(readme).to.include(`\`\`\`\n${(await summary("dev")).trimEnd()}\n\`\`\``);
  });

  it("counts every resource that is left out, in the order of the stack", async () => {
    const { report } = await rehearse({ projectDir, stack: "prod", break: ["tunnel3", "s3-endpoint"] });
    expect(report.leftOut).to.deep.equal(["s3-endpoint", "vpn-tunnel3-azure-connection"]);
  });
});
