import {
  getNetworkAcls,
  getRouteTable,
  getSubnet,
  getVpc,
  getVpcEndpoint,
  getVpcEndpointService,
  getVpnGateway,
  NetworkAcl,
  RouteTable,
  type GetVpnGatewayResult,
} from "@pulumi/aws/ec2";
import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity";
import * as pulumi from "@pulumi/pulumi";
import { isCidr } from "../cidr";
import type { Join } from "./join";
import { clientPorts, everyPort, type Filter, type PortRange } from "./matching";
import type { Reader } from "./reader";

export interface VpcFacts {
  readonly id: string;
  /** The first is the primary one. */
  readonly cidrs: readonly string[];
  readonly ownerId: string;
  /** The account that Pulumi runs in. */
  readonly callerId: string;
}

export interface AwsSubnetFacts {
  readonly id: string;
  readonly vpcId: string;
  readonly cidr: string;
  readonly zone: string;
  readonly freeAddresses: number;
  readonly routeTableId: string | undefined;
  readonly networkAclId: string | undefined;
}

export interface AwsRouteTableFacts {
  readonly id: string;
  /** Written ones, without the VPC's own and without what gateways bring. */
  readonly routes: readonly { readonly cidr: string; readonly to: string }[];
  /** Ids of the virtual private gateways whose routes it takes. */
  readonly propagatingGateways: readonly string[];
}

export interface NetworkAclFacts {
  readonly id: string;
  /** Each rule's `from` is the other end of an inbound rule, its `to` of an outbound one. */
  readonly inbound: readonly Filter[];
  readonly outbound: readonly Filter[];
}

