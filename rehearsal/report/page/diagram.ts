import type { Site } from "../../estate/sites";
import type { RecordedResource } from "../../model/recording";

/** The topology as boxes in boxes and lines between them; the layout library places them. */
export interface Drawing {
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
}

export interface Box {
  readonly id: string;
  readonly kind: "cloud" | "network" | "subnet" | "client" | "gateway" | "endpoint" | "bucket" | "group";
  /** The box that holds it. */
  readonly inside: string | undefined;
  readonly title: string;
  readonly details: readonly string[];
  /** URNs of the resources that it stands for. */
  readonly places: readonly string[];
  /** The tunnel whose end it is. */
  readonly tunnel?: string;
  readonly unused?: boolean;
  /** Whether it belongs to others. */
  readonly others?: true;
}

/** What others own is drawn dashed. */
export function ownedBy(resource: RecordedResource | undefined): Pick<Box, "others"> {
  return resource?.foreign === true ? { others: true } : {};
}

/** Somebody who is connected to a gateway beside us, and the line to it: on the client's side of it or on the other. */
export function drawSite(
  { resource, name, prefixes, via }: Site,
  id: string,
  gateway: string,
  at: "above" | "below",
): Drawing {
  const shown = prefixes.slice(0, 3);
  const more = prefixes.length - shown.length;
  const box: Box = {
    ...{ id, kind: "client", inside: undefined, title: name, others: true },
    details: [...shown, ...(more > 0 ? [`and ${more} more`] : []), `by ${via}`],
    places: [resource.urn],
  };
  return { boxes: [box], lines: [at === "above" ? plainLine(id, gateway, []) : plainLine(gateway, id, [])] };
}

export interface Line {
  readonly id: string;
  readonly kind: "tunnel" | "inside" | "unused";
  readonly from: string;
  readonly to: string;
  readonly label: readonly string[];
  readonly places: readonly string[];
  readonly tunnel?: string;
}

/** A line that stands for no tunnel. */
export function plainLine(from: string, to: string, places: readonly string[]): Line {
  return { id: `${from}-${to}`, kind: "inside", from, to, label: [], places };
}

/** How a drawing language writes a box, and opens and closes one that holds others. */
export interface BoxLanguage {
  readonly box: (box: Box) => string;
  readonly group: (box: Box) => string;
  readonly end: string;
}

/** The boxes within one, or the outermost, each indented below the one it is in. */
export function nested(boxes: readonly Box[], language: BoxLanguage, inside?: string): readonly string[] {
  return boxes
    .filter((box) => box.inside === inside)
    .flatMap((box) => {
      const within = nested(boxes, language, box.id);
      if (within.length === 0) return [language.box(box)];
      return [language.group(box), ...within.map((line) => `  ${line}`), language.end];
    });
}
