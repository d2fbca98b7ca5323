import { isAzure } from "../model/resourceTypes";
import { type AwsEstate, readAws } from "./aws";
import { type AzureEstate, readAzure } from "./azure";
import type { Props, RecordedResource, Recording } from "../model/recording";
import { readAlarms, type AlarmEstate } from "./alarms";

/** Everything a run made, typed and joined by values: ids, addresses and networks, never by logical names. */
export interface Estate extends EstateIndex {
  readonly stack: string;
  readonly outputs: Props;
  readonly secretOutputs: readonly string[];
  readonly azure: AzureEstate;
  readonly aws: AwsEstate;
  /** What watches both. */
  readonly alarms: AlarmEstate;
}

/** The recorded resources, found by type and id. */
export interface EstateIndex {
  readonly resources: readonly RecordedResource[];
  ofType(type: string): readonly RecordedResource[];
  /** The resource of this type and id; an Azure id in whatever case. */
  byId(type: string, id: string | undefined): RecordedResource | undefined;
  byUrn(urn: string): RecordedResource | undefined;
}

/** Whatever stands for one resource: findings and hops name its URN. */
export interface Item {
  readonly resource: RecordedResource;
}

/** The URNs of what there is. */
export function urns(...items: readonly (Item | undefined)[]): readonly string[] {
  return items.flatMap((item) => (item === undefined ? [] : [item.resource.urn]));
}

export function readEstate(recording: Recording): Estate {
  const index = indexOf(recording.resources);
  return {
    ...index,
    stack: recording.stack,
    outputs: recording.outputs,
    secretOutputs: recording.secretOutputs,
    azure: readAzure(index),
    aws: readAws(index),
    alarms: readAlarms(index),
  };
}

function indexOf(resources: readonly RecordedResource[]): EstateIndex {
  const types = new Map<string, RecordedResource[]>();
  for (const resource of resources) types.set(resource.type, [...(types.get(resource.type) ?? []), resource]);
  const ids = new Map(resources.filter((r) => r.custom).map((r) => [idKey(r.type, r.id), r]));
  const urns = new Map(resources.map((resource) => [resource.urn, resource]));
  return {
    resources,
    ofType: (type) => types.get(type) ?? [],
    byId: (type, id) => (id === undefined ? undefined : ids.get(idKey(type, id))),
    byUrn: (urn) => urns.get(urn),
  };
}

/** Azure compares ids without regard to case. */
function idKey(type: string, id: string): string {
  return `${type} ${isAzure(type) ? id.toLowerCase() : id}`;
}
