import Table from "cli-table3";
import type pc from "picocolors";
import type { Unanswered } from "./facts/answer";
import type { Finding } from "./judge/findings";
import { exitCodeOf, type TunnelState, type Verdict } from "./judge/verdict";

export type Colors = ReturnType<typeof pc.createColors>;

/** For people: the tunnels, then what is wrong, then what could not be asked. */
export function terminalReport(verdict: Verdict, colors: Colors): string {
  const { findings, unanswered, tunnels, client } = verdict;
  return [
    tunnelTable(tunnels, colors),
    clientLine(client),
    "",
    ...findings.flatMap((one) => [...findingLines(one, colors), ""]),
    ...unansweredLines(unanswered, colors),
    summary(verdict, colors),
    "",
  ].join("\n");
}

function tunnelTable(tunnels: readonly TunnelState[], colors: Colors): string {
  const table = new Table({
    head: ["tunnel", "AWS", "Azure"],
    style: { head: [], border: [] },
    chars: plainBorders,
  });
  for (const { name, awsUp, azureStatus, up } of tunnels) {
    const paint = up ? colors.green : colors.red;
    const aws = awsUp === undefined ? "?" : awsUp ? "UP" : "DOWN";
    table.push([name, paint(aws), paint(azureStatus ?? "?")]);
  }
  return table.toString();
}

const empty = [
  "top",
  "top-mid",
  "top-left",
  "top-right",
  "bottom",
  "bottom-mid",
  "bottom-left",
  "bottom-right",
];
const sides = ["left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"];
const plainBorders = Object.fromEntries(
  [...empty, ...sides].map((name) => [name, name === "middle" ? "  " : ""]),
);

function clientLine(client: Verdict["client"]): string {
  switch (client) {
    case "inside":
      return "The endpoint answers here: the reader's key was tried through it and around it.";
    case "outside":
      return "The endpoint does not answer here: the reader's key was tried from outside.";
    case "not tried":
      return "The reader's key was not tried: these outputs hide it (pulumi stack output --json --show-secrets).";
  }
}

function findingLines({ severity, kind, subject, says, cause, next }: Finding, colors: Colors): string[] {
  const paint = severity === "broken" ? colors.red : colors.yellow;
  return [
    `${paint(severity)}  ${colors.bold(subject)}: ${says}`,
    `        likely: ${cause}`,
    `        next:   ${next}  ${colors.dim(`(${kind})`)}`,
  ];
}

/** One problem often stands behind many questions, so it is told once. */
function unansweredLines(missing: readonly Unanswered[], colors: Colors): string[] {
  const bySays = new Map<string, string[]>();
  for (const { about, problem } of missing)
    bySays.set(problem.says, [...(bySays.get(problem.says) ?? []), about]);
  return [...bySays].flatMap(([says, about]) => [
    `${colors.yellow("unknown")}  ${about.join(", ")}`,
    `        ${says}`,
    "",
  ]);
}

function summary(verdict: Verdict, colors: Colors): string {
  const count = (severity: Finding["severity"]) =>
    verdict.findings.filter((finding) => finding.severity === severity).length;
  const [broken, warnings, unknown] = [count("broken"), count("warning"), verdict.unanswered.length];
  if (broken + warnings + unknown === 0) return colors.green("Everything is as it must be.");
  const parts = [
    plural(broken, "broken", "broken"),
    plural(warnings, "warning", "warnings"),
    plural(unknown, "unknown", "unknown"),
  ];
  const text = `${parts.filter((part) => part !== "").join(", ")}.`;
  return broken > 0 ? colors.red(text) : colors.yellow(text);
}

function plural(count: number, one: string, many: string): string {
  return count === 0 ? "" : `${count} ${count === 1 ? one : many}`;
}

/** For programs. A field that goes or changes its meaning raises the version. */
export function jsonReport(verdict: Verdict): string {
  const { findings, tunnels, client } = verdict;
  const missing = verdict.unanswered.map(({ about, problem }) => ({ about, ...problem }));
  const report = {
    version: 1,
    exitCode: exitCodeOf(verdict),
    client,
    tunnels,
    findings,
    unanswered: missing,
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
