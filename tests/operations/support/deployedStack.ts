import { PutMetricDataCommand, CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import * as ec2 from "@aws-sdk/client-ec2";
import * as iam from "@aws-sdk/client-iam";
import * as s3 from "@aws-sdk/client-s3";
import { contractVersion, type StackOutputs } from "../../../outputs";
import { bucketPolicy, endpointPolicy, type Perimeter } from "../../../s3access/policies";
import type { AwsConnection, AwsTunnel } from "./awsVpn";
import type { AwsServer } from "./awsServer";
import type { AzureServer, Json } from "./azureServer";

export type Topology = StackOutputs["vpn"]["topology"];

/** A stack as the program leaves it, in both clouds, and its outputs. */
export interface DeployedStack {
  readonly outputs: StackOutputs;
  readonly clients: Clients;
  readonly aws: AwsServer;
  readonly azure: AzureServer;
}

export interface Clients {
  readonly ec2: ec2.EC2Client;
  readonly s3: s3.S3Client;
  readonly iam: iam.IAMClient;
  readonly cloudWatch: CloudWatchClient;
}

/** The account that moto is. */
const account = "123456789012";
const region = "ap-northeast-1";
const awsCidr = "10.2.0.0/22";
const azureCidr = "10.1.0.0/22";
const clientCidr = "10.1.0.0/23";
/** Stands for the pre-shared key that AWS's answers hold, and that must never be seen. */
export const canaryKey = "CanaryKeyThatNobodyMustEverSeeInAnyOutput";

const suites = {
  pinned: {
    ike: { encryption: "AES256", integrity: "SHA384", dhGroup: 20, lifetimeSeconds: 28800 },
    esp: { encryption: "AES256-GCM", integrity: "GCM", pfsGroup: 20, lifetimeSeconds: 3600 },
    pinnedOnAzure: true,
  },
  basic: {
    ike: { encryption: "AES256", integrity: "SHA256", dhGroup: 2, lifetimeSeconds: 28800 },
    esp: { encryption: "AES256", integrity: "SHA256", pfsGroup: 14, lifetimeSeconds: 3600 },
    pinnedOnAzure: false,
  },
} as const;

const insideCidrs = ["169.254.21.0/30", "169.254.22.0/30", "169.254.21.4/30", "169.254.22.4/30"] as const;

export async function deploy(topology: Topology, aws: AwsServer, azure: AzureServer): Promise<DeployedStack> {
  const clients = {
    ec2: new ec2.EC2Client({ region }),
    s3: new s3.S3Client({ region }),
    iam: new iam.IAMClient({ region }),
    cloudWatch: new CloudWatchClient({ region }),
  };
  const network = await deployAwsNetwork(clients.ec2);
  const addresses = topology === "active-active" ? ["20.0.0.1", "20.0.0.2"] : ["20.0.0.1"];
  aws.vpn.connections = await Promise.all(
    addresses.map((address, index) =>
      deployConnection(clients.ec2, topology, network.gatewayId, address, index),
    ),
  );
  aws.propagating = [network.gatewayId];
  const access = await deployS3(clients, network);
  const outputs = outputsOf(topology, addresses, aws, network, access);
  aws.readerKeyId = outputs.readerAccessKeyId;
  aws.doors = { public: "denied", endpoint: "open" };
  deployAzure(outputs, azure);
  return { outputs, clients, aws, azure };
}

interface Network {
  readonly vpcId: string;
  readonly subnetIds: Readonly<Record<string, string>>;
  readonly routeTableId: string;
  readonly gatewayId: string;
  readonly groupId: string;
}

async function deployAwsNetwork(client: ec2.EC2Client): Promise<Network> {
  const { Vpc } = await client.send(new ec2.CreateVpcCommand({ CidrBlock: awsCidr }));
  const VpcId = idOf(Vpc?.VpcId);
  const [a, c, table, gateway, group] = await Promise.all([
    client.send(
      new ec2.CreateSubnetCommand({ VpcId, CidrBlock: "10.2.0.0/23", AvailabilityZone: `${region}a` }),
    ),
    client.send(
      new ec2.CreateSubnetCommand({ VpcId, CidrBlock: "10.2.2.0/23", AvailabilityZone: `${region}c` }),
    ),
    client.send(new ec2.CreateRouteTableCommand({ VpcId })),
    client.send(new ec2.CreateVpnGatewayCommand({ Type: "ipsec.1" })),
    client.send(
      new ec2.CreateSecurityGroupCommand({ VpcId, GroupName: "endpoint", Description: "endpoint" }),
    ),
  ]);
  const VpnGatewayId = idOf(gateway.VpnGateway?.VpnGatewayId);
  const RouteTableId = idOf(table.RouteTable?.RouteTableId);
  await client.send(new ec2.AttachVpnGatewayCommand({ VpcId, VpnGatewayId }));
  await Promise.all([
    client.send(
      new ec2.CreateRouteCommand({ RouteTableId, DestinationCidrBlock: azureCidr, GatewayId: VpnGatewayId }),
    ),
    client.send(new ec2.AuthorizeSecurityGroupIngressCommand(https(idOf(group.GroupId), clientCidr))),
    client.send(new ec2.AuthorizeSecurityGroupIngressCommand(https(idOf(group.GroupId), awsCidr))),
  ]);
  return {
    vpcId: VpcId,
    subnetIds: { [`${region}a`]: idOf(a.Subnet?.SubnetId), [`${region}c`]: idOf(c.Subnet?.SubnetId) },
    routeTableId: RouteTableId,
    gatewayId: VpnGatewayId,
    groupId: idOf(group.GroupId),
  };
}

export function https(GroupId: string, CidrIp: string) {
  return {
    GroupId,
    IpPermissions: [{ IpProtocol: "tcp", FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp }] }],
  };
}

