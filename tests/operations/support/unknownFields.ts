/** The maps of the contract: another key there is another entry, not an unknown field. */
const maps = ["buckets", "subnetIds"];

/** Every way to have one field more in outputs: each object at every depth in turn, and where it is. */
export function* withUnknownField(
  value: unknown,
  place: readonly string[] = [],
): Generator<{ readonly place: string; readonly value: unknown }> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value) && !maps.includes(place.at(-1) ?? ""))
    yield { place: place.join(".") || "the outputs", value: { ...value, somethingNew: { of: "later" } } };
  for (const [key, inner] of Object.entries(value))
    for (const one of withUnknownField(inner, [...place, key])) {
      const changed = { ...value, [key]: one.value };
      yield { place: one.place, value: Array.isArray(value) ? Object.values(changed) : changed };
    }
}
