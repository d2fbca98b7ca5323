import { BgpDaemon } from "./bgp/daemon";
import { planSpeakers } from "./bgp/settings";
import { IkeDaemon, IkeEnd } from "./ike/daemon";
import type { Namespaces } from "./machine/namespaces";
import { until } from "./machine/processes";
import { buildNetwork } from "./network/build";
import { gatewayRoles, placeOf, planNetwork, roles, type Side, tunnelDevice } from "./network/plan";
import type { LabPlan } from "./plan/labPlan";
import { filterCommands } from "./plan/packetFilters";
import type { SiteTunnelPlan } from "./plan/site";
import type { Cloud, TunnelEnd, TunnelPlan } from "./plan/tunnels";

/** A running lab: every end of every tunnel, and the gateways between them. */
export interface Lab {
  readonly plan: LabPlan;
  readonly namespaces: Namespaces;
  readonly tunnels: readonly LabTunnel[];
  /** Those of another site on a gateway that the stack shares. */
  readonly siteTunnels: readonly SiteTunnel[];
  /** Of gateways with BGP. */
  readonly speakers: Readonly<Partial<Record<Side, BgpDaemon>>>;
}

/** The plan changes with a new key. */
export interface LabTunnel extends Readonly<Record<Cloud, IkeEnd>> {
  plan: TunnelPlan;
}

export interface SiteTunnel extends Readonly<Record<"gateway" | "site", IkeEnd>> {
  readonly plan: SiteTunnelPlan;
}

/** Creates namespaces and daemons; no end has initiated yet. */
export async function buildLab(plan: LabPlan, namespaces: Namespaces): Promise<Lab> {
  await buildNetwork(namespaces, planNetwork(plan));
  for (const { role, filter } of plan.azure.clients) await namespaces.nft(role, filterCommands(filter));
  await namespaces.nft(roles.endpoint, filterCommands(plan.aws.filter));
  const place = endPlacer(plan, namespaces);
  const tunnels = plan.tunnels.map(async (tunnel): Promise<LabTunnel> => {
    const [azure, aws] = await Promise.all([
      place("azure", tunnel, tunnel.azure),
      place("aws", tunnel, tunnel.aws),
    ]);
    return { plan: tunnel, azure, aws };
  });
  const { site: other } = plan;
  const siteTunnels = other?.tunnels.map(async (tunnel): Promise<SiteTunnel> => {
    const [gateway, site] = await Promise.all([
      place(other.cloud, tunnel, tunnel.gateway),
      place("site", tunnel, tunnel.site),
    ]);
    return { plan: tunnel, gateway, site };
  });
  const ends = { tunnels: await Promise.all(tunnels), siteTunnels: await Promise.all(siteTunnels ?? []) };
  // On a gateway that is shared, the stack's tunnels come after those that are there.
  const first = planSpeakers(plan.site === undefined ? plan : { ...plan, tunnels: [] });
  const speakers = { ...planSpeakers(plan), ...first };
  const started = Object.entries(speakers).map(([side, speaker]) => [
    side,
    BgpDaemon.start(namespaces, gatewayRoles[side as Side], speaker),
  ]);
  return { plan, namespaces, ...ends, speakers: Object.fromEntries(started) as Lab["speakers"] };
}

/** Starts each end, and its daemon with the first end of it. */
function endPlacer(plan: LabPlan, namespaces: Namespaces) {
  const daemons = new Map<string, Promise<IkeDaemon>>();
  return async (side: Side, tunnel: TunnelPlan | SiteTunnelPlan, end: TunnelEnd): Promise<IkeEnd> => {
    const { tunnelDevice: device, carrier, ...daemonPlace } = placeOf(plan, side, tunnel);
    const known = daemons.get(daemonPlace.ikeRole);
    const daemon = known ?? IkeDaemon.start(namespaces, daemonPlace, end);
    daemons.set(daemonPlace.ikeRole, daemon);
    const { routing } = end;
    // guess: of several static tunnels either cloud prefers the first; neither documents which.
    const metric = 10 * tunnel.number;
    const placed = new IkeEnd(namespaces, await daemon, {
      ...{ name: tunnel.name, device, carrier },
      addresses:
        routing.kind === "static"
          ? []
          : // The ends of the stack's tunnels have a network of their own; those of a site may have any two addresses.
            ["aws" in tunnel ? `${routing.address}/30` : `${routing.address} peer ${routing.peerAddress}/32`],
      onUp:
        routing.kind === "bgp"
          ? []
          : routing.networks.map((network) => `route replace ${network} dev ${device} metric ${metric}`),
    });
    await placed.attach();
    return placed;
  };
}

/** Connects the other site to the gateway that the stack shares, and waits until both have learned the other's networks. */
export async function connectSite(lab: Lab): Promise<void> {
  await Promise.all(lab.siteTunnels.map(configureSite));
  await Promise.all(
    lab.siteTunnels.map(async ({ plan, gateway, site }) => (plan.site.initiates ? site : gateway).initiate()),
  );
  await waitForSite(lab);
}

export async function waitForSite(lab: Lab, timeoutMs = 20_000): Promise<void> {
  await Promise.all(
    lab.siteTunnels.map(({ plan, gateway, site }) =>
      until(`${plan.name} is up`, () => areUp([gateway, site]), { timeoutMs, everyMs: 50 }),
    ),
  );
  await waitForSpeaker(lab, "site", timeoutMs);
}

