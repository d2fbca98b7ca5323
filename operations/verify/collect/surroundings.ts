import type { Around } from "../../snapshot/around";
import { collectSurroundings } from "../../snapshot/collect";
import type { Snapshot } from "../../../rehearsal/model/snapshot";
import type { Answer } from "../facts/answer";
import type { SurroundingsFacts } from "../facts/surroundings";
import type { Access } from "./access";

/** The snapshot of a stack that joins something; a sentence where there is none to compare with. */
export type SnapshotSource = string | { readonly around: Around; readonly snapshot: Snapshot };

/** Reads the surroundings anew, as the snapshot was read. */
export async function collectJoined(
  source: SnapshotSource,
  access: Access,
): Promise<Answer<SurroundingsFacts>> {
  const about = "what others have around the stack";
  if (typeof source === "string") return { about, problem: { kind: "other", says: source } };
  const { around, snapshot } = source;
  // The snapshot says what it was read for: that the settings are others now is for its reader to say.
  const { resources, unanswered } = await collectSurroundings({ ...around, named: snapshot.around }, access);
  const { readAt, resources: before } = snapshot;
  return { about, value: { readAt, before, now: resources, missing: unanswered } };
}
