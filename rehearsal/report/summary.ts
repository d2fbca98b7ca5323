import { createColors } from "picocolors";
import { ways } from "../access/actions";
import { outcomeOf } from "../path/hops";
import type { Forecast } from "../verdict/forecast";
import { causesOf, type Cause, followsByKind, followsInWords } from "./causes";
import { type Colors, mark, sign } from "./colors";
import { failureCells, type TerminalOptions } from "./forecastTerminal";
import { grouped } from "./grouped";
import type { AccessCell, AccessRow, ReportDocument, ReportedJourney } from "./schema";
import { type Cell, tableLines } from "./table";
import {
  atMost,
  conclude,
  conclusionLine,
  count,
  headline,
  journeyInWords,
  listed,
  minutes,
  neighboursTitle,
  money,
  placeInWords,
  spread,
  stopped,
  tlsInWords,
  usageInWords,
  waysInWords,
  wrap,
} from "./words";

/** One heading of the summary and its rows. */
interface Part {
  readonly title: string;
  readonly rows: readonly (readonly (Cell | string)[])[];
}

const labelWidth = 12;
const mostCauses = 3;

/** The answer first, on one screen: the verdict, its causes, and each subject in a line or two. */
export function renderSummary(
  report: ReportDocument,
  forecast: Forecast | undefined,
  { color, width }: TerminalOptions,
): string {
  const colors = createColors(color);
  const paint = { holds: colors.green, broken: colors.red, "not judged": colors.yellow }[report.outcome];
  const parts = stopped(report)
    ? []
    : [...stackParts(report, colors), ...forecastParts(report, forecast, colors)];
  return [
    ...atMost(wrap(headline(report), width), 2, width).map(colors.bold),
    ...wrap(conclusionLine(report), width).map(paint),
    ...causeLines(report, colors, width),
    ...unjudgedLines(report, colors, width),
    ...(parts.length === 0 ? [] : [""]),
    ...parts.flatMap((part) => partLines(part, colors, width)),
    ...(stopped(report) ? [] : ["", colors.dim("All of it: --full, --html report.html or --json.")]),
    "",
  ].join("\n");
}

function partLines({ title, rows }: Part, colors: Colors, width: number): readonly string[] {
  const lines = tableLines(rows, width - labelWidth);
  // A notice is a paragraph: here it only says that there is one.
  return (title === "Notices" ? atMost(lines, 2, width - labelWidth) : lines).map((line, index) =>
    `${colors.bold((index === 0 ? title : "").padEnd(labelWidth))}${line}`.trimEnd(),
  );
}

function causeLines(report: ReportDocument, colors: Colors, width: number): readonly string[] {
  const causes = causesOf(report);
  // A program that stopped tells all its problems, and nothing else is printed.
  const shown = stopped(report) ? causes : causes.slice(0, mostCauses);
  const more = causes.length - shown.length;
  return [
    ...shown.flatMap((cause) => oneCause(cause, shown.length, colors, width, stopped(report))),
    ...(more > 0 ? [`  … and ${more} more: --full lists all`] : []),
  ];
}

function oneCause(
  cause: Cause,
  many: number,
  colors: Colors,
  width: number,
  whole: boolean,
): readonly string[] {
  const { problem, fix, follows } = cause;
  const inner = width - 4;
  const words = wrap(problem, inner);
  const kinds = followsByKind(cause);
  const room = kinds.length > 3 ? 1 : 2;
  const told = ({ about, findings }: (typeof kinds)[number]) => {
    const [first] = findings;
    const example = `${placeInWords(first)}: ${first.problem}`;
    return atMost(wrap(`${about}, ${findings.length}: ${example}`, inner - 2), room, inner - 2);
  };
  const followLines =
    many === 1
      ? kinds.flatMap((kind) => told(kind).map((line, index) => `${index === 0 ? "· " : "  "}${line}`))
      : [kinds.map(({ about, findings }) => `${about} ${findings.length}`).join(", ")];
  const lines = [
    ...(whole ? words : atMost(words, 3, inner)),
    ...(fix === undefined ? [] : atMost(wrap(fix, inner), 2, inner).map(colors.dim)),
    ...(follows.length === 0
      ? []
      : many === 1
        ? [followsInWords(cause), ...followLines]
        : [`From it follow: ${followLines.join("")}`]),
  ];
  return lines.map((line, index) => `  ${index === 0 ? colors.red("✗") : " "} ${line}`);
}