async function deployConnection(
  client: ec2.EC2Client,
  topology: Topology,
  vpnGatewayId: string,
  azureAddress: string,
  index: number,
): Promise<AwsConnection> {
  const { CustomerGateway } = await client.send(
    new ec2.CreateCustomerGatewayCommand({ Type: "ipsec.1", IpAddress: azureAddress, BgpAsn: 65000 }),
  );
  const staticRoutesOnly = topology !== "active-active";
  return {
    id: `vpn-0000000000000000${index + 1}`,
    state: "available",
    customerGatewayId: idOf(CustomerGateway?.CustomerGatewayId),
    vpnGatewayId,
    staticRoutesOnly,
    routes: staticRoutesOnly ? [{ cidr: azureCidr, state: "available" }] : [],
    tunnels: [0, 1].map((slot) => awsTunnel(topology, index, slot)),
  };
}

function awsTunnel(topology: Topology, connection: number, slot: number): AwsTunnel {
  const { ike, esp } = topology === "active-active" ? suites.pinned : suites.basic;
  const used = topology !== "single-tunnel" || slot === 0;
  const integrity = { SHA256: "SHA2-256", SHA384: "SHA2-384", GCM: "SHA2-384" } as const;
  const phase1 = { encryption: ike.encryption, integrity: integrity[ike.integrity], dhGroup: ike.dhGroup };
  const encryption = { AES256: "AES256", "AES256-GCM": "AES256-GCM-16" }[esp.encryption];
  const phase2 = { encryption, integrity: integrity[esp.integrity], dhGroup: esp.pfsGroup };
  const lists = (phase: { encryption: string; integrity: string; dhGroup: number }) => ({
    encryption: [phase.encryption],
    integrity: [phase.integrity],
    dhGroups: [phase.dhGroup],
  });
  return {
    outsideAddress: `203.0.113.${10 * (connection + 1) + slot}`,
    insideCidr: insideCidrs[2 * connection + slot] ?? "",
    presharedKey: canaryKey,
    up: used,
    message: used ? "" : "IPSEC IS DOWN",
    acceptedRoutes: used ? 1 : 0,
    startupAction: "start",
    offers: { ikeVersions: ["ikev2"], phase1: lists(phase1), phase2: lists(phase2) },
    negotiated: { ikeVersion: "ikev2", phase1, phase2 },
    maintenance: undefined,
  };
}

