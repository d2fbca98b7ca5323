import type {
  LocalNetworkGateway,
  Subnet,
  VirtualNetwork,
  VirtualNetworkGateway,
  VirtualNetworkGatewayConnection,
} from "@azure/arm-network";
import type { TunnelOption, VpcEndpoint, VpnConnectionOptions } from "@aws-sdk/client-ec2";

/** What verify does with a property: it judges it, does not need to, or reports it as not judged where it is set. */
type Care = "judged" | "harmless" | "unknown";

/** Every property that the SDK's own type has; one that a later SDK adds does not compile until it is placed here. */
type Cares<Model> = Readonly<Record<keyof Model, Care>>;

/** Of the properties that are set, those that nobody here knows; a property without an entry is one of them. */
export function unknownOf<Model extends object>(model: Model, cares: Cares<Model>): readonly string[] {
  const known = (name: string) => Object.hasOwn(cares, name) && cares[name as keyof Model] !== "unknown";
  return Object.entries(model)
    .filter(([name, value]) => !known(name) && isSet(value))
    .map(([name]) => name);
}

/** Azure fills what nobody set with empty objects, `false` and `None`. */
function isSet(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.values(value).some(isSet);
  return ![undefined, null, false, "", 0, "None", "Disabled"].includes(value as null);
}

const resource = {
  id: "harmless",
  name: "harmless",
  type: "harmless",
  location: "harmless",
  tags: "harmless",
  etag: "harmless",
  provisioningState: "judged",
  resourceGuid: "harmless",
} as const;

/** @see https://learn.microsoft.com/rest/api/network-gateway/virtual-network-gateways/get */
export const gatewayCares: Cares<VirtualNetworkGateway> = {
  ...resource,
  ipConfigurations: "judged",
  gatewayType: "judged",
  vpnType: "judged",
  vpnGatewayGeneration: "harmless",
  enableBgp: "judged",
  active: "judged",
  bgpSettings: "judged",
  sku: "harmless",
  identity: "harmless",
  autoScaleConfiguration: "harmless",
  resiliencyModel: "harmless",
  adminState: "harmless",
  virtualNetworkGatewayMigrationStatus: "unknown",
  enableHighBandwidthVpnGateway: "unknown",
  disableIPSecReplayProtection: "unknown",
  enablePrivateIpAddress: "unknown",
  gatewayDefaultSite: "unknown",
  customRoutes: "unknown",
  natRules: "unknown",
  enableBgpRouteTranslationForNat: "unknown",
  vpnClientConfiguration: "unknown",
  virtualNetworkGatewayPolicyGroups: "unknown",
  enableDnsForwarding: "unknown",
  inboundDnsForwardingEndpoint: "unknown",
  allowVirtualWanTraffic: "unknown",
  allowRemoteVnetTraffic: "unknown",
  extendedLocation: "unknown",
  vNetExtendedLocationResourceId: "unknown",
};

/** @see https://learn.microsoft.com/rest/api/network-gateway/virtual-network-gateway-connections/get */
export const connectionCares: Cares<VirtualNetworkGatewayConnection> = {
  ...resource,
  virtualNetworkGateway1: "judged",
  localNetworkGateway2: "judged",
  connectionType: "judged",
  connectionProtocol: "judged",
  connectionMode: "judged",
  connectionStatus: "judged",
  dpdTimeoutSeconds: "judged",
  enableBgp: "judged",
  gatewayCustomBgpIpAddresses: "judged",
  usePolicyBasedTrafficSelectors: "judged",
  ipsecPolicies: "judged",
  trafficSelectorPolicies: "judged",
  ingressNatRules: "judged",
  egressNatRules: "judged",
  // It never leaves Azure's answer.
  sharedKey: "harmless",
  authorizationKey: "harmless",
  // It decides between ExpressRoute circuits alone.
  routingWeight: "harmless",
  tunnelConnectionStatus: "harmless",
  egressBytesTransferred: "harmless",
  ingressBytesTransferred: "harmless",
  authenticationType: "judged",
  certificateAuthentication: "unknown",
  tunnelProperties: "unknown",
  virtualNetworkGateway2: "unknown",
  peer: "unknown",
  useLocalAzureIpAddress: "unknown",
  expressRouteGatewayBypass: "unknown",
  enablePrivateLinkFastPath: "unknown",
};

export const siteCares: Cares<LocalNetworkGateway> = {
  ...resource,
  gatewayIpAddress: "judged",
  localNetworkAddressSpace: "judged",
  bgpSettings: "judged",
  // Azure takes a name in place of the address, and resolves it by itself.
  fqdn: "unknown",
};

