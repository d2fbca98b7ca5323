import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { judgeTunnels } from "../../tunnels/tunnels";
import { readEstate } from "../../estate/estate";
import type { Forecast } from "../../verdict/forecast";
import type { Recording } from "../../model/recording";
import type { ReportDocument } from "../document";
import { accessSection, findingSection, tunnelSection } from "./accessSection";
import { bundleScript } from "./bundle";
import { costSection } from "./costSection";
import { pageData } from "./data";
import { drawEstate } from "./drawing";
import { faultSection, topologiesSection } from "./faultSection";
import { layOut } from "./layout";
import { html, type Markup, trusted } from "./markup";
import { timelineSection } from "./timelineSection";
import { topologySection } from "./topologySection";
import { estimate, money } from "../words";

export interface PageInput {
  readonly recording: Recording;
  readonly report: ReportDocument;
  /** Undefined for a program that did not get through. */
  readonly outlook: Forecast | undefined;
}

/** The whole report as one HTML file that asks nobody for anything. */
export async function renderPage({ recording, report, outlook }: PageInput): Promise<string> {
  const style = readFileSync(join(__dirname, "style.css"), "utf8");
  const [topology, script] =
    report.journeys.length > 0
      ? await Promise.all([drawnTopology(recording, report, outlook), bundleScript()])
      : [];
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${securityPolicy(script)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${report.stack}: Azure to private S3</title>
        <link rel="icon" href="data:," />
        <style>
          ${trusted(style)}
        </style>
      </head>
      <body>
        ${head(report, outlook)}
        <main>
          ${findingSection(report)} ${topology?.section}
          ${outlook !== undefined && html`${topologiesSection(outlook.topologies)} ${faultSection(outlook.faults)}`}
          ${report.access.rows.length > 0 && accessSection(report)}
          ${report.tunnels.length > 0 && tunnelSection(report.tunnels)}
          ${outlook !== undefined && html`${timelineSection(outlook.timeline)} ${costSection(outlook.cost)}`}
        </main>
        <footer>
          <p>
            Made by <code>npm run rehearse -- --stack ${report.stack} --html FILE</code> from the program as
            it is, on simulated clouds. Addresses of the clouds are examples; keys are left out. Times and
            prices are estimates with the sources named beside them.
          </p>
        </footer>
        ${
          topology !== undefined &&
          html`<script type="application/json" id="page-data">
            ${trusted(inScript(topology.data))}
          </script>`
        }
        ${script !== undefined && trusted(`<script>${script}</script>`)}
      </body>
    </html>`;
  return `${page.html}\n`;
}

async function drawnTopology(
  recording: Recording,
  report: ReportDocument,
  outlook: Forecast | undefined,
): Promise<{ readonly section: Markup; readonly data: unknown }> {
  const estate = readEstate(recording);
  const drawing = drawEstate(estate, judgeTunnels(estate));
  const data = pageData(drawing, report.journeys, outlook?.faults);
  const description = `Clients in Azure reach S3 in AWS through ${report.tunnels.filter(({ spare }) => !spare).length} VPN tunnels and an interface endpoint; the path below says the same in words.`;
  const [wide, narrow] = [await layOut(drawing, "LR", description), await layOut(drawing, "TB", description)];
  return { section: topologySection(data, { wide, narrow }), data };
}

function head(report: ReportDocument, outlook: Forecast | undefined): Markup {
  const { ok, findings, leftOut } = report;
  const row = outlook?.topologies.find(({ current }) => current);
  const fact = (name: string, value: string, small: string) =>
    html`<div>
      <dt>${name}</dt>
      <dd>${value} <small>${small}</small></dd>
    </div>`;
  return html`
    <header>
      <h1>Azure to private S3 <small>stack ${report.stack}</small></h1>
      <p>
        <span class="badge ${ok ? "good" : "bad"}"
          >${ok ? "✓ Proven on simulated clouds" : `✗ ${findings.length} finding${findings.length === 1 ? "" : "s"}`}</span
        >
        ${leftOut.length > 0 && html`without ${leftOut.join(", ")}`}
      </p>
      ${
        outlook !== undefined &&
        html`<dl class="facts">
          ${row !== undefined && "worst" in row && fact("Topology", row.topology, `${row.tunnels} ${row.tunnels === 1 ? "tunnel" : "tunnels"}, gateway ${row.sku}`)}
          ${fact("Time to deploy", estimate(outlook.timeline.deploy.total).replace(/ \(.*/, ""), estimate(outlook.timeline.deploy.total).replace(/^[^(]*\(|\)$/g, ""))}
          ${fact("A month", `${outlook.cost.currency} ${money(outlook.cost.total, 0)}`, `prices of ${outlook.cost.date}`)}
          ${fact("One failure at a time", survived(outlook), "of tunnels, instances, endpoints and zones leave a path")}
        </dl>`
      }
      <nav aria-label="Sections">
        <ul>
          ${sectionLinks(report, outlook).map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}
        </ul>
      </nav>
    </header>
  `;
}

function survived({ faults }: Forecast): string {
  const moving = faults.singles.filter(({ kind }) => kind !== "absent");
  return `${moving.filter(({ verdict }) => verdict !== "outage").length} of ${moving.length}`;
}

function sectionLinks(
  report: ReportDocument,
  outlook: Forecast | undefined,
): readonly (readonly [string, string])[] {
  return [
    ...(report.findings.length > 0 ? [["findings", "What is wrong"] as const] : []),
    ...(report.journeys.length > 0 ? [["topology", "Topology and path"] as const] : []),
    ...(outlook === undefined
      ? []
      : ([
          ["topologies", "Which topology"],
          ["failures", "Failures"],
        ] as const)),
    ...(report.access.rows.length > 0 ? [["access", "Access"] as const] : []),
    ...(report.tunnels.length > 0 ? [["tunnels", "Tunnels"] as const] : []),
    ...(outlook === undefined
      ? []
      : ([
          ["time", "Time"],
          ["cost", "Cost"],
        ] as const)),
  ];
}

/** JSON that cannot end the script element it stands in. */
function inScript(data: unknown): string {
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}

/** The browser itself keeps the page from asking anybody, and runs no script but ours. */
function securityPolicy(script: string | undefined): string {
  const hash =
    script === undefined ? "'none'" : `'sha256-${createHash("sha256").update(script).digest("base64")}'`;
  return `default-src 'none'; script-src ${hash}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;
}
