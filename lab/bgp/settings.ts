import { tunnelDevice } from "../network/plan";
import type { LabPlan } from "../plan/labPlan";
import type { BgpRouting, Cloud } from "../plan/tunnels";

/** One gateway's BGP speaker: BIRD. */
export interface BgpSpeaker {
  /** The networks that it announces. */
  readonly networks: readonly string[];
  readonly sessions: readonly (BgpRouting & { readonly name: string; readonly device: string })[];
}

/** The speakers of both gateways; undefined where no tunnel has BGP. */
export function planSpeakers(plan: LabPlan): Readonly<Record<Cloud, BgpSpeaker>> | undefined {
  const sessions = (cloud: Cloud) =>
    plan.tunnels.flatMap(({ name, number, [cloud]: { routing } }) =>
      routing.kind === "bgp" ? [{ ...routing, name, device: tunnelDevice(number) }] : [],
    );
  const azure = sessions("azure");
  const aws = sessions("aws");
  if (azure.length === 0 || aws.length === 0) return undefined;
  return {
    azure: { networks: plan.azure.networks, sessions: azure },
    aws: { networks: [plan.aws.network], sessions: aws },
  };
}

/** RFC 4271 allows a hold time of zero or of at least three seconds; BIRD needs one. */
const leastHoldSeconds = 3;

/** @see https://bird.network.cz/?get_doc&v=20&f=bird-6.html#ss6.3 */
export function birdSettings(speaker: BgpSpeaker): string {
  const [first] = speaker.sessions;
  return `
log stderr all;
router id ${first?.address ?? "0.0.0.1"};
protocol device { scan time 1; }
# Announced whether or not there are hosts in them: both clouds announce their address spaces.
protocol static {
  ipv4;
${speaker.networks.map((network) => `  route ${network} blackhole;`).join("\n")}
}
# Learned routes become the gateway's; its own networks are connected to its devices.
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