interface S3Access {
  readonly endpointId: string;
  readonly readerArn: string;
  readonly key: { readonly id: string; readonly secret: string };
  readonly perimeter: "enforced";
}

export const buckets = {
  reports: { bucketName: "reports-of-the-tests", access: "read" },
  uploads: { bucketName: "uploads-of-the-tests", access: "readWrite" },
} as const;

async function deployS3(clients: Clients, network: Network): Promise<S3Access> {
  const UserName = "s3-reader-1";
  const { User } = await clients.iam.send(new iam.CreateUserCommand({ UserName }));
  const { AccessKey } = await clients.iam.send(new iam.CreateAccessKeyCommand({ UserName }));
  const readerArn = idOf(User?.Arn);
  const { VpcEndpoint } = await clients.ec2.send(
    new ec2.CreateVpcEndpointCommand({
      VpcId: network.vpcId,
      VpcEndpointType: "Interface",
      ServiceName: `com.amazonaws.${region}.s3`,
      SubnetIds: Object.values(network.subnetIds),
      SecurityGroupIds: [network.groupId],
      PrivateDnsEnabled: false,
      PolicyDocument: JSON.stringify(rightEndpointPolicy(readerArn)),
    }),
  );
  const endpointId = idOf(VpcEndpoint?.VpcEndpointId);
  await Promise.all(
    Object.values(buckets).map((bucket) => deployBucket(clients.s3, bucket, readerArn, endpointId)),
  );
  const key = { id: idOf(AccessKey?.AccessKeyId), secret: idOf(AccessKey?.SecretAccessKey) };
  return { endpointId, readerArn, key, perimeter: "enforced" };
}

export function rightEndpointPolicy(readerArn: string) {
  const all = Object.values(buckets).map(({ bucketName, access }) => ({
    arn: `arn:aws:s3:::${bucketName}`,
    access,
  }));
  return endpointPolicy({ readerArn, buckets: all });
}

const perimeter: Perimeter = { kind: "enforced", exemptArns: [`arn:aws:iam::${account}:role/deployer`] };

export function rightBucketPolicy(bucket: keyof typeof buckets, readerArn: string, endpointId: string) {
  const { bucketName, access } = buckets[bucket];
  return bucketPolicy({ bucketArn: `arn:aws:s3:::${bucketName}`, readerArn, endpointId, access, perimeter });
}

async function deployBucket(
  client: s3.S3Client,
  bucket: { readonly bucketName: string },
  readerArn: string,
  endpointId: string,
): Promise<void> {
  const Bucket = bucket.bucketName;
  const key = bucket.bucketName.startsWith("reports") ? "reports" : "uploads";
  await client.send(
    new s3.CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }),
  );
  await Promise.all([
    client.send(new s3.PutObjectCommand({ Bucket, Key: "hello.txt", Body: "Hello" })),
    client.send(
      new s3.PutPublicAccessBlockCommand({
        Bucket,
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      }),
    ),
    client.send(
      new s3.PutBucketOwnershipControlsCommand({
        Bucket,
        OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
      }),
    ),
    client.send(
      new s3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }),
    ),
    client.send(
      new s3.PutBucketEncryptionCommand({
        Bucket,
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
        },
      }),
    ),
  ]);
  // Last: moto evaluates a part of it, and would refuse what comes after.
  await client.send(
    new s3.PutBucketPolicyCommand({
      Bucket,
      Policy: JSON.stringify(rightBucketPolicy(key, readerArn, endpointId)),
    }),
  );
}

/** A minute in which a tunnel was down, as CloudWatch keeps it. */
export function downAnHourAgo(outputs: StackOutputs, name: string) {
  const tunnel = outputs.vpn.tunnels.find((one) => one.name === name);
  return new PutMetricDataCommand({
    Namespace: "AWS/VPN",
    MetricData: [
      {
        MetricName: "TunnelState",
        Dimensions: [
          { Name: "VpnId", Value: tunnel?.awsConnectionId },
          { Name: "TunnelIpAddress", Value: tunnel?.awsOutsideAddress },
        ],
        Value: 0,
        Timestamp: new Date(Date.now() - 3_600_000),
      },
    ],
  });
}

