import { awsProvider } from "../../../../rehearsal/clouds/pins";
import { awsTypes } from "../../../../rehearsal/model/resourceTypes";

/** A difference between records and AWS's own schemas that is right as it is. */
export interface Listed {
  readonly type: string;
  /** Parted by spaces. */
  readonly paths: string;
  /** What the record does, as `differences` says it. */
  readonly record: string;
  readonly why: string;
  readonly source: string;
}

const ec2 = (action: string) => `https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_${action}.html`;
const upstream = (file: string) => awsProvider(`internal/service/${file}`);
const sdk = (page: string) => `https://www.pulumi.com/registry/packages/aws/api-docs/${page}/`;
const tunnelOptions = `
  DpdTimeoutAction DpdTimeoutSeconds EnableTunnelLifecycleControl IkeVersions InsideCidr InsideIpv6Cidr LogOptions
  Phase1DhGroupNumbers Phase1EncryptionAlgorithms Phase1IntegrityAlgorithms Phase1LifetimeSeconds Phase2DhGroupNumbers
  Phase2EncryptionAlgorithms Phase2IntegrityAlgorithms Phase2LifetimeSeconds PresharedKey RekeyFuzzPercentage
  RekeyMarginTimeSeconds ReplayWindowSize StartupAction`;
const ofEachTunnel = [1, 2]
  .map((slot) => tunnelOptions.trim().replace(/(\w+)/g, `tunnel${slot}$1`))
  .join(" ");

