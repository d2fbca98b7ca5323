import type { RecordedResource } from "../model/recording";
import type { ResourceType } from "../model/resourceTypes";

/** The recorded resources, found by type and URN. */
export interface EstateIndex {
  readonly resources: readonly RecordedResource[];
  ofType(type: ResourceType): readonly RecordedResource[];
  byUrn(urn: string): RecordedResource | undefined;
}

export function indexOf(resources: readonly RecordedResource[]): EstateIndex {
  const types = new Map<string, RecordedResource[]>();
  for (const resource of resources) types.set(resource.type, [...(types.get(resource.type) ?? []), resource]);
  const urns = new Map(resources.map((resource) => [resource.urn, resource]));
  return {
    resources,
    ofType: (type) => types.get(type) ?? [],
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
