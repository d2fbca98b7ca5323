import type { Props, RecordedResource, Recording, Value } from "../../rehearsal/model/recording";
import { isList, isProps } from "../../rehearsal/model/values";

/** The recording with some resources changed; `change` answers with what is different, if anything. */
export function mapResources(
  recording: Recording,
  change: (resource: RecordedResource) => Partial<RecordedResource> | undefined,
): Recording {
  return { ...recording, resources: recording.resources.map((one) => ({ ...one, ...change(one) })) };
}

/** Changes strings and numbers, however deep in lists and objects. */
export function mapScalars(props: Props, change: (scalar: string | number) => string | number): Props {
  const mapped = (value: Value): Value => {
    if (typeof value === "string" || typeof value === "number") return change(value);
    if (isList(value)) return value.map(mapped);
    return isProps(value) ? mapScalars(value, change) : value;
  };
  return Object.fromEntries(Object.entries(props).map(([name, value]) => [name, mapped(value)]));
}
