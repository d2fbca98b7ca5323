import type { Timeline } from "../../timeline/timeline";
import type { Estimate, Schedule, ScheduledStep } from "../../timeline/schedule";
import { html, type Markup } from "./markup";
import { estimate, minutes, shortType } from "../words";

/** Charts of what happens when, and how long the whole would take in another order. */
export function timelineSection(timeline: Timeline): Markup {
  const { deploy, byHand, gatewayFirst, floor, rotation, destroy } = timeline;
  const widest = Math.max(deploy.total.max, byHand.max, gatewayFirst.total.max);
  return html`
    <section id="time" aria-labelledby="time-title">
      <h2 id="time-title">Time</h2>
      <p class="lead">
        The slowest chain decides: Azure's gateway (${minutes(floor.gatewayMinutes)}) and its connections one
        after the other (${minutes(floor.connectionMinutes)}). The whole is ${floor.ratio.toFixed(2)} times
        that.
      </p>
      <table class="chart">
        <caption>
          Deployment in this graph, and in two others
        </caption>
        <thead>
          <tr>
            <th scope="col">Order</th>
            <th scope="col">Typical (from, to)</th>
            <th scope="col" class="bars"><span class="spoken">Chart</span></th>
          </tr>
        </thead>
        <tbody>
          ${compared("This graph", deploy.total, widest, true)}
          ${compared("AWS waits for Azure's gateway", gatewayFirst.total, widest, false)}
          ${compared("By hand, one after the other", byHand, widest, false)}
        </tbody>
      </table>
      ${chart("Deployment", "deploy", deploy)}
      ${
        rotation !== undefined &&
        chart(
          `Rotation of ${rotation.key}`,
          "rotate",
          rotation,
          html`Its tunnel is down for ${estimate(rotation.tunnelDown)}; other tunnels, where there are any,
          carry on.`,
        )
      }
      ${chart("Destruction", "destroy", destroy)}
    </section>
  `;
}

function compared(name: string, total: Estimate, widest: number, own: boolean): Markup {
  const share = (value: number) => percent(value, widest);
  return html`<tr>
    <th scope="row">${name}</th>
    <td>${estimate(total)}</td>
    <td class="bars">
      <span class="track">
        <span class="bar ${own ? "critical" : ""}" style="left:0;width:${share(total.typical)}"></span>
        <span class="whisker" style="left:${share(total.min)};width:${share(total.max - total.min)}"></span>
      </span>
    </td>
  </tr>`;
}

/** Steps that take half a minute or decide the whole; the quick rest is folded away. */
function chart(title: string, id: string, schedule: Schedule, remark?: Markup): Markup {
  const critical = new Set(schedule.criticalPath);
  const ordered = [...schedule.steps].sort((one, other) => one.start - other.start || other.end - one.end);
  const shown = ordered.filter((step) => critical.has(step.urn) || step.minutes.typical >= 0.5);
  const quick = ordered.filter((step) => !shown.includes(step));
  return html`
    <h3 id="${id}">${title}: ${estimate(schedule.total)}</h3>
    ${remark !== undefined && html`<p>${remark}</p>`} ${stepTable(title, shown, schedule, critical)}
    ${
      quick.length > 0 &&
      html`<details>
        <summary>${quick.length} quick ${quick.length === 1 ? "step" : "steps"} beside these</summary>
        ${stepTable(`${title}, quick steps`, quick, schedule, critical)}
      </details>`
    }
  `;
}

function stepTable(
  title: string,
  steps: readonly ScheduledStep[],
  schedule: Schedule,
  critical: ReadonlySet<string>,
): Markup {
  const whole = Math.max(schedule.total.typical, 0.1);
  return html`
    <table class="chart">
      <caption class="spoken">
        ${title}
      </caption>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col">Typical (from, to)</th>
          <th scope="col" class="bars">0 to ${minutes(schedule.total.typical)}</th>
        </tr>
      </thead>
      <tbody>
        ${steps.map(
          (step) =>
            html`<tr title="${step.minutes.source}">
              <th scope="row">${step.name} <small>${step.action} ${shortType(step.type)}</small></th>
              <td>${estimate(step.minutes)}</td>
              <td class="bars">
                <span class="track"
                  ><span
                    class="bar ${critical.has(step.urn) ? "critical" : ""}"
                    style="left:${percent(step.start, whole)};width:${percent(step.end - step.start, whole)}"
                  ></span
                ></span>
                <span class="spoken"
                  >${critical.has(step.urn) ? "decides the whole" : `${minutes(step.slack)} to spare`}, from
                  ${minutes(step.start)}</span
                >
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  `;
}

function percent(part: number, whole: number): string {
  return `${Math.round((part / whole) * 10000) / 100}%`;
}
