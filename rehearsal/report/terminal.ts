import { createColors } from "picocolors";
import { ways } from "../access/actions";
import { type Hop, outcomeOf } from "../path/hops";
import type { Value } from "../model/recording";
import { awsTypes } from "../model/resourceTypes";
import { grouped } from "./grouped";
import type {
  AccessCell,
  ReportDocument,
  ReportedFinding,
  ReportedJourney,
  ReportedResource,
  ReportedTunnel,
} from "./schema";
import { type Colors, mark, sign } from "./colors";
import { causesOf, followsInWords } from "./causes";
import { type Cell, tableLines } from "./table";
import {
  conclude,
  conclusionLine,
  headline,
  journeyInWords,
  neighboursInWords,
  neighboursTitle,
  placeInWords,
  stopped,
  locksInWords,
  tlsInWords,
  typeInWords,
  wrap,
} from "./words";

/** The whole report as people read it, no line wider than `width` columns. */
export function renderTerminal(
  report: ReportDocument,
  options: {
    readonly color: boolean;
    readonly width: number;
    /** Lines between the report and the verdict. */ readonly more?: readonly string[];
  },
): string {
  const colors = createColors(options.color);
  const { resources, journeys, tunnels } = report;
  const width = options.width - 2;
  const section = (name: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [colors.bold(name), ...lines.map((line) => `  ${line}`), ""];
  const made = resources.filter(({ id }) => id !== "").length;
  return [
    ...wrap(headline(report), options.width).map(colors.bold),
    "",
    ...(stopped(report)
      ? []
      : [
          ...section(`Resources (${made})`, tableLines(resourceTree(resources, colors), width)),
          ...section("Protection", protectionLines(resources, width)),
          ...section("Outputs", outputLines(report, width)),
          ...section("Path", pathLines(journeys, colors, width)),
          ...section("Tunnels", tunnelLines(tunnels, colors, width)),
          ...section(
            neighboursTitle,
            neighboursInWords(report).flatMap((sentence) => wrap(sentence, width)),
          ),
          ...section("Access", accessLines(report, colors, width)),
          ...section(
            "Notices",
            report.notices.flatMap((notice) => wrap(notice, width)),
          ),
          ...(options.more ?? []),
        ]),
    ...conclusionLines(report, colors, options.width),
    "",
  ].join("\n");
}

/** Components above what they made, in the order of creation. */
function resourceTree(resources: readonly ReportedResource[], colors: Colors): readonly (readonly Cell[])[] {
  const known = new Set<string | undefined>(resources.map(({ urn }) => urn));
  const rows = (above: string | undefined, indent: string): readonly (readonly Cell[])[] =>
    resources
      .filter(({ parent }) => (known.has(parent) ? parent : undefined) === above)
      .flatMap(({ name, type, urn }, index, { length }) => {
        const [branch, below] =
          above === undefined ? ["", ""] : index === length - 1 ? ["└─ ", "   "] : ["├─ ", "│  "];
        const label = { text: `${indent}${branch}${name}` };
        return [[label, { text: typeInWords(type), paint: colors.dim }], ...rows(urn, indent + below)];
      });
  return rows(undefined, "");
}

/** One line each, where there is anything; what is set on a bucket stays with the bucket and is left out. */
function protectionLines(resources: readonly ReportedResource[], width: number): readonly string[] {
  const isSetOnBucket = (type: string) => type.startsWith("aws:s3/bucket") && type !== awsTypes.bucket;
  const refused = resources.filter(({ protect }) => protect === true);
  const kept = resources.filter(
    ({ retainOnDelete, type }) => retainOnDelete === true && !isSetOnBucket(type),
  );
  const rows = [
    ["protected: Pulumi refuses to delete or replace", refused],
    ["kept: stay in the cloud when they leave the stack", kept],
  ] as const;
  return rows.flatMap(([what, some]) =>
    some.length === 0 ? [] : wrap(`${what}: ${some.map(({ name }) => name).join(", ")}`, width),
  );
}

function outputLines(report: ReportDocument, width: number): readonly string[] {
  return tableLines(
    Object.entries(report.outputs).flatMap(([name, value]) => outputRows(name, value, 0)),
    width,
  );
}

function outputRows(name: string, value: Value, depth: number): readonly (readonly string[])[] {
  const label = `${"  ".repeat(depth)}${name}`;
  if (typeof value !== "object" || value === null) return [[label, inWord(value)]];
  const entries = Object.entries(value);
  if (entries.every(([, inner]) => typeof inner !== "object")) {
    const list = Array.isArray(value)
      ? value.map(inWord)
      : entries.map(([key, inner]: [string, Value]) => `${key} ${inWord(inner)}`);
    const text = list.join(", ");
    if (text.length <= 72) return [[label, text]];
  }
  return [[label], ...entries.flatMap(([key, inner]: [string, Value]) => outputRows(key, inner, depth + 1))];
}

/** Azure's ids begin alike and are long: their kind and name are enough here, JSON has all of them. */
function inWord(value: Value): string {
  if (typeof value !== "string") return JSON.stringify(value);
  return value.startsWith("/subscriptions/") ? `…/${value.split("/").slice(-2).join("/")}` : value;
}

/** The first whole path hop by hop; of others that work as well, only where they lead. */
function pathLines(journeys: readonly ReportedJourney[], colors: Colors, width: number): readonly string[] {
  const shown = journeys.find((journey) => !journey.ok) ?? journeys[0];
  return journeys.flatMap((journey) => {
    const line = tableLines([[sign(outcomeOf(journey), colors), journeyInWords(journey)]], width);
    if (journey !== shown && journey.ok) return line;
    const hops = (name: string, all: readonly Hop[]) => [
      ["", name],
      ...all.flatMap((hop) => hopRows(hop, colors)),
    ];
    return [
      ...line,
      ...tableLines([...hops("forward", journey.forward), ...hops("back", journey.back)], width),
    ];
  });
}

function hopRows(hop: Hop, colors: Colors): readonly (readonly (Cell | string)[])[] {
  return [
    [sign(hop.outcome, colors), hop.name, hop.what],
    ["", "", { text: hop.rule, paint: colors.dim }],
  ];
}

function tunnelLines(tunnels: readonly ReportedTunnel[], colors: Colors, width: number): readonly string[] {
  if (tunnels.length === 0) return [];
  const used = tunnels.find((tunnel) => !tunnel.spare);
  return [
    ...tableLines(
      [
        ["tunnel", "Azure", "AWS", "inside", "routing", "ends"],
        ...tunnels.map((tunnel) => {
          const { name, azureAddress = "–", awsAddress = "–", insideCidr = "–", routing } = tunnel;
          return [name, azureAddress, awsAddress, insideCidr, routing, endsCell(tunnel, colors)];
        }),
      ],
      width,
    ),
    ...tableLines(
      (used?.checks ?? []).map(({ ok, what, azure, aws }) => [mark(ok, colors), what, azure, aws]),
      width,
    ),
  ];
}

function endsCell({ spare, checks }: ReportedTunnel, colors: Colors): Cell {
  const wrong = checks.filter(({ ok }) => !ok).length;
  if (spare) return { text: "unused in Azure" };
  if (wrong > 0) return { text: `${wrong} of ${checks.length} differ`, paint: colors.red };
  return { text: `all ${checks.length} agree`, paint: colors.green };
}

/** Buckets with the same access share a table. */
function accessLines(report: ReportDocument, colors: Colors, width: number): readonly string[] {
  const { rows, tlsOnly, remarks } = report.access;
  if (rows.length === 0) return [];
  const buckets = grouped(rows, ({ bucket }) => bucket);
  const alike = grouped(buckets, (own) =>
    own.map(({ caller, cells }) => [caller, cells.map(({ allowed, ok }) => [allowed, ok])]),
  );
  return [
    ...alike.flatMap(([first, ...others]) =>
      tableLines(
        [
          [
            `${first[0].bucket}${others.length === 0 ? "" : ` and ${others.length} more`}`,
            ...["through the endpoint", "another endpoint", "from the internet"],
          ],
          ...first.map(({ caller, cells }) => [
            caller,
            ...ways.map((way) =>
              accessCell(
                cells.filter((cell) => cell.way === way),
                colors,
              ),
            ),
          ]),
        ],
        width,
      ),
    ),
    ...wrap(tlsInWords(report), width).map((line) => (tlsOnly ? line : colors.red(line))),
    ...remarks.flatMap((remark) => wrap(remark, width)),
    ...locksInWords(report).flatMap(({ ok, says }) =>
      wrap(says, width).map((line) => (ok ? line : colors.red(line))),
    ),
  ];
}

/** `list get` for what is allowed; what should be otherwise in red, with a mark that survives without colour. */
function accessCell(cells: readonly AccessCell[], colors: Colors): Cell {
  const words = cells.flatMap(({ verb, allowed, ok }) => {
    if (!ok) return [allowed ? `${verb}!` : `no ${verb}!`];
    return allowed ? [verb] : [];
  });
  if (words.length === 0) return { text: "nothing", paint: colors.dim };
  return cells.every(({ ok }) => ok)
    ? { text: words.join(" ") }
    : { text: words.join(" "), paint: colors.red };
}

function conclusionLines(report: ReportDocument, colors: Colors, width: number): readonly string[] {
  const { notJudged } = conclude(report);
  const paint = { holds: colors.green, broken: colors.red, "not judged": colors.yellow }[report.outcome];
  return [
    ...(notJudged.length === 0 ? [] : ["Not judged", ...findingLines(notJudged, "?", colors.yellow, width)]),
    ...wrap(conclusionLine(report), width).map(paint),
    ...causesOf(report).flatMap((cause) => {
      const { problem, fix, follows } = cause;
      const rows = [
        [mark(false, colors), problem],
        ...(fix === undefined ? [] : [["", { text: fix, paint: colors.dim }]]),
      ];
      return [
        ...tableLines(rows, width - 2).map((line) => `  ${line}`),
        ...(follows.length === 0 ? [] : [`    ${followsInWords(cause)}`]),
        ...findingLines(follows, "·", colors.red, width - 2).map((line) => `  ${line}`),
      ];
    }),
  ];
}

function findingLines(
  findings: readonly ReportedFinding[],
  sign: string,
  paint: Colors["red"],
  width: number,
): readonly string[] {
  return tableLines(
    findings.flatMap((finding) => {
      const place = finding.kind === "error" ? "" : `${placeInWords(finding)}: `;
      const problem = [{ text: sign, paint }, `${place}${finding.problem}`];
      return finding.kind === "error" ? [problem] : [problem, ["", { text: finding.fix }]];
    }),
    width - 2,
  ).map((line) => `  ${line}`);
}
