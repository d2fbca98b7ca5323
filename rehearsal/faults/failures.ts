import type { Tunnel } from "../tunnels/tunnels";
import type { Estate } from "../estate/estate";
import { listAt } from "../estate/azureNames";
import { peeringBetween } from "../estate/azurePeerings";
import { ownOf, urns } from "../estate/estateIndex";
import { clientsOf, hubOf, networkName } from "../path/clients";
import { distinctNotices, type Notice, standbyTakesOver, whenDead, whenReplaced, whenSilent } from "./timers";
import type { RecordedResource } from "../model/recording";

/** What goes wrong, before anybody asks what it leads to. */
export interface Failure {
  /** What people call it: `tunnel1`, `zone-us-east-1a`, `no-vpn-aws-gateway`; several joined by `+`. */
  readonly name: string;
  readonly kind: FailureKind;
  /** One clause: what happens. */
  readonly title: string;
  /** URNs that it hits, beside the tunnels. */
  readonly places: readonly string[];
  /** Names of the tunnels that it takes down. */
  readonly tunnels: readonly string[];
  /** Availability zones that it takes down. */
  readonly zones: readonly string[];
  /** URNs of resources that are no longer there. */
  readonly absent: readonly string[];
  /** Resources of others that are otherwise then, or that are new. */
  readonly changed?: readonly RecordedResource[];
  readonly notices: readonly Notice[];
  /** When what failed is back. */
  readonly back: Return;
}

export type FailureKind =
  "tunnel" | "silent tunnel" | "Azure instance" | "AWS endpoint" | "zone" | "absent" | "others" | "pair";

export interface Return {
  readonly by: "itself" | "repair";
  /** In seconds; undefined where nobody documents it. */
  readonly seconds: { readonly from: number; readonly to: number } | undefined;
  readonly how: string;
}

/** Every failure that has a name: tunnels, instances, endpoints, zones, and every resource gone. */
export function singleFailures(estate: Estate, tunnels: readonly Tunnel[]): readonly Failure[] {
  const used = tunnels.filter((tunnel) => !tunnel.spare);
  return [
    ...used.map(tunnelFailure),
    ...used.map(silentFailure),
    ...instanceFailures(estate, used),
    ...used.filter(({ aws }) => aws !== undefined).map(endpointFailure),
    ...zoneFailures(estate),
    ...othersFailures(estate),
    ...ownResources(estate).map((resource, _, own) => absence(resource, own)),
  ];
}

function ownResources({ resources }: Estate): readonly RecordedResource[] {
  return resources.filter(({ custom, foreign }) => custom && foreign !== true);
}

/** Every two of the things that fail by themselves: all pairs of tunnels among them. */
export function pairsOf(failures: readonly Failure[]): readonly Failure[] {
  const alone = failures.filter(
    ({ kind }) => kind === "tunnel" || kind === "Azure instance" || kind === "zone",
  );
  return alone.flatMap((one, index) => alone.slice(index + 1).map((other) => together([one, other])));
}

/** Several failures at once. */
function together(failures: readonly Failure[]): Failure {
  const [only] = failures;
  if (only !== undefined && failures.length === 1) return only;
  const all = <T>(part: (failure: Failure) => readonly T[]) => [...new Set(failures.flatMap(part))];
  return {
    name: failures.map(({ name }) => name).join("+"),
    kind: "pair",
    title: failures.map(({ title }) => title).join(", and "),
    places: all(({ places }) => places),
    tunnels: all(({ tunnels }) => tunnels),
    zones: all(({ zones }) => zones),
    absent: all(({ absent }) => absent),
    notices: distinctNotices(failures.flatMap(({ notices }) => notices)),
    back: failures.find(({ back }) => back.by === "repair")?.back ?? {
      by: "itself",
      seconds: undefined,
      how: "as each of them returns",
    },
  };
}

/** AWS dials by itself where it is told to; else somebody has to. */
function dialledAgain(tunnels: readonly Tunnel[], after: string): Return {
  const dials = tunnels.every(({ aws }) => aws?.tunnel.startupAction === "start");
  return {
    by: dials ? "itself" : "repair",
    seconds: undefined,
    how: dials
      ? `AWS connects again ${after}`
      : "neither end initiates: AWS waits for Azure, and Azure only responds",
  };
}

function tunnelFailure(tunnel: Tunnel): Failure {
  return {
    name: tunnel.name,
    kind: "tunnel",
    title: `${tunnel.name} goes down`,
    places: urns(tunnel.azure?.connection),
    tunnels: [tunnel.name],
    zones: [],
    absent: [],
    notices: whenDead(tunnel),
    back: dialledAgain([tunnel], "as soon as its cause is gone"),
  };
}

function silentFailure(tunnel: Tunnel): Failure {
  return {
    ...tunnelFailure(tunnel),
    name: `${tunnel.name}-silent`,
    kind: "silent tunnel",
    title: `${tunnel.name} drops every packet while its IKE session is up`,
    notices: whenSilent(tunnel),
    back: { by: "repair", seconds: undefined, how: "somebody resets the connection" },
  };
}

function endpointFailure(tunnel: Tunnel): Failure {
  return {
    ...tunnelFailure(tunnel),
    name: `aws-endpoint-${tunnel.name}`,
    kind: "AWS endpoint",
    title: `AWS replaces its endpoint of ${tunnel.name} (maintenance)`,
    places: [],
    notices: whenReplaced(tunnel),
    back: dialledAgain([tunnel], "from the new endpoint, after minutes that AWS documents nowhere"),
  };
}

