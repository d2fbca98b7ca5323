import { addedTypes, awsTypes, azureTypes } from "../../../rehearsal/model/resourceTypes";
import { overlap } from "../../../rehearsal/model/addresses";
import { type Change, namesIn, type Resource } from "../changes";
import type { Preview } from "../preview";
import { compareFilters, type Filter, type FlowDifference, type LinkPacket } from "./filter";
import { decided } from "./decided";
import { checkSize, filterOf, filterTypes, ownerOf } from "./filters";
import { type Moment, NotCompared, ofType, pointsAt } from "./place";
import {
  awsNetworks,
  awsWays,
  azureNetworks,
  azureWays,
  hasSubnets,
  type Rerouted,
  rerouted,
  type Ways,
} from "./routes";

/** What a change of rules or routes at one place means for packets, or why that is not known. */
export type FlowComparison = {
  /** URN of the group, the ACL, the subnet or the route table; of what is not in the preview, its id. */
  readonly place: string;
  /** Logical names of the place, and of others where the same changes. */
  readonly names: readonly string[];
  /** URNs of the resources that change it. */
  readonly by: readonly string[];
} & (
  | ({ readonly kind: "filter" } & FlowDifference)
  | { readonly kind: "routes"; readonly rerouted: readonly Rerouted[]; readonly cutsLink: boolean }
  | { readonly kind: "not compared"; readonly reason: string }
);

type Outcome = FlowComparison extends infer One
  ? One extends unknown
    ? Omit<One, "place" | "names" | "by">
    : never
  : never;

/** Nothing of a new stack, through which nothing flows yet. */
export function compareFlows(preview: Preview): readonly FlowComparison[] {
  if (preview.isNew) return [];
  const before = preview.changes.flatMap((change) => change.before ?? []);
  const after = preview.changes.flatMap((change) => change.after ?? []);
  const moments: Moments = [
    { resources: before, known: before },
    { resources: after, known: before },
  ];
  const changed = preview.changes.filter(({ kind }) => kind !== "same");
  return [
    ...filterComparisons(preview, moments, changed),
    ...attached(preview, moments, changed),
    ...alike(routeComparisons(preview, moments, changed)),
  ];
}

type Moments = readonly [before: Moment, after: Moment];

/** Of each group and ACL that a change is about. */
function filterComparisons(
  preview: Preview,
  moments: Moments,
  changed: readonly Change[],
): readonly FlowComparison[] {
  const places = new Map<string, { readonly type: string; readonly by: Set<string> }>();
  const note = (place: string, type: string, urn: string) => {
    const known = places.get(place) ?? { type, by: new Set<string>() };
    places.set(place, known);
    known.by.add(urn);
  };
  const lost = new Set<string>();
  for (const change of changed)
    for (const [index, resource] of [change.before, change.after].entries()) {
      if (resource === undefined) continue;
      if (resource.type in filterTypes) {
        if (change.kind !== "update" || rulesChange(change)) note(resource.urn, resource.type, resource.urn);
        continue;
      }
      const [container] =
        Object.entries(filterTypes).find(([, rules]) => rules.includes(resource.type)) ?? [];
      if (container === undefined || (change.kind === "update" && isLabel(change))) continue;
      const moment = moments[index === 0 ? 0 : 1];
      const owner = orNotCompared(() => ownerOf(moment, resource));
      if (owner instanceof NotCompared) lost.add(resource.type);
      else if (owner !== undefined)
        note(owner, moment.known.find(({ urn }) => urn === owner)?.type ?? container, resource.urn);
    }
  return [...places].map(([place, { type, by }]) => ({
    ...placed(place, [...by]),
    ...attempt(() => {
      if ((filterTypes[type] ?? []).some((rule) => lost.has(rule)))
        throw new NotCompared("the preview does not show which rules belong to it");
      if (!preview.isWhole && isNumbered(type))
        throw new NotCompared("the preview leaves out what does not change; write it with --show-sames");
      const [was, is] = moments.map((moment) => filterOf(moment, type, place));
      return difference(was ?? [], is ?? [], moments, type);
    }),
  }));
}

