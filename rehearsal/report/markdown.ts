import type { Forecast } from "../verdict/forecast";
import type { Recording } from "../model/recording";
import type { TopologyRow } from "../verdict/topologies";
import { type ComparedCell, comparedLines } from "./comparison";
import { causesOf, followsByKind } from "./causes";
import { drawRecording } from "./page/drawing";
import { toMermaid } from "./mermaid";
import type { ReportDocument, ReportedFinding } from "./schema";
import { faultInWords, survival, verdicts } from "./verdicts";
import {
  chainOf,
  costInWords,
  conclude,
  conclusionInWords,
  conclusionLine,
  estimate,
  minutes,
  neighboursInWords,
  locksInWords,
  locksTitle,
  neighboursTitle,
  placeInWords,
  stopped,
  usageInWords,
} from "./words";

export interface MarkdownInput {
  readonly recording: Recording;
  readonly report: ReportDocument;
  /** Undefined for a program that stopped with an error. */
  readonly forecast: Forecast | undefined;
}

const signs = { holds: "✅", broken: "❌", "not judged": "⚠️" } as const;

/** A summary for a pull request: verdict, picture, and what a reviewer decides by. Parts are set apart by empty lines. */
export function renderMarkdown({ recording, report, forecast }: MarkdownInput): string {
  const parts = [
    `## ${signs[conclude(report).outcome]} Stack \`${report.stack}\` on simulated clouds`,
    ...conclusionParts(report),
    ...(report.journeys.length > 0 ? [`\`\`\`mermaid\n${toMermaid(drawRecording(recording))}\n\`\`\``] : []),
    ...(forecast === undefined ? [] : forecastParts(forecast)),
  ];
  return parts.map((part) => `${part}\n`).join("\n");
}

function conclusionParts(report: ReportDocument): readonly string[] {
  const { leftOut, tunnels, journeys, access } = report;
  const conclusion = conclude(report);
  const { outcome, broken, notJudged } = conclusion;
  const words = conclusionInWords(conclusion, report);
  const up = tunnels.filter((tunnel) => tunnel.up).length;
  return [
    ...(leftOut.length === 0 ? [] : [`Without ${leftOut.map(code).join(", ")}.`]),
    outcome === "holds"
      ? `Proven: ${words}. Paths: ${journeys.length}. Tunnels: ${up}. Perimeter: ${access.perimeter ?? "unknown"}.`
      : `**${stopped(report) ? conclusionLine(report) : outcome === "broken" ? words : `Not proven: ${words}`}**`,
    ...(broken.length === 0 ? [] : [causeList(report)]),
    ...(report.notices.length === 0
      ? []
      : [report.notices.map((notice) => `- ${inline(notice)}`).join("\n")]),
    ...(notJudged.length === 0 ? [] : ["**Not judged**", findingList(notJudged)]),
    ...neighbourParts(report),
    ...lockParts(report),
  ];
}

function lockParts(report: ReportDocument): readonly string[] {
  const sentences = locksInWords(report).map(({ says }) => `- ${inline(says)}`);
  return sentences.length === 0 ? [] : [`**${locksTitle}**`, sentences.join("\n")];
}

function neighbourParts(report: ReportDocument): readonly string[] {
  const sentences = neighboursInWords(report).map((sentence) => `- ${inline(sentence)}`);
  return sentences.length === 0 ? [] : [`**${neighboursTitle}**`, sentences.join("\n")];
}

const mostFindings = 20;

/** Each cause, and below it how many findings of each kind follow, with the first. A stopped program tells all its problems. */
function causeList(report: ReportDocument): string {
  const causes = causesOf(report);
  const shown = stopped(report) ? causes : causes.slice(0, mostFindings);
  const more = causes.length - shown.length;
  const lines = shown.flatMap((cause) => [
    `- ${inline(cause.problem)}${cause.fix === undefined ? "" : ` (${inline(cause.fix)})`}`,
    ...followsByKind(cause).map(
      ({ about, findings }) =>
        `  - ${about}, ${findings.length}: ${code(placeInWords(findings[0]))}: ${inline(findings[0].problem)}`,
    ),
  ]);
  return [...lines, ...(more > 0 ? [`- … and ${more} more`] : [])].join("\n");
}

function findingList(findings: readonly ReportedFinding[]): string {
  const more = findings.length - mostFindings;
  const line = (finding: ReportedFinding) =>
    `- ${code(placeInWords(finding))}: ${inline(finding.problem)} (${inline(finding.fix)})`;
  return [...findings.slice(0, mostFindings).map(line), ...(more > 0 ? [`- … and ${more} more`] : [])].join(
    "\n",
  );
}

function forecastParts({ topologies, timeline, cost, faults, throughput }: Forecast): readonly string[] {
  const { many, inWords, outages } = survival(faults.singles);
  const lost = outages.length === 0 ? "" : `; outages: ${outages.map(({ name }) => code(name)).join(", ")}`;
  return [
    `**If something fails:** of ${many} single failures of tunnels, instances, endpoints and zones, ${inWords}${lost}.`,
    ...(throughput === undefined
      ? []
      : [`**Throughput:** at most ${throughput.mbps} Mbit/s: ${throughput.limit}.`]),
    `**Time:** ${estimate(timeline.deploy.total)} to deploy; ${minutes(timeline.gatewayFirst.total.typical)} if AWS waits for Azure's gateway, ${minutes(timeline.byHand.typical)} by hand, one step after the other. Critical path: ${chainOf(timeline.deploy)}.`,
    `**Cost:** ${costInWords(cost)} per month at the prices of ${cost.date}, for ${usageInWords(cost.usage)}.`,
    ...(topologies.length === 0
      ? []
      : [
          "<details><summary>The other topologies</summary>",
          comparison(topologies).join("\n"),
          "</details>",
        ]),
  ];
}

function comparison(rows: readonly TopologyRow[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(["Failure", ...rows.map((row) => (row.current ? `**${row.topology}**` : row.topology))]),
    line(["---", ...rows.map(() => "---")]),
    ...comparedLines(rows).map(({ title, cell }) =>
      line([title, ...rows.map((row) => ("problem" in row ? "–" : inCell(cell(row))))]),
    ),
  ];
}

function inCell(cell: ComparedCell): string {
  if (typeof cell === "string") return cell;
  return cell === undefined ? "cannot happen" : `${verdicts[cell.verdict].mark} ${faultInWords(cell)}`;
}

function code(name: string): string {
  return `\`${name}\``;
}

/** A finding's words as one line that opens no table or tag. */
function inline(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("<", "&lt;").replaceAll("|", "\\|");
}
