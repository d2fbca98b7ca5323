import { blockOf, covers } from "../../../rehearsal/model/addresses";
import { divide } from "../../../rehearsal/model/parts";
import type { Addresses } from "./addressClasses";
import type { FlowComparison } from "./compare";
import type { Flow } from "./filter";
import type { Ports } from "../../../rehearsal/model/ports";

/** For each place a line, and one below for each flow. */
export function flowLines(comparison: FlowComparison): readonly string[] {
  const place = comparison.names.map((name) => `\`${name}\``).join(", ");
  if (comparison.kind === "not compared") return [`- ${place} is not compared: ${comparison.reason}.`];
  const lines =
    comparison.kind === "routes"
      ? comparison.rerouted.map(
          ({ to, before, after }) =>
            `${listed(to)} goes ${after === undefined ? "nowhere" : `to ${after}`}, before ${before ?? "nowhere"}`,
        )
      : [
          ...comparison.opened.map((flow) => `opens ${flowInWords(flow)}`),
          ...comparison.closed.map((flow) => `closes ${flowInWords(flow)}`),
        ];
  if (lines.length === 0) return [`- ${place}: the same flows as before.`];
  return [`- ${place}:`, ...lines.map((line) => `  - ${line}`)];
}

/** As `inbound tcp 443 from 10.1.0.0/22 to anywhere`. */
export function flowInWords({ direction, protocols, from, to, ports, fromPorts }: Flow): string {
  const own = fromPorts.length === 0 ? "" : ` port ${portsInWords(fromPorts)}`;
  const port = ports.length === 0 ? "" : ` ${portsInWords(ports)}`;
  const what = protocols.join() === "any" ? "any protocol" : protocols.join(", ");
  return `${direction} ${what}${port} from ${inWords(from)}${own} to ${inWords(to)}`;
}

function portsInWords(ports: readonly Ports[]): string {
  return listed(ports.map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`)));
}

function inWords({ networks, where }: Addresses): string {
  const whole = networks.join() === "0.0.0.0/0,::/0";
  const sets = where.map((one) => {
    const parts = [...one.in.map((name) => `in ${name}`), ...one.notIn.map((name) => `not in ${name}`)];
    return parts.join(" and ");
  });
  const others = networks.some((one) => blockOf(one) !== undefined) ? withoutThese(networks) : networks;
  const list =
    others.length > 0 && others.length < networks.length ? `all but ${listed(others)}` : listed(networks);
  return `${whole ? "anywhere" : list}${sets.length === 0 ? "" : ` (${sets.join("; ")})`}`;
}

/** Everything but some networks is told by what is left out, where that is shorter. */
function withoutThese(networks: readonly string[]): readonly string[] {
  return divide("0.0.0.0/0", networks, (part) => networks.some((one) => covers(one, part))).get(false) ?? [];
}

/** The first names, and how many more there are: never one more alone. The JSON names all of them. */
export function listed(names: readonly string[], most = 8): string {
  if (names.length <= most + 1) return names.join(", ");
  return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}
