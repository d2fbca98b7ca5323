import type { Props } from "../../../rehearsal/model/recording";
import { output, type Estate, type Made } from "./estates";
import { address, awsNetwork, azureNetwork, inGroup, planned } from "./networkEstates";

export const key = "AbcdefghijklmnopqrstuvwxyzABCDEF";

export function tunnel(slot: 1 | 2, insideCidr: string): Props {
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

export const ipsecPolicy = {
  ikeEncryption: "AES256",
  ikeIntegrity: "SHA384",
  dhGroup: "ECP384",
  ipsecEncryption: "GCMAES256",
  ipsecIntegrity: "GCMAES256",
  pfsGroup: "ECP384",
  saLifeTimeSeconds: 3600,
  saDataSizeKilobytes: 102400000,
};

export const gatewayConfiguration = (made: Made, name: string, ip: string): Props => ({
  name,
  privateIPAllocationMethod: "Dynamic",
  publicIPAddress: { id: made(ip).id },
  subnet: { id: made("gatewaySubnet").id },
});

export const gatewayName = "gateway";
export const gatewayId = `/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/group/providers/Microsoft.Network/virtualNetworkGateways/${gatewayName}`;

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
