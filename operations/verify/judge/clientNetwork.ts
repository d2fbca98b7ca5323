import type { StackOutputs } from "../../../outputs";
import type { AzureFacts, ClientSubnetFacts, SecurityRuleFacts } from "../facts/azure";
import { nameOf } from "../facts/ids";
import { covers } from "./addresses";
import { finding, findingsOn } from "./findings";
import { type Judgement, read } from "./judgement";

/** The client subnet and what its security group lets through. */
export function* judgeClientNetwork(
  { azureNetwork: { clientSubnetId, clientSecurityGroupId }, awsNetwork }: StackOutputs,
  azure: Pick<AzureFacts, "clientSubnet" | "clientRules">,
): Judgement {
  const name = nameOf(clientSubnetId);
  const missing = finding("client-subnet-missing", name, "Azure has no such subnet");
  const subnet = yield* read(azure.clientSubnet, missing);
  const rules = yield* read(azure.clientRules);
  if (subnet === undefined) return;
  yield* judgeSubnet(name, subnet, clientSecurityGroupId);
  if (rules !== undefined) yield* judgeRules(name, subnet.cidr, awsNetwork.cidr, rules);
}

function* judgeSubnet(name: string, subnet: ClientSubnetFacts, groupId: string): Judgement {
  const found = findingsOn(name);
  const { securityGroupId, routeTableId, defaultOutbound } = subnet;
  // Azure compares ids without regard to case, and does not keep it.
  if (securityGroupId?.toLowerCase() !== groupId.toLowerCase())
    yield found(
      "client-subnet-unguarded",
      `its security group is ${securityGroupId ?? "none"}, not ${groupId}`,
    );
  if (routeTableId !== undefined)
    yield found("client-subnet-diverted", `it has the route table ${routeTableId}`);
  if (defaultOutbound) yield found("client-subnet-way-out", "default outbound access is on; it must be off");
}

function* judgeRules(
  name: string,
  clients: string,
  aws: string,
  rules: readonly SecurityRuleFacts[],
): Judgement {
  const found = findingsOn(name);
  const out = decide(rules, { direction: "Outbound", from: clients, to: aws, port: 443 });
  if (out?.access !== "Allow")
    yield found(
      "client-https-blocked",
      out === undefined
        ? `no rule allows HTTPS from ${clients} to ${aws}`
        : `the rule ${out.name} blocks HTTPS from ${clients} to ${aws}`,
    );
  const into = decide(rules, { direction: "Inbound", from: aws, to: clients, port: "any" });
  if (into?.access === "Allow")
    yield found("client-open-to-aws", `the rule ${into.name} lets ${aws} open connections to ${clients}`);
}

interface Connection {
  readonly direction: "Inbound" | "Outbound";
  readonly from: string;
  readonly to: string;
  /** `any`: whichever port a rule allows. */
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
