import Table from "cli-table3";
import { createColors } from "picocolors";
import { ways } from "../access/actions";
import type { Hop } from "../path/hops";
import type { Value } from "../model/recording";
import { grouped } from "./grouped";
import type {
  AccessCell,
  ReportDocument,
  ReportedFinding,
  ReportedJourney,
  ReportedResource,
  ReportedTunnel,
} from "./schema";
import { conclude, conclusionInWords, placeInWords, tlsInWords, typeInWords, wrap } from "./words";

type Colors = ReturnType<typeof createColors>;

/** Columns within a section, which the indent makes 100. */
const sectionWidth = 98;

/** The report as people read it, at most 100 columns wide save for what must stay in one piece. */
export function renderTerminal(
  report: ReportDocument,
  options: {
    readonly color: boolean;
    /** Lines between the report and the verdict. */ readonly more?: readonly string[];
  },
): string {
  const colors = createColors(options.color);
  const { resources, journeys, tunnels, stack, leftOut } = report;
  const section = (name: string, lines: readonly string[]) => [
    colors.bold(name),
    ...lines.map((line) => `  ${line}`),
    "",
  ];
  const made = resources.filter(({ id }) => id !== "").length;
  const without = leftOut.length === 0 ? "" : `, without ${leftOut.join(", ")}`;
  return [
    colors.bold(`Stack ${stack} on simulated clouds${without}`),
    "",
    ...(resources.length === 0
      ? []
      : [
          ...section(`Resources (${made})`, resourceTree(resources, colors)),
          ...section("Outputs", outputLines(report)),
          ...section("Path", pathLines(journeys, colors)),
          ...section("Tunnels", tunnelLines(tunnels, colors)),
          ...section("Access", accessLines(report, colors)),
        ]),
    ...(report.notices.length === 0 ? [] : section("Notices", noticeLines(report.notices))),
    ...(options.more ?? []),
    ...conclusionLines(report, colors),
    "",
  ].join("\n");
}

function noticeLines(notices: readonly string[]): readonly string[] {
  return notices.flatMap((notice) => wrap(notice, sectionWidth));
}

/** Components above what they made, in the order of creation. */
function resourceTree(resources: readonly ReportedResource[], colors: Colors): readonly string[] {
  const known = new Set<string | undefined>(resources.map(({ urn }) => urn));
  const lines = (above: string | undefined, indent: string): readonly string[] =>
    resources
      .filter(({ parent }) => (known.has(parent) ? parent : undefined) === above)
      .flatMap(({ name, type, urn }, index, { length }) => {
        const [branch, below] =
          above === undefined ? ["", ""] : index === length - 1 ? ["└─ ", "   "] : ["├─ ", "│  "];
        const label = `${indent}${branch}${name}`;
        return [`${label.padEnd(44)} ${colors.dim(typeInWords(type))}`, ...lines(urn, indent + below)];
      });
  return lines(undefined, "");
}

function outputLines(report: ReportDocument): readonly string[] {
  return Object.entries(report.outputs).flatMap(([name, value]) => outputLine(name, value, 0));
}

function outputLine(name: string, value: Value, depth: number): readonly string[] {
  const label = `${"  ".repeat(depth)}${name}`;
  if (typeof value !== "object" || value === null) return [`${label.padEnd(26)} ${inWord(value)}`];
  const entries = Object.entries(value);
  if (entries.every(([, inner]) => typeof inner !== "object")) {
    const list = Array.isArray(value)
      ? value.map(inWord)
      : entries.map(([key, inner]: [string, Value]) => `${key} ${inWord(inner)}`);
    const line = `${label.padEnd(26)} ${list.join(", ")}`;
    if (line.length <= sectionWidth) return [line];
  }
  return [label, ...entries.flatMap(([key, inner]: [string, Value]) => outputLine(key, inner, depth + 1))];
}

/** Azure's ids begin alike and are long: their kind and name are enough here, JSON has all of them. */
function inWord(value: Value): string {
  if (typeof value !== "string") return JSON.stringify(value);
  return value.startsWith("/subscriptions/") ? `…/${value.split("/").slice(-2).join("/")}` : value;
}

/** The first whole path hop by hop; of others that work as well, only where they lead. */
function pathLines(journeys: readonly ReportedJourney[], colors: Colors): readonly string[] {
  const shown = journeys.find((journey) => !journey.ok) ?? journeys[0];
  return journeys.flatMap((journey) => {
    const by = journey.tunnels.length === 0 ? "no tunnel" : journey.tunnels.join(", ");
    const where = `${journey.client} to ${journey.endpoint}${journey.zone === undefined ? "" : ` in ${journey.zone}`}`;
    const line = `${mark(journey.ok, colors)} ${where}, by ${by}`;
    if (journey !== shown && journey.ok) return [line];
    return [
      line,
      "    forward",
      ...journey.forward.flatMap((hop) => hopLines(hop, colors)),
      "    back",
      ...journey.back.flatMap((hop) => hopLines(hop, colors)),
    ];
  });
}

