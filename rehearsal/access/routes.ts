import { type Route, routeInWords, routesNamed } from "../iam/namedWays";
import { type Deciding, signature } from "../iam/signature";
import type { Caller } from "./callers";
import type { Surroundings } from "./surroundings";

export interface NamedRoute extends Route {
  /** Undefined for the plainest of its kind. */
  readonly via: string | undefined;
}

/** Stands for what of a request does not matter to the part that is told apart. */
export const nothing = {
  principal: { kind: "anonymous" },
  action: "",
  resource: "",
  secureTransport: true,
} as const;

/** Every way that policies tell apart, the plainest of its kind first. */
export function routesOn(
  deciding: Deciding,
  surroundings: Pick<Surroundings, "endpoint" | "ownerAccountId" | "partition">,
): readonly NamedRoute[] {
  const { endpoint, ownerAccountId } = surroundings;
  const seen = new Set<string>();
  return routesNamed(deciding, endpoint, surroundings).flatMap((route): NamedRoute[] => {
    const bits = signature(deciding, "way", { ...nothing, ...route, ownerAccountId });
    const key = `${route.by} ${bits}`;
    if (seen.has(key)) return [];
    const plainest = !seen.has(route.by);
    seen.add(key).add(route.by);
    return [{ ...route, via: plainest ? undefined : routeInWords(route, endpoint) }];
  });
}

/** Services come from nowhere in our networks; an endpoint's policy is asked only on the way through it. */
export function isOpenTo(caller: Caller, { by, via }: NamedRoute): boolean {
  if (caller.role === "service" || caller.principal.kind === "service")
    return by === "internet" && via === undefined;
  return caller.scope !== "endpoint policy" || by === "endpoint";
}
