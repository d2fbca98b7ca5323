import * as ec2 from "@aws-sdk/client-ec2";
import type { DeployedStack } from "../support/deployedStack";
import { connection, only, tunnel, type Wrong } from "./wrong";
import { idOf } from "../support/place";

/** Takes the endpoint's subnets off their route table, or the first of them. */
async function dissociate({ clients, outputs }: DeployedStack, howMany = Infinity): Promise<void> {
  const { routeTableId, subnetIds } = outputs.awsNetwork;
  const wanted = Object.values(subnetIds).slice(0, howMany);
  const { RouteTables = [] } = await clients.ec2.send(
    new ec2.DescribeRouteTablesCommand({ RouteTableIds: [idOf(routeTableId)] }),
  );
  for (const { RouteTableAssociationId: AssociationId, SubnetId = "" } of RouteTables[0]?.Associations ?? [])
    if (wanted.includes(SubnetId))
      await clients.ec2.send(new ec2.DisassociateRouteTableCommand({ AssociationId }));
}

async function routeToInternetGateway(
  { clients, outputs: { awsNetwork } }: DeployedStack,
  DestinationCidrBlock: string,
): Promise<void> {
  const { InternetGateway } = await clients.ec2.send(new ec2.CreateInternetGatewayCommand({}));
  const GatewayId = InternetGateway?.InternetGatewayId ?? "";
  await clients.ec2.send(
    new ec2.AttachInternetGatewayCommand({ InternetGatewayId: GatewayId, VpcId: awsNetwork.vpcId }),
  );
  await clients.ec2.send(
    new ec2.CreateRouteCommand({ RouteTableId: awsNetwork.routeTableId, DestinationCidrBlock, GatewayId }),
  );
}

