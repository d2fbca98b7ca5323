import type { Cost } from "../cost/cost";
import type { Fault } from "../faults/fault";
import type { Notification } from "../faults/notifications";
import type { FaultRule } from "../faults/timers";
import type { Forecast } from "../verdict/forecast";
import type { Timeline } from "../timeline/timeline";
import type { Schedule } from "../timeline/schedule";
import type { TopologyRow } from "../verdict/topologies";

/** The outlook as JSON carries it: whole paths are in the report already, so a failure names only where they stop. */
export interface OutlookDocument {
  readonly faults: {
    readonly singles: readonly ReportedFault[];
    readonly pairs: readonly ReportedFault[];
    readonly rules: readonly FaultRule[];
  };
  readonly timeline: Omit<Timeline, "rotation"> & { readonly rotation: Timeline["rotation"] | null };
  readonly cost: Cost;
  readonly topologies: readonly TopologyRow[];
}

export interface ReportedFault extends Pick<
  Fault,
  | "name"
  | "kind"
  | "title"
  | "places"
  | "tunnels"
  | "zones"
  | "verdict"
  | "carriers"
  | "notices"
  | "says"
  | "lost"
  | "opened"
> {
  /** Null where no timer ends it, and where nobody documents how long it takes. */
  readonly interruptedSeconds: number | null;
  /** Null where nothing watches, and where not by what tunnels do. */
  readonly told: readonly Notification[] | null;
  /** Where each broken path stops. */
  readonly stops: readonly { readonly endpoint: string; readonly place: string; readonly rule: string }[];
}

export function outlookDocument({ faults, timeline, cost, topologies }: Forecast): OutlookDocument {
  return {
    faults: {
      singles: faults.singles.map(reportedFault),
      pairs: faults.pairs.map(reportedFault),
      rules: faults.rules,
    },
    timeline: { ...timeline, rotation: timeline.rotation ?? null },
    cost,
    topologies,
  };
}

function reportedFault(fault: Fault): ReportedFault {
  const { name, kind, title, places, tunnels, zones, verdict, carriers, notices, says, lost, opened } = fault;
  const stops = fault.journeys.flatMap(({ endpoint, forward: there, back }) =>
    [...there, ...back]
      .filter((hop) => !hop.ok)
      .slice(0, 1)
      .map(({ place, rule }) => ({ endpoint, place, rule })),
  );
  return {
    ...{ name, kind, title, places, tunnels, zones, verdict, carriers, notices, says, lost, opened },
    interruptedSeconds: fault.interruptedSeconds ?? null,
    told: fault.notifications ?? null,
    stops,
  };
}

/** The names of a chain's steps. */
export function chainOf({
  steps,
  criticalPath,
}: Pick<Schedule, "steps" | "criticalPath">): readonly string[] {
  const names = new Map(steps.map(({ urn, name }) => [urn, name]));
  return criticalPath.map((urn) => names.get(urn) ?? urn);
}
