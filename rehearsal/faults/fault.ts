import type { Journey } from "../path/path";
import type { Failure } from "./failures";
import type { Notification } from "./notifications";
import type { FaultRule } from "./timers";

/** A failure and what it leads to. */
export interface Fault extends Failure {
  /**
   * `holds`: every client reaches every address of the endpoint, and the reader may do all it could. `in part`: some
   * addresses answer, some do not. `outage`: some client reaches nothing, or the reader may not do what it could.
   */
  readonly verdict: "holds" | "in part" | "outage";
  readonly journeys: readonly Journey[];
  /** Tunnels that carry packets then. */
  readonly carriers: readonly string[];
  /** What becomes of the packets, one sentence each. */
  readonly says: readonly string[];
  /** How long packets are lost at worst, in seconds; undefined where no timer ends it. */
  readonly interruptedSeconds: number | undefined;
  /** The alarms that tell of it; undefined where nothing watches, or it is not by tunnels that one would notice. */
  readonly notifications: readonly Notification[] | undefined;
  /** What the reader may no longer do, and what becomes allowed to anybody that was not. */
  readonly lost: readonly string[];
  readonly opened: readonly string[];
}

export interface FaultReport {
  readonly singles: readonly Fault[];
  /** Every two of tunnels, instances and zones. */
  readonly pairs: readonly Fault[];
  /** What the model rests on, and who says so. */
  readonly rules: readonly FaultRule[];
}
