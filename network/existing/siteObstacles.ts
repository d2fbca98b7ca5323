import { contains } from "../cidr";
import type { Announced } from "./awsObstacles";
import { spokesIn, type AzureSurroundings } from "./azureReads";
import type { AwsTargets, Join } from "./join";
import { wrongWays } from "./matching";
import type { Obstacle } from "./obstacle";
import type { Site } from "./sites";

/** What a snapshot shows of other sites, by the cloud of the gateway that they are behind. */
export interface KnownSites {
  /** As `snapshots/prod.json of 2026-03-01`. */
  readonly by: string;
  readonly azure: readonly Site[];
  readonly aws: readonly Site[];
}

export interface SiteFindings {
  readonly obstacles: readonly Obstacle[];
  /** What concerns others though the link works, and what could not be compared. */
  readonly notices: readonly string[];
}

/** A range that the stack brings to gateways. */
interface Range {
  readonly place: string;
  readonly cidr: string;
  /** By which a gateway knows it. */
  readonly prefixes: readonly string[];
  readonly fix: string;
}

/** Ranges of the stack, and the sites that the gateways lead to as well. */
interface Meeting {
  readonly ranges: readonly Range[];
  readonly sites: readonly Site[];
}

/** What the stack brings to the gateways that others use, against the networks of those others. */
export function compareSites(
  join: Join,
  azure: AzureSurroundings,
  known: KnownSites,
  { targets, announced }: { readonly targets: AwsTargets; readonly announced: Announced },
): SiteFindings {
  const { bgp } = join.vpn;
  const spokes = spokesIn(azure, join).flatMap(({ name, cidrs }) =>
    cidrs.map((cidr) => range(`virtual network ${name}`, cidr, "leave it out of azureSpokes")),
  );
  const meetings: readonly Meeting[] = [
    { ranges: [...awsRanges(join, targets), ...spokes], sites: known.azure },
    // Static tunnels lead to the stack's own network and to the clients alone.
    { ranges: [...clientRanges(join, announced), ...(bgp ? spokes : [])], sites: known.aws },
  ];
  const unknown = [...known.azure, ...known.aws].filter(({ cidrs }) => cidrs.length === 0);
  return {
    obstacles: meetings.flatMap((meeting) => overlapsIn(meeting, known.by, join.ownTags.stack)),
    notices: [
      ...meetings.flatMap((meeting) => widerIn(meeting, known.by)),
      ...unknown.map(
        ({ name, gateway }) =>
          `${known.by} shows no network of ${name} behind ${gateway}: what is there is not compared with this stack's.`,
      ),
    ],
  };
}

const range = (place: string, cidr: string, fix: string, prefixes: readonly string[] = [cidr]): Range => ({
  ...{ place, cidr, fix, prefixes },
});

function awsRanges({ aws }: Join, { cidrs }: AwsTargets): readonly Range[] {
  return cidrs.map((cidr) =>
    aws.kind === "new"
      ? range("awsCidr", cidr, "choose another awsCidr")
      : range(`VPC ${aws.vpcId}`, cidr, "join a VPC that is apart"),
  );
}

function clientRanges({ azure, clients }: Join, announced: Announced): readonly Range[] {
  const named = Object.entries(clients).map(([name, cidr]) =>
    name === "azure"
      ? range("clientSubnetCidr", cidr, "choose another clientSubnetCidr", announced[name])
      : range(`azureClients.${name}`, cidr, "leave it out of azureClients, or narrow it", announced[name]),
  );
  // The stack's own network holds its client subnet.
  return azure.kind === "existing"
    ? named
    : [
        range("azureCidr", azure.cidr, "choose another azureCidr"),
        ...named.filter(({ place }) => place !== "clientSubnetCidr"),
      ];
}

/** A gateway takes the longest prefix; of two that are equal it may take the site's. */
function overlapsIn({ ranges, sites }: Meeting, by: string, stack: string): readonly Obstacle[] {
  const theirs = sites.flatMap(({ name, gateway, cidrs }) =>
    cidrs.map((prefix) => ({ prefix, to: gateway, name, right: false })),
  );
  return ranges.flatMap(({ place, cidr, prefixes, fix }) => {
    const ours = prefixes.map((prefix) => ({ prefix, to: "", name: "", right: true }));
    return wrongWays(cidr, [...theirs, ...ours]).flatMap((way) =>
      way === undefined
        ? []
        : [
            {
              place: `${place}, ${cidr}`,
              problem: `${way.name} behind ${way.to} has ${way.prefix} of it, by ${by}, and a gateway leads to one of the two`,
              fix: `${fix}; if ${way.name} has it no more, take the snapshot again: npm run snapshot -- --stack ${stack}`,
            },
          ],
    );
  });
}

/** Ours is the longer one then, and wins. */
function widerIn({ ranges, sites }: Meeting, by: string): readonly string[] {
  return sites.flatMap(({ name, gateway, cidrs }) =>
    cidrs.flatMap((network) => {
      const inside = ranges.filter(({ cidr }) => contains({ network, part: cidr }));
      // A default route claims nothing.
      if (network.endsWith("/0") || inside.length === 0) return [];
      const ours = inside.map(({ place, cidr }) => `${place}, ${cidr}`).join(" and ");
      return [
        `${name} behind ${gateway} has ${network}, by ${by}, and in it is ${ours}: what the site itself has there is reached through ${gateway} no longer.`,
      ];
    }),
  );
}
