import type { Review, ReviewedStep } from "./judge";
import { type AccessRow, rowInWords } from "./accessRows";
import { flowLines } from "./flows/words";
import { impacts, impactTitles } from "../../rehearsal/clouds/impact";

/** Marks the comment in a pull request that a later run updates. */
const marker = "<!-- azure-s3-privatelink: review -->";

/** For a pull request: the worst first, each step with its reason and who says so. */
export function markdown(review: Review): string {
  const groups = [...impacts].reverse().flatMap((impact) => {
    const steps = review.steps.filter((one) => one.impact === impact);
    return steps.length === 0 ? [] : [group(impactTitles[impact], steps, impact === "none")];
  });
  const changes = review.steps.length;
  const summary =
    changes === 0
      ? "Nothing changes."
      : `${changes} ${changes === 1 ? "change" : "changes"}; the worst: **${lowerFirst(impactTitles[review.impact])}**.`;
  return [
    marker,
    "## What this does to traffic",
    "",
    summary,
    ...tunnelLine(review),
    ...partLine(review),
    ...review.notJudged.flatMap((one) => ["", one]),
    "",
    ...refusedPart(review),
    ...groups,
    ...accessPart(review),
    ...flowPart(review),
    ...connectsPart(review),
  ].join("\n");
}

function partLine({ isWhole, steps }: Review): string[] {
  if (isWhole || steps.length === 0) return [];
  return [
    "",
    "The preview leaves out what does not change. Refusals because of it are not judged, and flows only by what is shown: write it with `pulumi preview --json --show-sames`.",
  ];
}

/** What stops the deployment half-way, and how to do it all the same. */
function refusedPart({ steps }: Review): string[] {
  const lines = steps.flatMap(({ step, refused = [] }) =>
    refused.map(
      ({ code, message, source, procedure }) =>
        `- \`${step.name}\`: ${oneLine(message)} (${code}; ${source}). Instead: ${oneLine(procedure)}.`,
    ),
  );
  // A replacement is up to three steps.
  const once = [...new Set(lines)];
  return lines.length === 0 ? [] : ["### Pulumi or a cloud will refuse this", "", ...once, ""];
}

/** Gateways of others carry more than the link: who can reach whom by it is decided by their rules. */
function connectsPart({ connects: { opened, closed } }: Review): string[] {
  if (opened.length + closed.length === 0) return [];
  const lines = [
    ...opened.map((one) => `- now connects ${oneLine(one)}`),
    ...closed.map((one) => `- no longer connects ${oneLine(one)}`),
  ];
  return [
    "### Whom else the link connects",
    "",
    "By routes; rules of their own may stop it.",
    "",
    ...lines,
    "",
  ];
}

function flowPart({ flows }: Review): string[] {
  if (flows.length === 0) return [];
  return [
    "### Which flows open and close",
    "",
    "New connections at each place by itself, whatever the others let through; at an ACL, packets.",
    "",
    ...flows.flatMap((one) => flowLines(one).map(oneLine)),
    "",
  ];
}

/** What changed policies mean; the rewritten ones say it in their row above. */
function accessPart({ steps }: Review): string[] {
  const lines = steps.flatMap(({ step, access }) => {
    if (access === undefined) return [];
    if (access.kind === "not compared")
      return [`- \`${step.name}\` is not compared: ${oneLine(access.reason)}.`];
    const { opened, closed } = access;
    const listed = (what: string, rows: readonly AccessRow[]) =>
      rows.map((row) => `  - ${what} ${oneLine(rowInWords(row))}`);
    if (opened.length + closed.length === 0)
      return [`- \`${step.name}\`: rewritten, nobody gains or loses anything.`];
    return [`- \`${step.name}\`:`, ...listed("opens to", opened), ...listed("closes to", closed)];
  });
  if (lines.length === 0) return [];
  return [
    "### Who gains and loses access",
    "",
    "Each policy by itself, whatever the others say.",
    "",
    ...lines,
    "",
  ];
}

function tunnelLine({ tunnels, tunnelsInUse }: Review): string[] {
  if (tunnels.length === 0) return [];
  const all = tunnels.length === tunnelsInUse.length;
  const advice =
    all && tunnelsInUse.length > 1
      ? " Change one tunnel at a time, and wait for it: `npm run verify -- --wait 15`."
      : "";
  return ["", `Down in this one deployment: ${tunnels.join(", ")} of ${tunnelsInUse.join(", ")}.${advice}`];
}

function group(title: string, steps: readonly ReviewedStep[], folded: boolean): string {
  const table = ["| change | resource | why |", "|---|---|---|", ...steps.map(row)].join("\n");
  if (folded) return `<details><summary>${title} (${steps.length})</summary>\n\n${table}\n\n</details>\n`;
  return `### ${title}\n\n${table}\n`;
}

function row({ step, reasons }: ReviewedStep): string {
  const what = step.changes.length === 0 ? step.op : `${step.op} (${step.changes.join(", ")})`;
  const why = reasons.map(({ why: text, source }) =>
    source === "" ? text : `${text} ([source](${source}))`,
  );
  const short = step.type.split(":").at(-1) ?? step.type;
  return `| ${[what, `\`${step.name}\` ${short}`, why.join("; ")].map(cell).join(" | ")} |`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function oneLine(text: string): string {
  return text.replaceAll("\n", " ");
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