const group = "/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/azure-group";
const azureNetwork = `${group}/providers/Microsoft.Network`;

function outputsOf(
  topology: Topology,
  addresses: readonly string[],
  aws: AwsServer,
  network: Network,
  access: S3Access,
): StackOutputs {
  const perConnection = topology === "single-tunnel" ? 1 : 2;
  const tunnels = aws.vpn.connections.flatMap((connection, index) =>
    connection.tunnels.slice(0, perConnection).map((tunnel, slot) => {
      const name = `tunnel${2 * index + slot + 1}`;
      return {
        name,
        azureConnectionId: `${azureNetwork}/connections/vpn-${name}-azure-connection`,
        azureConnectionName: `vpn-${name}-azure-connection`,
        azurePublicAddress: addresses[index] ?? "",
        awsConnectionId: connection.id,
        awsSlot: slot + 1,
        awsOutsideAddress: tunnel.outsideAddress,
        insideCidr: tunnel.insideCidr,
      };
    }),
  );
  const endpointUrl = aws.endpointUrl;
  return {
    contractVersion,
    listCommand: `aws s3 --endpoint-url ${endpointUrl} --region ${region} ls s3://${buckets.reports.bucketName}`,
    endpointUrl,
    endpointId: access.endpointId,
    buckets,
    readerArn: access.readerArn,
    readerAccessKeyId: access.key.id,
    readerSecretAccessKey: access.key.secret,
    perimeter: access.perimeter,
    awsRegion: region,
    awsNetwork: {
      vpcId: network.vpcId,
      cidr: awsCidr,
      routeTableId: network.routeTableId,
      subnetIds: { ...network.subnetIds },
      endpointSecurityGroupId: network.groupId,
    },
    azureLocation: "japaneast",
    azureNetwork: {
      resourceGroupName: "azure-group",
      virtualNetworkId: `${azureNetwork}/virtualNetworks/azure-network`,
      cidr: azureCidr,
      clientSubnetId: `${azureNetwork}/virtualNetworks/azure-network/subnets/azure-client-subnet`,
      clientSecurityGroupId: `${azureNetwork}/networkSecurityGroups/azure-client-security-group`,
    },
    vpn: {
      topology,
      azureGatewayId: `${azureNetwork}/virtualNetworkGateways/vpn-gateway`,
      azureGatewayName: "vpn-gateway",
      awsGatewayId: network.gatewayId,
      awsConnectionIds: aws.vpn.connections.map(({ id }) => id),
      tunnels,
      ipsec: topology === "active-active" ? suites.pinned : suites.basic,
    },
  };
}

