import type { FailureKind } from "../../faults/failures";
import { kindWords } from "../verdicts";
import type { PageData } from "./data";
import { html, type Markup, trusted } from "./markup";
import { type Section, section } from "./parts";
import { renderJourney, renderState } from "./path";

const kinds: readonly FailureKind[] = [
  ...(["tunnel", "silent tunnel", "Azure instance", "AWS endpoint", "zone", "others", "absent"] as const),
];

/** The drawing, the failure to pick, and the path under it. */
export function topologySection(
  data: PageData,
  drawings: { readonly wide: string; readonly narrow: string; readonly others: boolean },
): Section {
  const whole = data.states[""];
  const journeys = whole?.journeys ?? [];
  const choices = journeys.map(
    ({ to }, index) =>
      html`<label class="choice"
        ><input type="radio" name="journey" value="${index}" ${index === 0 && html`checked`} /> ${to}</label
      >`,
  );
  return section(
    { id: "topology", link: "Topology and path" },
    html`
      <p class="lead">
        Pick a failure to see what it takes down and which way packets go then. Pick a hop to see where it is.
      </p>
      <form class="picker" autocomplete="off">
        <label>
          <span>What fails</span>
          <select id="failure">
            <option value="">Nothing</option>
            ${kinds.map((kind) => failureGroup(data, kind))}
          </select>
        </label>
        <label>
          <span>and at the same time</span>
          <select id="second" disabled>
            <option value="">Nothing else</option>
          </select>
        </label>
        ${
          journeys.length > 1 &&
          html`<fieldset>
            <legend>Path to the endpoint's address</legend>
            ${choices}
          </fieldset>`
        }
      </form>
      <p id="scrolls" class="dim" hidden>
        <span aria-hidden="true">↔</span> The drawing is wider than the screen: scroll it sideways.
      </p>
      ${(["wide", "narrow"] as const).map(
        (width) =>
          html`<div class="drawing ${width}" tabindex="0" role="region" aria-label="Topology">
            ${trusted(drawings[width])}
          </div>`,
      )}
      <ul class="legend" aria-hidden="true">
        <li class="carries">carries packets</li>
        <li class="failed">down</li>
        <li class="unused">unused</li>
        <li class="at">picked hop</li>
      </ul>
      ${drawings.others && html`<p class="dim">What has a dashed border belongs to others.</p>`}
      <div id="state" aria-live="polite">${whole !== undefined && renderState(whole)}</div>
      <p id="hop-said" class="spoken" aria-live="polite"></p>
      <div id="path">${renderJourney(data, journeys[0])}</div>
    `,
  );
}

function failureGroup({ states }: PageData, kind: FailureKind): Markup | false {
  const found = Object.entries(states).filter(([, state]) => state.kind === kind);
  const options = found.map(([name, { title }]) => html`<option value="${name}">${title}</option>`);
  return found.length > 0 && html`<optgroup label="${kindWords[kind]}">${options}</optgroup>`;
}
