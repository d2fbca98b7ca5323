import { awsTypes } from "../model/resourceTypes";
import { covers } from "../model/addresses";
import type { AzureSubnet } from "../estate/azure";
import { isTrue, knownStrings, text } from "../model/values";
import { concurrentPairs } from "../estate/dependencies";
import { type Estate, urns } from "../estate/estate";
import { guardFinding, type Finding } from "../model/findings";
import { clientSubnets } from "../path/path";
import { askSecurityGroup, type Flow } from "../path/securityRules";

/** What must not get through, and what keeps the networks as they are meant. */
export function networkGuards(estate: Estate): readonly Finding[] {
  return [
    ...clientSubnets(estate).flatMap((subnet) => clientGuards(estate, subnet)),
    ...azureGuards(estate),
    ...subnetOrder(estate),
    ...vpcGuards(estate),
    ...oneOfEach(estate),
  ];
}

function clientGuards(estate: Estate, subnet: AzureSubnet): readonly Finding[] {
  const rules = subnet.securityGroup;
  const findings = estate.aws.vpcs.flatMap((vpc) => leaks(subnet, vpc.cidr ?? ""));
  return [
    ...(rules === undefined
      ? [
          guardFinding(
            subnet,
            "the client subnet has no security group",
            "give it one that lets only HTTPS out to AWS",
          ),
        ]
      : [...new Set(findings)].map((leak) =>
          guardFinding(rules, leak, "deny it: only HTTPS from the client subnet to AWS may pass", [
            subnet.resource.urn,
          ]),
        )),
    ...(subnet.defaultOutboundAccess === false
      ? []
      : [
          guardFinding(
            subnet,
            "clients get a way out to the internet that nobody asked for",
            "set defaultOutboundAccess to false",
          ),
        ]),
  ];
}

/** Flows between the client subnet and AWS that should stop and do not, whole or in part. */
function leaks(subnet: AzureSubnet, aws: string): readonly string[] {
  const protocols = ["Tcp", "Udp", "Icmp", "Esp", "Ah"] as const;
  const client = subnet.prefix ?? "";
  const outbound = (protocol: Flow["protocol"], fromPort: number, toPort: number): Flow => ({
    direction: "Outbound",
    source: client,
    destination: aws,
    protocol,
    fromPort,
    toPort,
  });
  const forbidden: readonly Flow[] = [
    outbound("Tcp", 0, 442),
    outbound("Tcp", 444, 65_535),
    ...protocols.filter((p) => p !== "Tcp").map((p) => outbound(p, 0, 65_535)),
    ...protocols.map((protocol): Flow => ({
      direction: "Inbound",
      source: aws,
      destination: client,
      protocol,
      fromPort: 0,
      toPort: 65_535,
    })),
  ];
  return forbidden
    .filter((flow) => askSecurityGroup(subnet.securityGroup, flow).passes !== "none")
    .map((flow) => {
      const ports =
        flow.fromPort === 0 && flow.toPort === 65_535 ? "" : ` ports ${flow.fromPort}–${flow.toPort}`;
      return `${flow.protocol}${ports} passes from ${flow.source} to ${flow.destination}`;
    });
}

/** What Azure's networks need to be whole, and what they must not be given. */
function azureGuards(estate: Estate): readonly Finding[] {
  const { networks, subnets, securityGroups } = estate.azure;
  return [
    ...subnets
      .filter(
        ({ prefix, network }) =>
          prefix === undefined || !network?.prefixes.some((whole) => covers(whole, prefix)),
      )
      .map((subnet) =>
        guardFinding(
          subnet,
          `its addresses (${subnet.prefix ?? "none"}) are no part of its virtual network`,
          "give it a part of the network",
          urns(subnet.network ?? networks[0]),
        ),
      ),
    ...securityGroups.flatMap((group) =>
      group.rules
        .filter((rule) => rule.name === "")
        .map((rule) =>
          guardFinding(group, `rule ${String(rule.priority)} has no name: Azure refuses it`, "name it"),
        ),
    ),
    ...networks
      .filter(({ resource }) => isTrue(resource.inputs, "enableDdosProtection"))
      .map((network) =>
        guardFinding(
          network,
          "DDoS protection needs a plan, which costs more than all the rest",
          "leave it off",
        ),
      ),
  ];
}

