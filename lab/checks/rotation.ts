import type { Recording } from "../../rehearsal/model/recording";
import { initiate, type Lab, type LabTunnel, waitForTunnels } from "../lab";
import { LabError } from "../machine/processes";
import { planLab } from "../plan/labPlan";
import { speedUp } from "../plan/timers";
import type { TunnelPlan } from "../plan/tunnels";
import { generateKey, withRotatedKey } from "../recording/keyRotation";
import type { Session } from "../session";
import { Traffic } from "../traffic/traffic";
import { check, type Check } from "./check";
import { loggedError } from "./negotiation";

/** How long an end may take to be accepted or refused: at once, or a few lost packets later. */
const negotiationMs = 10_000;
/** How long the change from one tunnel to another may take: both gateways are notified of a tunnel's end at once. */
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
    const { name } = tunnel.plan;
    const next = nextPlan(session, tunnel.plan, await rotated(name));
    const report = await Traffic.during(lab, 25, () => rotate(lab, tunnel, next));
    const { lost, attempts, longestGapSeconds } = report;
    checks.push(
      check(`${name} gets its new key under traffic`, {
        holds: attempts > 0 && longestGapSeconds <= convergenceSeconds,
        at: name,
        found: `${lost} of ${attempts} attempts lost, longest gap ${longestGapSeconds.toFixed(2)} s`,
      }),
      await checkOldKey(lab, tunnel, next),
    );
    tunnel.plan = next;
  }
  return checks;
}

function nextPlan(session: Session, { name, aws }: TunnelPlan, rotated: Recording): TunnelPlan {
  const recording = withRotatedKey(session.recording, rotated, generateKey(aws.key.length));
  const plan = speedUp(planLab(recording), session.speed);
  const oldKeys = new Map(session.lab.plan.tunnels.map((old) => [old.name, old.aws.key]));
  const changed = plan.tunnels.filter((one) => one.aws.key !== oldKeys.get(one.name));
  const [next] = changed;
  if (changed.length !== 1 || next?.name !== name) {
    const names = changed.map((one) => one.name).join(", ") || "no tunnel";
    throw new LabError(`a new generation of ${name}'s key changed the key of ${names}`);
  }
  return next;
}

/** AWS updates its tunnel in place, which ends it; then Azure's connection is deleted and created again. */
async function rotate(lab: Lab, tunnel: LabTunnel, next: TunnelPlan): Promise<void> {
  await tunnel.aws.terminate();
  await tunnel.aws.configure(next.aws);
  await tunnel.azure.terminate();
  await tunnel.azure.unload();
  await tunnel.azure.configure(next.azure);
  await initiate(tunnel);
  await waitForTunnels(lab, 30_000);
}

/** An end that still has the old key is refused; with the new one it is accepted. */
async function checkOldKey(lab: Lab, tunnel: LabTunnel, next: TunnelPlan): Promise<Check> {
  const { aws, plan } = tunnel;
  await aws.terminate();
  await aws.configure(plan.aws);
  const position = aws.logLength();
  const accepted = await aws.negotiate(negotiationMs);
  const error = accepted ? undefined : await loggedError(() => aws.logSince(position));
  await aws.terminate();
  await aws.configure(next.aws);
  await initiate(tunnel);
  await waitForTunnels(lab, 30_000);
  return check(`${plan.name} refuses its old key`, {
    holds: !accepted && error === "AUTHENTICATION_FAILED",
    at: `Azure's end of ${plan.name}`,
    found: accepted ? "the old key was ACCEPTED" : `${error ?? "no error"}; up again with the new key`,
  });
}
