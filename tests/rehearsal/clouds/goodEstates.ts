import type { Props } from "../../../rehearsal/recording";
import { output, type Estate, type Made, type Planned } from "./estates";

export const readerPolicy = (bucket: string, readerArn: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AllowReader",
        Effect: "Allow",
        Principal: { AWS: readerArn },
        Action: ["s3:GetObject", "s3:ListBucket"],
        Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
        Condition: { StringEquals: { "aws:SourceVpce": "vpce-0123" } },
      },
    ],
  });

const inGroup = (made: Made): Props => ({ resourceGroupName: named(made, "group"), location: "japaneast" });

function named(made: Made, name: string): string {
  return output(made, name, "name");
}

function address(made: Made, name: string): string {
  return output(made, name, "ipAddress");
}

function planned(type: string, inputs: (made: Made) => Props): Planned {
  return { type, inputs };
}

const key = "AbcdefghijklmnopqrstuvwxyzABCDEF";

function tunnel(slot: 1 | 2, insideCidr: string): Props {
  const at = (name: string): string => `tunnel${slot}${name}`;
  return {
    [at("InsideCidr")]: insideCidr,
    [at("PresharedKey")]: key,
    [at("IkeVersions")]: ["ikev2"],
    [at("Phase1EncryptionAlgorithms")]: ["AES256"],
    [at("Phase1IntegrityAlgorithms")]: ["SHA2-384"],
    [at("Phase1DhGroupNumbers")]: [20],
    [at("Phase1LifetimeSeconds")]: 28800,
    [at("Phase2EncryptionAlgorithms")]: ["AES256-GCM-16"],
    [at("Phase2IntegrityAlgorithms")]: ["SHA2-384"],
    [at("Phase2DhGroupNumbers")]: [20],
    [at("Phase2LifetimeSeconds")]: 3600,
    [at("StartupAction")]: "start",
    [at("DpdTimeoutAction")]: "restart",
    [at("DpdTimeoutSeconds")]: 30,
    [at("RekeyMarginTimeSeconds")]: 540,
    [at("RekeyFuzzPercentage")]: 100,
    [at("ReplayWindowSize")]: 1024,
  };
}

const ipsecPolicy = {
  ikeEncryption: "AES256",
  ikeIntegrity: "SHA384",
  dhGroup: "ECP384",
  ipsecEncryption: "GCMAES256",
  ipsecIntegrity: "GCMAES256",
  pfsGroup: "ECP384",
  saLifeTimeSeconds: 3600,
  saDataSizeKilobytes: 102400000,
};

const securityRule = {
  name: "https-out",
  access: "Allow",
  direction: "Outbound",
  protocol: "Tcp",
  priority: 100,
  sourceAddressPrefix: "*",
  sourcePortRange: "*",
  destinationAddressPrefix: "10.0.0.0/24",
  destinationPortRange: "443",
};

const gatewayConfiguration = (made: Made, name: string, ip: string): Props => ({
  name,
  privateIPAllocationMethod: "Dynamic",
  publicIPAddress: { id: made(ip).id },
  subnet: { id: made("gatewaySubnet").id },
});

export const gatewayName = "gateway";
export const gatewayId = `/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/group/providers/Microsoft.Network/virtualNetworkGateways/${gatewayName}`;

const azureNetwork: Estate = {
  group: planned("azure-native:resources:ResourceGroup", () => ({
    resourceGroupName: "group",
    location: "japaneast",
  })),
  securityGroup: planned("azure-native:network:NetworkSecurityGroup", (made) => ({
    ...inGroup(made),
    securityRules: [
      securityRule,
      { ...securityRule, name: "nothing-else", priority: 200, access: "Deny", protocol: "*" },
    ],
  })),
  network: planned("azure-native:network:VirtualNetwork", (made) => ({
    ...inGroup(made),
    addressSpace: { addressPrefixes: ["10.0.1.0/24"] },
  })),
  clientSubnet: planned("azure-native:network:Subnet", (made) => ({
    resourceGroupName: named(made, "group"),
    virtualNetworkName: named(made, "network"),
    addressPrefix: "10.0.1.0/28",
    networkSecurityGroup: { id: made("securityGroup").id },
    defaultOutboundAccess: false,
  })),
  gatewaySubnet: planned("azure-native:network:Subnet", (made) => ({
    resourceGroupName: named(made, "group"),
    virtualNetworkName: named(made, "network"),
    subnetName: "GatewaySubnet",
    addressPrefix: "10.0.1.224/27",
  })),
  ip1: planned("azure-native:network:PublicIPAddress", (made) => ({
    ...inGroup(made),
    sku: { name: "Standard" },
    publicIPAllocationMethod: "Static",
    zones: ["1", "2", "3"],
  })),
};

