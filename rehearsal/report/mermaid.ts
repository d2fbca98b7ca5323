import type { Box, Drawing } from "./page/diagram";

/** The drawing in Mermaid's language, which pull requests show as a picture. */
export function toMermaid({ boxes, lines }: Drawing): string {
  const groups = new Set(boxes.flatMap(({ inside }) => inside ?? []));
  const nested = (inside: string | undefined, depth: number): readonly string[] =>
    boxes
      .filter((box) => box.inside === inside)
      .flatMap((box) =>
        groups.has(box.id)
          ? [
              `${"  ".repeat(depth)}subgraph ${nodeId(box.id)}["${box.kind === "subnet" ? escaped(box.title) : label(box, " ")}"]`,
              ...nested(box.id, depth + 1),
              `${"  ".repeat(depth)}end`,
            ]
          : [`${"  ".repeat(depth)}${nodeId(box.id)}${shape(box)}`],
      );
  return [
    "flowchart LR",
    ...nested(undefined, 1),
    ...lines.map(({ from, to, kind, label: words }) => {
      const arrow = { tunnel: "<==>", inside: "---", unused: "-.-" }[kind];
      const text = words.length === 0 ? "" : `|"${words.map(escaped).join("<br>")}"|`;
      return `  ${nodeId(from)} ${arrow}${text} ${nodeId(to)}`;
    }),
  ].join("\n");
}

function shape(box: Box): string {
  const text = label(box, "<br>");
  return box.kind === "bucket" ? `[("${text}")]` : `["${text}"]`;
}

function label({ title, details }: Box, between: string): string {
  return [title, ...details].map(escaped).join(between);
}

/** Mermaid reads entities by number, and ends a label at a quote. */
function escaped(text: string): string {
  return text.replace(/["<>#;|]/g, (sign) => `#${String(sign.charCodeAt(0))};`);
}

function nodeId(id: string): string {
  return `n_${id.replaceAll("-", "_")}`;
}
