import {
  neutralOptions,
  type Props,
  type RecordedResource,
  type Recording,
} from "../../../rehearsal/model/recording";

/** What a run of the program records, written by hand: only what the lab reads, and nothing the program computed. */
export interface HandOptions {
  readonly topology?: "single-tunnel" | "dual-tunnel" | "active-active";
  /** Whether Azure's end has a custom policy; Basic gateways have none. */
  readonly pinned?: boolean;
  readonly sampleObject?: boolean;
}

const group = "/subscriptions/0/resourceGroups/g/providers/Microsoft.Network";
const endpointId = "vpce-0123456789abcdef0";
const bucket = "hand-data";
const readerArn = "arn:aws:iam::123456789012:user/hand-reader";

export function handRecording(options: HandOptions = {}): Recording {
  const { topology = "single-tunnel", pinned = topology === "active-active" } = options;
  const connections = topology === "active-active" ? [1, 2] : [1];
  const usedSlots = topology === "single-tunnel" ? [1] : [1, 2];
  const bgp = topology === "active-active";
  return {
    stack: "hand",
    resources: [
      ...azureNetwork(),
      ...awsNetwork(),
      ...connections.map((n) => publicIp(n)),
      azureGateway(connections, bgp),
      ...connections.flatMap((n) => [
        customerGateway(n),
        awsConnection(n, bgp, pinned),
        ...(bgp ? [] : [vpnRoute(n)]),
      ]),
      ...connections.flatMap((n) =>
        usedSlots.flatMap((slot) => [
          localNetworkGateway(n, slot, bgp),
          azureConnection(n, slot, bgp, pinned, connections),
        ]),
      ),
      ...storage(options.sampleObject ?? true),
    ],
    outputs: {
      listCommand: `aws s3 --endpoint-url https://bucket.${endpointId}-abcdefgh.s3.ap-northeast-1.vpce.amazonaws.com --region ap-northeast-1 ls s3://${bucket}`,
    },
    secretOutputs: [],
    refusals: [],
    errors: [],
  };
}

/** The same recording with one resource's inputs changed. */
export function withInputs(recording: Recording, name: string, change: (inputs: Props) => Props): Recording {
  return {
    ...recording,
    resources: recording.resources.map((one) =>
      one.name === name ? { ...one, inputs: change(one.inputs) } : one,
    ),
  };
}

export const insideCidr = (connection: number, slot: number): string =>
  `169.254.2${slot}.${4 * (connection - 1)}/30`;
const inside = (connection: number, slot: number, host: number): string =>
  `169.254.2${slot}.${4 * (connection - 1) + host}`;
const azureAddress = (connection: number): string => `198.51.100.${10 + connection}`;
const awsAddress = (connection: number, slot: number): string => `203.0.113.${10 * connection + slot}`;
const key = (connection: number, slot: number): string => `HandMadeKeyOfTunnel${2 * (connection - 1) + slot}`;

function resource(
  type: string,
  name: string,
  id: string,
  inputs: Props,
  outputs: Props = {},
): RecordedResource {
  return {
    ...{ urn: `urn:pulumi:hand::hand::${type}::${name}`, type, name, id, custom: true, parent: undefined },
    ...{
      inputs,
      outputs: { ...inputs, ...outputs },
      secretInputs: [],
      dependencies: [],
      propertyDependencies: {},
    },
    options: neutralOptions,
  };
}

function azureNetwork(): RecordedResource[] {
  const type = "azure-native:network";
  const subnet = (name: string, addressPrefix: string) =>
    resource(`${type}:Subnet`, name, `${group}/virtualNetworks/v/subnets/${name}`, {
      ...{ virtualNetworkName: "v", resourceGroupName: "g", subnetName: name, addressPrefix },
    });
  return [
    resource(
      `${type}:VirtualNetwork`,
      "azure-network",
      `${group}/virtualNetworks/v`,
      { resourceGroupName: "g", addressSpace: { addressPrefixes: ["10.0.1.0/24"] } },
      { name: "v" },
    ),
    subnet("client", "10.0.1.0/28"),
    subnet("GatewaySubnet", "10.0.1.224/27"),
  ];
}

