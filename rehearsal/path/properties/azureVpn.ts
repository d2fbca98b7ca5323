import { words } from "../../clouds/rules";
import { azureTypes } from "../../model/resourceTypes";
import { answers, harmless, inside, is, labels, type PathProperties, type PathType, unjudged } from "./table";

/** The VPN in Azure. */
export const azureVpnProperties = {
  [azureTypes.localNetworkGateway]: {
    judged: words(
      `bgpSettings.asn bgpSettings.bgpPeeringAddress gatewayIpAddress localNetworkAddressSpace.addressPrefixes
      localNetworkGatewayName resourceGroupName`,
    ),
    harmless: [labels("location tags"), answers("id")],
    notJudged: [
      unjudged("the tunnel's far end is matched by its address, not by a name", "fqdn"),
      unjudged("only one BGP address of the far end is compared", "bgpSettings.bgpPeeringAddresses"),
      unjudged("weights prefer one tunnel's routes to another's", "bgpSettings.peerWeight", is(0)),
      unjudged(
        "an address pool chooses the network, at deployment",
        "localNetworkAddressSpace.ipamPoolPrefixAllocations",
      ),
    ],
  },
  [azureTypes.virtualNetworkGateway]: {
    judged: [
      ...words(`activeActive bgpSettings.asn enableBgp gatewayType resourceGroupName sku.name sku.tier
        virtualNetworkGatewayName vpnGatewayGeneration vpnType`),
      ...inside("bgpSettings.bgpPeeringAddresses", "customBgpIpAddresses ipconfigurationId"),
      ...inside("ipConfigurations", "name privateIPAllocationMethod publicIPAddress.id subnet.id"),
    ],
    harmless: [
      labels("location tags"),
      answers("id ipConfigurations.id"),
      harmless("who it is to other services of Azure", "identity"),
      harmless("for ExpressRoute only", "adminState autoScaleConfiguration resiliencyModel"),
    ],
    notJudged: [
      unjudged("NAT changes the addresses that both ends see", "natRules"),
      unjudged("BGP then announces translated addresses", "enableBgpRouteTranslationForNat", is(false)),
      unjudged("everything that has no route of its own goes to this site", "gatewayDefaultSite"),
      unjudged("it announces further networks", "customRoutes"),
      unjudged("Azure chooses the address, and rejects another", "bgpSettings.bgpPeeringAddress"),
      unjudged("weights prefer one gateway's routes to another's", "bgpSettings.peerWeight", is(0)),
      unjudged("tunnels may then end at private addresses", "enablePrivateIpAddress", is(false)),
      unjudged("it then answers for names as well", "enableDnsForwarding", is(false)),
      unjudged("packets that come late are let in", "disableIPSecReplayProtection", is(false)),
      unjudged("it then carries other networks", "allowRemoteVnetTraffic allowVirtualWanTraffic", is(false)),
      unjudged(
        "dial-in clients bring networks of their own",
        "vpnClientConfiguration virtualNetworkGatewayPolicyGroups",
      ),
      unjudged("an edge zone has limits of its own", "extendedLocation vNetExtendedLocationResourceId"),
    ],
  },
  [azureTypes.virtualNetworkGatewayConnection]: {
    judged: [
      ...words(`connectionMode connectionProtocol connectionType dpdTimeoutSeconds enableBgp localNetworkGateway2.id
        resourceGroupName sharedKey usePolicyBasedTrafficSelectors virtualNetworkGateway1.id
        virtualNetworkGatewayConnectionName`),
      ...inside("gatewayCustomBgpIpAddresses", "customBgpIpAddress ipConfigurationId"),
      ...inside(
        "ipsecPolicies",
        `dhGroup ikeEncryption ikeIntegrity ipsecEncryption ipsecIntegrity pfsGroup saDataSizeKilobytes
        saLifeTimeSeconds`,
      ),
    ],
    harmless: [labels("location tags"), answers("id")],
    notJudged: [
      unjudged("NAT changes the addresses that both ends see", "egressNatRules ingressNatRules"),
      unjudged("narrower selectors leave packets out of the tunnel", "trafficSelectorPolicies"),
      unjudged("weights prefer one connection to another", "routingWeight", is(0)),
      unjudged("the tunnel may then end at a private address", "useLocalAzureIpAddress", is(false)),
      unjudged("for connections to a circuit, which this is not", "authorizationKey peer"),
      unjudged(
        "ExpressRoute then goes past the gateway",
        "enablePrivateLinkFastPath expressRouteGatewayBypass",
        is(false),
      ),
      unjudged("for connections between two of Azure's gateways", "virtualNetworkGateway2"),
      unjudged(
        "gateway and site are read where they are resources of their own",
        "localNetworkGateway2 virtualNetworkGateway1",
      ),
    ],
  },
} satisfies Partial<Record<PathType, PathProperties>>;
