import type { Way } from "../access/actions";
import type { LockAction } from "../access/locks";
import type { Cost, Range, Usage } from "../cost/cost";
import { partsOf } from "../model/resourceTypes";
import type { Estimate, Schedule } from "../timeline/schedule";
import { grouped } from "./grouped";
import type { Outcome, ReportDocument, ReportedFinding, ReportedJourney } from "./schema";

/** What the findings of a run come to. */
export interface Conclusion {
  /** `holds` only where nothing is broken and nothing is left unjudged. */
  readonly outcome: Outcome;
  readonly broken: readonly ReportedFinding[];
  readonly notJudged: readonly ReportedFinding[];
}

export function conclude({ outcome, findings }: ReportDocument): Conclusion {
  const that = (wanted: ReportedFinding["outcome"]) => findings.filter((one) => one.outcome === wanted);
  return { outcome, broken: that("broken"), notJudged: that("not judged") };
}

/** The conclusion in one clause; one that is broken is followed by its findings. */
export function conclusionInWords(
  { outcome, broken, notJudged }: Conclusion,
  report: ReportDocument,
): string {
  if (outcome === "broken") return count(broken.length, "finding");
  if (outcome === "not judged")
    return notJudged.length === 0
      ? "nothing is broken, but not everything is judged"
      : `nothing is broken, but ${count(notJudged.length, "item")} could not be judged`;
  return `the path works both ways, tunnel ends agree, ${othersInWords(report.access)}`;
}

function othersInWords({ perimeter, remarks }: ReportDocument["access"]): string {
  if (remarks.length === 0) return "nobody else has access";
  return perimeter === "enforced"
    ? "nobody else has access to the data"
    : "only administrators also have access";
}

export function headline({ stack, leftOut }: ReportDocument): string {
  return `Stack ${stack} on simulated clouds${leftOut.length === 0 ? "" : `, without ${listed(leftOut)}`}`;
}

/** Whether the program stopped with an error, after which nothing is judged. */
export function stopped({ findings }: ReportDocument): boolean {
  return findings.some(({ kind }) => kind === "error");
}

/** The verdict in one sentence. */
export function conclusionLine(report: ReportDocument): string {
  const conclusion = conclude(report);
  const words = conclusionInWords(conclusion, report);
  if (stopped(report))
    return `The program stopped: ${count(conclusion.broken.length, "problem")}; nothing else was judged.`;
  if (conclusion.outcome === "broken") return `Broken for ${report.stack}: ${words}.`;
  return `${conclusion.outcome === "holds" ? "Proven" : "Not proven"} for ${report.stack}: ${words}.`;
}

export function journeyInWords(journey: ReportedJourney): string {
  const { endpoint, zone, tunnels } = journey;
  const by = tunnels.length === 0 ? "no tunnel" : tunnels.join(", ");
  return `${clientInWords(journey)} to ${endpoint}${zone === undefined ? "" : ` in ${zone}`}, by ${by}`;
}

/** Where there are several, whose path it is. */
function clientInWords({ clientName, client }: ReportedJourney): string {
  return clientName === undefined ? client : `${clientName} (${client})`;
}

export const neighboursTitle = "Who else";

/** Who else the link concerns, one sentence each: first who reaches the endpoint. */
export function neighboursInWords({
  neighbours = [],
}: Pick<ReportDocument, "neighbours">): readonly string[] {
  return neighbours.map(({ says }) => `${says}.`);
}

export function tlsInWords({ access }: Pick<ReportDocument, "access">): string {
  return access.tlsOnly ? "All access requires TLS." : "Some access works without TLS.";
}

const wayWords = {
  endpoint: "through the endpoint",
  "other endpoint": "another endpoint",
  internet: "the internet",
};

/** `through the endpoint and from outside`. */
export function waysInWords(some: readonly Way[]): string {
  const outside = some.filter((way) => way !== "endpoint");
  const from = outside.length === 2 ? "from outside" : outside.map((way) => `from ${wayWords[way]}`);
  return [...(some.includes("endpoint") ? [wayWords.endpoint] : []), ...[from].flat()].join(" and ");
}

export const locksTitle = "Object locks";

const lockWords: Readonly<Record<LockAction, string>> = {
  "s3:BypassGovernanceRetention": "delete in spite of it",
  "s3:PutObjectRetention": "change an object's retention",
  "s3:PutObjectLegalHold": "set and lift legal holds",
  "s3:PutBucketObjectLockConfiguration": "change it for new objects",
};

