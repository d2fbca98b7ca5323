import { contains, isCidr, networkOf, overlap, prefixLength } from "../network/cidr";
import type { Breach, Rule } from "./rule";

interface ReservedRange {
  readonly cidr: string;
  readonly for: string;
}

/**
 * Addresses that no VNet or VPC may hold.
 * @see https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq#what-address-ranges-can-i-use-in-my-virtual-networks
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const reservedRanges: readonly ReservedRange[] = [
  { cidr: "0.0.0.0/8", for: "this network itself" },
  { cidr: "127.0.0.0/8", for: "loopback" },
  { cidr: "169.254.0.0/16", for: "link-local addresses, the tunnels' insides among them" },
  { cidr: "168.63.129.16/32", for: "Azure's own DNS and health probes" },
  { cidr: "224.0.0.0/4", for: "multicast" },
  { cidr: "240.0.0.0/4", for: "future use" },
];

/**
 * Addresses that nobody has on the internet. Both clouds take others too, and then send there what is meant for their owners.
 * @see https://www.rfc-editor.org/rfc/rfc1918 and https://www.rfc-editor.org/rfc/rfc6598
 */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

/** Inside addresses that AWS keeps. @see https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html */
const awsInsideReserved = [
  ...[0, 1, 2, 3, 4, 5].map((third) => `169.254.${third}.0/30`),
  "169.254.169.252/30",
];

/** A network's address with its prefix length, and no host bits. */
export const cidrRule: Rule<string> = (text) => {
  if (!isCidr(text)) {
    return [{ rule: "it is not an IPv4 network", fix: "write address and prefix length, as 10.0.1.0/24" }];
  }
  if (networkOf(text) === text) return [];
  return [{ rule: "its host bits are set", fix: `use ${networkOf(text)}` }];
};

/** A whole network of a cloud: a CIDR, within the cloud's sizes, off the reserved ranges. */
export function networkRule(limits: {
  readonly kind: string;
  readonly largest: number;
  readonly smallest: number;
}): Rule<string> {
  return (text) => {
    const malformed = cidrRule(text);
    if (malformed.length > 0) return malformed;
    const wrongSize = sizeBreach(text, limits);
    return wrongSize.length > 0 ? wrongSize : reservedBreach(text);
  };
}

function sizeBreach(
  cidr: string,
  limits: { readonly kind: string; readonly largest: number; readonly smallest: number },
): Breach[] {
  const { kind, largest, smallest } = limits;
  const prefix = prefixLength(cidr);
  if (prefix >= largest && prefix <= smallest) return [];
  return [
    {
      rule: `${kind} is between /${largest} and /${smallest}`,
      fix: `use ${resized(cidr, prefix < largest ? largest : smallest)}`,
    },
  ];
}

function reservedBreach(cidr: string): Breach[] {
  if (privateRanges.some((network) => contains({ network, part: cidr }))) return [];
  const taken = reservedRanges.find((range) => overlap(range.cidr, cidr));
  const rule =
    taken === undefined
      ? "it holds public addresses, and what is meant for their owners on the internet would go there"
      : `${taken.cidr} is reserved for ${taken.for}`;
  return [{ rule, fix: "use private addresses: a part of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16" }];
}

/** The /30 inside a tunnel, as AWS takes it. */
export const insideCidrRule: Rule<string> = (text) => {
  const malformed = cidrRule(text);
  if (malformed.length > 0) return malformed;
  if (prefixLength(text) !== 30) {
    return [{ rule: "a tunnel's inside is a /30", fix: `use ${resized(text, 30)}` }];
  }
  if (!contains({ network: "169.254.0.0/16", part: text })) {
    return [{ rule: "AWS takes it from 169.254.0.0/16", fix: "use a /30 such as 169.254.21.0/30" }];
  }
  if (awsInsideReserved.includes(text)) {
    return [{ rule: "AWS keeps this block for itself", fix: "use another /30 such as 169.254.21.0/30" }];
  }
  return [];
};

/** The network at the same address with another prefix length. */
export function resized(cidr: string, prefix: number): string {
  return networkOf(cidr.replace(/\/\d+$/, `/${prefix}`));
}