function awsNetwork(): RecordedResource[] {
  return [
    resource("aws:ec2/vpc:Vpc", "aws-network", "vpc-1", { cidrBlock: "10.0.0.0/24" }),
    resource(
      "aws:ec2/subnet:Subnet",
      "aws-subnet",
      "subnet-1",
      { vpcId: "vpc-1", cidrBlock: "10.0.0.0/24" },
      { availabilityZone: "ap-northeast-1a" },
    ),
    resource("aws:ec2/routeTable:RouteTable", "aws-routes", "rtb-1", { vpcId: "vpc-1" }),
    resource("aws:ec2/routeTableAssociation:RouteTableAssociation", "aws-routes-a", "rtbassoc-1", {
      ...{ routeTableId: "rtb-1", subnetId: "subnet-1" },
    }),
    resource("aws:ec2/vpnGateway:VpnGateway", "vpn-aws-gateway", "vgw-1", { amazonSideAsn: "64512" }),
    resource("aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment", "vpn-aws-attachment", "attachment-1", {
      ...{ vpcId: "vpc-1", vpnGatewayId: "vgw-1" },
    }),
    resource(
      "aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation",
      "vpn-aws-propagation",
      "prop-1",
      {
        ...{ vpnGatewayId: "vgw-1", routeTableId: "rtb-1" },
      },
    ),
  ];
}

function publicIp(connection: number): RecordedResource {
  const id = `${group}/publicIPAddresses/ip${connection}`;
  const outputs = { ipAddress: azureAddress(connection) };
  return resource("azure-native:network:PublicIPAddress", `vpn-azure-ip${connection}`, id, {}, outputs);
}

const gatewayId = `${group}/virtualNetworkGateways/vpn-gateway`;
const instanceId = (connection: number): string => `${gatewayId}/ipConfigurations/instance${connection - 1}`;

function azureGateway(connections: readonly number[], bgp: boolean): RecordedResource {
  return resource("azure-native:network:VirtualNetworkGateway", "vpn-azure-gateway", gatewayId, {
    ...{ gatewayType: "Vpn", vpnType: "RouteBased", enableBgp: bgp, activeActive: connections.length > 1 },
    sku: { name: bgp ? "VpnGw2AZ" : "Basic" },
    ipConfigurations: connections.map((n) => ({
      name: `instance${n - 1}`,
      publicIPAddress: { id: `${group}/publicIPAddresses/ip${n}` },
      subnet: { id: `${group}/virtualNetworks/v/subnets/GatewaySubnet` },
    })),
    bgpSettings: {
      asn: 65000,
      bgpPeeringAddresses: connections.map((n) => ({
        ipconfigurationId: instanceId(n),
        customBgpIpAddresses: [inside(n, 1, 2), inside(n, 2, 2)],
      })),
    },
  });
}

function localNetworkGateway(connection: number, slot: number, bgp: boolean): RecordedResource {
  const name = `local-gateway${connection}${slot}`;
  return resource("azure-native:network:LocalNetworkGateway", name, `${group}/localNetworkGateways/${name}`, {
    gatewayIpAddress: awsAddress(connection, slot),
    ...(bgp
      ? { bgpSettings: { asn: 64512, bgpPeeringAddress: inside(connection, slot, 1) } }
      : { localNetworkAddressSpace: { addressPrefixes: ["10.0.0.0/24"] } }),
  });
}

function azureConnection(
  connection: number,
  slot: number,
  bgp: boolean,
  pinned: boolean,
  connections: readonly number[],
): RecordedResource {
  const name = `connection${connection}${slot}`;
  return resource(
    "azure-native:network:VirtualNetworkGatewayConnection",
    name,
    `${group}/connections/${name}`,
    {
      ...{ connectionType: "IPsec", connectionProtocol: "IKEv2", enableBgp: bgp, dpdTimeoutSeconds: 45 },
      connectionMode: pinned ? "ResponderOnly" : "Default",
      virtualNetworkGateway1: { id: gatewayId },
      localNetworkGateway2: { id: `${group}/localNetworkGateways/local-gateway${connection}${slot}` },
      sharedKey: key(connection, slot),
      ipsecPolicies: pinned ? [azurePolicy] : [],
      gatewayCustomBgpIpAddresses: bgp
        ? connections.map((n) => ({
            ipConfigurationId: instanceId(n),
            customBgpIpAddress: inside(n, n === connection ? slot : 1, 2),
          }))
        : [],
    },
  );
}

export const azurePolicy = {
  ...{ ikeEncryption: "AES256", ikeIntegrity: "SHA384", dhGroup: "ECP384" },
  ...{ ipsecEncryption: "GCMAES256", ipsecIntegrity: "GCMAES256", pfsGroup: "ECP384" },
  ...{ saLifeTimeSeconds: 3600, saDataSizeKilobytes: 102_400_000 },
};

function customerGateway(connection: number): RecordedResource {
  return resource(
    "aws:ec2/customerGateway:CustomerGateway",
    `vpn-aws-customer${connection}`,
    `cgw-${connection}`,
    {
      ...{ ipAddress: azureAddress(connection), bgpAsn: "65000", type: "ipsec.1" },
    },
  );
}

