import { html, type Insertable, type Markup } from "./markup";

/** A section of the page, and the link to it. */
export interface Section {
  readonly id: string;
  readonly link: string;
  readonly markup: Markup;
}

export function section(
  { id, link, title = link }: { readonly id: string; readonly link: string; readonly title?: string },
  ...content: readonly Insertable[]
): Section {
  const markup = html`
    <section id="${id}" aria-labelledby="${id}-title">
      <h2 id="${id}-title">${title}</h2>
      ${content}
    </section>
  `;
  return { id, link, markup };
}

export interface TableParts {
  readonly caption?: Insertable;
  /** Texts, or `<th>` elements that are more than that. */
  readonly head: readonly (string | Markup)[];
  readonly rows: readonly Markup[];
  readonly foot?: Markup;
  /** How a narrow screen shows it. */
  readonly layout?: "stack" | "chart";
  /** Whether the caption is for screen readers only. */
  readonly spoken?: true;
}

export function table({ caption, head, rows, foot, layout, spoken }: TableParts): Markup {
  return html`
    <table class="${layout}">
      ${
        caption !== undefined &&
        html`<caption class="${spoken && "spoken"}">
          ${caption}
        </caption>`
      }
      <thead>
        <tr>
          ${head.map((cell) => (typeof cell === "string" ? html`<th scope="col">${cell}</th>` : cell))}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
      ${
        foot !== undefined &&
        html`<tfoot>
          ${foot}
        </tfoot>`
      }
    </table>
  `;
}

/** What may be wider than the screen scrolls, by keyboard too. */
export function scrolled(label: string, ...content: readonly Insertable[]): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">${content}</div>`;
}

export function details(summary: Insertable, ...content: readonly Insertable[]): Markup {
  return html`<details>
    <summary>${summary}</summary>
    ${content}
  </details>`;
}

/** A rule or figure with who says so. */
export function sourced(text: string, source: string): Markup {
  return html`${text} <small class="source">${source}</small>`;
}
