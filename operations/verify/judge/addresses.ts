import { Address4 } from "ip-address";

/** The two hosts of the /30 inside a tunnel: AWS has the first, Azure the second. */
export function tunnelAddresses(cidr: string): { readonly aws: string; readonly azure: string } {
  const first = new Address4(cidr).startAddress().bigInt();
  const host = (n: bigint) => Address4.fromBigInt(first + n).address;
  return { aws: host(1n), azure: host(2n) };
}

/** Whether every address of the inner network lies in the outer one. */
export function covers(outer: string, inner: string): boolean {
  if (!Address4.isValid(outer) || !Address4.isValid(inner)) return false;
  return new Address4(inner).isInSubnet(new Address4(outer));
}
