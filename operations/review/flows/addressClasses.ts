import { Address6 } from "ip-address";
import { blockOf, covers } from "../../../rehearsal/model/addresses";
import { divide } from "../../../rehearsal/model/parts";
import { grouped } from "../../../rehearsal/report/grouped";

/**
 * Addresses that the rules at hand do not tell apart: some networks of IPv4, or of IPv6, and whether they are in each of
 * the sets whose members nobody knows here, such as a service tag, a prefix list or a security group.
 */
export interface AddressClass {
  readonly family: 4 | 6;
  readonly networks: readonly string[];
  readonly sets: readonly string[];
}

/** Addresses for a reader. */
export interface Addresses {
  /** Of IPv4, in order; `::/0` stands for IPv6. */
  readonly networks: readonly string[];
  /** Only those of them that are in these sets and not in those; empty where that makes no difference. */
  readonly where: readonly { readonly in: readonly string[]; readonly notIn: readonly string[] }[];
}

export const anywhere = "any";
const wholeIpv4 = "0.0.0.0/0";
const wholeIpv6 = "::/0";
const inside = "VirtualNetwork";
const outside = "Internet";

/** With more sets than this the combinations are too many to ask. */
export const setsAtMost = 6;

/** What is no network of IPv4, and not every address either. */
export function setsIn(prefixes: readonly string[]): readonly string[] {
  const named = prefixes.filter(
    (prefix) => blockOf(prefix) === undefined && prefix !== anywhere && prefix !== wholeIpv6,
  );
  // What is outside of the virtual network is the internet: https://learn.microsoft.com/azure/virtual-network/service-tags-overview
  return [...new Set(named.map((name) => (name === outside ? inside : name)))];
}

/** What is known of the addresses before any rule is asked. */
interface Known {
  /** Networks of the virtual network and of what its gateway reaches. */
  readonly inside: readonly string[];
  /** Whether it is the end that the filter stands at, which is in the virtual network. */
  readonly isOwn: boolean;
}

export function addressClasses(
  lists: readonly (readonly string[])[],
  { inside: networksInside, isOwn }: Known,
): readonly AddressClass[] {
  const prefixes = lists.flat();
  const sets = setsIn(prefixes);
  const told = sets.includes(inside) ? [...lists, networksInside] : lists;
  const parts = divide(wholeIpv4, told.flat(), (part) =>
    told.map((list) => (list.some((prefix) => covers(prefix, part)) ? "1" : "0")).join(""),
  );
  const families = [
    ...[...parts.values()].map((networks) => ({ family: 4 as const, networks })),
    { family: 6 as const, networks: [wholeIpv6] },
  ];
  const isPossible = ({ family, networks, sets: own }: AddressClass) => {
    // A network of IPv6 holds no address of IPv4.
    if (family === 4 && own.some((one) => Address6.isValid(one))) return false;
    const isInside = isOwn || networks.every((network) => networksInside.some((one) => covers(one, network)));
    return !sets.includes(inside) || !isInside || own.includes(inside);
  };
  return subsets(sets)
    .flatMap((own) => families.map((family) => ({ ...family, sets: own })))
    .filter(isPossible);
}

function subsets(names: readonly string[]): readonly (readonly string[])[] {
  return names.reduce<readonly (readonly string[])[]>(
    (found, name) => [...found, ...found.map((one) => [...one, name])],
    [[]],
  );
}

export function isAmong({ family, networks, sets }: AddressClass, prefixes: readonly string[]): boolean {
  // Networks for which the rules make the same difference are one class: each may be in another prefix of a rule.
  const blocks = prefixes.filter((prefix) => blockOf(prefix) !== undefined);
  if (family === 4 && networks.every((network) => blocks.some((block) => covers(block, network))))
    return true;
  return prefixes.some((prefix) => {
    if (prefix === anywhere) return true;
    if (prefix === wholeIpv6) return family === 6;
    if (prefix === outside) return !sets.includes(inside);
    return blockOf(prefix) === undefined && sets.includes(prefix);
  });
}

/** Some of all classes, in as few words as possible: networks for which the sets make the same difference are one. */
export function addressesOf(
  some: readonly AddressClass[],
  all: readonly AddressClass[],
): readonly Addresses[] {
  const names = [...new Set(all.flatMap(({ sets }) => sets))];
  const own = grouped(some, networksKey);
  const every = new Map(grouped(all, networksKey).map((classes) => [keyOf(classes), classes.length]));
  const alike = grouped(own, (classes) =>
    classes.length === every.get(keyOf(classes))
      ? ""
      : classes
          .map(({ sets }) => sets.join())
          .sort()
          .join(";"),
  );
  return alike.map((groups) => {
    const [first] = groups;
    const v4 = groups.flatMap(([one]) => (one.family === 4 ? one.networks : []));
    const merged = divide(wholeIpv4, v4, (part) => v4.some((network) => covers(network, part)));
    const v6 = groups.some(([one]) => one.family === 6) ? [wholeIpv6] : [];
    return {
      networks: [...(merged.get(true) ?? []), ...v6],
      where:
        first.length === every.get(keyOf(first))
          ? []
          : first.map(({ sets }) => ({ in: sets, notIn: names.filter((name) => !sets.includes(name)) })),
    };
  });
}

function networksKey({ family, networks }: AddressClass): string {
  return `${String(family)} ${networks.join()}`;
}

function keyOf([first]: readonly AddressClass[]): string {
  return first === undefined ? "" : networksKey(first);
}
