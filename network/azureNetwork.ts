import { NetworkSecurityGroup, Subnet, VirtualNetwork } from "@pulumi/azure-native/network";
import { ResourceGroup } from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { composed, type OutputsOf } from "../contract";

export interface AzureNetworkArgs {
  /** Whether the resource group stays when the stack goes: Azure would delete it with the logs that are kept in it. */
  readonly protection: boolean;
  /** Name of a resource group that exists and gets everything; the stack makes its own when absent. */
  readonly resourceGroup: string | undefined;
  /** Azure region, as `japaneast`. A change replaces everything on the Azure side. */
  readonly location: string;
  /** Address space of the virtual network. */
  readonly cidr: string;
  /** Where the clients live. A change replaces the subnet, which Azure refuses while machines are in it. */
  readonly clientSubnetCidr: string;
  /** Where Azure puts the gateway. A change needs the gateway deleted first. */
  readonly gatewaySubnetCidr: string;
  /** The network behind the tunnels, which the clients may open HTTPS to and nothing else. */
  readonly peerCidr: string;
  readonly tags: Readonly<Record<string, string>>;
}

interface Group {
  readonly name: pulumi.Output<string>;
}

/** The Azure side: a resource group where none is given, a virtual network, the clients' subnet with its rules, and the GatewaySubnet. */
export class AzureNetwork extends pulumi.ComponentResource {
  /** Where everything else in Azure goes. */
  readonly place: { readonly resourceGroupName: pulumi.Output<string>; readonly location: string };
  readonly clientSubnetId: pulumi.Output<string>;
  readonly gatewaySubnetId: pulumi.Output<string>;
  readonly outputs: OutputsOf<"azureLocation" | "azureNetwork">;

  constructor(name: string, args: AzureNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-s3-privatelink:network:AzureNetwork", name, args, opts);
    const child = { parent: this };
    const group = { name: resourceGroupName(name, args, child) };
    const securityGroup = createClientSecurityGroup(name, args, group, child);
    const network = createVirtualNetwork(name, args, group, child);
    const clientSubnet = createClientSubnet(name, args, { group, network, securityGroup }, child);
    const gatewaySubnet = createGatewaySubnet(name, args, { group, network, after: clientSubnet }, child);

    const ids = {
      resourceGroupName: group.name,
      virtualNetworkId: network.id,
      clientSubnetId: clientSubnet.id,
      clientSecurityGroupId: securityGroup.id,
    };
    this.place = { resourceGroupName: group.name, location: args.location };
    this.clientSubnetId = clientSubnet.id;
    this.gatewaySubnetId = gatewaySubnet.id;
    this.outputs = {
      azureLocation: args.location,
      azureNetwork: composed({ ...ids, cidr: args.cidr }),
    };
    this.registerOutputs({ ...ids, gatewaySubnetId: gatewaySubnet.id });
  }
}

function resourceGroupName(name: string, args: AzureNetworkArgs, child: pulumi.CustomResourceOptions) {
  if (args.resourceGroup !== undefined) return pulumi.output(args.resourceGroup);
  const group = new ResourceGroup(
    `${name}-group`,
    { location: args.location, tags: args.tags },
    { ...child, retainOnDelete: args.protection },
  );
  return group.name;
}

/**
 * Clients open HTTPS towards AWS. The final denials keep shut what Azure's default rules leave open: between everything in
 * the virtual network and its peers, out to the internet through any NAT gateway or public address, in from load balancers.
 * They do not reach Azure's own DNS, metadata and DHCP: docs/decisions/azure-dns-stays-open.md.
 * @see https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#default-security-rules
 */
function createClientSecurityGroup(
  name: string,
  args: AzureNetworkArgs,
  group: Group,
  child: pulumi.CustomResourceOptions,
) {
  const everyPort = { sourcePortRange: "*", destinationPortRange: "*" };
  const everything = {
    ...everyPort,
    protocol: "*",
    sourceAddressPrefix: "*",
    destinationAddressPrefix: "*",
    // The last that Azure allows.
    priority: 4096,
    access: "Deny",
  };
  return new NetworkSecurityGroup(
    `${name}-client-security-group`,
    {
      resourceGroupName: group.name,
      location: args.location,
      securityRules: [
        {
          ...everyPort,
          name: "AllowHttpsToAws",
          description: "Clients reach the S3 endpoint",
          priority: 100,
          direction: "Outbound",
          access: "Allow",
          protocol: "Tcp",
          sourceAddressPrefix: args.clientSubnetCidr,
          destinationAddressPrefix: args.peerCidr,
          destinationPortRange: "443",
        },
        {
          ...everything,
          name: "DenyOtherOut",
          description: "Nothing but HTTPS to AWS leaves, whatever way there is",
          direction: "Outbound",
        },
        {
          ...everything,
          name: "DenyIn",
          description: "Nobody opens a connection to a client",
          direction: "Inbound",
        },
      ],
      tags: args.tags,
    },
    child,
  );
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

function createClientSubnet(
  name: string,
  args: AzureNetworkArgs,
  made: { group: Group; network: VirtualNetwork; securityGroup: NetworkSecurityGroup },
  child: pulumi.CustomResourceOptions,
) {
  return new Subnet(
    `${name}-client-subnet`,
    {
      resourceGroupName: made.group.name,
      virtualNetworkName: made.network.name,
      addressPrefix: args.clientSubnetCidr,
      networkSecurityGroup: { id: made.securityGroup.id },
      // No implicit way out to the internet; later API versions make this the default.
      defaultOutboundAccess: false,
    },
    child,
  );
}

/** Takes neither a security group nor routes of ours. */
function createGatewaySubnet(
  name: string,
  args: AzureNetworkArgs,
  made: { group: Group; network: VirtualNetwork; after: Subnet },
  child: pulumi.CustomResourceOptions,
) {
  return new Subnet(
    `${name}-gateway-subnet`,
    {
      resourceGroupName: made.group.name,
      virtualNetworkName: made.network.name,
      subnetName: "GatewaySubnet",
      addressPrefix: args.gatewaySubnetCidr,
    },
    // Two subnets of one network at once end in AnotherOperationInProgress (pulumi-azure-native #699, #1024).
    { ...child, dependsOn: [made.after], deleteBeforeReplace: true },
  );
}