export const awsDifferences: readonly Listed[] = [
  {
    type: awsTypes.logGroup,
    paths: "logGroupClass",
    record: "replaces",
    why: "AWS never changes the class of a log group; the schema does not say so",
    source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html",
  },
  {
    type: awsTypes.logGroup,
    paths: "retentionInDays",
    record: "accepts 0",
    why: "the provider's word for keeping logs for good",
    source: sdk("cloudwatch/loggroup"),
  },
  {
    type: awsTypes.customerGateway,
    paths: "ipAddress",
    record: "does not require it",
    why: "EC2 takes a certificate instead; the record's own rule refuses a gateway with neither",
    source: ec2("CreateCustomerGateway"),
  },
  {
    type: awsTypes.trail,
    paths: "enableLogging",
    record: "does not require it",
    why: "the provider starts the logging of every trail unless told otherwise",
    source: sdk("cloudtrail/trail"),
  },
  ...["All", "ReadOnly", "WriteOnly"].map((value) => ({
    type: awsTypes.trail,
    paths: "eventSelectors.readWriteType",
    record: `refuses ${value}`,
    why: "the good example has advanced selectors, and a trail has one kind or the other",
    source: "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html",
  })),
  {
    type: awsTypes.flowLog,
    paths: "eniId regionalNatGatewayId subnetId transitGatewayAttachmentId transitGatewayId vpcId",
    record: "does not require it",
    why: "the provider has an argument for each kind; the record's own rule refuses none and several",
    source: sdk("ec2/flowlog"),
  },
  {
    type: awsTypes.flowLog,
    paths: "ResourceType",
    record: "does not know it",
    why: "the provider finds the kind out by the argument that is set",
    source: upstream("ec2/vpc_flow_log.go"),
  },
  {
    type: awsTypes.routeTableAssociation,
    paths: "routeTableId",
    record: "updates in place",
    why: "the provider calls ReplaceRouteTableAssociation, which CloudFormation does not",
    source: ec2("ReplaceRouteTableAssociation"),
  },
  {
    type: awsTypes.routeTableAssociation,
    paths: "subnetId",
    record: "does not require it",
    why: "a gateway may stand in its place; the record's own rule refuses neither and both",
    source: ec2("AssociateRouteTable"),
  },
  {
    type: awsTypes.securityGroup,
    paths: "description",
    record: "does not require it",
    why: "the provider fills in 'Managed by Pulumi'",
    source: sdk("ec2/securitygroup"),
  },
  {
    type: awsTypes.vpcEndpoint,
    paths: "ipAddressType dnsOptions.dnsRecordIpType",
    record: "refuses not-specified",
    why: "CloudFormation's word for a property that is left out; EC2 does not know it",
    source: ec2("CreateVpcEndpoint"),
  },
  {
    type: awsTypes.vpcEndpoint,
    paths: "vpcEndpointType",
    record: "refuses Tunnel",
    why: "guess: the provider does not offer it yet; its page names the five others",
    source: sdk("ec2/vpcendpoint"),
  },
  {
    type: awsTypes.vpcEndpoint,
    paths: "dnsOptions.privateDnsOnlyForInboundResolverEndpoint",
    record: "accepts anything",
    why: "a boolean in EC2 and in the provider, three words in CloudFormation",
    source: ec2("DnsOptionsSpecification"),
  },
  {
    type: awsTypes.vpcEndpoint,
    paths: "privateDnsEnabled",
    record: "replaces",
    why: "EC2 changes it on interface endpoints only, which the record leaves in place",
    source: "https://github.com/hashicorp/terraform-provider-aws/pull/46800",
  },
  {
    type: awsTypes.vpnConnection,
    paths: "customerGatewayId transitGatewayId vpnGatewayId",
    record: "updates in place",
    why: "the provider calls ModifyVpnConnection",
    source: ec2("ModifyVpnConnection"),
  },
  {
    type: awsTypes.vpnConnection,
    paths: "localIpv4NetworkCidr localIpv6NetworkCidr remoteIpv4NetworkCidr remoteIpv6NetworkCidr",
    record: "updates in place",
    why: "the provider calls ModifyVpnConnectionOptions",
    source: ec2("ModifyVpnConnectionOptions"),
  },
  {
    type: awsTypes.vpnConnection,
    paths: ofEachTunnel,
    record: "updates in place",
    why: "the provider calls ModifyVpnTunnelOptions; for inside CIDRs since terraform-provider-aws 6.28.0 (#45781)",
    source: "https://github.com/hashicorp/terraform-provider-aws/pull/45781",
  },
  {
    type: awsTypes.vpnConnection,
    paths: "presharedKeyStorage",
    record: "updates in place",
    why: "the provider calls ModifyVpnTunnelOptions for each tunnel",
    source: "https://github.com/hashicorp/terraform-provider-aws/pull/42819",
  },
  {
    type: awsTypes.vpnConnection,
    paths: "tunnelBandwidth",
    record: "replaces",
    why: "the provider does not change it in place yet",
    source: "https://github.com/hashicorp/terraform-provider-aws/pull/47843",
  },
  ...["standard", "large"].map((value) => ({
    type: awsTypes.vpnConnection,
    paths: "tunnelBandwidth",
    record: `refuses ${value}`,
    why: "the example ends at a virtual private gateway, where the bandwidth cannot be set",
    source: ec2("CreateVpnConnection"),
  })),
  {
    type: awsTypes.vpnGateway,
    paths: "Type",
    record: "does not know it",
    why: "the provider sends ipsec.1, the only one",
    source: ec2("CreateVpnGateway"),
  },
  {
    type: awsTypes.vpnGatewayAttachment,
    paths: "vpnGatewayId",
    record: "replaces",
    why: "the provider has no update of an attachment; CloudFormation detaches and attaches",
    source: upstream("ec2/vpnsite_gateway_attachment.go"),
  },
  {
    type: awsTypes.vpnGatewayRoutePropagation,
    paths: "routeTableId vpnGatewayId",
    record: "replaces",
    why: "the provider has no update of a propagation, and one table in each; CloudFormation has a list of them",
    source: upstream("ec2/vpnsite_gateway_route_propagation.go"),
  },
  {
    type: awsTypes.user,
    paths: "name",
    record: "updates in place",
    why: "the provider calls UpdateUser, which CloudFormation does not",
    source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html",
  },
  {
    type: awsTypes.bucketLifecycleConfiguration,
    paths: "rules",
    record: "does not require it",
    why: "optional in the SDK; S3 rejects a configuration without rules",
    source: sdk("s3/bucketlifecycleconfiguration"),
  },
  {
    type: awsTypes.bucketLifecycleConfiguration,
    paths: "rules.transitions.storageClass rules.noncurrentVersionTransitions.storageClass",
    record: "refuses Glacier",
    why: "an old spelling that CloudFormation alone takes",
    source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_Transition.html",
  },
  {
    type: awsTypes.bucketVersioning,
    paths: "versioningConfiguration.status",
    record: "accepts Disabled",
    why: "the provider's word for a bucket that never had versioning",
    source: sdk("s3/bucketversioning"),
  },
  ...[awsTypes.securityGroupIngressRule, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"].map(
    (type) => ({
      type,
      paths: "cidrIpv4 cidrIpv6 fromPort ipProtocol prefixListId referencedSecurityGroupId toPort",
      record: "updates in place",
      why: "the provider calls ModifySecurityGroupRules, which CloudFormation does not",
      source: ec2("ModifySecurityGroupRules"),
    }),
  ),
];
