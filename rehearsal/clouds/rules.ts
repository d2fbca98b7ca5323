import type { Props, Refusal } from "../model/recording";
import { knownStrings } from "../model/values";
import type { CloudType, Minutes } from "./cloudType";

/** The refusal where the condition holds, nothing otherwise: rules then read as a list. */
export function refuseIf(wrong: boolean, refusal: Refusal): readonly Refusal[] {
  return wrong ? [refusal] : [];
}

/** A refusal for each known value of a property that is not one of these. */
export function refuseOthers(
  inputs: Props,
  property: string,
  allowed: readonly string[],
  refusal: (message: string) => Refusal,
): readonly Refusal[] {
  return knownStrings(inputs, property)
    .filter((value) => !allowed.includes(value))
    .map((value) => refusal(`${property} '${value}' is not one of ${allowed.join(", ")}`));
}

/** Words of a text as a list: keeps long property lists legible. */
export function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

/** The same value for several properties: the source of a replacement, or the rule of an impact. */
export function each<Value>(
  properties: string | readonly string[],
  value: Value,
): Readonly<Record<string, Value>> {
  const names = typeof properties === "string" ? words(properties) : properties;
  return Object.fromEntries(names.map((property) => [property, value]));
}

/** A figure that is not documented, because it hardly matters. */
export function aboutMinutes(typical: number, what: string): Minutes {
  return { min: typical / 4, typical, max: typical * 5, source: `guess: ${what}` };
}

/** The same figure for creating, updating and deleting. */
export function alwaysAbout(typical: number, what: string): Pick<CloudType, "create" | "update" | "delete"> {
  const minutes = aboutMinutes(typical, what);
  return { create: minutes, update: minutes, delete: minutes };
}
