import type { Fault } from "../faults/fault";
import type { FailureKind } from "../faults/failures";
import { count } from "./words";

/** How each verdict is shown: its mark shows without colour what colour shows, its tone is a class of the page. */
export const verdicts = {
  holds: { mark: "✓", word: "holds", tone: "good", rank: 0 },
  "in part": { mark: "◐", word: "holds in part", tone: "part", rank: 1 },
  outage: { mark: "✗", word: "outage", tone: "bad", rank: 2 },
} as const satisfies Readonly<Record<Fault["verdict"], object>>;

export const kindWords: Readonly<Record<FailureKind, string>> = {
  tunnel: "A tunnel goes down",
  "silent tunnel": "A tunnel drops packets silently",
  "Azure instance": "An Azure gateway instance fails",
  "AWS endpoint": "AWS maintains an endpoint",
  zone: "An availability zone fails",
  others: "Others change what is around",
  absent: "A resource is missing",
  pair: "Two at once",
};

/** How long packets are lost; empty where none is. */
export function lossInWords({
  verdict,
  interruptedSeconds,
}: Pick<Fault, "verdict" | "interruptedSeconds">): string {
  if (interruptedSeconds === undefined) return verdict === "outage" ? "until it is back" : "";
  return interruptedSeconds === 0 ? "" : `at most ${seconds(interruptedSeconds)}`;
}

/** `holds, at most 45 s`, the words before a time as given. */
export function faultInWords(fault: Pick<Fault, "verdict" | "interruptedSeconds">, before = ""): string {
  const loss = lossInWords(fault);
  const { word } = verdicts[fault.verdict];
  if (loss === "") return word;
  return `${word}, ${fault.interruptedSeconds === undefined ? "" : before}${loss}`;
}

/** Of the failures that happen by themselves, how many end in each verdict, as `14 hold, 2 in part`. */
export function survival(singles: readonly Fault[]): {
  readonly many: number;
  readonly inWords: string;
  readonly outages: readonly Fault[];
} {
  const moving = singles.filter(({ kind }) => kind !== "absent" && kind !== "others");
  const that = (verdict: Fault["verdict"]) => moving.filter((fault) => fault.verdict === verdict);
  const outages = that("outage");
  const inWords = [
    `${that("holds").length} hold`,
    ...(that("in part").length === 0 ? [] : [`${that("in part").length} in part`]),
    ...(outages.length === 0 ? [] : [count(outages.length, "outage")]),
  ].join(", ");
  return { many: moving.length, inWords, outages };
}

function seconds(value: number): string {
  return value < 120 ? `${value} s` : `${Math.round(value / 6) / 10} min`;
}
