import { VirtualNetwork } from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import { composed, type OutputsOf } from "../contract";
import type { StackOutputs } from "../outputs";
import { createDnsPolicy } from "./azureDnsPolicy";
import type { AzureHub, AzurePlace, AzureSide, AzureVpnEnd } from "./azureSide";
import {
  createClientSecurityGroup,
  createClientSubnet,
  createGatewaySubnet,
  resourceGroupOf,
  type AzurePartsArgs,
  type Group,
} from "./azureSubnets";

export interface AzureNetworkArgs extends AzurePartsArgs {
  /** Address space of the virtual network. */
  readonly cidr: string;
  /** Where the clients live. A change replaces the subnet, which Azure refuses while machines are in it. */
  readonly clientSubnetCidr: string;
  /** Where Azure puts the gateway. A change needs the gateway deleted first. */
  readonly gatewaySubnetCidr: string;
  /** The domains that Azure's DNS answers the network for, each with all names below it; every name when absent. */
  readonly allowedDomains?: readonly string[];
}

/** The Azure side: a resource group where none is given, a virtual network, the clients' subnet with its rules, the GatewaySubnet, and perhaps a policy for DNS. */
export class AzureNetwork extends pulumi.ComponentResource implements AzureSide {
  readonly place: AzurePlace;
  readonly clientSubnetId: pulumi.Output<string>;
  readonly vpnEnd: AzureVpnEnd;
  readonly hub: AzureHub;
  readonly outputs: OutputsOf<"azureLocation" | "azureNetwork">;

  constructor(name: string, args: AzureNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-s3-privatelink:network:AzureNetwork", name, args, opts);
    const child = { parent: this };
    const group = resourceGroupOf(name, args, child);
    const securityGroup = createClientSecurityGroup(name, args, group, child);
    const network = createVirtualNetwork(name, args, group, child);
    const inNetwork = { ...args, resourceGroupName: group.name, virtualNetworkName: network.name };
    const clientSubnet = createClientSubnet(name, inNetwork, securityGroup, child);
    const gatewaySubnet = createGatewaySubnet(name, inNetwork, clientSubnet, child);
    const place = { resourceGroupName: group.name, location: args.location };
    const { allowedDomains, tags } = args;
    if (allowedDomains !== undefined)
      createDnsPolicy(name, { ...place, allowedDomains, network, tags }, child);

    const ids = {
      resourceGroupName: group.name,
      virtualNetworkId: network.id,
      clientSubnetId: clientSubnet.id,
      clientSecurityGroupId: securityGroup.id,
    };
    this.place = place;
    this.clientSubnetId = clientSubnet.id;
    this.vpnEnd = { cidr: args.cidr, gatewaySubnetId: gatewaySubnet.id };
    this.hub = { id: network.id, name: network.name, resourceGroupName: group.name };
    this.outputs = {
      azureLocation: args.location,
      azureNetwork: composed<StackOutputs["azureNetwork"], "cidrs">({ ...ids, cidr: args.cidr }),
    };
    this.registerOutputs({ ...ids, gatewaySubnetId: gatewaySubnet.id });
  }
}

/** Without inline subnets: mixed with standalone ones they delete each other (pulumi-azure-native #74, #611). */
function createVirtualNetwork(
  name: string,
  args: AzureNetworkArgs,
  group: Group,
  child: pulumi.CustomResourceOptions,
) {
  return new VirtualNetwork(
    `${name}-network`,
    {
      resourceGroupName: group.name,
      location: args.location,
      addressSpace: { addressPrefixes: [args.cidr] },
      tags: args.tags,
    },
    child,
  );
}
