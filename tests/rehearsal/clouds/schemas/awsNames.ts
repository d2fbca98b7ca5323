import { words } from "../../../../rehearsal/clouds/rules";
import type { AwsType } from "../../../../rehearsal/model/resourceTypes";

/** Which type of CloudFormation's a type of Pulumi's is, and how it calls its properties. */
export interface AwsNames {
  readonly type: string;
  /**
   * Pulumi's names, at any depth, and CloudFormation's paths. What is not here has the same name with a capital letter,
   * below `at` or at the top.
   */
  readonly names?: Readonly<Record<string, string>>;
  /** The property that the type is a part of: a bucket's settings are types of their own in Pulumi alone. */
  readonly at?: string;
  /** What has no counterpart, by the reason. */
  readonly without?: Readonly<Record<string, string>>;
}

const provider = "an argument of the provider, which CloudFormation needs no word for";
const elsewhere = "a type of its own in CloudFormation";
const absent = "CloudFormation does not support it";
const deprecated =
  "deprecated in the provider in favour of the setting's own type, which is compared instead";
const ofBucket = (
  at: string,
  names: Readonly<Record<string, string>> = {},
  without: AwsNames["without"] = {},
) => ({
  type: "AWS::S3::Bucket",
  at,
  names: { bucket: "BucketName", ...names },
  without,
});
const rule = (end: "Source" | "Destination") => ({
  cidrIpv4: "CidrIp",
  prefixListId: `${end}PrefixListId`,
  referencedSecurityGroupId: `${end}SecurityGroupId`,
  securityGroupId: "GroupId",
});
const inlineRule = (of: "egress" | "ingress", end: "Source" | "Destination") => {
  const theirs = `SecurityGroup${of === "egress" ? "Egress" : "Ingress"}`;
  return {
    [of]: theirs,
    [`${of}.cidrBlocks`]: `${theirs}.CidrIp`,
    [`${of}.ipv6CidrBlocks`]: `${theirs}.CidrIpv6`,
    [`${of}.prefixListIds`]: `${theirs}.${end}PrefixListId`,
    [`${of}.protocol`]: `${theirs}.IpProtocol`,
    [`${of}.securityGroups`]: `${theirs}.${end}SecurityGroupId`,
  };
};
const encryption = "BucketEncryption.ServerSideEncryptionConfiguration";
const tunnels = "VpnTunnelOptionsSpecifications";
const tunnelNames = Object.fromEntries(
  [1, 2].flatMap((slot) =>
    [
      ...["DpdTimeoutAction", "DpdTimeoutSeconds"].map((name) => [name, name.replace("Dpd", "DPD")] as const),
      ["EnableTunnelLifecycleControl", "EnableTunnelLifecycleControl"] as const,
      ["IkeVersions", "IKEVersions"] as const,
      ["InsideCidr", "TunnelInsideCidr"] as const,
      ["InsideIpv6Cidr", "TunnelInsideIpv6Cidr"] as const,
      ["PresharedKey", "PreSharedKey"] as const,
      ...[1, 2].flatMap((phase) => [
        [`Phase${phase}DhGroupNumbers`, `Phase${phase}DHGroupNumbers`] as const,
        ...["EncryptionAlgorithms", "IntegrityAlgorithms", "LifetimeSeconds"].map(
          (name) => [`Phase${phase}${name}`, `Phase${phase}${name}`] as const,
        ),
      ]),
      ...[
        "LogOptions",
        "RekeyFuzzPercentage",
        "RekeyMarginTimeSeconds",
        "ReplayWindowSize",
        "StartupAction",
      ].map((name) => [name, name] as const),
    ].map(([name, theirs]) => [`tunnel${slot}${name}`, `${tunnels}.${theirs}`]),
  ),
);

export const awsNames: Readonly<
  Record<AwsType | "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", AwsNames | string>
