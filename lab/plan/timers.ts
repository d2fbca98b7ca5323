import type { LabPlan } from "./labPlan";

/**
 * Minutes of waiting for a dead peer prove no more than seconds do: the lab divides every timer that detects a failure
 * by `speed`, and says so. Lifetimes of keys stay as registered; renewals are forced instead.
 */
export function speedUp(plan: LabPlan, speed: number): LabPlan {
  const end = (one: LabPlan["tunnels"][number]["azure"]) => ({
    ...one,
    deadPeer: {
      ...one.deadPeer,
      idleSeconds: one.deadPeer.idleSeconds / speed,
      timeoutSeconds: one.deadPeer.timeoutSeconds / speed,
    },
    routing:
      one.routing.kind === "static"
        ? one.routing
        : {
            ...one.routing,
            keepaliveSeconds: one.routing.keepaliveSeconds / speed,
            holdSeconds: one.routing.holdSeconds / speed,
          },
  });
  return {
    ...plan,
    tunnels: plan.tunnels.map((tunnel) => ({ ...tunnel, azure: end(tunnel.azure), aws: end(tunnel.aws) })),
  };
}
