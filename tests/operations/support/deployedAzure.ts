import type { StackOutputs } from "../../../outputs";
import type { AzureServer, Json } from "./azureServer";
import { deployClient } from "./deployedClient";
import { awsCidr, azureCidr, azureNetwork, clientCidr, gatewayCidr } from "./place";

/** The bodies of Microsoft's REST reference, with the fields that matter. */
export function deployAzure(outputs: StackOutputs, azure: AzureServer): void {
  azure.resources.clear();
  azure.operations.clear();
  deployClient(outputs, azure);
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
    enablePrivateIpAddress: false,
    allowRemoteVnetTraffic: false,
    allowVirtualWanTraffic: false,
    adminState: "Enabled",
    natRules: [],
    vpnGatewayGeneration: bgp ? "Generation2" : "Generation1",
    vpnClientConfiguration: { vpnClientProtocols: [], vpnClientRootCertificates: [] },
    ...(bgp ? { bgpSettings: gatewayBgp(outputs) } : {}),
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
      connectionMode: vpn.ipsec.pinnedOnAzure ? "ResponderOnly" : "Default",
      dpdTimeoutSeconds: 45,
      routingWeight: 10,
      useLocalAzureIpAddress: false,
      usePolicyBasedTrafficSelectors: false,
      trafficSelectorPolicies: [],
      expressRouteGatewayBypass: false,
      ...(bgp
        ? {
            gatewayCustomBgpIpAddresses: instancesOf(outputs).map(([address, tunnels]) => ({
              ipConfigurationId: ipConfigurationId(outputs, address),
              customBgpIpAddress: secondHost(
                (tunnels.find(({ name }) => name === tunnel.name) ?? tunnels[0] ?? tunnel).insideCidr,
              ),
            })),
          }
        : {}),
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
  { azureNetwork: { virtualNetworkId, clientSubnetId = "", clientSecurityGroupId = "" } }: StackOutputs,
  put: (id: string, properties: { [key: string]: Json }) => void,
): void {
  put(virtualNetworkId, {
    provisioningState: "Succeeded",
    addressSpace: { addressPrefixes: [azureCidr] },
    virtualNetworkPeerings: [],
    enableDdosProtection: false,
  });
  put(`${virtualNetworkId}/subnets/GatewaySubnet`, {
    provisioningState: "Succeeded",
    addressPrefix: gatewayCidr,
    delegations: [],
    ipConfigurations: [{ id: "/some/ip-configuration" }],
  });
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
      rule("nothing-else-out", "Outbound", "Deny", 4096, "*", "*", "*", "*"),
      rule("nothing-in", "Inbound", "Deny", 4096, "*", "*", "*", "*"),
    ],
    defaultSecurityRules: [
      rule("AllowVnetInBound", "Inbound", "Allow", 65000, "*", "*", "VirtualNetwork", "VirtualNetwork"),
      rule("AllowAzureLoadBalancerInBound", "Inbound", "Allow", 65001, "*", "*", "AzureLoadBalancer", "*"),
      rule("DenyAllInBound", "Inbound", "Deny", 65500, "*", "*", "*", "*"),
      rule("AllowVnetOutBound", "Outbound", "Allow", 65000, "*", "*", "VirtualNetwork", "VirtualNetwork"),
      rule("AllowInternetOutBound", "Outbound", "Allow", 65001, "*", "*", "*", "Internet"),
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

/** The gateway's instances by their public addresses, with their tunnels. */
function instancesOf({ vpn }: StackOutputs) {
  const addresses = [...new Set(vpn.tunnels.map((tunnel) => tunnel.azurePublicAddress))];
  return addresses.map(
    (address) => [address, vpn.tunnels.filter((one) => one.azurePublicAddress === address)] as const,
  );
}

function ipConfigurationId({ vpn }: StackOutputs, address: string): string {
  return `${vpn.azureGatewayId}/ipConfigurations/of-${address}`;
}

function gatewayBgp(outputs: StackOutputs): { [key: string]: Json } {
  return {
    asn: 65000,
    bgpPeeringAddresses: instancesOf(outputs).map(([address, tunnels]) => ({
      ipconfigurationId: ipConfigurationId(outputs, address),
      defaultBgpIpAddresses: ["10.1.3.4"],
      customBgpIpAddresses: tunnels.map(({ insideCidr }) => secondHost(insideCidr)),
      tunnelIpAddresses: [address],
    })),
  };
}

function secondHost(cidr: string): string {
  return cidr.replace(/(\d+)\/30$/, (_, last: string) => String(Number(last) + 2));
}

function firstHost(cidr: string): string {
  return cidr.replace(/(\d+)\/30$/, (_, last: string) => String(Number(last) + 1));
}
