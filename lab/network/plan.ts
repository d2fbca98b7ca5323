import { addressAt, prefixLength } from "../../rehearsal/model/addresses";
import type { LabPlan } from "../plan/labPlan";
import type { Cloud, TunnelPlan } from "../plan/tunnels";

/** Namespaces, links, addresses and routes: the input of `ip`, as plain data. */
export interface NetworkPlan {
  readonly namespaces: readonly string[];
  /** Those that forward packets. */
  readonly routers: readonly string[];
  /** Pairs of virtual Ethernet interfaces. */
  readonly links: readonly (readonly [Interface, Interface])[];
  /** `ip` commands by namespace, run once the links are up. */
  readonly commands: Readonly<Record<string, readonly string[]>>;
}

export interface Interface {
  readonly role: string;
  readonly device: string;
  readonly addresses: readonly string[];
}

/** Namespaces by what they represent. `docs/lab.md` draws them. */
export const roles = {
  /** A machine in Azure's client subnet. */
  client: "client",
  /** The Azure VPN gateway, as its virtual network sees it. */
  azure: "azure",
  /** Where Azure's public addresses meet the internet. */
  edge: "edge",
  internet: "internet",
  /** The VPC's router and its VPN gateway. */
  vpc: "vpc",
  /** The endpoint's network interfaces, and S3 behind them. */
  endpoint: "endpoint",
  /** Any host on the internet. */
  internetHost: "internet-host",
  /** S3's public address, and another customer's endpoint. */
  publicS3: "public-s3",
} as const;

/** The namespace of each gateway. */
export const gatewayRoles = { azure: roles.azure, aws: roles.vpc } as const;

/** The namespace that holds a tunnel end's public address. */
export function ikeRole(cloud: Cloud, number: number): string {
  return `${cloud}-ike${number}`;
}

/** The lab's own addresses on the internet; the clouds' come from the recording. RFC 5737's first range. */
export const internetAddresses = {
  internetHost: "192.0.2.10",
  publicS3: "192.0.2.20",
  otherEndpoint: "192.0.2.21",
} as const;

/** The device of tunnel N in both gateways. */
export function tunnelDevice(number: number): string {
  return `tun${number}`;
}

export const awsLanDevice = (index: number) => `subnet${index + 1}`;
export const edgeDevice = "azure";

export function planNetwork(plan: LabPlan): NetworkPlan {
  const lans = [planClient(plan), ...planSubnets(plan)];
  const parts = [...lans, planInternet(), ...plan.tunnels.map(planTunnelLinks)];
  const commands: Record<string, string[]> = {};
  for (const part of parts) {
    for (const [role, lines] of Object.entries(part.commands)) (commands[role] ??= []).push(...lines);
  }
  const links = parts.flatMap((part) => part.links);
  return {
    namespaces: [...new Set(links.flatMap((link) => link.map((one) => one.role)))],
    routers: [roles.azure, roles.edge, roles.internet, roles.vpc],
    links,
    commands,
  };
}

type Part = Pick<NetworkPlan, "links" | "commands">;

function at(role: string, device: string, ...addresses: readonly string[]): Interface {
  return { role, device, addresses };
}

/** Azure's client behind its gateway. Neither gateway has a path to the internet but its tunnels. */
function planClient({ azure }: LabPlan): Part {
  const length = prefixLength(azure.clientSubnet);
  const router = addressAt(azure.clientSubnet, 1) ?? "";
  // Azure keeps the first four addresses of a subnet for itself, the router's among them.
  const client = addressAt(azure.clientSubnet, 4) ?? azure.clientSubnet;
  return {
    links: [
      [at(roles.client, "eth0", `${client}/${length}`), at(roles.azure, "vnet", `${router}/${length}`)],
    ],
    commands: { [roles.client]: [`route add default via ${router}`] },
  };
}

function planSubnets({ azure, aws }: LabPlan): Part[] {
  return aws.subnets.map(({ cidr, endpointAddress, returns }, index) => {
    const length = prefixLength(cidr);
    const device = awsLanDevice(index);
    const router = addressAt(cidr, 1) ?? "";
    const gateway = at(roles.vpc, device, `${router}/${length}`);
    const table = 100 + index;
    return {
      links: [[at(roles.endpoint, device, `${endpointAddress}/${length}`), gateway]],
      commands: {
        // Each interface of the endpoint answers by way of its own subnet's router.
        [roles.endpoint]: [
          `route add default via ${router} dev ${device} table ${table}`,
          `rule add from ${endpointAddress} lookup ${table} pref ${table}`,
        ],
        // A subnet whose route table does not lead to the VPN gateway sends nothing back to Azure.
        [roles.vpc]: returns
          ? []
          : azure.networks.map((network) => `rule add iif ${device} to ${network} prohibit pref ${table}`),
      },
    };
  });
}

function planInternet(): Part {
  const { internetHost, publicS3, otherEndpoint } = internetAddresses;
  return {
    links: [
      [at(roles.edge, "internet", "100.64.0.2/30"), at(roles.internet, edgeDevice, "100.64.0.1/30")],
      [at(roles.internetHost, "eth0", `${internetHost}/32`), at(roles.internet, "host")],
      [at(roles.publicS3, "eth0", `${publicS3}/32`, `${otherEndpoint}/32`), at(roles.internet, "s3")],
    ],
    commands: {
      [roles.edge]: ["route add default via 100.64.0.1"],
      [roles.internetHost]: [`route add default dev eth0 src ${internetHost}`],
      [roles.publicS3]: ["route add default dev eth0"],
      [roles.internet]: [
        `route add ${internetHost}/32 dev host`,
        `route add ${publicS3}/32 dev s3`,
        `route add ${otherEndpoint}/32 dev s3`,
      ],
    },
  };
}

/**
 * Each end of each tunnel has a daemon in a namespace that holds only the end's public address. Two ends may share one
 * of Azure's: the edge chooses by the peer's address, without address translation.
 */
function planTunnelLinks({ number, azure, aws }: TunnelPlan): Part {
  const azureIke = ikeRole("azure", number);
  const awsIke = ikeRole("aws", number);
  const table = 100 + number;
  return {
    links: [
      [at(azureIke, "eth0", `${azure.outsideAddress}/32`), at(roles.edge, `ike${number}`)],
      [at(awsIke, "eth0", `${aws.outsideAddress}/32`), at(roles.internet, `aws${number}`)],
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
