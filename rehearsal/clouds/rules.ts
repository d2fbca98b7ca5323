import type { Refusal } from "../model/recording";
import type { Minutes } from "./cloudType";

/** The refusal where the condition holds, nothing otherwise: rules then read as a list. */
export function refuseIf(wrong: boolean, refusal: Refusal): readonly Refusal[] {
  return wrong ? [refusal] : [];
}

/** Words of a text as a list: keeps long property lists legible. */
export function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

/** The same source for several properties. */
export function each(properties: string, source: string): Readonly<Record<string, string>> {
  return Object.fromEntries(words(properties).map((property) => [property, source]));
}

/** A figure that nobody documents, because it hardly matters. */
export function aboutMinutes(typical: number, what: string): Minutes {
  return { min: typical / 4, typical, max: typical * 5, source: `guess: ${what}` };
}
