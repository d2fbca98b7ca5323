import { Address4, Address6 } from "ip-address";
import { arnParts, inNetwork, like, networkOf } from "./conditions";

/** Texts that a pattern means: with something for each star and question mark, and with nothing for each star. */
export function instancesOf(pattern: string): readonly string[] {
  if (!/[*?]/.test(pattern)) return [pattern];
  const filled = (star: string) => pattern.replaceAll("?", "x").replaceAll("*", star);
  return [filled("any"), filled("")].filter((text) => text !== "");
}

/** ARNs of users and roles that a pattern means; a wildcard for the account means each of those given. */
export function identitiesOf(
  pattern: string,
  place: { readonly partition: string; readonly accountIds: readonly string[] },
): readonly string[] {
  const [, partition = "", service = "", , account = "", identity = ""] = arnParts(pattern);
  if (!like(service, "iam")) return [];
  const identities = [
    ...instancesOf(identity),
    ...["user", "role"].flatMap((kind) => [
      `${kind}/any`,
      ...instancesOf(identity.replace(/^[^/]*\*/, kind)),
    ]),
  ].filter((one) => /^(user|role)\/./.test(one) && like(identity, one));
  return placesOf(partition, account, place).flatMap((start) =>
    [...new Set(identities)].map((one) => `${start}${one}`),
  );
}

function placesOf(
  partition: string,
  account: string,
  place: { readonly partition: string; readonly accountIds: readonly string[] },
): readonly string[] {
  const own = like(partition, place.partition) ? place.partition : partition;
  const accounts = /[*?]/.test(account) ? place.accountIds.filter((id) => like(account, id)) : [account];
  return accounts.map((id) => `arn:${own}:iam::${id}:`);
}

/** The networks that no packet on the internet comes from. @see https://www.rfc-editor.org/rfc/rfc6890 */
const unroutable = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "224.0.0.0/3",
];

/** Public addresses, at least one in each part of the internet that these networks tell apart. */
export function publicAddresses(networks: readonly string[]): readonly string[] {
  const candidates = ["198.51.100.10", "2001:db8::10", ...edgesOf([...networks, ...unroutable])];
  return candidates.filter((address) => !unroutable.some((network) => inNetwork(network, address)));
}

/** Addresses inside `whole`, at least one in each part of it that these networks tell apart. */
export function addressesWithin(whole: readonly string[], networks: readonly string[]): readonly string[] {
  const firsts = whole.map((network) => networkOf(network)?.startAddress().correctForm() ?? "");
  return [...firsts, ...edgesOf(networks)].filter((one) => whole.some((network) => inNetwork(network, one)));
}

/** Where something begins or ends: the first address of each network and the one after its last. */
export function edgesOf(networks: readonly string[]): readonly string[] {
  return networks.flatMap((text) => {
    const network = networkOf(text);
    if (network === undefined) return [];
    const after = network.endAddress().bigInt() + 1n;
    const end = network instanceof Address4 ? 1n << 32n : 1n << 128n;
    const first = network.startAddress().correctForm();
    if (after >= end) return [first];
    const next = network instanceof Address4 ? Address4.fromBigInt(after) : Address6.fromBigInt(after);
    return [first, next.correctForm()];
  });
}