export const networkCares: Cares<VirtualNetwork> = {
  ...resource,
  addressSpace: "judged",
  subnets: "judged",
  virtualNetworkPeerings: "judged",
  dhcpOptions: "judged",
  flowTimeoutInMinutes: "harmless",
  enableDdosProtection: "harmless",
  enableVmProtection: "harmless",
  ddosProtectionPlan: "harmless",
  bgpCommunities: "harmless",
  ipAllocations: "harmless",
  flowLogs: "harmless",
  privateEndpointVNetPolicies: "harmless",
  defaultPublicNatGateway: "unknown",
  encryption: "unknown",
  extendedLocation: "unknown",
};

export const subnetCares: Cares<Subnet> = {
  ...resource,
  addressPrefix: "judged",
  addressPrefixes: "judged",
  networkSecurityGroup: "judged",
  routeTable: "judged",
  defaultOutboundAccess: "judged",
  ipConfigurations: "harmless",
  ipConfigurationProfiles: "harmless",
  ipAllocations: "harmless",
  ipamPoolPrefixAllocations: "harmless",
  resourceNavigationLinks: "harmless",
  serviceAssociationLinks: "harmless",
  applicationGatewayIPConfigurations: "harmless",
  privateEndpoints: "harmless",
  privateEndpointNetworkPolicies: "harmless",
  privateLinkServiceNetworkPolicies: "harmless",
  sharingScope: "harmless",
  purpose: "harmless",
  // Both are for Azure's own services: their traffic alone leaves by them.
  serviceEndpoints: "harmless",
  serviceEndpointPolicies: "harmless",
  delegations: "unknown",
  natGateway: "unknown",
  serviceGateway: "unknown",
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpnConnectionOptions.html */
export const vpnOptionCares: Cares<VpnConnectionOptions> = {
  StaticRoutesOnly: "judged",
  LocalIpv4NetworkCidr: "judged",
  RemoteIpv4NetworkCidr: "judged",
  TunnelOptions: "judged",
  // Only one of a transit gateway takes IPv6; AWS fills in its default beside IPv4's.
  LocalIpv6NetworkCidr: "harmless",
  RemoteIpv6NetworkCidr: "harmless",
  // Each one's default is filled in by AWS; another is for a transit gateway alone.
  OutsideIpAddressType: "harmless",
  TunnelInsideIpVersion: "harmless",
  TunnelBandwidth: "harmless",
  EnableAcceleration: "unknown",
  TransportTransitGatewayAttachmentId: "unknown",
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TunnelOption.html */
export const tunnelOptionCares: Cares<TunnelOption> = {
  OutsideIpAddress: "judged",
  TunnelInsideCidr: "judged",
  // It never leaves AWS's answer.
  PreSharedKey: "harmless",
  Phase1LifetimeSeconds: "judged",
  Phase2LifetimeSeconds: "judged",
  RekeyMarginTimeSeconds: "judged",
  RekeyFuzzPercentage: "judged",
  ReplayWindowSize: "judged",
  DpdTimeoutSeconds: "judged",
  DpdTimeoutAction: "judged",
  Phase1EncryptionAlgorithms: "judged",
  Phase2EncryptionAlgorithms: "judged",
  Phase1IntegrityAlgorithms: "judged",
  Phase2IntegrityAlgorithms: "judged",
  Phase1DHGroupNumbers: "judged",
  Phase2DHGroupNumbers: "judged",
  IkeVersions: "judged",
  StartupAction: "judged",
  LogOptions: "harmless",
  // With it AWS leaves the time of maintenance to us; what is pending is judged by itself.
  EnableTunnelLifecycleControl: "harmless",
  TunnelInsideIpv6Cidr: "unknown",
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEndpoint.html */
export const endpointCares: Cares<VpcEndpoint> = {
  VpcEndpointId: "harmless",
  VpcEndpointType: "judged",
  VpcId: "judged",
  ServiceName: "judged",
  ServiceRegion: "judged",
  State: "judged",
  PolicyDocument: "judged",
  SubnetIds: "judged",
  Groups: "judged",
  PrivateDnsEnabled: "judged",
  DnsEntries: "judged",
  IpAddressType: "judged",
  // AWS fills it in. What of it matters is for private DNS, which must be off.
  DnsOptions: "harmless",
  NetworkInterfaceIds: "harmless",
  CreationTimestamp: "harmless",
  Tags: "harmless",
  OwnerId: "harmless",
  PayerResponsibilities: "harmless",
  RequesterManaged: "unknown",
  LastError: "unknown",
  FailureReason: "unknown",
  // Of endpoints of other types.
  RouteTableIds: "unknown",
  Ipv4Prefixes: "unknown",
  Ipv6Prefixes: "unknown",
  ServiceNetworkArn: "unknown",
  ResourceConfigurationArn: "unknown",
};
