import * as ec2 from "@aws-sdk/client-ec2";
import { connection, only, type Wrong } from "./wrong";

export const wrongRoutes: readonly Wrong[] = [
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
    breaks: async ({ clients, outputs: { awsNetwork } }) => {
      const RouteTableId = awsNetwork.routeTableId;
      await clients.ec2.send(new ec2.DeleteRouteTableCommand({ RouteTableId }));
    },
    finds: only("aws-route-table-missing", /no route table of this id/),
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
    breaks: async ({ clients, outputs: { awsNetwork, azureNetwork } }) => {
      const { InternetGateway } = await clients.ec2.send(new ec2.CreateInternetGatewayCommand({}));
      const InternetGatewayId = InternetGateway?.InternetGatewayId ?? "";
      await clients.ec2.send(
        new ec2.AttachInternetGatewayCommand({ InternetGatewayId, VpcId: awsNetwork.vpcId }),
      );
      await clients.ec2.send(
        new ec2.ReplaceRouteCommand({
          RouteTableId: awsNetwork.routeTableId,
          DestinationCidrBlock: azureNetwork.cidr,
          GatewayId: InternetGatewayId,
        }),
      );
    },
    finds: only("aws-route-elsewhere", /10\.1\.0\.0\/22 leads to igw-\w+ \(active\), not to vgw-/),
  },
];
