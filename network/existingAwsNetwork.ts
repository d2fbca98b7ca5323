import { composed } from "../contract";
import type { StackOutputs } from "../outputs";
import type { AwsSide } from "./awsSide";
import type { FoundVpc } from "./existing/surroundings";

/** A VPC of others as the AWS side: nothing of it is the stack's, so that there is nothing to register. */
export function existingAwsNetwork({ id, cidrs, subnets, routeTableIds, gateway }: FoundVpc): AwsSide {
  const [cidr = ""] = cidrs;
  const subnetIds = Object.fromEntries(subnets.map((subnet) => [subnet.zone, subnet.id]));
  const gatewayId = gateway === undefined ? {} : { gatewayId: gateway.id };
  return {
    vpcId: id,
    subnetIds,
    vpnEnd: { vpcId: id, cidrs, routeTableIds, ...gatewayId },
    outputs: (endpointSecurityGroupId) => ({
      awsNetwork: composed<StackOutputs["awsNetwork"], "routeTableId">({
        vpcId: id,
        cidr,
        cidrs: [...cidrs],
        routeTableIds: [...routeTableIds],
        subnetIds,
        endpointSecurityGroupId,
      }),
    }),
  };
}
