import { planSpeaker } from "./bgp/settings";
import { hangUp, type Lab, type LabTunnel } from "./lab";
import { roles, tunnelDevice } from "./network/plan";
import type { LabPlan } from "./plan/labPlan";
import type { TunnelPlan } from "./plan/tunnels";

/** Hangs up a tunnel and tells both its ends what another plan says, as if the clouds had been told. Nobody dials. */
export async function retell(lab: Lab, tunnel: LabTunnel, plan: TunnelPlan): Promise<void> {
  await hangUp(tunnel);
  await Promise.all([tunnel.azure.forget(), tunnel.aws.forget()]);
  for (const [role, end] of [
    [roles.azure, plan.azure],
    [roles.vpc, plan.aws],
  ] as const) {
    if (end.routing.kind !== "bgp") continue;
    const device = tunnelDevice(plan.number);
    await lab.ground.ip(
      [`addr flush dev ${device} scope global`, `addr add ${end.routing.address}/30 dev ${device}`],
      role,
    );
  }
  await Promise.all([tunnel.azure.configure(plan.azure), tunnel.aws.configure(plan.aws)]);
}

/** Tells both BGP speakers what another plan says. */
export async function retellSpeakers(lab: Lab, plan: LabPlan): Promise<void> {
  const azure = planSpeaker(plan, "azure");
  const aws = planSpeaker(plan, "aws");
  if (lab.speakers === undefined || azure === undefined || aws === undefined) return;
  await Promise.all([lab.speakers.azure.configure(azure), lab.speakers.aws.configure(aws)]);
}
