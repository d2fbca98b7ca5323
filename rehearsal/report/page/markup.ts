/** HTML that is safe to put into a page as it is. */
export class Markup {
  constructor(readonly html: string) {}
}

export type Insertable = Markup | string | number | false | undefined | readonly Insertable[];

/** Writes HTML: whatever is inserted is escaped, unless it is markup itself. */
export function html(parts: TemplateStringsArray, ...inserted: readonly Insertable[]): Markup {
  return new Markup(parts.reduce((all, part, index) => all + toHtml(inserted[index - 1]) + part));
}

/** HTML written by somebody else who escaped it, as a layout library's SVG. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

function toHtml(value: Insertable): string {
  if (value === undefined || value === false) return "";
  if (value instanceof Markup) return value.html;
  if (typeof value === "object") return value.map(toHtml).join("");
  return escapeHtml(String(value));
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
