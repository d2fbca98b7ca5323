import { NetworkSecurityGroup, Subnet } from "@pulumi/azure-native/network";
import { ResourceGroup } from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";

/** The network that takes the subnets: the stack's own, or one of others. */
export interface SubnetPlace {
  readonly resourceGroupName: pulumi.Input<string>;
  readonly virtualNetworkName: pulumi.Input<string>;
}

/** What both kinds of network have of their own. */
export interface AzurePartsArgs {
  /** Whether the resource group stays when the stack goes: Azure would delete it with the logs that are kept in it. */
  readonly protection: boolean;
  /** Name of a resource group that exists and gets everything; the stack makes its own when absent. */
  readonly resourceGroup: string | undefined;
  /** Azure region, as `japaneast`. A change replaces everything on the Azure side. */
  readonly location: string;
  /** What the tunnels lead to, which the clients may open HTTPS to and nothing else; a list where a VPC has several ranges. */
  readonly peerCidr: string | readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** Of the stack's own, or made beforehand. */
export interface Group {
  readonly name: pulumi.Output<string>;
}

export function resourceGroupOf(
  name: string,
  args: AzurePartsArgs,
  child: pulumi.CustomResourceOptions,
): Group {
  if (args.resourceGroup !== undefined) return { name: pulumi.output(args.resourceGroup) };
  return new ResourceGroup(
    `${name}-group`,
    { location: args.location, tags: args.tags },
    { ...child, retainOnDelete: args.protection },
  );
}

/**
 * Clients open HTTPS towards AWS. The final denials keep shut what Azure's default rules leave open: between everything in
 * the virtual network and its peers, out to the internet through any NAT gateway or public address, in from load balancers.
 * They do not reach Azure's own DNS, metadata and DHCP: docs/decisions/azure-dns-limited-by-setting.md.
 * @see https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#default-security-rules
 */
export function createClientSecurityGroup(
  name: string,
  args: AzurePartsArgs & { readonly clientSubnetCidr: string },
  group: Group,
  child: pulumi.CustomResourceOptions,
): NetworkSecurityGroup {
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
  const { peerCidr } = args;
  const towardsAws =
    typeof peerCidr === "string"
      ? { destinationAddressPrefix: peerCidr }
      : { destinationAddressPrefixes: [...peerCidr] };
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
          ...towardsAws,
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

export function createClientSubnet(
  name: string,
  args: SubnetPlace & { readonly clientSubnetCidr: string; readonly subnetName?: string },
  securityGroup: NetworkSecurityGroup,
  child: pulumi.CustomResourceOptions,
): Subnet {
  const { subnetName } = args;
  return new Subnet(
    `${name}-client-subnet`,
    {
      resourceGroupName: args.resourceGroupName,
      virtualNetworkName: args.virtualNetworkName,
      ...(subnetName === undefined ? {} : { subnetName }),
      addressPrefix: args.clientSubnetCidr,
      networkSecurityGroup: { id: securityGroup.id },
      // No implicit way out to the internet; later API versions make this the default.
      defaultOutboundAccess: false,
    },
    // A name that is given is taken until the subnet is gone.
    subnetName === undefined ? child : { ...child, deleteBeforeReplace: true },
  );
}

/** Takes neither a security group nor routes of ours. */
export function createGatewaySubnet(
  name: string,
  args: SubnetPlace & { readonly gatewaySubnetCidr: string },
  after: Subnet | undefined,
  child: pulumi.CustomResourceOptions,
): Subnet {
  return new Subnet(
    `${name}-gateway-subnet`,
    {
      resourceGroupName: args.resourceGroupName,
      virtualNetworkName: args.virtualNetworkName,
      subnetName: "GatewaySubnet",
      addressPrefix: args.gatewaySubnetCidr,
    },
    // Two subnets of one network at once end in AnotherOperationInProgress (pulumi-azure-native #699, #1024).
    { ...child, dependsOn: after === undefined ? [] : [after], deleteBeforeReplace: true },
  );
}
