import { isNetwork } from "../../../model/addresses";
import type { Props, Refusal } from "../../../model/recording";
import { arnOf, ec2Errors, ec2Id, forceNew, regional, regionOf, tagsAll, vpcReference } from "../aws";
import type { CloudType, CloudView } from "../../cloudType";
import { aboutMinutes, each, refuseIf, words } from "../../rules";
import { hexOf } from "../../seeds";
import { holdsUnknown, isList, knownStrings, number, text, valuesAt } from "../../../model/values";

const targets = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];

const group = "aws:ec2/securityGroup:SecurityGroup";
const seconds = aboutMinutes(0.1, "security groups change within seconds");
const rulesDocs =
  "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html";
const groupDocs = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html";
const inline = words(
  `cidrBlocks description fromPort ipv6CidrBlocks prefixListIds protocol securityGroups self toPort`,
);

export const awsSecurityGroups: Readonly<Record<string, CloudType>> = {
  [group]: {
    properties: [
      ...words(`description name namePrefix region revokeRulesOnDelete tags.* vpcId`),
      ...inline.flatMap((property) => [`egress.${property}`, `ingress.${property}`]),
    ],
    required: [],
    replaces: {
      ...regional,
      ...each("description name namePrefix vpcId", forceNew("ec2/vpc_security_group")),
    },
    references: { vpcId: vpcReference },
    autoName: "name",
    create: seconds,
    update: seconds,
    delete: seconds,
    refuse: (inputs, cloud, { id }) => refuseGroup(inputs, cloud, id),
    id: ec2Id("sg"),
    outputs: (inputs, cloud, { id }) => ({
      ...tagsAll(inputs),
      arn: arnOf("ec2", inputs, cloud, `security-group/${id}`),
      region: regionOf(inputs, cloud),
      ownerId: cloud.accountId,
      description: inputs["description"] ?? "Managed by Pulumi",
      // The provider takes AWS's own "everything may leave" rule away.
      ingress: inputs["ingress"] ?? [],
      egress: inputs["egress"] ?? [],
    }),
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ruleType("ingress"),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ruleType("egress"),
};

function ruleType(direction: "ingress" | "egress"): CloudType {
  const type =
    direction === "ingress"
      ? "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
      : "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
  return {
    properties: [
      ...words(`description fromPort ipProtocol region securityGroupId tags.* toPort`),
      ...targets,
    ],
    required: ["securityGroupId", "ipProtocol"],
    replaces: { ...regional, securityGroupId: forceNew("ec2/vpc_security_group_ingress_rule") },
    references: {
      // Rules go with their group; a group that another one's rule names must stay.
      securityGroupId: { types: [group], missing: "InvalidGroup.NotFound", source: ec2Errors },
      referencedSecurityGroupId: {
        types: [group],
        missing: "InvalidGroup.NotFound",
        inUse: "DependencyViolation",
        source: ec2Errors,
      },
    },
    create: seconds,
    update: seconds,
    delete: seconds,
    refuse: (inputs, cloud, { id }) => [
      ...refuseRule(inputs),
      ...refuseDescription(inputs),
      ...refuseSecondWay(inputs, cloud, direction),
      ...refuseDuplicate(inputs, cloud, type, id),
    ],
    id: ec2Id("sgr"),
    outputs: (inputs, cloud, { seed, id }) => ({
      ...tagsAll(inputs),
      arn: arnOf("ec2", inputs, cloud, `security-group-rule/${id}`),
      region: regionOf(inputs, cloud),
      securityGroupRuleId: `sgr-0${hexOf(`${seed}/sgr`, 16)}`,
    }),
  };
}

function refuseGroup(inputs: Props, cloud: CloudView, id: string | undefined): readonly Refusal[] {
  const name = text(inputs, "name");
  const same = cloud
    .all(group)
    .filter(
      (other) =>
        other.id !== id && other.inputs["name"] === name && other.inputs["vpcId"] === inputs["vpcId"],
    );
  return [
    ...refuseIf(name !== undefined && !/^(?!sg-)[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/.test(name), {
      code: "InvalidParameterValue",
      message: `'${name ?? ""}' is no name for a security group: up to 255 characters, not beginning with sg-`,
      property: "name",
      source: groupDocs,
    }),
    ...refuseIf(name !== undefined && same.length > 0, {
      code: "InvalidGroup.Duplicate",
      message: `the security group '${name ?? ""}' already exists in this VPC`,
      property: "name",
      source: ec2Errors,
    }),
    ...refuseDescription(inputs),
  ];
}

function refuseDescription(inputs: Props): readonly Refusal[] {
  const description = text(inputs, "description");
  return refuseIf(description !== undefined && !/^[\w .:/()#,@[\]+=&;{}!$*-]{0,255}$/.test(description), {
    code: "InvalidParameterValue",
    message: "a description is up to 255 of letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*",
    property: "description",
    source: rulesDocs,
  });
}

function refuseRule(inputs: Props): readonly Refusal[] {
  const named = targets.filter((property) => valuesAt(inputs, property).length > 0);
  const [from, to, protocol] = [
    number(inputs, "fromPort"),
    number(inputs, "toPort"),
    text(inputs, "ipProtocol"),
  ];
  const ranged = protocol === "tcp" || protocol === "udp" || protocol === "6" || protocol === "17";
  return [
    ...refuseIf(named.length !== 1, {
      code: "InvalidParameterCombination",
      message: `a rule names exactly one of ${targets.join(", ")}`,
      property: "cidrIpv4",
      source: rulesDocs,
    }),
    ...knownStrings(inputs, "cidrIpv4")
      .filter((range) => !isNetwork(range))
      .map((range) => ({
        code: "InvalidParameterValue",
        message: `CIDR block ${range} is malformed`,
        property: "cidrIpv4",
        source: rulesDocs,
      })),
    ...refuseIf(protocol !== undefined && !/^(tcp|udp|icmp|icmpv6|-1|\d{1,3})$/.test(protocol), {
      code: "InvalidPermission.Malformed",
      message: `'${protocol ?? ""}' is no protocol`,
      property: "ipProtocol",
      source: ec2Errors,
    }),
    ...refuseIf(ranged && from !== undefined && to !== undefined && (from > to || to > 65535), {
      code: "InvalidParameterValue",
      message: `the ports ${from ?? 0}-${to ?? 0} are no range`,
      property: "fromPort",
      source: rulesDocs,
    }),
    ...refuseIf(
      ranged && (valuesAt(inputs, "fromPort").length === 0 || valuesAt(inputs, "toPort").length === 0),
      {
        code: "InvalidPermission.Malformed",
        message: `a rule for ${protocol ?? ""} needs fromPort and toPort`,
        property: "fromPort",
        source: ec2Errors,
      },
    ),
  ];
}

/** Inline rules and rule resources of one group fight each other at every apply. */
function refuseSecondWay(inputs: Props, cloud: CloudView, direction: string): readonly Refusal[] {
  const owner = cloud.find(group, text(inputs, "securityGroupId") ?? "");
  const rules = owner?.inputs[direction];
  return refuseIf(isList(rules) && rules.length > 0, {
    code: "ConflictingRules",
    message: `${owner?.id ?? ""} has inline ${direction} rules: a rule resource beside them would be taken away again`,
    property: "securityGroupId",
    source: `guess: the code; the rule: https://www.pulumi.com/registry/packages/aws/api-docs/vpc/securitygroup${direction}rule/`,
  });
}

function refuseDuplicate(
  inputs: Props,
  cloud: CloudView,
  type: string,
  id: string | undefined,
): readonly Refusal[] {
  // Ports and protocols, and one of the targets: what makes two rules the same.
  const key = (rule: Props): string =>
    ["securityGroupId", "ipProtocol", "fromPort", "toPort", ...targets]
      .map((property) => JSON.stringify(rule[property] ?? null))
      .join(" ");
  if (holdsUnknown(inputs)) return [];
  const same = cloud.all(type).filter((other) => other.id !== id && key(other.inputs) === key(inputs));
  return same.map((other) => ({
    code: "InvalidPermission.Duplicate",
    message: `the same rule exists already as ${other.id}`,
    source: ec2Errors,
  }));
}
