import { Address4 } from "ip-address";
import { covers } from "../../../rehearsal/model/addresses";
import { divide } from "../../../rehearsal/model/parts";

/** The two hosts of the /30 inside a tunnel: AWS has the first, Azure the second. */
export function tunnelAddresses(cidr: string): { readonly aws: string; readonly azure: string } {
  const first = new Address4(cidr).startAddress().bigInt();
  const host = (n: bigint) => Address4.fromBigInt(first + n).address;
  return { aws: host(1n), azure: host(2n) };
}

/** The parts of networks at the borders of others, each whole on one side of every border. */
export function partsOf(networks: readonly string[], borders: readonly string[]): readonly string[] {
  return networks.flatMap((network) => [...divide(network, borders, (part) => part).keys()]);
}

/** Parts of networks, those that follow on each other in one. */
export function joined(networks: readonly string[], parts: readonly string[]): readonly string[] {
  return networks.flatMap(
    (network) => divide(network, parts, (part) => parts.some((one) => covers(one, part))).get(true) ?? [],
  );
}
