import { VirtualNetworkPeering } from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import type { AzureHub } from "./azureSide";
import type { FoundNetwork } from "./existing/surroundings";

export interface AzureSpokesArgs {
  readonly hub: AzureHub;
  /** Networks of others that use the gateway of the hub. */
  readonly spokes: readonly FoundNetwork[];
  /** Begins the names of both ends of each peering. The next preview knows by it whose they are. */
  readonly ownName: string;
  /** Of the hub. */
  readonly gateway: pulumi.Resource;
}

/**
 * Peerings by gateway transit. Azure refuses a spoke's end before the gateway and the hub's end exist
 * (RemoteVnetHasNoGateways), and lets neither go while it is used: so each waits for the one before, and goes before it.
 * @see https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-peering-gateway-transit
 */
export class AzureSpokes extends pulumi.ComponentResource {
  constructor(name: string, args: AzureSpokesArgs, opts?: pulumi.ComponentResourceOptions) {
    const { hub, spokes } = args;
    super("azure-s3-privatelink:network:AzureSpokes", name, { hub, spokes }, opts);
    const child = { parent: this };
    const ends: VirtualNetworkPeering[] = [];
    for (const spoke of spokes) {
      // Two changes of the hub at once end in AnotherOperationInProgress.
      const after = ends.at(-1) ?? args.gateway;
      const fromHub = createHubEnd(name, args, spoke, { ...child, dependsOn: [args.gateway, after] });
      ends.push(createSpokeEnd(name, args, spoke, { ...child, dependsOn: [args.gateway, fromHub] }));
    }
    this.registerOutputs({ peeringIds: pulumi.all(ends.map((end) => end.id)) });
  }
}

function createHubEnd(
  name: string,
  { hub, ownName }: AzureSpokesArgs,
  spoke: FoundNetwork,
  opts: pulumi.CustomResourceOptions,
): VirtualNetworkPeering {
  return new VirtualNetworkPeering(
    `${name}-hub-to-${spoke.name}`,
    {
      resourceGroupName: hub.resourceGroupName,
      virtualNetworkName: hub.name,
      virtualNetworkPeeringName: `${ownName}-to-${spoke.name}`,
      remoteVirtualNetwork: { id: spoke.id },
      allowVirtualNetworkAccess: true,
      allowForwardedTraffic: false,
      allowGatewayTransit: true,
      useRemoteGateways: false,
    },
    { ...opts, deleteBeforeReplace: true },
  );
}

function createSpokeEnd(
  name: string,
  { hub, ownName }: AzureSpokesArgs,
  spoke: FoundNetwork,
  opts: pulumi.CustomResourceOptions,
): VirtualNetworkPeering {
  return new VirtualNetworkPeering(
    `${name}-${spoke.name}-to-hub`,
    {
      resourceGroupName: spoke.resourceGroupName,
      virtualNetworkName: spoke.name,
      virtualNetworkPeeringName: ownName,
      remoteVirtualNetwork: { id: hub.id },
      allowVirtualNetworkAccess: true,
      allowForwardedTraffic: false,
      allowGatewayTransit: false,
      useRemoteGateways: true,
    },
    { ...opts, deleteBeforeReplace: true },
  );
}