/** Who gets past each bucket's lock and from where, a sentence for all who can the same. */
export function locksInWords({
  access: { locks = [] },
}: Pick<ReportDocument, "access">): readonly { readonly ok: boolean; readonly says: string }[] {
  return locks.flatMap(({ bucket, days, lifts }) => {
    const lock = `The lock of ${bucket} (${count(days, "day")})`;
    if (lifts.length === 0) return [{ ok: true, says: `${lock}: nobody gets past it.` }];
    const perCaller = grouped(lifts, ({ caller, ok, action }) => [caller, ok, action]).map((same) => ({
      ...same[0],
      ways: same.map(({ way }) => way),
    }));
    const perWays = grouped(perCaller, ({ caller, ok, ways }) => [caller, ok, ways]).map((same) => ({
      ...same[0],
      actions: same.map(({ action }) => action),
    }));
    return grouped(perWays, ({ ok, ways, actions }) => [ok, ways, actions]).map((same) => {
      const [{ ok, ways, actions }] = same;
      const who = listed(same.map(({ caller }) => caller));
      const what = actions.map((action) => lockWords[action]).join(", ");
      return { ok, says: `${lock}: ${who} can${ok ? "" : ", and must not,"} ${what}, ${waysInWords(ways)}.` };
    });
  });
}

/** The resource at fault. */
export function placeInWords({ kind, place }: ReportedFinding): string {
  return place.split("::").at(-1) || (kind === "error" ? "the program" : "the stack");
}

/** `aws ec2.Vpc` for `aws:ec2/vpc:Vpc`. */
export function typeInWords(type: string): string {
  const { package: cloud, module, kind } = partsOf(type);
  return `${cloud} ${module}.${kind}`;
}

/** `1 finding`, `2 findings`. */
export function count(many: number, noun: string): string {
  return `${many} ${noun}${many === 1 ? "" : "s"}`;
}

export function minutes(value: number): string {
  if (value < 1) return value === 0 ? "at once" : `${Math.max(1, Math.round(value * 60))} s`;
  return `${Math.round(value * 10) / 10} min`;
}

/** `39.5 min (27.1 min to 83 min)`. */
export function estimate(given: Estimate): string {
  return `${minutes(given.typical)} (${spread(given)})`;
}

export function spread({ min, max }: Estimate): string {
  return `${minutes(min)} to ${minutes(max)}`;
}

/** `470 – 584`, or one figure where both ends are the same. */
export function money({ low, high }: Range, digits = 2): string {
  const figure = (value: number) =>
    value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return low === high ? figure(low) : `${figure(low)} – ${figure(high)}`;
}

/** A total without the lines that have no price is said to be one, and none is never 0. */
export function costInWords({
  currency,
  total,
  unpriced,
}: Pick<Cost, "currency" | "total" | "unpriced">): string {
  const sum = `${currency} ${money(total, 0)}`;
  if (unpriced.length === 0) return sum;
  const missing = `${count(unpriced.length, "line")} without a price`;
  return total.high === 0 ? `unknown, ${missing}` : `at least ${sum}, ${missing}`;
}

export function usageInWords({ hours, readGb, writtenGb, storedGb }: Usage): string {
  return `${hours} hours, ${readGb} GB read, ${writtenGb} GB written, ${storedGb} GB stored`;
}

/** The names of the steps that decide how long the whole takes. */
export function chainOf({ steps, criticalPath }: Pick<Schedule, "steps" | "criticalPath">): string {
  const names = new Map(steps.map(({ urn, name }) => [urn, name]));
  return criticalPath.map((urn) => names.get(urn) ?? urn).join(" → ");
}

/** Breaks between words, and a word wider than the line at its end. Spaces before the first word stay. */
export function wrap(text: string, width: number): readonly string[] {
  const indent = /^ */.exec(text)?.[0] ?? "";
  const words = text.slice(indent.length).split(" ");
  const pieces = words.flatMap((word, index) => split(`${index === 0 ? indent : ""}${word}`, width));
  const lines: string[] = [];
  for (const word of pieces) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function split(word: string, width: number): readonly string[] {
  return word.length <= Math.max(width, 1)
    ? [word]
    : [word.slice(0, width), ...split(word.slice(width), width)];
}

/** At most so many lines, the last one cut short where more would follow. */
export function atMost(lines: readonly string[], many: number, width: number): readonly string[] {
  if (lines.length <= many) return lines;
  const kept = lines.slice(0, many);
  return [...kept.slice(0, -1), `${(kept.at(-1) ?? "").slice(0, width - 2).trimEnd()} …`];
}

/** The first few, and how many more. */
export function listed(names: readonly string[], many = 3): string {
  const more = names.length - many;
  return more > 0 ? `${names.slice(0, many).join(", ")} and ${more} more` : names.join(", ");
}
