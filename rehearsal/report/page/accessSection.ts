import type { AccessCell, ReportDocument, ReportedTunnel } from "../schema";
import { locksInWords, tlsInWords } from "../words";
import { html, type Markup } from "./markup";
import { details, type Section, section, table } from "./parts";

const ways = [
  ["endpoint", "Through the endpoint"],
  ["other endpoint", "Through another endpoint"],
  ["internet", "From the internet"],
] as const;

/** Who may do what, by which way. */
export function accessSection(report: ReportDocument): Section {
  const { perimeter = "unknown", remarks, rows } = report.access;
  const buckets = [...new Set(rows.map(({ bucket }) => bucket))];
  return section(
    { id: "access", link: "Access", folds: true },
    html`<p class="lead">
      Perimeter: <strong>${perimeter}</strong>. ${tlsInWords(report)} ${remarks.join(" ")}
    </p>`,
    locksInWords(report).map(({ ok, says }) => html`<p>${ok ? "" : "✗ "}${says}</p>`),
    buckets.map((bucket) =>
      table({
        caption: bucket,
        columns: ["Who", ...ways.map(([, title]) => title)],
        rows: rows
          .filter((row) => row.bucket === bucket)
          .map(({ caller, cells }) => ({
            title: caller,
            cells: ways.map(([way]) => rights(cells.filter((one) => one.way === way))),
          })),
      }),
    ),
  );
}

function rights(cells: readonly AccessCell[]): Markup {
  const shown = cells.filter(({ allowed, ok }) => allowed || !ok);
  if (shown.length === 0) return html`<span class="dim" title="${cells[0]?.because}">nothing</span>`;
  return html`${shown.map(({ verb, allowed, ok, because }) =>
    ok
      ? html`<span class="right tint good" title="${because}">${verb}</span> `
      : html`<span class="right tint bad" title="${because}">✗ ${allowed ? "" : "no "}${verb}</span> `,
  )}`;
}

/** Both ends of every tunnel, side by side. */
export function tunnelSection(tunnels: readonly ReportedTunnel[]): Section {
  return section(
    { id: "tunnels", link: "Tunnels", title: "Both ends of every tunnel", folds: true },
    tunnels.map(({ name, azureAddress, awsAddress, routing, spare, checks }) => {
      const agree = `${checks.filter(({ ok }) => ok).length} of ${checks.length} checks agree`;
      return details(
        html`${name}: ${azureAddress ?? "no end in Azure"} ↔ ${awsAddress ?? "no end in AWS"},
        ${routing === "bgp" ? "BGP" : "static"}, ${spare ? "unused in Azure" : agree}`,
        table({
          caption: `Ends of ${name}`,
          spoken: true,
          columns: ["What", "Azure", "AWS", { title: "What must hold", class: "dim" }],
          rows: checks.map(({ what, azure, aws, ok, rule }) => ({
            title: `${ok ? "✓" : "✗"} ${what}`,
            class: !ok && "tint bad",
            cells: [azure, aws, rule],
          })),
        }),
      );
    }),
  );
}
