import { Address4 } from "ip-address";

/** True for a bare IPv4 address in its plain form. */
export function isAddress(text: string): boolean {
  return !text.includes("/") && Address4.isValid(text);
}

/** True for an IPv4 network such as `10.0.1.0/24`, host bits zero. */
export function isNetwork(text: string): boolean {
  return /\/\d+$/.test(text) && Address4.isValid(text) && new Address4(text).networkForm() === text;
}

/** An IPv4 network as numbers: its first address, and how many of its leading bits are fixed. */
export interface Block {
  readonly start: number;
  readonly length: number;
}

const blocks = new Map<string, Block | undefined>();

/** A network, or a bare address as one of a single address; host bits do not count. Undefined where it is neither. */
export function blockOf(text: string): Block | undefined {
  // The same few networks are compared again and again, and reading one takes longest.
  if (!blocks.has(text)) blocks.set(text, readBlock(text));
  return blocks.get(text);
}

function readBlock(text: string): Block | undefined {
  if (!Address4.isValid(text)) return undefined;
  const address = new Address4(text);
  const length = address.subnetMask;
  return { start: startOf(Number(address.bigInt()), length), length };
}

/** The first address of the network of this length that holds an address. */
function startOf(address: number, length: number): number {
  return address - (address % 2 ** (32 - length));
}

export function holdsBlock(outer: Block, inner: Block): boolean {
  return inner.length >= outer.length && startOf(inner.start, outer.length) === outer.start;
}

/** Whether all of `part` (an address or a network) lies inside `whole`; false where either is neither. */
export function covers(whole: string, part: string): boolean {
  const [outer, inner] = [blockOf(whole), blockOf(part)];
  return outer !== undefined && inner !== undefined && holdsBlock(outer, inner);
}

/** Whether two networks share an address. */
export function overlap(one: string, other: string): boolean {
  return covers(one, other) || covers(other, one);
}

/** The n-th address of a network, counted from 0: `169.254.21.1` is the first of `169.254.21.0/30`. */
export function addressAt(network: string, n: number): string | undefined {
  if (!isNetwork(network)) return undefined;
  const whole = new Address4(network);
  const address = Address4.fromBigInt(whole.startAddress().bigInt() + BigInt(n));
  return address.isInSubnet(whole) ? address.correctForm() : undefined;
}

/** The length of the network part: 24 for `10.0.1.0/24`, 32 for an address, NaN for neither. */
export function prefixLength(network: string): number {
  return blockOf(network)?.length ?? Number.NaN;
}
