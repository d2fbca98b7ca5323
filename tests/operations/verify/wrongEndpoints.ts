import * as ec2 from "@aws-sdk/client-ec2";
import type { DeployedStack } from "../support/deployedStack";
import { https } from "../support/deployedVpn";
import { rightEndpointPolicy } from "../support/deployedS3";
import { only, type Wrong } from "./wrong";

export const wrongEndpoints: readonly Wrong[] = [
  {
    name: "the account has no zone of a letter that the stack names",
    breaks: ({ aws }) => {
      withoutZone(aws, "ec2:DescribeAvailabilityZones");
    },
    finds: only(
      "zone-missing",
      /^this account has ap-northeast-1a, ap-northeast-1b, ap-northeast-1d, and no zone ap-northeast-1c$/,
    ),
  },
  {
    name: "S3 has no interface endpoints in a zone that the stack names",
    breaks: ({ aws }) => {
      withoutZone(aws, "ec2:DescribeVpcEndpointServices");
    },
    finds: only(
      "zone-without-endpoints",
      /^S3 has interface endpoints in ap-northeast-1a, ap-northeast-1b, ap-northeast-1d, and none in ap-northeast-1c$/,
    ),
  },
  {
    name: "the endpoint was deleted",
    breaks: ({ clients, outputs }) =>
      clients.ec2.send(new ec2.DeleteVpcEndpointsCommand({ VpcEndpointIds: [outputs.endpointId] })),
    finds: only("endpoint-missing", /no endpoint of this id/),
  },
  {
    name: "the endpoint lets everybody pass",
    breaks: (stack) => setEndpointPolicy(stack, { Version: "2012-10-17", Statement: [allowEverything] }),
    finds: only("endpoint-policy-open", / may s3:.* through the endpoint/),
  },
  {
    name: "the endpoint does not let the reader get objects",
    breaks: (stack) => {
      const right = rightEndpointPolicy(stack.outputs.readerArn);
      return setEndpointPolicy(stack, {
        ...right,
        Statement: right.Statement.filter(({ Sid }) => Sid !== "AllowReaderToGet"),
      });
    },
    finds: only("endpoint-policy-shuts-out", /the reader may not s3:GetObject on reports-of-the-tests/),
  },
  {
    name: "the endpoint's policy has a condition that the evaluator does not cover",
    breaks: (stack) =>
      setEndpointPolicy(stack, {
        Version: "2012-10-17",
        Statement: [{ ...allowEverything, Condition: { DateLessThan: { "aws:CurrentTime": "2030-01-01" } } }],
      }),
    finds: only("endpoint-policy-unreadable", /DateLessThan/),
  },
  {
    name: "an ingress rule opens the endpoint to the world",
    breaks: (stack) => authorize(stack, "0.0.0.0/0"),
    finds: only("endpoint-open-to-world", /it lets 0\.0\.0\.0\/0 in to port 443/),
  },
  ...["0.0.0.0/1", "128.0.0.0/1"].map((half): Wrong => ({
    name: `an ingress rule opens the endpoint to the half ${half} of the world`,
    breaks: (stack) => authorize(stack, half),
    finds: only(
      "endpoint-open-to-world",
      new RegExp(`it lets ${half.replaceAll(".", "\\.")} in to port 443`),
    ),
  })),
  {
    name: "an ingress rule lets another network in",
    breaks: (stack) => authorize(stack, "10.0.0.0/8"),
    finds: only(
      "endpoint-ingress-wider",
      /it lets 10\.0\.0\.0\/8 in to port 443; the networks of the stack are/,
    ),
  },
  {
    name: "an ingress rule is for a half of the client subnet",
    breaks: async (stack) => {
      await revoke(stack, "10.1.0.0/23");
      await authorize(stack, "10.1.0.0/24");
    },
    finds: only("endpoint-closed-to-client", /no rule lets HTTPS in from 10\.1\.1\.0\/24$/),
  },
  {
    name: "a network ACL stops HTTPS from some clients",
    breaks: (stack) => denyInAcl(stack, { RuleNumber: 90, CidrBlock: "10.1.1.0/24", Egress: false }),
    finds: only(
      "endpoint-acl-blocks",
      /^in subnet-\w+, subnet-\w+ rule 90 denies HTTPS from 10\.1\.1\.0\/24 \(port 443\)$/,
    ),
  },
  {
    name: "a network ACL stops answers to some ports of clients",
    breaks: (stack) =>
      denyInAcl(stack, {
        RuleNumber: 90,
        CidrBlock: "0.0.0.0/0",
        Egress: true,
        PortRange: { From: 0, To: 32_767 },
      }),
    finds: only("endpoint-acl-blocks", /rule 90 denies answers to 10\.1\.0\.0\/23 \(port 1024-32767\)$/),
  },
  {
    name: "no ingress rule lets the client subnet in",
    breaks: (stack) => revoke(stack, "10.1.0.0/23"),
    finds: only("endpoint-closed-to-client", /no rule lets HTTPS in from 10\.1\.0\.0\/23/),
  },
  {
    name: "the endpoint lost a subnet",
    breaks: ({ clients, outputs }) =>
      clients.ec2.send(
        new ec2.ModifyVpcEndpointCommand({
          VpcEndpointId: outputs.endpointId,
          RemoveSubnetIds: [outputs.awsNetwork.subnetIds["ap-northeast-1c"] ?? ""],
        }),
      ),
    finds: only("endpoint-interface-missing", /it has no address in subnet-\w+ \(zone ap-northeast-1c\)/),
  },
  {
    name: "the endpoint is in another security group",
    breaks: tampering("ec2:DescribeVpcEndpoints", /<groupId>[^<]*/, "<groupId>sg-0somebodyelses"),
    finds: only("endpoint-group-differs", /its security groups are sg-0somebodyelses, not sg-\w+ alone/),
  },
  {
    name: "the endpoint is still being made",
    breaks: tampering("ec2:DescribeVpcEndpoints", "<state>available", "<state>pending"),
    finds: only("endpoint-unavailable", /its state is pending, not available/),
  },
  {
    name: "the endpoint leads to another service",
    breaks: tampering(
      "ec2:DescribeVpcEndpoints",
      /<serviceName>[^<]*/,
      "<serviceName>com.amazonaws.ap-northeast-1.ec2",
    ),
    finds: only("endpoint-elsewhere", /to com\.amazonaws\.ap-northeast-1\.ec2, and must lead from vpc-/),
  },
  {
    name: "the endpoint has another name",
    breaks: tampering("ec2:DescribeVpcEndpoints", /<dnsName>[^<]*/g, "<dnsName>*.vpce-1.s3.example"),
    finds: only("endpoint-name-differs", /its DNS names in AWS do not include localhost/),
  },
  {
    name: "the endpoint takes over S3's name in the VPC",
    breaks: tampering("ec2:DescribeVpcEndpoints", "<privateDnsEnabled>false", "<privateDnsEnabled>true"),
    finds: only("endpoint-private-dns", /private DNS is on/),
  },
];

