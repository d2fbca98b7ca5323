import { NetworkManagementClient, type VirtualNetworkGatewayConnection } from "@azure/arm-network";
import type { StackOutputs } from "../../../outputs";
import type { Answer } from "../facts/answer";
import type { AzureAccess } from "./access";
import { ask } from "./ask";
import { collectClientVm } from "./clientVm";
import { nameOf, partsOf } from "../facts/ids";
import { speaksBgp } from "../facts/routing";
import type { AzureConnectionFacts, AzureFacts, ConnectionEnd, SecurityRuleFacts } from "../facts/azure";
import { collectAzureNetwork } from "./azureNetwork";
import { connectionCares, gatewayCares, siteCares, unknownOf } from "./properties";

const read = (type: string) => `Microsoft.Network/${type}/read`;
const types = {
  gateway: "virtualNetworkGateways",
  connection: "connections",
  site: "localNetworkGateways",
  group: "networkSecurityGroups",
} as const;

const scope = "https://management.azure.com/.default";

/** Collects everything of Azure at once; without a token, that is the one problem. */
export async function collectAzure(access: AzureAccess, outputs: StackOutputs): Promise<Answer<AzureFacts>> {
  const about = "Azure";
  const token = await ask(about, read(types.gateway), async () => {
    await access.credential.getToken(scope);
    return true;
  });
  if ("problem" in token) return token;
  const { vpn, azureNetwork, clientVm } = outputs;
  const { subscription } = partsOf(vpn.azureGatewayId);
  const client = new NetworkManagementClient(access.credential, subscription, access.options);
  const bgp = speaksBgp(outputs);
  const [gateway, connections, bgpPeers, learnedRoutes, network, clientRules, machine] = await Promise.all([
    collectGateway(client, vpn.azureGatewayId),
    Promise.all(vpn.tunnels.map(async (tunnel) => [tunnel.name, await collectEnd(client, tunnel)] as const)),
    bgp ? collectPeers(client.virtualNetworkGateways, vpn.azureGatewayId) : undefined,
    bgp ? collectRoutes(client.virtualNetworkGateways, vpn.azureGatewayId) : undefined,
    collectAzureNetwork(client, azureNetwork),
    azureNetwork.clientSecurityGroupId === undefined
      ? undefined
      : collectClientRules(client, azureNetwork.clientSecurityGroupId),
    clientVm === undefined ? undefined : collectClientVm(access, clientVm.id),
  ]);
  const value = { gateway, bgpPeers, learnedRoutes, ...network, clientRules, clientVm: machine };
  return { about, value: { ...value, connections: Object.fromEntries(connections) } };
}

function collectGateway(client: NetworkManagementClient, id: string): Promise<AzureFacts["gateway"]> {
  const { group, name } = partsOf(id);
  return ask(`the Azure gateway ${name}`, read(types.gateway), async () => {
    const gateway = await client.virtualNetworkGateways.get(group, name);
    return {
      provisioningState: gateway.provisioningState ?? "",
      activeActive: gateway.active ?? false,
      bgp: gateway.enableBgp ?? false,
      asn: gateway.bgpSettings?.asn,
      instances: (gateway.bgpSettings?.bgpPeeringAddresses ?? []).map((instance) => ({
        ipConfigurationId: instance.ipconfigurationId?.toLowerCase() ?? "",
        publicAddresses: instance.tunnelIpAddresses ?? [],
        bgpAddresses: instance.customBgpIpAddresses ?? [],
      })),
      vpnType: `${gateway.gatewayType ?? "no type"}, ${gateway.vpnType ?? "no type"}`,
      unknown: unknownOf(gateway, gatewayCares),
    };
  });
}

/** Never the shared key: that is another call, and another permission. */
async function collectEnd(
  client: NetworkManagementClient,
  tunnel: StackOutputs["vpn"]["tunnels"][number],
): Promise<ConnectionEnd> {
  const { group, name } = partsOf(tunnel.azureConnectionId);
  let siteId: string | undefined;
  const connection = await ask(`the Azure connection of ${tunnel.name}`, read(types.connection), async () => {
    const found = await client.virtualNetworkGatewayConnections.get(group, name);
    siteId = found.localNetworkGateway2?.id;
    return connectionFacts(found);
  });
  const site = await ask(`the local network gateway of ${tunnel.name}`, read(types.site), async () => {
    if (siteId === undefined) return undefined;
    const parts = partsOf(siteId);
    const found = await client.localNetworkGateways.get(parts.group, parts.name);
    return {
      address: found.gatewayIpAddress ?? "",
      prefixes: found.localNetworkAddressSpace?.addressPrefixes ?? [],
      bgpAddress: found.bgpSettings?.bgpPeeringAddress,
      asn: found.bgpSettings?.asn,
      unknown: unknownOf(found, siteCares),
    };
  });
  return { connection, site };
}

