import { isNoAzurePeer } from "../asns";
import { contains } from "../cidr";
import type { AwsRouteTableFacts, AwsSurroundings } from "./awsReads";
import { answerPorts } from "./awsReads";
import type { AzureSurroundings } from "./azureReads";
import { isOwn, type Join } from "./join";
import { clientPorts, denials, everyPort, wrongWays, type Way } from "./matching";
import { when, type Obstacle } from "./obstacle";

type Existing = Extract<Join["aws"], { readonly kind: "existing" }>;

/** The prefixes by which AWS learns of each client: of its network by BGP, of the client itself from static tunnels. */
export type Announced = Readonly<Record<string, readonly string[]>>;

/** What in an existing VPC keeps clients from the endpoint, or the endpoint from being made. */
export function awsObstacles(
  join: Join,
  found: AwsSurroundings | undefined,
  announced: Announced,
): readonly Obstacle[] {
  const end = join.aws;
  if (end.kind === "new" || found === undefined) return [];
  return [
    ...vpcObstacles(end, found),
    ...gatewayObstacles(join, end, found),
    ...subnetObstacles(end, found),
    ...found.routeTables.flatMap((table) => routeObstacles(join, end, found, announced, table)),
    ...aclObstacles(join, found),
  ];
}

/** In a VPC that another account shares, only its owner makes gateways and routes. */
function vpcObstacles(end: Existing, { vpc }: AwsSurroundings): readonly Obstacle[] {
  return when(vpc !== undefined && vpc.ownerId !== vpc.callerId, () => ({
    place: `VPC ${end.vpcId}`,
    problem: `it belongs to account ${vpc?.ownerId ?? ""}, and Pulumi runs in ${vpc?.callerId ?? ""}`,
    fix: "run Pulumi in its owner's account",
  }));
}

/** A VPC has one virtual private gateway. */
function gatewayObstacles(join: Join, end: Existing, found: AwsSurroundings): readonly Obstacle[] {
  const named = found.gateways.find(({ id }) => id === end.gatewayId);
  if (end.gatewayId !== undefined) {
    const place = `virtual private gateway ${end.gatewayId}`;
    return [
      ...when(named !== undefined && named.vpcId !== end.vpcId, () => ({
        place,
        problem: `it is not attached to VPC ${end.vpcId}${named?.vpcId ? `, but to ${named.vpcId}` : ""}`,
        fix: "name the one that is, or remove awsGatewayId for one of the stack's own",
      })),
      ...when(named !== undefined && named.state !== "available", () => ({
        place,
        problem: `it is ${named?.state ?? ""}`,
        fix: "name one that is available",
      })),
      ...when(join.vpn.bgp && join.azure.kind === "new" && named?.asn === join.vpn.azureAsn, () => ({
        place,
        problem: `its ASN ${named?.asn ?? ""} is azureAsn too, and the two ends of eBGP must differ`,
        fix: "set azureAsn to another",
      })),
      ...when(join.vpn.bgp && named !== undefined && isNoAzurePeer(named.asn), () => ({
        place,
        problem: `its ASN ${named?.asn ?? ""} is one that Azure keeps for itself, and takes from no peer`,
        fix: "use vpnTopology: dual-tunnel, or a virtual private gateway of another ASN",
      })),
    ];
  }
  return found.gateways
    .filter((gateway) => gateway.vpcId === end.vpcId && !isOwn(gateway.tags, join))
    .map(({ id }) => ({
      place: `VPC ${end.vpcId}`,
      problem: `virtual private gateway ${id} is attached to it, and AWS attaches one only`,
      fix: `use it: awsGatewayId: ${id}`,
    }));
}

function subnetObstacles(end: Existing, found: AwsSurroundings): readonly Obstacle[] {
  const { subnets, serviceZones, endpointSubnetIds } = found;
  return subnets.flatMap((subnet, index) => {
    const place = `subnet ${subnet.id}`;
    const twin = subnets.slice(0, index).find(({ zone }) => zone === subnet.zone);
    return [
      ...when(subnet.vpcId !== end.vpcId, () => ({
        place,
        problem: `it is in VPC ${subnet.vpcId}, not in ${end.vpcId}`,
        fix: "name subnets of awsVpcId only",
      })),
      ...(twin === undefined
        ? []
        : [
            {
              place,
              problem: `it is in zone ${subnet.zone} as ${twin.id} is, and an endpoint takes one subnet a zone`,
              fix: "leave one of them out of awsSubnetIds",
            },
          ]),
      ...when(serviceZones !== undefined && !serviceZones.includes(subnet.zone), () => ({
        place,
        problem: `AWS offers S3's interface endpoint in ${(serviceZones ?? []).join(", ")}, not in its zone ${subnet.zone}`,
        fix: "name a subnet in one of these zones",
      })),
      ...when(subnet.freeAddresses === 0 && !endpointSubnetIds.includes(subnet.id), () => ({
        place,
        problem: "it has no free address, and the endpoint takes one",
        fix: "name another subnet of the zone",
      })),
    ];
  });
}

