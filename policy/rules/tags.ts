import { isDevelopment, tagsEverywhere, tagsOutsideDevelopment } from "../organisation";
import { each, stackOf, unless, type Check, type ResourceRule } from "../rule";
import { awsConnection, azureConnection, azureGateway, buckets } from "../types";
import { isProps } from "../values";

const hasTags: Check = ({ urn, props }) => {
  const wanted = isDevelopment(stackOf(urn))
    ? tagsEverywhere
    : [...tagsEverywhere, ...tagsOutsideDevelopment];
  const tags = isProps(props["tags"]) ? props["tags"] : {};
  const missing = wanted.filter((tag) => tags[tag] === undefined || tags[tag] === "");
  // The program sets the others itself.
  const settable = tagsOutsideDevelopment.filter((tag) => missing.includes(tag));
  const commands = settable.map((tag) => `pulumi config set --path tags.${tag} VALUE`);
  const fix = commands.length === 0 ? "give it the program's own" : `set them: ${commands.join(", ")}`;
  return unless(missing.length === 0, `it lacks the tags ${missing.join(", ")}; ${fix}`);
};

/**
 * The types of such a stack that have tags. Objects are left out: S3 allows them ten tags only.
 * Azure's subnets, AWS's attachments and the like have none.
 */
const taggable = [
  "aws:cloudtrail/trail:Trail",
  "aws:cloudwatch/eventRule:EventRule",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:cloudwatch/metricAlarm:MetricAlarm",
  "aws:ec2/customerGateway:CustomerGateway",
  "aws:ec2/flowLog:FlowLog",
  "aws:ec2/routeTable:RouteTable",
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/subnet:Subnet",
  "aws:ec2/vpc:Vpc",
  "aws:ec2/vpcEndpoint:VpcEndpoint",
  awsConnection,
  "aws:ec2/vpnGateway:VpnGateway",
  "aws:iam/role:Role",
  "aws:iam/user:User",
  ...buckets,
  "aws:sns/topic:Topic",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "azure-native:compute:VirtualMachine",
  "azure-native:dnsresolver:DnsResolverDomainList",
  "azure-native:dnsresolver:DnsResolverPolicy",
  "azure-native:dnsresolver:DnsResolverPolicyVirtualNetworkLink",
  "azure-native:dnsresolver:DnsSecurityRule",
  "azure-native:monitor:ActionGroup",
  "azure-native:monitor:MetricAlert",
  "azure-native:network:LocalNetworkGateway",
  "azure-native:network:NetworkInterface",
  "azure-native:network:NetworkSecurityGroup",
  "azure-native:network:PublicIPAddress",
  "azure-native:network:RouteTable",
  "azure-native:network:VirtualNetwork",
  azureGateway,
  azureConnection,
  "azure-native:operationalinsights:Workspace",
  "azure-native:resources:ResourceGroup",
];

export const requiredTags: ResourceRule = {
  kind: "resource",
  together: true,
  name: "required-tags",
  description:
    "Every resource has tags for its project and stack; outside development also for its environment and owner.",
  checks: each(taggable, hasTags),
};
