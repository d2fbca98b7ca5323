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

/** Whether a provider replaces a resource for a change, where `property` is one that forces a replacement. */
type Forces = (property: string, change: Difference) => boolean;

/** What turns the old inputs of a resource into the new ones. */
export function planChanges(
  type: Pick<CloudType, "replaces" | "inPlace">,
  olds: Props,
  news: Props,
  forces: Forces = bridgedForces,
): readonly Change[] {
  const inPlace = type.inPlace?.(olds, news) ?? [];
  const replacing = Object.keys(type.replaces).filter((property) => !inPlace.includes(property));
  return differences(olds, news, "").map((change) => ({
    ...change,
    replaces: replacing.some((property) => forces(property, change)),
  }));
}

/** As a bridged provider: a change of the property itself, of a part of it, or of the whole it is a part of. */
export function bridgedForces(property: string, change: Difference): boolean {
  const path = change.path.replace(/\[\d+\]/g, "");
  return (
    path === property ||
    path.startsWith(`${property}.`) ||
    path.startsWith(`${property}[`) ||
    property.startsWith(`${path}.`)
  );
}

/**
 * As azure-native: a change of the property itself, or another value below it. What is added below it or removed, and
 * the items of a list, are updated in place.
 * https://github.com/pulumi/pulumi-azure-native/blob/v3.28.0/provider/pkg/provider/diff.go (calculateDetailedDiff)
 */
export function azureNativeForces(property: string, { path, kind }: Difference): boolean {
  const below = path.startsWith(`${property}.`) && !path.includes("[");
  return path === property || (below && kind === "update");
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
