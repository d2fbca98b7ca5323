import Table from "cli-table3";
import type pc from "picocolors";
import type { Finding } from "./judge/findings";
import type { NotJudged } from "./judge/judgement";
import type { Reach } from "./facts/client";
import type { Destinations } from "./facts/destinations";
import type { Outcome } from "../../rehearsal/model/findings";
import { exitCodeOf, type TunnelState, type Verdict } from "./judge/verdict";

export type Colors = ReturnType<typeof pc.createColors>;

/** For people: the tunnels, then what is wrong, what was not judged, and every subject's outcome. */
export function terminalReport(verdict: Verdict, colors: Colors): string {
  return [
    tunnelTable(verdict.tunnels, colors),
    ...clientLines(verdict),
    ...destinationLines(verdict.destinations),
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

/** What of the client's way is seen from here. Where the key was not tried, the reason is among what was not judged. */
function clientLines({ client, endpoint }: Verdict): readonly string[] {
  const tried = {
    "both ways": ["The reader's key was tried through the endpoint and at S3's public address."],
    "at S3's public address": ["The reader's key was tried at S3's public address alone."],
    "not tried": [],
  }[client];
  return [`The endpoint here: ${reaches[endpoint]}.`, ...tried];
}

/** What was seen, and what to do. From outside the two networks only `timeout` and `network` are to be expected. */
const reaches: Readonly<Record<Reach, string>> = {
  answers: "it answers",
  name: "its name does not resolve; ask another DNS server, for some drop names of private addresses",
  refused: "the connection is refused; look for another machine or a firewall at its address",
  timeout:
    "no answer in time; that is right outside the two networks, and inside them docs/runbooks/tunnel-down.md helps",
  tls: "TLS fails; another machine has its address here, or a proxy opens the connection",
  network:
    "no way leads to it; that is right outside the two networks, and inside them look at the routes of this machine",
};

/** Where the environment leads requests elsewhere, that is said: what it answers is no cloud's own word. */
function destinationLines({ aws, azure }: Destinations): readonly string[] {
  return [
    ...(aws.length === 0 ? [] : [`AWS was asked at ${aws.join(", ")}.`]),
    ...(azure.length === 0 ? [] : [`Azure was asked at ${azure.join(", ")}.`]),
  ];
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
  const { outcome, subjects, client, endpoint, destinations, tunnels, findings } = verdict;
  const report = {
    version: 2,
    exitCode: exitCodeOf(verdict),
    outcome,
    subjects,
    client,
    endpoint,
    destinations,
    tunnels,
    findings,
    unanswered: verdict.unanswered.map(({ about, problem }) => ({ about, ...problem })),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
