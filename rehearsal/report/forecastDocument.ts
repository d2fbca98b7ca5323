import type { Fault } from "../faults/fault";
import { hopsOf } from "../path/hops";
import type { Forecast } from "../verdict/forecast";
import type { ForecastDocument, ReportedFault } from "./schema";

/** The forecast as JSON carries it. */
export function forecastDocument({
  faults,
  timeline,
  cost,
  throughput,
  topologies,
}: Forecast): ForecastDocument {
  return {
    faults: {
      singles: faults.singles.map(reportedFault),
      pairs: faults.pairs.map(reportedFault),
      rules: faults.rules,
    },
    timeline: { ...timeline, rotation: timeline.rotation ?? null },
    cost,
    throughput: throughput ?? null,
    topologies,
  };
}

function reportedFault(fault: Fault): ReportedFault {
  const { name, kind, title, places, tunnels, zones, verdict, carriers, notices, says, lost, opened } = fault;
  const stops = fault.journeys.flatMap((journey) =>
    hopsOf(journey)
      .filter(({ outcome }) => outcome !== "holds")
      .slice(0, 1)
      .map(({ place, rule }) => ({ endpoint: journey.endpoint, place, rule })),
  );
  return {
    ...{ name, kind, title, places, tunnels, zones, verdict, carriers, notices, says, lost, opened },
    interruptedSeconds: fault.interruptedSeconds ?? null,
    notifications: fault.notifications ?? null,
    stops,
  };
}
