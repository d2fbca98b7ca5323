import type { Props, RecordedResource, Value } from "../model/recording";
import type { AddedType } from "../model/resourceTypes";
import { text } from "../model/values";
import type { EstateIndex } from "./estateIndex";

/** The name a resource bears in Azure: the last part of its id. */
export function azureNameOf(resource: RecordedResource): string {
  return text(resource.outputs, "name") ?? resource.id.split("/").at(-1) ?? "";
}

/** The resources of a type that belong to another of the same resource group, which they name. */
export function partsInGroup(
  index: EstateIndex,
  type: AddedType,
  property: string,
  whole: RecordedResource,
): readonly RecordedResource[] {
  return index
    .ofType(type)
    .filter(
      ({ inputs }) =>
        text(inputs, property) === azureNameOf(whole) &&
        text(inputs, "resourceGroupName") === text(whole.inputs, "resourceGroupName"),
    );
}

/** The items of the list at a path; none where there is no list. */
export function listAt(value: Props, path: string): readonly Value[] {
  let found: Value | undefined = value;
  for (const step of path.split("."))
    found =
      typeof found === "object" && found !== null && !Array.isArray(found)
        ? (found as Props)[step]
        : undefined;
  return Array.isArray(found) ? (found as readonly Value[]) : [];
}
