import type { Fault, FaultReport } from "../../faults/fault";
import type { TopologyRow } from "../../verdict/topologies";
import { html, type Markup } from "./markup";
import { estimate, kindWords, money, seconds, verdictMarks, verdictWords } from "../words";

/** Which topology survives what, at what price. */
export function topologiesSection(rows: readonly TopologyRow[]): Markup {
  const kinds = [
    ...new Set(rows.flatMap((row) => ("worst" in row ? row.worst.map(({ kind }) => kind) : []))),
  ];
  return html`
    <section id="topologies" aria-labelledby="topologies-title">
      <h2 id="topologies-title">Which topology survives what</h2>
      <p class="lead">
        The worst that comes of each kind of failure, and how long packets are lost. The same settings with
        each
        <code>vpnTopology</code>, its own gateway size and subnets.
      </p>
      <div class="scroll" tabindex="0" role="region" aria-label="Topologies compared">
        <table>
          <thead>
            <tr>
              <th scope="col">Failure</th>
              ${rows.map(
                (row) =>
                  html`<th scope="col" class="${row.current && "current"}">
                    ${row.topology}${row.current && html` <span class="tag">this stack</span>`}
                  </th>`,
              )}
            </tr>
          </thead>
          <tbody>
            ${kinds.map(
              (kind) =>
                html`<tr>
                  <th scope="row">${kindWords[kind]}</th>
                  ${rows.map((row) => cell(row, (r) => worstOf(r.worst.find((one) => one.kind === kind))))}
                </tr>`,
            )}
            <tr>
              <th scope="row">Two of these at once</th>
              ${rows.map((row) =>
                cell(row, (r) => html`${r.fatalPairs.length} of ${r.pairs} pairs are an outage`),
              )}
            </tr>
            <tr>
              <th scope="row">Azure gateway, tunnels</th>
              ${rows.map((row) => cell(row, (r) => html`${r.sku}, ${r.tunnels}`))}
            </tr>
            <tr>
              <th scope="row">Time to deploy</th>
              ${rows.map((row) => cell(row, (r) => html`${estimate(r.deploy)}`))}
            </tr>
            <tr>
              <th scope="row">A month</th>
              ${rows.map((row) => cell(row, (r) => html`${r.cost.currency} ${money(r.cost, 0)}`))}
            </tr>
          </tbody>
        </table>
      </div>
    </section>
  `;
}

type Compared = Extract<TopologyRow, { readonly worst: unknown }>;

function cell(row: TopologyRow, content: (row: Compared) => Markup): Markup {
  if ("problem" in row) return html`<td class="dim">refused: ${row.problem}</td>`;
  return html`<td class="${row.current && "current"}">${content(row)}</td>`;
}

function worstOf(worst: Pick<Fault, "verdict" | "interruptedSeconds"> | undefined): Markup {
  return worst === undefined ? html`<span class="dim">cannot happen</span>` : verdict(worst);
}

function verdict({
  verdict: word,
  interruptedSeconds,
}: Pick<Fault, "verdict" | "interruptedSeconds">): Markup {
  const time =
    interruptedSeconds === undefined
      ? word === "outage"
        ? "until it is back"
        : ""
      : interruptedSeconds === 0
        ? ""
        : `at most ${seconds(interruptedSeconds)}`;
  return html`<span class="verdict ${word.replace(" ", "-")}"
      ><span aria-hidden="true">${verdictMarks[word]}</span> ${verdictWords[word]}</span
    >
    ${time !== "" && html`<small>${time}</small>`}`;
}

/** Every failure of this stack, told apart by what a reader can do about it. */
export function faultSection({ singles, pairs, rules }: FaultReport): Markup {
  const byItself = singles.filter(({ kind }) => kind !== "absent");
  const absent = singles.filter(({ kind }) => kind === "absent");
  const fatal = pairs.filter((pair) => pair.verdict === "outage");
  const tunnelPairs = pairs.filter(({ name }) => /^tunnel\d+\+tunnel\d+$/.test(name));
  const lostPairs = tunnelPairs.filter((pair) => pair.verdict === "outage");
  return html`
    <section id="failures" aria-labelledby="failures-title">
      <h2 id="failures-title">Failures of this stack</h2>
      ${faultTable("What fails by itself", byItself)}
      <h3>Two at once</h3>
      <p>
        ${
          tunnelPairs.length > 0 &&
          html`Of ${tunnelPairs.length} pairs of tunnels,
          ${lostPairs.length === 0 ? "none is" : `${lostPairs.length} are`} an
          outage${lostPairs.length > 0 && `: ${lostPairs.map(({ name }) => name).join(", ")}`}. `
        }
        Of all ${pairs.length} pairs of tunnels, instances and zones,
        ${
          fatal.length === 0
            ? "none is an outage."
            : html`these are an outage:
              ${fatal.map(({ name }, index) => html`${index > 0 && ", "}<code>${name}</code>`)}.`
        }
      </p>
      <details>
        <summary>Every resource gone, one at a time (${absent.length})</summary>
        ${faultTable("A resource is gone", absent)}
      </details>
      <details>
        <summary>What this rests on</summary>
        <ul>
          ${rules.map(({ rule, source }) => html`<li>${rule} <small class="source">${source}</small></li>`)}
        </ul>
      </details>
    </section>
  `;
}

/** Failures of one kind that come to the same are one row. */
function faultTable(caption: string, faults: readonly Fault[]): Markup {
  const rows = new Map<string, Fault[]>();
  for (const fault of faults) {
    const { kind, verdict, says, carriers } = fault;
    const key = JSON.stringify([kind, verdict, says.at(-1), carriers.length, told(fault)]);
    rows.set(key, [...(rows.get(key) ?? []), fault]);
  }
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label="${caption}">
      <table class="stack">
        <caption>
          ${caption}
        </caption>
        <thead>
          <tr>
            <th scope="col">Failure</th>
            <th scope="col">Path</th>
            <th scope="col">Tunnels left</th>
            <th scope="col">Then</th>
          </tr>
        </thead>
        <tbody>
          ${[...rows.values()].map(faultRow)}
        </tbody>
      </table>
    </div>
  `;
}

function faultRow(alike: readonly Fault[]): Markup {
  const [fault] = alike;
  if (fault === undefined) return html``;
  const lost = fault.lost.length > 0 && " The reader loses what it could do.";
  return html`<tr>
    <th scope="row">
      ${alike.length === 1 || fault.kind === "absent" ? "" : html`${kindWords[fault.kind]}, any one of: `}
      ${
        alike.length === 1
          ? fault.title
          : html`<span class="names">${alike.map(({ name }) => name.replace(/^no-/, "")).join(", ")}</span>`
      }
    </th>
    <td class="narrow">${verdict(fault)}</td>
    <td data-label="Tunnels left">${fault.carriers.length}</td>
    <td>${fault.says.at(-1)}${lost} <small>${told(fault)}</small></td>
  </tr>`;
}

/** When the first alarm tells of it. */
function told({ notifications: alarms }: Fault): string {
  if (alarms === undefined) return "";
  if (alarms.length === 0) return "No alarm reports it.";
  return `Told after ${Math.min(...alarms.map(({ afterMinutes }) => afterMinutes))} minutes.`;
}
