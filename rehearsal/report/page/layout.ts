import { type Box, type Drawing, type Line, nested } from "./diagram";
import { escapeHtml } from "./markup";

/** In points. The reader's font is not known: there is room for a wide one, and the text is then set smaller. */
const sizes = { title: { laidOut: 15, shown: 12 }, detail: { laidOut: 13, shown: 11.2 } } as const;

/** Left to right for a desk, top to bottom for a phone. */
export type Direction = "LR" | "TB";

/** The drawing in the language of Graphviz: what belongs to what, without positions. */
export function toDot({ boxes, lines }: Drawing, direction: Direction): string {
  const id = (box: Box) => quote(`${direction}-${box.id}`);
  const [nodesep, ranksep] = direction === "LR" ? [0.22, 0.38] : [0.16, 0.4];
  const written = nested(boxes, {
    box: (box) =>
      `${dotId(box.id)} [id=${id(box)}, class=${quote(boxClass(box))}, label=${label(box, "center")}${box.others === true ? ', style="rounded,dashed"' : ""}];`,
    group: (box) =>
      `subgraph cluster_${dotId(box.id)} { id=${id(box)}; class=${quote(boxClass(box))}; label=${label(box, "left")}; margin=10;${box.others === true ? ' style="rounded,dashed";' : ""}`,
    end: "}",
  });
  const font = `fontname="Helvetica", fontsize=${sizes.title.laidOut}`;
  return [
    "digraph topology {",
    `  rankdir=${direction}; newrank=true; compound=true; bgcolor="transparent"; fontname="Helvetica";`,
    `  nodesep=${nodesep}; ranksep=${ranksep}; pad=0.05;`,
    `  graph [style="rounded", fontsize=${sizes.title.laidOut}, labeljust="l"];`,
    `  node [shape=box, style="rounded", ${font}, margin="0.07,0.05", height=0.4];`,
    `  edge [${font}, arrowhead=none];`,
    // Without a line to it, a bucket for logs would stand before everything else.
    `  { rank=same; ${boxes.flatMap(({ id, kind }) => (kind === "bucket" ? [dotId(id)] : [])).join("; ")} }`,
    ...[...written, ...lines.map((line) => lineInDot(line, direction))].map((line) => `  ${line}`),
    "}",
  ].join("\n");
}

/** Lays the drawing out and gives its SVG, without what a page with its own colours does not need. */
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
  return svg.replace(/<g id="(?:LR|TB)-([^"]+)"/g, (_, id: string) => {
    const tunnel = tunnels.get(id);
    const attribute = tunnel === undefined ? "" : ` data-tunnel="${escapeHtml(tunnel)}"`;
    return `<g id="${direction}-${id}" data-part="${id}"${attribute}`;
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
  const end = align === "left" ? '<br align="left"/>' : "";
  return `<<b>${escapeHtml(title)}</b>${small(details, ` align="${align}"`)}${end}>`;
}

function lineLabel({ label: [first = "", ...others] }: Line): string {
  return `<<b>${escapeHtml(first)}</b>${small(others)}>`;
}

function small(lines: readonly string[], align = ""): string {
  const size = sizes.detail.laidOut;
  return lines.map((line) => `<br${align}/><font point-size="${size}">${escapeHtml(line)}</font>`).join("");
}

function dotId(id: string): string {
  return id.replaceAll("-", "_");
}

function quote(text: string): string {
  return JSON.stringify(text);
}
