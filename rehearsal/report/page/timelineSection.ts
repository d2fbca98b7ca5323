import type { Timeline } from "../../timeline/timeline";
import type { Estimate, Schedule, ScheduledStep } from "../../timeline/schedule";
import { count, estimate, minutes, typeInWords } from "../words";
import { html, type Markup } from "./markup";
import { details, type Section, section, table, type TableParts } from "./parts";

/** Charts of what happens when, and how long the whole would take in another order. */
export function timelineSection(timeline: Timeline): Section {
  const { deploy, byHand, gatewayFirst, floor, rotation, destroy } = timeline;
  return section(
    { id: "time", link: "Time", title: `Time: ${minutes(deploy.total.typical)} to deploy`, folds: true },
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
  return chartTable(
    { caption: "Deployment in this graph, and in two others" },
    ["Order", "Chart"],
    all.map(({ name, total, bar }) => ({
      title: name,
      takes: total,
      bars: html`<span class="${bar}" style="left:0;width:${share(total.typical)}"></span>
        <span class="whisker" style="left:${share(total.min)};width:${share(total.max - total.min)}"></span>`,
    })),
  );
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

function stepTable(caption: string, steps: readonly ScheduledStep[], schedule: Schedule): Markup {
  const { total, criticalPath } = schedule;
  const whole = Math.max(total.typical, 0.1);
  return chartTable(
    { caption, spoken: true },
    ["Step", `0 to ${minutes(total.typical)}`],
    steps.map(({ urn, name, action, type, minutes: takes, start, end, slack }) => {
      const critical = criticalPath.includes(urn);
      const place = `left:${percent(start, whole)};width:${percent(end - start, whole)}`;
      return {
        title: html`${name} <small>${action} ${typeInWords(type)}</small>`,
        takes,
        source: takes.source,
        bars: html`<span class="bar ${critical && "critical"}" style="${place}"></span>`,
        spoken: `${critical ? "on the critical path" : `${minutes(slack)} of slack`}, from ${minutes(start)}`,
      };
    }),
  );
}

interface ChartRow {
  readonly title: string | Markup;
  readonly takes: Estimate;
  readonly source?: string;
  readonly bars: Markup;
  /** What the bars show, for screen readers. */
  readonly spoken?: string;
}

function chartTable(
  parts: Pick<TableParts, "caption" | "spoken">,
  [what, scale]: readonly [string, string],
  rows: readonly ChartRow[],
): Markup {
  return table({
    ...parts,
    class: "chart",
    columns: [what, "Typical (from, to)", { title: scale, class: "bars" }],
    rows: rows.map(({ title, takes, source, bars, spoken: said }) => ({
      title,
      ...(source === undefined ? {} : { tooltip: source }),
      cells: [estimate(takes), html`<span class="track">${bars}</span> <span class="spoken">${said}</span>`],
    })),
  });
}

function percent(part: number, whole: number): string {
  return `${Math.round((part / whole) * 10000) / 100}%`;
}
