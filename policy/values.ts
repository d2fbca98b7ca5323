/** Plain JSON, as the engine passes a resource's properties. */
export type Value = undefined | null | boolean | number | string | readonly Value[] | Props;
export interface Props {
  readonly [key: string]: Value;
}

/** The value at a path as `sku.name`; undefined where the path ends early. */
export function at(props: Props, path: string): Value {
  return path.split(".").reduce<Value>((value, key) => (isProps(value) ? value[key] : undefined), props);
}

export function text(props: Props, path: string): string | undefined {
  const value = at(props, path);
  return typeof value === "string" ? value : undefined;
}

/** The texts of a list; a single one counts as a list of one, as in policy documents. */
export function texts(value: Value): readonly string[] {
  return list(value).flatMap((item) => (typeof item === "string" ? [item] : []));
}

/** The objects of a list; a single one counts as a list of one. */
export function objects(value: Value): readonly Props[] {
  return list(value).flatMap((item) => (isProps(item) ? [item] : []));
}

export function list(value: Value): readonly Value[] {
  if (value === undefined || value === null) return [];
  return isList(value) ? value : [value];
}

export function isProps(value: Value): value is Props {
  return typeof value === "object" && value !== null && !isList(value);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** A value as a message quotes it. */
export function shown(value: Value): string {
  if (value === undefined || value === null) return "not set";
  return typeof value === "string" ? value : JSON.stringify(value);
}
