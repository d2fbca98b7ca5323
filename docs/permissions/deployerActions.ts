import { cloudTypes } from "../../rehearsal/clouds/clouds";

/** What Pulumi asks of a cloud to manage resources of one type: names of IAM or Azure RBAC actions. */
interface TypeActions {
  readonly create: readonly string[];
  /** Also after each create and update, and on each refresh. */
  readonly read: readonly string[];
  readonly update: readonly string[];
  readonly delete: readonly string[];
  /** Where the calls are documented; starts with "guess:" where they are known from the provider's source alone. */
  readonly source: string;
}

const ec2 =
  "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html; calls: terraform-provider-aws, internal/service/ec2";
const s3 =
  "https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html; calls: terraform-provider-aws, internal/service/s3";
const iam =
  "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html; calls: terraform-provider-aws, internal/service/iam";

const sns =
  "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html; calls: terraform-provider-aws, internal/service/sns";

const ec2Tags = ["ec2:CreateTags", "ec2:DeleteTags"];

/**
 * AWS keeps a delivery behind each flow log to S3, with the rights of whoever makes it:
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3.html
 */
const flowLogDelivery = ["logs:CreateLogDelivery", "s3:GetBucketPolicy"];

/**
 * Logs of a tunnel are delivered by AWS itself, which looks after the group's resource policy with the rights of whoever
 * switches them on: https://docs.aws.amazon.com/vpn/latest/s2svpn/monitoring-logs.html
 */
const tunnelLogs = [
  "logs:CreateLogDelivery",
  "logs:DescribeLogGroups",
  "logs:DescribeResourcePolicies",
  "logs:GetLogDelivery",
  "logs:ListLogDeliveries",
  "logs:PutResourcePolicy",
  "logs:UpdateLogDelivery",
];

/** The bucket resource reads every setting that it once held itself. */
const bucketReads = [
  "s3:GetAccelerateConfiguration",
  "s3:GetBucketAcl",
  "s3:GetBucketCORS",
  "s3:GetBucketLocation",
  "s3:GetBucketLogging",
  "s3:GetBucketObjectLockConfiguration",
  "s3:GetBucketPolicy",
  "s3:GetBucketRequestPayment",
  "s3:GetBucketTagging",
  "s3:GetBucketVersioning",
  "s3:GetBucketWebsite",
  "s3:GetEncryptionConfiguration",
  "s3:GetLifecycleConfiguration",
  "s3:GetReplicationConfiguration",
  "s3:ListBucket",
  // Since terraform-provider-aws 6.23 (#45251), with the older tagging calls to fall back on.
  "s3:ListTagsForResource",
];

/** A bucket's setting is written with one right, and removed with the same: S3 has no rights of their own for that. */
function bucketSetting(name: string): TypeActions {
  return {
    create: [`s3:Put${name}`],
    read: [`s3:Get${name}`],
    update: [`s3:Put${name}`],
    delete: [`s3:Put${name}`],
    source: s3,
  };
}

const nothing: TypeActions = {
  create: [],
  read: [],
  update: [],
  delete: [],
  source: "https://www.pulumi.com/registry/packages/random/: lives in Pulumi's state alone",
};

