import type { Timeline } from "../../timeline/timeline";
import type { Estimate, Schedule, ScheduledStep } from "../../timeline/schedule";
import { count, estimate, minutes, typeInWords } from "../words";
import { html, type Markup } from "./markup";
import { details, type Section, section, table } from "./parts";

/** Charts of what happens when, and how long the whole would take in another order. */
export function timelineSection(timeline: Timeline): Section {
  const { deploy, byHand, gatewayFirst, floor, rotation, destroy } = timeline;
  return section(
    { id: "time", link: "Time" },
    html`<p class="lead">
      The slowest chain decides: Azure's gateway (${minutes(floor.gatewayMinutes)}) and its connections one
      after the other (${minutes(floor.connectionMinutes)}). The whole deployment takes
      ${floor.ratio.toFixed(2)} times as long.
    </p>`,
    orders([
      { name: "This graph", total: deploy.total, bar: "bar critical" },
      { name: "AWS waits for Azure's gateway", total: gatewayFirst.total, bar: "bar" },
      { name: "By hand, one after the other", total: byHand, bar: "bar" },
    ]),
    chart({ title: "Deployment", id: "deploy", schedule: deploy }),
    rotation !== undefined &&
      chart({
        title: `Rotation of ${rotation.key}`,
        id: "rotate",
        schedule: rotation,
        remark: `Its tunnel is down for ${estimate(rotation.tunnelDown)}; other tunnels, if any, stay up.`,
      }),
    chart({ title: "Destruction", id: "destroy", schedule: destroy }),
  );
}

interface Order {
  readonly name: string;
  readonly total: Estimate;
  readonly bar: string;
}

function orders(all: readonly Order[]): Markup {
  const widest = Math.max(...all.map(({ total }) => total.max));
  const share = (value: number) => percent(value, widest);
  return table({
    caption: "Deployment in this graph, and in two others",
    layout: "chart",
    head: ["Order", "Typical (from, to)", bars(html`<span class="spoken">Chart</span>`)],
    rows: all.map(
      ({ name, total, bar }) =>
        html`<tr>
          <th scope="row">${name}</th>
          <td>${estimate(total)}</td>
          <td class="bars">
            <span class="track">
              <span class="${bar}" style="left:0;width:${share(total.typical)}"></span>
              <span
                class="whisker"
                style="left:${share(total.min)};width:${share(total.max - total.min)}"
              ></span>
            </span>
          </td>
        </tr>`,
    ),
  });
}

interface Chart {
  readonly title: string;
  readonly id: string;
  readonly schedule: Schedule;
  readonly remark?: string;
}

/** Steps that take half a minute or decide the whole; the quick rest is folded away. */
function chart({ title, id, schedule, remark }: Chart): Markup {
  const ordered = [...schedule.steps].sort((one, other) => one.start - other.start || other.end - one.end);
  const shown = ordered.filter(
    ({ urn, minutes: takes }) => schedule.criticalPath.includes(urn) || takes.typical >= 0.5,
  );
  const quick = ordered.filter((step) => !shown.includes(step));
  return html`
    <h3 id="${id}">${title}: ${estimate(schedule.total)}</h3>
    ${remark !== undefined && html`<p>${remark}</p>`} ${stepTable(title, shown, schedule)}
    ${
      quick.length > 0 &&
      details(count(quick.length, "other quick step"), stepTable(`${title}, quick steps`, quick, schedule))
    }
  `;
}

function stepTable(
  caption: string,
  steps: readonly ScheduledStep[],
  { total, criticalPath }: Schedule,
): Markup {
  const whole = Math.max(total.typical, 0.1);
  return table({
    caption,
    spoken: true,
    layout: "chart",
    head: ["Step", "Typical (from, to)", bars(`0 to ${minutes(total.typical)}`)],
    rows: steps.map(({ urn, name, action, type, minutes: takes, start, end, slack }) => {
      const critical = criticalPath.includes(urn);
      const place = `left:${percent(start, whole)};width:${percent(end - start, whole)}`;
      return html`<tr title="${takes.source}">
        <th scope="row">${name} <small>${action} ${typeInWords(type)}</small></th>
        <td>${estimate(takes)}</td>
        <td class="bars">
          <span class="track"><span class="bar ${critical && "critical"}" style="${place}"></span></span>
          <span class="spoken"
            >${critical ? "on the critical path" : `${minutes(slack)} of slack`}, from ${minutes(start)}</span
          >
        </td>
      </tr>`;
    }),
  });
}

function bars(title: string | Markup): Markup {
  return html`<th scope="col" class="bars">${title}</th>`;
}

function percent(part: number, whole: number): string {
  return `${Math.round((part / whole) * 10000) / 100}%`;
}
