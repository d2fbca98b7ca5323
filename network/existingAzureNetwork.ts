import * as pulumi from "@pulumi/pulumi";
import { composed, type OutputsOf } from "../contract";
import type { StackOutputs } from "../outputs";
import type { AzureHub, AzurePlace, AzureSide, AzureVpnEnd } from "./azureSide";
import {
  createClientSecurityGroup,
  createClientSubnet,
  createGatewaySubnet,
  resourceGroupOf,
  type AzurePartsArgs,
  type Group,
} from "./azureSubnets";
import { azureId } from "./existing/azureIds";
import type { FoundNetwork, SharedGateway } from "./existing/surroundings";

export interface ExistingAzureNetworkArgs extends AzurePartsArgs {
  /** The network of others. A change replaces everything on the Azure side but the resource group. */
  readonly network: FoundNetwork;
  /** Undefined where the stack makes a gateway of its own. */
  readonly gateway: SharedGateway | undefined;
  /** Name of the client subnet. The next preview knows by it whose the subnet is. */
  readonly ownName: string;
  /** A client subnet of the stack's own; undefined: none. */
  readonly clientSubnetCidr: string | undefined;
  /** A GatewaySubnet that the stack adds; undefined: the network's own serves. */
  readonly gatewaySubnetCidr: string | undefined;
}

/**
 * A virtual network of others as the Azure side: the stack adds a resource group, and subnets of its own where the
 * settings say so. It writes nothing that exists: a subnet's PUT would replace what its owner set.
 */
export class ExistingAzureNetwork extends pulumi.ComponentResource implements AzureSide {
  readonly place: AzurePlace;
  readonly clientSubnetId: pulumi.Output<string> | undefined;
  readonly vpnEnd: AzureVpnEnd;
  readonly hub: AzureHub;
  readonly outputs: OutputsOf<"azureLocation" | "azureNetwork">;

  constructor(name: string, args: ExistingAzureNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-s3-privatelink:network:ExistingAzureNetwork", name, args, opts);
    const child = { parent: this };
    const { network, gateway } = args;
    const group = resourceGroupOf(name, args, child);
    const clients = createClients(name, args, child, group);
    const gatewaySubnetId = createGatewayPlace(name, args, child, clients?.subnet);

    this.place = { resourceGroupName: group.name, location: args.location };
    this.clientSubnetId = clients?.subnet.id;
    // A gateway is in the subscription of its network.
    const subscription = azureId(network.id)?.subscription ?? "";
    const gatewayGroupId = pulumi.interpolate`/subscriptions/${subscription}/resourceGroups/${group.name}`;
    this.vpnEnd = gateway === undefined ? { gatewaySubnetId, gatewayGroupId } : { gateway };
    this.hub = { id: network.id, name: network.name, resourceGroupName: network.resourceGroupName };
    const shown = {
      resourceGroupName: group.name,
      virtualNetworkId: network.id,
      cidr: network.cidrs[0] ?? "",
      cidrs: [...network.cidrs],
    };
    const ofClients = clients && {
      clientSubnetId: clients.subnet.id,
      clientSecurityGroupId: clients.securityGroup.id,
    };
    this.outputs = {
      azureLocation: args.location,
      azureNetwork: composed<StackOutputs["azureNetwork"], "clientSubnetId" | "clientSecurityGroupId">({
        ...shown,
        ...ofClients,
      }),
    };
    this.registerOutputs({ ...shown, ...ofClients });
  }
}

function createClients(
  name: string,
  args: ExistingAzureNetworkArgs,
  child: pulumi.CustomResourceOptions,
  group: Group,
) {
  const { clientSubnetCidr, network, ownName } = args;
  if (clientSubnetCidr === undefined) return undefined;
  const securityGroup = createClientSecurityGroup(name, { ...args, clientSubnetCidr }, group, child);
  const { resourceGroupName, name: virtualNetworkName } = network;
  const subnetArgs = { resourceGroupName, virtualNetworkName, clientSubnetCidr, subnetName: ownName };
  return { securityGroup, subnet: createClientSubnet(name, subnetArgs, securityGroup, child) };
}

/** The GatewaySubnet that the network has, or one of the stack's own. */
function createGatewayPlace(
  name: string,
  args: ExistingAzureNetworkArgs,
  child: pulumi.CustomResourceOptions,
  after: ReturnType<typeof createClientSubnet> | undefined,
): pulumi.Input<string> {
  const { gatewaySubnetCidr, network } = args;
  if (gatewaySubnetCidr === undefined) return `${network.id}/subnets/GatewaySubnet`;
  const { resourceGroupName, name: virtualNetworkName } = network;
  return createGatewaySubnet(name, { resourceGroupName, virtualNetworkName, gatewaySubnetCidr }, after, child)
    .id;
}