function hopLines(hop: Hop, colors: Colors): readonly string[] {
  return [
    `    ${hopMark(hop, colors)} ${hop.name.padEnd(29)} ${hop.what}`,
    `      ${" ".repeat(29)} ${colors.dim(hop.rule)}`,
  ];
}

function hopMark({ outcome }: Hop, colors: Colors): string {
  return outcome === "not judged" ? colors.red("?") : mark(outcome === "holds", colors);
}

function mark(ok: boolean, colors: Colors): string {
  return ok ? colors.green("✓") : colors.red("✗");
}

function tunnelLines(tunnels: readonly ReportedTunnel[], colors: Colors): readonly string[] {
  const used = tunnels.find((tunnel) => !tunnel.spare);
  return [
    ...tableLines(
      ["tunnel", "Azure", "AWS", "inside", "routing", "ends"],
      tunnels.map(
        ({ name, azureAddress = "–", awsAddress = "–", insideCidr = "–", routing, spare, checks }) => {
          const wrong = checks.filter(({ ok }) => !ok).length;
          const agree = colors.green(`all ${checks.length} agree`);
          const state = wrong > 0 ? colors.red(`${wrong} of ${checks.length} differ`) : agree;
          return [name, azureAddress, awsAddress, insideCidr, routing, spare ? "unused in Azure" : state];
        },
      ),
    ),
    ...(used?.checks ?? []).map(
      ({ ok, what, azure, aws }) => `${mark(ok, colors)} ${what.padEnd(24)} ${azure.padEnd(32)} ${aws}`,
    ),
  ];
}

/** Buckets with the same access share a table. */
function accessLines(report: ReportDocument, colors: Colors): readonly string[] {
  const { rows, tlsOnly, remarks } = report.access;
  const buckets = grouped(rows, ({ bucket }) => bucket);
  const alike = grouped(buckets, (own) =>
    own.map(({ caller, cells }) => [caller, cells.map(({ allowed, ok }) => [allowed, ok])]),
  );
  return [
    ...alike.flatMap(([first, ...others]) =>
      tableLines(
        [
          `${first[0].bucket}${others.length === 0 ? "" : ` and ${others.length} more`}`,
          ...["through the endpoint", "another endpoint", "from the internet"],
        ],
        first.map(({ caller, cells }) => [
          caller,
          ...ways.map((way) =>
            cellText(
              cells.filter((cell) => cell.way === way),
              colors,
            ),
          ),
        ]),
      ),
    ),
    tlsOnly ? tlsInWords(report) : colors.red(tlsInWords(report)),
    ...remarks.flatMap((remark) => wrap(remark, sectionWidth)),
  ];
}

/** `list get` for what is allowed; what should be otherwise in red, with a mark that survives without colour. */
function cellText(cells: readonly AccessCell[], colors: Colors): string {
  const words = cells.flatMap(({ verb, allowed, ok }) => {
    if (!ok) return [colors.red(allowed ? `${verb}!` : `no ${verb}!`)];
    return allowed ? [verb] : [];
  });
  return words.length === 0 ? colors.dim("nothing") : words.join(" ");
}

const noRules = Object.fromEntries(
  ["top", "bottom", "left", "right", "mid"]
    .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
    .concat("middle")
    .map((name) => [name, ""]),
);

function tableLines(head: string[], rows: readonly string[][]): readonly string[] {
  const style = { head: [], border: [], "padding-left": 0, "padding-right": 2 };
  const table = new Table({ head, style, chars: noRules });
  table.push(...rows);
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd());
}

const mostFindings = 30;

function conclusionLines(report: ReportDocument, colors: Colors): readonly string[] {
  const conclusion = conclude(report);
  const { outcome, broken, notJudged } = conclusion;
  const words = conclusionInWords(conclusion, report);
  const unjudged =
    notJudged.length === 0 ? [] : ["Not judged", ...findingLines(notJudged, colors.yellow("?"), colors)];
  if (outcome === "holds") return [colors.green(`Proven for ${report.stack}: ${words}.`)];
  if (outcome === "not judged")
    return [...unjudged, colors.yellow(`Not proven for ${report.stack}: ${words}.`)];
  return [...unjudged, colors.red(`Broken: ${words}`), ...findingLines(broken, mark(false, colors), colors)];
}

function findingLines(findings: readonly ReportedFinding[], sign: string, colors: Colors): readonly string[] {
  const more = findings.length - mostFindings;
  return [
    ...findings
      .slice(0, mostFindings)
      .flatMap((finding) =>
        finding.kind === "error"
          ? [`  ${sign} ${finding.problem}`]
          : [`  ${sign} ${placeInWords(finding)}: ${finding.problem}`, `    ${colors.dim(finding.fix)}`],
      ),
    ...(more > 0 ? [`  … and ${more} more: --json lists all`] : []),
  ];
}
