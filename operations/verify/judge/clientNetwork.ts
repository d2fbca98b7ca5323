import { azureRouting, azureSubnetRoutes } from "../../../rehearsal/model/routes/azureRoutes";
import { wayOf } from "../../../rehearsal/model/routes/routing";
import type { StackOutputs } from "../../../outputs";
import type { AzureFacts, NetworkFacts, SecurityRuleFacts, SubnetFacts } from "../facts/azure";
import { nameOf } from "../facts/ids";
import { awsCidrs } from "../facts/networks";
import { findingsOn } from "./findings";
import { type Judgement, type Judging, judgeUnknown, read } from "./judgement";
import { uncovered } from "../../../rehearsal/model/parts";
import { everyPort } from "../../../rehearsal/model/ports";
import { type Decision, decisionsOn, protocols } from "./securityRules";

/** The stack's own client subnet: its way to AWS, and what its security group lets through. */
export function* judgeClientNetwork(
  outputs: StackOutputs,
  azure: Pick<AzureFacts, "network" | "clientRules" | "routeTables">,
): Judgement {
  const { virtualNetworkId, clientSubnetId, clientSecurityGroupId } = outputs.azureNetwork;
  if (clientSubnetId === undefined || clientSecurityGroupId === undefined) return;
  const name = nameOf(clientSubnetId);
  const network = yield* readNetwork(nameOf(virtualNetworkId), azure);
  const rules = azure.clientRules && (yield* read(azure.clientRules));
  if (network === undefined) return;
  if (network.dnsServers.length > 0)
    yield {
      about: "the endpoint's name in the Azure network",
      reason: `its DNS servers are ${network.dnsServers.join(", ")}, and verify does not ask them`,
    };
  const subnet = network.clientSubnet;
  if (subnet === undefined) {
    yield findingsOn(name)("client-subnet-missing", "Azure has no such subnet");
    return;
  }
  yield* judgeSubnet(name, subnet, clientSecurityGroupId);
  for (const aws of awsCidrs(outputs)) {
    yield* judgeWay(name, { network, subnet, routeTables: azure.routeTables, aws });
    if (rules !== undefined) yield* judgeRules(name, subnet.cidrs, aws, rules);
  }
}

function* readNetwork(
  name: string,
  { network }: Pick<AzureFacts, "network">,
): Judging<NetworkFacts | undefined> {
  const found = yield* read(network, findingsOn(name)("azure-network-missing", "Azure has no such network"));
  if (found !== undefined) yield* judgeUnknown(`the Azure network ${name}`, found);
  return found;
}

function* judgeSubnet(name: string, subnet: SubnetFacts, groupId: string): Judgement {
  const found = findingsOn(name);
  const { securityGroupId, defaultOutbound } = subnet;
  // Azure compares ids without regard to case, and does not keep it.
  if (securityGroupId?.toLowerCase() !== groupId.toLowerCase())
    yield found(
      "client-subnet-unguarded",
      `its security group is ${securityGroupId ?? "none"}, not ${groupId}`,
    );
  if (defaultOutbound) yield found("client-subnet-way-out", "default outbound access is on; it must be off");
  yield* judgeUnknown(`the subnet ${name}`, subnet);
}

interface Way {
  readonly network: NetworkFacts;
  readonly subnet: SubnetFacts;
  readonly routeTables: AzureFacts["routeTables"];
  readonly aws: string;
}

/** That the gateway knows AWS's network is judged with its routes: here, that nothing takes the clients elsewhere. */
function* judgeWay(name: string, { network, subnet, routeTables, aws }: Way): Judgement {
  const found = findingsOn(name);
  const table = yield* tableOf(subnet, routeTables);
  if (table === "not known") return;
  const routes = azureSubnetRoutes({
    space: network.prefixes,
    peered: network.peered,
    behindGateway: [aws],
    table,
  });
  const way = wayOf(azureRouting(aws, routes), ({ nextHop }) => nextHop === "VirtualNetworkGateway");
  for (const { route, networks } of way.wrong)
    yield route?.origin !== "user" && table?.disableBgpRoutePropagation === true
      ? found(
          "client-propagation-off",
          `its route table does not take the gateway's routes, so nothing leads to ${networks.join(", ")}`,
        )
      : found(
          "client-subnet-diverted",
          `${route?.name ?? "no route"} leads ${networks.join(", ")} to ${route?.nextHop ?? "nothing"}, not to the gateway`,
        );
  for (const route of way.notJudged)
    yield { about: `${route.name} of ${name}`, reason: `${route.destination} is no network` };
}

