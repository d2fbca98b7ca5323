import { UNKNOWN, type Props, type Value } from "./recording";

export function isProps(value: Value | undefined): value is Props {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Every value at a dotted path, through lists: `ipConfigurations.subnet.id` may give several. */
export function valuesAt(value: Value | undefined, path: string): readonly Value[] {
  if (value === undefined || value === null) return [];
  if (isList(value)) return value.flatMap((item) => valuesAt(item, path));
  if (path === "") return [value];
  // What is unknown as a whole is unknown in its parts.
  if (value === UNKNOWN) return [UNKNOWN];
  if (!isProps(value)) return [];
  const dot = path.indexOf(".");
  return dot === -1 ? valuesAt(value[path], "") : valuesAt(value[path.slice(0, dot)], path.slice(dot + 1));
}

/** The strings at a path that are known by now. */
export function knownStrings(value: Value | undefined, path: string): readonly string[] {
  return valuesAt(value, path).filter(
    (found): found is string => typeof found === "string" && found !== UNKNOWN,
  );
}

/** The one string at a path; undefined where absent or unknown. */
export function text(value: Value | undefined, path: string): string | undefined {
  return knownStrings(value, path)[0];
}

/** The one number at a path, also where it is written as a string; undefined where absent or unknown. */
export function number(value: Value | undefined, path: string): number | undefined {
  const [found] = valuesAt(value, path);
  if (typeof found === "number") return found;
  return typeof found === "string" && /^\d+$/.test(found) ? Number(found) : undefined;
}

/** True where the value at a path is the boolean true. */
export function isTrue(value: Value | undefined, path: string): boolean {
  return valuesAt(value, path)[0] === true;
}

/** True where anything inside is not known yet. */
export function holdsUnknown(value: Value | undefined): boolean {
  if (value === UNKNOWN) return true;
  if (isList(value)) return value.some(holdsUnknown);
  return isProps(value) && Object.values(value).some(holdsUnknown);
}

/** Every path of an object in the spelling of `CloudType.properties`: lists left out, inner nodes included. */
export function pathsOf(value: Value | undefined, prefix = ""): readonly string[] {
  if (isList(value)) return value.flatMap((item) => pathsOf(item, prefix));
  if (!isProps(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = prefix === "" ? key : `${prefix}.${key}`;
    return [path, ...pathsOf(inner, path)];
  });
}
