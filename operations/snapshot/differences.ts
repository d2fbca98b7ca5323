import type { Props, Value } from "../../rehearsal/model/recording";
import type { SnapshotResource } from "../../rehearsal/model/snapshot";
import { isList } from "../../rehearsal/model/values";

/** What became of one thing that others own. */
export interface Difference {
  readonly kind: "added" | "gone" | "changed";
  readonly before: SnapshotResource | undefined;
  readonly after: SnapshotResource | undefined;
  /** Of a change: each property with what is new in it and what is no longer. */
  readonly changes: readonly PropertyChange[];
}

export interface PropertyChange {
  readonly property: string;
  /** Of a list, the items that the other does not have. */
  readonly gone: readonly Value[];
  readonly added: readonly Value[];
}

/** Resource by resource, in the order of their types and ids. */
export function differencesOf(
  before: readonly SnapshotResource[],
  after: readonly SnapshotResource[],
): readonly Difference[] {
  const [old, now] = [before, after].map((all) => new Map(all.map((one) => [keyOf(one), one])));
  const keys = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])].sort();
  return keys.flatMap((key) => {
    const [was, is] = [old?.get(key), now?.get(key)];
    const changes =
      was && is ? [...changesIn(was.inputs, is.inputs), ...changesIn(was.outputs, is.outputs)] : [];
    const kind = was === undefined ? "added" : is === undefined ? "gone" : "changed";
    return kind === "changed" && changes.length === 0 ? [] : [{ kind, before: was, after: is, changes }];
  });
}

/** Azure's ids differ in case. */
function keyOf({ type, id }: SnapshotResource): string {
  return `${type} ${id.toLowerCase()}`;
}

function changesIn(before: Props, after: Props): readonly PropertyChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((property) => {
    const [was, is] = [itemsOf(before[property]), itemsOf(after[property])];
    const [gone, added] = [without(was, is), without(is, was)];
    const isMoved = JSON.stringify(was) !== JSON.stringify(is) && gone.length + added.length === 0;
    if (isMoved) return [{ property, gone: was, added: is }];
    return gone.length + added.length === 0 ? [] : [{ property, gone, added }];
  });
}

function itemsOf(value: Value | undefined): readonly Value[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

function without(items: readonly Value[], others: readonly Value[]): readonly Value[] {
  const known = new Set(others.map((item) => JSON.stringify(item)));
  return items.filter((item) => !known.has(JSON.stringify(item)));
}
