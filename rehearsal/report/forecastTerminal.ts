import { createColors } from "picocolors";
import { notCounted } from "../cost/cost";
import type { Fault, FaultReport } from "../faults/fault";
import type { FailureKind } from "../faults/failures";
import type { Forecast } from "../verdict/forecast";
import type { Colors } from "./colors";
import { type Cell, tableLines } from "./table";
import { faultInWords, kindWords, verdicts } from "./verdicts";
import { chainOf, costInWords, estimate, minutes, usageInWords, wrap } from "./words";

export interface TerminalOptions {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** Failures, time and cost as lines for a terminal, none wider than it. */
export function forecastLines(forecast: Forecast, { color, width }: TerminalOptions): readonly string[] {
  const colors = createColors(color);
  const { timeline, cost, faults, throughput } = forecast;
  const wrapped = (label: string, text: string) =>
    wrap(text, width - 24).map((line, index) =>
      `  ${(index === 0 ? label : "").padEnd(21)} ${line}`.trimEnd(),
    );
  return [
    colors.bold("If something fails"),
    ...tableLines(failureCells(faults, colors, "packets lost for "), width - 2).map((line) => `  ${line}`),
    "",
    colors.bold("Time"),
    ...wrapped("to deploy", `${estimate(timeline.deploy.total)}: ${chainOf(timeline.deploy)}`),
    ...wrapped("AWS after the gateway", minutes(timeline.gatewayFirst.total.typical)),
    ...wrapped("by hand, one by one", minutes(timeline.byHand.typical)),
    ...(timeline.rotation === undefined
      ? []
      : wrapped("to rotate one key", `${estimate(timeline.rotation.total)}, its tunnel is down meanwhile`)),
    ...wrapped("to destroy", estimate(timeline.destroy.total)),
    ...(throughput === undefined
      ? []
      : [
          "",
          colors.bold("Throughput"),
          ...wrapped("at most", `${throughput.mbps} Mbit/s: ${throughput.limit}`),
        ]),
    "",
    colors.bold("Cost"),
    ...wrapped(
      "per month",
      `${costInWords(cost)} at the prices of ${cost.date}: ${usageInWords(cost.usage)}`,
    ),
    ...cost.unpriced.flatMap((line) => wrapped("no price", line)),
    ...wrapped("", notCounted),
    "",
  ];
}

/** The worst of each kind of failure: its mark, the kind, and what comes of it. */
export function failureCells(
  { singles }: FaultReport,
  colors: Colors,
  beforeTime: string,
): readonly (readonly [Cell, string, string])[] {
  const paint = { holds: colors.green, "in part": colors.yellow, outage: colors.red };
  const kinds = new Set(singles.map(({ kind }) => kind).filter((kind) => kind !== "absent"));
  return [...kinds].map((kind) => {
    const worst = worstOf(singles, kind);
    const sign = { text: verdicts[worst.verdict].mark, paint: paint[worst.verdict] };
    return [sign, kindWords[kind], faultInWords(worst, beforeTime)];
  });
}

function worstOf(faults: readonly Fault[], kind: FailureKind): Pick<Fault, "verdict" | "interruptedSeconds"> {
  return faults
    .filter((fault) => fault.kind === kind)
    .reduce((worst, fault) => (verdicts[fault.verdict].rank > verdicts[worst.verdict].rank ? fault : worst));
}