/** Answers must take the gateway: the longest prefix wins, of equal ones the written route. */
function routeObstacles(
  join: Join,
  end: Existing,
  found: AwsSurroundings,
  announced: Announced,
  table: AwsRouteTableFacts,
): readonly Obstacle[] {
  const place = `route table ${table.id}`;
  const gateways = found.gateways
    .filter(({ id, tags }) => id === end.gatewayId || isOwn(tags, join))
    .map(({ id }) => id);
  const written: readonly Way[] = table.routes.map(({ cidr, to }) => ({
    prefix: cidr,
    to,
    name: cidr,
    right: gateways.includes(to),
  }));
  const clients = Object.entries(join.clients).map(([name, cidr]) => {
    const learned = (announced[name] ?? [cidr]).map((prefix) => ({ prefix, to: "", name: "", right: true }));
    return { name, cidr, unled: wrongWays(cidr, written), astray: wrongWays(cidr, [...written, ...learned]) };
  });
  const propagates = end.gatewayId === undefined || table.propagatingGateways.includes(end.gatewayId);
  const cutOff = propagates ? [] : clients.filter(({ unled }) => unled.length > 0);
  return [
    // The gateway and the table are others': switched on by us, their propagation would go with our stack.
    ...when(cutOff.length > 0, () => ({
      place,
      problem: `it takes no routes of ${end.gatewayId ?? ""}, and so leads nothing back to ${cutOff.map(({ name }) => name).join(", ")}`,
      fix: `its owner must run: aws ec2 enable-vgw-route-propagation --route-table-id ${table.id} --gateway-id ${end.gatewayId ?? ""}`,
    })),
    ...clients.flatMap(({ name, cidr, astray }) =>
      astray.flatMap((way) =>
        way === undefined
          ? []
          : [
              {
                place,
                problem: `its route ${way.prefix} leads to ${way.to}, and wins over the tunnels' for ${name} (${cidr})`,
                fix: `its owner must remove the route ${way.prefix}, or narrow it to what is outside ${cidr}`,
              },
            ],
      ),
    ),
  ];
}

function aclObstacles(join: Join, found: AwsSurroundings): readonly Obstacle[] {
  return found.networkAcls.flatMap((acl) => {
    const guarded = found.subnets.filter(({ networkAclId }) => networkAclId === acl.id);
    return Object.entries(join.clients).flatMap(([name, client]) =>
      guarded.flatMap((subnet) => {
        const inbound = {
          from: client,
          to: subnet.cidr,
          fromPorts: clientPorts,
          toPorts: [443, 443],
        } as const;
        const outbound = {
          from: subnet.cidr,
          to: client,
          fromPorts: everyPort,
          toPorts: answerPorts,
        } as const;
        const place = `network ACL ${acl.id} of subnet ${subnet.id}`;
        const rule = (egress: boolean, ports: string) =>
          `its owner must add before it: {egress: ${egress}, protocol: tcp, ruleAction: allow, cidrBlock: ${client}, portRange: ${ports}}`;
        return [
          ...denials(inbound, acl.inbound, "deny").map((denying) => ({
            place,
            problem: `${denying?.name ?? "its last rule"} denies HTTPS from ${name} (${client})`,
            fix: rule(false, "443"),
          })),
          ...denials(outbound, acl.outbound, "deny").map((denying) => ({
            place,
            problem: `${denying?.name ?? "its last rule"} denies answers to ${name} (${client})`,
            fix: rule(true, "1024-65535"),
          })),
        ];
      }),
    );
  });
}

/** Routes that a virtual private gateway takes from one end, learned or written. @see https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-limits.html */
const mostRoutes = 100;

/** Past its limit the gateway closes the BGP session, and all tunnels are of no use. */
export function routeCountObstacles(join: Join, azure: AzureSurroundings): readonly Obstacle[] {
  const { network } = azure;
  const prefixes = join.vpn.bgp
    ? [
        ...(join.azure.kind === "new" ? [join.azure.cidr] : []),
        ...(network?.cidrs ?? []),
        ...(network?.peerings ?? [])
          .filter(({ allowGatewayTransit }) => allowGatewayTransit)
          .flatMap(({ remoteCidrs }) => remoteCidrs),
        ...azure.others.flatMap(({ cidrs }) => cidrs),
        ...azure.gateways.flatMap(({ customCidrs }) => customCidrs),
      ]
    : [];
  // A client in a network is announced with it.
  const besides = Object.values(join.clients).filter(
    (client) => !prefixes.some((prefix) => contains({ network: prefix, part: client })),
  );
  const announced = new Set([...prefixes, ...besides]);
  return when(announced.size > mostRoutes, () => ({
    place: "virtual private gateway of AWS",
    problem: `Azure announces at least ${announced.size} routes, and it takes ${mostRoutes}`,
    fix: join.vpn.bgp
      ? "use vpnTopology: dual-tunnel, which carries the routes to azureClients only"
      : "name fewer and larger azureClients",
  }));
}
