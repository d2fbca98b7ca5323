import { ikeErrors, type IkeError } from "../ike/settings";
import { dial, type LabTunnel, waitForTunnels } from "../lab";
import { planLab } from "../plan/labPlan";
import { LabError, pause, until } from "../machine/processes";
import { retell, retellSpeakers } from "../reconfigure";
import { chooseTunnels, type Session } from "../session";
import { speedUp } from "../plan/timers";
import type { Failure, Twin } from "../recording/misconfigurations";
import type { Check } from "./check";
import { renewed } from "./tunnels";

/** How long a negotiation may take before it counts as failed. */
const negotiationMs = 4000;
/** How long BGP gets to come up all the same, several times what it takes. */
const bgpMs = 6000;

/** What became of a tunnel with one end changed. */
interface Outcome {
  readonly at: Failure["at"] | "nowhere";
  readonly error: string | undefined;
}

/** Changes one end, looks how the tunnel fails, and restores it: the healthy tunnel is the control of each twin. */
export async function checkTwin(session: Session, twin: Twin): Promise<Check> {
  const { lab } = session;
  const [tunnel] = lab.tunnels;
  if (tunnel === undefined) throw new LabError("the lab has no tunnel to make a twin of");
  const twinPlan = chooseTunnels(speedUp(planLab(twin.change(session.recording)), session.speed), {
    firstTunnelOnly: lab.tunnels.length === 1,
  });
  const [twinTunnel] = twinPlan.tunnels;
  if (twinTunnel === undefined) throw new LabError(`the twin "${twin.name}" has no tunnel`);
  await retell(lab, tunnel, twinTunnel);
  await retellSpeakers(lab, twinPlan);
  const found = await outcomeOf(session, tunnel, twin.fails);
  await retell(lab, tunnel, tunnel.plan);
  await retellSpeakers(lab, lab.plan);
  await dial(tunnel);
  await waitForTunnels(lab);
  const healthy = await renews(tunnel);
  return {
    name: twin.name,
    holds: matches(found, twin.fails) && healthy,
    found: `${describe(found)}; ${healthy ? "healthy again" : "NOT HEALTHY"} with both ends alike`,
  };
}

async function outcomeOf(session: Session, tunnel: LabTunnel, expected: Failure): Promise<Outcome> {
  const marks = [tunnel.aws.mark(), tunnel.azure.mark()] as const;
  const said = (): IkeError | undefined =>
    errorIn([...tunnel.aws.said(marks[0]), ...tunnel.azure.said(marks[1])]);
  const dialled = await tunnel.aws.dialAndWait(negotiationMs).then(
    () => true,
    () => false,
  );
  if (!dialled || (await tunnel.aws.child()) === undefined) {
    const established = (await tunnel.aws.associations()).some((one) => one.state === "ESTABLISHED");
    return { at: established ? "child" : "ike", error: said() };
  }
  if (!(await renews(tunnel))) return { at: "renewal", error: said() };
  if (expected.at !== "bgp") return { at: "nowhere", error: undefined };
  return bgpOutcome(session);
}

async function bgpOutcome({ lab }: Session): Promise<Outcome> {
  const { speakers } = lab;
  if (speakers === undefined) return { at: "nowhere", error: undefined };
  const both = [speakers.azure, speakers.aws];
  const marks = both.map((speaker) => speaker.process.lines.length);
  const deadline = performance.now() + bgpMs;
  while (performance.now() < deadline) {
    const sessions = (await Promise.all(both.map((speaker) => speaker.sessions()))).flat();
    if (sessions.every((one) => one.state === "Established")) return { at: "nowhere", error: undefined };
    const lines = both.flatMap((speaker, index) => speaker.process.lines.slice(marks[index]));
    const error = lines.map((line) => /Bad peer AS/.exec(line)?.[0]).find((found) => found !== undefined);
    if (error !== undefined) return { at: "bgp", error };
    await pause(100);
  }
  return { at: "bgp", error: "no session" };
}

/** A new child association with a key exchange of its own: `rekey` itself says nothing of the outcome. */
async function renews(tunnel: LabTunnel): Promise<boolean> {
  const before = await until("the tunnel has a child", async () => tunnel.aws.child());
  return (await renewed(tunnel, before.uniqueId))?.keyExchange !== undefined;
}

function errorIn(lines: readonly string[]): IkeError | undefined {
  return ikeErrors.find((error) => lines.some((line) => line.includes(spoken[error])));
}

/** charon's abbreviations in its log. */
const spoken: Readonly<Record<IkeError, string>> = {
  AUTHENTICATION_FAILED: "AUTH_FAILED",
  TS_UNACCEPTABLE: "TS_UNACCEPT",
  NO_PROPOSAL_CHOSEN: "NO_PROP",
  INVALID_KE_PAYLOAD: "INVAL_KE",
  "peer not responding": "giving up after",
};

function matches(found: Outcome, expected: Failure): boolean {
  if (found.at !== expected.at) return false;
  return expected.at === "nowhere" || found.error === expected.error;
}

function describe({ at, error }: Outcome): string {
  return at === "nowhere" ? "nothing failed" : `failed at ${at}${error === undefined ? "" : `: ${error}`}`;
}