/** Every resource type of the program. A type without a row fails the tests. */
const rows: Readonly<Record<string, TypeActions>> = {
  "aws:cloudwatch/logGroup:LogGroup": {
    create: ["logs:CreateLogGroup", "logs:PutRetentionPolicy", "logs:TagResource"],
    read: ["logs:DescribeLogGroups", "logs:ListTagsForResource"],
    update: ["logs:PutRetentionPolicy", "logs:TagResource", "logs:UntagResource"],
    delete: ["logs:DeleteLogGroup"],
    source:
      "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html; calls: terraform-provider-aws, internal/service/logs",
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    create: ["cloudwatch:PutMetricAlarm", "cloudwatch:TagResource"],
    read: ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"],
    update: ["cloudwatch:PutMetricAlarm", "cloudwatch:TagResource", "cloudwatch:UntagResource"],
    delete: ["cloudwatch:DeleteAlarms"],
    source:
      "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html; calls: terraform-provider-aws, internal/service/cloudwatch",
  },
  "aws:ec2/customerGateway:CustomerGateway": {
    create: ["ec2:CreateCustomerGateway", "ec2:CreateTags"],
    read: ["ec2:DescribeCustomerGateways"],
    update: ec2Tags,
    delete: ["ec2:DeleteCustomerGateway"],
    source: ec2,
  },
  "aws:ec2/flowLog:FlowLog": {
    create: ["ec2:CreateFlowLogs", "ec2:CreateTags", ...flowLogDelivery],
    read: ["ec2:DescribeFlowLogs"],
    update: ec2Tags,
    delete: ["ec2:DeleteFlowLogs", "logs:DeleteLogDelivery"],
    source: `${ec2}; https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3.html`,
  },
  "aws:ec2/routeTable:RouteTable": {
    create: ["ec2:CreateRouteTable", "ec2:CreateTags"],
    read: ["ec2:DescribeRouteTables"],
    update: ec2Tags,
    delete: ["ec2:DeleteRouteTable", "ec2:DisassociateRouteTable"],
    source: ec2,
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    create: ["ec2:AssociateRouteTable"],
    read: ["ec2:DescribeRouteTables"],
    update: ["ec2:ReplaceRouteTableAssociation"],
    delete: ["ec2:DisassociateRouteTable"],
    source: ec2,
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    // AWS gives a new group an open way out, which the provider takes away.
    create: ["ec2:CreateSecurityGroup", "ec2:CreateTags", "ec2:RevokeSecurityGroupEgress"],
    read: ["ec2:DescribeSecurityGroups"],
    update: ec2Tags,
    delete: ["ec2:DeleteSecurityGroup", "ec2:DescribeNetworkInterfaces"],
    source: ec2,
  },
  "aws:ec2/subnet:Subnet": {
    create: ["ec2:CreateSubnet", "ec2:CreateTags", "ec2:ModifySubnetAttribute"],
    read: ["ec2:DescribeSubnets"],
    update: ["ec2:ModifySubnetAttribute", ...ec2Tags],
    delete: ["ec2:DeleteSubnet", "ec2:DescribeNetworkInterfaces"],
    source: ec2,
  },
  "aws:ec2/vpc:Vpc": {
    create: ["ec2:CreateTags", "ec2:CreateVpc", "ec2:ModifyVpcAttribute"],
    // It also looks up what a VPC is born with: its network ACL, route table and security group.
    read: [
      "ec2:DescribeNetworkAcls",
      "ec2:DescribeRouteTables",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeVpcAttribute",
      "ec2:DescribeVpcs",
    ],
    update: ["ec2:ModifyVpcAttribute", ...ec2Tags],
    delete: ["ec2:DeleteVpc"],
    source: ec2,
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    create: ["ec2:CreateTags", "ec2:CreateVpcEndpoint"],
    read: ["ec2:DescribeNetworkInterfaces", "ec2:DescribePrefixLists", "ec2:DescribeVpcEndpoints"],
    update: ["ec2:ModifyVpcEndpoint", ...ec2Tags],
    delete: ["ec2:DeleteVpcEndpoints"],
    source: ec2,
  },
  "aws:ec2/vpnConnection:VpnConnection": {
    create: ["ec2:CreateTags", "ec2:CreateVpnConnection", ...tunnelLogs],
    read: ["ec2:DescribeVpnConnections"],
    update: ["ec2:ModifyVpnConnection", "ec2:ModifyVpnTunnelOptions", ...ec2Tags, ...tunnelLogs],
    delete: ["ec2:DeleteVpnConnection", "logs:DeleteLogDelivery"],
    source: `${ec2}; https://docs.aws.amazon.com/vpn/latest/s2svpn/monitoring-logs.html`,
  },
  "aws:ec2/vpnConnectionRoute:VpnConnectionRoute": {
    create: ["ec2:CreateVpnConnectionRoute"],
    read: ["ec2:DescribeVpnConnections"],
    update: [],
    delete: ["ec2:DeleteVpnConnectionRoute"],
    source: ec2,
  },
  "aws:ec2/vpnGateway:VpnGateway": {
    create: ["ec2:CreateTags", "ec2:CreateVpnGateway"],
    read: ["ec2:DescribeVpnGateways"],
    update: ec2Tags,
    delete: ["ec2:DeleteVpnGateway"],
    source: ec2,
  },
  "aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment": {
    create: ["ec2:AttachVpnGateway"],
    read: ["ec2:DescribeVpnGateways"],
    update: [],
    delete: ["ec2:DetachVpnGateway"],
    source: ec2,
  },
  "aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation": {
    create: ["ec2:EnableVgwRoutePropagation"],
    read: ["ec2:DescribeRouteTables"],
    update: [],
    delete: ["ec2:DisableVgwRoutePropagation"],
    source: ec2,
  },
  "aws:iam/accessKey:AccessKey": {
    create: ["iam:CreateAccessKey"],
    read: ["iam:ListAccessKeys"],
    update: ["iam:UpdateAccessKey"],
    delete: ["iam:DeleteAccessKey"],
    source: iam,
  },
  "aws:iam/user:User": {
    create: ["iam:CreateUser", "iam:TagUser"],
    read: ["iam:GetUser", "iam:ListUserTags"],
    update: ["iam:TagUser", "iam:UntagUser", "iam:UpdateUser"],
    delete: ["iam:DeleteUser", "iam:ListGroupsForUser"],
    source: iam,
  },
  "aws:s3/bucket:Bucket": {
    create: ["s3:CreateBucket", "s3:PutBucketTagging", "s3:TagResource"],
    read: bucketReads,
    update: ["s3:PutBucketTagging", "s3:TagResource", "s3:UntagResource"],
    delete: ["s3:DeleteBucket"],
    source: s3,
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": bucketSetting("LifecycleConfiguration"),
  "aws:s3/bucketLogging:BucketLogging": bucketSetting("BucketLogging"),
  "aws:s3/bucketObjectv2:BucketObjectv2": {
    create: ["s3:PutObject"],
    read: ["s3:GetObject", "s3:GetObjectTagging", "s3:ListBucket"],
    update: ["s3:PutObject"],
    // Of a versioned bucket every version goes, or the bucket could not.
    delete: ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:ListBucketVersions"],
    source: s3,
  },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": bucketSetting("BucketOwnershipControls"),
  "aws:s3/bucketPolicy:BucketPolicy": {
    ...bucketSetting("BucketPolicy"),
    delete: ["s3:DeleteBucketPolicy"],
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": bucketSetting("BucketPublicAccessBlock"),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    bucketSetting("EncryptionConfiguration"),
  "aws:s3/bucketVersioning:BucketVersioning": bucketSetting("BucketVersioning"),
  "aws:sns/topic:Topic": {
    create: ["sns:CreateTopic", "sns:SetTopicAttributes", "sns:TagResource"],
    read: ["sns:GetTopicAttributes", "sns:ListTagsForResource"],
    update: ["sns:SetTopicAttributes", "sns:TagResource", "sns:UntagResource"],
    delete: ["sns:DeleteTopic"],
    source: sns,
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    create: ["sns:Subscribe"],
    read: ["sns:GetSubscriptionAttributes"],
    update: ["sns:SetSubscriptionAttributes"],
    delete: ["sns:Unsubscribe"],
    source: sns,
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    create: ["ec2:AuthorizeSecurityGroupIngress", "ec2:CreateTags"],
    read: ["ec2:DescribeSecurityGroupRules"],
    update: ["ec2:ModifySecurityGroupRules", ...ec2Tags],
    delete: ["ec2:RevokeSecurityGroupIngress"],
    source: ec2,
  },
  "random:index/randomPassword:RandomPassword": nothing,
};

/** By type: from its record, or from the rows above that have not moved there yet. */
export const actionsByType: Readonly<Record<string, TypeActions>> = {
  ...rows,
  ...Object.fromEntries(
    Object.entries(cloudTypes).flatMap(([type, { permissions }]) =>
      permissions === undefined ? [] : [[type, permissions]],
    ),
  ),
};

/** What the program and its providers ask beside resources. */
export const otherActions: readonly { readonly action: string; readonly because: string }[] = [
  {
    action: "sts:GetCallerIdentity",
    because: "the provider learns its account; AWS allows it to everybody",
  },
  {
    action: "iam:GetRole",
    because:
      "with perimeter: enforced the program learns its own role, to let it through (getSessionContext)",
  },
];
