import Table from "cli-table3";
import { createColors } from "picocolors";
import type { Hop } from "../path/hops";
import type { Journey } from "../path/path";
import type { Value } from "../model/recording";
import type { AccessCell, AccessRow, ReportDocument, ReportedResource, ReportedTunnel } from "./document";

type Colors = ReturnType<typeof createColors>;

/** The report as people read it, at most 100 columns wide save for what must stay in one piece. */
export function renderTerminal(
  report: ReportDocument,
  options: {
    readonly color: boolean;
    /** Lines between the report and the verdict. */ readonly more?: readonly string[];
  },
): string {
  const colors = createColors(options.color);
  const sections =
    report.resources.length === 0
      ? []
      : [
          heading(
            `Resources (${report.resources.filter((r) => r.id !== "").length})`,
            resourceTree(report.resources, colors),
            colors,
          ),
          heading("Outputs", outputLines(report), colors),
          heading("Path", pathLines(report.journeys, colors), colors),
          heading("Tunnels", tunnelLines(report.tunnels, colors), colors),
          heading("Access", accessLines(report, colors), colors),
        ];
  const { more = [] } = options;
  return [...title(report, colors), ...sections, ...more, verdictLines(report, colors), ""].join("\n");
}

function title(report: ReportDocument, colors: Colors): readonly string[] {
  const without = report.leftOut.length === 0 ? "" : `, without ${report.leftOut.join(", ")}`;
  return [colors.bold(`Stack ${report.stack} on simulated clouds${without}`), ""];
}

function heading(name: string, lines: readonly string[], colors: Colors): string {
  return [colors.bold(name), ...lines.map((line) => `  ${line}`), ""].join("\n");
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
      return [`${label.padEnd(44)} ${colors.dim(shortType(resource.type))}`, ...lines(resource.urn, below)];
    });
  return lines(undefined, "");
}

/** `ec2.Vpc` for `aws:ec2/vpc:Vpc`. */
function shortType(type: string): string {
  const [cloud = "", module = "", kind = ""] = type.split(":");
  return `${cloud} ${module.split("/")[0] ?? ""}.${kind}`;
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
    if (line.length <= 98) return [line];
  }
  return [label, ...entries.flatMap(([key, inner]: [string, Value]) => outputLine(key, inner, depth + 1))];
}

/** Azure's ids begin alike and are long: their kind and name are enough here, JSON has all of them. */
function inWord(value: Value): string {
  if (typeof value !== "string") return JSON.stringify(value);
  return value.startsWith("/subscriptions/") ? `…/${value.split("/").slice(-2).join("/")}` : value;
}

/** The first whole path hop by hop; of others that work as well, only where they lead. */
function pathLines(journeys: readonly Journey[], colors: Colors): readonly string[] {
  const shown = journeys.find((journey) => !journey.ok) ?? journeys[0];
  return journeys.flatMap((journey) => {
    const by = journey.tunnels.length === 0 ? "no tunnel" : journey.tunnels.join(", ");
    const where = `${journey.client} to ${journey.endpoint}${journey.zone === undefined ? "" : ` in ${journey.zone}`}`;
    const line = `${mark(journey.ok, colors)} ${where}, by ${by}`;
    if (journey !== shown && journey.ok) return [line];
    return [
      line,
      "    there",
      ...journey.forward.flatMap((hop) => hopLines(hop, colors)),
      "    and back",
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
    tlsOnly ? "Without TLS nobody gets anything." : colors.red("Somebody gets in without TLS."),
    ...remarks.flatMap(wrapped),
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

/** A sentence in lines of at most 98 columns, which the indent makes 100. */
function wrapped(sentence: string): readonly string[] {
  return sentence.split(" ").reduce<readonly string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > 98) return [...lines, word];
    return [...lines.slice(0, -1), `${last} ${word}`];
  }, []);
}

function verdictLines({ ok, findings, stack, access }: ReportDocument, colors: Colors): string {
  if (ok) {
    const others = access.remarks.length === 0 ? "nobody else gets in" : "else only administrators get in";
    return colors.green(`Proven for ${stack}: there and back, both ends of each tunnel agree, ${others}.`);
  }
  const shown = findings.slice(0, 30);
  return [
    colors.red(`Broken: ${findings.length} finding${findings.length === 1 ? "" : "s"}`),
    ...shown.flatMap(({ place, problem, fix, kind }) => [
      `  ${colors.red("✗")} ${kind === "error" ? "" : `${place.split("::").at(-1) || "the stack"}: `}${problem}`,
      ...(kind === "error" ? [] : [`    ${colors.dim(fix)}`]),
    ]),
    ...(findings.length > shown.length
      ? [`  … and ${findings.length - shown.length} more: --json lists all`]
      : []),
  ].join("\n");
}
