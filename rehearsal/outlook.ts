import { type Cost, monthlyCost, type Usage, usualUsage } from "./cost";
import { readEstate } from "./estate";
import { type FaultReport, judgeFaults } from "./faults";
import type { Recording } from "./recording";
import { type Timeline, timelineOf } from "./timeline";
import { compareTopologies, type TopologyRow } from "./topologies";

/** What somebody who decides about a stack asks before it is deployed. */
export interface Outlook {
  readonly faults: FaultReport;
  readonly timeline: Timeline;
  readonly cost: Cost;
  readonly topologies: readonly TopologyRow[];
}

export interface OutlookArgs {
  readonly projectDir: string;
  readonly stack: string;
  readonly recording: Recording;
  readonly usage?: Usage;
}

/** Undefined for a program that did not get through: what it would have been is nobody's guess. */
export async function lookAhead(args: OutlookArgs): Promise<Outlook | undefined> {
  const { recording, usage = usualUsage } = args;
  if (recording.errors.length > 0 || recording.resources.length === 0) return undefined;
  return {
    faults: judgeFaults(recording),
    timeline: timelineOf(recording.resources),
    cost: monthlyCost(readEstate(recording), usage),
    topologies: await compareTopologies({ ...args, usage }),
  };
}
