import type { Preview, Step } from "./preview";
import { type Impact, impacts, type ImpactRule } from "../../rehearsal/clouds/impact";
import { awsTypes } from "../../rehearsal/model/resourceTypes";
import { compareConnects, type Connects } from "./connects";
import { type Comparison, comparePolicies, ruleOfMeaning } from "./policies";
import { compareFlows, type FlowComparison } from "./flows/compare";
import { type FlowRule, ruleOfFlows } from "./flows/rule";
import { isReplaced, type Refused, refusalsIn, refusedByPulumi } from "./refusals";
import { isInStateAlone, isProvider, rulesOf, stateRule } from "./rules";
import { asUnchanged, type Surroundings } from "./surroundings";
import { ruleOfSelectors } from "./trail";
import { tunnelsNamed } from "./tunnelNames";

export interface ReviewedStep {
  readonly step: Step;
  readonly impact: Impact;
  /** Each reason once; where there are several, those of the worst impact first. */
  readonly reasons: readonly { readonly why: string; readonly source: string }[];
  /** Tunnels in use that it takes down. */
  readonly tunnels: readonly string[];
  /** Of a change of a policy: what it means. */
  readonly access?: Comparison;
  /** What Pulumi or a cloud will refuse of it; absent where nothing is known to be. */
  readonly refused?: readonly Refused[];
}

export interface Review {
  /** The worst of all steps; `none` where nothing changes. */
  readonly impact: Impact;
  readonly steps: readonly ReviewedStep[];
  /** All tunnels that go down in this one deployment. */
  readonly tunnels: readonly string[];
  readonly tunnelsInUse: readonly string[];
  /** What changes of rules and routes mean for packets, place by place. */
  readonly flows: readonly FlowComparison[];
  /** Whether the preview shows what does not change as well. Otherwise refusals and flows are judged by a part. */
  readonly isWhole: boolean;
  /** Of a stack that joins what others have: whom else the link connects, where that changes. */
  readonly connects: Connects;
  /** What is not judged, because nobody knows what others have. */
  readonly notJudged: readonly string[];
}

const inUse = {
  "single-tunnel": ["tunnel1"],
  "dual-tunnel": ["tunnel1", "tunnel2"],
  "active-active": ["tunnel1", "tunnel2", "tunnel3", "tunnel4"],
} as const;

/** @param surroundings What others have around the stack; nothing where it joins nothing. */
export function review(preview: Preview, surroundings: Surroundings = []): Review {
  const tunnelsInUse = tunnelsOf(preview);
  const others = typeof surroundings === "string" ? [] : surroundings;
  const flows = compareFlows({ ...preview, changes: [...preview.changes, ...asUnchanged(others)] });
  const refusals = refusalsIn(preview);
  const single = preview.steps
    .filter(({ op }) => op !== "same")
    .map((step) => reviewStep(step, preview, { used: tunnelsInUse, flows }))
    .map((one): ReviewedStep => {
      const refused = [...refusedByPulumi(one.step), ...(refusals.get(one.step.urn) ?? [])];
      return refused.length === 0 ? one : { ...one, impact: "refused", refused };
    });
  const tunnels = [...new Set(single.flatMap((one) => one.tunnels))].sort();
  // They go down in one deployment, so each counts for what all do together.
  const together = tunnelImpact(tunnels, tunnelsInUse);
  const steps = single.map((one) => (isTunnelImpact(one.impact) ? { ...one, impact: together } : one));
  const impact = worst(steps.map((one) => one.impact));
  return {
    ...{ impact, steps, tunnels, tunnelsInUse, flows, isWhole: preview.isWhole },
    connects: compareConnects(preview, others),
    notJudged: typeof surroundings === "string" ? [surroundings] : [],
  };
}

/** Where the preview does not show the topology, the one with the fewest tunnels is assumed. */
function tunnelsOf({ config }: Preview): readonly string[] {
  const topology = Object.entries(config).find(([key]) => key.endsWith(":vpnTopology"))?.[1];
  return topology !== undefined && topology in inUse
    ? inUse[topology as keyof typeof inUse]
    : inUse["single-tunnel"];
}

interface Known {
  /** Tunnels in use. */
  readonly used: readonly string[];
  readonly flows: readonly FlowComparison[];
}

function reviewStep(step: Step, preview: Preview, { used, flows }: Known): ReviewedStep {
  if (
    preview.isNew &&
    (rulesOf(step.type) !== undefined || isInStateAlone(step.type) || isProvider(step.type))
  )
    return { step, impact: "none", reasons: [newStack], tunnels: [] };
  // A policy that stays goes on deciding.
  const compared = isLeft(step) ? undefined : comparePolicies(step, preview);
  const meaning = compared === undefined ? {} : { access: compared };
  const rules = rulesFor(step, compared, ruleOfFlows(step, flows));
  if (typeof rules === "string")
    return { step, impact: "unknown", reasons: [{ why: rules, source: "" }], tunnels: [], ...meaning };
  const weighed = rules.map((rule) => weigh(rule, step, used));
  const impact = worst(weighed.map((one) => one.impact));
  const telling = weighed.filter((one) => one.impact === impact || one.tunnels.length > 0);
  const reasons = [...telling, ...(step.isRetained === true && isReplaced(step) ? [left] : [])].map(
    ({ why, source }) => ({ why, source }),
  );
  return {
    step,
    impact,
    reasons: [...new Map(reasons.map((reason) => [reason.why, reason])).values()],
    tunnels: [...new Set(weighed.flatMap((one) => one.tunnels))].sort(),
    ...meaning,
  };
}

