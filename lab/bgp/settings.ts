import { type Side, tunnelDevice } from "../network/plan";
import type { LabPlan } from "../plan/labPlan";
import type { BgpRouting, TunnelEnd } from "../plan/tunnels";

/** One gateway's BGP speaker: BIRD. */
export interface BgpSpeaker {
  /** The networks that it announces. */
  readonly networks: readonly string[];
  /** Whether it passes on to others what it learns. */
  readonly passesOn: boolean;
  readonly sessions: readonly Session[];
}

type Session = BgpRouting & { readonly name: string; readonly device: string };

/** The speakers of gateways with BGP. */
export function planSpeakers(plan: LabPlan): Readonly<Partial<Record<Side, BgpSpeaker>>> {
  const { site } = plan;
  const own = (cloud: "azure" | "aws") => plan.tunnels.flatMap((tunnel) => sessionOf(tunnel, tunnel[cloud]));
  const others = (side: "azure" | "site") =>
    (site?.tunnels ?? []).flatMap((tunnel) => sessionOf(tunnel, tunnel[side]));
  const speakers: Record<Side, BgpSpeaker> = {
    // The others' first: BIRD takes its own identifier from the first session, and a new one would restart them all.
    // Azure passes on between its connections. @see https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-bgp-overview
    azure: {
      networks: plan.azure.networks,
      passesOn: true,
      sessions: [...others("azure"), ...own("azure")],
    },
    aws: { networks: [plan.aws.network], passesOn: false, sessions: own("aws") },
    site: { networks: site?.networks ?? [], passesOn: false, sessions: others("site") },
  };
  return Object.fromEntries(Object.entries(speakers).filter(([, { sessions }]) => sessions.length > 0));
}

function sessionOf(
  { name, number }: { readonly name: string; readonly number: number },
  { routing }: TunnelEnd,
): Session[] {
  return routing.kind === "bgp" ? [{ ...routing, name, device: tunnelDevice(number) }] : [];
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
${speaker.sessions.map((one) => session(one, speaker.passesOn)).join("")}`;
}

function session(one: Session, passesOn: boolean): string {
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
  ipv4 { import all; export where source ~ [ RTS_STATIC${passesOn ? ", RTS_BGP" : ""} ]; next hop self; };
}
`;
}
