import { type Cost, monthlyCost, type Usage, usualUsage } from "../cost/cost";
import { priceList, type PriceList } from "../cost/prices";
import { readEstate } from "../estate/estate";
import type { FaultReport } from "../faults/fault";
import { judgeFaults } from "../faults/faults";
import type { Recording } from "../model/recording";
import { type Timeline, timelineOf } from "../timeline/timeline";
import { type Throughput, throughputOf } from "./throughput";
import { compareTopologies, type TopologyRow } from "./topologies";

/** What somebody who decides about a stack asks before it is deployed. */
export interface Forecast {
  readonly faults: FaultReport;
  readonly timeline: Timeline;
  readonly cost: Cost;
  /** Undefined where it is not known. */
  readonly throughput: Throughput | undefined;
  /** Empty where nobody asked. */
  readonly topologies: readonly TopologyRow[];
}

export interface ForecastArgs {
  readonly projectDir: string;
  readonly stack: string;
  /** A stack file elsewhere than in the project. */
  readonly configFile?: string;
  readonly recording: Recording;
  readonly usage?: Usage;
  readonly prices?: PriceList;
  /** `summary` leaves out what takes a second or two: each resource gone, and each other topology. */
  readonly depth: "summary" | "full";
  /** Called at the start of each step. */
  readonly onStep?: (what: string) => void;
}

/** Undefined for a program that did not get through: what it would have been is nobody's guess. */
export async function forecastOf(args: ForecastArgs): Promise<Forecast | undefined> {
  const { recording, depth, usage = usualUsage, prices = priceList, onStep } = args;
  if (recording.errors.length > 0 || recording.resources.length === 0) return undefined;
  const onFault = (done: number, all: number) => onStep?.(`judging failures: ${done} of ${all}`);
  const faults = judgeFaults(recording, depth === "full" ? "all" : "what fails by itself", onFault);
  if (depth === "full") onStep?.("running the program with the other topologies");
  const estate = readEstate(recording);
  return {
    faults,
    timeline: timelineOf(recording.resources),
    cost: monthlyCost(estate, usage, prices),
    throughput: throughputOf(estate),
    topologies: depth === "full" ? await compareTopologies({ ...args, usage, prices }) : [],
  };
}