const newStack = {
  why: "the stack is new: nothing carries traffic yet",
  source: "https://www.pulumi.com/docs/iac/cli/commands/pulumi_preview/",
};

const imports = {
  impact: "none",
  why: "Pulumi takes over what exists already",
  source: "https://www.pulumi.com/docs/iac/adopting-pulumi/import/",
} as const satisfies ImpactRule;
const forgotten = {
  impact: "none",
  why: "Pulumi only reads, or forgets what is gone already",
  source: "https://www.pulumi.com/docs/iac/cli/commands/pulumi_refresh/",
} as const satisfies ImpactRule;

const left = {
  impact: "none",
  why: "it leaves the stack and stays in the cloud; what is set on a bucket goes with the bucket",
  source: "https://www.pulumi.com/docs/iac/concepts/resources/options/retainondelete/",
} as const satisfies ImpactRule;

function isLeft({ op, isRetained }: Step): boolean {
  return op === "delete" && isRetained === true;
}

/** The rules for a step, or why there are none. */
function rulesFor(
  step: Step,
  compared: Comparison | undefined,
  flow: FlowRule | undefined,
): readonly ImpactRule[] | string {
  const { op, type, urn } = step;
  if (isInStateAlone(type)) return [stateRule];
  if (isProvider(type) && op === "create") return [stateRule];
  if (["refresh", "read", "read-replacement", "discard", "remove-pending-replace"].includes(op))
    return [forgotten];
  if (isLeft(step)) return [left];
  const rules = rulesOf(type, urn);
  const policy = compared?.kind === "compared" ? ruleOfMeaning(compared) : undefined;
  const whole = flow?.properties === "all" ? flow.rule : undefined;
  const selectors = ruleOfSelectors(step);
  if (rules === undefined) return whole === undefined ? `no rule covers ${type}` : [whole];
  switch (op) {
    case "create":
      return [policy ?? whole ?? rules.create];
    case "delete":
      return [(type === awsTypes.bucketPolicy ? policy : undefined) ?? whole ?? rules.delete];
    case "replace":
    case "create-replacement":
    case "delete-replaced":
      return [rules.replace];
    case "import":
      return [imports];
    case "update":
      return rulesOfUpdate(step, {
        ...rules.properties,
        ...(policy === undefined ? {} : { policy }),
        ...(selectors === undefined ? {} : { advancedEventSelectors: selectors }),
        ...(flow === undefined ? {} : meaningOf(flow, step.changes)),
      });
    default:
      return `no rule covers the operation ${op}`;
  }
}

/** A description stays a label beside the rule that it describes. */
function meaningOf({ rule, properties }: FlowRule, changes: readonly string[]): Record<string, ImpactRule> {
  const labels = ["description", "tags", "tagsAll"];
  const meant = properties === "all" ? changes.filter((name) => !labels.includes(name)) : properties;
  return Object.fromEntries(meant.map((name) => [name, rule]));
}

function rulesOfUpdate(
  { type, changes }: Step,
  properties: Readonly<Record<string, ImpactRule>>,
): readonly ImpactRule[] | string {
  if (changes.length === 0) return "the preview does not show what changes";
  const missing = changes.filter((name) => !Object.hasOwn(properties, name));
  if (missing.length > 0) return `no rule covers ${missing.join(", ")} of ${type}`;
  return changes.map((name) => properties[name]).filter((rule) => rule !== undefined);
}

interface Weighed {
  readonly impact: Impact;
  readonly tunnels: readonly string[];
  readonly why: string;
  readonly source: string;
}

function weigh({ impact, why, source }: ImpactRule, step: Step, used: readonly string[]): Weighed {
  if (typeof impact === "string") return { impact, tunnels: [], why, source };
  // Better too many than too few where a name says nothing.
  const tunnels = (tunnelsNamed(step.name, impact.downs) ?? used).filter((name) => used.includes(name));
  if (tunnels.length === 0)
    return { impact: "none", tunnels, why: "it affects a tunnel that this topology does not use", source };
  return { impact: tunnelImpact(tunnels, used), tunnels, why, source };
}

function tunnelImpact(down: readonly string[], used: readonly string[]): Impact {
  if (down.length === 0) return "none";
  if (down.length >= used.length) return "all-tunnels";
  return down.length === 1 ? "one-tunnel" : "some-tunnels";
}

function isTunnelImpact(impact: Impact): boolean {
  return impact === "one-tunnel" || impact === "some-tunnels" || impact === "all-tunnels";
}

/** Of several, the one furthest down the list. */
export function worst(found: readonly Impact[]): Impact {
  return impacts[Math.max(0, ...found.map((impact) => impacts.indexOf(impact)))] ?? "none";
}

/** Whether a review is as bad as the gate; `unknown` always is, because nobody knows that it is harmless. */
export function reaches(impact: Impact, gate: Impact): boolean {
  return impact === "unknown" || impacts.indexOf(impact) >= impacts.indexOf(gate);
}
