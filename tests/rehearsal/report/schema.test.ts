import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Intent } from "../../../rehearsal/model/intent";
import type { Recording } from "../../../rehearsal/model/recording";
import { leaveOut } from "../../../rehearsal/run/leaveOut";
import { forecastOf } from "../../../rehearsal/verdict/forecast";
import { reportDocument } from "../../../rehearsal/report/document";
import { forecastDocument } from "../../../rehearsal/report/forecastDocument";
import { reportSchema } from "../../../rehearsal/report/schema";
import { judge } from "../../../rehearsal/verdict/verdict";
import {
  joinedCases,
  noIntent,
  projectDir,
  type Rehearsed,
  rehearsedStack,
  stackCases,
} from "../fixtures/stacks";

/** What `--json` prints, read again. */
async function printedJson(
  recording: Recording,
  intent: Intent,
  depth: "full" | "summary",
  configFile?: string,
): Promise<Record<string, unknown>> {
  const place = { projectDir, stack: recording.stack, ...(configFile !== undefined && { configFile }) };
  const forecast = await forecastOf({ ...place, recording, depth });
  const report = reportDocument(recording, judge(recording, intent));
  const more = forecast === undefined ? {} : { forecast: forecastDocument(forecast) };
  return asJson({ ...report, ...more });
}

function asJson(report: unknown): Record<string, unknown> {
  return JSON.parse(JSON.stringify(report)) as Record<string, unknown>;
}

function problemsOf(printed: unknown): readonly string[] {
  return (reportSchema.safeParse(printed).error?.issues ?? []).map(
    ({ path, message }) => `${path.join(".")}: ${message}`,
  );
}

function kindsIn(printed: Record<string, unknown>): readonly string[] {
  return reportSchema.parse(printed).findings.map(({ kind }) => kind);
}

describe("The JSON of a rehearsal", function () {
  this.timeout("2m");

  for (const given of [...stackCases, ...joinedCases])
    it(`of ${given.title} is what its schema describes, and nothing else`, async () => {
      const { recording, intent } = await rehearsedStack(given);
      expect(problemsOf(await printedJson(recording, intent, "full", given.configFile))).to.deep.equal([]);
    });

  for (const given of stackCases.slice(0, 2))
    it(`of ${given.title} is so with any one resource or tunnel left out`, async function () {
      this.timeout("5m");
      const { recording, intent } = await rehearsedStack(given);
      const tunnels = judge(recording, intent)
        .tunnels.filter(({ azure }) => azure !== undefined)
        .map(({ name }) => name);
      const names = recording.resources
        .filter(({ parent }) => parent !== undefined)
        .map(({ name }) => name)
        .concat(tunnels);
      expect(names.length).to.be.greaterThan(30);
      for (const name of names) {
        const left = leaveOut(recording, name).recording;
        expect(problemsOf(await printedJson(left, intent, "summary")), name).to.deep.equal([]);
      }
    });

  describe("of a broken run", () => {
    const given = async (change: (whole: Rehearsed) => Rehearsed) => {
      const [, prod] = stackCases;
      const { recording, intent } = change(await rehearsedStack(prod ?? { title: "", stack: "prod" }));
      return printedJson(recording, intent, "summary");
    };

    it("with an error in the settings has no forecast", async () => {
      const config = { "azure-s3-privatelink:azureCidr": "10.0.0.0/33" };
      const { recording } = await rehearsedStack({ title: "no network", stack: "dev", config });
      const printed = await printedJson(recording, noIntent, "summary");
      expect(problemsOf(printed)).to.deep.equal([]);
      expect(printed).not.to.have.property("forecast");
      expect(kindsIn(printed)).to.deep.equal(["error"]);
    });

    it("with a refusal of a cloud names it", async () => {
      const refusal = {
        code: "InvalidParameterValue",
        message: "the CIDR is invalid",
        source: "https://aws",
      };
      const printed = await given(({ recording, intent }) => ({
        recording: {
          ...recording,
          refusals: [
            { ...refusal, urn: recording.resources[1]?.urn ?? "" },
            { ...refusal, urn: recording.resources[2]?.urn ?? "", property: "cidrBlock" },
          ],
        },
        intent,
      }));
      expect(problemsOf(printed)).to.deep.equal([]);
      expect(kindsIn(printed)).to.deep.equal(["refusal", "refusal"]);
    });

    it("with any one output left out, changed or of another form is described too", async () => {
      const kinds = new Set<string>();
      const [, prod] = stackCases;
      const { recording, intent } = await rehearsedStack(prod ?? { title: "", stack: "prod" });
      const { outputs } = recording;
      for (const name of Object.keys(outputs)) {
        const others = Object.fromEntries(Object.entries(outputs).filter(([other]) => other !== name));
        const changed = ["another", 1, null, {}, [], { name: "another" }].map((value) => ({ [name]: value }));
        for (const instead of [{}, ...changed]) {
          const broken = { ...recording, outputs: { ...others, ...instead } };
          const printed = asJson(reportDocument(broken, judge(broken, intent)));
          expect(problemsOf(printed), `${name}: ${JSON.stringify(instead)}`).to.deep.equal([]);
          for (const kind of kindsIn(printed)) kinds.add(kind);
        }
      }
      expect([...kinds]).to.include.members(["output", "contract", "access"]);
    });

    it("that is not judged says so, of the whole and of a finding", async () => {
      const printed = await given((whole) => whole);
      const finding = { kind: "guard", outcome: "not judged", place: "", others: [], problem: "a", fix: "b" };
      const open = { ...printed, ok: false, outcome: "not judged", findings: [finding] };
      expect(problemsOf(open)).to.deep.equal([]);
      expect(problemsOf({ ...open, outcome: "perhaps" })).to.have.lengthOf(1);
    });
  });

  it("is refused with a field that the schema does not know, and without one it does: the control", async () => {
    const [dev] = stackCases;
    const { recording, intent } = await rehearsedStack(dev ?? { title: "", stack: "dev" });
    const printed = await printedJson(recording, intent, "summary");
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
    const forecast = reportSchema.shape.forecast.unwrap();
    const rows = [...described(reportSchema, ""), ...described(forecast, "forecast.")];
    expect(rows.filter((row) => !page.includes(row))).to.deep.equal([]);
    expect(rows.filter((row) => row.endsWith("|  |"))).to.deep.equal([]);
  });
});
