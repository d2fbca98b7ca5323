import { sameAzureId } from "../../../rehearsal/model/azureIds";
import { isAzure } from "../../../rehearsal/model/resourceTypes";
import { text } from "../../../rehearsal/model/values";
import type { Resource } from "../changes";

/** All cloud resources at one time, as a preview shows them. */
export interface Moment {
  readonly resources: readonly Resource[];
  /** Before the deployment, when every id is known. */
  readonly known: readonly Resource[];
}

/** Thrown for rules and routes of which the review cannot tell what they mean; the message says why. */
export class NotCompared extends Error {
  override readonly name = "NotCompared";
}

/**
 * What a property points at: the URN of a resource of the preview, else the id; undefined where it is absent. Throws
 * `NotCompared` where the preview does not show it.
 */
export function pointsAt(moment: Moment, resource: Resource, property: string): string | undefined {
  const value = text(resource.inputs, property);
  const top = property.split(".")[0] ?? property;
  if (value !== undefined) return moment.known.find(({ type, id }) => isSame(type, id, value))?.urn ?? value;
  if (resource.inputs[top] === undefined) return undefined;
  const [madeOf] = resource.madeOf[top] ?? [];
  if (madeOf === undefined)
    throw new NotCompared(`the preview does not show what ${property} of ${resource.name} will be`);
  return madeOf;
}

function isSame(type: string, id: string | undefined, value: string): boolean {
  return isAzure(type) ? sameAzureId(id, value) : id === value;
}

export function ofType(moment: Moment, type: string): readonly Resource[] {
  return moment.resources.filter((resource) => resource.type === type);
}
