import type { Tunnel } from "../tunnels/tunnels";

/** Somebody who sees a failure, and when at the latest. */
export interface Notice {
  readonly who: "AWS" | "Azure";
  readonly how: string;
  /** Undefined where it never does. */
  readonly seconds: number | undefined;
  readonly source: string;
}

const awsTunnelOptions = "https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html";
const azurePolicies = "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-compliance-crypto";
const azureBgp = "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-vpn-faq#bgp";
const awsReplacement = "https://docs.aws.amazon.com/vpn/latest/s2svpn/endpoint-replacements.html";

/** The clouds' own defaults where a stack sets none. */
const defaultDpdSeconds = { aws: 30, azure: 45 };

/** Azure's is fixed; the lower of both ends' applies (RFC 4271), and AWS documents none for a virtual private gateway. */
export const bgpHoldSeconds = 180;

/** The standby of a gateway with one active instance. */
export const standbyTakesOver = {
  planned: { from: 10, to: 15 },
  unplanned: { from: 60, to: 180 },
  source:
    "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-highlyavailable : figures of earlier editions; today's says only that planned maintenance is quicker",
} as const;

/** Something that the model of failures takes for granted. */
export interface FaultRule {
  readonly rule: string;
  readonly source: string;
}

export const faultRules: readonly FaultRule[] = [
  {
    rule: "A virtual private gateway answers through one tunnel of its own choice, never through several at once, and changes over when that one goes down.",
    source: "https://repost.aws/knowledge-center/vpn-configure-tunnel-preference",
  },
  {
    rule: "AWS maintains one endpoint of a VPN connection at a time; its address stays, and the tunnel is down until an end initiates it again.",
    source: awsReplacement,
  },
  {
    rule: `Azure's BGP timers are fixed at 60 and ${bgpHoldSeconds} s; the lower hold time of both ends applies, and AWS documents none for this gateway.`,
    source: azureBgp,
  },
  {
    rule: "Dead peer detection probes IKE: a tunnel that drops packets while IKE is up is detected by BGP alone.",
    source: "measured on a real IPsec link: the lab of this project",
  },
  {
    rule: "A gateway with one active instance has a standby: 10 to 15 s when planned, 1 to 3 minutes otherwise.",
    source: standbyTakesOver.source,
  },
  {
    rule: "The two endpoints of a VPN connection are in two availability zones, which AWS does not name.",
    source: "guess: of AWS's drawings of a redundant connection",
  },
];

/** The peer is gone: each end finds out by itself. */
export function whenDead(tunnel: Tunnel): readonly Notice[] {
  return [awsDeadPeer(tunnel), azureDeadPeer(tunnel)];
}

/** IKE lives and nothing passes: dead peer detection is satisfied, and static routes know nothing else. */
export function whenSilent(tunnel: Tunnel): readonly Notice[] {
  if (tunnel.routing === "static")
    return (["AWS", "Azure"] as const).map((who) => ({
      who,
      how: "nothing: dead peer detection probes IKE, which responds, and static routes have no probe",
      seconds: undefined,
      source: "measured in the lab of this project",
    }));
  return (["AWS", "Azure"] as const).map((who) => ({
    who,
    how: "BGP hold timer",
    seconds: bgpHoldSeconds,
    source: azureBgp,
  }));
}

/** AWS takes the endpoint away itself, so only Azure has to find out. */
export function whenReplaced(tunnel: Tunnel): readonly Notice[] {
  return [
    { who: "AWS", how: "replaces the endpoint itself", seconds: 0, source: awsReplacement },
    azureDeadPeer(tunnel),
  ];
}

function awsDeadPeer({ aws }: Tunnel): Notice {
  return {
    who: "AWS",
    how: "dead peer detection",
    seconds: aws?.tunnel.dpdTimeoutSeconds ?? defaultDpdSeconds.aws,
    source: awsTunnelOptions,
  };
}

function azureDeadPeer({ azure }: Tunnel): Notice {
  return {
    who: "Azure",
    how: "dead peer detection",
    seconds: azure?.connection.dpdTimeoutSeconds ?? defaultDpdSeconds.azure,
    source: azurePolicies,
  };
}

/** Each thing once: several tunnels have the same timers. */
export function distinctNotices(notices: readonly Notice[]): readonly Notice[] {
  return [...new Map(notices.map((notice) => [JSON.stringify(notice), notice])).values()];
}
