import type { PageData, PageJourney, PageState } from "./data";
import { html, type Markup } from "./markup";
import { verdicts } from "../verdicts";

const hopWords = {
  holds: { mark: "✓", says: "" },
  broken: { mark: "✗", says: "stops here: " },
  "not judged": { mark: "?", says: "not judged: " },
} as const;

/** The path of one journey, hop by hop; written when the page is made and again by the page's script. */
export function renderJourney({ hops }: Pick<PageData, "hops">, journey: PageJourney | undefined): Markup {
  if (journey === undefined) return html`<p>There is no path: no client subnet, or no endpoint.</p>`;
  const list = (title: string, indexes: readonly number[], start: number) => html`
    <h3 class="way">${title}</h3>
    <ol class="hops" start="${start}">
      ${indexes.map((index, at) => {
        const hop = hops[index];
        return (
          hop !== undefined &&
          html`<li>
            <button
              type="button"
              class="hop ${hop.outcome === "holds" ? "ok" : "broken"}"
              data-hop="${index}"
              aria-pressed="false"
            >
              <span class="mark" aria-hidden="true">${hopWords[hop.outcome].mark}</span>
              <span class="what"><span class="number">${start + at}</span> ${hop.what}</span>
              <span class="who">${hop.name}</span>
              <span class="rule">${hopWords[hop.outcome].says}${hop.rule}</span>
            </button>
          </li>`
        );
      })}
    </ol>
  `;
  return html`${list("Forward", journey.forward, 1)}${list("Back", journey.back, journey.forward.length + 1)}`;
}

export function renderState({ kind, verdict, title, says }: PageState): Markup {
  const outcome = kind === "none" && verdict === "holds" ? "the path works" : verdicts[verdict].word;
  return html`
    <p class="verdict ${verdicts[verdict].tone}">
      <span aria-hidden="true">${verdicts[verdict].mark}</span> <strong>${title}: ${outcome}</strong>
    </p>
    ${says.map((sentence) => html`<p>${sentence}</p>`)}
  `;
}