async function configureSite({ plan, gateway, site }: SiteTunnel): Promise<void> {
  await Promise.all([gateway.configure(plan.gateway), site.configure(plan.site)]);
}

/** Configures every end of the stack's own tunnels; the ends that initiate do so. */
export async function connectTunnels(lab: Lab): Promise<void> {
  await reconfigureSpeakers(lab, lab.plan);
  await Promise.all(lab.tunnels.map((tunnel) => configureEnds(tunnel, tunnel.plan)));
  await Promise.all(lab.tunnels.map(initiate));
}

/** The ends that initiate do so. */
export async function initiate({ plan, azure, aws }: LabTunnel): Promise<void> {
  if (plan.aws.initiates) await aws.initiate();
  if (plan.azure.initiates) await azure.initiate();
}

/** Ends a tunnel from both sides. An end that restarts goes first: the other's DELETE would make it initiate. */
export async function terminate({ plan, azure, aws }: LabTunnel): Promise<void> {
  for (const end of plan.azure.dpd.restarts ? [azure, aws] : [aws, azure]) await end.terminate();
}

/** Waits until every tunnel carries traffic and, with BGP, both sides have learned the other's networks. */
export async function waitForTunnels(lab: Lab, timeoutMs = 20_000): Promise<void> {
  await Promise.all(
    lab.tunnels.map((tunnel) =>
      until(`${tunnel.plan.name} is up`, () => areUp([tunnel.azure, tunnel.aws]), { timeoutMs, everyMs: 50 }),
    ),
  );
  for (const side of ["azure", "aws"] as const) await waitForSpeaker(lab, side, timeoutMs);
}

async function waitForSpeaker({ plan, speakers }: Lab, side: Side, timeoutMs: number): Promise<void> {
  const speaker = speakers[side];
  if (speaker === undefined) return;
  const expected = planSpeakers(plan)[side]?.sessions.length;
  await until(
    `every BGP session of ${gatewayRoles[side]} has learned the other side's networks`,
    async () => {
      const sessions = await speaker.sessions();
      return (
        sessions.length === expected &&
        sessions.every((session) => session.state === "Established" && session.learned.length > 0)
      );
    },
    { timeoutMs, everyMs: 100 },
  );
}

async function areUp(ends: readonly IkeEnd[]): Promise<boolean> {
  const children = await Promise.all(ends.map((end) => end.child()));
  return children.every((child) => child !== undefined);
}

/** Starts a lost daemon again and configures the ends that it had, without initiating. */
export async function replaceDaemon(lab: Lab, daemon: IkeDaemon): Promise<void> {
  const role = daemon.placement.ikeRole;
  const table = "inet lab_unconfigured";
  // A daemon without its peer's settings refuses the peer, and a refused peer does not initiate again.
  await lab.namespaces.nft(role, [
    `add table ${table}`,
    `add chain ${table} input { type filter hook input priority 0; }`,
    `add rule ${table} input udp dport { 500, 4500 } drop`,
  ]);
  await daemon.restart();
  const ends = [
    ...lab.tunnels.flatMap(({ plan, azure, aws }) => [
      [azure, plan.azure] as const,
      [aws, plan.aws] as const,
    ]),
    ...lab.siteTunnels.flatMap(({ plan, gateway, site }) => [
      [gateway, plan.gateway] as const,
      [site, plan.site] as const,
    ]),
  ];
  for (const [end, settings] of ends) {
    if (end.daemon !== daemon) continue;
    await end.attach();
    await end.configure(settings);
  }
  await lab.namespaces.nft(role, [`delete table ${table}`]);
}

/** Takes the stack's tunnels off, as deleting it does. */
export async function removeTunnels(lab: Lab): Promise<void> {
  await Promise.all(lab.tunnels.map(remove));
  await reconfigureSpeakers(lab, { ...lab.plan, tunnels: [] });
}

async function remove(tunnel: LabTunnel): Promise<void> {
  await terminate(tunnel);
  await Promise.all([tunnel.azure.unload(), tunnel.aws.unload()]);
}

/** Ends a tunnel and gives both its ends another plan, as an update of both clouds would. Neither end initiates. */
export async function reconfigure(lab: Lab, tunnel: LabTunnel, plan: TunnelPlan): Promise<void> {
  await remove(tunnel);
  const device = tunnelDevice(plan.number);
  for (const cloud of ["azure", "aws"] as const) {
    const { routing } = plan[cloud];
    if (routing.kind !== "bgp") continue;
    await lab.namespaces.ip(
      [`addr flush dev ${device} scope global`, `addr add ${routing.address}/30 dev ${device}`],
      gatewayRoles[cloud],
    );
  }
  await configureEnds(tunnel, plan);
}

async function configureEnds({ azure, aws }: LabTunnel, plan: TunnelPlan): Promise<void> {
  await Promise.all([azure.configure(plan.azure), aws.configure(plan.aws)]);
}

/** Gives the BGP speakers another plan; sessions that are in both stay up. */
export async function reconfigureSpeakers(lab: Lab, plan: LabPlan): Promise<void> {
  for (const [side, speaker] of Object.entries(planSpeakers(plan))) {
    await lab.speakers[side as Side]?.configure(speaker);
  }
}