/** The bodies of Microsoft's REST reference, with the fields that matter. */
export function deployAzure(outputs: StackOutputs, azure: AzureServer): void {
  azure.resources.clear();
  azure.operations.clear();
  const put = (id: string, properties: { [key: string]: Json }) => {
    const name = id.slice(id.lastIndexOf("/") + 1);
    azure.resources.set(id.toLowerCase(), { id, name, properties });
  };
  const { vpn } = outputs;
  const bgp = vpn.topology === "active-active";
  put(vpn.azureGatewayId, {
    provisioningState: "Succeeded",
    gatewayType: "Vpn",
    vpnType: "RouteBased",
    activeActive: bgp,
    enableBgp: bgp,
    sku: { name: bgp ? "VpnGw2AZ" : "Basic", tier: bgp ? "VpnGw2AZ" : "Basic" },
  });
  for (const tunnel of vpn.tunnels) {
    const siteId = `${azureNetwork}/localNetworkGateways/vpn-${tunnel.name}-azure-site`;
    put(tunnel.azureConnectionId, {
      provisioningState: "Succeeded",
      connectionStatus: "Connected",
      connectionType: "IPsec",
      connectionProtocol: "IKEv2",
      enableBgp: bgp,
      virtualNetworkGateway1: { id: vpn.azureGatewayId },
      localNetworkGateway2: { id: siteId },
      ipsecPolicies: bgp ? [pinnedPolicy()] : [],
    });
    put(siteId, {
      provisioningState: "Succeeded",
      gatewayIpAddress: tunnel.awsOutsideAddress,
      localNetworkAddressSpace: { addressPrefixes: bgp ? [] : [awsCidr] },
      ...(bgp ? { bgpSettings: { asn: 64512, bgpPeeringAddress: firstHost(tunnel.insideCidr) } } : {}),
    });
  }
  putClientNetwork(outputs, put);
  azure.operations.set("getbgppeerstatus", {
    value: vpn.tunnels.map((tunnel) => ({
      localAddress: tunnel.azurePublicAddress,
      neighbor: firstHost(tunnel.insideCidr),
      asn: 64512,
      state: "Connected",
      connectedDuration: "01:00:00",
      routesReceived: 1,
      messagesSent: 9,
      messagesReceived: 9,
    })),
  });
  azure.operations.set("getlearnedroutes", {
    value: [
      { network: azureCidr, origin: "Network", weight: 32768, asPath: "" },
      { network: awsCidr, origin: "EBgp", sourcePeer: "169.254.21.1", weight: 32768, asPath: "64512" },
    ],
  });
}

function pinnedPolicy(): { [key: string]: Json } {
  return {
    ikeEncryption: "AES256",
    ikeIntegrity: "SHA384",
    dhGroup: "ECP384",
    ipsecEncryption: "GCMAES256",
    ipsecIntegrity: "GCMAES256",
    pfsGroup: "ECP384",
    saLifeTimeSeconds: 3600,
    saDataSizeKilobytes: 102400000,
  };
}

function putClientNetwork(
  { azureNetwork: { clientSubnetId, clientSecurityGroupId } }: StackOutputs,
  put: (id: string, properties: { [key: string]: Json }) => void,
): void {
  put(clientSubnetId, {
    provisioningState: "Succeeded",
    addressPrefix: clientCidr,
    networkSecurityGroup: { id: clientSecurityGroupId },
    defaultOutboundAccess: false,
  });
  put(clientSecurityGroupId, {
    provisioningState: "Succeeded",
    securityRules: [
      rule("https-to-aws", "Outbound", "Allow", 100, "Tcp", "443", clientCidr, awsCidr),
      rule("nothing-else-to-aws", "Outbound", "Deny", 200, "*", "*", "*", awsCidr),
      rule("nothing-from-aws", "Inbound", "Deny", 100, "*", "*", awsCidr, "*"),
    ],
    defaultSecurityRules: [
      rule("AllowVnetInBound", "Inbound", "Allow", 65000, "*", "*", "VirtualNetwork", "VirtualNetwork"),
      rule("DenyAllInBound", "Inbound", "Deny", 65500, "*", "*", "*", "*"),
      rule("AllowVnetOutBound", "Outbound", "Allow", 65000, "*", "*", "VirtualNetwork", "VirtualNetwork"),
      rule("DenyAllOutBound", "Outbound", "Deny", 65500, "*", "*", "*", "*"),
    ],
  });
}

export function rule(
  name: string,
  direction: string,
  access: string,
  priority: number,
  protocol: string,
  ports: string,
  from: string,
  to: string,
): Json {
  return {
    name,
    properties: {
      direction,
      access,
      priority,
      protocol,
      sourcePortRange: "*",
      destinationPortRange: ports,
      sourceAddressPrefix: from,
      destinationAddressPrefix: to,
    },
  };
}

function firstHost(cidr: string): string {
  return cidr.replace(/(\d+)\/30$/, (_, last: string) => String(Number(last) + 1));
}

function idOf(id: string | undefined): string {
  if (id === undefined) throw new Error("moto gave no id");
  return id;
}
