/** Every resource type that the program registers, under the name of its file in `rehearsal/clouds/`. */
export const awsTypes = {
  trail: "aws:cloudtrail/trail:Trail",
  eventRule: "aws:cloudwatch/eventRule:EventRule",
  eventTarget: "aws:cloudwatch/eventTarget:EventTarget",
  metricAlarm: "aws:cloudwatch/metricAlarm:MetricAlarm",
  logGroup: "aws:cloudwatch/logGroup:LogGroup",
  customerGateway: "aws:ec2/customerGateway:CustomerGateway",
  flowLog: "aws:ec2/flowLog:FlowLog",
  routeTable: "aws:ec2/routeTable:RouteTable",
  routeTableAssociation: "aws:ec2/routeTableAssociation:RouteTableAssociation",
  securityGroup: "aws:ec2/securityGroup:SecurityGroup",
  subnet: "aws:ec2/subnet:Subnet",
  vpc: "aws:ec2/vpc:Vpc",
  vpcEndpoint: "aws:ec2/vpcEndpoint:VpcEndpoint",
  vpnConnection: "aws:ec2/vpnConnection:VpnConnection",
  vpnConnectionRoute: "aws:ec2/vpnConnectionRoute:VpnConnectionRoute",
  vpnGateway: "aws:ec2/vpnGateway:VpnGateway",
  vpnGatewayAttachment: "aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment",
  vpnGatewayRoutePropagation: "aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation",
  accessKey: "aws:iam/accessKey:AccessKey",
  user: "aws:iam/user:User",
  bucket: "aws:s3/bucket:Bucket",
  bucketLifecycleConfiguration: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  bucketLogging: "aws:s3/bucketLogging:BucketLogging",
  bucketObjectLockConfiguration: "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  bucketObjectv2: "aws:s3/bucketObjectv2:BucketObjectv2",
  bucketOwnershipControls: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  bucketPolicy: "aws:s3/bucketPolicy:BucketPolicy",
  bucketPublicAccessBlock: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  bucketServerSideEncryptionConfiguration:
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  bucketVersioning: "aws:s3/bucketVersioning:BucketVersioning",
  topic: "aws:sns/topic:Topic",
  topicPolicy: "aws:sns/topicPolicy:TopicPolicy",
  topicSubscription: "aws:sns/topicSubscription:TopicSubscription",
  // Pulumi keeps the rules of a group in a module of their own; they belong to EC2.
  securityGroupIngressRule: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
} as const;

export const azureTypes = {
  virtualMachine: "azure-native:compute:VirtualMachine",
  dnsResolverDomainList: "azure-native:dnsresolver:DnsResolverDomainList",
  dnsResolverPolicy: "azure-native:dnsresolver:DnsResolverPolicy",
  dnsResolverPolicyVirtualNetworkLink: "azure-native:dnsresolver:DnsResolverPolicyVirtualNetworkLink",
  dnsSecurityRule: "azure-native:dnsresolver:DnsSecurityRule",
  actionGroup: "azure-native:monitor:ActionGroup",
  diagnosticSetting: "azure-native:monitor:DiagnosticSetting",
  metricAlert: "azure-native:monitor:MetricAlert",
  workspace: "azure-native:operationalinsights:Workspace",
  localNetworkGateway: "azure-native:network:LocalNetworkGateway",
  networkInterface: "azure-native:network:NetworkInterface",
  networkSecurityGroup: "azure-native:network:NetworkSecurityGroup",
  publicIPAddress: "azure-native:network:PublicIPAddress",
  subnet: "azure-native:network:Subnet",
  virtualNetwork: "azure-native:network:VirtualNetwork",
  virtualNetworkPeering: "azure-native:network:VirtualNetworkPeering",
  virtualNetworkGateway: "azure-native:network:VirtualNetworkGateway",
  virtualNetworkGatewayConnection: "azure-native:network:VirtualNetworkGatewayConnection",
  resourceGroup: "azure-native:resources:ResourceGroup",
} as const;

export const randomTypes = {
  randomPassword: "random:index/randomPassword:RandomPassword",
} as const;

/** What the program registers none of, and a stack may have beside it: they decide about packets, and are read as well. */
export const addedTypes = {
  defaultNetworkAcl: "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
  defaultRouteTable: "aws:ec2/defaultRouteTable:DefaultRouteTable",
  mainRouteTableAssociation: "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation",
  networkAcl: "aws:ec2/networkAcl:NetworkAcl",
  networkAclAssociation: "aws:ec2/networkAclAssociation:NetworkAclAssociation",
  networkAclRule: "aws:ec2/networkAclRule:NetworkAclRule",
  route: "aws:ec2/route:Route",
  vpcIpv4CidrBlockAssociation: "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
  securityGroupEgressRule: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  azureRoute: "azure-native:network:Route",
  azureRouteTable: "azure-native:network:RouteTable",
  azureSecurityRule: "azure-native:network:SecurityRule",
} as const;

/** The program's own components. */
export const componentTypes = {
  awsNetwork: "azure-s3-privatelink:network:AwsNetwork",
  azureNetwork: "azure-s3-privatelink:network:AzureNetwork",
  azureSpokes: "azure-s3-privatelink:network:AzureSpokes",
  existingAzureNetwork: "azure-s3-privatelink:network:ExistingAzureNetwork",
  crossCloudVpn: "azure-s3-privatelink:vpn:CrossCloudVpn",
  privateLinkBucket: "azure-s3-privatelink:s3access:PrivateLinkBucket",
  linkAlarms: "azure-s3-privatelink:monitoring:LinkAlarms",
  auditTrail: "azure-s3-privatelink:monitoring:AuditTrail",
  trafficLogs: "azure-s3-privatelink:monitoring:TrafficLogs",
  clientVm: "azure-s3-privatelink:client:ClientVm",
} as const;

/** The component that a resource stands in, as its URN spells it; undefined for one of none of these. */
export function componentOf(urn: string): ComponentType | undefined {
  const owner = urn.split("::")[2]?.split("$").at(-2);
  return Object.values(componentTypes).find((type) => type === owner);
}

type NamesOf<Types> = Types[keyof Types];
export type AwsType = NamesOf<typeof awsTypes>;
export type AzureType = NamesOf<typeof azureTypes>;
export type RandomType = NamesOf<typeof randomTypes>;
export type AddedType = NamesOf<typeof addedTypes>;
export type ComponentType = NamesOf<typeof componentTypes>;
export type ResourceType = AwsType | AzureType | RandomType;

export const resourceTypes: readonly ResourceType[] = [
  ...Object.values(awsTypes),
  ...Object.values(azureTypes),
  ...Object.values(randomTypes),
];

/** Pulumi's token of a type in its parts: `aws`, `s3`, `Bucket` of `aws:s3/bucket:Bucket`. */
export interface TypeParts {
  readonly package: string;
  readonly module: string;
  readonly kind: string;
}

export function partsOf(type: string): TypeParts {
  const [pack = "", path = "", kind = ""] = type.split(":");
  return { package: pack, module: path.split("/")[0] ?? "", kind };
}

export function isAws(type: string): boolean {
  return type.startsWith("aws:");
}

export function isAzure(type: string): boolean {
  return type.startsWith("azure-native:");
}
