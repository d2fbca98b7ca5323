/** The topology as boxes in boxes and lines between them; where they stand is the layout library's business. */
export interface Drawing {
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
}

export interface Box {
  readonly id: string;
  readonly kind: "cloud" | "network" | "subnet" | "client" | "gateway" | "endpoint" | "bucket" | "group";
  /** The box it lies in. */
  readonly inside: string | undefined;
  readonly title: string;
  readonly details: readonly string[];
  /** URNs of the resources that it stands for. */
  readonly places: readonly string[];
  /** The tunnel whose end it is. */
  readonly tunnel?: string;
  readonly unused?: boolean;
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
