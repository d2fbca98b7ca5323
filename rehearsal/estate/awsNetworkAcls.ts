import type { RecordedResource, Value } from "../model/recording";
import { addedTypes, awsTypes } from "../model/resourceTypes";
import { isTrue, knownStrings, number, text, valuesAt } from "../model/values";
import { type EstateIndex, type Item, pointingAt } from "./estateIndex";

/** The rules at the border of a subnet, which forget connections: each way is asked for by itself. */
export interface AwsNetworkAcl extends Item {
  /** By number, the lowest first: the order in which AWS asks them; undefined where it is no ACL of the stack. */
  readonly rules: readonly AwsAclRule[] | undefined;
}

export interface AwsAclRule extends Item {
  readonly number: number;
  readonly direction: "ingress" | "egress";
  readonly action: string;
  /** As AWS takes it: a name or a number, `-1` for all. */
  readonly protocol: string;
  readonly cidr: string | undefined;
  readonly fromPort: number;
  readonly toPort: number;
}

/** The network ACL that a subnet was given, or its VPC's default one where the stack has rules for that or others own it. */
export function aclOf(
  index: EstateIndex,
  subnet: RecordedResource,
  vpcId: string | undefined,
): AwsNetworkAcl | undefined {
  const acls = [...index.ofType(addedTypes.networkAcl), ...index.ofType(addedTypes.defaultNetworkAcl)];
  const [association] = pointingAt(index, addedTypes.networkAclAssociation, "subnetId", subnet.id);
  const named = text(association?.inputs, "networkAclId");
  const own =
    acls.find(({ id, inputs }) => id === named || knownStrings(inputs, "subnetIds").includes(subnet.id)) ??
    acls.find((acl) => isTrue(acl.outputs, "default") && text(acl.inputs, "vpcId") === vpcId);
  if (own !== undefined) return readAcl(index, own, own.id);
  if (association !== undefined) return { resource: association, rules: undefined };
  const vpc = index.ofType(awsTypes.vpc).find(({ id }) => id === vpcId);
  const defaultId = text(vpc?.outputs, "defaultNetworkAclId");
  const standing = acls.find(
    ({ inputs, outputs }) => isTrue(outputs, "default") && text(inputs, "vpcId") === vpcId,
  );
  if (standing !== undefined) return readAcl(index, standing, standing.id);
  // Others may have changed it.
  if (vpc?.foreign === true) return { resource: subnet, rules: undefined };
  const [adopted] = pointingAt(index, addedTypes.defaultNetworkAcl, "defaultNetworkAclId", defaultId);
  if (adopted !== undefined) return readAcl(index, adopted, defaultId);
  const added = vpc === undefined ? undefined : readAcl(index, vpc, defaultId, defaultRules);
  return added?.rules === undefined || added.rules.length === defaultRules.length ? undefined : added;
}

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html */
const defaultRules: readonly Omit<AwsAclRule, "resource">[] = (["ingress", "egress"] as const).map(
  (direction) => ({
    direction,
    number: 100,
    action: "allow",
    protocol: "-1",
    cidr: "0.0.0.0/0",
    fromPort: 0,
    toPort: 65_535,
  }),
);

function readAcl(
  index: EstateIndex,
  resource: RecordedResource,
  id: string | undefined,
  before: readonly Omit<AwsAclRule, "resource">[] = [],
): AwsNetworkAcl {
  const separate = pointingAt(index, addedTypes.networkAclRule, "networkAclId", id);
  const rules = [
    ...before.map((rule) => ({ resource, ...rule })),
    ...valuesAt(resource.inputs, "ingress").map((rule) => readRule(resource, rule, "ingress")),
    ...valuesAt(resource.inputs, "egress").map((rule) => readRule(resource, rule, "egress")),
    ...separate.map((one) => readRule(one, one.inputs, isTrue(one.inputs, "egress") ? "egress" : "ingress")),
  ];
  return { resource, rules: rules.sort((one, other) => one.number - other.number) };
}

/** Inside of an ACL number and action have other names than in a rule of its own. */
function readRule(resource: RecordedResource, rule: Value, direction: AwsAclRule["direction"]): AwsAclRule {
  const protocol = text(rule, "protocol") ?? "";
  const all = ["-1", "all"].includes(protocol.toLowerCase());
  return {
    resource,
    direction,
    number: number(rule, "ruleNo") ?? number(rule, "ruleNumber") ?? Number.MAX_SAFE_INTEGER,
    action: text(rule, "action") ?? text(rule, "ruleAction") ?? "",
    protocol,
    cidr: text(rule, "cidrBlock"),
    // Without a protocol of its own a rule has no ports either: AWS takes 0 to 0 for all.
    fromPort: all ? 0 : (number(rule, "fromPort") ?? 0),
    toPort: all ? 65_535 : (number(rule, "toPort") ?? 0),
  };
}
