import type * as arm from "@azure/arm-network";
import { addedTypes, azureTypes } from "../../rehearsal/model/resourceTypes";
import type { SnapshotResource } from "../../rehearsal/model/snapshot";
import { partsOf } from "../verify/facts/ids";
import { type ReportedProps, resource, sorted } from "./resources";

/** A route that a gateway learned, and from whom. */
export type LearnedRoute = Pick<arm.GatewayRoute, "network" | "nextHop" | "asPath" | "origin" | "sourcePeer">;

const idOf = (reference: arm.SubResource | undefined) => ({ id: reference?.id });

/** What is in a resource group by itself, under a name of its own: an input has another word for that in each type. */
function inGroup(
  type: string,
  id: string,
  property: string,
  inputs: ReportedProps,
  outputs: ReportedProps = {},
): SnapshotResource {
  const { group, name } = partsOf(id);
  return resource(type, id, { resourceGroupName: group, [property]: name, ...inputs }, { name, ...outputs });
}

/** How what is inside a network names that network. */
function networkOf(id: string) {
  const { group, name } = partsOf(id);
  return { resourceGroupName: group, virtualNetworkName: name };
}

export function networkResource(id: string, network: arm.VirtualNetwork): SnapshotResource {
  return inGroup(azureTypes.virtualNetwork, id, "virtualNetworkName", {
    location: network.location,
    addressSpace: { addressPrefixes: network.addressSpace?.addressPrefixes },
    dhcpOptions: { dnsServers: network.dhcpOptions?.dnsServers },
  });
}

/** Subnets whose use Azure's own name tells; in others what uses them decides nothing, and changes every day. */
const azuresOwn = /^(GatewaySubnet|AzureFirewall\w*|RouteServerSubnet)$/i;

export function subnetResource(networkId: string, subnet: arm.Subnet): SnapshotResource {
  const { name = "", id = `${networkId}/subnets/${name}` } = subnet;
  return resource(
    azureTypes.subnet,
    id,
    {
      ...networkOf(networkId),
      subnetName: name,
      addressPrefix: subnet.addressPrefix,
      addressPrefixes: subnet.addressPrefix === undefined ? subnet.addressPrefixes : undefined,
      networkSecurityGroup: idOf(subnet.networkSecurityGroup),
      routeTable: idOf(subnet.routeTable),
      natGateway: idOf(subnet.natGateway),
      delegations: sorted(subnet.delegations?.map(({ serviceName }) => ({ serviceName }))),
    },
    {
      name,
      ipConfigurations: azuresOwn.test(name) ? sorted(subnet.ipConfigurations?.map(idOf)) : undefined,
    },
  );
}

export function peeringResource(networkId: string, peering: arm.VirtualNetworkPeering): SnapshotResource {
  const { name = "", id = `${networkId}/virtualNetworkPeerings/${name}` } = peering;
  const space = peering.remoteVirtualNetworkAddressSpace ?? peering.remoteAddressSpace;
  return resource(
    azureTypes.virtualNetworkPeering,
    id,
    {
      ...networkOf(networkId),
      virtualNetworkPeeringName: name,
      remoteVirtualNetwork: idOf(peering.remoteVirtualNetwork),
      allowGatewayTransit: peering.allowGatewayTransit,
      useRemoteGateways: peering.useRemoteGateways,
      allowForwardedTraffic: peering.allowForwardedTraffic,
      allowVirtualNetworkAccess: peering.allowVirtualNetworkAccess,
    },
    {
      name,
      peeringState: peering.peeringState,
      peeringSyncLevel: peering.peeringSyncLevel,
      remoteAddressSpace: { addressPrefixes: space?.addressPrefixes },
    },
  );
}

export function routeTableResource(id: string, table: arm.RouteTable): SnapshotResource {
  return inGroup(addedTypes.azureRouteTable, id, "routeTableName", {
    disableBgpRoutePropagation: table.disableBgpRoutePropagation,
    routes: sorted(
      table.routes?.map(({ name, addressPrefix, nextHopType, nextHopIpAddress }) => {
        return { name, addressPrefix, nextHopType, nextHopIpAddress };
      }),
    ),
  });
}

export function securityGroupResource(id: string, group: arm.NetworkSecurityGroup): SnapshotResource {
  return inGroup(azureTypes.networkSecurityGroup, id, "networkSecurityGroupName", {
    securityRules: sorted(group.securityRules?.map(securityRule)),
  });
}

function securityRule(rule: arm.SecurityRule) {
  return {
    name: rule.name,
    direction: rule.direction,
    priority: rule.priority,
    access: rule.access,
    protocol: rule.protocol,
    sourceAddressPrefix: rule.sourceAddressPrefix,
    sourceAddressPrefixes: sorted(rule.sourceAddressPrefixes),
    sourceApplicationSecurityGroups: sorted(rule.sourceApplicationSecurityGroups?.map(idOf)),
    sourcePortRange: rule.sourcePortRange,
    sourcePortRanges: sorted(rule.sourcePortRanges),
    destinationAddressPrefix: rule.destinationAddressPrefix,
    destinationAddressPrefixes: sorted(rule.destinationAddressPrefixes),
    destinationApplicationSecurityGroups: sorted(rule.destinationApplicationSecurityGroups?.map(idOf)),
    destinationPortRange: rule.destinationPortRange,
    destinationPortRanges: sorted(rule.destinationPortRanges),
  };
}

