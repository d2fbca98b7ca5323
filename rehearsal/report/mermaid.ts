import { type Box, type Drawing, nested } from "./page/diagram";

const arrows = { tunnel: "<==>", inside: "---", unused: "-.-" } as const;

/** The drawing in Mermaid's language, which pull requests show as a picture. */
export function toMermaid({ boxes, lines }: Drawing): string {
  const written = nested(boxes, {
    box: (box) => `${nodeId(box.id)}${shape(box)}`,
    group: (box) =>
      `subgraph ${nodeId(box.id)}["${box.kind === "subnet" ? escaped(box.title) : label(box, " ")}"]`,
    end: "end",
  });
  const joined = lines.map(({ from, to, kind, label: words }) => {
    const text = words.length === 0 ? "" : `|"${words.map(escaped).join("<br>")}"|`;
    return `${nodeId(from)} ${arrows[kind]}${text} ${nodeId(to)}`;
  });
  const others = boxes.filter((box) => box.others === true).map(({ id }) => nodeId(id));
  const dashed =
    others.length === 0 ? [] : ["classDef others stroke-dasharray: 5 3", `class ${others.join(",")} others`];
  return ["flowchart LR", ...[...written, ...joined, ...dashed].map((line) => `  ${line}`)].join("\n");
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
