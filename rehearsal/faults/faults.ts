import { recordOf } from "../clouds/cloudTypes";
import { type Estate, readEstate } from "../estate/estate";
import type { Recording } from "../model/recording";
import { remembered } from "../model/remembered";
import { type Hop, hopsOf } from "../path/hops";
import { type Journey, tracePaths } from "../path/path";
import { judgeTunnels, type Tunnel } from "../tunnels/tunnels";
import { type AccessChange, accessChanges } from "./access";
import { type Failure, pairsOf, singleFailures } from "./failures";
import type { Fault, FaultReport } from "./fault";
import { type Notifications, notificationsOf } from "./notifications";
import { sentences } from "./sentences";
import { distinctNotices, faultRules, whenDead } from "./timers";

/** Called for each failure before it is judged: how many are done, and how many there are. */
export type OnFault = (done: number, all: number) => void;

/** Everything that can fail, each judged on its own and every two together. */
export function judgeFaults(
  recording: Recording,
  which: "all" | "what fails by itself" = "all",
  onFault?: OnFault,
): FaultReport {
  const whole = wholeOf(recording);
  const singles = singleFailures(whole.estate, whole.tunnels).filter(
    ({ kind }) => which === "all" || kind !== "absent",
  );
  const pairs = pairsOf(singles);
  const faults = [...singles, ...pairs].map((failure, index, all) => {
    onFault?.(index, all.length);
    return judge(whole, failure);
  });
  return { singles: faults.slice(0, singles.length), pairs: faults.slice(singles.length), rules: faultRules };
}

/** The stack as it stands, judged once. */
interface Whole {
  readonly recording: Recording;
  readonly estate: Estate;
  readonly tunnels: readonly Tunnel[];
  readonly journeys: readonly Journey[];
  readonly accessWithout: AccessChange;
  readonly notifications: Notifications;
  /** The journeys with these tunnels down: several failures take the same ones down. */
  readonly journeysWithout: (broken: readonly string[]) => readonly Journey[];
}

function wholeOf(recording: Recording): Whole {
  const estate = readEstate(recording);
  const tunnels = judgeTunnels(estate);
  return {
    recording,
    estate,
    tunnels,
    journeys: tracePaths(estate, tunnels),
    accessWithout: accessChanges(recording, estate),
    notifications: notificationsOf(estate, tunnels),
    journeysWithout: remembered((broken) => tracePaths(estate, without(tunnels, broken)), { most: 64 }),
  };
}

function judge(whole: Whole, failure: Failure): Fault {
  const left = leftBy(whole, failure);
  // Nobody changes over from what nobody notices: at worst every packet goes that way.
  const unnoticed = failure.notices.some(({ seconds }) => seconds === undefined);
  const choices = unnoticed ? [whole.tunnels.map(({ name }) => name)] : endpointsOfZones(whole, failure);
  const travelled = worstOf(
    choices.map((also) => travel(whole, left, failure, [...failure.tunnels, ...also])),
  );
  const access = decides("access", whole, failure)
    ? whole.accessWithout(failure.absent)
    : { lost: [], opened: [] };
  const verdict = access.lost.length > 0 ? "outage" : travelled.verdict;
  const down = unnoticed ? failure.tunnels : travelled.down;
  const others = whole.tunnels.filter(
    ({ name, up }) => up && down.includes(name) && !failure.tunnels.includes(name),
  );
  const notices = distinctNotices([...failure.notices, ...others.flatMap(whenDead)]);
  const interruptedSeconds =
    verdict === "outage" ? failure.back.seconds?.to : longest(notices.map(({ seconds }) => seconds));
  const { journeys, carriers } = travelled;
  const fault = {
    ...failure,
    ...access,
    verdict,
    notices,
    interruptedSeconds,
    journeys,
    carriers,
    tunnels: down,
    notifications: whole.notifications({ ...failure, notices, tunnels: down }),
  };
  return { ...fault, says: sentences(whole.tunnels, fault) };
}

function longest(seconds: readonly (number | undefined)[]): number | undefined {
  return seconds.reduce<number | undefined>(
    (most, next) => (most === undefined || next === undefined ? undefined : Math.max(most, next)),
    0,
  );
}

/** What a failure leaves of the stack as packets see it, the tunnels under the names they had before. */
function leftBy(whole: Whole, failure: Failure): Pick<Whole, "estate" | "tunnels"> {
  if (!decides("path", whole, failure)) return whole;
  const estate = estateWithout(whole, failure);
  const names = new Map(whole.tunnels.map((tunnel) => [awsEndOf(tunnel), tunnel.name]));
  const tunnels = judgeTunnels(estate).map((tunnel) =>
    tunnel.aws === undefined ? tunnel : { ...tunnel, name: names.get(awsEndOf(tunnel)) ?? tunnel.name },
  );
  return { estate, tunnels };
}

function estateWithout({ recording }: Whole, { absent, changed = [] }: Failure): Estate {
  const left = (resources: Recording["resources"]) =>
    resources
      .filter(({ urn }) => !absent.includes(urn))
      .map((resource) => changed.find(({ urn }) => urn === resource.urn) ?? resource);
  const { resources, surroundings = [] } = recording;
  return readEstate({ ...recording, resources: left(resources), surroundings: left(surroundings) });
}

