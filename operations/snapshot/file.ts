import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Snapshot, snapshotVersion } from "../../rehearsal/model/snapshot";
import type { Around } from "./around";

export function snapshotOf(around: Around, resources: Snapshot["resources"], readAt: Date): Snapshot {
  const { stack, named } = around;
  return { version: snapshotVersion, stack, readAt: readAt.toISOString(), around: named, resources };
}

/** One property a line, so that a change is a small difference in a review. */
export function writeSnapshot(file: string, snapshot: Snapshot): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(snapshot, undefined, 2)}\n`);
}
