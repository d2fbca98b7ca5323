import type { AwsSecurityGroup } from "../../rehearsal/estate/aws";
import type { AzureSecurityGroup, AzureSecurityRule } from "../../rehearsal/estate/azure";
import { LabError } from "../machine/processes";

/** Rules of nftables, in the order in which they apply, for incoming and outgoing packets. */
export interface PacketFilter {
  readonly input: readonly string[];
  readonly output: readonly string[];
}

/** Both clouds allow the replies to allowed traffic. */
const replies = "ct state established,related accept";

/** A security group's effect on a network interface: what no rule allows is dropped; the endpoint opens no connections. */
export function endpointFilter(groups: readonly AwsSecurityGroup[]): PacketFilter {
  const rules = groups.flatMap((group) =>
    group.rules.map((rule) => `ip saddr ${rule.cidr ?? "0.0.0.0/0"} ${ports(rule)} accept`),
  );
  return { input: ["iif lo accept", replies, ...rules, "drop"], output: [] };
}

/**
 * A network security group's effect on a subnet: its own rules, then Azure's, which allow traffic within a virtual
 * network and with what its gateway reaches. `virtualNetwork` is all of that, and `Internet` is the rest. @see https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview
 */
export function clientFilter(
  group: AzureSecurityGroup | undefined,
  virtualNetwork: readonly string[],
): PacketFilter {
  const rules = (direction: string): string[] =>
    (group?.rules ?? [])
      .filter((rule) => rule.direction === direction)
      .map((rule) => azureRule(rule, virtualNetwork));
  return {
    input: ["iif lo accept", replies, ...rules("Inbound")],
    output: ["oif lo accept", replies, ...rules("Outbound")],
  };
}

/** nftables' commands that apply a filter. */
export function filterCommands(filter: PacketFilter): string[] {
  const table = "inet lab_filter";
  const rules = (["input", "output"] as const).flatMap((hook) => [
    `add chain ${table} ${hook} { type filter hook ${hook} priority 0; }`,
    ...filter[hook].map((rule) => `add rule ${table} ${hook} ${rule}`),
  ]);
  return [`add table ${table}`, ...rules];
}

function ports(rule: AwsSecurityGroup["rules"][number]): string {
  if (rule.protocol === "-1") return "";
  const [from, to] = [rule.fromPort ?? 0, rule.toPort ?? 65_535];
  return `${rule.protocol ?? "tcp"} dport ${from}-${to}`;
}

function azureRule(rule: AzureSecurityRule, virtualNetwork: readonly string[]): string {
  const protocol = rule.protocol.toLowerCase();
  const matches = [
    prefixes("saddr", rule, rule.sources, virtualNetwork),
    prefixes("daddr", rule, rule.destinations, virtualNetwork),
    portList("sport", protocol, rule.sourcePorts),
    portList("dport", protocol, rule.destinationPorts),
    protocol === "*" ? "" : `meta l4proto ${protocol}`,
  ];
  return [...matches.filter(Boolean), rule.access === "Allow" ? "accept" : "drop"].join(" ");
}

function prefixes(
  side: "saddr" | "daddr",
  rule: AzureSecurityRule,
  values: readonly string[],
  virtualNetwork: readonly string[],
): string {
  if (values.includes("*")) return "";
  if (values.length === 1 && values[0] === "Internet")
    return `ip ${side} != { ${virtualNetwork.join(", ")} }`;
  if (values.length === 1 && values[0] === "VirtualNetwork")
    return `ip ${side} { ${virtualNetwork.join(", ")} }`;
  const tag = values.find((value) => !/^\d/.test(value));
  if (tag !== undefined) {
    throw new LabError(`security rule ${rule.name}: the lab does not support the service tag ${tag}`);
  }
  return `ip ${side} { ${values.join(", ")} }`;
}

function portList(side: "sport" | "dport", protocol: string, values: readonly string[]): string {
  if (values.includes("*") || values.length === 0) return "";
  return `${protocol === "*" ? "th" : protocol} ${side} { ${values.join(", ")} }`;
}
