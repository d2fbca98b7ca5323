import type { Props, RecordedResource, Value } from "../../../rehearsal/model/recording";

/** A resource of a template: properties in the cloud's own words. */
export interface Converted {
  readonly type: string;
  readonly properties: Props;
}

/** How a type comes into a template; `all` is the whole stack. */
export type Converter = (resource: RecordedResource, all: readonly RecordedResource[]) => Converted;

/** The value with every key spelt by the function, at any depth. */
export function respelt(value: Value, spell: (key: string) => string): Value {
  if (Array.isArray(value)) return (value as readonly Value[]).map((one) => respelt(one, spell));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as Props).map(([key, inner]) => [spell(key), respelt(inner, spell)]),
  );
}

/** Some properties of the inputs under other names; those that the inputs lack are left out. */
export function picked(inputs: Props, names: Readonly<Record<string, string>>): Props {
  return Object.fromEntries(
    Object.entries(names).flatMap(([from, to]) => {
      const value = inputs[from];
      return value === undefined ? [] : [[to, value]];
    }),
  );
}
