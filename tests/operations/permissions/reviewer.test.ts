import { expect } from "chai";
import path from "node:path";
import { isInStateAlone } from "../../../operations/review/rules";
import { record } from "../../../rehearsal/run/record";
import { awsActions, azureActions } from "./documents";

const bucketReads = [
  "GetAccelerateConfiguration",
  "GetBucketAcl",
  "GetBucketCORS",
  "GetBucketLocation",
  "GetBucketLogging",
  "GetBucketObjectLockConfiguration",
  "GetBucketPolicy",
  "GetBucketRequestPayment",
  "GetBucketTagging",
  "GetBucketVersioning",
  "GetBucketWebsite",
  "GetEncryptionConfiguration",
  "GetLifecycleConfiguration",
  "GetReplicationConfiguration",
  "ListBucket",
  "ListTagsForResource",
].map((action) => `s3:${action}`);

/**
 * What the providers call to read each type, as `pulumi preview --refresh` does.
 * guess: from the read functions of terraform-provider-aws; no page of AWS or Pulumi lists them.
 */
const awsReads: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/vpc:Vpc": [
    "ec2:DescribeVpcs",
    "ec2:DescribeVpcAttribute",
    "ec2:DescribeNetworkAcls",
    "ec2:DescribeRouteTables",
    "ec2:DescribeSecurityGroups",
  ],
  "aws:ec2/subnet:Subnet": ["ec2:DescribeSubnets"],
  "aws:ec2/routeTable:RouteTable": ["ec2:DescribeRouteTables"],
  "aws:ec2/routeTableAssociation:RouteTableAssociation": ["ec2:DescribeRouteTables"],
  "aws:ec2/securityGroup:SecurityGroup": ["ec2:DescribeSecurityGroups"],
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ["ec2:DescribeSecurityGroupRules"],
  "aws:ec2/vpcEndpoint:VpcEndpoint": ["ec2:DescribeVpcEndpoints", "ec2:DescribePrefixLists"],
  "aws:ec2/customerGateway:CustomerGateway": ["ec2:DescribeCustomerGateways"],
  "aws:ec2/vpnGateway:VpnGateway": ["ec2:DescribeVpnGateways"],
  "aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment": ["ec2:DescribeVpnGateways"],
  "aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation": ["ec2:DescribeRouteTables"],
  "aws:ec2/vpnConnection:VpnConnection": ["ec2:DescribeVpnConnections"],
  "aws:ec2/vpnConnectionRoute:VpnConnectionRoute": ["ec2:DescribeVpnConnections"],
  "aws:cloudwatch/logGroup:LogGroup": ["logs:DescribeLogGroups", "logs:ListTagsForResource"],
  "aws:cloudwatch/metricAlarm:MetricAlarm": ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"],
  "aws:sns/topic:Topic": ["sns:GetTopicAttributes", "sns:ListTagsForResource"],
  "aws:sns/topicSubscription:TopicSubscription": ["sns:GetSubscriptionAttributes"],
  "aws:iam/user:User": ["iam:GetUser"],
  "aws:iam/accessKey:AccessKey": ["iam:ListAccessKeys"],
  "aws:s3/bucket:Bucket": bucketReads,
  "aws:s3/bucketPolicy:BucketPolicy": ["s3:GetBucketPolicy"],
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ["s3:GetBucketPublicAccessBlock"],
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ["s3:GetBucketOwnershipControls"],
  "aws:s3/bucketVersioning:BucketVersioning": ["s3:GetBucketVersioning"],
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": [
    "s3:GetEncryptionConfiguration",
  ],
  "aws:s3/bucketLogging:BucketLogging": ["s3:GetBucketLogging"],
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ["s3:GetLifecycleConfiguration"],
  "aws:ec2/flowLog:FlowLog": ["ec2:DescribeFlowLogs"],
  "aws:s3/bucketObjectv2:BucketObjectv2": ["s3:GetObject", "s3:GetObjectTagging"],
};

/** What a stack can have beside what it must. */
const everyOption = {
  "azure-s3-privatelink:flowLogs": "true",
  "azure-s3-privatelink:accessLogs": "true",
  "azure-s3-privatelink:clientVm": "true",
};

/** What the program asks for itself, where the perimeter is enforced: who deploys, and which role that is. */
const invokes = ["sts:GetCallerIdentity", "iam:GetRole"];

const azureReads: Readonly<Record<string, string>> = {
  "azure-native:resources:ResourceGroup": "Microsoft.Resources/subscriptions/resourceGroups/read",
  "azure-native:compute:VirtualMachine": "Microsoft.Compute/virtualMachines/read",
  "azure-native:network:NetworkInterface": "Microsoft.Network/networkInterfaces/read",
  "azure-native:network:NetworkSecurityGroup": "Microsoft.Network/networkSecurityGroups/read",
  "azure-native:network:VirtualNetwork": "Microsoft.Network/virtualNetworks/read",
  "azure-native:network:Subnet": "Microsoft.Network/virtualNetworks/subnets/read",
  "azure-native:network:PublicIPAddress": "Microsoft.Network/publicIPAddresses/read",
  "azure-native:network:VirtualNetworkGateway": "Microsoft.Network/virtualNetworkGateways/read",
  "azure-native:network:LocalNetworkGateway": "Microsoft.Network/localNetworkGateways/read",
  "azure-native:network:VirtualNetworkGatewayConnection": "Microsoft.Network/connections/read",
  "azure-native:operationalinsights:Workspace": "Microsoft.OperationalInsights/workspaces/read",
  "azure-native:monitor:ActionGroup": "Microsoft.Insights/actionGroups/read",
  "azure-native:monitor:DiagnosticSetting": "Microsoft.Insights/diagnosticSettings/read",
  "azure-native:monitor:MetricAlert": "Microsoft.Insights/metricAlerts/read",
};

describe("the permissions that a reviewer is documented to need", () => {
  let types: readonly string[];
  before(async function () {
    this.timeout(60_000);
    const projectDir = path.resolve(__dirname, "../../..");
    const dev = await record({ projectDir, stack: "dev" });
    const prod = await record({ projectDir, stack: "prod", config: everyOption });
    const registered = [...dev.resources, ...prod.resources].map(({ type }) => type);
    types = [...new Set(registered)].filter((type) => !isInStateAlone(type) && !type.startsWith("random:"));
  });

  it("are known for every type that the stacks register", () => {
    const known = [...Object.keys(awsReads), ...Object.keys(azureReads)];
    expect(types.filter((type) => !known.includes(type))).to.deep.equal([]);
  });

  it("are what reading those types takes in AWS, and no more", () => {
    const needed = new Set([...invokes, ...types.flatMap((type) => awsReads[type] ?? [])]);
    expect([...needed].sort()).to.deep.equal([...awsActions("reviewer")].sort());
  });

  it("are what reading those types takes in Azure, and no more", () => {
    const needed = new Set(types.flatMap((type) => azureReads[type] ?? []));
    expect([...needed].sort()).to.deep.equal([...azureActions("reviewer")].sort());
  });
});
