import type { AwsSubnet } from "../estate/awsNetworks";
import type { AzureSecurityRule, AzureSubnet } from "../estate/azure";
import { ownOf } from "../estate/estateIndex";
import { concurrentPairs } from "../estate/dependencies";
import type { Estate } from "../estate/estate";
import { covers } from "../model/addresses";
import { uncovered } from "../model/parts";
import { remembered } from "../model/remembered";
import { awsTypes } from "../model/resourceTypes";
import { isTrue, knownStrings, text } from "../model/values";
import { clientSubnets } from "../estate/clientNetworks";
import type { Flow } from "../path/flows";
import { askSecurityGroup } from "../path/securityRules";
import { guard, guardAt, never, theStack } from "./guard";

/** What must not get through, and what keeps the networks as they are meant. */
export const networkGuards = [
  guard({
    of: clientSubnets,
    holds: ({ securityGroup }) => securityGroup !== undefined,
    problem: "the client subnet has no security group",
    fix: "give it one that lets only HTTPS out to AWS",
  }),
  guardAt({
    of: (estate) => clientSubnets(estate).flatMap((subnet) => leaksOf(subnet, estate)),
    holds: never,
    at: ({ group }) => group,
    problem: ({ leak }) => leak,
    fix: "deny everything last, out and in: only HTTPS from the client subnet to AWS may pass",
    others: ({ subnet }) => [subnet],
  }),
  guard({
    of: clientSubnets,
    holds: ({ defaultOutboundAccess }) => defaultOutboundAccess === false,
    problem: "clients get outbound internet access that no setting asks for",
    fix: "set defaultOutboundAccess to false",
  }),
  guard({
    of: ({ azure }) => azure.subnets,
    holds: ({ prefix, network }) =>
      prefix !== undefined && network?.prefixes.some((whole) => covers(whole, prefix)) === true,
    problem: ({ prefix }) => `its addresses (${prefix ?? "none"}) are no part of its virtual network`,
    fix: "give it a part of the network",
    others: ({ network }, { azure }) => [network ?? azure.networks[0]],
  }),
  guardAt({
    of: ({ azure }) => azure.securityGroups.flatMap((group) => group.rules.map((rule) => ({ group, rule }))),
    holds: ({ rule }) => rule.name !== "",
    at: ({ group }) => group,
    problem: ({ rule }) => `rule ${String(rule.priority)} has no name: Azure rejects it`,
    fix: "name it",
  }),
  guard({
    of: ({ azure }) => azure.networks,
    holds: ({ resource }) => !isTrue(resource.inputs, "enableDdosProtection"),
    problem: "DDoS protection needs a plan, which costs more than all the rest",
    fix: "leave it off",
  }),
  // Two at once end in AnotherOperationInProgress: pulumi-azure-native #699, #1024.
  guardAt({
    of: (estate) =>
      estate.azure.networks.flatMap((network) => {
        const subnets = ownOf(estate.azure.subnets).filter((subnet) => subnet.network === network);
        return concurrentPairs(
          estate,
          subnets.map((subnet) => subnet.resource.urn),
        );
      }),
    holds: never,
    at: ([, urn]) => ({ urn }),
    problem: "may be created at the same time as another subnet of its network",
    fix: "chain them with dependsOn",
    others: ([urn]) => [{ urn }],
  }),
  ...["enableDnsSupport", "enableDnsHostnames"].map((property) =>
    guard({
      of: ({ aws }) => aws.vpcs,
      holds: ({ resource }) => isTrue(resource.inputs, property),
      problem: "machines in the VPC cannot resolve the endpoint's name",
      fix: `set ${property} to true`,
    }),
  ),
  guard({
    of: ({ aws }) => aws.subnets,
    holds: zoneOfItsOwn,
    problem: "shares its zone with another subnet, or leaves it to AWS",
    fix: "give every subnet a zone of its own",
  }),
  guard({
    of: ({ aws }) => aws.subnets,
    holds: ({ cidr, vpcId }, { aws }) =>
      aws.vpcs.every(
        (vpc) => vpc.resource.id !== vpcId || vpc.cidrs.some((whole) => covers(whole, cidr ?? "")),
      ),
    problem: ({ cidr }) => `its addresses (${cidr ?? "none"}) are no part of the VPC`,
    fix: "give it a part",
    others: ({ vpcId }, { aws }) => [aws.vpcs.find(({ resource }) => resource.id === vpcId)],
  }),
  guard({
    of: (estate) =>
      estate.aws.subnets.flatMap((subnet) => {
        const found = estate
          .ofType(awsTypes.routeTableAssociation)
          .filter((one) => text(one.inputs, "subnetId") === subnet.resource.id);
        return found.length > 1 ? found : [];
      }),
    holds: never,
    problem: "its subnet has another route table as well",
    fix: "associate each subnet once",
  }),
  guard({
    of: (estate) => estate.ofType(awsTypes.routeTableAssociation),
    holds: ({ inputs }, { aws }) =>
      aws.subnets.some(({ resource }) => knownStrings(inputs, "subnetId").includes(resource.id)),
    problem: "the route table is associated with no subnet of the stack",
    fix: "name the endpoint's subnet",
  }),
  // A second of any of these would be out of sight of every other check.
  guardAt({
    of: (estate, { joined = {} }) => [
      {
        items: ownOf(estate.azure.networks),
        joins: joined.azureVirtualNetworkId,
        what: "Azure virtual network",
      },
      { items: ownOf(estate.azure.gateways), joins: joined.azureGatewayId, what: "Azure VPN gateway" },
      {
        items: clientSubnets(estate),
        // Clients may be in the subnets that are there.
        joins: joined.azureVirtualNetworkId,
        what: "client subnet",
      },
      { items: ownOf(estate.aws.vpcs), joins: joined.awsVpcId, what: "VPC" },
      { items: ownOf(estate.aws.vpnGateways), joins: joined.awsGatewayId, what: "virtual private gateway" },
      { items: ownOf(estate.aws.endpoints), joins: undefined, what: "S3 interface endpoint" },
      { items: ownOf(estate.aws.securityGroups), joins: undefined, what: "endpoint security group" },
    ],
    holds: ({ items, joins }) => items.length === 1 || (items.length === 0 && joins !== undefined),
    at: ({ items }) => items[1] ?? theStack,
    problem: ({ items, what }) => `there ${items.length === 0 ? "is no" : "are several"} ${what}`,
    fix: "the stack needs exactly one",
  }),
];

