import type { CloudType } from "../../cloudType";
import { access, awsImpacts, none } from "../../impact";
import { each } from "../../rules";
import { ec2Actions, ec2Tags } from "./ec2";
import { securityGroupRule } from "./securityGroupRule";

const docs = "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html";
const rule = securityGroupRule("ingress");

export const securityGroupIngressRule: CloudType = {
  ...rule,
  permissions: {
    create: ["ec2:AuthorizeSecurityGroupIngress", "ec2:CreateTags"],
    read: ["ec2:DescribeSecurityGroupRules"],
    update: ["ec2:ModifySecurityGroupRules", ...ec2Tags],
    delete: ["ec2:RevokeSecurityGroupIngress"],
    source: ec2Actions,
  },
  impact: awsImpacts({
    create: access("more clients can reach the endpoint", docs),
    delete: access("some clients can no longer reach the endpoint", docs),
    replace: access("until the new rule exists, the clients of the old one cannot reach the endpoint", docs),
    replaces: rule.replaces,
    properties: {
      ...each(
        "cidrIpv4 fromPort ipProtocol securityGroupId toPort",
        access("it changes which clients can reach the endpoint", docs),
      ),
      description: none("a description is only a label", docs),
    },
  }),
};
