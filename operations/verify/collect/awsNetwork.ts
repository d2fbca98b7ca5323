import {
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  type EC2Client,
  type NetworkAclEntry,
  type Route,
  type RouteTable,
} from "@aws-sdk/client-ec2";
import type { AclEntryFacts, AwsFacts, RouteFacts, RouteTableFacts } from "../facts/aws";
import { ask } from "./ask";

/** All of the VPC's in one call: which one a subnet uses is in the tables themselves. */
export function collectRouteTables(ec2: EC2Client, vpcId: string): Promise<AwsFacts["routeTables"]> {
  return ask(`the AWS route tables of ${vpcId}`, "ec2:DescribeRouteTables", async () => {
    const Filters = [{ Name: "vpc-id", Values: [vpcId] }];
    const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({ Filters }));
    return RouteTables.map(routeTableFacts);
  });
}

function routeTableFacts(table: RouteTable): RouteTableFacts {
  // An association that is being removed, or that failed, decides nothing.
  const associations = (table.Associations ?? []).filter(
    ({ AssociationState: { State = "associated" } = {} }) => ["associated", "associating"].includes(State),
  );
  return {
    id: table.RouteTableId ?? "",
    main: associations.some(({ Main }) => Main === true),
    subnetIds: associations.flatMap(({ SubnetId }) => SubnetId ?? []),
    routes: (table.Routes ?? []).map(routeFacts),
    propagatingGateways: (table.PropagatingVgws ?? []).map(({ GatewayId }) => GatewayId ?? ""),
  };
}

function routeFacts(route: Route): RouteFacts {
  return {
    destination:
      route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId ?? "",
    target: targetOf(route) ?? "",
    origin: route.Origin ?? "",
    state: route.State ?? "",
  };
}

/** Every field that AWS has for a target. @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html */
function targetOf(route: Route): string | undefined {
  return (
    route.GatewayId ??
    route.NatGatewayId ??
    route.TransitGatewayId ??
    route.VpcPeeringConnectionId ??
    route.NetworkInterfaceId ??
    route.InstanceId ??
    route.EgressOnlyInternetGatewayId ??
    route.LocalGatewayId ??
    route.CarrierGatewayId ??
    route.CoreNetworkArn ??
    route.OdbNetworkArn ??
    route.IpAddress
  );
}

export function collectNetworkAcls(ec2: EC2Client, vpcId: string): Promise<AwsFacts["networkAcls"]> {
  return ask(`the network ACLs of ${vpcId}`, "ec2:DescribeNetworkAcls", async () => {
    const Filters = [{ Name: "vpc-id", Values: [vpcId] }];
    const { NetworkAcls = [] } = await ec2.send(new DescribeNetworkAclsCommand({ Filters }));
    return NetworkAcls.map((acl) => ({
      id: acl.NetworkAclId ?? "",
      subnetIds: (acl.Associations ?? []).map(({ SubnetId }) => SubnetId ?? ""),
      entries: (acl.Entries ?? []).map(aclEntryFacts),
    }));
  });
}

function aclEntryFacts(entry: NetworkAclEntry): AclEntryFacts {
  const { From, To } = entry.PortRange ?? {};
  return {
    number: entry.RuleNumber ?? 0,
    direction: entry.Egress === true ? "out" : "in",
    action: entry.RuleAction ?? "",
    protocol: entry.Protocol ?? "",
    cidr: entry.CidrBlock,
    ports: From === undefined || To === undefined ? undefined : { from: From, to: To },
  };
}