/** Two at once end in AnotherOperationInProgress: pulumi-azure-native #699, #1024. */
function subnetOrder(estate: Estate): readonly Finding[] {
  return estate.azure.networks.flatMap((network) => {
    const subnets = estate.azure.subnets.filter((subnet) => subnet.network === network);
    return concurrentPairs(
      estate,
      subnets.map((subnet) => subnet.resource.urn),
    ).map(([one, other]) =>
      guardFinding(
        other,
        "may be made at the same time as another subnet of its network",
        "chain them with dependsOn",
        [one],
      ),
    );
  });
}

function vpcGuards(estate: Estate): readonly Finding[] {
  return estate.aws.vpcs.flatMap((vpc) => [
    ...["enableDnsSupport", "enableDnsHostnames"]
      .filter((property) => !isTrue(vpc.resource.inputs, property))
      .map((property) =>
        guardFinding(
          vpc,
          "machines in the VPC cannot resolve the endpoint's name",
          `set ${property} to true`,
        ),
      ),
    ...zoneClashes(estate, vpc.resource.id),
    ...estate.aws.subnets
      .filter(
        ({ cidr, vpcId }) =>
          vpcId === vpc.resource.id && (cidr === undefined || !covers(vpc.cidr ?? "", cidr)),
      )
      .map((subnet) =>
        guardFinding(
          subnet,
          `its addresses (${subnet.cidr ?? "none"}) are no part of the VPC`,
          "give it a part",
          urns(vpc),
        ),
      ),
  ]);
}

/** Subnets that name their zones name different ones, and all or none do. */
function zoneClashes(estate: Estate, vpcId: string): readonly Finding[] {
  const subnets = estate.aws.subnets.filter((subnet) => subnet.vpcId === vpcId);
  const named = subnets.map((subnet) => text(subnet.resource.inputs, "availabilityZone"));
  return subnets
    .filter(
      (_, index) =>
        subnets.length > 1 && (named[index] === undefined || named.indexOf(named[index]) !== index),
    )
    .map((subnet) =>
      guardFinding(
        subnet,
        "shares its zone with another subnet, or leaves it to AWS",
        "give every subnet a zone of its own",
      ),
    );
}

/** The stack builds one of each; a second would be out of sight of every other check. */
function oneOfEach(estate: Estate): readonly Finding[] {
  const singles = [
    { items: estate.azure.networks, what: "Azure virtual network" },
    { items: estate.azure.gateways, what: "Azure VPN gateway" },
    { items: clientSubnets(estate), what: "client subnet" },
    { items: estate.aws.vpcs, what: "VPC" },
    { items: estate.aws.vpnGateways, what: "virtual private gateway" },
    { items: estate.aws.endpoints, what: "S3 interface endpoint" },
    { items: estate.aws.securityGroups, what: "endpoint security group" },
  ];
  const associations = estate.ofType(awsTypes.routeTableAssociation);
  const dangling = associations.filter(
    (association) =>
      !estate.aws.subnets.some((s) => knownStrings(association.inputs, "subnetId").includes(s.resource.id)),
  );
  const twice = estate.aws.subnets.flatMap((subnet) => {
    const found = associations.filter((one) => text(one.inputs, "subnetId") === subnet.resource.id);
    return found.length > 1 ? found : [];
  });
  return [
    ...twice.map((association) =>
      guardFinding(association, "its subnet has another route table as well", "associate each subnet once"),
    ),
    ...singles
      .filter(({ items }) => items.length !== 1)
      .map(({ items, what }) =>
        guardFinding(
          items[1] ?? "",
          `there ${items.length === 0 ? "is no" : "are several"} ${what}`,
          "the stack needs exactly one",
        ),
      ),
    ...dangling.map((association) =>
      guardFinding(
        association,
        "the route table is associated with no subnet of the stack",
        "name the endpoint's subnet",
      ),
    ),
  ];
}
