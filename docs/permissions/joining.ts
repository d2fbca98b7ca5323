import { azureTypes } from "../../rehearsal/model/resourceTypes";
import { allow, partitionOf, type StackPlace, type Statement } from "./place";

/** What the program asks AWS about a VPC that the stack joins, at each preview and update. */
export const readsInAws: readonly string[] = [
  "ec2:DescribeNetworkAcls",
  "ec2:DescribeRouteTables",
  "ec2:DescribeSubnets",
  "ec2:DescribeVpcAttribute",
  "ec2:DescribeVpcEndpointServices",
  "ec2:DescribeVpcs",
  "ec2:DescribeVpnGateways",
];

/** What it asks Azure about networks that the stack joins. */
export const readsInAzure: readonly string[] = [
  "Microsoft.Network/networkSecurityGroups/read",
  "Microsoft.Network/routeTables/read",
  "Microsoft.Network/virtualNetworkGateways/read",
  "Microsoft.Network/virtualNetworks/read",
  "Microsoft.Network/virtualNetworks/subnets/read",
];

/** What the stack puts into networks of others, because it can be nowhere else. */
export const typesInsideOthers: readonly string[] = [azureTypes.subnet, azureTypes.virtualNetworkPeering];

/** What the deployer's actions take of others: by id, because nothing of others has the stack's tags. */
export function joinedStatements(place: StackPlace, actions: readonly string[]): readonly Statement[] {
  const { awsVpcId, awsSubnetIds = [], awsGatewayId = [] } = place.named;
  if (typeof awsVpcId !== "string") return [];
  const arn = (rest: string) => `arn:${partitionOf(place)}:ec2:${place.region}:${place.account}:${rest}`;
  const of = (...names: readonly string[]) =>
    actions.filter((one) => names.includes(one.replace("ec2:", "")));
  const vpc = arn(`vpc/${awsVpcId}`);
  return [
    ...allow(
      "UseTheVpcThatTheStackJoins",
      of(
        "AttachVpnGateway",
        "CreateFlowLogs",
        "CreateSecurityGroup",
        "DescribeVpcAttribute",
        "DetachVpnGateway",
      ),
      [vpc],
    ),
    ...allow("PutTheEndpointIntoIt", of("CreateVpcEndpoint", "ModifyVpcEndpoint"), [
      vpc,
      ...[awsSubnetIds].flat().map((id) => arn(`subnet/${id}`)),
    ]),
    ...allow(
      "EndTunnelsAtItsGateway",
      awsGatewayId.length === 0 ? [] : of("CreateVpnConnection", "ModifyVpnConnection"),
      [awsGatewayId].flat().map((id) => arn(`vpn-gateway/${id}`)),
    ),
    ...allow(
      "BringRoutesIntoItsTables",
      of("DisableVgwRoutePropagation", "EnableVgwRoutePropagation"),
      [arn("route-table/*")],
      { ArnEquals: { "ec2:Vpc": vpc } },
    ),
  ];
}