/** Of VPN and of ExpressRoute. The order of inside addresses counts: a connection without its own takes the first. */
export function gatewayResource(
  id: string,
  gateway: arm.VirtualNetworkGateway,
  learned: readonly LearnedRoute[],
): SnapshotResource {
  const { bgpSettings: bgp } = gateway;
  const speakers = sorted(bgp?.bgpPeeringAddresses);
  return inGroup(
    azureTypes.virtualNetworkGateway,
    id,
    "virtualNetworkGatewayName",
    {
      location: gateway.location,
      gatewayType: gateway.gatewayType,
      vpnType: gateway.vpnType,
      vpnGatewayGeneration: gateway.vpnGatewayGeneration,
      sku: { name: gateway.sku?.name, tier: gateway.sku?.tier },
      activeActive: gateway.active,
      enableBgp: gateway.enableBgp,
      ipConfigurations: gateway.ipConfigurations?.map((one) => ({
        name: one.name,
        privateIPAllocationMethod: one.privateIPAllocationMethod,
        publicIPAddress: idOf(one.publicIPAddress),
        subnet: idOf(one.subnet),
      })),
      bgpSettings: {
        asn: bgp?.asn,
        bgpPeeringAddresses: speakers.map(({ ipconfigurationId, customBgpIpAddresses }) => {
          return { ipconfigurationId, customBgpIpAddresses };
        }),
      },
      customRoutes: { addressPrefixes: gateway.customRoutes?.addressPrefixes },
      natRules: sorted(gateway.natRules?.map(natRule)),
      // Machines that dial in have addresses as well.
      vpnClientConfiguration: {
        vpnClientAddressPool: {
          addressPrefixes: gateway.vpnClientConfiguration?.vpnClientAddressPool?.addressPrefixes,
        },
      },
    },
    {
      provisioningState: gateway.provisioningState,
      bgpSettings: {
        asn: bgp?.asn,
        bgpPeeringAddresses: speakers.map((one) => ({
          ipconfigurationId: one.ipconfigurationId,
          defaultBgpIpAddresses: one.defaultBgpIpAddresses,
          customBgpIpAddresses: one.customBgpIpAddresses,
          tunnelIpAddresses: one.tunnelIpAddresses,
        })),
      },
      learnedRoutes: routesOnce(learned),
    },
  );
}

function natRule(rule: arm.VirtualNetworkGatewayNatRule) {
  const mappings = (list: readonly arm.VpnNatRuleMapping[] | undefined) =>
    list?.map(({ addressSpace, portRange }) => ({ addressSpace, portRange }));
  return {
    name: rule.name,
    type: rule.typePropertiesType,
    mode: rule.mode,
    internalMappings: mappings(rule.internalMappings),
    externalMappings: mappings(rule.externalMappings),
    ipConfigurationId: rule.ipConfigurationId,
  };
}

/** Each instance of a gateway reports them. */
function routesOnce(learned: readonly LearnedRoute[]) {
  const routes = learned.map(({ network, nextHop, asPath, origin }) => ({
    network,
    nextHop,
    asPath,
    origin,
  }));
  return sorted([...new Map(routes.map((route) => [JSON.stringify(route), route])).values()]);
}

/** Field by field: the answer has one for the shared key. */
export function connectionResource(
  id: string,
  connection: arm.VirtualNetworkGatewayConnection,
): SnapshotResource {
  return inGroup(azureTypes.virtualNetworkGatewayConnection, id, "virtualNetworkGatewayConnectionName", {
    location: connection.location,
    connectionType: connection.connectionType,
    connectionProtocol: connection.connectionProtocol,
    virtualNetworkGateway1: idOf(connection.virtualNetworkGateway1),
    virtualNetworkGateway2: idOf(connection.virtualNetworkGateway2),
    localNetworkGateway2: idOf(connection.localNetworkGateway2),
    peer: idOf(connection.peer),
    enableBgp: connection.enableBgp,
    gatewayCustomBgpIpAddresses: sorted(
      connection.gatewayCustomBgpIpAddresses?.map(({ ipConfigurationId, customBgpIpAddress }) => {
        return { ipConfigurationId, customBgpIpAddress };
      }),
    ),
    usePolicyBasedTrafficSelectors: connection.usePolicyBasedTrafficSelectors,
    trafficSelectorPolicies: connection.trafficSelectorPolicies?.map((one) => ({
      localAddressRanges: one.localAddressRanges,
      remoteAddressRanges: one.remoteAddressRanges,
    })),
    ingressNatRules: sorted(connection.ingressNatRules?.map(idOf)),
    egressNatRules: sorted(connection.egressNatRules?.map(idOf)),
  });
}

export function siteResource(id: string, site: arm.LocalNetworkGateway): SnapshotResource {
  return inGroup(azureTypes.localNetworkGateway, id, "localNetworkGatewayName", {
    gatewayIpAddress: site.gatewayIpAddress,
    fqdn: site.fqdn,
    localNetworkAddressSpace: { addressPrefixes: site.localNetworkAddressSpace?.addressPrefixes },
    bgpSettings: { asn: site.bgpSettings?.asn, bgpPeeringAddress: site.bgpSettings?.bgpPeeringAddress },
  });
}

export function publicAddressResource(id: string, address: arm.PublicIPAddress): SnapshotResource {
  const { group, name } = partsOf(id);
  const outputs = { name, ipAddress: address.ipAddress };
  return resource(azureTypes.publicIPAddress, id, { resourceGroupName: group }, outputs);
}
