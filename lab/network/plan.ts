import { addressAt, prefixLength } from "../../rehearsal/model/addresses";
import type { Carrier, DaemonPlacement } from "../ike/daemon";
import type { ClientPlan } from "../plan/clients";
import type { LabPlan } from "../plan/labPlan";
import type { SitePlan, SiteTunnelPlan } from "../plan/site";
import type { Cloud, TunnelEnd, TunnelPlan } from "../plan/tunnels";

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
  /** A machine in Azure's client subnet; those of other subnets are `client2` and so on. */
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
  /** A machine of others in the VPC, where another site is connected to its gateway. */
  vpcMachine: "vpc-machine",
  /** The router of another site that is connected to a gateway that the stack shares. */
  site: "site",
  siteClient: "site-client",
} as const;

/** Where a tunnel may end. */
export type Side = Cloud | "site";

/** The namespace of each gateway. */
export const gatewayRoles = { azure: roles.azure, aws: roles.vpc, site: roles.site } as const;

/** The lab's own addresses on the internet; the others' come from the recording. RFC 2544's range, for tests alone. */
export const internetAddresses = {
  internetHost: "198.19.0.10",
  publicS3: "198.19.0.20",
  otherEndpoint: "198.19.0.21",
} as const;

/** One end of one tunnel. */
export interface EndPlace extends DaemonPlacement {
  readonly tunnelDevice: string;
  readonly carrier: Carrier | undefined;
}

/**
 * Where an end is. AWS's gateway has a daemon per tunnel, as each of its tunnels has an address of its own; so has a
 * gateway of the stack's own in Azure. There a tunnel is nothing but a device. An Azure gateway that others use too has
 * one per instance, with every tunnel of that instance; so has the device at a site.
 */
export function placeOf({ site }: LabPlan, side: Side, tunnel: TunnelPlan | SiteTunnelPlan): EndPlace {
  const { number, azureInstance = 0 } = tunnel;
  const sharesAzure = site?.cloud === "azure";
  const daemon = { azure: sharesAzure ? azureInstance + 1 : number, aws: number, site: 1 }[side];
  const place = {
    ...{ ikeRole: `${side}-ike${daemon}`, gatewayRole: gatewayRoles[side] },
    tunnelDevice: tunnelDevice(number),
  };
  if ("aws" in tunnel && !sharesAzure) return { ...place, device: place.tunnelDevice, carrier: undefined };
  // Again of RFC 2544's range.
  const [shared, other] = [`198.18.${number}.2`, `198.18.${number}.1`];
  const [local, remote] = side === site?.cloud ? [shared, other] : [other, shared];
  return { ...place, device: `esp${daemon}`, carrier: { id: number, local, remote } };
}

/** The device of tunnel N in both gateways. */
export function tunnelDevice(number: number): string {
  return `tun${number}`;
}

export const awsLanDevice = (index: number) => `subnet${index + 1}`;
export const edgeDevice = "azure";

export function planNetwork(plan: LabPlan): NetworkPlan {
  const { site } = plan;
  const parts = [
    ...plan.azure.clients.map(planClient),
    ...planSubnets(plan),
    planInternet(),
    ...(site === undefined ? [] : [planSiteClient(site)]),
    ...(site?.cloud === "aws" ? [planVpcMachine(plan)] : []),
    ...planDaemonLinks(plan),
  ];
  const commands: Record<string, string[]> = {};
  for (const part of parts) {
    for (const [role, lines] of Object.entries(part.commands)) (commands[role] ??= []).push(...lines);
  }
  const links = parts.flatMap((part) => part.links);
  return {
    namespaces: [...new Set(links.flatMap((link) => link.map((one) => one.role)))],
    routers: [
      roles.azure,
      roles.edge,
      roles.internet,
      roles.vpc,
      ...(site === undefined ? [] : [roles.site]),
    ],
    links,
    commands,
  };
}

type Part = Pick<NetworkPlan, "links" | "commands">;

function at(role: string, device: string, ...addresses: readonly string[]): Interface {
  return { role, device, addresses };
}

/** A client behind the Azure gateway. No gateway has a path to the internet but its tunnels. */
function planClient({ role, subnet }: Pick<ClientPlan, "role" | "subnet">, index: number): Part {
  return planHost({ role, subnet, router: roles.azure, device: index === 0 ? "vnet" : `vnet${index + 1}` });
}

/** Its gateway has the site's first network on its inside; it announces the others too. */
function planSiteClient({ networks }: SitePlan): Part {
  return planHost({ role: roles.siteClient, subnet: networks[0] ?? "", router: roles.site, device: "lan" });
}

interface Host {
  readonly role: string;
  readonly subnet: string;
  readonly router: string;
  readonly device: string;
}

