import type { Recording } from "../../rehearsal/model/recording";
import type { IkeDaemon } from "../ike/daemon";
import { dial, type Lab, type LabTunnel, waitForTunnels } from "../lab";
import { drawKey, withRotatedKey } from "../recording/keyRotation";
import { planLab } from "../plan/labPlan";
import type { TunnelPlan } from "../plan/tunnels";
import { LabError } from "../machine/processes";
import type { Session } from "../session";
import { speedUp } from "../plan/timers";
import { Traffic } from "../traffic/traffic";
import type { Check } from "./check";

/** What one tunnel's change-over to another may cost: both gateways hear of a tunnel's end at once. */
const convergenceSeconds = 1;

/**
 * Gives one tunnel after the other the key of another recording, under traffic. `rotated` is the same stack with that
 * tunnel's key of the next generation.
 */
export async function checkRotation(
  session: Session,
  rotated: (tunnelName: string) => Promise<Recording>,
): Promise<Check[]> {
  const { lab } = session;
  const checks: Check[] = [];
  for (const tunnel of lab.tunnels) {
    const next = nextPlan(session, tunnel, await rotated(tunnel.plan.name));
    const traffic = await Traffic.start(lab);
    const began = Date.now();
    await rotate(lab, tunnel, next);
    const { lost, attempts, longestGapSeconds } = await traffic.report(began);
    await traffic.stop();
    checks.push({
      name: `${tunnel.plan.name} takes its new key under traffic`,
      holds: attempts > 0 && longestGapSeconds <= convergenceSeconds,
      found: `${lost} of ${attempts} attempts lost, longest gap ${longestGapSeconds.toFixed(2)} s`,
    });
    checks.push(await checkOldKey(lab, tunnel, next));
    tunnel.plan = next;
  }
  return checks;
}

function nextPlan(session: Session, tunnel: LabTunnel, rotated: Recording): TunnelPlan {
  const newKey = drawKey(tunnel.plan.aws.key.length);
  const plan = speedUp(planLab(withRotatedKey(session.recording, rotated, newKey)), session.speed);
  const changed = plan.tunnels.filter(
    (one) => one.aws.key !== session.lab.plan.tunnels.find((old) => old.name === one.name)?.aws.key,
  );
  const [next] = changed;
  if (changed.length !== 1 || next?.name !== tunnel.plan.name) {
    const names = changed.map((one) => one.name).join(", ") || "no tunnel";
    throw new LabError(`a new generation of ${tunnel.plan.name}'s key changed the key of ${names}`);
  }
  return next;
}

/** AWS's tunnel is updated in place, which ends it; then Azure's connection is deleted and made anew. */
async function rotate(lab: Lab, tunnel: LabTunnel, next: TunnelPlan): Promise<void> {
  await tunnel.aws.hangUp();
  await tunnel.aws.configure(next.aws);
  await tunnel.azure.hangUp();
  await tunnel.azure.forget();
  await tunnel.azure.configure(next.azure);
  await dial(tunnel);
  await waitForTunnels(lab, 30_000);
}

/** An end that still has the old key gets nowhere; with the new one it does. */
async function checkOldKey(lab: Lab, tunnel: LabTunnel, next: TunnelPlan): Promise<Check> {
  await tunnel.aws.hangUp();
  await tunnel.aws.configure(tunnel.plan.aws);
  const refused = await refusal(tunnel.aws);
  await tunnel.aws.hangUp();
  await tunnel.aws.configure(next.aws);
  await dial(tunnel);
  await waitForTunnels(lab, 30_000);
  return {
    name: `${tunnel.plan.name} refuses its old key`,
    holds: refused,
    found: refused ? "AUTHENTICATION_FAILED; up again with the new key" : "the old key was ACCEPTED",
  };
}

async function refusal(end: IkeDaemon): Promise<boolean> {
  const mark = end.mark();
  const dialled = await end.dialAndWait(4000).then(
    () => true,
    () => false,
  );
  return !dialled && end.said(mark).some((line) => line.includes("AUTHENTICATION_FAILED"));
}
