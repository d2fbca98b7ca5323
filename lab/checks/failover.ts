import type { Fault } from "../../rehearsal/faults/fault";
import { judgeFaults } from "../../rehearsal/faults/faults";
import { initiate, type Lab, type LabTunnel, replaceDaemon, waitForSite, waitForTunnels } from "../lab";
import { LabError } from "../machine/processes";
import { dropPackets, stopDropping } from "../network/packetLoss";
import { roles } from "../network/plan";
import type { Session } from "../session";
import { Traffic } from "../traffic/traffic";
import { outcome, type Outcome } from "./check";

/** A failure, and how long packets were lost. */
export interface Outage {
  readonly failure: string;
  readonly timers: string;
  /** Undefined where the topology cannot have this failure. */
  readonly measured: Measured | undefined;
  readonly outcome: Outcome;
}

interface Measured {
  readonly tunnel: string;
  /** In the lab's time; undefined where it did not end while the failure lasted. */
  readonly seconds: number | undefined;
  /** In the clouds' time: timers are `speed` times longer there. What no timer ends takes the same time in both. */
  readonly scaledSeconds: number | undefined;
  /** The rehearsal's; `never` where no timer ends it; undefined where it has no such failure. */
  readonly predicted: number | "never" | undefined;
}

interface Scenario {
  readonly failure: string;
  /** The kind of this failure in the rehearsal. */
  readonly kind: Fault["kind"] | undefined;
  readonly timers: string;
  /** Why the topology cannot have this failure; undefined where it can. */
  readonly impossible?: (lab: Lab) => string | undefined;
  readonly fail: (lab: Lab, tunnel: LabTunnel) => Promise<unknown>;
  readonly repair: (lab: Lab, tunnel: LabTunnel) => Promise<unknown>;
}

const deadPeer = "dead peer detection, Azure 45 s, AWS 30 s";
const stopLoss = (lab: Lab) => stopDropping(lab.namespaces);

const scenarios: readonly Scenario[] = [
  {
    failure: "Azure deletes the tunnel",
    kind: undefined,
    timers: "none: AWS receives the DELETE and initiates again",
    fail: (_lab, tunnel) => tunnel.azure.terminate(),
    repair: () => Promise.resolve(),
  },
  {
    failure: "the internet drops all packets of a tunnel",
    kind: "tunnel",
    timers: deadPeer,
    fail: (lab, { plan }) => dropPackets(lab.namespaces, [plan], "everything"),
    repair: stopLoss,
  },
  {
    failure: "the internet drops a tunnel's ESP, not its IKE",
    kind: "silent tunnel",
    timers: "BGP hold time 180 s; none with static routes",
    fail: (lab, { plan }) => dropPackets(lab.namespaces, [plan], "esp"),
    repair: stopLoss,
  },
  {
    failure: "an instance of the Azure gateway fails",
    kind: "Azure instance",
    timers: deadPeer,
    impossible: ({ tunnels }) =>
      tunnels.some((one) => one.plan.azureInstance > 0) ? undefined : "the lab builds no standby instance",
    fail: (lab, tunnel) => Promise.all(onInstance(lab, tunnel).map(({ azure }) => azure.process.kill())),
    repair: (lab, tunnel) => {
      const daemons = new Set(onInstance(lab, tunnel).map(({ azure }) => azure.daemon));
      return Promise.all([...daemons].map((daemon) => replaceDaemon(lab, daemon)));
    },
  },
  {
    failure: "AWS replaces a tunnel endpoint",
    kind: "AWS endpoint",
    timers: `${deadPeer}; AWS initiates when the new endpoint is up`,
    fail: (_lab, tunnel) => tunnel.aws.process.kill(),
    repair: async (lab, tunnel) => {
      await replaceDaemon(lab, tunnel.aws.daemon);
      await initiate(tunnel);
    },
  },
];

/** Longer than the lab's longest timer, BGP's hold time or dead peer detection: what lasts longer is not detected at all. */
const patienceSeconds = { bgp: 24, static: 12 };
/** How long failures last where only their end helps. */
const lastingSeconds = 4;
/** What the machine may need in addition to the timers. */
const slackSeconds = 2;

