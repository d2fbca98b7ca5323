import { Address4 } from "ip-address";

/** One AWS subnet before it exists. */
export interface AwsSubnetPlan {
  /** Names the subnet for good: its zone, or `any` where AWS picks the zone. Renaming replaces the subnet. */
  readonly key: string;
  readonly cidr: string;
  readonly zone: string | undefined;
}

/** True for `10.0.1.0/24`, host bits allowed; false for a bare address, a leading zero, or anything else. */
export function isCidr(text: string): boolean {
  return /^(0|[1-9]\d*)(\.(0|[1-9]\d*)){3}\/(0|[1-9]\d*)$/.test(text) && Address4.isValid(text);
}

/** Those of a list that are IPv4 ranges, each once; none where a cloud leaves the list out. */
export function ipv4(texts: readonly string[] | undefined): string[] {
  return [...new Set((texts ?? []).filter(isCidr))];
}

/** The network that a CIDR is part of: `10.0.1.0/24` for `10.0.1.7/24`. */
export function networkOf(cidr: string): string {
  return new Address4(cidr).networkForm();
}

/** The length of the network part: 24 for `10.0.1.0/24`. */
export function prefixLength(cidr: string): number {
  return new Address4(cidr).subnetMask;
}

export function contains(args: { readonly network: string; readonly part: string }): boolean {
  return new Address4(args.part).isInSubnet(new Address4(args.network));
}

export function overlap(one: string, other: string): boolean {
  return contains({ network: one, part: other }) || contains({ network: other, part: one });
}

/** The first and the last address of a network, as numbers. */
export function rangeOf(cidr: string): { readonly first: number; readonly last: number } {
  const network = new Address4(cidr);
  return {
    first: Number(network.startAddress().bigInt()),
    last: Number(network.endAddress().bigInt()),
  };
}

/** The `index`-th block of the given prefix length inside a network, counted from 0. */
export function blockOf(args: {
  readonly network: string;
  readonly prefix: number;
  readonly index: number;
}): string {
  const first = new Address4(args.network).startAddress().bigInt();
  const size = 1n << BigInt(32 - args.prefix);
  return `${Address4.fromBigInt(first + size * BigInt(args.index)).correctForm()}/${args.prefix}`;
}

/** The last block of the given prefix length inside a network. */
export function lastBlockOf(args: { readonly network: string; readonly prefix: number }): string {
  return blockOf({ ...args, index: 2 ** (args.prefix - prefixLength(args.network)) - 1 });
}

/**
 * One subnet a zone. The addresses hang on the zone's own letter, never on its place in the list, so a zone
 * that comes or goes moves no other:
 *
 * ```
 * no zone, or one     |            the whole network             |
 * zones a to d        |    a     |    b     |    c     |    d     |
 * any zone e to h     | a  | b  | c  | d  | e  | f  | g  | h  |
 * any zone i to p     sixteenths in the same order; past p, parts of a thirty-second
 * ```
 *
 * Only a step from one line to another moves subnets: from one zone to several, or to a first zone past `d`, `h` or `p`.
 */
export function planAwsSubnets(args: {
  readonly network: string;
  readonly zones: readonly string[];
}): readonly AwsSubnetPlan[] {
  const [first, ...others] = args.zones;
  if (first === undefined) return [{ key: "any", cidr: args.network, zone: undefined }];
  if (others.length === 0) return [{ key: first, cidr: args.network, zone: first }];
  const prefix = prefixLength(args.network) + subnetBits(args.zones);
  return args.zones.map((zone) => ({
    key: zone,
    cidr: blockOf({ network: args.network, prefix, index: zoneIndex(zone) }),
    zone,
  }));
}

/** By how many bits the subnets' prefix is longer than the network's: 0, or 2 (quarters) to 5 (parts of a thirty-second). */
export function subnetBits(zones: readonly string[]): 0 | 2 | 3 | 4 | 5 {
  if (zones.length < 2) return 0;
  const last = Math.max(...zones.map(zoneIndex));
  return ([2, 3, 4] as const).find((bits) => last < 2 ** bits) ?? 5;
}

/** 0 for `ap-northeast-1a`, 7 for `…h`. */
function zoneIndex(zone: string): number {
  return zone.charCodeAt(zone.length - 1) - "a".charCodeAt(0);
}
