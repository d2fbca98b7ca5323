import { monthlyCost, type Range, type Usage } from "../cost/cost";
import type { PriceList } from "../cost/prices";
import { type Estate, readEstate } from "../estate/estate";
import type { Fault, FaultReport } from "../faults/fault";
import { judgeFaults } from "../faults/faults";
import type { FailureKind } from "../faults/failures";
import { text } from "../model/values";
import { record } from "../run/record";
import { readStackConfig } from "../run/stackConfig";
import type { Recording } from "../model/recording";
import { timelineOf } from "../timeline/timeline";
import type { Estimate } from "../timeline/schedule";

/** What a stack would be with another topology and the SKU, subnets and keys that go with it by default. */
export type TopologyRow =
  ComparedTopology | { readonly topology: string; readonly current: false; readonly problem: string };

export interface ComparedTopology {
  readonly topology: string;
  /** Whether it is the stack's own. */
  readonly current: boolean;
  readonly sku: string;
  readonly tunnels: number;
  /** The worst that comes of each kind of failure. */
  readonly worst: readonly WorstCase[];
  /** Pairs of failures that leave no path, and how many pairs there are. */
  readonly fatalPairs: readonly string[];
  readonly pairs: number;
  readonly deploy: Estimate;
  readonly cost: Range & { readonly currency: string; readonly unpriced: readonly string[] };
}

export interface WorstCase {
  readonly kind: FailureKind;
  readonly verdict: Fault["verdict"];
  /** Undefined where no timer ends it. */
  readonly interruptedSeconds: number | undefined;
}

export const topologies = ["single-tunnel", "dual-tunnel", "active-active"] as const;

export interface CompareArgs {
  readonly projectDir: string;
  readonly stack: string;
  readonly configFile?: string;
  readonly usage: Usage;
  readonly prices: PriceList;
  /** The stack as it is, which is not run again. */
  readonly recording: Recording;
}

/** Runs the program once for each other topology. */
export async function compareTopologies(args: CompareArgs): Promise<readonly TopologyRow[]> {
  const own = text(args.recording.outputs, "vpn.topology");
  const rows: TopologyRow[] = [];
  for (const topology of topologies)
    rows.push(
      topology === own
        ? comparedTopology(topology, true, args.recording, args)
        : await otherTopology(topology, args),
    );
  return rows;
}

async function otherTopology(
  topology: string,
  { projectDir, stack, configFile, usage, prices }: CompareArgs,
): Promise<TopologyRow> {
  const setting = (name: string) => `azure-s3-privatelink:${name}`;
  const { values } = readStackConfig(projectDir, stack, {}, configFile);
  const buckets = values[setting("buckets")];
  // In a network of others the subnets are an agreement with them.
  const joins = (values[setting("azureVirtualNetworkId")] ?? "") !== "";
  const recording = await record({
    projectDir,
    stack,
    ...(configFile !== undefined && { configFile }),
    config: {
      [setting("vpnTopology")]: topology,
      // What one topology was given may not suit another: its own defaults do.
      [setting("gatewaySku")]: "",
      ...(!joins && { [setting("gatewaySubnetCidr")]: "", [setting("clientSubnetCidr")]: "" }),
      [setting("tunnelInsideCidrs")]: "{}",
      [setting("presharedKeyGenerations")]: "{}",
      // Nothing that is compared depends on how many there are, and each takes its time.
      ...(buckets === undefined ? {} : { [setting("buckets")]: firstOf(buckets) }),
    },
  });
  const problem = recording.errors[0] ?? recording.refusals[0]?.message;
  if (problem !== undefined) return { topology, current: false, problem };
  return comparedTopology(topology, false, recording, { usage, prices });
}

/** The first of a list that is written as JSON. */
function firstOf(list: string): string {
  return JSON.stringify((JSON.parse(list) as readonly unknown[]).slice(0, 1));
}

function comparedTopology(
  topology: string,
  current: boolean,
  recording: Recording,
  { usage, prices }: Pick<CompareArgs, "usage" | "prices">,
): ComparedTopology {
  const estate = readEstate(recording);
  const faults = judgeFaults(recording, "what fails by itself");
  const { total, currency, unpriced } = monthlyCost(estate, usage, prices);
  return {
    topology,
    current,
    sku: estate.link.azureGateway?.sku ?? "none",
    tunnels: tunnelsIn(estate),
    worst: worstCases(faults),
    fatalPairs: faults.pairs.filter(({ verdict }) => verdict === "outage").map(({ name }) => name),
    pairs: faults.pairs.length,
    deploy: timelineOf(recording.resources).deploy.total,
    cost: { ...total, currency, unpriced },
  };
}

function tunnelsIn(estate: Estate): number {
  return estate.tunnels.filter(({ spare }) => !spare).length;
}

const rank = { holds: 0, "in part": 1, outage: 2 } as const;

/** The worst verdict of each kind, and of those the longest interruption. */
function worstCases({ singles }: FaultReport): readonly WorstCase[] {
  const worst = new Map<FailureKind, WorstCase>();
  for (const { kind, verdict, interruptedSeconds } of singles) {
    const known = worst.get(kind);
    if (known === undefined || isWorse({ kind, verdict, interruptedSeconds }, known))
      worst.set(kind, { kind, verdict, interruptedSeconds });
  }
  return [...worst.values()];
}

function isWorse(one: WorstCase, other: WorstCase): boolean {
  if (one.verdict !== other.verdict) return rank[one.verdict] > rank[other.verdict];
  return (one.interruptedSeconds ?? Infinity) > (other.interruptedSeconds ?? Infinity);
}
