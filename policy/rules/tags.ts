import { isDevelopment, tagsEverywhere, tagsOutsideDevelopment } from "../organisation";
import { stackOf, type Check, type ResourceRule } from "../rule";
import { isProps } from "../values";

const hasTags: Check = ({ urn, props }) => {
  const wanted = isDevelopment(stackOf(urn))
    ? tagsEverywhere
    : [...tagsEverywhere, ...tagsOutsideDevelopment];
  const tags = isProps(props["tags"]) ? props["tags"] : {};
  const missing = wanted.filter((tag) => tags[tag] === undefined || tags[tag] === "");
  return missing.length === 0 ? [] : [`it lacks the tag ${missing.join(", ")}; add it to the stack's tags`];
};

/**
 * What takes tags, of the types that such a stack is made of. Objects are left out: S3 gives them ten tags only.
 * Azure's subnets, AWS's attachments and the like take none.
 */
const taggable = [
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:cloudwatch/metricAlarm:MetricAlarm",
  "aws:ec2/customerGateway:CustomerGateway",
  "aws:ec2/flowLog:FlowLog",
  "aws:ec2/routeTable:RouteTable",
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/subnet:Subnet",
  "aws:ec2/vpc:Vpc",
  "aws:ec2/vpcEndpoint:VpcEndpoint",
  "aws:ec2/vpnConnection:VpnConnection",
  "aws:ec2/vpnGateway:VpnGateway",
  "aws:iam/role:Role",
  "aws:iam/user:User",
  "aws:s3/bucket:Bucket",
  "aws:s3/bucketV2:BucketV2",
  "aws:sns/topic:Topic",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "azure-native:compute:VirtualMachine",
  "azure-native:monitor:ActionGroup",
  "azure-native:monitor:MetricAlert",
  "azure-native:network:LocalNetworkGateway",
  "azure-native:network:NetworkInterface",
  "azure-native:network:NetworkSecurityGroup",
  "azure-native:network:PublicIPAddress",
  "azure-native:network:RouteTable",
  "azure-native:network:VirtualNetwork",
  "azure-native:network:VirtualNetworkGateway",
  "azure-native:network:VirtualNetworkGatewayConnection",
  "azure-native:operationalinsights:Workspace",
  "azure-native:resources:ResourceGroup",
] as const;

export const requiredTags: ResourceRule = {
  kind: "resource",
  name: "required-tags",
  description: "Everything says which project and stack it belongs to; outside development also whose it is.",
  development: "as strict",
  checks: Object.fromEntries(taggable.map((type) => [type, hasTags])),
};
