import type { SnapshotResource } from "../../../rehearsal/model/snapshot";
import type { Unanswered } from "./answer";

/** What others have around the stack: as its snapshot says, and as the clouds report it now. */
export interface SurroundingsFacts {
  /** When the snapshot was read. */
  readonly readAt: string;
  readonly before: readonly SnapshotResource[];
  readonly now: readonly SnapshotResource[];
  /** Without all answers nothing can be said to be gone. */
  readonly missing: readonly Unanswered[];
}
