import type { Props, Value } from "../../rehearsal/model/recording";
import type { SnapshotResource } from "../../rehearsal/model/snapshot";

/** What an SDK reports: plain data, with `undefined` where there is nothing. */
type Reported = undefined | null | boolean | number | string | readonly Reported[] | ReportedProps;
export interface ReportedProps {
  readonly [key: string]: Reported;
}

/** A resource of a snapshot; what is empty is left out at every depth. */
export function resource(
  type: string,
  id: string,
  inputs: ReportedProps,
  outputs: ReportedProps = {},
): SnapshotResource {
  return { type, id, inputs: filled(inputs), outputs: filled(outputs) };
}

function filled(props: ReportedProps): Props {
  return Object.fromEntries(
    Object.entries(props).flatMap(([key, value]) => {
      const kept = withoutEmpty(value);
      return kept === undefined ? [] : [[key, kept] as const];
    }),
  );
}

function withoutEmpty(value: Reported): Value | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value !== "object") return value;
  const kept = isList(value) ? value.flatMap((item) => withoutEmpty(item) ?? []) : filled(value);
  return Object.keys(kept).length === 0 ? undefined : kept;
}

function isList(value: readonly Reported[] | ReportedProps): value is readonly Reported[] {
  return Array.isArray(value);
}

/** In an order of its own, because the clouds promise none. */
export function sorted<Item>(items: readonly Item[] | undefined): readonly Item[] {
  const key = (item: Item) => (typeof item === "string" ? item : JSON.stringify(item));
  return [...(items ?? [])].sort((one, other) => compare(key(one), key(other)));
}

/** By type and id, each once: the same thing may be reached by two ways. Azure's ids differ in case. */
export function sortedResources(resources: readonly SnapshotResource[]): SnapshotResource[] {
  const keyed = resources.map((one) => [`${one.type} ${one.id.toLowerCase()}`, one] as const);
  return [...new Map(keyed)].sort(([one], [other]) => compare(one, other)).map(([, one]) => one);
}

/** The same on every machine, whatever its language. */
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
