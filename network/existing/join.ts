/** What a stack joins and what it brings along: all that reading and checking the surroundings needs of its settings. */
export interface Join {
  /** Begins the names of what the stack makes in networks of others: by it the next preview knows its own. */
  readonly ownName: string;
  /** Tags of everything that the stack owns. */
  readonly ownTags: Readonly<Record<"project" | "stack", string>>;
  /** Azure region of the stack. */
  readonly location: string;
  readonly region: string;
  readonly azure: AzureEnd;
  readonly aws: AwsEnd;
  /** The networks that may use the endpoint, by name; the stack's own client subnet is `azure`. */
  readonly clients: Readonly<Record<string, string>>;
  /** Networks that the stack peers with its own, by resource id. */
  readonly spokeIds: readonly string[];
  readonly vpn: {
    readonly topology: "single-tunnel" | "dual-tunnel" | "active-active";
    readonly bgp: boolean;
    /** ASN of AWS's gateway, where the stack makes it. */
    readonly awsAsn: number;
    /** ASN of Azure's gateway, where the stack makes it. */
    readonly azureAsn: number;
    /** The addresses inside the tunnels that Azure's gateway must have, by instance; empty without BGP. */
    readonly bgpAddresses: readonly (readonly string[])[];
    /** Of a gateway that the stack makes. */
    readonly sku: string;
    /** The longest prefix of a GatewaySubnet that the SKU takes. */
    readonly smallestGatewaySubnet: number;
  };
}

export type AzureEnd =
  | { readonly kind: "new"; readonly cidr: string }
  | {
      readonly kind: "existing";
      readonly virtualNetworkId: string;
      /** The gateway that others use; undefined where the stack makes one of its own. */
      readonly gatewayId: string | undefined;
      /** Made by the stack in the existing network; undefined: none. */
      readonly clientSubnetCidr: string | undefined;
      /** Made by the stack; undefined: the network's own is used. */
      readonly gatewaySubnetCidr: string | undefined;
    };

export type AwsEnd =
  | { readonly kind: "new"; readonly cidr: string }
  | {
      readonly kind: "existing";
      readonly vpcId: string;
      readonly subnetIds: readonly string[];
      /** The virtual private gateway that others use; undefined where the stack makes one of its own. */
      readonly gatewayId: string | undefined;
    };

/** True for what the stack itself made at an earlier update: it carries its tags. */
export function isOwn(
  tags: Readonly<Record<string, string>> | undefined,
  join: Pick<Join, "ownTags">,
): boolean {
  return tags?.["project"] === join.ownTags.project && tags["stack"] === join.ownTags.stack;
}

/** What this stack sends to AWS: the ranges that its gateway has routes for, and where the endpoint is in them. */
export interface AwsTargets {
  readonly cidrs: readonly string[];
  readonly endpointCidrs: readonly string[];
}
