import type { Tunnel } from "../tunnels/tunnels";
import type { Fault } from "./fault";
import { alarmSentence } from "./notifications";

/** What becomes of the packets and of the reader, one sentence each. */
export function sentences(tunnels: readonly Tunnel[], fault: Omit<Fault, "says">): readonly string[] {
  const { verdict, carriers, lost, opened, zones } = fault;
  return [
    fault.journeys.some(({ ok }) => ok)
      ? egress(tunnels, carriers)
      : fault.kind === "silent tunnel"
        ? "Neither cloud detects it: packets sent through it are lost, even while other tunnels are up."
        : "No packet reaches the endpoint and returns.",
    ...(verdict === "in part"
      ? [
          "The endpoint's name lists the dead address too: a client that tries only one address fails when it meets that one.",
        ]
      : []),
    ...(zones.length > 0
      ? [
          "AWS may keep one endpoint of each VPN connection in that zone, and does not say which: the worst choice is judged.",
        ]
      : []),
    ...(lost.length > 0 ? [`The reader loses ${summed(lost)}.`] : []),
    ...(opened.length > 0 ? [`It opens to ${summed(opened)}.`] : []),
    ...alarmSentence(fault.notifications),
    interruption(fault),
  ];
}

function egress(tunnels: readonly Tunnel[], carriers: readonly string[]): string {
  const bgp = tunnels.some(({ name, routing }) => carriers.includes(name) && routing === "bgp");
  if (carriers.length === 1) return `Packets travel both ways through ${carriers.join("")}.`;
  const there = bgp
    ? `Azure spreads connections over ${carriers.join(", ")}`
    : `Azure sends through ${carriers.join(" or ")}`;
  return `${there}; AWS answers through one of them, which it chooses.`;
}

function interruption({ verdict, interruptedSeconds, notices, back }: Omit<Fault, "says">): string {
  if (verdict === "outage") return `It lasts until this is back: ${back.how}.`;
  if (notices.length === 0) return `No packet is lost. To repair it: ${back.how}.`;
  const noticed = notices.map((n) => `${n.who} (${n.how}) after ${String(n.seconds)} s`);
  return `Packets are lost for at most ${String(interruptedSeconds)} s, and none that go another way: detected by ${noticed.join(", ")}.`;
}

function summed(entries: readonly string[]): string {
  const [first = ""] = entries;
  return entries.length === 1 ? first : `${first}, and ${entries.length - 1} more`;
}
