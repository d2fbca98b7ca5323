import {
  LocalNetworkGateway,
  PublicIPAddress,
  VirtualNetworkGateway,
  VirtualNetworkGatewayConnection,
} from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import type { SharedGateway } from "../network/existing/surroundings";
import { azureIpsecPolicies, ipsecSuite } from "./ipsec";
import { keyFingerprint, type PresharedKeys, presharedKey } from "./presharedKeys";
import {
  type AzureInstance,
  azureBgpAddresses,
  connectionBgpAddresses,
  type Tunnel,
  type VpnPlan,
} from "./tunnels";
import { addressZones } from "./zoneSupport";

export interface AzureGatewayArgs {
  readonly plan: VpnPlan;
  readonly resourceGroupName: pulumi.Input<string>;
  readonly location: string;
  /** Whether the public addresses are protected: AWS and others know them, and a released one does not come back. */
  readonly protection: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** Where a gateway of the stack's own goes. */
export interface OwnGatewayArgs extends AzureGatewayArgs {
  readonly gatewaySubnetId: pulumi.Input<string>;
  /** Id of its resource group, where it is not that of the subnet. */
  readonly gatewayGroupId?: pulumi.Input<string>;
}

/** A gateway, the stack's own or one that others use, as the tunnels need it. */
export interface AzureGatewayEnd {
  readonly id: pulumi.Input<string>;
  readonly name: pulumi.Input<string>;
  /** Of each instance. */
  readonly publicAddresses: readonly pulumi.Input<string>[];
  readonly ipConfigurationId: (instance: AzureInstance) => pulumi.Input<string>;
  /** Undefined for one that others use. */
  readonly resource: VirtualNetworkGateway | undefined;
}

/** What Azure needs of the other end. */
export interface AwsEnd {
  /** The networks behind AWS, which static tunnels carry. */
  readonly awsCidrs: readonly string[];
  readonly outsideAddress: (tunnel: Tunnel) => pulumi.Input<string>;
  readonly keys: PresharedKeys;
}

/** Fixed: the gateway's own properties refer to it. Unique within its resource group. */
const gatewayName = "vpn-gateway";

/** How a gateway names the configuration of one instance, in itself and in its connections. */
const ipConfigurationName = (instance: AzureInstance) => `instance${instance}`;

/** A gateway with addresses of its own: minutes, and half an hour or more for the gateway. */
export function createOwnGateway(
  name: string,
  args: OwnGatewayArgs,
  child: pulumi.CustomResourceOptions,
): AzureGatewayEnd {
  const ips = createPublicIps(name, args, child);
  const publicAddresses = ips.map(publicAddress);
  const gateway = createGateway(name, args, ips, child);
  const ipConfiguration = (instance: AzureInstance) => ipConfigurationId(args, instance);
  return {
    id: gateway.id,
    name: gateway.name,
    publicAddresses,
    ipConfigurationId: ipConfiguration,
    resource: gateway,
  };
}

/** Of a gateway that others use nothing is registered: its connections only name its id. */
export function sharedGatewayEnd({ id, name, instances }: SharedGateway): AzureGatewayEnd {
  return {
    id,
    name,
    publicAddresses: instances.map(({ publicAddress }) => publicAddress),
    ipConfigurationId: (instance) => {
      const found = instances[instance];
      if (found === undefined) throw new Error(`gateway ${name} has no instance ${instance}`);
      return found.ipConfigurationId;
    },
    resource: undefined,
  };
}

/** One static address per instance; zone-redundant where the SKU demands it and the region has zones. */
function createPublicIps(
  name: string,
  args: AzureGatewayArgs,
  child: pulumi.CustomResourceOptions,
): PublicIPAddress[] {
  const zones = addressZones({ sku: args.plan.sku, location: args.location });
  return args.plan.azureInstances.map(
    (instance) =>
      new PublicIPAddress(
        `${name}-azure-ip${instance + 1}`,
        {
          resourceGroupName: args.resourceGroupName,
          location: args.location,
          sku: { name: "Standard", tier: "Regional" },
          publicIPAllocationMethod: "Static",
          publicIPAddressVersion: "IPv4",
          ...(zones === undefined ? {} : { zones: [...zones] }),
          tags: args.tags,
        },
        // Azure cannot move an address between zones, and the provider does not replace it by itself.
        { ...child, replaceOnChanges: ["zones"], protect: args.protection },
      ),
  );
}

/** The address itself, which AWS's customer gateway needs. */
function publicAddress(ip: PublicIPAddress): pulumi.Output<string> {
  return ip.ipAddress.apply(requireAddress);
}

export function requireAddress(address: string | undefined): string {
  if (address === undefined)
    throw new Error("Azure gave the gateway's public IP no address: it must be Static");
  return address;
}

function createGateway(
  name: string,
  args: OwnGatewayArgs,
  ips: readonly PublicIPAddress[],
  child: pulumi.CustomResourceOptions,
): VirtualNetworkGateway {
  const { sku, azureInstances, routing } = args.plan;
  return new VirtualNetworkGateway(
    `${name}-azure-gateway`,
    {
      resourceGroupName: args.resourceGroupName,
      location: args.location,
      virtualNetworkGatewayName: gatewayName,
      gatewayType: "Vpn",
      vpnType: "RouteBased",
      // VpnGw1AZ and Basic exist in the first generation only.
      vpnGatewayGeneration: sku === "Basic" || sku === "VpnGw1AZ" ? "Generation1" : "Generation2",
      sku: { name: sku, tier: sku },
      activeActive: azureInstances.length > 1,
      enableBgp: routing.kind === "bgp",
      ipConfigurations: ips.map((ip, index) => ({
        name: ipConfigurationName(index as AzureInstance),
        privateIPAllocationMethod: "Dynamic",
        publicIPAddress: { id: ip.id },
        subnet: { id: args.gatewaySubnetId },
      })),
      ...(routing.kind === "bgp" ? { bgpSettings: bgpSettings(args, routing.azureAsn) } : {}),
      tags: args.tags,
    },
    {
      ...child,
      // Azure resizes a gateway within its generation and never moves it to another address; a change from Basic
      // replaces the address too, because only the others need a zonal one.
      replaceOnChanges: ["vpnGatewayGeneration", "ipConfigurations[*].publicIPAddress.id"],
      // A virtual network holds one VPN gateway.
      deleteBeforeReplace: true,
      customTimeouts: { create: "90m", update: "90m", delete: "60m" },
    },
  );
}

function bgpSettings(args: OwnGatewayArgs, asn: number) {
  return {
    asn,
    // Also sent where Azure would fill it in: else every later deployment sees a difference.
    bgpPeeringAddresses: args.plan.azureInstances.map((instance) => ({
      ipconfigurationId: ipConfigurationId(args, instance),
      customBgpIpAddresses: azureBgpAddresses(args.plan.tunnels, instance),
    })),
  };
}

/** The gateway refers to itself here, so the id is built rather than read. */
function ipConfigurationId(args: OwnGatewayArgs, instance: AzureInstance): pulumi.Output<string> {
  const group = pulumi.output(args.gatewayGroupId ?? args.gatewaySubnetId).apply(resourceGroupId);
  return pulumi.interpolate`${group}/providers/Microsoft.Network/virtualNetworkGateways/${gatewayName}/ipConfigurations/${ipConfigurationName(instance)}`;
}

/** `/subscriptions/S/resourceGroups/G` of the id of anything in the group. */
export function resourceGroupId(id: string): string {
  const group = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+/i.exec(id);
  if (group === null) throw new Error(`not the id of a resource in a resource group: ${id}`);
  return group[0];
}

/** One local network gateway and one connection per tunnel, each after the one before. */
export function createConnections(
  name: string,
  args: AzureGatewayArgs,
  gateway: AzureGatewayEnd,
  awsEnd: AwsEnd,
  child: pulumi.CustomResourceOptions,
): { readonly tunnel: Tunnel; readonly connection: VirtualNetworkGatewayConnection }[] {
  const connections: { tunnel: Tunnel; connection: VirtualNetworkGatewayConnection }[] = [];
  for (const tunnel of args.plan.tunnels) {
    const site = createSite(name, args, tunnel, awsEnd, child);
    // Parallel changes to one gateway's connections can end in 409 Conflict (terraform-provider-azurerm #10582).
    const previous = connections.at(-1)?.connection;
    const connection = createConnection(name, args, { tunnel, gateway, site, awsEnd, previous }, child);
    connections.push({ tunnel, connection });
  }
  return connections;
}

/** What Azure calls the far end of a tunnel: its address, and its networks or its BGP speaker. */
function createSite(
  name: string,
  args: AzureGatewayArgs,
  tunnel: Tunnel,
  awsEnd: AwsEnd,
  child: pulumi.CustomResourceOptions,
): LocalNetworkGateway {
  const { routing } = args.plan;
  return new LocalNetworkGateway(
    `${name}-${tunnel.name}-azure-site`,
    {
      resourceGroupName: args.resourceGroupName,
      location: args.location,
      gatewayIpAddress: awsEnd.outsideAddress(tunnel),
      ...(routing.kind === "bgp"
        ? { bgpSettings: { asn: routing.awsAsn, bgpPeeringAddress: tunnel.awsInsideIp } }
        : { localNetworkAddressSpace: { addressPrefixes: [...awsEnd.awsCidrs] } }),
      tags: args.tags,
    },
    child,
  );
}

function createConnection(
  name: string,
  args: AzureGatewayArgs,
  made: {
    tunnel: Tunnel;
    gateway: AzureGatewayEnd;
    site: LocalNetworkGateway;
    awsEnd: AwsEnd;
    previous: VirtualNetworkGatewayConnection | undefined;
  },
  child: pulumi.CustomResourceOptions,
): VirtualNetworkGatewayConnection {
  const { plan } = args;
  const { tunnel } = made;
  const suite = ipsecSuite(plan.sku);
  const key = presharedKey(made.awsEnd.keys, tunnel.name);
  return new VirtualNetworkGatewayConnection(
    `${name}-${tunnel.name}-azure-connection`,
    {
      resourceGroupName: args.resourceGroupName,
      location: args.location,
      connectionType: "IPsec",
      connectionProtocol: "IKEv2",
      // AWS initiates every tunnel. Where both ends have one suite, Azure need not initiate as well.
      connectionMode: suite.pinnedOnAzure ? "ResponderOnly" : "Default",
      virtualNetworkGateway1: { id: made.gateway.id },
      localNetworkGateway2: { id: made.site.id },
      sharedKey: pulumi.secret(key.result),
      ipsecPolicies: azureIpsecPolicies(suite),
      dpdTimeoutSeconds: 45,
      enableBgp: plan.routing.kind === "bgp",
      ...(plan.routing.kind === "bgp"
        ? { gatewayCustomBgpIpAddresses: customBgpAddresses(args, made.gateway, tunnel) }
        : {}),
      tags: args.tags,
    },
    {
      ...child,
      dependsOn: made.previous === undefined ? [] : [made.previous],
      // Not protected: a new key replaces it.
      // Azure answers a PUT with another key as if it took it, and keeps the old one
      // (terraform-provider-azurerm #11673): so another key is another connection.
      replacementTrigger: keyFingerprint(key),
      // For a state from before the trigger: the engine compares a trigger only with one that the state has.
      replaceWith: [key],
      // Whether Azure's GET returns the key is not documented. Where it does not, a refresh takes the key for removed,
      // which must not replace the connection. The engine does not ignore a property of what it creates again.
      ignoreChanges: ["sharedKey"],
      // A connection cannot move to another gateway, and its own cannot be deleted while it exists.
      replaceOnChanges: ["connectionProtocol", "virtualNetworkGateway1"],
      deleteBeforeReplace: true,
      additionalSecretOutputs: ["sharedKey"],
      customTimeouts: { create: "60m", update: "60m", delete: "60m" },
    },
  );
}

function customBgpAddresses(args: AzureGatewayArgs, gateway: AzureGatewayEnd, tunnel: Tunnel) {
  const { tunnels, azureInstances } = args.plan;
  return connectionBgpAddresses(tunnel, tunnels, azureInstances).map(({ instance, address }) => ({
    customBgpIpAddress: address,
    ipConfigurationId: gateway.ipConfigurationId(instance),
  }));
}
