import type { AccessCell, ReportDocument, ReportedTunnel } from "../document";
import { html, type Markup } from "./markup";

const ways = [
  ["endpoint", "Through the endpoint"],
  ["other endpoint", "Through another endpoint"],
  ["internet", "From the internet"],
] as const;

/** Who may do what, by which way. */
export function accessSection({ access }: ReportDocument): Markup {
  const buckets = [...new Set(access.rows.map(({ bucket }) => bucket))];
  return html`
    <section id="access" aria-labelledby="access-title">
      <h2 id="access-title">Access</h2>
      <p class="lead">
        Perimeter: <strong>${access.perimeter ?? "unknown"}</strong>.
        ${access.tlsOnly ? "Without TLS nobody gets anything." : "Somebody gets in without TLS."}
        ${access.remarks.join(" ")}
      </p>
      <div class="scroll" tabindex="0" role="region" aria-label="Access by bucket">
        ${buckets.map(
          (bucket) => html`
            <table>
              <caption>
                ${bucket}
              </caption>
              <thead>
                <tr>
                  <th scope="col">Who</th>
                  ${ways.map(([, title]) => html`<th scope="col">${title}</th>`)}
                </tr>
              </thead>
              <tbody>
                ${access.rows
                  .filter((row) => row.bucket === bucket)
                  .map(
                    ({ caller, cells }) =>
                      html`<tr>
                        <th scope="row">${caller}</th>
                        ${ways.map(([way]) => html`<td>${rights(cells.filter((one) => one.way === way))}</td>`)}
                      </tr>`,
                  )}
              </tbody>
            </table>
          `,
        )}
      </div>
    </section>
  `;
}

function rights(cells: readonly AccessCell[]): Markup {
  const said = cells.filter(({ allowed, ok }) => allowed || !ok);
  if (said.length === 0) return html`<span class="dim" title="${cells[0]?.because}">nothing</span>`;
  return html`${said.map(({ verb, allowed, ok, because }) =>
    ok
      ? html`<span class="right good" title="${because}">${verb}</span> `
      : html`<span class="right bad" title="${because}">✗ ${allowed ? "" : "no "}${verb}</span> `,
  )}`;
}

/** Both ends of every tunnel, side by side. */
export function tunnelSection(tunnels: readonly ReportedTunnel[]): Markup {
  return html`
    <section id="tunnels" aria-labelledby="tunnels-title">
      <h2 id="tunnels-title">Both ends of every tunnel</h2>
      ${tunnels.map(
        (tunnel) =>
          html`<details>
            <summary>
              ${tunnel.name}: ${tunnel.azureAddress ?? "no end in Azure"} ↔
              ${tunnel.awsAddress ?? "no end in AWS"}, ${tunnel.routing === "bgp" ? "BGP" : "static"},
              ${tunnel.spare ? "unused in Azure" : `${tunnel.checks.filter(({ ok }) => ok).length} of ${tunnel.checks.length} checks agree`}
            </summary>
            <div class="scroll" tabindex="0" role="region" aria-label="Ends of ${tunnel.name}">
              <table>
                <thead>
                  <tr>
                    <th scope="col">What</th>
                    <th scope="col">Azure</th>
                    <th scope="col">AWS</th>
                    <th scope="col">What must hold</th>
                  </tr>
                </thead>
                <tbody>
                  ${tunnel.checks.map(
                    ({ what, azure, aws, ok, rule }) =>
                      html`<tr class="${!ok && "wrong"}">
                        <th scope="row">${ok ? "✓" : "✗"} ${what}</th>
                        <td>${azure}</td>
                        <td>${aws}</td>
                        <td class="dim">${rule}</td>
                      </tr>`,
                  )}
                </tbody>
              </table>
            </div>
          </details>`,
      )}
    </section>
  `;
}

/** What is wrong, where something is. */
export function findingSection({ findings }: ReportDocument): Markup | false {
  return (
    findings.length > 0 &&
    html`
      <section id="findings" aria-labelledby="findings-title">
        <h2 id="findings-title">What is wrong</h2>
        <ol class="findings">
          ${findings.map(
            ({ place, problem, fix, kind }) =>
              html`<li>
                <strong
                  >${place.split("::").at(-1) || (kind === "error" ? "the program" : "the stack")}</strong
                >: <span class="problem">${problem}</span> <small>${fix}</small>
              </li>`,
          )}
        </ol>
      </section>
    `
  );
}