function isNumbered(type: string): boolean {
  return type === addedTypes.networkAcl || type === addedTypes.defaultNetworkAcl;
}

/** Beside what it lets through, a group has names, tags and a place. */
function rulesChange({ before, after }: Change): boolean {
  return ["securityRules", "ingress", "egress"].some((property) => differs(property, before, after));
}

function differs(property: string, before: Resource | undefined, after: Resource | undefined): boolean {
  return JSON.stringify(before?.inputs[property]) !== JSON.stringify(after?.inputs[property]);
}

function isLabel({ before, after }: Change): boolean {
  const names = Object.keys({ ...before?.inputs, ...after?.inputs });
  return names.every((name) => ["tags", "description"].includes(name) || !differs(name, before, after));
}

function difference(was: Filter, is: Filter, moments: Moments, type: string): Outcome {
  checkSize(was, is);
  const [aws, azure] = [awsNetworks, azureNetworks].map((networks) => [
    ...new Set(moments.flatMap((moment) => networks(moment))),
  ]);
  const networks = [...(aws ?? []), ...(azure ?? [])];
  const isLink = ({ direction, protocol, holdsPort, source, destination }: LinkPacket) => {
    const far = direction === "inbound" ? source : destination;
    if (protocol !== "tcp" || far.length === 0) return false;
    // An ACL sees the answers too, to whichever port a client picked.
    return holdsPort(443) || (isNumbered(type) && direction === "outbound");
  };
  // What stays in the virtual network is not the link's; machines in the VPC use the endpoint as well.
  const far = type === azureTypes.networkSecurityGroup ? (aws ?? []) : networks;
  // Where the preview shows no network, any may be the link's.
  const linked = far.length === 0 ? ["0.0.0.0/0"] : far;
  return { kind: "filter", ...compareFilters(was, is, { networks, linked, isLink }) };
}

/** Of each subnet that gets another security group; one that is new, or goes, had or has no machines. */
function attached(preview: Preview, moments: Moments, changed: readonly Change[]): readonly FlowComparison[] {
  const [before, after] = moments;
  return changed.flatMap((change) => {
    if (change.kind !== "update" || change.before?.type !== azureTypes.subnet || change.after === undefined)
      return [];
    const group = (moment: Moment, subnet: Resource) =>
      subnet.inputs["networkSecurityGroup"] === undefined
        ? "none"
        : pointsAt(moment, subnet, "networkSecurityGroup.id");
    const [was, is] = [group(before, change.before), group(after, change.after)];
    if (was === is) return [];
    const filter = (moment: Moment, of: string | undefined): Filter => {
      if (of === "none") return openFilter;
      if (of === undefined || !moment.resources.some(({ urn }) => urn === of))
        throw new NotCompared("one of its security groups is not in the preview");
      return filterOf(moment, azureTypes.networkSecurityGroup, of);
    };
    const urn = change.before.urn;
    return [
      {
        ...placed(urn, [urn]),
        ...attempt(() =>
          difference(filter(before, was), filter(after, is), moments, azureTypes.networkSecurityGroup),
        ),
      },
    ];
  });
}

/** A subnet without a security group. */
const openFilter: Filter = (["inbound", "outbound"] as const).map((direction) => ({
  direction,
  passes: true,
  protocol: "any",
  sources: ["any"],
  destinations: ["any"],
  ports: [{ from: 0, to: 65_535 }],
  sourcePorts: [{ from: 0, to: 65_535 }],
}));

/** What has a say in where packets go. */
const awsRouteTypes: readonly string[] = [
  awsTypes.routeTable,
  awsTypes.routeTableAssociation,
  awsTypes.vpnGatewayRoutePropagation,
  awsTypes.vpnConnectionRoute,
  awsTypes.vpc,
  addedTypes.vpcIpv4CidrBlockAssociation,
  addedTypes.route,
];
const azureRouteTypes: readonly string[] = [
  addedTypes.azureRouteTable,
  addedTypes.azureRoute,
  azureTypes.subnet,
  azureTypes.virtualNetwork,
  azureTypes.localNetworkGateway,
];

