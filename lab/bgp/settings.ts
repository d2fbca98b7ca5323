import { type Side, tunnelDevice } from "../network/plan";
import type { LabPlan } from "../plan/labPlan";
import type { BgpRouting, Cloud, TunnelEnd } from "../plan/tunnels";

/** One gateway's BGP speaker: BIRD. */
export interface BgpSpeaker {
  /** The networks that it announces. */
  readonly networks: readonly string[];
  readonly sessions: readonly Session[];
}

type Session = BgpRouting & { readonly name: string; readonly device: string };

/** The speakers of gateways with BGP. */
export function planSpeakers(plan: LabPlan): Readonly<Partial<Record<Side, BgpSpeaker>>> {
  const { site } = plan;
  const own = (cloud: Cloud) => plan.tunnels.flatMap((tunnel) => sessionOf(tunnel, tunnel[cloud]));
  const others = (end: "gateway" | "site") =>
    (site?.tunnels ?? []).flatMap((tunnel) => sessionOf(tunnel, tunnel[end]));
  // The others' first: BIRD takes its own identifier from the first session, and a new one would restart them all.
  const sessions = (cloud: Cloud) => [...(site?.cloud === cloud ? others("gateway") : []), ...own(cloud)];
  const speakers: Record<Side, BgpSpeaker> = {
    azure: { networks: plan.azure.networks, sessions: sessions("azure") },
    aws: { networks: plan.aws.networks, sessions: sessions("aws") },
    site: { networks: site?.networks ?? [], sessions: others("site") },
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
${speaker.sessions.map((one) => session(one, speaker)).join("")}`;
}

/**
 * A site has one address for both its sessions with Azure. BIRD looks up a next hop by address alone, and would send what
 * either brings into the first one's tunnel: such a session's routes name its device.
 */
function imports(one: Session, { sessions }: BgpSpeaker): string {
  const isAlone = sessions.every((other) => other === one || other.peerAddress !== one.peerAddress);
  return isAlone ? "import all;" : `import filter { ifname = "${one.device}"; accept; };`;
}

/**
 * Both clouds' gateways pass on between their connections what they learn.
 * @see https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-bgp-overview
 * @see https://docs.aws.amazon.com/vpn/latest/s2svpn/VPN_CloudHub.html
 */
function session(one: Session, speaker: BgpSpeaker): string {
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
  ipv4 { ${imports(one, speaker)} export where source ~ [ RTS_STATIC, RTS_BGP ]; next hop self; };
}
`;
}
