import type { Fault, FaultReport } from "../../faults/fault";
import type { TopologyRow } from "../../verdict/topologies";
import { comparedLines } from "../comparison";
import { grouped } from "../grouped";
import { kindWords, lossInWords, survival, verdicts } from "../verdicts";
import { count } from "../words";
import { html, type Markup } from "./markup";
import { details, type Row, type Section, section, sourced, table } from "./parts";

/** Which topology survives what, at what price. */
export function topologiesSection(rows: readonly TopologyRow[]): Section {
  return section(
    { id: "topologies", link: "Which topology", title: "Which topology survives what" },
    html`<p class="lead">
      The worst result of each kind of failure, and how long packets are lost. The same settings with each
      <code>vpnTopology</code>, with its own gateway size and subnets.
    </p>`,
    table({
      caption: "Topologies compared",
      spoken: true,
      columns: [
        "Failure",
        ...rows.map((row) => ({
          title: row.topology,
          ...(row.current ? { class: "current", more: html` <span class="tag">this stack</span>` } : {}),
        })),
      ],
      rows: comparedLines(rows).map(({ title, cell }) => ({
        title,
        cells: rows.map((row) => {
          if ("problem" in row) return html`<span class="dim">refused: ${row.problem}</span>`;
          const what = cell(row) ?? html`<span class="dim">cannot happen</span>`;
          return typeof what === "object" && "verdict" in what ? verdict(what) : what;
        }),
      })),
    }),
  );
}

function verdict(fault: Pick<Fault, "verdict" | "interruptedSeconds">): Markup {
  const word = fault.verdict;
  const loss = lossInWords(fault);
  return html`<span class="verdict ${verdicts[word].tone}"
      ><span aria-hidden="true">${verdicts[word].mark}</span> ${verdicts[word].word}</span
    >
    ${loss !== "" && html`<small>${loss}</small>`}`;
}

/** Every failure of this stack, grouped by what a reader can do about it. */
export function faultSection({ singles, pairs, rules }: FaultReport): Section {
  const byItself = singles.filter(({ kind }) => kind !== "absent");
  const absent = singles.filter(({ kind }) => kind === "absent");
  const fatal = pairs.filter((pair) => pair.verdict === "outage");
  const tunnels = singles.filter(({ kind }) => kind === "tunnel").map(({ name }) => name);
  const tunnelPairs = pairs.filter(({ name }) => name.split("+").every((part) => tunnels.includes(part)));
  const lostPairs = tunnelPairs.filter((pair) => pair.verdict === "outage").map(({ name }) => name);
  const codes = fatal.map(({ name }, index) => html`${index > 0 && ", "}<code>${name}</code>`);
  return section(
    {
      id: "failures",
      link: "Failures",
      title: `Failures of this stack: ${survival(singles).inWords}`,
      folds: true,
    },
    faultTable("One failure at a time", byItself),
    html`<h3>Two at once</h3>
      <p>
        ${
          tunnelPairs.length > 0 &&
          html`Of ${count(tunnelPairs.length, "pair")} of tunnels,
          ${lostPairs.length === 0 ? "none is an outage" : `${lostPairs.length} are an outage: ${lostPairs.join(", ")}`}. `
        }
        Of all ${pairs.length} pairs of tunnels, instances and zones,
        ${fatal.length === 0 ? "none is an outage." : html`these are an outage: ${codes}.`}
      </p>`,
    details(
      `Each resource missing, one at a time (${absent.length})`,
      faultTable("A resource is missing", absent),
    ),
    details(
      "Rules and sources of these results",
      html`<ul>
        ${rules.map(({ rule, source }) => html`<li>${sourced(rule, source)}</li>`)}
      </ul>`,
    ),
  );
}

/** Failures of one kind with the same result are one row. */
function faultTable(caption: string, faults: readonly Fault[]): Markup {
  const alike = grouped(faults, (fault) => {
    const { kind, verdict: word, says, carriers } = fault;
    return [kind, word, says.at(-1), carriers.length, firstAlarm(fault)];
  });
  return table({
    caption,
    columns: ["Failure", "Path", "Tunnels left", "Result"],
    rows: alike.map(faultRow),
  });
}

function faultRow(alike: readonly [Fault, ...Fault[]]): Row {
  const [fault] = alike;
  const { kind, title, carriers, says } = fault;
  const names = alike.map(({ name }) => name.replace(/^no-/, "")).join(", ");
  const lost = fault.lost.length > 0 && " The reader loses access.";
  return {
    title: html`${alike.length > 1 && kind !== "absent" && `${kindWords[kind]}, any one of: `}
    ${alike.length === 1 ? title : html`<span class="names">${names}</span>`}`,
    cells: [verdict(fault), carriers.length, html`${says.at(-1)}${lost} <small>${firstAlarm(fault)}</small>`],
  };
}

function firstAlarm({ notifications }: Fault): string {
  if (notifications === undefined) return "";
  if (notifications.length === 0) return "No alarm reports it.";
  return `First alarm after ${Math.min(...notifications.map(({ afterMinutes }) => afterMinutes))} minutes.`;
}
