import type { Fault, FaultReport } from "../../faults/fault";
import { overall } from "../../model/findings";
import { type Hop, outcomeOf } from "../../path/hops";
import type { ReportedJourney } from "../schema";
import type { Drawing } from "./diagram";

/** What the page's script gets: hops once each, and per failure which of them its paths consist of. */
export interface PageData {
  readonly hops: readonly PageHop[];
  /** The stack without a failure under `""`, every failure under its name. */
  readonly states: Readonly<Record<string, PageState>>;
}

export interface PageHop extends Omit<Hop, "place"> {
  /** Parts of the drawing that show it. */
  readonly parts: readonly string[];
}

export interface PageState extends Pick<Fault, "title" | "says" | "carriers"> {
  readonly kind: Fault["kind"] | "none";
  readonly verdict: Fault["verdict"] | "not judged";
  /** Parts of the drawing that fail. */
  readonly failed: readonly string[];
  readonly journeys: readonly PageJourney[];
}

export interface PageJourney {
  readonly to: string;
  readonly ok: boolean;
  /** Indexes of hops. */
  readonly forward: readonly number[];
  readonly back: readonly number[];
}

export function pageData(
  drawing: Drawing,
  journeys: readonly ReportedJourney[],
  faults: FaultReport | undefined,
): PageData {
  const table = new HopTable(partsByPlace(drawing));
  const tunnelParts = (tunnel: string) =>
    [...drawing.boxes, ...drawing.lines].filter((part) => part.tunnel === tunnel).map(({ id }) => id);
  const outcome = overall(journeys.map(outcomeOf));
  const whole: PageState = {
    title: "No failure",
    kind: "none",
    verdict: journeys.length > 0 && outcome !== "broken" ? outcome : "outage",
    says: [],
    failed: [],
    carriers: [...new Set(journeys.flatMap(({ tunnels }) => tunnels))],
    journeys: journeys.map((journey) => table.journey(journey)),
  };
  const failed = [...(faults?.singles ?? []), ...(faults?.pairs ?? [])].map((fault): [string, PageState] => {
    const { name, title, kind, verdict, says, carriers } = fault;
    const places = fault.places.flatMap((place) => table.partsOf(place));
    const parts = [...new Set([...places, ...fault.tunnels.flatMap(tunnelParts)])];
    const paths = fault.journeys.map((journey) => table.journey(journey));
    return [name, { title, kind, verdict, says, failed: parts, carriers, journeys: paths }];
  });
  return { hops: table.hops, states: Object.fromEntries([["", whole], ...failed]) };
}

function partsByPlace({ boxes, lines }: Drawing): ReadonlyMap<string, readonly string[]> {
  const parts = new Map<string, string[]>();
  for (const { id, places } of [...boxes, ...lines])
    for (const place of places) parts.set(place, [...(parts.get(place) ?? []), id]);
  return parts;
}

/** Hops recur in every failure that does not touch them: each is kept once. */
class HopTable {
  readonly hops: PageHop[] = [];
  private readonly indexes = new Map<string, number>();

  constructor(private readonly parts: ReadonlyMap<string, readonly string[]>) {}

  partsOf(place: string): readonly string[] {
    return this.parts.get(place) ?? [];
  }

  journey({ clientName, endpoint, zone, ok, forward, back }: ReportedJourney): PageJourney {
    const address = zone === undefined ? endpoint : `${endpoint} in ${zone}`;
    const to = clientName === undefined ? address : `${address} from ${clientName}`;
    return {
      to,
      ok,
      forward: forward.map((hop) => this.index(hop)),
      back: back.map((hop) => this.index(hop)),
    };
  }

  private index({ place, name, what, outcome, rule }: Hop): number {
    const hop = { name, what, outcome, rule, parts: this.partsOf(place) };
    const key = JSON.stringify(hop);
    const known = this.indexes.get(key);
    if (known !== undefined) return known;
    this.indexes.set(key, this.hops.length);
    return this.hops.push(hop) - 1;
  }
}
