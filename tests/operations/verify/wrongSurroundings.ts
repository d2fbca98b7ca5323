import * as ec2 from "@aws-sdk/client-ec2";
import type { DeployedStack } from "../support/deployedStack";
import { only, type Wrong } from "./wrong";

/** The stack's VPC as one of others: nothing in it has the tags of the stack that joins it. */
const joins = ({ outputs }: DeployedStack) => ({
  awsVpcId: outputs.awsNetwork.vpcId,
  awsSubnetIds: Object.values(outputs.awsNetwork.subnetIds),
});

/** The ACL that every subnet of the VPC begins with. */
async function defaultAcl({ clients, outputs }: DeployedStack): Promise<string> {
  const Filters = [{ Name: "vpc-id", Values: [outputs.awsNetwork.vpcId] }];
  const { NetworkAcls = [] } = await clients.ec2.send(new ec2.DescribeNetworkAclsCommand({ Filters }));
  return NetworkAcls.find(({ IsDefault }) => IsDefault === true)?.NetworkAclId ?? "none";
}

export const wrongSurroundings: readonly Wrong[] = [
  {
    name: "the VPC's owner changed the ACL of the endpoint's subnets",
    joins,
    breaks: async (stack) =>
      stack.clients.ec2.send(
        new ec2.CreateNetworkAclEntryCommand({
          NetworkAclId: await defaultAcl(stack),
          RuleNumber: 50,
          Egress: false,
          Protocol: "6",
          PortRange: { From: 22, To: 22 },
          CidrBlock: "192.168.0.0/24",
          RuleAction: "allow",
        }),
      ),
    finds: only("surroundings-changed", /192\.168\.0\.0\/24/),
  },
  {
    name: "the VPC's owner made an ACL for none of its subnets",
    joins,
    breaks: ({ clients, outputs }) =>
      clients.ec2.send(new ec2.CreateNetworkAclCommand({ VpcId: outputs.awsNetwork.vpcId })),
    finds: only("snapshot-outdated", /it is new since the snapshot/),
  },
];