/** The route table as routes; undefined without one. */
export function* tableOf(subnet: SubnetFacts, routeTables: AzureFacts["routeTables"]) {
  if (subnet.routeTableId === undefined) return undefined;
  const id = subnet.routeTableId;
  const answer = routeTables[id.toLowerCase()] ?? { about: `the route table ${id}`, value: undefined };
  const table = yield* read(answer);
  if (table === undefined) return "not known" as const;
  const routes = table.routes.map(({ name, destination, nextHop }) => ({
    name: `the route ${name}`,
    destination,
    nextHop,
    origin: "user" as const,
  }));
  return { routes, disableBgpRoutePropagation: table.disableBgpRoutePropagation };
}

/** Whether clients are shut out asks whether every address gets through; whether AWS gets in, if any one does. */
function* judgeRules(
  name: string,
  clients: readonly string[],
  aws: string,
  rules: readonly SecurityRuleFacts[],
): Judgement {
  const found = findingsOn(name);
  const out = { direction: "Outbound", from: clients, to: [aws] } as const;
  const https = decisionsOn(rules, { ...out, protocols: ["Tcp"], ports: [{ from: 443, to: 443 }] });
  for (const { rule, from, to } of yield* readable(https))
    if (rule?.access !== "Allow")
      yield found(
        "client-https-blocked",
        rule === undefined
          ? `no rule allows HTTPS from ${from} to ${to}`
          : `the rule ${rule.name} blocks HTTPS from ${from} to ${to}`,
      );
  const besides = [
    ...decisionsOn(rules, { ...out, protocols: ["Tcp"], ports: besidesHttps }),
    ...decisionsOn(rules, { ...out, protocols: protocols.slice(1), ports: [everyPort] }),
  ];
  const open = (yield* readable(besides)).filter(({ rule }) => rule?.access === "Allow");
  for (const [rule, { from, to }] of new Map(open.map((one) => [one.rule?.name ?? "", one])))
    yield found("client-open-out", `the rule ${rule} lets ${from} send more than HTTPS to ${to}`);
  const every = { protocols, ports: [everyPort] };
  const into = decisionsOn(rules, { ...every, direction: "Inbound", from: [aws], to: clients });
  for (const { rule, from, to } of yield* readable(into))
    if (rule?.access === "Allow")
      yield found("client-open-to-aws", `the rule ${rule.name} lets ${from} open connections to ${to}`);
  const world = uncovered("0.0.0.0/0", [aws]);
  const shut = rules.map(widened);
  const elsewhere = decisionsOn(shut, { ...every, direction: "Outbound", from: clients, to: world });
  for (const name of yield* allowing(elsewhere))
    yield found("client-not-shut", `the rule ${name} lets clients send to other networks than AWS's`);
  const others = decisionsOn(shut, { ...every, direction: "Inbound", from: world, to: clients });
  for (const name of yield* allowing(others))
    yield found("client-not-shut", `the rule ${name} lets others than AWS open connections to clients`);
}

/** A service tag stands for addresses that are not known here: what is allowed to one may be allowed to any. */
function widened(rule: SecurityRuleFacts): SecurityRuleFacts {
  if (rule.access !== "Allow") return rule;
  const wide = (prefixes: readonly string[]) =>
    prefixes.map((prefix) => (/^[a-z]+[a-z.]*$/i.test(prefix) ? "*" : prefix));
  return { ...rule, sources: wide(rule.sources), destinations: wide(rule.destinations) };
}

/** The names of the rules that allow something. */
function* allowing(decisions: readonly Decision[]): Judging<readonly string[]> {
  const allowed = (yield* readable(decisions)).filter(({ rule }) => rule?.access === "Allow");
  return [...new Set(allowed.map(({ rule }) => rule?.name ?? ""))];
}

const besidesHttps = [
  { from: 0, to: 442 },
  { from: 444, to: 65_535 },
] as const;

/** Without those that hang on an application security group. */
function* readable(decisions: readonly Decision[]): Judging<readonly Decision[]> {
  for (const { rule, from, to } of decisions)
    if (rule?.namesGroups === true)
      yield {
        about: `the rule ${rule.name}, from ${from} to ${to}`,
        reason: "it names application security groups, and verify does not look up their members",
      };
  return decisions.filter(({ rule }) => rule?.namesGroups !== true);
}
