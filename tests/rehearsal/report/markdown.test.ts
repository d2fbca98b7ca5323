import { expect } from "chai";
import { judgeTunnels } from "../../../rehearsal/tunnels/tunnels";
import { readEstate } from "../../../rehearsal/estate/estate";
import { leaveOut } from "../../../rehearsal/run/leaveOut";
import { forecastOf } from "../../../rehearsal/verdict/forecast";
import { reportDocument } from "../../../rehearsal/report/document";
import { renderMarkdown } from "../../../rehearsal/report/markdown";
import { toMermaid } from "../../../rehearsal/report/mermaid";
import { forecastLines } from "../../../rehearsal/report/forecastTerminal";
import { drawEstate } from "../../../rehearsal/report/page/drawing";
import { progressOn } from "../../../rehearsal/report/progress";
import { judge } from "../../../rehearsal/verdict/verdict";
import { joinedCases, projectDir, rehearsedStack, type StackCase, stackCases } from "../fixtures/stacks";
import { notJudged } from "./notJudged";

const [devCase, prodCase] = stackCases;
if (devCase === undefined || prodCase === undefined) throw new Error("a case is missing");

async function lookedAhead(given: StackCase, depth: "full" | "summary", without?: string) {
  const { recording: whole, intent } = await rehearsedStack(given);
  const left = without === undefined ? { recording: whole, names: [] } : leaveOut(whole, without);
  const { recording, names } = left;
  const forecast = await forecastOf({ projectDir, stack: given.stack, recording, depth });
  return { recording, forecast, report: reportDocument(recording, judge(recording, intent), names) };
}

