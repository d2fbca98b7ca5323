import type { AwsIngressRule, AwsSecurityGroup } from "../estate/aws";
import type { AzureSecurityGroup, AzureSecurityRule } from "../estate/azure";
import { azurePorts, everyPort, type Ports } from "../model/ports";
import { type Flow, type Match, type Piece, piecesOf, type RuleVerdict, verdictOf } from "./flows";

/**
 * Azure asks the rules by priority, then its own: between the virtual network and what its gateway reaches everything
 * passes. @see https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#default-security-rules
 */
export function askSecurityGroup(
  group: Pick<AzureSecurityGroup, "rules"> | undefined,
  flow: Flow,
): RuleVerdict {
  const rules = (group?.rules ?? []).filter(
    ({ direction, protocol }) =>
      direction === flow.direction && (protocol === "*" || protocol === flow.protocol),
  );
  const byDefault =
    group === undefined
      ? "no security group"
      : `AllowVnet${flow.direction === "Inbound" ? "In" : "Out"}Bound`;
  return verdictOf(
    piecesOf(flow, rules.map(matchOf)),
    rules.map(({ name }) => name),
    ({ matching: [first] }) => {
      const rule = first === undefined ? undefined : rules[first];
      return { passes: rule === undefined || rule.access === "Allow", rule: rule?.name ?? byDefault };
    },
  );
}

function matchOf({ sources, destinations, sourcePorts, destinationPorts }: AzureSecurityRule): Match {
  return {
    sources: sources.map(network),
    destinations: destinations.map(network),
    sourcePorts: sourcePorts.map(azurePorts),
    ports: destinationPorts.map(azurePorts),
  };
}

/**
 * The tag VirtualNetwork stands for the virtual network and everything its gateway reaches, which is all that is asked
 * about here. Every other tag stands for public addresses of Azure's services, or for the internet.
 * @see https://learn.microsoft.com/azure/virtual-network/service-tags-overview#available-service-tags
 */
function network(prefix: string): string {
  return ["*", "Any", "VirtualNetwork"].includes(prefix) ? "0.0.0.0/0" : prefix;
}

/** What AWS security groups do, and the rules that let something in. */
export interface IngressVerdict extends RuleVerdict {
  readonly letsIn: readonly AwsIngressRule[];
}

/** HTTPS from a network to what AWS security groups guard: whatever one rule of one group lets in, is in. */
export function askIngress(groups: readonly AwsSecurityGroup[], source: string): IngressVerdict {
  const asked = groups
    .flatMap((group) => group.rules)
    .filter(({ protocol }) => ["tcp", "6", "-1"].includes(protocol ?? ""));
  const matches = asked.map((rule): Match => ({
    sources: rule.cidr === undefined ? [] : [rule.cidr],
    destinations: [anywhere],
    sourcePorts: [everyPort],
    ports: [portsOf(rule)],
  }));
  const flow: Flow = {
    direction: "Inbound",
    protocol: "Tcp",
    source,
    destination: anywhere,
    fromPort: 443,
    toPort: 443,
  };
  const pieces = piecesOf(flow, matches);
  const first = ({ matching: [index] }: Piece) => (index === undefined ? undefined : asked[index]);
  return {
    ...verdictOf(pieces, asked.map(inWords), (piece) => {
      const rule = first(piece);
      return { passes: rule !== undefined, rule: rule === undefined ? "no rule" : inWords(rule) };
    }),
    letsIn: pieces.flatMap((piece) => first(piece) ?? []),
  };
}

const anywhere = "0.0.0.0/0";

function portsOf({ protocol, fromPort, toPort }: AwsIngressRule): Ports {
  if (protocol === "-1") return everyPort;
  return { from: fromPort ?? Number.NaN, to: toPort ?? Number.NaN };
}

function inWords({ protocol, fromPort, cidr }: AwsIngressRule): string {
  return `${protocol ?? ""} ${String(fromPort ?? "")} from ${cidr ?? ""}`;
}
