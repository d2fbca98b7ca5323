import { isNetwork } from "../../../model/addresses";
import type { Props, Refusal } from "../../../model/recording";
import { awsTypes } from "../../../model/resourceTypes";
import { holdsUnknown, isList, knownStrings, number, text, valuesAt } from "../../../model/values";
import type { CloudType, CloudView } from "../../cloudType";
import { alwaysAbout, refuseIf, words } from "../../rules";
import { hexOf } from "../../seeds";
import { ec2Errors, ec2Id, ec2Outputs, ec2Replaces } from "./ec2";
import { securityGroupReference } from "./references";

export const securityGroupRuleTypes = {
  ingress: awsTypes.securityGroupIngressRule,
  egress: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
} as const;

const docs = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html";
const targets = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];

/** What rules of both directions have in common. */
export function securityGroupRule(direction: keyof typeof securityGroupRuleTypes): CloudType {
  return {
    properties: [
      ...words(`description fromPort ipProtocol region securityGroupId tags.* toPort`),
      ...targets,
    ],
    required: ["securityGroupId", "ipProtocol"],
    replaces: ec2Replaces("vpc_security_group_ingress_rule", "securityGroupId"),
    references: {
      // AWS deletes rules with their group; a group that another one's rule names must stay.
      securityGroupId: securityGroupReference,
      referencedSecurityGroupId: { ...securityGroupReference, inUse: "DependencyViolation" },
    },
    decides: ["path"],
    ...alwaysAbout(0.1, "security groups change within seconds"),
    refuse: (inputs, cloud, { id }) => [
      ...refuseRule(inputs),
      ...refuseDescription(inputs),
      ...refuseBesideInline(inputs, cloud, direction),
      ...refuseDuplicate(inputs, cloud, securityGroupRuleTypes[direction], id),
    ],
    id: ec2Id("sgr"),
    outputs: (inputs, cloud, subject) => ({
      ...ec2Outputs("security-group-rule", inputs, cloud, subject),
      securityGroupRuleId: `sgr-0${hexOf(`${subject.seed}/sgr`, 16)}`,
    }),
  };
}

/** A group and a rule have the same limits for a description. */
export function refuseDescription(inputs: Props): readonly Refusal[] {
  const description = text(inputs, "description");
  return refuseIf(description !== undefined && !/^[\w .:/()#,@[\]+=&;{}!$*-]{0,255}$/.test(description), {
    code: "InvalidParameterValue",
    message: "a description is up to 255 of letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*",
    property: "description",
    source: docs,
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
      source: docs,
    }),
    ...knownStrings(inputs, "cidrIpv4")
      .filter((range) => !isNetwork(range))
      .map((range) => ({
        code: "InvalidParameterValue",
        message: `CIDR block ${range} is malformed`,
        property: "cidrIpv4",
        source: docs,
      })),
    ...refuseIf(protocol !== undefined && !/^(tcp|udp|icmp|icmpv6|-1|\d{1,3})$/.test(protocol), {
      code: "InvalidPermission.Malformed",
      message: `'${protocol ?? ""}' is not a protocol`,
      property: "ipProtocol",
      source: ec2Errors,
    }),
    ...refuseIf(ranged && from !== undefined && to !== undefined && (from > to || to > 65535), {
      code: "InvalidParameterValue",
      message: `the ports ${from ?? 0}-${to ?? 0} are not a range`,
      property: "fromPort",
      source: docs,
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

/** Inline rules and rule resources of one group remove each other at every update. */
function refuseBesideInline(inputs: Props, cloud: CloudView, direction: string): readonly Refusal[] {
  const owner = cloud.find(awsTypes.securityGroup, text(inputs, "securityGroupId") ?? "");
  const rules = owner?.inputs[direction];
  return refuseIf(isList(rules) && rules.length > 0, {
    code: "ConflictingRules",
    message: `${owner?.id ?? ""} has inline ${direction} rules: they remove a rule resource beside them`,
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
  // Two rules are the same if group, protocol, ports and target are.
  const key = (rule: Props): string =>
    ["securityGroupId", "ipProtocol", "fromPort", "toPort", ...targets]
      .map((property) => JSON.stringify(rule[property] ?? null))
      .join(" ");
  if (holdsUnknown(inputs)) return [];
  const same = cloud.all(type).filter((other) => other.id !== id && key(other.inputs) === key(inputs));
  return same.map((other) => ({
    code: "InvalidPermission.Duplicate",
    message: `the same rule already exists as ${other.id}`,
    source: ec2Errors,
  }));
}
