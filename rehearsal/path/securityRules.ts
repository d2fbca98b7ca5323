import { covers, overlap } from "../model/addresses";
import type { AwsSecurityGroup } from "../estate/aws";
import type { AzureSecurityGroup, AzureSecurityRule } from "../estate/azure";

/** New connections of one kind: every address of one network to every address of another. */
export interface Flow {
  readonly direction: "Inbound" | "Outbound";
  readonly protocol: "Tcp" | "Udp" | "Icmp" | "Esp" | "Ah";
  readonly source: string;
  readonly destination: string;
  /** Destination ports, both ends included. */
  readonly fromPort: number;
  readonly toPort: number;
}

/** What a set of rules does with a flow: all of it passes, all of it stops, or the rules split it. */
export interface RuleVerdict {
  readonly passes: "all" | "some" | "none";
  /** The rules that decided, in order. */
  readonly rules: readonly string[];
}

/**
 * Azure asks the rules by priority, then its own: between the virtual network and what its gateway reaches everything
 * passes. @see https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#default-security-rules
 */
export function askSecurityGroup(group: AzureSecurityGroup | undefined, flow: Flow): RuleVerdict {
  const rules = group?.rules ?? [];
  const decided: string[] = [];
  const seen = { allowed: false, denied: false };
  for (const rule of rules) {
    const match = matches(rule, flow);
    if (match === "none") continue;
    decided.push(rule.name);
    if (rule.access === "Allow") seen.allowed = true;
    else seen.denied = true;
    if (match === "all") return { passes: summary(seen), rules: decided };
  }
  seen.allowed = true;
  const byDefault =
    group === undefined
      ? "no security group"
      : `AllowVnet${flow.direction === "Inbound" ? "In" : "Out"}Bound`;
  return { passes: summary(seen), rules: [...decided, byDefault] };
}

function summary(seen: { readonly allowed: boolean; readonly denied: boolean }): RuleVerdict["passes"] {
  if (!seen.denied) return "all";
  return seen.allowed ? "some" : "none";
}

function matches(rule: AzureSecurityRule, flow: Flow): "all" | "some" | "none" {
  if (rule.direction !== flow.direction) return "none";
  if (rule.protocol !== "*" && rule.protocol !== flow.protocol) return "none";
  const parts = [
    addressMatch(rule.sources, flow.source),
    addressMatch(rule.destinations, flow.destination),
    portMatch(rule.destinationPorts, flow),
    // A client's own port may be any.
    portMatch(rule.sourcePorts, { fromPort: 0, toPort: 65_535 }),
  ];
  if (parts.includes("none")) return "none";
  return parts.includes("some") ? "some" : "all";
}

function addressMatch(prefixes: readonly string[], network: string): "all" | "some" | "none" {
  // The tag stands for the virtual network and everything its gateway reaches, which is all that is asked about here.
  const anywhere = ["*", "0.0.0.0/0", "Any", "VirtualNetwork"];
  if (prefixes.some((prefix) => anywhere.includes(prefix) || covers(prefix, network))) return "all";
  return prefixes.some((prefix) => overlap(prefix, network)) ? "some" : "none";
}

function portMatch(
  ranges: readonly string[],
  flow: { readonly fromPort: number; readonly toPort: number },
): "all" | "some" | "none" {
  const bounds = ranges.map((range): readonly [number, number] => {
    if (range === "*") return [0, 65_535];
    const [from = "", to = from] = range.split("-");
    return [Number(from), Number(to)];
  });
  if (bounds.some(([from, to]) => from <= flow.fromPort && flow.toPort <= to)) return "all";
  return bounds.some(([from, to]) => from <= flow.toPort && flow.fromPort <= to) ? "some" : "none";
}

/** The ingress rule of an AWS security group that lets HTTPS in from all of a network. */
export function httpsRule(groups: readonly AwsSecurityGroup[], source: string) {
  return groups
    .flatMap((group) => group.rules)
    .find(
      ({ cidr, protocol, fromPort, toPort }) =>
        cidr !== undefined &&
        covers(cidr, source) &&
        (protocol === "-1" ||
          (protocol === "tcp" &&
            fromPort !== undefined &&
            fromPort <= 443 &&
            toPort !== undefined &&
            toPort >= 443)),
    );
}
