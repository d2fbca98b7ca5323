import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Forecast } from "../../verdict/forecast";
import type { Recording } from "../../model/recording";
import type { ReportDocument } from "../schema";
import { survival } from "../verdicts";
import {
  conclude,
  conclusionInWords,
  conclusionLine,
  costInWords,
  minutes,
  count,
  spread,
  stopped,
} from "../words";
import { accessSection, tunnelSection } from "./accessSection";
import { bundleScript } from "./bundle";
import { costSection } from "./costSection";
import { pageData } from "./data";
import { drawRecording } from "./drawing";
import { faultSection, topologiesSection } from "./faultSection";
import { findingSections } from "./findingSections";
import { layOut } from "./layout";
import { html, type Markup, trusted } from "./markup";
import type { Section } from "./parts";
import { timelineSection } from "./timelineSection";
import { topologySection } from "./topologySection";

export interface PageInput {
  readonly recording: Recording;
  readonly report: ReportDocument;
  /** Undefined for a program that stopped with an error. */
  readonly forecast: Forecast | undefined;
}

/** The whole report as one HTML file that loads nothing. */
export async function renderPage(input: PageInput): Promise<string> {
  const { report, forecast } = input;
  const style = readFileSync(join(__dirname, "style.css"), "utf8");
  const drawn = report.journeys.length > 0 ? await drawnTopology(input) : undefined;
  const sections: readonly Section[] = [
    ...findingSections(report),
    ...(drawn === undefined ? [] : [drawn.section]),
    ...(forecast === undefined
      ? []
      : [topologiesSection(forecast.topologies), faultSection(forecast.faults)]),
    ...(report.access.rows.length > 0 ? [accessSection(report)] : []),
    ...(report.tunnels.length > 0 ? [tunnelSection(report.tunnels)] : []),
    ...(forecast === undefined ? [] : [timelineSection(forecast.timeline), costSection(forecast.cost)]),
  ];
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${securityPolicy(drawn?.script)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${report.stack}: Azure to private S3</title>
        <link rel="icon" href="data:," />
        <style>
          ${trusted(style)}
        </style>
      </head>
      <body>
        ${head(input, sections)}
        <main>${sections.map(({ markup }) => markup)}</main>
        <footer>
          <p>
            Made by <code>npm run rehearse -- --stack ${report.stack} --html FILE</code> from the program as
            it is, on simulated clouds. The clouds' addresses are examples; keys are left out. Times and
            prices are estimates with their sources beside them.
          </p>
        </footer>
        ${
          drawn !== undefined &&
          html`<script type="application/json" id="page-data">
              ${trusted(inScript(drawn.data))}
            </script>
            ${trusted(`<script>${drawn.script}</script>`)}`
        }
      </body>
    </html>`;
  return `${page.html}\n`;
}

interface DrawnTopology {
  readonly section: Section;
  readonly data: unknown;
  readonly script: string;
}

async function drawnTopology({ recording, report, forecast }: PageInput): Promise<DrawnTopology> {
  const drawing = drawRecording(recording);
  const data = pageData(drawing, report.journeys, forecast?.faults);
  const used = report.tunnels.filter(({ spare }) => !spare).length;
  const description = `Clients in Azure reach S3 in AWS through ${count(used, "VPN tunnel")} and an interface endpoint; the path below says the same in words.`;
  const [wide, narrow] = [await layOut(drawing, "LR", description), await layOut(drawing, "TB", description)];
  return {
    section: topologySection(data, {
      wide,
      narrow,
      others: drawing.boxes.some((box) => box.others === true),
    }),
    data,
    script: await bundleScript(),
  };
}

const badges = { holds: "good", broken: "bad", "not judged": "part" } as const;

function head({ report, forecast }: PageInput, sections: readonly Section[]): Markup {
  const { stack, leftOut } = report;
  const conclusion = conclude(report);
  const words = {
    holds: "✓ Proven on simulated clouds",
    broken: `✗ ${stopped(report) ? conclusionLine(report) : conclusionInWords(conclusion, report)}`,
    "not judged": `? Not proven: ${conclusionInWords(conclusion, report)}`,
  }[conclusion.outcome];
  return html`
    <header>
      <h1>Azure to private S3 <small>stack ${stack}</small></h1>
      <p>
        <span class="badge tint ${badges[conclusion.outcome]}">${words}</span>
        ${leftOut.length > 0 && html`without ${leftOut.join(", ")}`}
      </p>
      ${forecast !== undefined && facts(forecast)}
      <nav aria-label="Sections">
        <ul>
          ${sections.map(({ id, link }) => html`<li><a href="#${id}">${link}</a></li>`)}
        </ul>
      </nav>
    </header>
  `;
}

function facts({ topologies, timeline, cost, faults, throughput }: Forecast): Markup {
  const own = topologies.find(({ current }) => current);
  const { total } = timeline.deploy;
  const fact = (name: string, value: string, small: string) =>
    html`<div>
      <dt>${name}</dt>
      <dd>${value} <small>${small}</small></dd>
    </div>`;
  const { many, inWords } = survival(faults.singles);
  return html`<dl class="facts">
    ${own !== undefined && "worst" in own && fact("Topology", own.topology, `${count(own.tunnels, "tunnel")}, gateway ${own.sku}`)}
    ${fact("Time to deploy", minutes(total.typical), spread(total))}
    ${fact("Cost per month", costInWords(cost), `prices of ${cost.date}`)}
    ${throughput !== undefined && fact("Throughput", `at most ${throughput.mbps} Mbit/s`, throughput.limit)}
    ${fact("One failure at a time", inWords, `of ${many}: tunnels, instances, endpoints and zones`)}
  </dl>`;
}

/** JSON that cannot end its own script element. */
function inScript(data: unknown): string {
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}

/** The browser itself keeps the page from loading anything, and runs no script but ours. */
function securityPolicy(script: string | undefined): string {
  const hash =
    script === undefined ? "'none'" : `'sha256-${createHash("sha256").update(script).digest("base64")}'`;
  return `default-src 'none'; script-src ${hash}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;
}
