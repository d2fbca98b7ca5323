import { html, type Insertable, type Markup } from "./markup";

/** A section of the page, and the link to it. */
export interface Section {
  readonly id: string;
  readonly link: string;
  readonly markup: Markup;
}

interface Head {
  readonly id: string;
  readonly link: string;
  readonly title?: string;
  /** Whether a phone shows only its title at first. */
  readonly folds?: true;
}

export function section({ id, link, title = link, folds }: Head, ...content: readonly Insertable[]): Section {
  const heading = html`<h2 id="${id}-title">${title}</h2>`;
  const markup = html`
    <section id="${id}" aria-labelledby="${id}-title">
      ${
        folds === undefined
          ? html`${heading} ${content}`
          : html`<details class="fold" open>
              <summary>${heading}</summary>
              ${content}
            </details>`
      }
    </section>
  `;
  return { id, link, markup };
}

export interface Column {
  readonly title: string;
  /** Of its heading and its cells. */
  readonly class?: string;
  /** Beside its heading. */
  readonly more?: Markup;
}

export interface Row {
  readonly title: Insertable;
  readonly class?: string | false;
  readonly tooltip?: string;
  /** One for each column but the first. */
  readonly cells: readonly Insertable[];
}

export interface TableParts {
  readonly caption?: Insertable;
  readonly columns: readonly (string | Column)[];
  readonly rows: readonly Row[];
  /** The last row's title and figure. */
  readonly foot?: { readonly title: string; readonly figure: Insertable };
  readonly class?: string;
  /** Whether the caption is for screen readers only. */
  readonly spoken?: true;
}

/** On a narrow screen each row is a block, and each cell says its column. */
export function table({ caption, columns, rows, foot, class: name, spoken }: TableParts): Markup {
  const all = columns.map((column): Column => (typeof column === "string" ? { title: column } : column));
  const others = all.slice(1);
  return html`
    <table class="${name}">
      ${
        caption !== undefined &&
        html`<caption class="${spoken && "spoken"}">
          ${caption}
        </caption>`
      }
      <thead>
        <tr>
          ${all.map(({ title, class: of, more }) => html`<th scope="col" class="${of}">${title}${more}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ title, class: of, tooltip, cells }) =>
            html`<tr title="${tooltip}">
              <th scope="row" class="${of}">${title}</th>
              ${others.map(
                (column, index) =>
                  html`<td class="${column.class}" data-label="${column.title}">${cells[index]}</td>`,
              )}
            </tr>`,
        )}
      </tbody>
      ${
        foot !== undefined &&
        html`<tfoot>
          <tr>
            <th scope="row" colspan="${others.length}">${foot.title}</th>
            <td class="figure">${foot.figure}</td>
          </tr>
        </tfoot>`
      }
    </table>
  `;
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
