import type { StackOutputs } from "../../../outputs";
import { isGone, known } from "../facts/answer";
import type { AzureFacts, ClientSubnetFacts, SecurityRuleFacts } from "../facts/azure";
import { finding, type Finding } from "./findings";
import { covers } from "./addresses";

/** The client subnet and what its security group lets through. */
export function judgeClientNetwork(outputs: StackOutputs, azure: AzureFacts): readonly Finding[] {
  const { clientSubnetId, clientSecurityGroupId } = outputs.azureNetwork;
  const name = clientSubnetId.slice(clientSubnetId.lastIndexOf("/") + 1);
  if (isGone(azure.clientSubnet)) return [finding("client-subnet-missing", name, "Azure has no such subnet")];
  const subnet = known(azure.clientSubnet);
  if (subnet === undefined) return [];
  return [
    ...judgeSubnet(name, subnet, clientSecurityGroupId),
    ...judgeRules(name, subnet.cidr, outputs.awsNetwork.cidr, known(azure.clientRules) ?? []),
  ];
}

function judgeSubnet(name: string, subnet: ClientSubnetFacts, groupId: string): readonly Finding[] {
  const findings: Finding[] = [];
  // Azure does not care for the case of ids, and does not keep it.
  if (subnet.securityGroupId?.toLowerCase() !== groupId.toLowerCase())
    findings.push(
      finding(
        "client-subnet-unguarded",
        name,
        `its security group is ${subnet.securityGroupId ?? "none"}, not ${groupId}`,
      ),
    );
  if (subnet.routeTableId !== undefined)
    findings.push(finding("client-subnet-diverted", name, `it has the route table ${subnet.routeTableId}`));
  if (subnet.defaultOutbound)
    findings.push(finding("client-subnet-way-out", name, "default outbound access is on; it must be off"));
  return findings;
}

function judgeRules(
  name: string,
  clients: string,
  aws: string,
  rules: readonly SecurityRuleFacts[],
): readonly Finding[] {
  if (rules.length === 0) return [];
  const findings: Finding[] = [];
  const out = decide(rules, { direction: "Outbound", from: clients, to: aws, port: 443 });
  if (out?.access !== "Allow")
    findings.push(
      finding(
        "client-https-blocked",
        name,
        `the rule ${out?.name ?? "none"} stops HTTPS from ${clients} to ${aws}`,
      ),
    );
  const into = decide(rules, { direction: "Inbound", from: aws, to: clients, port: "any" });
  if (into?.access === "Allow")
    findings.push(
      finding("client-open-to-aws", name, `the rule ${into.name} lets ${aws} open connections to ${clients}`),
    );
  return findings;
}

interface Connection {
  readonly direction: "Inbound" | "Outbound";
  readonly from: string;
  readonly to: string;
  /** `any`: whichever port some rule lets in. */
  readonly port: number | "any";
}

/**
 * The first rule by priority that names the connection decides. A rule for a part of the networks alone is passed over
 * if it allows, and decides if it denies: then some client is shut out.
 */
function decide(rules: readonly SecurityRuleFacts[], connection: Connection): SecurityRuleFacts | undefined {
  const { direction, from, to, port } = connection;
  return rules
    .filter((rule) => rule.direction === direction)
    .sort((a, b) => a.priority - b.priority)
    .find(
      (rule) =>
        ["*", "tcp"].includes(rule.protocol.toLowerCase()) &&
        rule.destinationPorts.some((range) => holdsPort(rule, range, port)) &&
        concerns(rule, rule.sources, from) &&
        concerns(rule, rule.destinations, to),
    );
}

function concerns(rule: SecurityRuleFacts, prefixes: readonly string[], network: string): boolean {
  return prefixes.some(
    (prefix) =>
      // guess: a network behind a VPN gateway counts as VirtualNetwork, as Microsoft says of connected on-premises space.
      ["*", "VirtualNetwork", "0.0.0.0/0"].includes(prefix) ||
      covers(prefix, network) ||
      (rule.access === "Deny" && covers(network, prefix)),
  );
}

function holdsPort(rule: SecurityRuleFacts, range: string, port: Connection["port"]): boolean {
  if (range === "*" || range === "0-65535") return true;
  if (port === "any") return rule.access === "Allow";
  const [low = "", high = low] = range.split("-");
  return Number(low) <= port && port <= Number(high);
}
