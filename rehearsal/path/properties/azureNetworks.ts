import { words } from "../../clouds/rules";
import { addedTypes, azureTypes } from "../../model/resourceTypes";
import {
  answers,
  atMostOne,
  harmless,
  inside,
  is,
  labels,
  type PathProperties,
  type PathType,
  type Reasoned,
  unjudged,
} from "./table";

const edgeZone = unjudged("an edge zone has limits of its own", "extendedLocation");

const ruleProperties = `access destinationAddressPrefix destinationAddressPrefixes destinationPortRange destinationPortRanges
  direction priority protocol sourceAddressPrefix sourceAddressPrefixes sourcePortRange sourcePortRanges`;

/** Groups of interfaces instead of networks: who is in them stands elsewhere. */
const applicationGroups = (prefix: string) =>
  unjudged(
    "who is in an application security group is not read",
    `${prefix}destinationApplicationSecurityGroups ${prefix}sourceApplicationSecurityGroups`,
  );

const dns: Reasoned = harmless("names of the address, which nothing here asks for", "dnsSettings");

/** Networks, routes and filters in Azure. */
export const azureNetworkProperties = {
  [azureTypes.virtualNetwork]: {
    judged: words("addressSpace.addressPrefixes enableDdosProtection resourceGroupName virtualNetworkName"),
    harmless: [
      labels("location tags"),
      answers("id"),
      harmless("for ExpressRoute only", "bgpCommunities"),
      harmless("protection that lets HTTPS pass", "ddosProtectionPlan enableVmProtection"),
      harmless("how long Azure remembers a connection that says nothing", "flowTimeoutInMinutes"),
      harmless("for private endpoints, of which there are none", "privateEndpointVNetPolicies"),
    ],
    notJudged: [
      edgeZone,
      unjudged(
        "an address pool chooses the network, at deployment",
        "addressSpace.ipamPoolPrefixAllocations ipAllocations",
      ),
      unjudged("DNS servers of its own answer for the endpoint's name", "dhcpOptions"),
      unjudged("encrypted networks drop what some machines send", "encryption"),
      unjudged("subnets are read where they are resources of their own", "subnets"),
      unjudged("a peered network brings routes of its own", "virtualNetworkPeerings"),
    ],
  },
  [azureTypes.virtualNetworkPeering]: {
    judged: words(
      `allowForwardedTraffic allowGatewayTransit allowVirtualNetworkAccess remoteVirtualNetwork.id resourceGroupName
      useRemoteGateways virtualNetworkName virtualNetworkPeeringName`,
    ),
    harmless: [
      labels("name type"),
      answers(
        `id localAddressSpace localVirtualNetworkAddressSpace peeringState peeringSyncLevel remoteAddressSpace
        remoteBgpCommunities remoteVirtualNetworkAddressSpace`,
      ),
      harmless("whether Azure looks for the gateway before it is used", "doNotVerifyRemoteGateways"),
      harmless("it takes over the other network's new addresses", "syncRemoteAddressSpace"),
    ],
    notJudged: [
      unjudged(
        "a peering of single subnets or of IPv6 alone carries less",
        "enableOnlyIPv6Peering localSubnetNames peerCompleteVnets remoteSubnetNames",
      ),
    ],
  },
  [azureTypes.subnet]: {
    judged: words(
      `addressPrefix defaultOutboundAccess networkSecurityGroup.id resourceGroupName routeTable.id subnetName
      virtualNetworkName`,
    ),
    harmless: [
      labels("name type"),
      answers("id"),
      harmless(
        "for private endpoints and links, of which there are none",
        "privateEndpointNetworkPolicies privateLinkServiceNetworkPolicies",
      ),
      harmless("who else may use it", "sharingScope"),
    ],
    notJudged: [
      unjudged("only the first of several networks is read", "addressPrefixes", atMostOne),
      unjudged(
        "an address pool chooses the network, at deployment",
        "ipAllocations ipamPoolPrefixAllocations",
      ),
      unjudged(
        "an application gateway or a service of Azure's lives there",
        "applicationGatewayIPConfigurations delegations",
      ),
      unjudged("a NAT gateway takes what leaves for the internet", "natGateway"),
      unjudged("service endpoints bring routes of their own", "serviceEndpoints serviceEndpointPolicies"),
      unjudged("rules are read in the group itself", "networkSecurityGroup"),
      unjudged("routes are read in the table itself", "routeTable"),
    ],
  },
  [azureTypes.networkSecurityGroup]: {
    judged: [
      ...words("networkSecurityGroupName resourceGroupName"),
      ...inside("securityRules", `name ${ruleProperties}`),
    ],
    harmless: [
      labels("location tags securityRules.description securityRules.type"),
      answers("id securityRules.etag securityRules.id securityRules.provisioningState"),
      harmless("whether a change of rules ends connections", "flushConnection"),
    ],
    notJudged: [applicationGroups("securityRules.")],
  },
  [addedTypes.azureSecurityRule]: {
    judged: words(`networkSecurityGroupName resourceGroupName securityRuleName ${ruleProperties}`),
    harmless: [labels("description name type"), answers("id")],
    notJudged: [applicationGroups("")],
  },
  [addedTypes.azureRouteTable]: {
    judged: [
      ...words("disableBgpRoutePropagation resourceGroupName routeTableName"),
      ...inside("routes", "addressPrefix name nextHopIpAddress nextHopType"),
    ],
    harmless: [
      labels("location tags routes.type"),
      answers("id routes.etag routes.id routes.provisioningState"),
    ],
    notJudged: [],
  },
  [addedTypes.azureRoute]: {
    judged: words("addressPrefix nextHopIpAddress nextHopType resourceGroupName routeName routeTableName"),
    harmless: [labels("name type"), answers("id")],
    notJudged: [],
  },
  [azureTypes.publicIPAddress]: {
    judged: words(
      `publicIPAddressVersion publicIPAllocationMethod publicIpAddressName resourceGroupName sku.name sku.tier zones`,
    ),
    harmless: [
      labels("location tags"),
      answers("id"),
      dns,
      harmless("protection that lets IPsec pass", "ddosSettings"),
      harmless("by which network operators packets travel", "ipTags"),
      harmless("from which range Azure takes the address", "publicIPPrefix"),
      harmless("what becomes of it once nothing uses it", "deleteOption"),
      harmless("for load balancers and machines", "idleTimeoutInMinutes"),
    ],
    notJudged: [
      edgeZone,
      unjudged("the address that Azure answers is read, not one that is asked for", "ipAddress"),
      unjudged(
        "another address stands for this one",
        "linkedPublicIPAddress migrationPhase servicePublicIPAddress",
      ),
      unjudged("a NAT gateway has the address", "natGateway"),
    ],
  },
  [azureTypes.networkInterface]: {
    judged: [
      ...words("enableIPForwarding resourceGroupName networkInterfaceName"),
      ...inside("ipConfigurations", "publicIPAddress.id subnet.id"),
    ],
    harmless: [
      labels("location tags workloadType ipConfigurations.name ipConfigurations.type"),
      answers("id ipConfigurations.id"),
      harmless("how fast it is", "auxiliaryMode auxiliarySku enableAcceleratedNetworking"),
      harmless(
        "which address of the subnet it has, for the whole of which the path is judged",
        `ipConfigurations.primary ipConfigurations.privateIPAddress ipConfigurations.privateIPAddressPrefixLength
        ipConfigurations.privateIPAllocationMethod`,
      ),
    ],
    notJudged: [
      edgeZone,
      unjudged("the interface's own security group filters as well", "networkSecurityGroup"),
      unjudged("DNS servers of its own answer for the endpoint's name", "dnsSettings"),
      unjudged("without its state a connection may lose its answers", "disableTcpStateTracking", is(false)),
      unjudged(
        "rules may name its application security groups",
        "ipConfigurations.applicationSecurityGroups",
      ),
      unjudged(
        "load balancers and gateways take its packets",
        `ipConfigurations.applicationGatewayBackendAddressPools ipConfigurations.gatewayLoadBalancer
        ipConfigurations.loadBalancerBackendAddressPools ipConfigurations.loadBalancerInboundNatRules
        ipConfigurations.virtualNetworkTaps`,
      ),
      unjudged("the path is IPv4", "ipConfigurations.privateIPAddressVersion", is("IPv4")),
      unjudged(
        "subnet and address are read where they are resources of their own",
        "ipConfigurations.publicIPAddress ipConfigurations.subnet",
      ),
      unjudged("an elastic interface or a private link is none of a client's", "nicType", is("Standard")),
      unjudged(
        "an interface that migrates or offers a private link is none of a client's",
        "migrationPhase privateLinkService",
      ),
    ],
  },
} satisfies Partial<Record<PathType, PathProperties>>;