function routeComparisons(
  preview: Preview,
  [before, after]: Moments,
  changed: readonly Change[],
): readonly FlowComparison[] {
  const urnsOf = (types: readonly string[]) =>
    changed.flatMap(({ before: was, after: is }) => {
      const { type, urn } = was ?? is ?? { type: "", urn: "" };
      return types.includes(type) ? [urn] : [];
    });
  const [aws, azure] = [urnsOf(awsRouteTypes), urnsOf(azureRouteTypes)];
  const compare = (place: string, by: readonly string[], ways: (moment: Moment, at: Resource) => Ways) => {
    const at = [before, after].map((moment) => moment.resources.find(({ urn }) => urn === place));
    const [was, is] = at;
    return {
      ...placed(place, by),
      ...attempt(() =>
        routed(was === undefined ? [] : ways(before, was), is === undefined ? [] : ways(after, is), [
          before,
          after,
        ]),
      ),
    };
  };
  const both = (type: string) => [
    ...new Set([before, after].flatMap((one) => ofType(one, type).map(({ urn }) => urn))),
  ];
  const tables = both(awsTypes.routeTable).filter((urn) =>
    [before, after].every((moment) => {
      const table = moment.resources.find((one) => one.urn === urn);
      // The streaming form does not show which table an association that is new gives its subnet.
      return table === undefined || orNotCompared(() => hasSubnets(moment, table)) !== true;
    }),
  );
  return [
    ...(aws.length === 0
      ? []
      : [...both(awsTypes.subnet), ...tables].map((urn) => compare(urn, aws, awsWays))),
    ...(azure.length === 0
      ? []
      : both(azureTypes.subnet)
          .filter((urn) => namesOfSubnet(urn, [before, after]) !== "GatewaySubnet")
          .map((urn) => compare(urn, azure, azureWays))),
  ].filter((one) => one.kind !== "routes" || one.rerouted.length > 0 || isAbout(one.by, changed));
}

function namesOfSubnet(urn: string, moments: Moments): unknown {
  return moments.flatMap((moment) => moment.resources).find((one) => one.urn === urn)?.inputs["subnetName"];
}

/** Whether what changes is there for routes: then that nothing follows from it is worth a line. */
function isAbout(by: readonly string[], changed: readonly Change[]): boolean {
  return changed.some(({ before, after }) => {
    const { type, urn } = before ?? after ?? { type: "", urn: "" };
    const properties = decided[type];
    if (!by.includes(urn) || properties === undefined) return false;
    return properties === "all" || properties.some((one) => differs(one, before, after));
  });
}

function routed(was: Ways, is: Ways, moments: Moments): Outcome {
  const found = rerouted(was, is);
  const networks = moments.flatMap((moment) => [...awsNetworks(moment), ...azureNetworks(moment)]);
  const cutsLink = found.some(
    ({ to, before }) =>
      before !== undefined && to.some((part) => networks.some((network) => overlap(network, part))),
  );
  return { kind: "routes", rerouted: found, cutsLink };
}

/** Places where the same changes are one. */
function alike(comparisons: readonly FlowComparison[]): readonly FlowComparison[] {
  const groups = new Map<string, FlowComparison>();
  for (const one of comparisons) {
    const key = JSON.stringify({ ...one, place: "", names: [] });
    const known = groups.get(key);
    groups.set(key, known === undefined ? one : { ...known, names: [...known.names, ...one.names] });
  }
  return [...groups.values()];
}

function placed(place: string, by: readonly string[]) {
  return { place, names: [place.includes("::") ? namesIn(place).name : place], by };
}

function attempt(compare: () => Outcome): Outcome {
  const found = orNotCompared(compare);
  return found instanceof NotCompared ? { kind: "not compared", reason: found.message } : found;
}

function orNotCompared<T>(ask: () => T): T | NotCompared {
  try {
    return ask();
  } catch (error) {
    if (error instanceof NotCompared) return error;
    throw error;
  }
}
