import { azurePorts, everyPort, type Ports } from "../../../rehearsal/model/ports";
import { type Props, UNKNOWN, type Value } from "../../../rehearsal/model/recording";
import { addedTypes, awsTypes, azureTypes } from "../../../rehearsal/model/resourceTypes";
import {
  isList,
  isProps,
  isTrue,
  knownStrings,
  number,
  text,
  valuesAt,
} from "../../../rehearsal/model/values";
import type { Resource } from "../changes";
import { anywhere, setsAtMost, setsIn } from "./addressClasses";
import type { Direction, Filter, Rule } from "./filter";
import { type Moment, NotCompared, ofType, pointsAt } from "./place";

/** The types that hold rules, and those whose resources are rules of another. */
export const filterTypes: Readonly<Record<string, readonly string[]>> = {
  [awsTypes.securityGroup]: [awsTypes.securityGroupIngressRule, addedTypes.securityGroupEgressRule],
  [azureTypes.networkSecurityGroup]: [addedTypes.azureSecurityRule],
  [addedTypes.networkAcl]: [addedTypes.networkAclRule],
  [addedTypes.defaultNetworkAcl]: [addedTypes.networkAclRule],
};

/** Where a rule of its own says what it belongs to. */
const ownerProperties: Readonly<Record<string, string>> = {
  [awsTypes.securityGroupIngressRule]: "securityGroupId",
  [addedTypes.securityGroupEgressRule]: "securityGroupId",
  [addedTypes.networkAclRule]: "networkAclId",
  [addedTypes.azureSecurityRule]: "networkSecurityGroupName",
};

/** What a group lets through with all its rules, its own and those beside it. Nothing where the group does not exist. */
export function filterOf(moment: Moment, type: string, owner: string): Filter {
  const group = moment.resources.find(({ urn }) => urn === owner);
  const beside = (ruleType: string) =>
    ofType(moment, ruleType).filter((rule) => ownerOf(moment, rule) === owner);
  switch (type) {
    case awsTypes.securityGroup:
      return [
        ...inlineRules(group, "ingress").map((rule) => inlineRule(rule, "inbound")),
        ...inlineRules(group, "egress").map((rule) => inlineRule(rule, "outbound")),
        ...beside(awsTypes.securityGroupIngressRule).map((rule) => ruleBeside(moment, rule, "inbound")),
        ...beside(addedTypes.securityGroupEgressRule).map((rule) => ruleBeside(moment, rule, "outbound")),
      ];
    case azureTypes.networkSecurityGroup: {
      if (group === undefined && beside(addedTypes.azureSecurityRule).length === 0) return [];
      const rules = [
        ...inlineRules(group, "securityRules"),
        ...beside(addedTypes.azureSecurityRule).map(({ inputs }) => inputs),
      ];
      return [...byNumber(rules, "priority").map(azureRule), ...azureDefaults];
    }
    default: {
      const rules = [
        ...inlineRules(group, "ingress").map((rule) => ({ ...rule, egress: false })),
        ...inlineRules(group, "egress").map((rule) => ({ ...rule, egress: true })),
        ...beside(addedTypes.networkAclRule).map(({ inputs }) => inputs),
      ].map((rule: Props): Props => ({ ...rule, number: rule["ruleNo"] ?? rule["ruleNumber"] ?? null }));
      return byNumber(rules, "number").map(aclRule);
    }
  }
}

/** URN of what a rule belongs to; where the preview does not show that, its id. */
export function ownerOf(moment: Moment, rule: Resource): string | undefined {
  const property = ownerProperties[rule.type] ?? "";
  const pointed = pointsAt(moment, rule, property);
  if (rule.type !== addedTypes.azureSecurityRule || pointed === undefined) return pointed;
  // Azure's rules name their group.
  const named = moment.known.find(
    ({ type, inputs, outputs }) =>
      type === azureTypes.networkSecurityGroup &&
      [text(outputs, "name"), text(inputs, "networkSecurityGroupName")].includes(pointed),
  );
  return named?.urn ?? pointed;
}

function inlineRules(group: Resource | undefined, property: string): readonly Props[] {
  const value = group?.inputs[property];
  if (value === UNKNOWN) throw new NotCompared(`${property} is not known before the update`);
  return isList(value) ? value.map(known) : [];
}

function known(rule: Value): Props {
  if (!isProps(rule) || JSON.stringify(rule).includes(UNKNOWN))
    throw new NotCompared("a rule is not known before the update");
  return rule;
}

function byNumber(rules: readonly Props[], property: string): readonly Props[] {
  const place = (rule: Props) => {
    const found = number(rule, property);
    if (found === undefined) throw new NotCompared("a rule has no number that says when it is asked");
    return found;
  };
  return [...rules].sort((one, other) => place(one) - place(other));
}

/** Of a security group: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html */
function inlineRule(rule: Props, direction: Direction): Rule {
  const targets = ["cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "securityGroups"].flatMap((property) =>
    knownStrings(rule, property),
  );
  return awsAllow(rule, "protocol", direction, [...targets, ...(isTrue(rule, "self") ? ["this group"] : [])]);
}

const targetProperties = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];