/** Field by field: the answer has one for the shared key. */
function connectionFacts(found: VirtualNetworkGatewayConnection): AzureConnectionFacts {
  return {
    provisioningState: found.provisioningState ?? "",
    status: found.connectionStatus ?? "Unknown",
    protocol: found.connectionProtocol ?? "",
    policies: found.ipsecPolicies ?? [],
    gatewayId: found.virtualNetworkGateway1.id ?? "",
    type: found.connectionType,
    mode: found.connectionMode,
    dpdSeconds: found.dpdTimeoutSeconds,
    bgp: found.enableBgp ?? false,
    bgpAddresses: (found.gatewayCustomBgpIpAddresses ?? []).map((one) => ({
      ipConfigurationId: one.ipConfigurationId.toLowerCase(),
      address: one.customBgpIpAddress,
    })),
    trafficSelectors: found.trafficSelectorPolicies?.length ?? 0,
    policyBasedSelectors: found.usePolicyBasedTrafficSelectors ?? false,
    natRules: [...(found.ingressNatRules ?? []), ...(found.egressNatRules ?? [])].map(({ id = "" }) =>
      nameOf(id),
    ),
    authentication: found.authenticationType,
    unknown: unknownOf(found, connectionCares),
  };
}

/** Milliseconds between the polls of an operation that takes a while. */
const poll = { updateIntervalInMs: 1_000 };

type Gateways = NetworkManagementClient["virtualNetworkGateways"];

function collectPeers(gateways: Gateways, id: string): Promise<NonNullable<AzureFacts["bgpPeers"]>> {
  const { group, name } = partsOf(id);
  const permission = "Microsoft.Network/virtualNetworkGateways/getbgppeerstatus/action";
  return ask("the Azure gateway's BGP peers", permission, async () => {
    const { value = [] } = await gateways.beginGetBgpPeerStatusAndWait(group, name, poll);
    return value.map((peer) => ({ neighbor: peer.neighbor ?? "", state: peer.state ?? "Unknown" }));
  });
}

function collectRoutes(gateways: Gateways, id: string): Promise<NonNullable<AzureFacts["learnedRoutes"]>> {
  const { group, name } = partsOf(id);
  const permission = "Microsoft.Network/virtualNetworkGateways/getlearnedroutes/action";
  return ask("the Azure gateway's routes", permission, async () => {
    const { value = [] } = await gateways.beginGetLearnedRoutesAndWait(group, name, poll);
    return value.map((route) => ({ network: route.network ?? "", origin: route.origin ?? "" }));
  });
}

function collectClientRules(
  client: NetworkManagementClient,
  id: string,
): Promise<NonNullable<AzureFacts["clientRules"]>> {
  const { group, name } = partsOf(id);
  return ask(`the Azure network security group ${name}`, read(types.group), async () => {
    const found = await client.networkSecurityGroups.get(group, name);
    const all = [...(found.securityRules ?? []), ...(found.defaultSecurityRules ?? [])];
    return all.map((rule): SecurityRuleFacts => ({
      name: rule.name ?? "",
      direction: rule.direction ?? "",
      access: rule.access ?? "",
      priority: rule.priority ?? 65_500,
      protocol: rule.protocol ?? "",
      sourcePorts: either(rule.sourcePortRange, rule.sourcePortRanges),
      destinationPorts: either(rule.destinationPortRange, rule.destinationPortRanges),
      sources: either(rule.sourceAddressPrefix, rule.sourceAddressPrefixes),
      destinations: either(rule.destinationAddressPrefix, rule.destinationAddressPrefixes),
      namesGroups:
        [
          ...(rule.sourceApplicationSecurityGroups ?? []),
          ...(rule.destinationApplicationSecurityGroups ?? []),
        ].length > 0,
    }));
  });
}

/** Azure has one field for one value and another for several. */
function either(one: string | undefined, several: readonly string[] | undefined): readonly string[] {
  return [...(one === undefined || one === "" ? [] : [one]), ...(several ?? [])];
}
