/**
 * What a change does to traffic, the mildest first. The last two stand apart: nobody knows `unknown` to be harmless, and
 * at what a cloud has `refused` the deployment stops half-way.
 */
export const impacts = [
  "none",
  "one-tunnel",
  "some-tunnels",
  "all-tunnels",
  "less-access",
  "access",
  "address",
  "data-loss",
  "unknown",
  "refused",
] as const;
export type Impact = (typeof impacts)[number];

export const impactTitles: Readonly<Record<Impact, string>> = {
  none: "No impact on traffic",
  "one-tunnel": "One tunnel down, the others carry on",
  "some-tunnels": "Several tunnels down at once, another carries on",
  "all-tunnels": "All tunnels down",
  "less-access": "Some lose access, and nobody gains any",
  access: "The data path or who gets in changes",
  address: "Something whose address or id others know is replaced or deleted",
  "data-loss": "Data is lost",
  unknown: "Unknown: no rule says what this does",
  refused: "Pulumi or a cloud will refuse it, and the deployment stops there",
};

/** Which tunnels a change takes down: the one that the resource is named for, one of an AWS connection's, or more. */
export type Tunnels = "its own" | "slot 1" | "slot 2" | "connection" | "all";

/** One rule: what follows from a change, and who says so. */
export interface ImpactRule {
  readonly impact:
    | Exclude<Impact, "one-tunnel" | "some-tunnels" | "all-tunnels" | "unknown" | "refused">
    | { readonly downs: Tunnels };
  /** One sentence for a reviewer. */
  readonly why: string;
  readonly source: string;
}

/** All that can happen to a resource of one type. */
export interface Impacts {
  readonly create: ImpactRule;
  readonly delete: ImpactRule;
  readonly replace: ImpactRule;
  /** Updates in place, by top-level property. */
  readonly properties: Readonly<Record<string, ImpactRule>>;
}

export const none = (why: string, source: string): ImpactRule => ({ impact: "none", why, source });
export const access = (why: string, source: string): ImpactRule => ({ impact: "access", why, source });
export const less = (why: string, source: string): ImpactRule => ({ impact: "less-access", why, source });
export const address = (why: string, source: string): ImpactRule => ({ impact: "address", why, source });
export const dataLoss = (why: string, source: string): ImpactRule => ({ impact: "data-loss", why, source });
export const downs = (tunnels: Tunnels, why: string, source: string): ImpactRule => ({
  impact: { downs: tunnels },
  why,
  source,
});

/** The same rule for several properties. */
function each<Name extends string>(names: readonly Name[], rule: ImpactRule): Record<Name, ImpactRule> {
  return Object.fromEntries(names.map((name) => [name, rule])) as Record<Name, ImpactRule>;
}

const awsTags = "https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html";

/** Every AWS resource may be tagged; `region` cannot change in place. */
function awsCommon(replace: ImpactRule): Record<string, ImpactRule> {
  return { ...each(["tags", "tagsAll"], none("tags are only labels", awsTags)), region: replace };
}

interface AwsImpacts {
  readonly create: ImpactRule;
  readonly replace: ImpactRule;
  /** The same as `replace` when absent. */
  readonly delete?: ImpactRule;
  /** What `CloudType.replaces` lists: a change of any of these replaces. */
  readonly replaces: Readonly<Record<string, string>>;
  /** What changes in place. */
  readonly properties?: Readonly<Record<string, ImpactRule>>;
}

/** The impacts of an AWS resource of which most changes do the same as replacing it. */
export function awsImpacts({ create, replace, replaces, properties, ...others }: AwsImpacts): Impacts {
  const replacing = each(
    Object.keys(replaces).map((path) => path.split(".")[0] ?? path),
    replace,
  );
  return {
    create,
    delete: others.delete ?? replace,
    replace,
    properties: { ...awsCommon(replace), ...replacing, ...properties },
  };
}
