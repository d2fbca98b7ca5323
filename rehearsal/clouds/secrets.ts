import { recordOf } from "./cloudTypes";
import type { Props, RecordedResource, Value } from "../model/recording";

/** Inputs that the program must mark secret, and outputs that the providers keep secret themselves. */
function secretPropertiesOf(type: string): readonly string[] {
  const { secretInputs = [], secretOutputs = [] } = recordOf(type) ?? {};
  return [...secretInputs, ...secretOutputs];
}

export const redacted = "[secret]";

/** Every secret text that a run made or was given. */
export function secretsOf(resources: readonly RecordedResource[]): ReadonlySet<string> {
  const found = resources.flatMap((resource) => [
    ...secretPropertiesOf(resource.type).flatMap((property) => [
      ...textsIn(resource.outputs[property]),
      ...textsIn(resource.inputs[property]),
    ]),
    ...resource.secretInputs.flatMap((property) => textsIn(resource.inputs[property])),
  ]);
  // Anything shorter would blot out ordinary words.
  return new Set(found.filter((text) => text.length >= 8));
}

/** All texts anywhere inside. */
function textsIn(value: Value | undefined): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value as Props).flatMap(textsIn);
}

/** The same value, with every secret struck out wherever it stands. */
export function redact(value: Value, secrets: ReadonlySet<string>): Value {
  if (typeof value === "string")
    return [...secrets].some((secret) => value.includes(secret)) ? redacted : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Value[]).map((item) => redact(item, secrets));
  return Object.fromEntries(
    Object.entries(value as Props).map(([key, inner]) => [key, redact(inner, secrets)]),
  );
}
