import type { createColors } from "picocolors";
import type { Cell } from "./table";

export type Colors = ReturnType<typeof createColors>;

export function mark(ok: boolean, colors: Colors): Cell {
  return ok ? { text: "✓", paint: colors.green } : { text: "✗", paint: colors.red };
}
