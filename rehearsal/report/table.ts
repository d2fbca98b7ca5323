import { wrap } from "./words";

/** What stands in one place of a table. */
export interface Cell {
  readonly text: string;
  /** Colours one line of it. */
  readonly paint?: (line: string) => string;
}

const gap = 2;

/** Rows as lines, none wider than `width`: the widest columns give way, and what they hold is folded. */
export function tableLines(rows: readonly (readonly (Cell | string)[])[], width: number): readonly string[] {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === "string" ? { text: cell } : cell)));
  const columns = Math.max(0, ...cells.map((row) => row.length));
  const natural = Array.from({ length: columns }, (_, column) =>
    Math.max(0, ...cells.map((row) => row[column]?.text.length ?? 0)),
  );
  const widths = fitted(natural, width - gap * (columns - 1));
  return cells.flatMap((row) => rowLines(row, widths));
}

function fitted(natural: readonly number[], width: number): readonly number[] {
  const widths = [...natural];
  for (let over = widths.reduce((sum, one) => sum + one, 0) - width; over > 0; over -= 1) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest] = Math.max(1, (widths[widest] ?? 0) - 1);
  }
  return widths;
}

function rowLines(row: readonly Cell[], widths: readonly number[]): readonly string[] {
  const folded = row.map(({ text }, column) => wrap(text, widths[column] ?? 1));
  const height = Math.max(1, ...folded.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => {
    const filled = folded.map((lines, column) => ((lines[line] ?? "") === "" ? -1 : column));
    const last = Math.max(...filled);
    return row
      .slice(0, last + 1)
      .map(({ paint = plain }, column) => {
        const text = folded[column]?.[line] ?? "";
        const space = column === last ? 0 : (widths[column] ?? 0) - text.length + gap;
        return `${text === "" ? "" : paint(text)}${" ".repeat(space)}`;
      })
      .join("");
  });
}

function plain(line: string): string {
  return line;
}
