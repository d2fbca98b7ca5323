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

const s3 =
  "https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html; calls: terraform-provider-aws, internal/service/s3";
const iam =
  "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html; calls: terraform-provider-aws, internal/service/iam";
const azureNetwork = "https://learn.microsoft.com/azure/role-based-access-control/permissions/networking";
const azureVpn = `https://learn.microsoft.com/azure/vpn-gateway/roles-permissions; ${azureNetwork}`;

const sns =
  "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html; calls: terraform-provider-aws, internal/service/sns";
const azureMonitor = "https://learn.microsoft.com/azure/role-based-access-control/permissions/monitor";
const azureCompute = "https://learn.microsoft.com/azure/role-based-access-control/permissions/compute";

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

/** Azure names a resource's rights alike: updating is writing. */
function azure(resource: string, source: string, joins: readonly string[] = []): TypeActions {
  return {
    create: [`${resource}/write`, ...joins],
    read: [`${resource}/read`],
    update: [`${resource}/write`, ...joins],
    delete: [`${resource}/delete`],
    source,
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
  "azure-native:monitor:ActionGroup": azure("Microsoft.Insights/actionGroups", azureMonitor),
  // Whoever sends logs to a workspace must be able to use its keys.
  "azure-native:monitor:DiagnosticSetting": azure("Microsoft.Insights/diagnosticSettings", azureMonitor, [
    "Microsoft.OperationalInsights/workspaces/sharedKeys/action",
  ]),
  "azure-native:monitor:MetricAlert": azure("Microsoft.Insights/metricAlerts", azureMonitor),
  "azure-native:compute:VirtualMachine": {
    create: [
      "Microsoft.Compute/virtualMachines/write",
      "Microsoft.Compute/disks/write",
      "Microsoft.Network/networkInterfaces/join/action",
    ],
    read: ["Microsoft.Compute/virtualMachines/read"],
    update: ["Microsoft.Compute/virtualMachines/write", "Microsoft.Network/networkInterfaces/join/action"],
    delete: ["Microsoft.Compute/virtualMachines/delete", "Microsoft.Compute/disks/delete"],
    source: `guess: whether the disk that comes and goes with it needs rights of its own; the rights: ${azureCompute}`,
  },
  "azure-native:network:LocalNetworkGateway": azure("Microsoft.Network/localNetworkGateways", azureVpn),
  "azure-native:network:NetworkInterface": azure("Microsoft.Network/networkInterfaces", azureNetwork, [
    "Microsoft.Network/virtualNetworks/subnets/join/action",
  ]),
  "azure-native:network:NetworkSecurityGroup": azure("Microsoft.Network/networkSecurityGroups", azureNetwork),
  "azure-native:network:PublicIPAddress": azure("Microsoft.Network/publicIPAddresses", azureNetwork),
  "azure-native:network:Subnet": azure("Microsoft.Network/virtualNetworks/subnets", azureNetwork, [
    "Microsoft.Network/networkSecurityGroups/join/action",
  ]),
  "azure-native:network:VirtualNetwork": azure("Microsoft.Network/virtualNetworks", azureNetwork),
  "azure-native:network:VirtualNetworkGateway": azure("Microsoft.Network/virtualNetworkGateways", azureVpn, [
    "Microsoft.Network/publicIPAddresses/join/action",
    "Microsoft.Network/virtualNetworks/subnets/join/action",
  ]),
  "azure-native:network:VirtualNetworkGatewayConnection": azure("Microsoft.Network/connections", azureVpn),
  "azure-native:operationalinsights:Workspace": azure(
    "Microsoft.OperationalInsights/workspaces",
    azureMonitor,
  ),
  "azure-native:resources:ResourceGroup": azure(
    "Microsoft.Resources/subscriptions/resourceGroups",
    "https://learn.microsoft.com/azure/role-based-access-control/permissions/management-and-governance",
  ),
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
