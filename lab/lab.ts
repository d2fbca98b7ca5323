import { BgpDaemon } from "./bgp/daemon";
import { planSpeakers } from "./bgp/settings";
import { IkeDaemon } from "./ike/daemon";
import type { Namespaces } from "./machine/namespaces";
import { until } from "./machine/processes";
import { buildNetwork } from "./network/build";
import { gatewayRoles, ikeRole, planNetwork, roles, tunnelDevice } from "./network/plan";
import type { LabPlan } from "./plan/labPlan";
import { filterCommands } from "./plan/packetFilters";
import type { Cloud, TunnelPlan } from "./plan/tunnels";

/** A running lab: every end of every tunnel, and the gateways between them. */
export interface Lab {
  readonly plan: LabPlan;
  readonly namespaces: Namespaces;
  readonly tunnels: readonly LabTunnel[];
  readonly speakers: Readonly<Record<Cloud, BgpDaemon>> | undefined;
}

/** The plan changes with a new key, a daemon where an end is replaced. */
export interface LabTunnel extends Record<Cloud, IkeDaemon> {
  plan: TunnelPlan;
}

/** Creates namespaces and daemons; no end has initiated yet. */
export async function buildLab(plan: LabPlan, namespaces: Namespaces): Promise<Lab> {
  await buildNetwork(namespaces, planNetwork(plan));
  await namespaces.nft(roles.client, filterCommands(plan.azure.filter));
  await namespaces.nft(roles.endpoint, filterCommands(plan.aws.filter));
  const tunnels = await Promise.all(
    plan.tunnels.map(async (tunnel): Promise<LabTunnel> => {
      const ends = [startEnd(namespaces, tunnel, "azure"), startEnd(namespaces, tunnel, "aws")] as const;
      const [azure, aws] = await Promise.all(ends);
      return { plan: tunnel, azure, aws };
    }),
  );
  const speakers = planSpeakers(plan);
  return {
    plan,
    namespaces,
    tunnels,
    speakers: speakers && {
      azure: BgpDaemon.start(namespaces, gatewayRoles.azure, speakers.azure),
      aws: BgpDaemon.start(namespaces, gatewayRoles.aws, speakers.aws),
    },
  };
}

/** Configures every end; the ends that initiate do so. */
export async function connectTunnels(lab: Lab): Promise<void> {
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
      until(`${tunnel.plan.name} is up`, () => isUp(tunnel), { timeoutMs, everyMs: 50 }),
    ),
  );
  for (const speaker of Object.values(lab.speakers ?? {})) {
    await until(
      "every BGP session has learned the other side's networks",
      async () => {
        const sessions = await speaker.sessions();
        return (
          sessions.length === lab.tunnels.length &&
          sessions.every((session) => session.state === "Established" && session.learned.length > 0)
        );
      },
      { timeoutMs, everyMs: 100 },
    );
  }
}

async function isUp(tunnel: LabTunnel): Promise<boolean> {
  const children = await Promise.all([tunnel.azure.child(), tunnel.aws.child()]);
  return children.every((child) => child !== undefined);
}

function startEnd(namespaces: Namespaces, { number, ...ends }: TunnelPlan, cloud: Cloud): Promise<IkeDaemon> {
  const end = ends[cloud];
  const { routing } = end;
  const device = tunnelDevice(number);
  // guess: of several static tunnels either cloud prefers the first; neither documents which.
  const metric = 10 * number;
  const placement = {
    ikeRole: ikeRole(cloud, number),
    gatewayRole: gatewayRoles[cloud],
    device,
    addresses: routing.kind === "bgp" ? [`${routing.address}/30`] : [],
    onUp:
      routing.kind === "bgp"
        ? []
        : routing.networks.map((network) => `route replace ${network} dev ${device} metric ${metric}`),
  };
  return IkeDaemon.start(namespaces, placement, end);
}

/** Configures a new daemon in a lost end's place, without initiating. */
export async function replaceEnd(lab: Lab, tunnel: LabTunnel, cloud: Cloud): Promise<void> {
  const role = tunnel[cloud].placement.ikeRole;
  const table = "inet lab_unconfigured";
  // A daemon without its peer's settings refuses the peer, and a refused peer does not initiate again.
  await lab.namespaces.nft(role, [
    `add table ${table}`,
    `add chain ${table} input { type filter hook input priority 0; }`,
    `add rule ${table} input udp dport { 500, 4500 } drop`,
  ]);
  const daemon = await startEnd(lab.namespaces, tunnel.plan, cloud);
  await daemon.configure(tunnel.plan[cloud]);
  tunnel[cloud] = daemon;
  await lab.namespaces.nft(role, [`delete table ${table}`]);
}

/** Ends a tunnel and gives both its ends another plan, as an update of both clouds would. Neither end initiates. */
export async function reconfigure(lab: Lab, tunnel: LabTunnel, plan: TunnelPlan): Promise<void> {
  await terminate(tunnel);
  await Promise.all([tunnel.azure.unload(), tunnel.aws.unload()]);
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

/** Gives both BGP speakers another plan. */
export async function reconfigureSpeakers(lab: Lab, plan: LabPlan): Promise<void> {
  const speakers = planSpeakers(plan);
  if (lab.speakers === undefined || speakers === undefined) return;
  await lab.speakers.azure.configure(speakers.azure);
  await lab.speakers.aws.configure(speakers.aws);
}
