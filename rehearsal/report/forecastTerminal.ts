import { createColors } from "picocolors";
import { notCounted } from "../cost/cost";
import type { Fault } from "../faults/fault";
import type { FailureKind } from "../faults/failures";
import type { Forecast } from "../verdict/forecast";
import { chainOf } from "./forecastDocument";
import { estimate, kindWords, minutes, money, seconds, verdictMarks, verdictWords } from "./words";

export interface TerminalOptions {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** Failures, time and cost as lines for a terminal, none wider than it. */
export function outlookLines(outlook: Forecast, { color, width }: TerminalOptions): readonly string[] {
  const colors = createColors(color);
  const paint = { holds: colors.green, "in part": colors.yellow, outage: colors.red };
  const { timeline, cost } = outlook;
  const kinds = [...new Set(outlook.faults.singles.map(({ kind }) => kind))].filter(
    (kind) => kind !== "absent",
  );
  const wrapped = (label: string, text: string) =>
    wrap(text, width - 24).map((line, index) =>
      `  ${(index === 0 ? label : "").padEnd(21)} ${line}`.trimEnd(),
    );
  return [
    colors.bold("If something fails"),
    ...kinds.map((kind) => {
      const { verdict, text } = worstOf(outlook.faults.singles, kind);
      return `  ${paint[verdict](verdictMarks[verdict])} ${kindWords[kind].padEnd(36)} ${text}`.slice(
        0,
        color ? undefined : width,
      );
    }),
    "",
    colors.bold("Time"),
    ...wrapped("to deploy", `${estimate(timeline.deploy.total)}: ${chainOf(timeline.deploy).join(" → ")}`),
    ...wrapped("AWS after the gateway", minutes(timeline.gatewayFirst.total.typical)),
    ...wrapped("by hand, in turn", minutes(timeline.byHand.typical)),
    ...(timeline.rotation === undefined
      ? []
      : wrapped("to rotate one key", `${estimate(timeline.rotation.total)}, its tunnel down meanwhile`)),
    ...wrapped("to destroy", estimate(timeline.destroy.total)),
    "",
    colors.bold("Cost"),
    ...wrapped(
      "a month",
      `${cost.currency} ${money(cost.total, 0)} at the prices of ${cost.date}: ${cost.usage.hours} hours, ${cost.usage.readGb} GB read, ${cost.usage.writtenGb} GB written, ${cost.usage.storedGb} GB stored`,
    ),
    ...cost.unpriced.flatMap((line) => wrapped("no price", line)),
    ...wrapped("", notCounted),
    "",
  ];
}

function worstOf(
  faults: readonly Fault[],
  kind: FailureKind,
): { readonly verdict: Fault["verdict"]; readonly text: string } {
  const rank = { holds: 0, "in part": 1, outage: 2 };
  const [worst] = faults
    .filter((fault) => fault.kind === kind)
    .sort((one, other) => rank[other.verdict] - rank[one.verdict]);
  if (worst === undefined) return { verdict: "holds", text: "cannot happen" };
  const { verdict, interruptedSeconds } = worst;
  const time =
    interruptedSeconds === undefined
      ? "until it is back"
      : `packets lost for at most ${seconds(interruptedSeconds)}`;
  return { verdict, text: `${verdictWords[verdict]}, ${time}` };
}

/** Breaks between words; a word wider than the line stays whole. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
