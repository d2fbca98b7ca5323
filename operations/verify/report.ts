import Table from "cli-table3";
import type pc from "picocolors";
import type { Finding } from "./judge/findings";
import type { NotJudged } from "./judge/judgement";
import type { Outcome } from "../../rehearsal/model/findings";
import { exitCodeOf, type TunnelState, type Verdict } from "./judge/verdict";

export type Colors = ReturnType<typeof pc.createColors>;

/** For people: the tunnels, then what is wrong, what was not judged, and every subject's outcome. */
export function terminalReport(verdict: Verdict, colors: Colors): string {
  return [
    tunnelTable(verdict.tunnels, colors),
    ...clientLine(verdict.client),
    "",
    ...verdict.findings.flatMap((one) => [...findingLines(one, colors), ""]),
    ...notJudgedLines(notJudgedOf(verdict), colors),
    ...outcomeLines(verdict, colors),
    summary(verdict, colors),
    "",
  ].join("\n");
}

function tunnelTable(tunnels: readonly TunnelState[], colors: Colors): string {
  const table = new Table({
    head: ["tunnel", "AWS", "Azure"],
    style: { head: [], border: [] },
    chars: { ...plainBorders, middle: "  " },
  });
  for (const { name, awsUp, azureStatus, up } of tunnels) {
    const paint = up ? colors.green : colors.red;
    const aws = awsUp === undefined ? "?" : awsUp ? "UP" : "DOWN";
    table.push([name, paint(aws), paint(azureStatus ?? "?")]);
  }
  return table.toString();
}

const edges = ["top", "bottom", "left", "right"].flatMap((side) =>
  ["", "-mid", "-left", "-right"].map((part) => side + part),
);
const plainBorders = Object.fromEntries([...edges, "mid", "mid-mid"].map((name) => [name, ""]));

/** Where the key was not tried, the reason is among what was not judged. */
function clientLine(client: Verdict["client"]): readonly string[] {
  switch (client) {
    case "inside":
      return ["The endpoint answers here: the reader's key was tried through it and around it."];
    case "outside":
      return ["The endpoint does not answer here: the reader's key was tried from outside."];
    case "not tried":
      return [];
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

/** Everything once, although several subjects may need it; questions that no judge came to, because of another, as well. */
function notJudgedOf({ unanswered, subjects }: Verdict): readonly NotJudged[] {
  const all = [
    ...subjects.flatMap(({ notJudged }) => notJudged),
    ...unanswered.map(({ about, problem }) => ({ about, reason: problem.says })),
  ];
  return [...new Map(all.map((one) => [`${one.about} ${one.reason}`, one])).values()];
}

/** One problem is often the reason for many gaps, so it is shown once. */
function notJudgedLines(gaps: readonly NotJudged[], colors: Colors): string[] {
  const reasons = [...new Set(gaps.map(({ reason }) => reason))];
  return reasons.flatMap((reason) => [
    `${colors.yellow("not judged")}  ${gaps
      .filter((gap) => gap.reason === reason)
      .map(({ about }) => about)
      .join(", ")}`,
    `        ${reason}`,
    "",
  ]);
}

function outcomeLines({ subjects }: Verdict, colors: Colors): string[] {
  const paints = { broken: colors.red, "not judged": colors.yellow, holds: colors.green };
  return (Object.keys(paints) as Outcome[]).flatMap((outcome) => {
    const shown = subjects
      .filter((one) => one.outcome === outcome)
      .map(({ subject, places }) => (places.length === 0 ? subject : `${subject} (${places.join(", ")})`));
    return shown.length === 0 ? [] : [`${paints[outcome](`${outcome}:`.padEnd(12))}${shown.join(", ")}`];
  });
}

function summary(verdict: Verdict, colors: Colors): string {
  const count = (severity: Finding["severity"]) =>
    verdict.findings.filter((finding) => finding.severity === severity).length;
  const [broken, warnings, gaps] = [count("broken"), count("warning"), notJudgedOf(verdict).length];
  if (broken + warnings + gaps === 0) return colors.green("Everything is as it must be.");
  const counts = [
    ...(broken === 0 ? [] : [`${broken} broken`]),
    ...(warnings === 0 ? [] : [`${warnings} ${warnings === 1 ? "warning" : "warnings"}`]),
    ...(gaps === 0 ? [] : [`${gaps} not judged`]),
  ];
  return (broken > 0 ? colors.red : colors.yellow)(`${counts.join(", ")}.`);
}

/** For programs. A field that goes or changes its meaning raises the version. */
export function jsonReport(verdict: Verdict): string {
  const { outcome, subjects, client, tunnels, findings } = verdict;
  const report = {
    version: 1,
    exitCode: exitCodeOf(verdict),
    outcome,
    subjects,
    client,
    tunnels,
    findings,
    unanswered: verdict.unanswered.map(({ about, problem }) => ({ about, ...problem })),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
