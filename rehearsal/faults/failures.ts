import type { Tunnel } from "../tunnels/tunnels";
import type { Estate } from "../estate/estate";
import { urns } from "../estate/estateIndex";
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
  readonly notices: readonly Notice[];
  /** When what failed is back. */
  readonly back: Return;
}

export type FailureKind =
  "tunnel" | "silent tunnel" | "Azure instance" | "AWS endpoint" | "zone" | "absent" | "pair";

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
    ...estate.resources.filter((resource) => resource.custom).map((r) => absence(r, estate.resources)),
  ];
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
  return estate.azure.gateways.flatMap((gateway) =>
    gateway.instances.map((instance, index): Failure => {
      const hit = tunnels.filter(
        ({ azure }) => azure?.connection.gateway === gateway && (azure.instance ?? instance) === instance,
      );
      const { planned, unplanned } = standbyTakesOver;
      return {
        name: `azure-instance${index + 1}`,
        kind: "Azure instance",
        title: gateway.activeActive
          ? `instance ${index + 1} of the Azure gateway fails`
          : "the active instance of the Azure gateway fails",
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