function unjudgedLines(report: ReportDocument, colors: Colors, width: number): readonly string[] {
  const { notJudged } = conclude(report);
  const shown = notJudged
    .slice(0, 3)
    .map((one) => [
      sign("not judged", colors),
      atMost(wrap(`${placeInWords(one)}: ${one.problem}`, width - 6), 2, width - 6).join(" "),
    ]);
  const more = notJudged.length - shown.length;
  return [
    ...tableLines(shown, width - 2).map((line) => `  ${line}`),
    ...(more > 0 ? [`  … and ${more} more not judged: --full lists all`] : []),
  ];
}

function stackParts(report: ReportDocument, colors: Colors): readonly Part[] {
  return [
    { title: "Path", rows: pathRows(report, colors) },
    { title: "Tunnels", rows: tunnelRows(report, colors) },
    { title: neighboursTitle, rows: neighbourRows(report) },
    { title: "Access", rows: accessRows(report, colors) },
    { title: "Notices", rows: noticeRows(report) },
  ];
}

/** What else works alike is counted; the first that does not is shown. */
function pathRows({ journeys }: ReportDocument, colors: Colors): Part["rows"] {
  const isBroken = (journey: ReportedJourney) => outcomeOf(journey) === "broken";
  const shown = journeys.find(isBroken) ?? journeys.find(({ ok }) => !ok) ?? journeys[0];
  if (shown === undefined) return [];
  const others = journeys.length - 1;
  const more = others === 0 ? "" : `, and ${count(others, "more path")}`;
  return [[sign(outcomeOf(shown), colors), `${journeyInWords(shown)}${more}`]];
}

function tunnelRows({ tunnels }: ReportDocument, colors: Colors): Part["rows"] {
  const used = tunnels.filter(({ spare }) => !spare);
  if (used.length === 0) return [];
  const wrong = used.filter(({ checks }) => checks.some(({ ok }) => !ok));
  const routing = [...new Set(used.map((tunnel) => (tunnel.routing === "bgp" ? "BGP" : "static routes")))];
  const ends =
    wrong.length === 0 ? "both ends agree" : `the ends of ${listed(wrong.map(({ name }) => name))} differ`;
  const [first] = used;
  const suites = ["phase 1", "phase 2"].map(
    (what) => first?.checks.find((check) => check.what === what)?.aws,
  );
  const suite = wrong.length > 0 ? "" : `: ${suites.filter((one) => one !== undefined).join(", ")}`;
  return [[mark(wrong.length === 0, colors), `${used.length} by ${routing.join(" and ")}, ${ends}${suite}`]];
}

/**
 * Callers with equal rights share a line; those without any have none. What calls for somebody gets what they get, so it has a
 * line only where nothing but that is wrong.
 */
function accessRows({ access, outcome, stack }: ReportDocument, colors: Colors): Part["rows"] {
  if (access.rows.length === 0) return [];
  const all = new Set(access.rows.map(({ bucket }) => bucket));
  const isRight = ({ cells }: AccessRow) => cells.every(({ ok }) => ok);
  const themselves = access.rows.filter(({ by }) => by === undefined);
  const others = access.rows.filter((row) => row.by !== undefined && !isRight(row));
  const rights = (themselves.every(isRight) ? [...themselves, ...others] : themselves).flatMap((row) => {
    const words = rightsOf(row);
    return words === "" ? [] : [{ row, words, ok: isRight(row) }];
  });
  const order = [...new Set(access.rows.map(({ caller }) => caller))];
  const byCaller = grouped(rights, ({ row, words, ok }) => [row.caller, words, ok]).map((same) => {
    const [{ row, words, ok }] = same;
    const buckets = [...new Set(same.map((one) => shortName(one.row.bucket, stack)))];
    const where = buckets.length === all.size ? count(all.size, "bucket") : listed(buckets, 2);
    return { caller: row.caller, words, ok, where };
  });
  // As they are asked, the reader first, though somebody else may be the first to get into the first bucket.
  byCaller.sort((one, other) => order.indexOf(one.caller) - order.indexOf(other.caller));
  const lines = grouped(byCaller, ({ words, ok, where }) => [words, ok, where]).map((same) => {
    const [{ words, ok, where }] = same;
    return [mark(ok, colors), `${listed(same.map(({ caller }) => caller))}: ${words}, ${where}`] as const;
  });
  // What is wrong first; with causes to tell there is less room.
  lines.sort(([one], [other]) => Number(one.text === "✓") - Number(other.text === "✓"));
  const most = outcome === "broken" ? 2 : 5;
  const more = lines.length - most;
  return [
    ...lines.slice(0, most),
    ...(more > 0 ? [["", `… and ${more} more`]] : []),
    [mark(access.tlsOnly, colors), tlsInWords({ access })],
  ];
}