> = {
  "aws:cloudtrail/trail:Trail": {
    type: "AWS::CloudTrail::Trail",
    names: {
      name: "TrailName",
      enableLogging: "IsLogging",
      cloudWatchLogsGroupArn: "CloudWatchLogsLogGroupArn",
      kmsKeyId: "KMSKeyId",
      "advancedEventSelectors.fieldSelectors.startsWiths": "AdvancedEventSelectors.FieldSelectors.StartsWith",
      "advancedEventSelectors.fieldSelectors.notStartsWiths":
        "AdvancedEventSelectors.FieldSelectors.NotStartsWith",
      "advancedEventSelectors.fieldSelectors.endsWiths": "AdvancedEventSelectors.FieldSelectors.EndsWith",
      "advancedEventSelectors.fieldSelectors.notEndsWiths":
        "AdvancedEventSelectors.FieldSelectors.NotEndsWith",
    },
  },
  "aws:cloudwatch/eventRule:EventRule": {
    type: "AWS::Events::Rule",
    without: { [provider]: "namePrefix forceDestroy isEnabled" },
  },
  "aws:cloudwatch/eventTarget:EventTarget": "CloudFormation has targets in the rule alone",
  "aws:sns/topicPolicy:TopicPolicy": {
    type: "AWS::SNS::TopicInlinePolicy",
    names: { arn: "TopicArn", policy: "PolicyDocument" },
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    type: "AWS::CloudWatch::Alarm",
    names: {
      name: "AlarmName",
      okActions: "OKActions",
      metricQueries: "Metrics",
      evaluateLowSampleCountPercentiles: "EvaluateLowSampleCountPercentile",
    },
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    type: "AWS::Logs::LogGroup",
    names: { name: "LogGroupName" },
    without: { [provider]: "namePrefix skipDestroy" },
  },
  "aws:ec2/customerGateway:CustomerGateway": { type: "AWS::EC2::CustomerGateway" },
  "aws:ec2/flowLog:FlowLog": {
    type: "AWS::EC2::FlowLog",
    names: {
      iamRoleArn: "DeliverLogsPermissionArn",
      eniId: "ResourceId",
      regionalNatGatewayId: "ResourceId",
      subnetId: "ResourceId",
      transitGatewayAttachmentId: "ResourceId",
      transitGatewayId: "ResourceId",
      vpcId: "ResourceId",
    },
  },
  "aws:ec2/routeTable:RouteTable": {
    type: "AWS::EC2::RouteTable",
    without: { [elsewhere]: "propagatingVgws routes" },
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    type: "AWS::EC2::SubnetRouteTableAssociation",
    without: { [elsewhere]: "gatewayId" },
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    type: "AWS::EC2::SecurityGroup",
    names: {
      description: "GroupDescription",
      name: "GroupName",
      ...inlineRule("egress", "Destination"),
      ...inlineRule("ingress", "Source"),
    },
    without: { [provider]: "namePrefix revokeRulesOnDelete egress.self ingress.self" },
  },
  "aws:ec2/subnet:Subnet": {
    type: "AWS::EC2::Subnet",
    names: {
      enableResourceNameDnsARecordOnLaunch: "PrivateDnsNameOptionsOnLaunch.EnableResourceNameDnsARecord",
      enableResourceNameDnsAaaaRecordOnLaunch:
        "PrivateDnsNameOptionsOnLaunch.EnableResourceNameDnsAAAARecord",
      privateDnsHostnameTypeOnLaunch: "PrivateDnsNameOptionsOnLaunch.HostnameType",
    },
    without: { [absent]: "customerOwnedIpv4Pool mapCustomerOwnedIpOnLaunch" },
  },
  "aws:ec2/vpc:Vpc": {
    type: "AWS::EC2::VPC",
    without: {
      [absent]: "enableNetworkAddressUsageMetrics",
      [elsewhere]: `assignGeneratedIpv6CidrBlock ipv6CidrBlock ipv6CidrBlockNetworkBorderGroup ipv6IpamPoolId
        ipv6NetmaskLength`,
    },
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    type: "AWS::EC2::VPCEndpoint",
    names: { policy: "PolicyDocument" },
    without: { [provider]: "autoAccept", [absent]: "subnetConfigurations" },
  },
  "aws:ec2/vpnConnection:VpnConnection": {
    type: "AWS::EC2::VPNConnection",
    names: { presharedKeyStorage: "PreSharedKeyStorage", ...tunnelNames },
  },
  "aws:ec2/vpnConnectionRoute:VpnConnectionRoute": { type: "AWS::EC2::VPNConnectionRoute" },
  "aws:ec2/vpnGateway:VpnGateway": {
    type: "AWS::EC2::VPNGateway",
    without: { [absent]: "availabilityZone", [elsewhere]: "vpcId" },
  },
  "aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment": { type: "AWS::EC2::VPCGatewayAttachment" },
  "aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation": {
    type: "AWS::EC2::VPNGatewayRoutePropagation",
    names: { routeTableId: "RouteTableIds" },
  },
  "aws:iam/accessKey:AccessKey": {
    type: "AWS::IAM::AccessKey",
    names: { user: "UserName" },
    without: { [provider]: "pgpKey" },
  },
  "aws:iam/user:User": {
    type: "AWS::IAM::User",
    names: { name: "UserName" },
    without: { [provider]: "forceDestroy" },
  },
  "aws:s3/bucket:Bucket": {
    type: "AWS::S3::Bucket",
    names: {
      bucket: "BucketName",
      bucketPrefix: "BucketNamePrefix",
    },
    without: {
      [provider]: "forceDestroy",
      [absent]: "requestPayer",
      [deprecated]: `accelerationStatus acl corsRules grants lifecycleRules logging objectLockConfiguration policy replicationConfiguration
        serverSideEncryptionConfiguration versioning website`,
    },
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ofBucket(
    "LifecycleConfiguration",
    {
      "rules.expiration.date": "LifecycleConfiguration.Rules.ExpirationDate",
      "rules.expiration.days": "LifecycleConfiguration.Rules.ExpirationInDays",
      "rules.expiration.expiredObjectDeleteMarker": "LifecycleConfiguration.Rules.ExpiredObjectDeleteMarker",
      "rules.filter.prefix": "LifecycleConfiguration.Rules.Prefix",
      "rules.filter.objectSizeGreaterThan": "LifecycleConfiguration.Rules.ObjectSizeGreaterThan",
      "rules.filter.objectSizeLessThan": "LifecycleConfiguration.Rules.ObjectSizeLessThan",
      "rules.filter.tag": "LifecycleConfiguration.Rules.TagFilters",
      "rules.filter.and.prefix": "LifecycleConfiguration.Rules.Prefix",
      "rules.filter.and.objectSizeGreaterThan": "LifecycleConfiguration.Rules.ObjectSizeGreaterThan",
      "rules.filter.and.objectSizeLessThan": "LifecycleConfiguration.Rules.ObjectSizeLessThan",
      "rules.filter.and.tags": "LifecycleConfiguration.Rules.TagFilters",
      "rules.noncurrentVersionTransitions.noncurrentDays":
        "LifecycleConfiguration.Rules.NoncurrentVersionTransitions.TransitionInDays",
      "rules.transitions.date": "LifecycleConfiguration.Rules.Transitions.TransitionDate",
      "rules.transitions.days": "LifecycleConfiguration.Rules.Transitions.TransitionInDays",
    },
    { [provider]: "expectedBucketOwner timeouts" },
  ),
  "aws:s3/bucketLogging:BucketLogging": ofBucket(
    "LoggingConfiguration",
    {
      targetBucket: "LoggingConfiguration.DestinationBucketName",
      targetPrefix: "LoggingConfiguration.LogFilePrefix",
    },
    { [provider]: "expectedBucketOwner", [absent]: "targetGrants" },
  ),
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": ofBucket(
    "ObjectLockConfiguration",
    {},
    { [provider]: "expectedBucketOwner token" },
  ),
  "aws:s3/bucketObjectv2:BucketObjectv2": "CloudFormation has no type for an object",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ofBucket("OwnershipControls", {
    rule: "OwnershipControls.Rules",
  }),
  "aws:s3/bucketPolicy:BucketPolicy": { type: "AWS::S3::BucketPolicy", names: { policy: "PolicyDocument" } },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ofBucket(
    "PublicAccessBlockConfiguration",
    {},
    { [provider]: "skipDestroy" },
  ),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": ofBucket(
    "BucketEncryption",
    {
      rules: "BucketEncryption.ServerSideEncryptionConfiguration",
      "rules.applyServerSideEncryptionByDefault": `${encryption}.ServerSideEncryptionByDefault`,
      "rules.applyServerSideEncryptionByDefault.sseAlgorithm": `${encryption}.ServerSideEncryptionByDefault.SSEAlgorithm`,
      "rules.applyServerSideEncryptionByDefault.kmsMasterKeyId": `${encryption}.ServerSideEncryptionByDefault.KMSMasterKeyID`,
      "rules.blockedEncryptionTypes": `${encryption}.BlockedEncryptionTypes.EncryptionType`,
    },
    { [provider]: "expectedBucketOwner" },
  ),
  "aws:s3/bucketVersioning:BucketVersioning": ofBucket(
    "VersioningConfiguration",
    { versioningConfiguration: "VersioningConfiguration" },
    { [provider]: "expectedBucketOwner", [absent]: "mfa versioningConfiguration.mfaDelete" },
  ),
  "aws:sns/topic:Topic": {
    type: "AWS::SNS::Topic",
    names: {
      name: "TopicName",
      ...Object.fromEntries(
        ["application", "firehose", "http", "lambda", "sqs"].flatMap((protocol) =>
          ["FailureFeedbackRoleArn", "SuccessFeedbackRoleArn", "SuccessFeedbackSampleRate"].map((name) => [
            `${protocol}${name}`,
            `DeliveryStatusLogging.${name}`,
          ]),
        ),
      ),
    },
    without: { [provider]: "namePrefix", [absent]: "deliveryPolicy", [elsewhere]: "policy" },
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    type: "AWS::SNS::Subscription",
    names: { topic: "TopicArn" },
    without: { [provider]: "confirmationTimeoutInMinutes endpointAutoConfirms" },
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    type: "AWS::EC2::SecurityGroupIngress",
    names: rule("Source"),
    without: { [absent]: "tags" },
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    type: "AWS::EC2::SecurityGroupEgress",
    names: rule("Destination"),
    without: { [absent]: "tags" },
  },
};

/** CloudFormation's path of a path of Pulumi's: by the longest part of it that the table names. */
export function theirPath({ names = {}, at }: AwsNames, path: string): string {
  const parts = path.split(".");
  for (let length = parts.length; length > 0; length -= 1) {
    const named = names[parts.slice(0, length).join(".")];
    if (named !== undefined) return [named, ...parts.slice(length).map(capital)].join(".");
  }
  return [...(at === undefined ? [] : [at]), ...parts.map(capital)].join(".");
}

/** Why a path of Pulumi's has no counterpart; undefined where it must have one. */
export function withoutCounterpart({ without = {} }: AwsNames, path: string): string | undefined {
  return Object.entries({ ...without, [provider]: `region ${without[provider] ?? ""}` }).find(([, paths]) =>
    words(paths).some((one) => path === one || path.startsWith(`${one}.`)),
  )?.[0];
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
