import type { Estate } from "../estate/estate";
import type { Item } from "../estate/estateIndex";
import type { Finding } from "../model/findings";
import type { Intent } from "../model/intent";

/** A resource, what stands for one, or a URN. */
export type Place = Item | { readonly urn: string };

/** Where it is the program or the stack as a whole that lacks something. */
export const theStack: Place = { urn: "" };

/** What must hold of each of some things, and what to say where it does not. */
interface Rule<Thing> {
  readonly of: (estate: Estate, intent: Intent) => readonly Thing[];
  readonly holds: (thing: Thing, estate: Estate, intent: Intent) => boolean;
  readonly problem: string | ((thing: Thing, estate: Estate) => string);
  readonly fix: string;
  /** What else is concerned. */
  readonly others?: (thing: Thing, estate: Estate) => readonly (Place | undefined)[];
}

export type Guard = (estate: Estate, intent: Intent) => readonly Finding[];

/** A rule about places: each that breaks it is a finding there. */
export function guard<Thing extends Place>(rule: Rule<Thing>): Guard {
  return guardAt({ ...rule, at: (thing) => thing });
}

/** A rule about anything else, and the place of each. What others own is theirs to keep: it is no place of a finding. */
export function guardAt<Thing>(rule: Rule<Thing> & { readonly at: (thing: Thing) => Place }): Guard {
  const { of, holds, problem, fix, others, at } = rule;
  return (estate, intent) =>
    of(estate, intent)
      .filter((thing) => estate.byUrn(urnOf(at(thing)))?.foreign !== true)
      .filter((thing) => !holds(thing, estate, intent))
      .map((thing) => ({
        outcome: "broken",
        kind: "guard",
        place: urnOf(at(thing)),
        others: (others?.(thing, estate) ?? []).flatMap((one) => (one === undefined ? [] : [urnOf(one)])),
        problem: typeof problem === "string" ? problem : problem(thing, estate),
        fix,
      }));
}

/** For what is wrong wherever it is found. */
export const never = (): boolean => false;

function urnOf(place: Place): string {
  return "urn" in place ? place.urn : place.resource.urn;
}
