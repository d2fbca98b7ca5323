import type { RecordedResource } from "../model/recording";
import type { AddedType, ResourceType } from "../model/resourceTypes";
import { text } from "../model/values";

/** The recorded resources, found by type and URN. */
export interface EstateIndex {
  readonly resources: readonly RecordedResource[];
  ofType(type: ResourceType | AddedType): readonly RecordedResource[];
  /** The resources of this type whose input `bucket` is a bucket of this name. */
  ofBucket(type: ResourceType, name: string | undefined): readonly RecordedResource[];
  byUrn(urn: string): RecordedResource | undefined;
}

export function indexOf(resources: readonly RecordedResource[]): EstateIndex {
  const types = new Map<string, RecordedResource[]>();
  for (const resource of resources) types.set(resource.type, [...(types.get(resource.type) ?? []), resource]);
  // By type and bucket, made when first asked for: with many buckets a search for each would take long.
  const settings = new Map<ResourceType, ReadonlyMap<string | undefined, RecordedResource[]>>();
  const settingsOf = (type: ResourceType) => {
    const known = settings.get(type);
    if (known !== undefined) return known;
    const found = new Map<string | undefined, RecordedResource[]>();
    for (const resource of types.get(type) ?? []) {
      const name = text(resource.inputs, "bucket");
      const others = found.get(name);
      if (others === undefined) found.set(name, [resource]);
      else others.push(resource);
    }
    settings.set(type, found);
    return found;
  };
  const urns = new Map(resources.map((resource) => [resource.urn, resource]));
  return {
    resources,
    ofType: (type) => types.get(type) ?? [],
    ofBucket: (type, name) => settingsOf(type).get(name) ?? [],
    byUrn: (urn) => urns.get(urn),
  };
}

/** Whatever stands for one resource: findings and hops name its URN. */
export interface Item {
  readonly resource: RecordedResource;
}

/** The URNs of what there is. */
export function urns(...items: readonly (Item | undefined)[]): readonly string[] {
  return items.flatMap((item) => (item === undefined ? [] : [item.resource.urn]));
}

/** The resources of a type that name another by its id. */
export function pointingAt(
  index: EstateIndex,
  type: ResourceType | AddedType,
  property: string,
  id: string | undefined,
): readonly RecordedResource[] {
  if (id === undefined) return [];
  return index.ofType(type).filter((resource) => text(resource.inputs, property) === id);
}
