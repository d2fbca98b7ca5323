import type { PageData, PageJourney, PageState } from "./data";
import { html, type Markup } from "./markup";
import { verdicts } from "../verdicts";

const hopWords = {
  holds: { mark: "✓", says: "", look: "ok" },
  broken: { mark: "✗", says: "stops here: ", look: "broken" },
  "not judged": { mark: "?", says: "not judged: ", look: "unjudged" },
} as const;

const notJudged = { mark: hopWords["not judged"].mark, word: "not judged", tone: "part" };

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
              class="hop ${hopWords[hop.outcome].look}"
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
  const { mark, word, tone } = verdict === "not judged" ? notJudged : verdicts[verdict];
  const outcome = kind === "none" && verdict === "holds" ? "the path works" : word;
  return html`
    <p class="verdict ${tone}">
      <span aria-hidden="true">${mark}</span> <strong>${title}: ${outcome}</strong>
    </p>
    ${says.map((sentence) => html`<p>${sentence}</p>`)}
  `;
}