/** Flows from and to the client subnet that must stop and do not, whole or in part, each told once. */
function leaksOf(subnet: AzureSubnet, { aws }: Estate) {
  const group = subnet.securityGroup;
  if (group === undefined) return [];
  const networks = aws.vpcs.flatMap(({ cidrs }) => cidrs);
  const leaks = leaksPast(group.rules, subnet.prefix ?? "", networks);
  return leaks.map((leak) => ({ subnet, group, leak }));
}

const leaksPast = remembered(
  (rules: readonly AzureSecurityRule[], client: string, aws: readonly string[]): readonly string[] => {
    const wide = rules.map(widened);
    const leaks = forbiddenFlows(client, aws)
      .filter((flow) => askSecurityGroup({ rules: wide }, flow).passes !== "none")
      .map(inWords);
    return [...new Set(leaks)];
  },
  { most: 16 },
);

/** A service tag stands for addresses that are not known here: what is allowed to one may be allowed to any. */
function widened(rule: AzureSecurityRule): AzureSecurityRule {
  const wide = (prefixes: readonly string[]) =>
    prefixes.map((prefix) => (/^[a-z]+[a-z.]*$/i.test(prefix) ? "*" : prefix));
  if (rule.access !== "Allow") return rule;
  return { ...rule, sources: wide(rule.sources), destinations: wide(rule.destinations) };
}

const everyPort = { fromPort: 0, toPort: 65_535 } as const;
const anywhere = "0.0.0.0/0";

const all = ["Tcp", "Udp", "Icmp", "Esp", "Ah"] as const;

/** A flow, and how it is told: a part of what is told as a whole. */
interface ForbiddenFlow extends Flow {
  readonly ends: string;
}

/** Everything but HTTPS towards AWS, also what Azure's default rules would stop as long as nothing opens a way. */
function forbiddenFlows(client: string, aws: readonly string[]): readonly ForbiddenFlow[] {
  const from = { direction: "Outbound", source: client } as const;
  const toAws = aws.map((destination) => ({
    ...from,
    destination,
    ends: `from ${client} to ${destination}`,
  }));
  const elsewhere = uncovered(anywhere, aws).map((destination) => ({
    ...from,
    destination,
    ends: `from ${client} to everywhere but AWS`,
  }));
  const into = {
    direction: "Inbound",
    source: anywhere,
    destination: client,
    ends: `from anywhere to ${client}`,
  } as const;
  return [
    ...toAws.flatMap((flow) => [
      { ...flow, protocol: "Tcp" as const, fromPort: 0, toPort: 442 },
      { ...flow, protocol: "Tcp" as const, fromPort: 444, toPort: 65_535 },
      ...all.slice(1).map((protocol) => ({ ...flow, ...everyPort, protocol })),
    ]),
    ...[...elsewhere, into].flatMap((flow) => all.map((protocol) => ({ ...flow, ...everyPort, protocol }))),
  ];
}

function inWords({ protocol, fromPort, toPort, ends }: ForbiddenFlow): string {
  const every = fromPort === everyPort.fromPort && toPort === everyPort.toPort;
  return `${protocol}${every ? "" : ` ports ${fromPort}–${toPort}`} passes ${ends}`;
}

/** Subnets that name their zones name different ones, and all or none do. */
function zoneOfItsOwn(subnet: AwsSubnet, { aws }: Estate): boolean {
  const siblings = aws.subnets.filter(({ vpcId }) => vpcId === subnet.vpcId);
  const zoneOf = ({ resource }: AwsSubnet) => text(resource.inputs, "availabilityZone");
  const zone = zoneOf(subnet);
  return (
    siblings.length === 1 || (zone !== undefined && siblings.find((one) => zoneOf(one) === zone) === subnet)
  );
}
