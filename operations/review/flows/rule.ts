import { access, type ImpactRule, less, none } from "../../../rehearsal/clouds/impact";
import type { Step } from "../preview";
import type { FlowComparison } from "./compare";
import { decided } from "./decided";

/** What follows from the meaning of rules and routes, and which properties of a resource it speaks of. */
export interface FlowRule {
  readonly rule: ImpactRule;
  readonly properties: "all" | readonly string[];
}

const packets = "https://docs.aws.amazon.com/vpc/latest/userguide/infrastructure-security.html";
const azurePackets = "https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview";

/** Undefined where the meaning of a change is not known, or it is about something else. */
export function ruleOfFlows(
  { urn, type }: Step,
  comparisons: readonly FlowComparison[],
): FlowRule | undefined {
  const properties = decided[type];
  const own = comparisons.filter(({ by }) => by.includes(urn));
  if (properties === undefined || own.length === 0) return undefined;
  if (own.some(({ kind }) => kind === "not compared")) return undefined;
  return { properties, rule: ruleFrom(own, type.startsWith("aws:") ? packets : azurePackets) };
}

function ruleFrom(comparisons: readonly FlowComparison[], source: string): ImpactRule {
  const has = (what: (one: FlowComparison) => boolean) => comparisons.some(what);
  if (has((one) => one.kind !== "not compared" && one.cutsLink))
    return access("it stops or diverts what the link carries: see below", source);
  if (has((one) => one.kind === "filter" && one.opened.length > 0))
    return access("it lets through what was stopped before: see below", source);
  if (has((one) => one.kind === "routes" && one.rerouted.length > 0))
    return access("packets go another way: see below", source);
  if (has((one) => one.kind === "filter" && one.closed.length > 0))
    return less("it stops what passed before, and nothing that the link carries: see below", source);
  return none("the same packets pass, the same way", source);
}
