import type { Item } from "../estate/estateIndex";
import type { Site } from "../estate/sites";
import { covers, prefixLength } from "../model/addresses";
import { divide } from "../model/parts";

/** A part of a network that a gateway sends to another site, or may. */
export interface Rival extends Item {
  readonly name: string;
  readonly route: string;
  readonly networks: readonly string[];
  /** Both routes are equally long, and the gateway prefers neither by what was read. */
  readonly tied: boolean;
}

/** One route of a gateway to another site. */
export interface RivalRoute {
  readonly site: Item & Pick<Site, "name">;
  readonly destination: string;
  /** Whether it wins where ours is as long. */
  readonly preferred: boolean;
}

/** Where a gateway has ours and others' routes, the longest takes each part: what of a network the others get. */
export function rivalsFor(
  network: string,
  ours: readonly string[],
  theirs: readonly RivalRoute[],
): readonly Rival[] {
  const longest = (part: string) =>
    Math.max(-1, ...ours.filter((own) => covers(own, part)).map(prefixLength));
  const taken = divide(network, [...ours, ...theirs.map(({ destination }) => destination)], (part) => {
    const bits = longest(part);
    const [best] = theirs
      .filter(({ destination }) => covers(destination, part) && prefixLength(destination) >= bits)
      .sort((one, other) => prefixLength(other.destination) - prefixLength(one.destination));
    return best;
  });
  return [...taken].flatMap(([route, networks]): readonly Rival[] => {
    if (route === undefined) return [];
    const { site, destination, preferred } = route;
    const tied =
      !preferred &&
      ours.some((own) => prefixLength(own) === prefixLength(destination) && covers(own, networks[0] ?? ""));
    return [{ resource: site.resource, name: site.name, route: destination, networks, tied }];
  });
}

export function rivalInWords({ name, route, networks }: Rival): string {
  return `its route ${route} sends ${networks.join(", ")} to ${name}`;
}
