import type { RecordedResource } from "../model/recording";
import type { AddedType, ResourceType } from "../model/resourceTypes";
import { text } from "../model/values";

/** The recorded resources, found by type and URN: those of the stack, and those of others around it. */
export interface EstateIndex {
  /** Those of the stack alone. */
  readonly resources: readonly RecordedResource[];
  /** Those of others alone. */
  readonly surroundings: readonly RecordedResource[];
  /** The stack's own and those of others. */
  ofType(type: ResourceType | AddedType): readonly RecordedResource[];
  /** The resources of this type whose input `bucket` is a bucket of this name. */
  ofBucket(type: ResourceType, name: string | undefined): readonly RecordedResource[];
  /** The resources of this type whose input `property` is this id. */
  pointingAt(type: ResourceType | AddedType, property: string, id: string): readonly RecordedResource[];
  byUrn(urn: string): RecordedResource | undefined;
}

export function indexOf(
  resources: readonly RecordedResource[],
  surroundings: readonly RecordedResource[] = [],
): EstateIndex {
  const all = [...resources, ...surroundings];
  const types = grouped(all, ({ type }) => type);
  // By type and property, made when first asked for: with many buckets or subnets a search for each would take long.
  const pointers = new Map<string, ReadonlyMap<string | undefined, readonly RecordedResource[]>>();
  const pointersBy = (type: ResourceType | AddedType, property: string) => {
    const key = `${type} ${property}`;
    const found = pointers.get(key) ?? grouped(types.get(type) ?? [], ({ inputs }) => text(inputs, property));
    pointers.set(key, found);
    return found;
  };
  const urns = new Map(all.map((resource) => [resource.urn, resource]));
  return {
    resources,
    surroundings,
    ofType: (type) => types.get(type) ?? [],
    ofBucket: (type, name) => pointersBy(type, "bucket").get(name) ?? [],
    pointingAt: (type, property, id) => pointersBy(type, property).get(id) ?? [],
    byUrn: (urn) => urns.get(urn),
  };
}

function grouped<Key>(
  resources: readonly RecordedResource[],
  keyOf: (resource: RecordedResource) => Key,
): ReadonlyMap<Key, readonly RecordedResource[]> {
  const found = new Map<Key, RecordedResource[]>();
  for (const resource of resources) {
    const others = found.get(keyOf(resource));
    if (others === undefined) found.set(keyOf(resource), [resource]);
    else others.push(resource);
  }
  return found;
}

/** What one resource says by itself, read once: an estate is read again for every fault, with the same surroundings. */
export function once<T>(read: (resource: RecordedResource) => T): (resource: RecordedResource) => T {
  const known = new WeakMap<RecordedResource, { readonly value: T }>();
  return (resource) => {
    const found = known.get(resource) ?? { value: read(resource) };
    known.set(resource, found);
    return found.value;
  };
}

/** Whatever stands for one resource: findings and hops name its URN. */
export interface Item {
  readonly resource: RecordedResource;
}

/** Those that the stack itself has, without those of others. */
export function ownOf<T extends Item>(items: readonly T[]): readonly T[] {
  return items.filter(({ resource }) => resource.foreign !== true);
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
  return id === undefined ? [] : index.pointingAt(type, property, id);
}
