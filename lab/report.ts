import Table from "cli-table3";
import { isatty } from "node:tty";
import { createColors, isColorSupported } from "picocolors";
import type { Check } from "./checks/check";
import type { Outage } from "./checks/failover";
import type { TunnelState } from "./checks/tunnels";

const colors = createColors(isColorSupported && isatty(1));

export function stepLine(step: string, seconds: number): string {
  return `${colors.green("✔")} ${step} ${colors.dim(`${seconds.toFixed(2)} s`)}`;
}

export function checkLine({ name, holds, found }: Check): string {
  return `${holds ? colors.green("✔") : colors.red("✘")} ${name}\n  ${colors.dim(found)}`;
}

/** Each tunnel's ends, what they settled on and what they route. */
export function tunnelTable(states: readonly TunnelState[]): string {
  const table = plainTable(["tunnel", "Azure – AWS", "IKE", "child", "PFS", "Azure routes"]);
  for (const one of states) {
    table.push([
      one.name,
      `${one.azureAddress}\n${one.awsAddress}`,
      one.ike.replaceAll("/", "\n"),
      one.child.replaceAll("/", "\n"),
      one.pfs,
      one.learned,
    ]);
  }
  return table.toString();
}

/** Measured downtime beside the prediction. */
export function outageTable(outages: readonly Outage[], speed: number): string {
  const table = plainTable(
    ["failure", "in the lab", `× ${speed}`, "predicted", "timers in the clouds"],
    [32, 12, 10, 11, 30],
  );
  for (const one of outages) {
    table.push([
      `${one.holds ? "✔" : "✘"} ${one.failure}`,
      seconds(one.seconds),
      seconds(one.scaledSeconds),
      one.predicted === undefined ? "–" : one.predicted === "never" ? "lasts" : `${one.predicted} s`,
      one.timers,
    ]);
  }
  return `${table.toString()}
Predictions count from the first question that stays unanswered; it is asked after up to 10 s of silence.`;
}

function seconds(value: number | undefined): string {
  return value === undefined ? "lasted" : `${value.toFixed(1)} s`;
}

function plainTable(head: string[], colWidths: number[] = []): Table.Table {
  return new Table({ head, wordWrap: true, colWidths, style: { head: [], border: [] } });
}
