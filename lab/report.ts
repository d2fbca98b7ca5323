import Table from "cli-table3";
import { isatty } from "node:tty";
import { createColors, isColorSupported } from "picocolors";
import type { Check, Outcome } from "./checks/check";
import type { Outage } from "./checks/failover";
import type { TunnelState } from "./checks/tunnels";

const colors = createColors(isColorSupported && isatty(1));

const marks = { holds: colors.green("✔"), broken: colors.red("✘"), "not judged": "–" } as const;

export function stepLine(step: string, seconds: number): string {
  return `${marks.holds} ${step} ${colors.dim(`${seconds.toFixed(2)} s`)}`;
}

export function checkLine({ name, outcome }: Check): string {
  return `${marks[outcome.kind]} ${name}\n  ${colors.dim(detail(outcome))}`;
}

function detail(outcome: Outcome): string {
  switch (outcome.kind) {
    case "holds":
      return outcome.found;
    case "broken":
      return `broken at ${outcome.at}: ${outcome.found}`;
    case "not judged":
      return `not judged: ${outcome.reason}`;
  }
}

export function countLine(outcomes: readonly Outcome[]): string {
  const count = (kind: Outcome["kind"]): number => outcomes.filter((one) => one.kind === kind).length;
  return `${count("holds")} hold, ${count("broken")} broken, ${count("not judged")} not judged`;
}

/** Each tunnel's ends, what they negotiated and the routes. */
export function tunnelTable(states: readonly TunnelState[]): string {
  const table = plainTable(["tunnel", "Azure – AWS", "IKE", "child", "PFS", "Azure routes"]);
  for (const { name, azureAddress, awsAddress, ike, child, pfs, learned } of states) {
    const lines = (suite: string): string => suite.replaceAll("/", "\n");
    table.push([name, `${azureAddress}\n${awsAddress}`, lines(ike), lines(child), pfs, learned]);
  }
  return table.toString();
}

/** Measured downtime beside the prediction. */
export function outageTable(outages: readonly Outage[], speed: number): string {
  const table = plainTable(
    ["failure", "in the lab", `× ${speed}`, "predicted", "timers in the clouds"],
    [32, 12, 10, 11, 30],
  );
  for (const { failure, timers, measured, outcome } of outages) {
    const title = `${marks[outcome.kind]} ${failure}`;
    if (measured === undefined) {
      table.push([title, { colSpan: 4, content: detail(outcome) }]);
      continue;
    }
    const { predicted } = measured;
    table.push([
      ...[title, seconds(measured.seconds), seconds(measured.scaledSeconds)],
      ...[predicted === undefined ? "–" : predicted === "never" ? "lasts" : `${predicted} s`, timers],
    ]);
  }
  return `${table.toString()}
Predictions count from the first unanswered check of the peer; a peer is checked after up to 10 s of silence.`;
}

function seconds(value: number | undefined): string {
  return value === undefined ? "lasted" : `${value.toFixed(1)} s`;
}

function plainTable(head: string[], colWidths: number[] = []): Table.Table {
  return new Table({ head, wordWrap: true, colWidths, style: { head: [], border: [] } });
}
