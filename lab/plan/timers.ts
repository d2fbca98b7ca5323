import type { LabPlan } from "./labPlan";
import type { TunnelEnd } from "./tunnels";

/**
 * Minutes of waiting for a dead peer prove no more than seconds do: the lab divides every timer that detects a failure
 * by `speed`, and reports it. Lifetimes of keys stay as registered; the lab forces rekeying instead.
 */
export function speedUp(plan: LabPlan, speed: number): LabPlan {
  const tunnels = plan.tunnels.map((tunnel) => ({
    ...tunnel,
    azure: speedUpEnd(tunnel.azure, speed),
    aws: speedUpEnd(tunnel.aws, speed),
  }));
  const site = plan.site && {
    ...plan.site,
    tunnels: plan.site.tunnels.map((tunnel) => ({
      ...tunnel,
      gateway: speedUpEnd(tunnel.gateway, speed),
      site: speedUpEnd(tunnel.site, speed),
    })),
  };
  return { ...plan, tunnels, site };
}

function speedUpEnd(end: TunnelEnd, speed: number): TunnelEnd {
  const { dpd, routing } = end;
  return {
    ...end,
    dpd: {
      ...dpd,
      delaySeconds: dpd.delaySeconds / speed,
      timeoutSeconds: dpd.timeoutSeconds / speed,
    },
    routing:
      routing.kind === "static"
        ? routing
        : {
            ...routing,
            keepaliveSeconds: routing.keepaliveSeconds / speed,
            holdSeconds: routing.holdSeconds / speed,
          },
  };
}
