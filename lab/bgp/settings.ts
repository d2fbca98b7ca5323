import { awsLanDevice, azureLanDevice, tunnelDevice } from "../network/plan";
import type { LabPlan } from "../plan/labPlan";
import type { BgpRouting } from "../plan/tunnels";

/** One gateway's BGP speaker: BIRD. */
export interface BgpSpeaker {
  /** The networks that it announces. */
  readonly networks: readonly string[];
  readonly lanDevices: readonly string[];
  readonly sessions: readonly (BgpRouting & { readonly name: string; readonly device: string })[];
}

/** The speaker of one cloud; undefined where no tunnel speaks BGP. */
export function planSpeaker(plan: LabPlan, cloud: "azure" | "aws"): BgpSpeaker | undefined {
  const sessions = plan.tunnels.flatMap((tunnel) => {
    const { routing } = tunnel[cloud];
    return routing.kind === "bgp"
      ? [{ ...routing, name: tunnel.name, device: tunnelDevice(tunnel.number) }]
      : [];
  });
  if (sessions.length === 0) return undefined;
  return {
    networks: cloud === "azure" ? plan.azure.networks : [plan.aws.network],
    lanDevices:
      cloud === "azure" ? [azureLanDevice] : plan.aws.subnets.map((_, index) => awsLanDevice(index)),
    sessions,
  };
}

/** RFC 4271 lets no hold time be shorter but zero, and BIRD none at all. */
const leastHoldSeconds = 3;

/** @see https://bird.network.cz/?get_doc&v=20&f=bird-6.html#ss6.3 */
export function birdSettings(speaker: BgpSpeaker): string {
  const [first] = speaker.sessions;
  return `
log stderr all;
router id ${first?.address ?? "0.0.0.1"};
protocol device { scan time 1; }
# Announced whether or not anything in them lives: both clouds announce their address spaces.
protocol static {
  ipv4;
${speaker.networks.map((network) => `  route ${network} blackhole;`).join("\n")}
}
# What was learned becomes the gateway's routes; its own networks it knows by its devices.
protocol kernel {
  ipv4 { import none; export where source = RTS_BGP; };
}
${speaker.sessions.map(session).join("")}`;
}

function session(one: BgpSpeaker["sessions"][number]): string {
  const hold = Math.max(leastHoldSeconds, Math.round(one.holdSeconds));
  const keepalive = Math.max(1, Math.round(one.keepaliveSeconds));
  return `
protocol bgp ${one.name} {
  local ${one.address} as ${one.asn};
  neighbor ${one.peerAddress} as ${one.peerAsn};
  interface "${one.device}";
  direct;
  hold time ${hold};
  keepalive time ${keepalive};
  connect delay time 1;
  connect retry time 1;
  error wait time 1, 2;
  ipv4 { import all; export where source = RTS_STATIC; next hop self; };
}
`;
}
