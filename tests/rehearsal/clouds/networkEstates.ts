import type { Props } from "../../../rehearsal/model/recording";
import { output, type Estate, type Made, type Planned } from "./estates";

export const inGroup = (made: Made): Props => ({
  resourceGroupName: named(made, "group"),
  location: "japaneast",
});

export function named(made: Made, name: string): string {
  return output(made, name, "name");
}

export function address(made: Made, name: string): string {
  return output(made, name, "ipAddress");
}

export function planned(type: string, inputs: (made: Made) => Props): Planned {
  return { type, inputs };
}

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

export const azureNetwork: Estate = {
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

export const awsNetwork: Estate = {
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
