import { awsTypes } from "../../rehearsal/model/resourceTypes";

/** What verify asks AWS, by the resources that it asks about; a test compares it with its calls. */
export const verifyAws: Readonly<Record<string, readonly string[]>> = {
  [awsTypes.vpc]: ["ec2:DescribeAvailabilityZones", "ec2:DescribeFlowLogs", "ec2:DescribeNetworkAcls"],
  [awsTypes.routeTable]: ["ec2:DescribeRouteTables"],
  [awsTypes.securityGroup]: ["ec2:DescribeSecurityGroupRules"],
  [awsTypes.vpcEndpoint]: ["ec2:DescribeVpcEndpointServices", "ec2:DescribeVpcEndpoints"],
  [awsTypes.vpnGateway]: ["ec2:DescribeVpnGateways"],
  [awsTypes.customerGateway]: ["ec2:DescribeCustomerGateways"],
  [awsTypes.vpnConnection]: [
    "cloudwatch:GetMetricData",
    "ec2:DescribeVpnConnections",
    "ec2:GetActiveVpnTunnelStatus",
    "ec2:GetVpnTunnelReplacementStatus",
  ],
  [awsTypes.bucket]: [
    "s3:GetBucketLocation",
    "s3:GetBucketLogging",
    "s3:GetBucketMetadataTableConfiguration",
    "s3:GetBucketNotification",
    "s3:GetBucketObjectLockConfiguration",
    "s3:GetBucketOwnershipControls",
    "s3:GetBucketPolicy",
    "s3:GetBucketPublicAccessBlock",
    "s3:GetBucketVersioning",
    "s3:GetEncryptionConfiguration",
    "s3:GetInventoryConfiguration",
    "s3:GetLifecycleConfiguration",
    "s3:GetReplicationConfiguration",
    "s3:ListAccessPoints",
  ],
  [awsTypes.trail]: ["cloudtrail:GetEventSelectors", "cloudtrail:GetTrail", "cloudtrail:GetTrailStatus"],
  [awsTypes.eventRule]: ["events:DescribeRule"],
  [awsTypes.eventTarget]: ["events:ListRuleNamesByTarget"],
  [awsTypes.topicPolicy]: ["sns:GetTopicAttributes"],
  [awsTypes.user]: [
    "iam:GetLoginProfile",
    "iam:GetUser",
    "iam:ListAccessKeys",
    "iam:ListAttachedUserPolicies",
    "iam:ListGroupsForUser",
    "iam:ListUserPolicies",
  ],
};

/** What verify asks Azure. */
export const verifyAzure: readonly string[] = [
  "Microsoft.Compute/virtualMachines/read",
  "Microsoft.Compute/virtualMachines/retrieveBootDiagnosticsData/action",
  "Microsoft.Network/connections/read",
  "Microsoft.Network/localNetworkGateways/read",
  "Microsoft.Network/networkSecurityGroups/read",
  "Microsoft.Network/routeTables/read",
  "Microsoft.Network/virtualNetworkGateways/getbgppeerstatus/action",
  "Microsoft.Network/virtualNetworkGateways/getlearnedroutes/action",
  "Microsoft.Network/virtualNetworkGateways/read",
  "Microsoft.Network/virtualNetworks/read",
];
