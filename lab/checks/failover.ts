import { type Fault, judgeFaults } from "../../rehearsal/faults/faults";
import { healInternet, losePackets } from "../network/packetLoss";
import { dial, killEnd, type Lab, type LabTunnel, replaceEnd, waitForTunnels } from "../lab";
import { roles } from "../network/plan";
import { LabError } from "../machine/processes";
import type { Session } from "../session";
import { Traffic } from "../traffic/traffic";

/** A failure, how long packets were lost in the lab, and what the rehearsal predicts. */
export interface Outage {
  readonly failure: string;
  readonly tunnel: string;
  /** In the lab's time; undefined where it did not end while the failure lasted. */
  readonly seconds: number | undefined;
  /** In the clouds' time: timers are `speed` times longer there. What no timer ends takes as long here as there. */
  readonly scaledSeconds: number | undefined;
  /** The rehearsal's; `never` where no timer ends it; undefined where it has no such failure. */
  readonly predicted: number | "never" | undefined;
  readonly timers: string;
  readonly holds: boolean;
}

interface Scenario {
  readonly failure: string;
  /** The kind of failure that the rehearsal calls it. */
  readonly kind: Fault["kind"] | undefined;
  readonly timers: string;
  /** Whether the topology can show it at all. */
  readonly possible: (lab: Lab) => boolean;
  readonly breakIt: (lab: Lab, victim: LabTunnel) => Promise<void>;
  readonly repair: (lab: Lab, victim: LabTunnel) => Promise<void>;
}

const always = (): boolean => true;
const deadPeer = "dead peer detection, Azure 45 s, AWS 30 s";

const scenarios: readonly Scenario[] = [
  {
    failure: "Azure hangs up",
    kind: undefined,
    timers: "none: AWS hears the farewell and dials again",
    possible: always,
    breakIt: (_lab, victim) => victim.azure.hangUp(),
    repair: () => Promise.resolve(),
  },
  {
    failure: "the internet loses everything of a tunnel",
    kind: "tunnel",
    timers: deadPeer,
    possible: always,
    breakIt: (lab, victim) => losePackets(lab, [victim], "everything"),
    repair: (lab) => healInternet(lab),
  },
  {
    failure: "the internet loses a tunnel's ESP, not its IKE",
    kind: "silent tunnel",
    timers: "BGP hold time 180 s; none with static routes",
    possible: always,
    breakIt: (lab, victim) => losePackets(lab, [victim], "esp"),
    repair: (lab) => healInternet(lab),
  },
  {
    failure: "an instance of the Azure gateway is gone",
    kind: "Azure instance",
    timers: deadPeer,
    // A gateway with one active instance has a standby, which the lab does not.
    possible: (lab) => lab.tunnels.some((one) => one.plan.azureInstance > 0),
    breakIt: async (lab, victim) => {
      await Promise.all(onInstance(lab, victim).map((tunnel) => killEnd(tunnel, "azure")));
    },
    repair: async (lab, victim) => {
      await Promise.all(onInstance(lab, victim).map((tunnel) => replaceEnd(lab, tunnel, "azure")));
    },
  },
  {
    failure: "AWS replaces an endpoint",
    kind: "AWS endpoint",
    timers: `${deadPeer}; AWS dials when the new endpoint stands`,
    possible: always,
    breakIt: (_lab, victim) => killEnd(victim, "aws"),
    repair: async (lab, victim) => {
      await replaceEnd(lab, victim, "aws");
      await dial(victim);
    },
  },
];

/** Longer than the lab's longest timer, which is BGP's hold time or dead peer detection: longer is not noticed at all. */
const patienceSeconds = { bgp: 24, static: 12 };
/** How long failures last where nothing but their end helps. */
const lastingSeconds = 4;
/** What the machine may take on top of the timers. */
const slackSeconds = 2;

/** Breaks the tunnel that carries the traffic, in every way, and measures how long the traffic stops. */
export async function measureFailover(
  session: Session,
  onOutage?: (outage: Outage) => void,
): Promise<Outage[]> {
  const { lab } = session;
  const predictions = judgeFaults(session.recording, "what fails by itself").singles;
  const outages: Outage[] = [];
  for (const scenario of scenarios.filter((one) => one.possible(lab))) {
    const outage = await measure(session, scenario, predictions);
    outages.push(outage);
    onOutage?.(outage);
  }
  return outages;
}

async function measure(session: Session, scenario: Scenario, predictions: readonly Fault[]): Promise<Outage> {
  const { lab, speed } = session;
  const victim = await carrier(lab);
  const prediction = predictions.find(
    (fault) => fault.kind === scenario.kind && fault.tunnels.includes(victim.plan.name),
  );
  const predicted = predictedSeconds(prediction);
  const traffic = await Traffic.start(lab);
  try {
    const began = Date.now();
    await scenario.breakIt(lab, victim);
    const patience =
      lab.tunnels.length > 1 ? patienceSeconds[victim.plan.azure.routing.kind] : lastingSeconds;
    const recovered = await traffic.resumes(began, patience * 1000);
    const { longestGapSeconds } = await traffic.report(began);
    await scenario.repair(lab, victim);
    await traffic.answeredSince(Date.now(), 30_000);
    await waitForTunnels(lab, 60_000);
    const seconds = recovered ? longestGapSeconds : undefined;
    return {
      failure: scenario.failure,
      tunnel: victim.plan.name,
      seconds,
      scaledSeconds: seconds === undefined || scenario.kind === undefined ? seconds : seconds * speed,
      predicted,
      timers: scenario.timers,
      holds: asPredicted(session, seconds, predicted),
    };
  } finally {
    await traffic.stop();
  }
}

/** An outage lasts as long as what causes it, unless the rehearsal knows a timer that ends it. */
function predictedSeconds(fault: Fault | undefined): Outage["predicted"] {
  if (fault === undefined) return undefined;
  return fault.verdict === "outage" ? "never" : (fault.interruptedSeconds ?? "never");
}

/** A prediction counts from the moment that detection begins, which is after a silence. */
function asPredicted(session: Session, seconds: number | undefined, predicted: Outage["predicted"]): boolean {
  if (predicted === undefined) return seconds !== undefined && seconds <= slackSeconds;
  if (predicted === "never") return seconds === undefined;
  const silence = Math.max(...session.recorded.tunnels.map(({ azure }) => azure.deadPeer.idleSeconds));
  return seconds !== undefined && seconds <= (predicted + silence) / session.speed + slackSeconds;
}

/** The tunnel into which the Azure gateway sends what is meant for the endpoint. */
async function carrier(lab: Lab): Promise<LabTunnel> {
  const address = lab.plan.aws.subnets[0]?.endpointAddress ?? "";
  const route = await lab.ground.runOk(roles.azure, ["ip", "route", "get", address]);
  const number = Number(/ dev tun(\d+) /.exec(route)?.[1]);
  const tunnel = lab.tunnels.find((one) => one.plan.number === number);
  if (tunnel === undefined)
    throw new LabError(`the Azure gateway sends ${address} into no tunnel: ${route.trim()}`);
  return tunnel;
}

function onInstance(lab: Lab, victim: LabTunnel): LabTunnel[] {
  return lab.tunnels.filter((tunnel) => tunnel.plan.azureInstance === victim.plan.azureInstance);
}