const mainTableIsUsed: Wrong["finds"] = [
  { kind: "endpoint-subnet-other-table", says: /it uses the VPC's main route table rtb-\w+, not rtb-/ },
  { kind: "endpoint-subnet-other-table", says: /it uses the VPC's main route table/ },
  { kind: "aws-route-missing", says: /it has no route to 10\.1\.0\.0\/22/ },
];

export const wrongRoutes: readonly Wrong[] = [
  {
    name: "Azure announces another network",
    breaks: ({ aws }) =>
      aws.tampers.set("ec2:DescribeRouteTables", (xml) =>
        xml.replace(
          /(<routeSet>)(?![\s\S]*<routeSet>)/,
          `$1<item><destinationCidrBlock>192.168.0.0/16</destinationCidrBlock><gatewayId>${aws.propagating[0] ?? ""}</gatewayId><state>active</state><origin>EnableVgwRoutePropagation</origin></item>`,
        ),
      ),
    finds: only(
      "aws-routes-beyond",
      /it has taken 192\.168\.0\.0\/16 from vgw-\w+; only 10\.1\.0\.0\/22 is expected/,
    ),
  },
  {
    name: "a tunnel brings more routes than Azure's network has",
    breaks: (stack) => (tunnel(stack).acceptedRoutes = 2),
    finds: only("aws-routes-beyond", /it has accepted 2 routes over \S+, and Azure's network has 1;/),
  },
  {
    name: "a connection has another static route",
    topology: "single-tunnel",
    breaks: (stack) =>
      (connection(stack).routes = [
        { cidr: "10.1.0.0/22", state: "available" },
        { cidr: "0.0.0.0/0", state: "available" },
      ]),
    finds: only("aws-routes-beyond", /it has the static routes 0\.0\.0\.0\/0; only/),
  },
  {
    name: "the gateway is attached to nothing",
    breaks: ({ clients, outputs }) =>
      clients.ec2.send(
        new ec2.DetachVpnGatewayCommand({
          VpcId: outputs.awsNetwork.vpcId,
          VpnGatewayId: outputs.vpn.awsGatewayId,
        }),
      ),
    finds: only("aws-gateway-detached", /it is attached to nothing, not to vpc-/),
  },
  {
    name: "the gateway was deleted",
    breaks: async ({ clients, outputs }) => {
      const VpnGatewayId = outputs.vpn.awsGatewayId;
      await clients.ec2.send(
        new ec2.DetachVpnGatewayCommand({ VpcId: outputs.awsNetwork.vpcId, VpnGatewayId }),
      );
      await clients.ec2.send(new ec2.DeleteVpnGatewayCommand({ VpnGatewayId }));
    },
    finds: only("aws-gateway-missing", /no VPN gateway of this id/),
  },
  {
    name: "the connection carries no static route",
    topology: "single-tunnel",
    breaks: (stack) => (connection(stack).routes = []),
    finds: only(
      "aws-static-route-missing",
      /the connection has no static route, and must have 10\.1\.0\.0\/22$/,
    ),
  },
  {
    name: "the connection's static route is still pending",
    topology: "single-tunnel",
    breaks: (stack) => (connection(stack).routes = [{ cidr: "10.1.0.0/22", state: "pending" }]),
    finds: only("aws-static-route-missing", /the connection has 10\.1\.0\.0\/22 \(pending\)/),
  },
  {
    name: "the route table was deleted",
    breaks: async (stack) => {
      await dissociate(stack);
      const RouteTableId = stack.outputs.awsNetwork.routeTableId;
      await stack.clients.ec2.send(new ec2.DeleteRouteTableCommand({ RouteTableId }));
    },
    finds: [{ kind: "aws-route-table-missing", says: /no route table of this id/ }, ...mainTableIsUsed],
  },
  {
    name: "the endpoint's subnets use the VPC's main route table",
    breaks: (stack) => dissociate(stack),
    finds: mainTableIsUsed,
  },
  {
    name: "an endpoint's subnet has another route table, whose routes are right",
    breaks: async (stack) => {
      const { clients, outputs } = stack;
      const { vpcId: VpcId, subnetIds } = outputs.awsNetwork;
      const { RouteTable } = await clients.ec2.send(new ec2.CreateRouteTableCommand({ VpcId }));
      const RouteTableId = RouteTable?.RouteTableId ?? "";
      for (const DestinationCidrBlock of ["10.1.0.0/23", "10.1.2.0/23"])
        await clients.ec2.send(
          new ec2.CreateRouteCommand({
            RouteTableId,
            DestinationCidrBlock,
            GatewayId: outputs.vpn.awsGatewayId,
          }),
        );
      await dissociate(stack, 1);
      const SubnetId = Object.values(subnetIds)[0] ?? "";
      await clients.ec2.send(new ec2.AssociateRouteTableCommand({ RouteTableId, SubnetId }));
    },
    finds: only("endpoint-subnet-other-table", /it uses the route table rtb-\w+, not rtb-/),
  },
  {
    name: "a more specific route takes a part of Azure's network",
    breaks: (stack) => routeToInternetGateway(stack, "10.1.1.0/24"),
    finds: only(
      "aws-route-elsewhere",
      /10\.1\.1\.0\/24 leads to igw-\w+ \(active\), not to vgw-\w+; it takes 10\.1\.1\.0\/24$/,
    ),
  },
  {
    name: "a connection ends at another gateway",
    breaks: (stack) => (connection(stack).vpnGatewayId = "vgw-0somebodyelses"),
    finds: only("aws-connection-elsewhere", /it ends at vgw-0somebodyelses, not at vgw-/),
  },
  {
    name: "a connection's static routes have a half of Azure's network",
    topology: "single-tunnel",
    breaks: (stack) => (connection(stack).routes = [{ cidr: "10.1.0.0/23", state: "available" }]),
    finds: only(
      "aws-static-route-missing",
      /has 10\.1\.0\.0\/23 \(available\), and must have 10\.1\.2\.0\/23$/,
    ),
  },
  {
    name: "the route table takes no routes from the gateway",
    breaks: ({ aws }) => (aws.propagating = []),
    finds: only("aws-propagation-off", /it takes no routes from vgw-/),
  },
  {
    name: "the route table has no route to Azure",
    breaks: ({ clients, outputs: { awsNetwork, azureNetwork } }) =>
      clients.ec2.send(
        new ec2.DeleteRouteCommand({
          RouteTableId: awsNetwork.routeTableId,
          DestinationCidrBlock: azureNetwork.cidr,
        }),
      ),
    finds: only("aws-route-missing", /it has no route to 10\.1\.0\.0\/22/),
  },
  {
    name: "another route to Azure takes precedence over the gateway's",
    breaks: async (stack) => {
      const { clients, outputs } = stack;
      const DestinationCidrBlock = outputs.azureNetwork.cidr;
      const RouteTableId = outputs.awsNetwork.routeTableId;
      await clients.ec2.send(new ec2.DeleteRouteCommand({ RouteTableId, DestinationCidrBlock }));
      await routeToInternetGateway(stack, DestinationCidrBlock);
    },
    finds: only("aws-route-elsewhere", /10\.1\.0\.0\/22 leads to igw-\w+ \(active\), not to vgw-/),
  },
];