function planHost({ role, subnet, router, device }: Host): Part {
  const length = prefixLength(subnet);
  const via = addressAt(subnet, 1) ?? "";
  return {
    links: [[at(role, "eth0", `${clientAddress(subnet)}/${length}`), at(router, device, `${via}/${length}`)]],
    commands: { [role]: [`route add default via ${via}`] },
  };
}

/** In a subnet of the endpoint's, which the machine shares with it. */
function planVpcMachine(plan: LabPlan): Part {
  const address = vpcMachineAddress(plan);
  return {
    links: [[at(roles.vpcMachine, "eth0", `${address}/32`), at(roles.vpc, "machine")]],
    commands: {
      [roles.vpcMachine]: [`route add default dev eth0 src ${address}`],
      [roles.vpc]: [`route add ${address}/32 dev machine`],
    },
  };
}

/** AWS too keeps the first four addresses of a subnet for itself. */
function vpcMachineAddress({ aws }: LabPlan): string {
  const { cidr = "", endpointAddress } = aws.subnets[0] ?? {};
  return [4, 5].map((index) => addressAt(cidr, index)).find((one) => one !== endpointAddress) ?? "";
}

/** Whom the other site has to do with, at the gateway's side: a machine that the stack does not name, where there is one. */
export function sitePartner(plan: LabPlan): { readonly role: string; readonly address: string } {
  if (plan.site?.cloud === "aws") return { role: roles.vpcMachine, address: vpcMachineAddress(plan) };
  const { clients } = plan.azure;
  const { role = roles.client, subnet = "" } = clients.find(({ named }) => !named) ?? clients[0] ?? {};
  return { role, address: clientAddress(subnet) };
}

/** Azure keeps the first four addresses of a subnet for itself, the router's among them. */
export function clientAddress(subnet: string): string {
  return addressAt(subnet, 4) ?? subnet;
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
      [at(roles.edge, "internet", "198.19.255.2/30"), at(roles.internet, edgeDevice, "198.19.255.1/30")],
      [at(roles.internetHost, "eth0", `${internetHost}/32`), at(roles.internet, "host")],
      [at(roles.publicS3, "eth0", `${publicS3}/32`, `${otherEndpoint}/32`), at(roles.internet, "s3")],
    ],
    commands: {
      [roles.edge]: ["route add default via 198.19.255.1"],
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
 * Each daemon has a namespace that holds only its public address. Two daemons may share one of Azure's: the edge chooses
 * by the peer's address, without address translation.
 */
function planDaemonLinks(plan: LabPlan): Part[] {
  const link = (side: Side, tunnel: TunnelPlan | SiteTunnelPlan, end: TunnelEnd): Part => {
    const place = placeOf(plan, side, tunnel);
    return side === "azure" ? planAzureDaemon(place, tunnel.number, end) : planOtherDaemon(place, end);
  };
  const { tunnels, site } = plan;
  const own = tunnels.flatMap((one) => [link("azure", one, one.azure), link("aws", one, one.aws)]);
  const others = site?.tunnels.flatMap((one) => [
    link(site.cloud, one, one.gateway),
    link("site", one, one.site),
  ]);
  const parts = [...own, ...(others ?? [])];
  // A daemon with several tunnels has one link.
  const byRole = new Map(parts.map((part) => [part.links[0]?.[0].role, part]));
  return [...byRole.values()];
}

function planAzureDaemon(
  { ikeRole, carrier }: EndPlace,
  number: number,
  { outsideAddress, peerAddress }: TunnelEnd,
): Part {
  const table = 100 + number;
  const device = ikeRole.replace("azure-", "");
  return {
    links: [[at(ikeRole, "eth0", `${outsideAddress}/32`), at(roles.edge, device)]],
    commands: {
      [ikeRole]: [`route add default dev eth0 src ${outsideAddress}`],
      [roles.edge]:
        carrier === undefined
          ? [
              `route add ${outsideAddress}/32 dev ${device} table ${table}`,
              `rule add from ${peerAddress} to ${outsideAddress} lookup ${table} pref ${table}`,
            ]
          : [`route add ${outsideAddress}/32 dev ${device}`],
      [roles.internet]: [`route replace ${outsideAddress}/32 via 198.19.255.2 dev ${edgeDevice}`],
    },
  };
}

function planOtherDaemon({ ikeRole }: EndPlace, { outsideAddress }: TunnelEnd): Part {
  const device = ikeRole.replace("-ike", "");
  return {
    links: [[at(ikeRole, "eth0", `${outsideAddress}/32`), at(roles.internet, device)]],
    commands: {
      [ikeRole]: [`route add default dev eth0 src ${outsideAddress}`],
      [roles.internet]: [`route add ${outsideAddress}/32 dev ${device}`],
    },
  };
}
