import { initiate, type LabTunnel, reconfigure, reconfigureSpeakers, waitForTunnels } from "../lab";
import { LabError, pause, until } from "../machine/processes";
import { type LabPlan, planLab } from "../plan/labPlan";
import { speedUp } from "../plan/timers";
import { type Failure, hasCustomPolicy, type Misconfiguration } from "../recording/misconfigurations";
import { chooseTunnels, type Session } from "../session";
import { check, type Check } from "./check";
import { loggedError } from "./negotiation";
import { rekeyChild } from "./tunnels";

/** How long a negotiation may take before it counts as failed. */
const negotiationMs = 4000;
/** How long BGP has to come up, several times what it takes. */
const bgpMs = 6000;

/** What happened to a tunnel with one end changed. */
interface Result {
  readonly at: Failure["at"];
  readonly error?: string | undefined;
}

/** Changes one end, finds how the tunnel fails, and restores it: the healthy tunnel is the control of each failure. */
export async function checkMisconfiguration(session: Session, one: Misconfiguration): Promise<Check> {
  const { lab } = session;
  const [tunnel] = lab.tunnels;
  const plan = chooseTunnels(speedUp(planLab(one.change(session.recording)), session.speed), {
    firstTunnelOnly: lab.tunnels.length === 1,
  });
  const [changed] = plan.tunnels;
  if (tunnel === undefined || changed === undefined) throw new LabError(`"${one.name}": there is no tunnel`);
  await reconfigure(lab, tunnel, changed);
  await reconfigureSpeakers(lab, plan);
  const found = await resultOf(session, tunnel, one.fails);
  await reconfigure(lab, tunnel, tunnel.plan);
  await reconfigureSpeakers(lab, lab.plan);
  await initiate(tunnel);
  await waitForTunnels(lab);
  const healthy = await rekeys(tunnel);
  const expected: Result = one.fails;
  const text =
    found.at === "nowhere" ? "nothing failed" : `failed at ${found.at}: ${found.error ?? "no error"}`;
  return check(one.name, {
    holds: found.at === expected.at && found.error === expected.error && healthy,
    at: healthy ? `${tunnel.plan.name}, which must fail at ${expected.at}` : `${tunnel.plan.name}, restored`,
    found: `${text}; ${healthy ? "healthy again" : "NOT HEALTHY"} with the same settings on both ends`,
  });
}

/** The parameters that this tunnel does not have. */
export function inapplicable(plan: LabPlan): Check[] {
  if (plan.site !== undefined) {
    const reason = "the gateway has settings of others; a stack with a gateway of its own shows them";
    return [{ name: "parameters that both ends share", outcome: { kind: "not judged", reason } }];
  }
  const bgp = plan.tunnels[0]?.azure.routing.kind === "bgp";
  const groups = [
    [hasCustomPolicy(plan), "selectors and parameters of Azure's end", "Azure's end has its default policy"],
    [bgp, "addresses and ASNs of BGP", "the routes are static"],
  ] as const;
  return groups.flatMap(([applies, name, reason]) =>
    applies ? [] : [{ name, outcome: { kind: "not judged", reason } }],
  );
}

async function resultOf(session: Session, tunnel: LabTunnel, expected: Failure): Promise<Result> {
  const { aws, azure } = tunnel;
  const positions = [aws.logLength(), azure.logLength()] as const;
  const error = () => loggedError(() => [...aws.logSince(positions[0]), ...azure.logSince(positions[1])]);
  if (!(await aws.negotiate(negotiationMs)) || (await aws.child()) === undefined) {
    return { at: (await aws.established()) === undefined ? "ike" : "child", error: await error() };
  }
  if (!(await rekeys(tunnel))) return { at: "rekeying", error: await error() };
  return expected.at === "bgp" ? bgpResult(session) : { at: "nowhere" };
}

async function bgpResult({ lab }: Session): Promise<Result> {
  const speakers = Object.values(lab.speakers);
  const positions = speakers.map((speaker) => speaker.process.lines.length);
  const deadline = performance.now() + bgpMs;
  while (performance.now() < deadline) {
    const sessions = (await Promise.all(speakers.map((speaker) => speaker.sessions()))).flat();
    if (sessions.every((one) => one.state === "Established")) return { at: "nowhere" };
    const lines = speakers.flatMap(({ process }, index) => process.lines.slice(positions[index]));
    if (lines.some((line) => line.includes("Bad peer AS"))) return { at: "bgp", error: "Bad peer AS" };
    await pause(100);
  }
  return { at: "bgp", error: "no session" };
}

/** A new child association with a key exchange of its own: `rekey` itself does not report the result. */
async function rekeys(tunnel: LabTunnel): Promise<boolean> {
  const before = await until("the tunnel has a child", () => tunnel.aws.child());
  return (await rekeyChild(tunnel, before.uniqueId))?.keyExchange !== undefined;
}
