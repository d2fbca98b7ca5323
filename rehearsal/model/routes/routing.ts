import { Address6 } from "ip-address";
import { blockOf, covers } from "../addresses";
import { divide } from "../parts";

/** Where packets to a destination go, in either cloud. */
export interface Route {
  /** As the cloud shows it: a network, the id of a prefix list, a service tag. */
  readonly destination: string;
}

/** What the routes of one table do with the packets to a whole network. */
export interface Routing<R extends Route> {
  /** The routes that take a part of it, each with its parts. */
  readonly taken: readonly { readonly route: R; readonly networks: readonly string[] }[];
  /** The parts that no route takes. */
  readonly untaken: readonly string[];
  /** Routes whose destination is no network: they may take any part of it, or none. */
  readonly unread: readonly R[];
}

/** The routes to a network, part by part; of those that cover a part, the cloud's own rule chooses. */
export function routingOf<R extends Route>(
  network: string,
  routes: readonly R[],
  choose: (covering: readonly R[]) => R | undefined,
): Routing<R> {
  const unread = routes.filter(({ destination }) => !isNetworkOfAnyKind(destination));
  if (blockOf(network) === undefined) return { taken: [], untaken: [network], unread };
  const borders = routes.map(({ destination }) => destination);
  const parts = divide(network, borders, (part) =>
    choose(routes.filter(({ destination }) => covers(destination, part))),
  );
  return {
    taken: [...parts].flatMap(([route, networks]) => (route === undefined ? [] : [{ route, networks }])),
    untaken: parts.get(undefined) ?? [],
    unread,
  };
}

/** Which parts of a network are led where they should be. */
export interface Way<R extends Route> {
  readonly right: readonly { readonly route: R; readonly networks: readonly string[] }[];
  /** Led elsewhere by a route, or nowhere without one. */
  readonly wrong: readonly { readonly route: R | undefined; readonly networks: readonly string[] }[];
  /** Routes to elsewhere that cannot be compared: with one of them nothing is certain. */
  readonly notJudged: readonly R[];
}

export function wayOf<R extends Route>(
  { taken, untaken, unread }: Routing<R>,
  leads: (route: R) => boolean,
): Way<R> {
  return {
    right: taken.filter(({ route }) => leads(route)),
    wrong: [
      ...taken.filter(({ route }) => !leads(route)),
      ...(untaken.length === 0 ? [] : [{ route: undefined, networks: untaken }]),
    ],
    notJudged: unread.filter((route) => !leads(route)),
  };
}

/** IPv6 routes say nothing of IPv4 packets, and are well understood at that. */
function isNetworkOfAnyKind(destination: string): boolean {
  return blockOf(destination) !== undefined || Address6.isValid(destination);
}
