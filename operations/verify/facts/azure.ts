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
  readonly clientSubnet: Answer<ClientSubnetFacts>;
  readonly clientRules: Answer<readonly SecurityRuleFacts[]>;
  /** Only where the stack has a client inside. */
  readonly clientVm: ClientVmFacts | undefined;
}

export interface GatewayFacts {
  readonly provisioningState: string;
  readonly activeActive: boolean;
  readonly bgp: boolean;
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
}

export interface IpsecPolicyFacts {
  readonly ikeEncryption: string;
  readonly ikeIntegrity: string;
  readonly dhGroup: string;
  readonly ipsecEncryption: string;
  readonly ipsecIntegrity: string;
  readonly pfsGroup: string;
}

export interface SiteFacts {
  readonly address: string;
  readonly prefixes: readonly string[];
  readonly bgpAddress: string | undefined;
}

export interface BgpPeerFacts {
  readonly neighbor: string;
  readonly state: string;
}

export interface ClientSubnetFacts {
  readonly cidr: string;
  readonly securityGroupId: string | undefined;
  readonly routeTableId: string | undefined;
  readonly defaultOutbound: boolean;
}

export interface SecurityRuleFacts {
  readonly name: string;
  readonly direction: string;
  readonly access: string;
  readonly priority: number;
  readonly protocol: string;
  readonly destinationPorts: readonly string[];
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
}