function authorize({ clients, outputs }: DeployedStack, cidr: string) {
  const rule = https(outputs.awsNetwork.endpointSecurityGroupId, cidr);
  return clients.ec2.send(new ec2.AuthorizeSecurityGroupIngressCommand(rule));
}

function revoke({ clients, outputs }: DeployedStack, cidr: string) {
  const rule = https(outputs.awsNetwork.endpointSecurityGroupId, cidr);
  return clients.ec2.send(new ec2.RevokeSecurityGroupIngressCommand(rule));
}

/** One more rule in the VPC's only network ACL. */
async function denyInAcl(
  { clients, outputs }: DeployedStack,
  entry: Omit<ec2.CreateNetworkAclEntryRequest, "NetworkAclId" | "RuleAction" | "Protocol">,
): Promise<void> {
  const Filters = [{ Name: "vpc-id", Values: [outputs.awsNetwork.vpcId] }];
  const { NetworkAcls = [] } = await clients.ec2.send(new ec2.DescribeNetworkAclsCommand({ Filters }));
  const NetworkAclId = NetworkAcls[0]?.NetworkAclId;
  await clients.ec2.send(
    new ec2.CreateNetworkAclEntryCommand({ ...entry, NetworkAclId, RuleAction: "deny", Protocol: "6" }),
  );
}

/** AWS's answer with another text in it, where moto cannot be brought to say it. */
function tampering(action: string, from: string | RegExp, to: string) {
  return ({ aws }: DeployedStack) => aws.tampers.set(action, (xml) => xml.replace(from, to));
}

const allowEverything = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };

function setEndpointPolicy({ clients, outputs }: DeployedStack, policy: object) {
  return clients.ec2.send(
    new ec2.ModifyVpcEndpointCommand({
      VpcEndpointId: outputs.endpointId,
      PolicyDocument: JSON.stringify(policy),
    }),
  );
}

/** The answer as of an account, or a service, that has another zone in its place. */
function withoutZone(aws: DeployedStack["aws"], action: string): void {
  aws.tampers.set(action, (xml) => xml.replaceAll("ap-northeast-1c", "ap-northeast-1b"));
}
