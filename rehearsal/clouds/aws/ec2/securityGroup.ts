import type { Props, Refusal } from "../../../model/recording";
import { awsTypes } from "../../../model/resourceTypes";
import { text } from "../../../model/values";
import type { CloudType, CloudView } from "../../cloudType";
import { address, awsImpacts, none } from "../../impact";
import { alwaysAbout, refuseIf, words } from "../../rules";
import { ec2Actions, ec2Errors, ec2Id, ec2Outputs, ec2Replaces, ec2Tags } from "./ec2";
import { vpcReference } from "./references";
import { refuseDescription } from "./securityGroupRule";

const create = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html";
const docs = "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html";
const replaces = ec2Replaces("vpc_security_group", "description name namePrefix vpcId");
const inline = words(
  `cidrBlocks description fromPort ipv6CidrBlocks prefixListIds protocol securityGroups self toPort`,
);

export const securityGroup: CloudType = {
  properties: [
    ...words(`description name namePrefix region revokeRulesOnDelete tags.* vpcId`),
    ...inline.flatMap((property) => [`egress.${property}`, `ingress.${property}`]),
  ],
  required: [],
  replaces,
  references: { vpcId: { ...vpcReference, inUse: "DependencyViolation" } },
  autoName: "name",
  decides: ["path"],
  permissions: {
    // AWS gives a new group a rule that lets everything out; the provider removes it.
    create: ["ec2:CreateSecurityGroup", "ec2:CreateTags", "ec2:RevokeSecurityGroupEgress"],
    read: ["ec2:DescribeSecurityGroups"],
    update: ec2Tags,
    delete: ["ec2:DeleteSecurityGroup", "ec2:DescribeNetworkInterfaces"],
    source: ec2Actions,
  },
  impact: awsImpacts({
    create: none("a group without rules lets nothing in", docs),
    replace: address(
      "its id is an output; AWS waits for the endpoint's interfaces to leave it, which can hang (terraform-provider-aws #43124)",
      docs,
    ),
    replaces,
  }),
  ...alwaysAbout(0.1, "security groups change within seconds"),
  refuse: (inputs, cloud, { id }) => [...refuseName(inputs, cloud, id), ...refuseDescription(inputs)],
  id: ec2Id("sg"),
  outputs: (inputs, cloud, subject) => ({
    ...ec2Outputs("security-group", inputs, cloud, subject),
    ownerId: cloud.accountId,
    description: inputs["description"] ?? "Managed by Pulumi",
    // The provider removes AWS's own rule that lets everything out.
    ingress: inputs["ingress"] ?? [],
    egress: inputs["egress"] ?? [],
  }),
};

function refuseName(inputs: Props, cloud: CloudView, id: string | undefined): readonly Refusal[] {
  const name = text(inputs, "name");
  const same = cloud
    .all(awsTypes.securityGroup)
    .filter(
      (other) =>
        other.id !== id && other.inputs["name"] === name && other.inputs["vpcId"] === inputs["vpcId"],
    );
  return [
    ...refuseIf(name !== undefined && !/^(?!sg-)[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/.test(name), {
      code: "InvalidParameterValue",
      message: `'${name ?? ""}' is not a name for a security group: up to 255 characters, not beginning with sg-`,
      property: "name",
      source: create,
    }),
    ...refuseIf(name !== undefined && same.length > 0, {
      code: "InvalidGroup.Duplicate",
      message: `the security group '${name ?? ""}' already exists in this VPC`,
      property: "name",
      source: ec2Errors,
    }),
  ];
}
