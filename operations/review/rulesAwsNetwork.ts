import {
  access,
  address,
  awsCommon,
  each,
  none,
  type ImpactRule,
  type Impacts,
} from "../../rehearsal/clouds/impact";

const vpcs = "https://docs.aws.amazon.com/vpc/latest/userguide/configure-your-vpc.html";
const subnets = "https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html";
const tables = "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html";
const groups = "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html";
const endpoints = "https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html";
const endpointPolicies = "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html";

const flowLogs = "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html";

const replacedVpc = address("everything in the VPC is replaced with it, and its id is an output", vpcs);
const replacedSubnet = address("the endpoint's address in it is replaced, and its id is an output", subnets);
const replacedTable = address("others associate their subnets with it by its id, an output", tables);
const association = access(
  "while it is replaced the subnet uses the VPC's main table, which knows no way to Azure",
  tables,
);
const replacedGroup = address(
  "its id is an output; AWS waits for the endpoint's interfaces to leave it, which can hang (terraform-provider-aws #43124)",
  groups,
);
const ingress = (why: string): ImpactRule => access(why, groups);
const flowLog = none(
  "flow logs watch from outside: traffic is logged otherwise, or not, and flows on",
  flowLogs,
);
const replacedEndpoint = address(
  "clients know its name (endpointUrl) and the buckets' policies its id: nobody gets in until both have the new one",
  endpoints,
);

export const awsNetworkRules: Readonly<Record<string, Impacts>> = {
  "aws:ec2/vpc:Vpc": {
    create: none("an empty network", vpcs),
    delete: replacedVpc,
    replace: replacedVpc,
    properties: {
      ...awsCommon(replacedVpc),
      cidrBlock: replacedVpc,
      ...each(
        ["enableDnsHostnames", "enableDnsSupport"],
        access("names inside the VPC resolve otherwise", vpcs),
      ),
    },
  },
  "aws:ec2/subnet:Subnet": {
    create: none("an empty subnet", subnets),
    delete: replacedSubnet,
    replace: replacedSubnet,
    properties: {
      ...awsCommon(replacedSubnet),
      ...each(["availabilityZone", "cidrBlock", "vpcId"], replacedSubnet),
    },
  },
  "aws:ec2/routeTable:RouteTable": {
    create: none("an empty table", tables),
    delete: replacedTable,
    replace: replacedTable,
    properties: { ...awsCommon(replacedTable), vpcId: replacedTable },
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    create: access("the subnet gets this table's routes", tables),
    delete: association,
    replace: association,
    properties: { ...awsCommon(association), ...each(["routeTableId", "subnetId"], association) },
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    create: none("a group without rules lets nothing in", groups),
    delete: replacedGroup,
    replace: replacedGroup,
    properties: { ...awsCommon(replacedGroup), ...each(["description", "name", "vpcId"], replacedGroup) },
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    create: ingress("somebody gets in to the endpoint"),
    delete: ingress("somebody no longer gets in to the endpoint"),
    replace: ingress("between the old rule and the new one nobody gets in by it"),
    properties: {
      ...awsCommon(ingress("between the old rule and the new one nobody gets in by it")),
      ...each(
        ["cidrIpv4", "fromPort", "ipProtocol", "securityGroupId", "toPort"],
        ingress("who gets in to the endpoint changes"),
      ),
      description: none("a description is only a label", groups),
    },
  },
  "aws:ec2/flowLog:FlowLog": {
    create: flowLog,
    delete: flowLog,
    replace: flowLog,
    properties: {
      ...awsCommon(flowLog),
      ...each(
        ["logDestination", "logDestinationType", "maxAggregationInterval", "trafficType", "vpcId"],
        flowLog,
      ),
    },
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    create: access("S3 gets an address in the VPC", endpoints),
    delete: replacedEndpoint,
    replace: replacedEndpoint,
    properties: {
      ...awsCommon(replacedEndpoint),
      ...each(["serviceName", "vpcEndpointType", "vpcId"], replacedEndpoint),
      policy: access("what may pass the endpoint changes at once", endpointPolicies),
      privateDnsEnabled: access("S3's own name leads through the endpoint, or no longer does", endpoints),
      securityGroupIds: access("who gets in to the endpoint changes", groups),
      subnetIds: access(
        "the endpoint's addresses in those zones come or go; its regional name stays",
        endpoints,
      ),
    },
  },
};
