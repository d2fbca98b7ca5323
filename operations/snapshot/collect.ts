import type { SnapshotResource } from "../../rehearsal/model/snapshot";
import type { Access } from "../verify/collect/access";
import { reach } from "../verify/collect/reach";
import type { Unanswered } from "../verify/facts/answer";
import type { Around } from "./around";
import { readAws } from "./aws";
import { readAzure } from "./azure";
import { Questions } from "./questions";
import { sortedResources } from "./resources";

export interface Surroundings {
  /** Sorted by type and id; a part where something had no answer. */
  readonly resources: SnapshotResource[];
  readonly unanswered: readonly Unanswered[];
  /** What the settings name and the clouds do not have, each as a sentence without its end. */
  readonly gone: readonly string[];
}

/** Reads what is around the ids that a stack's settings name, of both clouds at once. */
export async function collectSurroundings(around: Around, access: Access): Promise<Surroundings> {
  const questions = new Questions();
  const { asked, azure } = reach(around.region, access);
  const found = await Promise.all([readAws(asked, around, questions), readAzure(azure, around, questions)]);
  const { unanswered, gone } = questions;
  return { resources: sortedResources(found.flat()), unanswered, gone };
}
