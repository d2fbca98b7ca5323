import type { CloudType } from "../clouds/cloudType";
import type { Props, Value } from "../model/recording";
import { isList, isProps } from "../run/wire";

export interface Change {
  /** Where, as `tags.Name` or `bgpSettings.bgpPeeringAddresses[0].ipconfigurationId`. */
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  /** True where the cloud cannot change this property of a resource that exists. */
  readonly replaces: boolean;
}

/** What turns the old inputs of a resource into the new ones. */
export function planChanges(type: Pick<CloudType, "replaces">, olds: Props, news: Props): readonly Change[] {
  return differences(olds, news, "").map((change) => ({
    ...change,
    replaces: Object.keys(type.replaces).some((property) => contains(property, withoutIndexes(change.path))),
  }));
}

/** The top-level property that a path is in. */
export function topLevel(path: string): string {
  return /^[^.[]+/.exec(path)?.[0] ?? path;
}

type Difference = Omit<Change, "replaces">;

function differences(old: Value | undefined, now: Value | undefined, path: string): readonly Difference[] {
  if (old === undefined && now === undefined) return [];
  if (old === undefined) return [{ path, kind: "add" }];
  if (now === undefined) return [{ path, kind: "delete" }];
  if (isProps(old) && isProps(now)) {
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
    return keys.flatMap((key) => differences(old[key], now[key], join(path, key)));
  }
  if (isList(old) && isList(now)) {
    return Array.from({ length: Math.max(old.length, now.length) }, (_, index) => index).flatMap((index) =>
      differences(old[index], now[index], `${path}[${String(index)}]`),
    );
  }
  return old === now ? [] : [{ path, kind: "update" }];
}

/** The engine's property paths quote the keys that are no identifiers. */
function join(path: string, key: string): string {
  if (!/^[A-Za-z_]\w*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}

function withoutIndexes(path: string): string {
  return path.replace(/\[\d+\]/g, "");
}

/** A replacement is forced by a change of the property itself, of a part of it, or of the whole it is a part of. */
function contains(property: string, path: string): boolean {
  return (
    path === property ||
    path.startsWith(`${property}.`) ||
    path.startsWith(`${property}[`) ||
    property.startsWith(`${path}.`)
  );
}
