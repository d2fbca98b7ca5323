import { BgpDaemon } from "./bgp/daemon";
import { planSpeaker } from "./bgp/settings";
import { buildNetwork } from "./network/build";
import { IkeDaemon } from "./ike/daemon";
import type { Ground } from "./machine/namespaces";
import { planNetwork, roles, tunnelDevice } from "./network/plan";
import { filterCommands } from "./plan/packetFilters";
import type { LabPlan } from "./plan/labPlan";
import type { GatewayEnd, TunnelPlan } from "./plan/tunnels";
import { until } from "./machine/processes";

/** A lab that stands: every end of every tunnel, and the gateways between them. */
export interface Lab {
  readonly plan: LabPlan;
  readonly ground: Ground;
  readonly tunnels: readonly LabTunnel[];
  readonly speakers: { readonly azure: BgpDaemon; readonly aws: BgpDaemon } | undefined;
}

/** The plan changes with a new key, a daemon where an end is replaced. */
export interface LabTunnel {
  plan: TunnelPlan;
  azure: IkeDaemon;
  aws: IkeDaemon;
}

/** Namespaces and daemons; nobody has dialled yet. */
export async function buildLab(plan: LabPlan, ground: Ground): Promise<Lab> {
  await buildNetwork(ground, planNetwork(plan));
  await Promise.all(
    [
      { role: roles.client, filter: plan.azure.filter },
      { role: roles.endpoint, filter: plan.aws.filter },
    ].map(({ role, filter }) => ground.runOk(role, ["nft", "-f", "-"], { input: filterCommands(filter) })),
  );
  const tunnels = await Promise.all(plan.tunnels.map((tunnel) => startTunnel(ground, tunnel)));
  return { plan, ground, tunnels, speakers: await startSpeakers(plan, ground) };
}

/** Every end learns its peer; those that dial, dial. */
export async function connectTunnels(lab: Lab): Promise<void> {
  await Promise.all(
    lab.tunnels.flatMap(({ plan, azure, aws }) => [azure.configure(plan.azure), aws.configure(plan.aws)]),
  );
  await Promise.all(lab.tunnels.map((tunnel) => dial(tunnel)));
}

/** The ends that dial by themselves do so. */
export async function dial({ plan, azure, aws }: LabTunnel): Promise<void> {
  if (plan.aws.dials) await aws.dial();
  if (plan.azure.dials) await azure.dial();
}

/** Ends a tunnel from both sides. Who would dial again hangs up first: the other's farewell would make it dial. */
export async function hangUp({ plan, azure, aws }: LabTunnel): Promise<void> {
  for (const end of plan.azure.deadPeer.redials ? [azure, aws] : [aws, azure]) await end.hangUp();
}

/** Waits until every tunnel carries traffic and, with BGP, both sides have learned the other's networks. */
export async function waitForTunnels(lab: Lab, timeoutMs = 20_000): Promise<void> {
  await Promise.all(
    lab.tunnels.map((tunnel) =>
      until(`${tunnel.plan.name} is up`, async () => (await isUp(tunnel)) || undefined, {
        timeoutMs,
        everyMs: 50,
      }),
    ),
  );
  const { speakers } = lab;
  if (speakers === undefined) return;
  for (const speaker of [speakers.azure, speakers.aws]) {
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

export async function isUp(tunnel: LabTunnel): Promise<boolean> {
  const children = await Promise.all([tunnel.azure.child(), tunnel.aws.child()]);
  return children.every((child) => child !== undefined);
}

async function startTunnel(ground: Ground, plan: TunnelPlan): Promise<LabTunnel> {
  const [azure, aws] = await Promise.all([startEnd(ground, plan, "azure"), startEnd(ground, plan, "aws")]);
  return { plan, azure, aws };
}

function startEnd(ground: Ground, plan: TunnelPlan, cloud: "azure" | "aws"): Promise<IkeDaemon> {
  const end = plan[cloud];
  const place =
    cloud === "azure"
      ? { ikeRole: roles.azureIke(plan.number), gatewayRole: roles.azure }
      : { ikeRole: roles.awsIke(plan.number), gatewayRole: roles.vpc };
  return IkeDaemon.start(
    ground,
    { ...place, device: tunnelDevice(plan.number), ...devicePlan(plan.number, end) },
    end,
  );
}

/** One end is gone at once, without a farewell. */
export async function killEnd(tunnel: LabTunnel, cloud: "azure" | "aws"): Promise<void> {
  await tunnel[cloud].process.kill();
}

/** A new daemon in a lost end's place, which knows its peer and has not dialled. */
export async function replaceEnd(lab: Lab, tunnel: LabTunnel, cloud: "azure" | "aws"): Promise<void> {
  const role = tunnel[cloud].place.ikeRole;
  const nft = (...commands: string[]) =>
    lab.ground.runOk(role, ["nft", "-f", "-"], { input: `${commands.join("\n")}\n` });
  // A daemon that does not know its peer yet refuses it, and whoever is refused does not dial again.
  await nft(
    "add table inet lab_deaf",
    "add chain inet lab_deaf input { type filter hook input priority 0; }",
    "add rule inet lab_deaf input udp dport { 500, 4500 } drop",
  );
  const daemon = await startEnd(lab.ground, tunnel.plan, cloud);
  await daemon.configure(tunnel.plan[cloud]);
  tunnel[cloud] = daemon;
  await nft("delete table inet lab_deaf");
}

/** A device's address inside the tunnel, or the static routes that appear with it. */
function devicePlan(
  number: number,
  end: GatewayEnd,
): { readonly addresses: string[]; readonly onUp: string[] } {
  if (end.routing.kind === "bgp") return { addresses: [`${end.routing.address}/30`], onUp: [] };
  // guess: of several static tunnels either cloud prefers the first; neither documents which.
  const metric = 10 * number;
  const device = tunnelDevice(number);
  return {
    addresses: [],
    onUp: end.routing.networks.map((network) => `route replace ${network} dev ${device} metric ${metric}`),
  };
}

async function startSpeakers(plan: LabPlan, ground: Ground): Promise<Lab["speakers"]> {
  const azure = planSpeaker(plan, "azure");
  const aws = planSpeaker(plan, "aws");
  if (azure === undefined || aws === undefined) return undefined;
  const [one, other] = await Promise.all([
    BgpDaemon.start(ground, roles.azure, azure),
    BgpDaemon.start(ground, roles.vpc, aws),
  ]);
  return { azure: one, aws: other };
}