function instanceFailures(estate: Estate, tunnels: readonly Tunnel[]): readonly Failure[] {
  // Others may have more gateways around, which carry nothing of this.
  const used = estate.azure.gateways.filter(
    (gateway) =>
      gateway.resource.foreign !== true || tunnels.some(({ azure }) => azure?.connection.gateway === gateway),
  );
  return used.flatMap((gateway) =>
    gateway.instances.map((instance, index): Failure => {
      const hit = tunnels.filter(
        ({ azure }) => azure?.connection.gateway === gateway && (azure.instance ?? instance) === instance,
      );
      const { planned, unplanned } = standbyTakesOver;
      const name = gateway.resource.foreign === true ? "shared Azure gateway" : "Azure gateway";
      return {
        name: `azure-instance${index + 1}`,
        kind: "Azure instance",
        title: gateway.activeActive
          ? `instance ${index + 1} of the ${name} fails`
          : `the active instance of the ${name} fails`,
        places: instance.publicIp === undefined ? urns(gateway) : urns(instance.publicIp),
        tunnels: hit.map(({ name }) => name),
        zones: [],
        absent: [],
        notices: distinctNotices(hit.flatMap(whenDead).filter(({ who }) => who === "AWS")),
        back: gateway.activeActive
          ? { ...dialledAgain(hit, "once Azure has replaced the instance"), by: "itself" }
          : {
              by: "itself",
              seconds: { from: planned.from, to: unplanned.to },
              how: `the standby takes over: ${planned.from} to ${planned.to} s planned, ${unplanned.from} to ${unplanned.to} s otherwise`,
            },
      };
    }),
  );
}

function zoneFailures(estate: Estate): readonly Failure[] {
  const subnets = estate.aws.endpoints.flatMap(({ subnets }) => subnets);
  const zones = [...new Set(subnets.flatMap(({ zone }) => zone ?? []))].sort();
  return zones.map((zone) => ({
    name: `zone-${zone}`,
    kind: "zone",
    title: `availability zone ${zone} fails`,
    places: subnets.filter((subnet) => subnet.zone === zone).map((subnet) => subnet.resource.urn),
    tunnels: [],
    zones: [zone],
    absent: [],
    notices: [],
    back: { by: "itself", seconds: undefined, how: "AWS restores the zone" },
  }));
}

/** What the owners of the surroundings may do without knowing of the link: peerings go, routes come. */
function othersFailures(estate: Estate): readonly Failure[] {
  const base = { kind: "others" as const, tunnels: [], zones: [], absent: [], notices: [] };
  const clients = clientsOf(estate);
  const subnets = new Set(clients.flatMap(({ place }) => (place.kind === "subnet" ? [place.subnet] : [])));
  const foreign = [...subnets].filter(({ resource }) => resource.foreign === true);
  const sides = foreign.flatMap(({ network }) => {
    const { hub, spoke } = peeringBetween(estate.azure, hubOf(estate), network);
    return [hub, spoke].filter((side) => side !== undefined);
  });
  const destinations = ownOf(estate.aws.endpoints).flatMap(({ vpcId }) =>
    estate.aws.vpcs.filter(({ resource }) => resource.id === vpcId).flatMap(({ cidrs }) => cidrs),
  );
  return [
    ...[...new Set(sides)].map(({ resource, network }): Failure => ({
      ...base,
      name: `no-peering-${resource.name}`,
      title: `the peering ${resource.name} of ${networkName(network)} is deleted, and its other side Disconnected`,
      places: [resource.urn],
      absent: [resource.urn],
      back: repaired("its owners delete the other side as well and make both again"),
    })),
    ...foreign.flatMap(({ resource, routeTable }): Failure[] => {
      if (routeTable?.resource.foreign !== true) return [];
      const routes = destinations.map((addressPrefix, at) => ({
        ...{ name: `to-firewall-${String(at + 1)}`, addressPrefix },
        ...{ nextHopType: "VirtualAppliance", nextHopIpAddress: "192.0.2.1" },
      }));
      const { inputs } = routeTable.resource;
      return [
        {
          ...base,
          name: `route-${resource.name}`,
          title: `the owner of ${routeTable.resource.name} adds a route to ${destinations.join(", ")} that leads past the gateway`,
          places: [routeTable.resource.urn],
          changed: [
            {
              ...routeTable.resource,
              inputs: { ...inputs, routes: [...listAt(inputs, "routes"), ...routes] },
            },
          ],
          back: repaired("its owner takes the route out again"),
        },
      ];
    }),
  ];
}

function repaired(how: string): Return {
  return { by: "repair", seconds: undefined, how };
}

/** A resource gone takes with it what stands inside it, as Azure's ids tell. */
function absence(resource: RecordedResource, resources: readonly RecordedResource[]): Failure {
  const inside = resources.filter(
    ({ id, custom }) =>
      custom && resource.id.startsWith("/") && id.toLowerCase().startsWith(`${resource.id.toLowerCase()}/`),
  );
  const absent = [resource, ...inside].map(({ urn }) => urn);
  return {
    name: `no-${resource.name}`,
    kind: "absent",
    title: `${resource.name} is gone`,
    places: absent,
    tunnels: [],
    zones: [],
    absent,
    notices: [],
    back: { by: "repair", seconds: undefined, how: "pulumi refresh, then pulumi up, creates it again" },
  };
}
