import { access, address, azureCommon, downs, each, none, type Impacts } from "../../rehearsal/clouds/impact";

const groups = "https://learn.microsoft.com/azure/azure-resource-manager/management/delete-resource-group";
const networks = "https://learn.microsoft.com/azure/virtual-network/manage-virtual-network";
const subnets = "https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-subnet";
const security = "https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview";
const ips = "https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses";
const skus = "https://learn.microsoft.com/azure/vpn-gateway/gateway-sku-resize";
const settings = "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings";
const bgp = "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-howto-aws-bgp";
const ipsec = "https://learn.microsoft.com/azure/vpn-gateway/ipsec-ike-policy-howto";
const sharedKeys = "https://github.com/hashicorp/terraform-provider-azurerm/issues/11673";

const replacedGroup = address(
  "a resource group takes everything in it along, the gateway's addresses too",
  groups,
);
const replacedNetwork = address(
  "everything in the network is replaced with it, and its id is an output",
  networks,
);
const replacedSubnet = address(
  "machines in the subnet lose their addresses, and its id is an output",
  subnets,
);
const rules = access("what the client subnet lets through changes at once", security);
const replacedSecurity = address(
  "its id is an output; while it is replaced the client subnet has no rules",
  security,
);
const replacedIp = address(
  "AWS knows this address as its customer gateway: the tunnels to it go down until it knows the new one",
  ips,
);
const replacedGateway = downs(
  "all",
  "a gateway takes up to 45 minutes to make, and longer with its deletion",
  settings,
);
const changedGateway = (why: string) => downs("all", why, settings);
const replacedSite = downs("its own", "the connection is replaced with it", settings);
const replacedConnection = downs(
  "its own",
  "Azure deletes the connection and makes it anew: the tunnel goes down for some minutes",
  sharedKeys,
);
const changedConnection = (why: string, source: string) => downs("its own", why, source);

export const azureRules: Readonly<Record<string, Impacts>> = {
  "azure-native:resources:ResourceGroup": {
    create: none("an empty group", groups),
    delete: replacedGroup,
    replace: replacedGroup,
    properties: azureCommon(replacedGroup),
  },
  "azure-native:network:VirtualNetwork": {
    create: none("an empty network", networks),
    delete: replacedNetwork,
    replace: replacedNetwork,
    properties: {
      ...azureCommon(replacedNetwork, "virtualNetworkName"),
      addressSpace: access("networks that are added or taken away change what is routed here", networks),
      ...each(["enableDdosProtection", "enableVmProtection"], none("it does not carry traffic", networks)),
    },
  },
  "azure-native:network:Subnet": {
    create: none("an empty subnet", subnets),
    delete: replacedSubnet,
    replace: replacedSubnet,
    properties: {
      ...azureCommon(replacedSubnet, "subnetName"),
      virtualNetworkName: replacedSubnet,
      addressPrefix: replacedSubnet,
      networkSecurityGroup: rules,
      routeTable: access("the subnet's traffic is led elsewhere", subnets),
      defaultOutboundAccess: access(
        "machines of the subnet get a way out to the internet, or lose it",
        "https://learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access",
      ),
      ...each(
        ["privateEndpointNetworkPolicies", "privateLinkServiceNetworkPolicies"],
        none("it concerns Azure's own private endpoints, of which there are none", subnets),
      ),
    },
  },
  "azure-native:network:NetworkSecurityGroup": {
    create: none("a group guards nothing before it is put on a subnet", security),
    delete: replacedSecurity,
    replace: replacedSecurity,
    properties: { ...azureCommon(replacedSecurity, "networkSecurityGroupName"), securityRules: rules },
  },
  "azure-native:network:PublicIPAddress": {
    create: none("an address that nobody uses yet", ips),
    delete: replacedIp,
    replace: replacedIp,
    properties: {
      ...azureCommon(replacedIp, "publicIpAddressName"),
      ...each(["publicIPAddressVersion", "publicIPAllocationMethod", "sku", "zones"], replacedIp),
    },
  },
  "azure-native:network:VirtualNetworkGateway": {
    create: none("a gateway without connections carries nothing", settings),
    delete: replacedGateway,
    replace: replacedGateway,
    properties: {
      ...azureCommon(replacedGateway, "virtualNetworkGatewayName"),
      ...each(["gatewayType", "vpnGatewayGeneration", "vpnType"], replacedGateway),
      sku: downs("all", "a resize restarts the gateway: the tunnels go down for some minutes", skus),
      activeActive: changedGateway("the gateway gets or loses an instance: its tunnels go down meanwhile"),
      enableBgp: changedGateway("every tunnel is routed otherwise"),
      bgpSettings: changedGateway("every BGP session starts again"),
      ipConfigurations: changedGateway("the gateway's addresses change"),
    },
  },
  "azure-native:network:LocalNetworkGateway": {
    create: none("it stands for an address and carries nothing by itself", settings),
    delete: replacedSite,
    replace: replacedSite,
    properties: {
      ...azureCommon(replacedSite, "localNetworkGatewayName"),
      gatewayIpAddress: changedConnection("the tunnel leads to another address of AWS", settings),
      localNetworkAddressSpace: changedConnection("what Azure sends into the tunnel changes", settings),
      bgpSettings: changedConnection("the tunnel's BGP session starts again", bgp),
    },
  },
  "azure-native:network:VirtualNetworkGatewayConnection": {
    create: none("another tunnel comes up", settings),
    delete: downs("its own", "the tunnel goes down for good", settings),
    replace: replacedConnection,
    properties: {
      ...azureCommon(replacedConnection, "virtualNetworkGatewayConnectionName"),
      ...each(
        [
          "connectionProtocol",
          "connectionType",
          "localNetworkGateway2",
          "sharedKey",
          "virtualNetworkGateway1",
        ],
        replacedConnection,
      ),
      ipsecPolicies: changedConnection(
        "the tunnel negotiates anew, and fails until AWS offers the same suite",
        ipsec,
      ),
      connectionMode: changedConnection("who dials changes: the tunnel may start again", settings),
      dpdTimeoutSeconds: changedConnection("guess: Azure starts the tunnel again to take it over", settings),
      enableBgp: changedConnection("the tunnel is routed otherwise", bgp),
      gatewayCustomBgpIpAddresses: changedConnection("the tunnel's BGP session starts again", bgp),
    },
  },
};
