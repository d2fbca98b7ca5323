import type { Box, Drawing, Line } from "./diagram";
import { escapeHtml } from "./markup";

/**
 * In points. Nobody knows the reader's font: room is made for a wide one, and the text is then set smaller.
 */
const sizes = { title: { laidOut: 15, shown: 12 }, detail: { laidOut: 13, shown: 11 } } as const;

/** Left to right for a desk, top to bottom for a phone. */
export type Direction = "LR" | "TB";

/** The drawing in the language of Graphviz: what belongs to what, and never where it stands. */
export function toDot({ boxes, lines }: Drawing, direction: Direction): string {
  const groups = new Set(boxes.flatMap(({ inside }) => inside ?? []));
  const nested = (inside: string | undefined, depth: number): readonly string[] =>
    boxes
      .filter((box) => box.inside === inside)
      .flatMap((box) =>
        groups.has(box.id)
          ? [
              `${indent(depth)}subgraph cluster_${dotId(box.id)} {`,
              `${indent(depth + 1)}id=${quote(`${direction}-${box.id}`)}; class=${quote(boxClass(box))}; label=${label(box, "left")}; margin=10;`,
              ...nested(box.id, depth + 1),
              `${indent(depth)}}`,
            ]
          : [
              `${indent(depth)}${dotId(box.id)} [id=${quote(`${direction}-${box.id}`)}, class=${quote(boxClass(box))}, label=${label(box, "center")}];`,
            ],
      );
  return [
    "digraph topology {",
    `  rankdir=${direction}; newrank=true; compound=true; bgcolor="transparent"; fontname="Helvetica";`,
    `  nodesep=${direction === "LR" ? 0.22 : 0.16}; ranksep=${direction === "LR" ? 0.42 : 0.4}; pad=0.05;`,
    `  graph [style="rounded", fontsize=${sizes.title.laidOut}, labeljust="l"];`,
    `  node [shape=box, style="rounded", fontname="Helvetica", fontsize=${sizes.title.laidOut}, margin="0.07,0.05", height=0.4];`,
    `  edge [fontname="Helvetica", fontsize=${sizes.title.laidOut}, arrowhead=none];`,
    ...nested(undefined, 1),
    ...lines.map((line) => `  ${lineInDot(line, direction)}`),
    "}",
  ].join("\n");
}

/** Lays the drawing out and gives its SVG, stripped of what a page of its own colours does not want. */
export async function layOut(drawing: Drawing, direction: Direction, description: string): Promise<string> {
  // An ES module, and big: loaded only where something is drawn.
  const { Graphviz } = await import("@hpcc-js/wasm-graphviz");
  const graphviz = await Graphviz.load();
  const svg = graphviz.layout(toDot(drawing, direction), "svg", "dot");
  return marked(cleaned(svg, description), drawing, direction);
}

function cleaned(svg: string, description: string): string {
  return (
    svg
      .slice(svg.indexOf("<svg"))
      // Graphviz writes even a hyphen as an entity.
      .replaceAll("&#45;", "-")
      .replace(/<!--[\s\S]*?-->\n?/g, "")
      // A title would pop up over everything, and says what the labels say.
      .replace(/<title>[\s\S]*?<\/title>\n?/g, "")
      .replace(
        /font-size="([\d.]+)"/g,
        (_, size: string) =>
          `font-size="${Number(size) === sizes.detail.laidOut ? sizes.detail.shown : sizes.title.shown}"`,
      )
      .replace(/ xml:space="preserve"| font-family="[^"]*"| xmlns:xlink="[^"]*"/g, "")
      .replace(/<svg width="([\d.]+)pt" height="([\d.]+)pt"/, (_, width: string, height: string) => {
        const label = escapeHtml(description);
        return `<svg role="img" aria-label="${label}" width="${Number(width)}" height="${Number(height)}"`;
      })
  );
}

/** Which tunnel a box or line belongs to; what it stands for is in the page's data. */
function marked(svg: string, { boxes, lines }: Drawing, direction: Direction): string {
  const tunnels = new Map(
    [...boxes, ...lines].flatMap(({ id, tunnel }) => (tunnel === undefined ? [] : [[id, tunnel] as const])),
  );
  return svg.replace(/<g id="(LR|TB)-([^"]+)"/g, (found, _direction: string, id: string) => {
    const tunnel = tunnels.get(id);
    const attribute = tunnel === undefined ? "" : ` data-tunnel="${escapeHtml(tunnel)}"`;
    return `<g id="${direction}-${id}" data-part="${id}"${attribute}${found.slice(`<g id="${direction}-${id}"`.length)}`;
  });
}

function boxClass({ kind, unused }: Box): string {
  return unused === true ? `${kind} unused` : kind;
}

function lineInDot(line: Line, direction: Direction): string {
  const attributes = [
    `id=${quote(`${direction}-${line.id}`)}`,
    `class=${quote(line.kind)}`,
    ...(line.label.length > 0 ? [`label=${lineLabel(line)}`] : []),
    ...(line.kind === "unused" ? ['style="dashed"'] : []),
  ];
  return `${dotId(line.from)} -> ${dotId(line.to)} [${attributes.join(", ")}];`;
}

function label({ title, details }: Box, align: "left" | "center"): string {
  const small = details.map(
    (detail) =>
      `<br align="${align}"/><font point-size="${sizes.detail.laidOut}">${escapeHtml(detail)}</font>`,
  );
  return `<<b>${escapeHtml(title)}</b>${small.join("")}${align === "left" ? '<br align="left"/>' : ""}>`;
}

function lineLabel({ label: [first = "", ...others] }: Line): string {
  const rest = others.map(
    (line) => `<br/><font point-size="${sizes.detail.laidOut}">${escapeHtml(line)}</font>`,
  );
  return `<<b>${escapeHtml(first)}</b>${rest.join("")}>`;
}

function dotId(id: string): string {
  return id.replaceAll("-", "_");
}

function quote(text: string): string {
  return JSON.stringify(text);
}

function indent(depth: number): string {
  return "  ".repeat(depth);
}
