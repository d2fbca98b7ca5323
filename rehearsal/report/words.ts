import type { Range } from "../cost/cost";
import type { Fault } from "../faults/fault";
import type { FailureKind } from "../faults/failures";
import type { Estimate } from "../timeline/schedule";

/** `✓` and friends tell what colour tells, without it. */
export const verdictMarks: Readonly<Record<Fault["verdict"], string>> = {
  holds: "✓",
  "in part": "◐",
  outage: "✗",
};

export const verdictWords: Readonly<Record<Fault["verdict"], string>> = {
  holds: "holds",
  "in part": "holds in part",
  outage: "outage",
};

export const kindWords: Readonly<Record<FailureKind, string>> = {
  tunnel: "A tunnel goes down",
  "silent tunnel": "A tunnel drops packets in silence",
  "Azure instance": "An Azure gateway instance fails",
  "AWS endpoint": "AWS maintains an endpoint",
  zone: "An availability zone fails",
  absent: "A resource is gone",
  pair: "Two at once",
};

export function seconds(value: number): string {
  return value < 120 ? `${value} s` : `${Math.round(value / 6) / 10} min`;
}

export function minutes(value: number): string {
  if (value < 1) return value === 0 ? "at once" : `${Math.max(1, Math.round(value * 60))} s`;
  return `${Math.round(value * 10) / 10} min`;
}

/** `39.5 min (27.1 to 83 min)`. */
export function estimate({ min, typical, max }: Estimate): string {
  return `${minutes(typical)} (${minutes(min)} to ${minutes(max)})`;
}

/** `470 – 584`, or one figure where both ends are the same. */
export function money({ low, high }: Range, digits = 2): string {
  const figure = (value: number) =>
    value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return low === high ? figure(low) : `${figure(low)} – ${figure(high)}`;
}

/** `ec2 Vpc` for `aws:ec2/vpc:Vpc`. */
export function shortType(type: string): string {
  const [cloud = "", module = "", kind = ""] = type.split(":");
  return cloud === "random" ? kind : `${module.split("/")[0] ?? ""} ${kind}`;
}