/** Whether a resource that is gone has a say in it, as its type's record tells. */
function decides(what: "path" | "access", { estate }: Whole, { absent, changed }: Failure): boolean {
  if (changed !== undefined) return what === "path";
  return absent.some((urn) => recordOf(estate.byUrn(urn)?.type ?? "")?.decides.includes(what) ?? true);
}

function awsEndOf({ aws }: Tunnel): string {
  return `${aws?.connection.resource.urn ?? ""} ${String(aws?.tunnel.slot)}`;
}

const rank = { holds: 0, "in part": 1, outage: 2 } as const;

/**
 * AWS puts the two endpoints of a connection into two zones and does not say which: so a zone that fails may take any
 * one endpoint of each connection, and every choice is judged.
 */
function endpointsOfZones({ tunnels }: Whole, failure: Failure): readonly (readonly string[])[] {
  if (failure.zones.length === 0) return [[]];
  const slots = new Map<unknown, string[]>();
  for (const tunnel of tunnels)
    if (tunnel.aws !== undefined)
      slots.set(tunnel.aws.connection, [...(slots.get(tunnel.aws.connection) ?? []), tunnel.name]);
  return [...slots.values()].reduce<readonly (readonly string[])[]>(
    (choices, names) => choices.flatMap((choice) => names.map((name) => [...choice, name])),
    [[]],
  );
}

interface Travelled extends Pick<Fault, "verdict" | "journeys" | "carriers"> {
  /** Tunnels that were up and are no more. */
  readonly down: readonly string[];
}

function worstOf(choices: readonly Travelled[]): Travelled {
  const [first, ...others] = choices;
  if (first === undefined) throw new Error("a failure has no course");
  return others.reduce((worst, other) => (rank[other.verdict] > rank[worst.verdict] ? other : worst), first);
}

function travel(
  whole: Whole,
  { estate, tunnels: left }: Pick<Whole, "estate" | "tunnels">,
  failure: Failure,
  broken: readonly string[],
): Travelled {
  const rule = `${assumed}: ${failure.title}`;
  const tunnels = without(left, broken);
  // Packets notice nothing of what is no part of their path.
  const noticed = estate !== whole.estate || broken.length > 0 || failure.zones.length > 0;
  const traced = () =>
    estate === whole.estate
      ? whole.journeysWithout([...new Set(broken)].sort())
      : tracePaths(estate, tunnels);
  const journeys = !noticed
    ? whole.journeys
    : traced().map((journey) =>
        plainly(
          failure.zones.includes(journey.zone ?? "") ? withoutZone(journey, estate, rule) : journey,
          rule,
        ),
      );
  const keyOf = ({ clientSubnet, client }: Journey) => `${clientSubnet} ${client}`;
  const clients = [...new Set(whole.journeys.map(keyOf))];
  // What nobody judged of the whole path is no effect of a failure.
  const open = new Set(
    whole.journeys
      .flatMap(hopsOf)
      .filter(({ outcome }) => outcome === "not judged")
      .map(hopKey),
  );
  const passes = (journey: Journey) =>
    hopsOf(journey).every(
      (hop) => hop.outcome === "holds" || (hop.outcome !== "broken" && open.has(hopKey(hop))),
    );
  const reach = (all: readonly Journey[]) =>
    clients.map((client) => all.filter((journey) => keyOf(journey) === client && passes(journey)).length);
  const [before, after] = [reach(whole.journeys), reach(journeys)];
  const fewer = after.some((count, index) => count < (before[index] ?? 0));
  const up = tunnels.filter((tunnel) => tunnel.up).map(({ name }) => name);
  return {
    verdict: clients.length === 0 || after.includes(0) ? "outage" : fewer ? "in part" : "holds",
    journeys,
    carriers: [...new Set(journeys.filter(passes).flatMap((journey) => journey.tunnels))],
    down: whole.tunnels.filter((tunnel) => tunnel.up && !up.includes(tunnel.name)).map(({ name }) => name),
  };
}

function hopKey({ place, what }: Hop): string {
  return `${place} ${what}`;
}

/** What every rule of an assumption says, and all that it says before the failure is named. */
const assumed = "assumed failure";

function without(tunnels: readonly Tunnel[], broken: readonly string[]): readonly Tunnel[] {
  const check = { what: "failure", azure: "", aws: "", ok: false, breaks: true, rule: assumed, places: [] };
  return tunnels.map((tunnel) =>
    broken.includes(tunnel.name) ? { ...tunnel, up: false, checks: [check, ...tunnel.checks] } : tunnel,
  );
}

/** What is lost is the endpoint's interface there: the first hop that the endpoint decides. */
function withoutZone(journey: Journey, estate: Estate, rule: string): Journey {
  const endpoints = estate.aws.endpoints.map(({ resource }) => resource.urn);
  const at = journey.forward.findIndex(({ place }) => endpoints.includes(place));
  const there = journey.forward.map((hop, index) =>
    index === at ? { ...hop, outcome: "broken" as const, rule } : hop,
  );
  return { ...journey, forward: there, ok: false, tunnels: [] };
}

/** A hop that fails by assumption says just that. */
function plainly(journey: Journey, rule: string): Journey {
  const say = (hops: Journey["forward"]) =>
    hops.map((hop) => (hop.outcome === "broken" && hop.rule.includes(assumed) ? { ...hop, rule } : hop));
  return { ...journey, forward: say(journey.forward), back: say(journey.back) };
}