const awsNetwork: Estate = {
  vpc: planned("aws:ec2/vpc:Vpc", () => ({
    cidrBlock: "10.0.0.0/24",
    enableDnsSupport: true,
    enableDnsHostnames: true,
  })),
  subnetA: planned("aws:ec2/subnet:Subnet", (made) => ({
    vpcId: made("vpc").id,
    cidrBlock: "10.0.0.0/25",
    availabilityZone: "ap-northeast-1a",
  })),
  subnetC: planned("aws:ec2/subnet:Subnet", (made) => ({
    vpcId: made("vpc").id,
    cidrBlock: "10.0.0.128/25",
    availabilityZone: "ap-northeast-1c",
  })),
  routes: planned("aws:ec2/routeTable:RouteTable", (made) => ({ vpcId: made("vpc").id })),
  association: planned("aws:ec2/routeTableAssociation:RouteTableAssociation", (made) => ({
    routeTableId: made("routes").id,
    subnetId: made("subnetA").id,
  })),
  awsGateway: planned("aws:ec2/vpnGateway:VpnGateway", () => ({ amazonSideAsn: "64512" })),
  attachment: planned("aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment", (made) => ({
    vpcId: made("vpc").id,
    vpnGatewayId: made("awsGateway").id,
  })),
  propagation: planned("aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation", (made) => ({
    vpnGatewayId: made("awsGateway").id,
    routeTableId: made("routes").id,
  })),
  logs: planned("aws:cloudwatch/logGroup:LogGroup", () => ({ retentionInDays: 90 })),
};

/** One tunnel with static routes on a gateway of SKU Basic. */
export const staticEstate: Estate = {
  ...azureNetwork,
  ...awsNetwork,
  gateway: planned("azure-native:network:VirtualNetworkGateway", (made) => ({
    ...inGroup(made),
    virtualNetworkGatewayName: gatewayName,
    gatewayType: "Vpn",
    vpnType: "RouteBased",
    sku: { name: "Basic", tier: "Basic" },
    activeActive: false,
    enableBgp: false,
    ipConfigurations: [gatewayConfiguration(made, "default", "ip1")],
  })),
  customer1: planned("aws:ec2/customerGateway:CustomerGateway", (made) => ({
    bgpAsn: "65000",
    ipAddress: address(made, "ip1"),
    type: "ipsec.1",
  })),
  connection1: planned("aws:ec2/vpnConnection:VpnConnection", (made) => ({
    customerGatewayId: made("customer1").id,
    vpnGatewayId: made("awsGateway").id,
    type: "ipsec.1",
    staticRoutesOnly: true,
    ...tunnel(1, "169.254.21.0/30"),
    ...tunnel(2, "169.254.22.0/30"),
    tunnel1LogOptions: {
      cloudwatchLogOptions: {
        logEnabled: true,
        logGroupArn: output(made, "logs", "arn"),
        logOutputFormat: "json",
      },
    },
  })),
  route: planned("aws:ec2/vpnConnectionRoute:VpnConnectionRoute", (made) => ({
    destinationCidrBlock: "10.0.1.0/24",
    vpnConnectionId: made("connection1").id,
  })),
  site1: planned("azure-native:network:LocalNetworkGateway", (made) => ({
    ...inGroup(made),
    gatewayIpAddress: output(made, "connection1", "tunnel1Address"),
    localNetworkAddressSpace: { addressPrefixes: ["10.0.0.0/24"] },
  })),
  azureConnection1: planned("azure-native:network:VirtualNetworkGatewayConnection", (made) => ({
    ...inGroup(made),
    connectionType: "IPsec",
    connectionProtocol: "IKEv2",
    connectionMode: "Default",
    virtualNetworkGateway1: { id: made("gateway").id },
    localNetworkGateway2: { id: made("site1").id },
    sharedKey: key,
    dpdTimeoutSeconds: 45,
  })),
};

