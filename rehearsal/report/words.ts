import type { Cost, Range, Usage } from "../cost/cost";
import { partsOf } from "../model/resourceTypes";
import type { Estimate, Schedule } from "../timeline/schedule";
import type { Outcome, ReportDocument, ReportedFinding } from "./schema";

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
  const others = report.access.remarks.length === 0 ? "nobody else has" : "only administrators also have";
  return `the path works both ways, tunnel ends agree, ${others} access`;
}

export function tlsInWords({ access }: ReportDocument): string {
  return access.tlsOnly ? "All access requires TLS." : "Some access works without TLS.";
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

/** Breaks between words; a word wider than the line stays whole. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