function awsConnection(connection: number, bgp: boolean, pinned: boolean): RecordedResource {
  const options = (slot: number): [string, Props[string]][] =>
    Object.entries({
      ...{
        InsideCidr: insideCidr(connection, slot),
        PresharedKey: key(connection, slot),
        IkeVersions: ["ikev2"],
      },
      Phase1EncryptionAlgorithms: ["AES256"],
      Phase1IntegrityAlgorithms: [pinned ? "SHA2-384" : "SHA2-256"],
      Phase1DhGroupNumbers: [pinned ? 20 : 2],
      ...{ Phase1LifetimeSeconds: 28_800, Phase2LifetimeSeconds: 3600, RekeyMarginTimeSeconds: 270 },
      Phase2EncryptionAlgorithms: [pinned ? "AES256-GCM-16" : "AES256"],
      Phase2IntegrityAlgorithms: [pinned ? "SHA2-384" : "SHA2-256"],
      Phase2DhGroupNumbers: [pinned ? 20 : 14],
      ...{ StartupAction: "start", DpdTimeoutAction: "restart", DpdTimeoutSeconds: 30 },
    }).map(([option, value]) => [`tunnel${slot}${option}`, value]);
  const computed = (slot: number): Props => ({
    [`tunnel${slot}Address`]: awsAddress(connection, slot),
    [`tunnel${slot}VgwInsideAddress`]: inside(connection, slot, 1),
    [`tunnel${slot}CgwInsideAddress`]: inside(connection, slot, 2),
  });
  return resource(
    "aws:ec2/vpnConnection:VpnConnection",
    `vpn-aws-connection${connection}`,
    `vpn-${connection}`,
    {
      ...{ customerGatewayId: `cgw-${connection}`, vpnGatewayId: "vgw-1", staticRoutesOnly: !bgp },
      ...Object.fromEntries([...options(1), ...options(2)]),
    },
    { ...computed(1), ...computed(2) },
  );
}

function vpnRoute(connection: number): RecordedResource {
  return resource(
    "aws:ec2/vpnConnectionRoute:VpnConnectionRoute",
    `route${connection}`,
    `route-${connection}`,
    {
      ...{ vpnConnectionId: `vpn-${connection}`, destinationCidrBlock: "10.0.1.0/24" },
    },
  );
}

function storage(sampleObject: boolean): RecordedResource[] {
  const allow = (Action: string, Resource: string) => ({
    ...{ Effect: "Allow", Principal: { AWS: readerArn }, Action, Resource },
  });
  const throughEndpoint = { Condition: { StringEquals: { "aws:SourceVpce": endpointId } } };
  const bucketArn = `arn:aws:s3:::${bucket}`;
  const actions = [allow("s3:ListBucket", bucketArn), allow("s3:GetObject", `${bucketArn}/*`)];
  const policy = (Statement: readonly object[]): string =>
    JSON.stringify({ Version: "2012-10-17", Statement });
  return [
    resource(
      "aws:ec2/vpcEndpoint:VpcEndpoint",
      "s3-endpoint",
      endpointId,
      {
        ...{ vpcId: "vpc-1", vpcEndpointType: "Interface", serviceName: "com.amazonaws.ap-northeast-1.s3" },
        ...{ subnetIds: ["subnet-1"], policy: policy(actions) },
      },
      { dnsEntries: [{ dnsName: `*.${endpointId}-abcdefgh.s3.ap-northeast-1.vpce.amazonaws.com` }] },
    ),
    resource("aws:s3/bucket:Bucket", "s3-data", bucket, {}, { bucket }),
    resource("aws:s3/bucketPolicy:BucketPolicy", "s3-data-policy", bucket, {
      ...{ bucket, policy: policy(actions.map((statement) => ({ ...statement, ...throughEndpoint }))) },
    }),
    ...(sampleObject
      ? [
          resource("aws:s3/bucketObjectv2:BucketObjectv2", "s3-data-sample", "hello.txt", {
            ...{ bucket, key: "hello.txt", content: "seen through the tunnel\n" },
          }),
        ]
      : []),
    resource("aws:iam/user:User", "s3-reader", "hand-reader", {}, { arn: readerArn, name: "hand-reader" }),
    resource(
      "aws:iam/accessKey:AccessKey",
      "s3-reader-key",
      "AKIAHANDMADE00000000",
      { user: "hand-reader" },
      { secret: "HandMadeSecretHandMadeSecretHandMadeSecr" },
    ),
  ];
}