function ruleBeside(moment: Moment, rule: Resource, direction: Direction): Rule {
  // Only the group of such a rule may be unknown, and that is found otherwise.
  const { inputs } = rule;
  const targets = targetProperties.flatMap((property) => {
    if (property !== "referencedSecurityGroupId") return knownStrings(inputs, property);
    return inputs[property] === undefined ? [] : [pointsAt(moment, rule, property) ?? UNKNOWN];
  });
  const rest = Object.entries(inputs).filter(
    ([property]) => property !== "securityGroupId" && property !== "referencedSecurityGroupId",
  );
  if (targets.includes(UNKNOWN)) throw new NotCompared("a rule is not known before the update");
  return awsAllow(known(Object.fromEntries(rest)), "ipProtocol", direction, targets);
}

function awsAllow(rule: Props, property: string, direction: Direction, targets: readonly string[]): Rule {
  const protocol = protocolOf(text(rule, property) ?? String(number(rule, property) ?? ""));
  const ports = portsOf(rule, protocol);
  const [sources, destinations] = direction === "inbound" ? [targets, [anywhere]] : [[anywhere], targets];
  return { direction, passes: true, protocol, sources, destinations, ports, sourcePorts: [everyPort] };
}

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html */
function aclRule(rule: Props): Rule {
  const direction = isTrue(rule, "egress") ? "outbound" : "inbound";
  const protocol = protocolOf(text(rule, "protocol") ?? String(number(rule, "protocol") ?? ""));
  const targets = [...knownStrings(rule, "cidrBlock"), ...knownStrings(rule, "ipv6CidrBlock")];
  const action = text(rule, "action") ?? text(rule, "ruleAction") ?? "";
  const [sources, destinations] = direction === "inbound" ? [targets, [anywhere]] : [[anywhere], targets];
  const ports = portsOf(rule, protocol);
  const passes = action.toLowerCase() === "allow";
  return { direction, passes, protocol, sources, destinations, ports, sourcePorts: [everyPort] };
}

/** In AWS `-1` stands for all of them, and then ports do not count. */
function portsOf(rule: Props, protocol: string): readonly Ports[] {
  if (protocol === "icmp" || protocol === "icmpv6") {
    const types = [valuesAt(rule, "fromPort"), valuesAt(rule, "icmpType")].flat();
    // A type that is left out is 0, the echo's reply, in an ACL: https://www.pulumi.com/registry/packages/aws/api-docs/ec2/networkacl/
    if (types.length === 0 || types.some((one) => one !== -1 && one !== "-1"))
      throw new NotCompared("a rule is about some types of ICMP, which this review does not tell apart");
  }
  if (protocol !== "tcp" && protocol !== "udp") return [everyPort];
  const [from, to] = [number(rule, "fromPort"), number(rule, "toPort")];
  if (from === undefined || to === undefined) throw new NotCompared("a rule's ports are not in the preview");
  return [{ from, to }];
}

const numbered: Readonly<Record<string, string>> = {
  "-1": "any",
  all: "any",
  "*": "any",
  "1": "icmp",
  "6": "tcp",
  "17": "udp",
  "50": "esp",
  "51": "ah",
  "58": "icmpv6",
};

function protocolOf(written: string): string {
  const name = written.toLowerCase();
  if (name === "") throw new NotCompared("a rule's protocol is not in the preview");
  return numbered[name] ?? name;
}

/** @see https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview */
function azureRule(rule: Props): Rule {
  const either = (end: string, what: string) =>
    ["", what.endsWith("x") ? "es" : "s"].flatMap((plural) => knownStrings(rule, `${end}${what}${plural}`));
  const addresses = (end: string) => [
    ...either(end, "AddressPrefix").map(azureAddress),
    ...knownStrings(rule, `${end}ApplicationSecurityGroups.id`),
  ];
  const ports = (end: string) => either(end, "PortRange").map(azurePorts);
  return {
    direction: text(rule, "direction")?.toLowerCase() === "outbound" ? "outbound" : "inbound",
    passes: text(rule, "access")?.toLowerCase() === "allow",
    protocol: protocolOf(text(rule, "protocol") ?? ""),
    sources: addresses("source"),
    destinations: addresses("destination"),
    ports: ports("destination"),
    sourcePorts: ports("source"),
  };
}

function azureAddress(prefix: string): string {
  if (prefix === "*" || prefix.toLowerCase() === "any") return anywhere;
  // https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
  return prefix === "AzureLoadBalancer" ? "168.63.129.16/32" : prefix;
}

/** What Azure asks after all rules: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#default-security-rules */
const azureDefaults: Filter = (
  [
    ["inbound", "VirtualNetwork", "VirtualNetwork"],
    ["inbound", "168.63.129.16/32", anywhere],
    ["outbound", "VirtualNetwork", "VirtualNetwork"],
    ["outbound", anywhere, "Internet"],
  ] as const
).map(([direction, source, destination]) => ({
  direction,
  passes: true,
  protocol: "any",
  sources: [source],
  destinations: [destination],
  ports: [everyPort],
  sourcePorts: [everyPort],
}));

/** Rules that name more sets than can be told apart in reasonable time. */
export function checkSize(...filters: readonly Filter[]): void {
  for (const end of ["sources", "destinations"] as const) {
    const sets = setsIn(filters.flat().flatMap((rule) => rule[end]));
    if (sets.length > setsAtMost)
      throw new NotCompared(
        `the rules name ${String(sets.length)} tags, groups and prefix lists, too many to compare`,
      );
  }
}
