import type { createColors } from "picocolors";
import type { Outcome } from "../model/findings";
import type { Cell } from "./table";

export type Colors = ReturnType<typeof createColors>;

/** How an outcome is shown, with and without colour. */
export function sign(outcome: Outcome, colors: Colors): Cell {
  return outcome === "not judged" ? { text: "?", paint: colors.yellow } : mark(outcome === "holds", colors);
}

export function mark(ok: boolean, colors: Colors): Cell {
  return ok ? { text: "✓", paint: colors.green } : { text: "✗", paint: colors.red };
}
