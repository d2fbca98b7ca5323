import type { Answer } from "./answer";
import type { ClientVmFacts } from "./clientVm";

/** What Azure reports of one stack. */
export interface AzureFacts {
  readonly gateway: Answer<GatewayFacts>;
  /** By the tunnel's name. */
  readonly connections: Readonly<Record<string, ConnectionEnd>>;
  /** Only with BGP. */
  readonly bgpPeers: Answer<readonly BgpPeerFacts[]> | undefined;
  readonly learnedRoutes:
    Answer<readonly { readonly network: string; readonly origin: string }[]> | undefined;
  readonly network: Answer<NetworkFacts>;
  /** The route tables of both subnets, by id in lower case; none in a stack as the program makes it. */
  readonly routeTables: Readonly<Record<string, Answer<AzureRouteTableFacts>>>;
  /** Only where the stack has a client subnet of its own. */
  readonly clientRules: Answer<readonly SecurityRuleFacts[]> | undefined;
  /** Only where the stack has a client inside. */
  readonly clientVm: ClientVmFacts | undefined;
}

export interface GatewayFacts {
  readonly provisioningState: string;
  readonly activeActive: boolean;
  readonly bgp: boolean;
  readonly asn: number | undefined;
  /** Of each instance: its public addresses, and the addresses that it speaks BGP from. */
  readonly instances: readonly InstanceFacts[];
  readonly vpnType: string;
  /** Properties that are set and that verify does not know. */
  readonly unknown: readonly string[];
}

export interface InstanceFacts {
  /** In lower case. */
  readonly ipConfigurationId: string;
  readonly publicAddresses: readonly string[];
  readonly bgpAddresses: readonly string[];
}

export interface ConnectionEnd {
  readonly connection: Answer<AzureConnectionFacts>;
  /** Azure's local network gateway: the far end as Azure has it. */
  readonly site: Answer<SiteFacts>;
}

export interface AzureConnectionFacts {
  readonly provisioningState: string;
  /** `Connected`, `Connecting`, `NotConnected` or `Unknown`. */
  readonly status: string;
  readonly protocol: string;
  readonly policies: readonly IpsecPolicyFacts[];
  /** Resource id of the gateway that it starts at. */
  readonly gatewayId: string;
  readonly type: string;
  readonly mode: string | undefined;
  readonly dpdSeconds: number | undefined;
  readonly bgp: boolean;
  /** The addresses that it speaks BGP from, by the gateway's IP configuration in lower case. */
  readonly bgpAddresses: readonly { readonly ipConfigurationId: string; readonly address: string }[];
  /** How many pairs of networks it accepts traffic between; none is Azure's default, every address. */
  readonly trafficSelectors: number;
  readonly policyBasedSelectors: boolean;
  /** `PSK` or `Certificate`; undefined where Azure reports none. */
  readonly authentication: string | undefined;
  /** Names of the NAT rules that rewrite addresses on it. */
  readonly natRules: readonly string[];
  /** Properties that are set and that verify does not know. */
  readonly unknown: readonly string[];
}

export interface IpsecPolicyFacts {
  readonly ikeEncryption: string;
  readonly ikeIntegrity: string;
  readonly dhGroup: string;
  readonly ipsecEncryption: string;
  readonly ipsecIntegrity: string;
  readonly pfsGroup: string;
  readonly saLifeTimeSeconds: number;
  readonly saDataSizeKilobytes: number;
}

export interface SiteFacts {
  readonly address: string;
  readonly prefixes: readonly string[];
  readonly bgpAddress: string | undefined;
  readonly asn: number | undefined;
  /** Properties that are set and that verify does not know. */
  readonly unknown: readonly string[];
}

export interface BgpPeerFacts {
  readonly neighbor: string;
  readonly state: string;
}

export interface NetworkFacts {
  /** Its address space. */
  readonly prefixes: readonly string[];
  /** Empty where Azure's own answer. */
  readonly dnsServers: readonly string[];
  /** Address spaces of the networks that it is peered with. */
  readonly peered: readonly string[];
  /** Each undefined where there is no such subnet. */
  readonly clientSubnet: SubnetFacts | undefined;
  readonly gatewaySubnet: SubnetFacts | undefined;
  /** Properties that are set and that verify does not know. */
  readonly unknown: readonly string[];
}

export interface AzureRouteTableFacts {
  readonly disableBgpRoutePropagation: boolean;
  readonly routes: readonly AzureRouteFacts[];
}

export interface AzureRouteFacts {
  readonly name: string;
  /** A network or a service tag. */
  readonly destination: string;
  /** As Azure spells it: `VirtualAppliance`, `None` … */
  readonly nextHop: string;
}

export interface SubnetFacts {
  /** In most subnets one. */
  readonly cidrs: readonly string[];
  readonly securityGroupId: string | undefined;
  readonly routeTableId: string | undefined;
  readonly defaultOutbound: boolean;
  /** Properties that are set and that verify does not know. */
  readonly unknown: readonly string[];
}

export interface SecurityRuleFacts {
  readonly name: string;
  readonly direction: string;
  readonly access: string;
  readonly priority: number;
  readonly protocol: string;
  readonly sourcePorts: readonly string[];
  readonly destinationPorts: readonly string[];
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  /** Whether it names application security groups, whose members only Azure knows. */
  readonly namesGroups: boolean;
}
