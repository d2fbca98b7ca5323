import Table from "cli-table3";
import { createColors } from "picocolors";
import type { Hop } from "../path/hops";
import type { Value } from "../model/recording";
import type {
  AccessCell,
  AccessRow,
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
    ...(options.more ?? []),
    ...conclusionLines(report, colors),
    "",
  ].join("\n");
}

/** Components above what they made, in the order of creation. */
function resourceTree(resources: readonly ReportedResource[], colors: Colors): readonly string[] {
  const known = new Set(resources.map((resource) => resource.urn));
  const childrenOf = (parent: string | undefined) =>
    resources.filter(
      (r) => (r.parent !== undefined && known.has(r.parent) ? r.parent : undefined) === parent,
    );
  const lines = (parent: string | undefined, indent: string): readonly string[] =>
    childrenOf(parent).flatMap((resource, index, siblings) => {
      const last = index === siblings.length - 1;
      const branch = indent === "" && parent === undefined ? "" : last ? "└─ " : "├─ ";
      const label = `${indent}${branch}${resource.name}`;
      const below = parent === undefined ? "" : indent + (last ? "   " : "│  ");
      return [`${label.padEnd(44)} ${colors.dim(typeInWords(resource.type))}`, ...lines(resource.urn, below)];
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
    `    ${mark(hop.ok, colors)} ${hop.name.padEnd(29)} ${hop.what}`,
    `      ${" ".repeat(29)} ${colors.dim(hop.rule)}`,
  ];
}

function mark(ok: boolean, colors: Colors): string {
  return ok ? colors.green("✓") : colors.red("✗");
}

function tunnelLines(tunnels: readonly ReportedTunnel[], colors: Colors): readonly string[] {
  const table = plainTable(["tunnel", "Azure", "AWS", "inside", "routing", "ends"]);
  for (const tunnel of tunnels) {
    const wrong = tunnel.checks.filter((check) => !check.ok).length;
    const state = tunnel.spare
      ? "unused in Azure"
      : wrong > 0
        ? colors.red(`${wrong} of ${tunnel.checks.length} differ`)
        : colors.green(`all ${tunnel.checks.length} agree`);
    table.push([
      tunnel.name,
      tunnel.azureAddress ?? "–",
      tunnel.awsAddress ?? "–",
      tunnel.insideCidr ?? "–",
      tunnel.routing,
      state,
    ]);
  }
  const used = tunnels.find((tunnel) => !tunnel.spare);
  return [
    ...tableLines(table),
    ...(used?.checks ?? []).map(
      (check) => `${mark(check.ok, colors)} ${check.what.padEnd(24)} ${check.azure.padEnd(32)} ${check.aws}`,
    ),
  ];
}

function accessLines(report: ReportDocument, colors: Colors): readonly string[] {
  const { rows, tlsOnly, remarks } = report.access;
  return [
    ...alikeBuckets(rows).flatMap(({ buckets, rows: alike }) => {
      const [first = "", ...others] = buckets;
      const title = others.length === 0 ? first : `${first} and ${others.length} more`;
      const table = plainTable([title, "through the endpoint", "another endpoint", "from the internet"]);
      for (const row of alike) {
        const cell = (way: AccessCell["way"]) =>
          cellText(
            row.cells.filter((c) => c.way === way),
            colors,
          );
        table.push([row.caller, cell("endpoint"), cell("other endpoint"), cell("internet")]);
      }
      return tableLines(table);
    }),
    tlsOnly ? tlsInWords(report) : colors.red(tlsInWords(report)),
    ...remarks.flatMap((remark) => wrap(remark, sectionWidth)),
  ];
}

/** Buckets whose every cell is the same share a table. */
function alikeBuckets(rows: readonly AccessRow[]) {
  const byBucket = new Map<string, AccessRow[]>();
  for (const row of rows) byBucket.set(row.bucket, [...(byBucket.get(row.bucket) ?? []), row]);
  const groups = new Map<string, { readonly buckets: string[]; readonly rows: readonly AccessRow[] }>();
  for (const [bucket, own] of byBucket) {
    const signature = JSON.stringify(
      own.map(({ caller, cells }) => [caller, cells.map((c) => [c.allowed, c.ok])]),
    );
    const group = groups.get(signature);
    if (group === undefined) groups.set(signature, { buckets: [bucket], rows: own });
    else group.buckets.push(bucket);
  }
  return [...groups.values()];
}

/** `list get` for what is allowed; what should be otherwise in red, with a mark that survives without colour. */
function cellText(cells: readonly AccessCell[], colors: Colors): string {
  const words = cells.flatMap(({ verb, allowed, ok }) => {
    if (!ok) return [colors.red(allowed ? `${verb}!` : `no ${verb}!`)];
    return allowed ? [verb] : [];
  });
  return words.length === 0 ? colors.dim("nothing") : words.join(" ");
}

function plainTable(head: string[]): Table.Table {
  return new Table({
    head,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
    chars: {
      ...{ top: "", "top-mid": "", "top-left": "", "top-right": "", bottom: "", "bottom-mid": "" },
      ...{ "bottom-left": "", "bottom-right": "", left: "", "left-mid": "", mid: "", "mid-mid": "" },
      ...{ right: "", "right-mid": "", middle: "" },
    },
  });
}

function tableLines(table: Table.Table): readonly string[] {
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
