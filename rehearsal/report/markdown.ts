import { judgeTunnels } from "../tunnels/tunnels";
import { readEstate } from "../estate/estate";
import type { Forecast } from "../verdict/forecast";
import type { Recording } from "../model/recording";
import type { TopologyRow } from "../verdict/topologies";
import type { ReportDocument } from "./document";
import { toMermaid } from "./mermaid";
import { chainOf } from "./forecastDocument";
import { drawEstate } from "./page/drawing";
import { estimate, kindWords, minutes, money, seconds, verdictMarks, verdictWords } from "./words";

export interface MarkdownInput {
  readonly recording: Recording;
  readonly report: ReportDocument;
  /** Undefined for a program that did not get through. */
  readonly outlook: Forecast | undefined;
}

/** A summary for a pull request: verdict, picture, and what a reviewer decides by. */
export function renderMarkdown({ recording, report, outlook }: MarkdownInput): string {
  return [
    `## ${report.ok ? "✅" : "❌"} Stack \`${report.stack}\` on simulated clouds`,
    "",
    ...verdict(report),
    ...(report.journeys.length > 0 ? topology(recording) : []),
    ...(outlook === undefined ? [] : outlookParts(outlook)),
  ].join("\n");
}

const mostFindings = 20;

function verdict({ ok, findings, leftOut, tunnels, journeys, access }: ReportDocument): readonly string[] {
  const without =
    leftOut.length === 0 ? [] : [`Without ${leftOut.map((name) => `\`${name}\``).join(", ")}.`, ""];
  if (ok)
    return [
      ...without,
      `The path carries there and back (${journeys.length} of ${journeys.length}), both ends of every tunnel agree (${tunnels.filter(({ up }) => up).length}), and nobody else gets in. Perimeter: ${access.perimeter ?? "unknown"}.`,
      "",
    ];
  return [
    ...without,
    `**${findings.length} finding${findings.length === 1 ? "" : "s"}**`,
    "",
    ...findings
      .slice(0, mostFindings)
      .map(
        ({ place, problem, fix }) =>
          `- \`${place.split("::").at(-1) || "the stack"}\`: ${inline(problem)} (${inline(fix)})`,
      ),
    ...(findings.length > mostFindings ? [`- … and ${findings.length - mostFindings} more`] : []),
    "",
  ];
}

function topology(recording: Recording): readonly string[] {
  const estate = readEstate(recording);
  return ["```mermaid", toMermaid(drawEstate(estate, judgeTunnels(estate))), "```", ""];
}

function outlookParts({ topologies, timeline, cost, faults }: Forecast): readonly string[] {
  const moving = faults.singles.filter(({ kind }) => kind !== "absent");
  const lost = moving.filter(({ verdict: word }) => word === "outage");
  return [
    `**If something fails:** ${moving.length - lost.length} of ${moving.length} single failures of tunnels, instances, endpoints and zones leave a path${lost.length === 0 ? "" : `; an outage: ${lost.map(({ name }) => `\`${name}\``).join(", ")}`}.`,
    "",
    `**Time:** ${estimate(timeline.deploy.total)} to deploy, against ${minutes(timeline.gatewayFirst.total.typical)} with AWS after Azure's gateway and ${minutes(timeline.byHand.typical)} by hand, in turn. What decides: ${chainOf(timeline.deploy).join(" → ")}.`,
    "",
    `**Cost:** ${cost.currency} ${money(cost.total, 0)} a month at the prices of ${cost.date}, for ${cost.usage.hours} hours, ${cost.usage.readGb} GB read and ${cost.usage.writtenGb} GB written.`,
    "",
    ...(topologies.length === 0
      ? []
      : [
          "<details><summary>The other topologies</summary>",
          "",
          ...comparison(topologies),
          "",
          "</details>",
          "",
        ]),
  ];
}

type Compared = Extract<TopologyRow, { readonly worst: unknown }>;

function comparison(rows: readonly TopologyRow[]): readonly string[] {
  const kinds = [
    ...new Set(rows.flatMap((row) => ("worst" in row ? row.worst.map(({ kind }) => kind) : []))),
  ];
  const line = (title: string, cell: (row: Compared) => string) =>
    `| ${title} | ${rows.map((row) => ("problem" in row ? "–" : cell(row))).join(" | ")} |`;
  return [
    `| | ${rows.map((row) => (row.current ? `**${row.topology}**` : row.topology)).join(" | ")} |`,
    `| --- | ${rows.map(() => "---").join(" | ")} |`,
    ...kinds.map((kind) =>
      line(kindWords[kind], ({ worst }) => {
        const found = worst.find((one) => one.kind === kind);
        if (found === undefined) return "cannot happen";
        const time =
          found.interruptedSeconds === undefined
            ? "until it is back"
            : `at most ${seconds(found.interruptedSeconds)}`;
        return `${verdictMarks[found.verdict]} ${verdictWords[found.verdict]}, ${time}`;
      }),
    ),
    line("Two at once", ({ fatalPairs, pairs }) => `${fatalPairs.length} of ${pairs} pairs are an outage`),
    line("Azure gateway, tunnels", ({ sku, tunnels }) => `${sku}, ${tunnels}`),
    line("Time to deploy", ({ deploy }) => minutes(deploy.typical)),
    line("A month", ({ cost }) => `${cost.currency} ${money(cost, 0)}`),
  ];
}

/** A finding's words as one line that opens no table or tag. */
function inline(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("<", "&lt;").replaceAll("|", "\\|");
}
