import { Address4 } from "ip-address";

/** True for a bare IPv4 address in its plain form. */
export function isAddress(text: string): boolean {
  return !text.includes("/") && Address4.isValid(text);
}

/** True for an IPv4 network such as `10.0.1.0/24`, host bits zero. */
export function isNetwork(text: string): boolean {
  return /\/\d+$/.test(text) && Address4.isValid(text) && new Address4(text).networkForm() === text;
}

/** Whether all of `part` (an address or a network) lies inside `whole`; false where either is neither. */
export function covers(whole: string, part: string): boolean {
  if (!Address4.isValid(whole) || !Address4.isValid(part)) return false;
  return new Address4(part).isInSubnet(new Address4(whole));
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

/** The address one further on. */
export function nextAddress(address: string): string {
  return new Address4(address).offset(1).correctForm();
}

/** The network of the same size that follows. */
export function nextNetwork(network: string): string {
  return new Address4(network).nextNetwork().networkForm();
}

/** The length of the network part: 24 for `10.0.1.0/24`, 32 for an address, NaN for neither. */
export function prefixLength(network: string): number {
  return Address4.isValid(network) ? new Address4(network).subnetMask : Number.NaN;
}
