import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rehearse } from "../../../operations/rehearse";
import { renderSummary } from "../../../rehearsal/report/summary";
import { forecastOf } from "../../../rehearsal/verdict/forecast";
import { projectDir } from "../fixtures/stacks";

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

  it("is the sample in the README", async () => {
    const readme = readFileSync(join(projectDir, "README.md"), "utf8");
    expect(readme).to.include(`\`\`\`\n${(await summary("dev")).trimEnd()}\n\`\`\``);
  });

  it("counts every resource that is left out, in the order of the stack", async () => {
    const { report } = await rehearse({ projectDir, stack: "prod", break: ["tunnel3", "s3-endpoint"] });
    expect(report.leftOut).to.deep.equal(["s3-endpoint", "vpn-tunnel3-azure-connection"]);
  });
});