export interface VpnGatewayFacts {
  readonly id: string;
  /** Empty where it is attached to none. */
  readonly vpcId: string;
  readonly asn: number;
  readonly state: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** What decides in AWS about the path. What could not be read is missing, and among the reader's failures. */
export interface AwsSurroundings {
  readonly vpc: VpcFacts | undefined;
  /** Those of the settings, in their order. */
  readonly subnets: readonly AwsSubnetFacts[];
  /** Those of the subnets, each once. */
  readonly routeTables: readonly AwsRouteTableFacts[];
  readonly networkAcls: readonly NetworkAclFacts[];
  /** The one that the settings name, else the one that is attached to the VPC; empty where there is none. */
  readonly gateways: readonly VpnGatewayFacts[];
  /** Where AWS offers S3's interface endpoint; undefined where it could not be read. */
  readonly serviceZones: readonly string[] | undefined;
  /** Subnets that hold an address of this stack's endpoint already. Read only where a subnet has none free. */
  readonly endpointSubnetIds: readonly string[];
}

/** Two rounds, each all at once: what the settings name, and its tables and lists. */
export async function readAws(join: Join, reader: Reader): Promise<AwsSurroundings | undefined> {
  if (join.aws.kind === "new") return undefined;
  const { vpcId, subnetIds, gatewayId } = join.aws;
  const [vpc, found, gateway, serviceZones] = await Promise.all([
    readVpc(vpcId, reader),
    Promise.all(subnetIds.map((id, index) => readSubnet(id, `awsSubnetIds[${index}]`, reader))),
    gatewayId === undefined ? readAttached(vpcId, reader) : readVpnGateway(gatewayId, reader),
    readServiceZones(join.region, reader),
  ]);

  const subnets = found
    .filter((one) => one !== undefined)
    .map((one) => ({ ...one, routeTableId: one.routeTableId ?? vpc?.mainRouteTableId }));
  const distinct = (ids: readonly (string | undefined)[]) => [
    ...new Set(ids.filter((id) => id !== undefined)),
  ];
  const [routeTables, networkAcls, endpointSubnetIds] = await Promise.all([
    Promise.all(distinct(subnets.map((one) => one.routeTableId)).map((id) => readRouteTable(id, reader))),
    Promise.all(distinct(subnets.map((one) => one.networkAclId)).map(readNetworkAcl)),
    subnets.some(({ freeAddresses }) => freeAddresses === 0) ? readOwnEndpoint(join, vpcId) : [],
  ]);

  return {
    vpc,
    subnets,
    routeTables: routeTables.filter((one) => one !== undefined),
    networkAcls,
    gateways: [gateway].filter((one) => one !== undefined),
    serviceZones,
    endpointSubnetIds,
  };
}

const mayRead = (action: string) => `and that whoever runs Pulumi may read it (ec2:${action})`;

function readVpc(
  id: string,
  reader: Reader,
): Promise<(VpcFacts & { readonly mainRouteTableId: string }) | undefined> {
  return reader.read({
    place: `VPC ${id}`,
    fix: `check awsVpcId and aws:region, ${mayRead("DescribeVpcs")}`,
    from: async () => {
      const [vpc, caller] = await Promise.all([getVpc({ id }), getCallerIdentity()]);
      const associated = vpc.cidrBlockAssociations
        .filter(({ state }) => state === "associated")
        .map(({ cidrBlock }) => cidrBlock);
      const cidrs = [...new Set([vpc.cidrBlock, ...associated])];
      const { ownerId, mainRouteTableId } = vpc;
      return { id: vpc.id, cidrs, ownerId, callerId: caller.accountId, mainRouteTableId };
    },
  });
}

function readSubnet(id: string, setting: string, reader: Reader): Promise<AwsSubnetFacts | undefined> {
  return reader.read({
    place: `subnet ${id}`,
    fix: `check ${setting} and aws:region, ${mayRead("DescribeSubnets, ec2:DescribeNetworkAcls")}`,
    from: async () => {
      const filters = [{ name: "association.subnet-id", values: [id] }];
      const [subnet, acls, routeTableId] = await Promise.all([
        getSubnet({ id }),
        getNetworkAcls({ filters }),
        // It fails for a subnet that is associated with no table: then the VPC's main one applies.
        getRouteTable({ subnetId: id }).then(
          (table) => table.routeTableId,
          () => undefined,
        ),
      ]);
      return {
        id: subnet.id,
        vpcId: subnet.vpcId,
        cidr: subnet.cidrBlock,
        zone: subnet.availabilityZone,
        freeAddresses: subnet.availableIpAddressCount,
        routeTableId,
        networkAclId: acls.ids[0],
      };
    },
  });
}

function readVpnGateway(id: string, reader: Reader): Promise<VpnGatewayFacts | undefined> {
  return reader.read({
    place: `virtual private gateway ${id}`,
    fix: `check awsGatewayId and aws:region, ${mayRead("DescribeVpnGateways")}`,
    from: async () => vpnGatewayFacts(await getVpnGateway({ id })),
  });
}

/** Whoever owns it. The provider's function fails where there is none. */
function readAttached(vpcId: string, reader: Reader): Promise<VpnGatewayFacts | undefined> {
  return reader.read({
    place: `the virtual private gateway of VPC ${vpcId}`,
    fix: `check aws:region, ${mayRead("DescribeVpnGateways")}`,
    from: () =>
      getVpnGateway({ attachedVpcId: vpcId }).then(vpnGatewayFacts, (error: unknown) => {
        if (String(error).includes("no matching EC2 VPN Gateway found")) return undefined;
        throw error;
      }),
  });
}

function vpnGatewayFacts({
  id,
  attachedVpcId,
  amazonSideAsn,
  state,
  tags,
}: GetVpnGatewayResult): VpnGatewayFacts {
  return { id, vpcId: attachedVpcId, asn: Number(amazonSideAsn), state, tags };
}

function readServiceZones(region: string, reader: Reader): Promise<readonly string[] | undefined> {
  return reader.read({
    place: "the S3 interface endpoint service",
    fix: `check aws:region, ${mayRead("DescribeVpcEndpointServices")}`,
    from: async () => {
      const serviceName = `com.amazonaws.${region}.s3`;
      // A gateway endpoint has the same name.
      return (await getVpcEndpointService({ serviceName, serviceType: "Interface" })).availabilityZones;
    },
  });
}

/** The function shows the routes, the resource also the propagation: read, never owned. */
async function readRouteTable(id: string, reader: Reader): Promise<AwsRouteTableFacts | undefined> {
  const table = await reader.read({
    place: `route table ${id}`,
    fix: `check awsSubnetIds, ${mayRead("DescribeRouteTables")}`,
    from: () => getRouteTable({ routeTableId: id }),
  });
  // A read of a resource that fails ends the program by itself: so only where the function found it.
  if (table === undefined) return undefined;
  const gateways = await resolved(RouteTable.get(`existing-${id}`, id).propagatingVgws);
  return { id, routes: table.routes.flatMap(writtenRoute), propagatingGateways: listed(gateways) };
}

type Route = Awaited<ReturnType<typeof getRouteTable>>["routes"][number];

function writtenRoute({ cidrBlock, ...targets }: Route): { readonly cidr: string; readonly to: string }[] {
  const to = Object.entries(targets)
    .filter(([name]) => /^(?!ipv6|destination).*(Id|Arn)$/.test(name))
    .map(([, id]) => id)
    .find((id) => id !== "");
  // A route without a target is one whose target is gone: a blackhole.
  return isCidr(cidrBlock) && to !== "local" ? [{ cidr: cidrBlock, to: to ?? "a blackhole" }] : [];
}

/** The function knows ids only. */
async function readNetworkAcl(id: string): Promise<NetworkAclFacts> {
  const acl = NetworkAcl.get(`existing-${id}`, id);
  const [ingress, egress] = await Promise.all([resolved(acl.ingress), resolved(acl.egress)]);
  return { id, inbound: aclRules(ingress, "from"), outbound: aclRules(egress, "to") };
}

interface AclRule {
  readonly ruleNo: number;
  readonly action: string;
  readonly protocol: string;
  readonly cidrBlock?: string | undefined;
  readonly fromPort: number;
  readonly toPort: number;
}

function aclRules(rules: readonly AclRule[] | undefined, otherEnd: "from" | "to"): Filter[] {
  return (rules ?? [])
    .filter(({ protocol }) => ["-1", "all", "6", "tcp"].includes(protocol))
    .map(({ ruleNo, action, protocol, cidrBlock, fromPort, toPort }) => {
      const every = ["-1", "all"].includes(protocol);
      const ports: readonly PortRange[] = [every ? everyPort : [fromPort, toPort]];
      const other = cidrBlock === undefined || cidrBlock === "" ? [] : [cidrBlock];
      const ends =
        otherEnd === "from" ? { from: other, to: ["0.0.0.0/0"] } : { from: ["0.0.0.0/0"], to: other };
      // A list knows the port of the receiver only: of HTTPS at the endpoint, of the client for its answers.
      return {
        name: `rule ${ruleNo}`,
        priority: ruleNo,
        allow: action.toLowerCase() === "allow",
        ...ends,
        fromPorts: [everyPort],
        toPorts: ports,
      };
    });
}

/** Answers go to the ports that clients open connections from. */
export const answerPorts = clientPorts;

/** Fails where there is none, and so finds nothing. */
function readOwnEndpoint(join: Join, vpcId: string): Promise<readonly string[]> {
  return getVpcEndpoint({
    vpcId,
    serviceName: `com.amazonaws.${join.region}.s3`,
    tags: { ...join.ownTags },
  }).then(
    ({ subnetIds }) => subnetIds,
    () => [],
  );
}

/** What an output holds once it is known, which it is at once for what is read by a plain id. */
function resolved<T>(output: pulumi.Output<T>): Promise<pulumi.Unwrap<T>> {
  return new Promise((resolve) => {
    pulumi.output(output).apply((value) => {
      resolve(value);
    });
  });
}

/** The types promise lists that a provider leaves out where they are empty. */
function listed<T>(items: readonly T[] | undefined): readonly T[] {
  return items ?? [];
}