/** Without the stack and the random end that Pulumi adds to a name: one screen is narrow. */
function shortName(bucket: string, stack: string): string {
  const added = /-[0-9a-f]{7}$/.exec(bucket)?.[0];
  if (added === undefined) return bucket;
  const named = bucket.slice(0, -added.length);
  return named.endsWith(`-${stack}`) ? named.slice(0, -stack.length - 1) : named;
}

function rightsOf({ cells }: AccessRow): string {
  const byWay = ways.map((way) => ({ way, words: verbsIn(cells.filter((cell) => cell.way === way)) }));
  return grouped(
    byWay.filter(({ words }) => words !== ""),
    ({ words }) => words,
  )
    .map((same) => `${same[0].words} ${waysInWords(same.map(({ way }) => way))}`)
    .join(", ");
}

/** As the table of `--full` has them: what should be otherwise ends in a mark. */
function verbsIn(cells: readonly AccessCell[]): string {
  return cells
    .flatMap(({ verb, allowed, ok }) =>
      ok ? (allowed ? [verb] : []) : [allowed ? `${verb}!` : `no ${verb}!`],
    )
    .join(" ");
}

function neighbourRows({ neighbours = [] }: ReportDocument): Part["rows"] {
  const named = (reaches: "endpoint" | "link") =>
    listed(neighbours.filter((one) => one.reaches === reaches).map(({ name }) => name));
  return [
    ["also reach the endpoint", named("endpoint")],
    ["also connected by the link", named("link")],
  ].flatMap(([what = "", names = ""]) => (names === "" ? [] : [[`${what}: ${names}`]]));
}

function noticeRows({ notices }: ReportDocument): Part["rows"] {
  const [first] = notices;
  if (first === undefined) return [];
  return [[notices.length === 1 ? first : `${first} (and ${notices.length - 1} more)`]];
}

/** What would become of a stack that is broken is no answer to anything yet. */
function forecastParts(
  report: ReportDocument,
  forecast: Forecast | undefined,
  colors: Colors,
): readonly Part[] {
  if (forecast === undefined || report.outcome === "broken") return [];
  const { faults, timeline, cost, throughput } = forecast;
  const rate = throughput && `at most ${throughput.mbps} Mbit/s: ${throughput.limit}`;
  return [
    {
      title: "Failures",
      rows: failureCells(faults, colors, "loss for ").map(([sign, kind, text]) => [sign, `${kind}: ${text}`]),
    },
    { title: "Throughput", rows: rate === undefined ? [] : [[rate]] },
    {
      title: "Time",
      rows: [
        [
          `${minutes(timeline.deploy.total.typical)} to deploy (${spread(timeline.deploy.total)}), ${minutes(timeline.destroy.total.typical)} to destroy`,
        ],
      ],
    },
    {
      title: "Cost",
      rows: [
        [
          `${cost.currency} ${money(cost.total, 0)} per month at the prices of ${cost.date}: ${usageInWords(cost.usage)}`,
        ],
        ...(cost.unpriced.length === 0
          ? []
          : [[`without ${count(cost.unpriced.length, "line")} that has no price`]]),
      ],
    },
  ];
}