describe("The summary for a pull request", () => {
  it("says of prod in a few lines what a reviewer decides by", async () => {
    const text = renderMarkdown(await lookedAhead(prodCase, "full"));
    expect(text.split("\n")[0]).to.equal("## ✅ Stack `prod` on simulated clouds");
    expect(text).to.include(
      "**If something fails:** of 16 single failures of tunnels, instances, endpoints and zones, 14 hold, 2 in part.",
    );
    expect(text).to.include("**Time:** 39.6 min (27.1 min to 83.5 min) to deploy; 45.1 min if AWS waits");
    expect(text).to.include("**Throughput:** at most 1250 Mbit/s: AWS's virtual private gateway.");
    expect(text).to.match(/\*\*Cost:\*\* USD \d+ – \d+ per month/);
    expect(text).to.include("| Failure | single-tunnel | dual-tunnel | **active-active** |");
    expect(text).to.include("| AWS maintains an endpoint | ✗ outage, until it is back |");
    expect(text.match(/```/g)).to.have.lengthOf(2);
  });

  it("names what is wrong, one line each, and what was left out", async () => {
    const text = renderMarkdown(await lookedAhead(devCase, "full", "vpn-aws-propagation"));
    expect(text).to.include("## ❌ Stack `dev`");
    expect(text).to.include("Without `vpn-aws-propagation`.");
    expect(text).to.match(/\*\*\d+ findings?\*\*/);
    expect(text).to.match(/\n- vpn-aws-propagation is left out\n {2}- \w+/);
    expect(text).to.match(/\n {2}- the path, \d+: `aws-routes`: the path ends here/);
  });

  it("lists every problem of settings that are refused, and nothing else", async () => {
    const { recording, report } = await lookedAhead(devCase, "summary");
    const finding = { ...notJudged, kind: "error" as const, outcome: "broken" as const, place: "" };
    const problems = Array.from({ length: 21 }, (_, index) => `setting${index} is wrong`);
    const findings = problems.map((problem) => ({ ...finding, problem }));
    const refused = { ...report, ok: false, outcome: "broken" as const, findings, journeys: [] };
    const text = renderMarkdown({ recording, report: refused, forecast: undefined });
    expect(text).to.equal(
      `## ❌ Stack \`dev\` on simulated clouds\n\n**The program stopped: 21 problems; nothing else was judged.**\n\n${problems.map((problem) => `- ${problem}\n`).join("")}`,
    );
  });

  it("lists what is not judged apart from what is broken", async () => {
    const { recording, report, forecast } = await lookedAhead(devCase, "summary");
    const text = renderMarkdown({
      recording,
      report: { ...report, ok: false, outcome: "not judged", findings: [notJudged] },
      forecast,
    });
    expect(text).to.include(
      "## ⚠️ Stack `dev` on simulated clouds\n\n**Not proven: nothing is broken, but 1 item could not be judged**\n\n**Not judged**\n\n- `a`: no rule covers it (look)\n",
    );
  });

  it("names the failures that a single tunnel does not survive", async () => {
    const text = renderMarkdown(await lookedAhead(devCase, "full"));
    expect(text).to.include(
      "of 5 single failures of tunnels, instances, endpoints and zones, 0 hold, 5 outages",
    );
    expect(text).to.include("`aws-endpoint-tunnel1`");
  });
});

describe("The diagram for a pull request", () => {
  for (const given of [...stackCases, ...joinedCases])
    it(`of ${given.title} opens and closes every box, and joins only boxes`, async () => {
      const estate = readEstate((await rehearsedStack(given)).recording);
      const text = toMermaid(drawEstate(estate, judgeTunnels(estate)));
      const lines = text.split("\n").map((line) => line.trim());
      expect(lines[0]).to.equal("flowchart LR");
      const opened = lines.filter((line) => line.startsWith("subgraph ")).length;
      expect(lines.filter((line) => line === "end")).to.have.lengthOf(opened);
      const boxes = new Set(lines.flatMap((line) => /^(?:subgraph )?(n_\w+)\[/.exec(line)?.[1] ?? []));
      const joined = lines.flatMap((line) => {
        const [, from, to] = /^(n_\w+) (?:<==>|---|-\.-)(?:\|"[^"|]*"\|)? (n_\w+)$/.exec(line) ?? [];
        return from === undefined || to === undefined ? [] : [from, to];
      });
      expect(joined.length).to.be.greaterThan(6);
      expect(joined.filter((id) => !boxes.has(id))).to.deep.equal([]);
      const styles = lines.filter((line) => /^class(Def)? /.test(line)).length;
      const understood = lines.length - 1 - opened * 2 - styles;
      expect(boxes.size - opened + joined.length / 2).to.equal(understood);
    });

  it("lets no label end early", () => {
    const box = {
      id: "a",
      kind: "bucket",
      inside: undefined,
      title: 'x"] --> y',
      details: ["#;"],
      places: [],
    } as const;
    expect(toMermaid({ boxes: [box], lines: [] })).to.equal(
      'flowchart LR\n  n_a[("x#34;] --#62; y<br>#35;#59;")]',
    );
  });
});

describe("The forecast on a terminal", () => {
  for (const width of [60, 80, 100])
    it(`fits ${width} columns`, async () => {
      const { forecast } = await lookedAhead(prodCase, "summary");
      if (forecast === undefined) throw new Error("there is no forecast");
      const lines = forecastLines(forecast, { color: false, width });
      expect(lines.filter((line) => line.length > width)).to.deep.equal([]);
      expect(lines).to.include("Time");
    });

  it("is coloured only where it is asked to be", async () => {
    const { forecast } = await lookedAhead(devCase, "summary");
    if (forecast === undefined) throw new Error("there is no forecast");
    const escape = "\u001b[";
    expect(forecastLines(forecast, { color: false, width: 100 }).join("")).not.to.include(escape);
    expect(forecastLines(forecast, { color: true, width: 100 }).join("")).to.include(escape);
  });
});

describe("Progress", () => {
  const watched = (isTTY: boolean) => {
    const written: string[] = [];
    return { isTTY, columns: 40, written, write: (text: string) => written.push(text) };
  };

  it("takes one line of a terminal and leaves it empty", () => {
    const stream = watched(true);
    const progress = progressOn(stream);
    progress.step("running a program with a name that is much too long for this");
    progress.done();
    expect(stream.written.map((text) => text.length)).to.deep.equal([41, 41]);
    expect(stream.written.at(-1)?.trim()).to.equal("");
    expect(stream.written.join("")).not.to.include("\n");
    expect(stream.written.join("")).not.to.include("\u001b");
  });

  it("is silent where nobody watches", () => {
    const stream = watched(false);
    const progress = progressOn(stream);
    progress.step("running");
    progress.done();
    expect(stream.written).to.deep.equal([]);
  });
});