/** Makes the tunnel that carries the traffic fail, in every way, and measures how long the traffic stops. */
export async function measureFailover(session: Session): Promise<Outage[]> {
  const predictions = judgeFaults(session.recording, "what fails by itself").singles;
  const outages: Outage[] = [];
  for (const scenario of scenarios) {
    const { failure, timers, impossible } = scenario;
    const reason = impossible?.(session.lab);
    if (reason === undefined) {
      const measured = await measureWatched(session, scenario, predictions);
      outages.push({ failure, timers, measured, outcome: compare(session, measured) });
    } else {
      outages.push({ failure, timers, measured: undefined, outcome: { kind: "not judged", reason } });
    }
  }
  return outages;
}

/** What the other site on a shared gateway loses meanwhile is judged where that gateway itself does not fail. */
async function measureWatched(
  session: Session,
  scenario: Scenario,
  predictions: readonly Fault[],
): Promise<Measured> {
  const work = () => measure(session, scenario, predictions);
  const { site, lab } = session;
  if (site === undefined) return work();
  const what = `${scenario.failure} (failover)`;
  const sharedFails = scenario.kind === "Azure instance" && lab.plan.site?.cloud === "azure";
  if (!sharedFails) return site.during(what, work);
  return site.unjudged(what, async () => {
    const measured = await work();
    await waitForSite(lab, 60_000);
    return measured;
  });
}

async function measure(
  { lab, speed }: Session,
  { kind, fail, repair }: Scenario,
  predictions: readonly Fault[],
): Promise<Measured> {
  const tunnel = await activeTunnel(lab);
  const { name, azure } = tunnel.plan;
  const prediction = predictions.find((fault) => fault.kind === kind && fault.tunnels.includes(name));
  const traffic = await Traffic.start(lab);
  try {
    const began = Date.now();
    await fail(lab, tunnel);
    const patience = lab.tunnels.length > 1 ? patienceSeconds[azure.routing.kind] : lastingSeconds;
    const recovered = await traffic.resumes(began, patience * 1000);
    const { longestGapSeconds } = await traffic.report(began);
    await repair(lab, tunnel);
    await traffic.answeredSince(Date.now(), 30_000);
    await waitForTunnels(lab, 60_000);
    const seconds = recovered ? longestGapSeconds : undefined;
    return {
      tunnel: name,
      seconds,
      scaledSeconds: seconds === undefined || kind === undefined ? seconds : seconds * speed,
      predicted: predictedSeconds(prediction),
    };
  } finally {
    await traffic.stop();
  }
}

/** An outage lasts as long as its cause, unless a timer ends it in the rehearsal. */
function predictedSeconds(fault: Fault | undefined): Measured["predicted"] {
  if (fault === undefined) return undefined;
  return fault.verdict === "outage" ? "never" : (fault.interruptedSeconds ?? "never");
}

/** A prediction counts from the moment when detection begins, which is after a silence. */
function compare({ recorded, speed }: Session, { tunnel, seconds, predicted }: Measured): Outcome {
  const silence = Math.max(...recorded.tunnels.map(({ azure }) => azure.dpd.delaySeconds));
  const most = predicted === undefined || predicted === "never" ? 0 : (predicted + silence) / speed;
  return outcome({
    holds:
      predicted === "never" ? seconds === undefined : seconds !== undefined && seconds <= most + slackSeconds,
    at: tunnel,
    found: seconds === undefined ? "lasted" : `${seconds.toFixed(1)} s`,
  });
}

/** The tunnel into which the Azure gateway routes packets for the endpoint. */
async function activeTunnel(lab: Lab): Promise<LabTunnel> {
  const address = lab.plan.aws.endpointAddress;
  const route = await lab.namespaces.runOk(roles.azure, ["ip", "route", "get", address]);
  const number = Number(/ dev tun(\d+) /.exec(route)?.[1]);
  const tunnel = lab.tunnels.find((one) => one.plan.number === number);
  if (tunnel !== undefined) return tunnel;
  throw new LabError(`the Azure gateway routes ${address} into no tunnel: ${route.trim()}`);
}

function onInstance(lab: Lab, { plan }: LabTunnel): LabTunnel[] {
  return lab.tunnels.filter((tunnel) => tunnel.plan.azureInstance === plan.azureInstance);
}
