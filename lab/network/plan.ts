import { addressAt, prefixLength } from "../../rehearsal/model/addresses";
import type { LabPlan } from "../plan/labPlan";

/** Namespaces, cables, addresses and routes: what `ip` is told, as plain data. */
export interface NetworkPlan {
  readonly namespaces: readonly string[];
  /** Those that pass packets on. */
  readonly routers: readonly string[];
  readonly cables: readonly (readonly [Plug, Plug])[];
  /** `ip` commands by namespace, run once the cables are up. */
  readonly commands: Readonly<Record<string, readonly string[]>>;
}

export interface Plug {
  readonly role: string;
  readonly device: string;
  readonly addresses: readonly string[];
}

/** Namespaces by what they stand for. `docs/lab.md` draws them. */
export const roles = {
  /** A machine in Azure's client subnet. */
  client: "client",
  /** The Azure gateway, as its virtual network sees it. */
  azure: "azure",
  /** Where Azure's public addresses meet the internet. */
  edge: "edge",
  internet: "internet",
  /** The VPC's router and its VPN gateway. */
  vpc: "vpc",
  /** The endpoint's network interfaces, and S3 behind them. */
  endpoint: "endpoint",
  /** Somebody on the internet. */
  visitor: "visitor",
  /** S3's public address, and an endpoint of somebody else's. */
  elsewhere: "elsewhere",
  azureIke: (number: number) => `azure-ike${number}`,
  awsIke: (number: number) => `aws-ike${number}`,
} as const;

/** The lab's own addresses on the internet; the clouds' come from the recording. RFC 5737's first range. */
export const internetAddresses = {
  visitor: "192.0.2.10",
  publicS3: "192.0.2.20",
  otherEndpoint: "192.0.2.21",
} as const;

/** The device of tunnel N in both gateways. */
export function tunnelDevice(number: number): string {
  return `tun${number}`;
}

export const clientDevice = "eth0";
/** Towards the client subnet, in the gateway. */
export const azureLanDevice = "vnet";
export const awsLanDevice = (index: number) => `subnet${index + 1}`;
export const edgeDevice = "azure";

/** Azure keeps the first four addresses of a subnet for itself, the router's among them. */
export function clientAddress(plan: LabPlan): string {
  return addressAt(plan.azure.clientSubnet, 4) ?? plan.azure.clientSubnet;
}

export function planNetwork(plan: LabPlan): NetworkPlan {
  const parts = [planLans(plan), planInternet(), ...plan.tunnels.map(planTunnelCables)];
  const commands: Record<string, string[]> = {};
  for (const part of parts) {
    for (const [role, lines] of Object.entries(part.commands)) (commands[role] ??= []).push(...lines);
  }
  const cables = parts.flatMap((part) => part.cables);
  return {
    namespaces: [...new Set(cables.flatMap((cable) => cable.map((plug) => plug.role)))],
    routers: [roles.azure, roles.edge, roles.internet, roles.vpc],
    cables,
    commands,
  };
}

type Part = Pick<NetworkPlan, "cables" | "commands">;

/** The two private networks, each behind its gateway. Neither gateway has a way to the internet but its tunnels. */
function planLans(plan: LabPlan): Part {
  const { clientSubnet } = plan.azure;
  const clientRouter = addressAt(clientSubnet, 1) ?? "";
  const subnets = plan.aws.subnets.map((subnet, index) => {
    const length = prefixLength(subnet.cidr);
    const device = awsLanDevice(index);
    const router = addressAt(subnet.cidr, 1) ?? "";
    // Each interface of the endpoint answers by its own subnet's router.
    const table = 100 + index;
    return {
      cable: [
        { role: roles.endpoint, device, addresses: [`${subnet.endpointAddress}/${length}`] },
        { role: roles.vpc, device, addresses: [`${router}/${length}`] },
      ] as const,
      endpoint: [
        `route add default via ${router} dev ${device} table ${table}`,
        `rule add from ${subnet.endpointAddress} lookup ${table} pref ${table}`,
      ],
      // A subnet whose route table does not lead to the VPN gateway sends nothing back to Azure.
      vpc: subnet.returns
        ? []
        : plan.azure.networks.map((network) => `rule add iif ${device} to ${network} prohibit pref ${table}`),
    };
  });
  return {
    cables: [
      [
        {
          role: roles.client,
          device: clientDevice,
          addresses: [`${clientAddress(plan)}/${prefixLength(clientSubnet)}`],
        },
        {
          role: roles.azure,
          device: azureLanDevice,
          addresses: [`${clientRouter}/${prefixLength(clientSubnet)}`],
        },
      ],
      ...subnets.map((subnet) => subnet.cable),
    ],
    commands: {
      [roles.client]: [`route add default via ${clientRouter}`],
      [roles.endpoint]: subnets.flatMap((subnet) => subnet.endpoint),
      [roles.vpc]: subnets.flatMap((subnet) => subnet.vpc),
    },
  };
}

function planInternet(): Part {
  const { visitor, publicS3, otherEndpoint } = internetAddresses;
  return {
    cables: [
      [
        { role: roles.edge, device: "internet", addresses: ["100.64.0.2/30"] },
        { role: roles.internet, device: edgeDevice, addresses: ["100.64.0.1/30"] },
      ],
      [
        { role: roles.visitor, device: "eth0", addresses: [`${visitor}/32`] },
        { role: roles.internet, device: "visitor", addresses: [] },
      ],
      [
        { role: roles.elsewhere, device: "eth0", addresses: [`${publicS3}/32`, `${otherEndpoint}/32`] },
        { role: roles.internet, device: "elsewhere", addresses: [] },
      ],
    ],
    commands: {
      [roles.edge]: ["route add default via 100.64.0.1"],
      [roles.visitor]: [`route add default dev eth0 src ${visitor}`],
      [roles.elsewhere]: ["route add default dev eth0"],
      [roles.internet]: [
        `route add ${visitor}/32 dev visitor`,
        `route add ${publicS3}/32 dev elsewhere`,
        `route add ${otherEndpoint}/32 dev elsewhere`,
      ],
    },
  };
}

/**
 * Each end of each tunnel has a daemon in a namespace that holds only the end's public address. Two ends may share one
 * of Azure's: the edge tells them apart by the peer's address, without translating any.
 */
function planTunnelCables(tunnel: LabPlan["tunnels"][number]): Part {
  const { number, azure, aws } = tunnel;
  const azureIke = roles.azureIke(number);
  const awsIke = roles.awsIke(number);
  const table = 100 + number;
  return {
    cables: [
      [
        { role: azureIke, device: "eth0", addresses: [`${azure.outsideAddress}/32`] },
        { role: roles.edge, device: `ike${number}`, addresses: [] },
      ],
      [
        { role: awsIke, device: "eth0", addresses: [`${aws.outsideAddress}/32`] },
        { role: roles.internet, device: `aws${number}`, addresses: [] },
      ],
    ],
    commands: {
      [azureIke]: [`route add default dev eth0 src ${azure.outsideAddress}`],
      [awsIke]: [`route add default dev eth0 src ${aws.outsideAddress}`],
      [roles.edge]: [
        `route add ${azure.outsideAddress}/32 dev ike${number} table ${table}`,
        `rule add from ${azure.peerAddress} to ${azure.outsideAddress} lookup ${table} pref ${table}`,
      ],
      [roles.internet]: [
        `route replace ${azure.outsideAddress}/32 via 100.64.0.2 dev ${edgeDevice}`,
        `route add ${aws.outsideAddress}/32 dev aws${number}`,
      ],
    },
  };
}