/** Two instances with BGP; the second AWS connection and the other Azure connections add nothing to the rules. */
export const bgpEstate: Estate = {
  ...azureNetwork,
  ...awsNetwork,
  ip2: planned("azure-native:network:PublicIPAddress", (made) => ({
    ...inGroup(made),
    sku: { name: "Standard" },
    publicIPAllocationMethod: "Static",
    zones: ["1", "2", "3"],
  })),
  gateway: planned("azure-native:network:VirtualNetworkGateway", (made) => ({
    ...inGroup(made),
    virtualNetworkGatewayName: gatewayName,
    gatewayType: "Vpn",
    vpnType: "RouteBased",
    vpnGatewayGeneration: "Generation2",
    sku: { name: "VpnGw2AZ", tier: "VpnGw2AZ" },
    activeActive: true,
    enableBgp: true,
    ipConfigurations: [
      gatewayConfiguration(made, "instance0", "ip1"),
      gatewayConfiguration(made, "instance1", "ip2"),
    ],
    bgpSettings: {
      asn: 65000,
      bgpPeeringAddresses: [
        {
          ipconfigurationId: `${gatewayId}/ipConfigurations/instance0`,
          customBgpIpAddresses: ["169.254.21.2", "169.254.22.2"],
        },
        {
          ipconfigurationId: `${gatewayId}/ipConfigurations/instance1`,
          customBgpIpAddresses: ["169.254.21.6", "169.254.22.6"],
        },
      ],
    },
  })),
  customer1: planned("aws:ec2/customerGateway:CustomerGateway", (made) => ({
    bgpAsn: "65000",
    ipAddress: address(made, "ip1"),
    type: "ipsec.1",
  })),
  customer2: planned("aws:ec2/customerGateway:CustomerGateway", (made) => ({
    bgpAsn: "65000",
    ipAddress: address(made, "ip2"),
    type: "ipsec.1",
  })),
  connection1: planned("aws:ec2/vpnConnection:VpnConnection", (made) => ({
    customerGatewayId: made("customer1").id,
    vpnGatewayId: made("awsGateway").id,
    type: "ipsec.1",
    staticRoutesOnly: false,
    ...tunnel(1, "169.254.21.0/30"),
    ...tunnel(2, "169.254.22.0/30"),
  })),
  connection2: planned("aws:ec2/vpnConnection:VpnConnection", (made) => ({
    customerGatewayId: made("customer2").id,
    vpnGatewayId: made("awsGateway").id,
    type: "ipsec.1",
    staticRoutesOnly: false,
    ...tunnel(1, "169.254.21.4/30"),
    ...tunnel(2, "169.254.22.4/30"),
  })),
  site1: planned("azure-native:network:LocalNetworkGateway", (made) => ({
    ...inGroup(made),
    gatewayIpAddress: output(made, "connection1", "tunnel1Address"),
    bgpSettings: { asn: 64512, bgpPeeringAddress: "169.254.21.1" },
  })),
  azureConnection1: planned("azure-native:network:VirtualNetworkGatewayConnection", (made) => ({
    ...inGroup(made),
    connectionType: "IPsec",
    connectionProtocol: "IKEv2",
    connectionMode: "ResponderOnly",
    virtualNetworkGateway1: { id: made("gateway").id },
    localNetworkGateway2: { id: made("site1").id },
    sharedKey: key,
    enableBgp: true,
    dpdTimeoutSeconds: 45,
    ipsecPolicies: [ipsecPolicy],
    gatewayCustomBgpIpAddresses: [
      { ipConfigurationId: `${gatewayId}/ipConfigurations/instance0`, customBgpIpAddress: "169.254.21.2" },
      { ipConfigurationId: `${gatewayId}/ipConfigurations/instance1`, customBgpIpAddress: "169.254.21.6" },
    ],
  })),
};

/** The bucket with all of its settings, its reader and the endpoint. */
export const s3Estate: Estate = {
  ...awsNetwork,
  endpointGroup: planned("aws:ec2/securityGroup:SecurityGroup", (made) => ({
    vpcId: made("vpc").id,
    description: "HTTPS to S3",
  })),
  ingress: planned("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", (made) => ({
    securityGroupId: made("endpointGroup").id,
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    cidrIpv4: "10.0.1.0/28",
    description: "HTTPS from Azure",
  })),
  egress: planned("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", (made) => ({
    securityGroupId: made("endpointGroup").id,
    ipProtocol: "-1",
    cidrIpv4: "10.0.1.0/28",
  })),
  endpoint: planned("aws:ec2/vpcEndpoint:VpcEndpoint", (made) => ({
    vpcId: made("vpc").id,
    serviceName: "com.amazonaws.ap-northeast-1.s3",
    vpcEndpointType: "Interface",
    subnetIds: [made("subnetA").id, made("subnetC").id],
    securityGroupIds: [made("endpointGroup").id],
    privateDnsEnabled: false,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*" }],
    }),
  })),
  reader: planned("aws:iam/user:User", () => ({ path: "/readers/" })),
  readerKey: planned("aws:iam/accessKey:AccessKey", (made) => ({ user: named(made, "reader") })),
  bucket: planned("aws:s3/bucket:Bucket", () => ({ bucket: "data-of-the-test" })),
  block: planned("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", (made) => ({
    bucket: made("bucket").id,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  })),
  ownership: planned("aws:s3/bucketOwnershipControls:BucketOwnershipControls", (made) => ({
    bucket: made("bucket").id,
    rule: { objectOwnership: "BucketOwnerEnforced" },
  })),
  versioning: planned("aws:s3/bucketVersioning:BucketVersioning", (made) => ({
    bucket: made("bucket").id,
    versioningConfiguration: { status: "Enabled" },
  })),
  encryption: planned(
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    (made) => ({
      bucket: made("bucket").id,
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    }),
  ),
  bucketPolicy: planned("aws:s3/bucketPolicy:BucketPolicy", (made) => ({
    bucket: made("bucket").id,
    policy: readerPolicy(made("bucket").id, output(made, "reader", "arn")),
  })),
  object: planned("aws:s3/bucketObjectv2:BucketObjectv2", (made) => ({
    bucket: made("bucket").id,
    key: "hello.txt",
    content: "hello",
  })),
  password: planned("random:index/randomPassword:RandomPassword", () => ({
    length: 64,
    special: false,
    numeric: false,
  })),
};
