import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { forecastOf } from "../../../rehearsal/verdict/forecast";
import { reportDocument } from "../../../rehearsal/report/document";
import { outlookDocument } from "../../../rehearsal/report/forecastDocument";
import { reportSchema } from "../../../rehearsal/report/schema";
import { judge } from "../../../rehearsal/verdict/verdict";
import { noIntent, projectDir, rehearsedStack, type StackCase, stackCases } from "../fixtures/stacks";

/** What `--json` prints, read again. */
async function printedJson(given: StackCase): Promise<unknown> {
  const { recording, intent } = await rehearsedStack(given);
  const outlook = await forecastOf({ projectDir, stack: given.stack, recording, depth: "full" });
  if (outlook === undefined) throw new Error("there is no outlook");
  const report = reportDocument(recording, judge(recording, intent));
  return JSON.parse(JSON.stringify({ ...report, outlook: outlookDocument(outlook) }));
}

describe("The JSON of a rehearsal", () => {
  for (const given of stackCases)
    it(`of ${given.title} is what its schema describes, and nothing else`, async () => {
      const printed = await printedJson(given);
      expect(reportSchema.safeParse(printed).error?.issues ?? []).to.deep.equal([]);
    });

  it("of a program that did not get through has no outlook", () => {
    const recording = {
      stack: "dev",
      resources: [],
      outputs: {},
      secretOutputs: [],
      refusals: [],
      errors: ["azureCidr is missing"],
    };
    const printed: unknown = JSON.parse(
      JSON.stringify(reportDocument(recording, judge(recording, noIntent))),
    );
    expect(reportSchema.safeParse(printed).error?.issues ?? []).to.deep.equal([]);
  });

  it("is refused with a field that the schema does not know, and without one it does: the control", async () => {
    const [dev] = stackCases;
    const printed = (await printedJson(dev ?? { title: "", stack: "dev" })) as Record<string, unknown>;
    const without = Object.fromEntries(Object.entries(printed).filter(([name]) => name !== "journeys"));
    expect(reportSchema.safeParse({ ...printed, extra: 1 }).success).to.equal(false);
    expect(reportSchema.safeParse(without).success).to.equal(false);
  });

  it("has every field described in docs/report.md, in the schema's words", () => {
    const page = readFileSync(join(projectDir, "docs", "report.md"), "utf8");
    const described = (schema: z.ZodObject, above: string): string[] =>
      Object.entries(schema.shape).map(([name, field]) => {
        const text = z.globalRegistry.get(field)?.description ?? "";
        return `| \`${above}${name}\` | ${text} |`;
      });
    const outlook = reportSchema.shape.outlook.unwrap();
    const rows = [...described(reportSchema, ""), ...described(outlook, "outlook.")];
    expect(rows.filter((row) => !page.includes(row))).to.deep.equal([]);
    expect(rows.filter((row) => row.endsWith("|  |"))).to.deep.equal([]);
  });
});
