import { covers } from "../model/addresses";
import type { AwsTunnel, AwsVpc, AwsVpnConnection } from "../estate/aws";
import type { AzureConnection, AzureInstance, AzureNetwork } from "../estate/azure";
import { bgpChecks } from "./bgp";
import { urns, type Estate } from "../estate/estate";
import { ipsecChecks, spareChecks } from "./ipsec";

/** One thing that both ends of a tunnel must have in common. */
export interface TunnelCheck {
  readonly what: string;
  /** What each end says, fit to print: never a key. */
  readonly azure: string;
  readonly aws: string;
  readonly ok: boolean;
  /** Whether the tunnel stays down, or goes down in time, where it is not. */
  readonly breaks: boolean;
  /** What must hold, as a sentence that ends with its source where it is not obvious. */
  readonly rule: string;
  /** URNs of the resources at fault, the likeliest first. */
  readonly places: readonly string[];
}

/** One tunnel with what both clouds know of it. */
export interface TunnelEnds {
  /** `tunnel1` to `tunnel4`: by AWS connection and slot. */
  readonly name: string;
  readonly azure: AzureEnd | undefined;
  readonly aws: AwsEnd | undefined;
  readonly routing: "static" | "bgp";
  /** Azure has no end for it, and another tunnel of the same AWS connection does the work. */
  readonly spare: boolean;
  readonly checks: readonly TunnelCheck[];
  /** It comes up and stays up. */
  readonly up: boolean;
}

export interface AzureEnd {
  readonly connection: AzureConnection;
  /** The gateway instance that AWS talks to; undefined where AWS talks to none of this gateway's addresses. */
  readonly instance: AzureInstance | undefined;
  /** The network behind the gateway. */
  readonly network: AzureNetwork | undefined;
}

export interface AwsEnd {
  readonly connection: AwsVpnConnection;
  readonly tunnel: AwsTunnel;
  /** The network behind the gateway. */
  readonly vpc: AwsVpc | undefined;
}

/** Every tunnel that either cloud knows, matched by the addresses alone. */
export function matchTunnelEnds(estate: Estate): readonly TunnelEnds[] {
  const awsEnds = byName(estate.aws.vpnConnections).flatMap((connection) =>
    connection.tunnels.map((tunnel): AwsEnd => ({ connection, tunnel, vpc: vpcOf(estate, connection) })),
  );
  const matched = awsEnds.map((aws, index) => ({ aws, azure: azureEndOf(estate, aws), number: index + 1 }));
  const met = new Set(matched.flatMap(({ azure }) => (azure === undefined ? [] : [azure.connection])));
  const lonely = estate.azure.connections.filter((connection) => !met.has(connection));
  return [
    ...matched.map(({ aws, azure, number }) => {
      const spare =
        azure === undefined &&
        matched.some((m) => m.aws.connection === aws.connection && m.azure !== undefined);
      return judgeTunnel(estate, { name: `tunnel${number}`, aws, azure, spare });
    }),
    ...lonely.map((connection) =>
      judgeTunnel(estate, {
        name: /tunnel\d+/.exec(connection.resource.name)?.[0] ?? connection.resource.name,
        azure: { connection, instance: undefined, network: networkOf(connection) },
        aws: undefined,
        spare: false,
      }),
    ),
  ];
}

function byName(connections: readonly AwsVpnConnection[]): readonly AwsVpnConnection[] {
  return [...connections].sort((one, other) => (one.resource.name < other.resource.name ? -1 : 1));
}

function vpcOf(estate: Estate, connection: AwsVpnConnection): AwsVpc | undefined {
  return estate.aws.vpcs.find((vpc) => connection.vpnGateway?.vpcIds.includes(vpc.resource.id) === true);
}

function networkOf(connection: AzureConnection): AzureNetwork | undefined {
  return connection.gateway?.instances[0]?.subnet?.network;
}

/** Azure's end of an AWS tunnel: its far end is the tunnel's address, and AWS's far end is one of its own. */
function azureEndOf(estate: Estate, aws: AwsEnd): AzureEnd | undefined {
  const { outsideAddress } = aws.tunnel;
  const customer = aws.connection.customerGateway?.address;
  if (outsideAddress === undefined) return undefined;
  for (const connection of estate.azure.connections) {
    if (connection.localNetworkGateway?.address !== outsideAddress) continue;
    const instance = connection.gateway?.instances.find(
      ({ publicIp }) => customer !== undefined && publicIp?.address === customer,
    );
    return { connection, instance, network: networkOf(connection) };
  }
  return undefined;
}

function judgeTunnel(estate: Estate, ends: Pick<TunnelEnds, "name" | "azure" | "aws" | "spare">): TunnelEnds {
  const { azure, aws } = ends;
  const routing = azure?.connection.enableBgp === true ? "bgp" : "static";
  const checks =
    azure !== undefined && aws !== undefined
      ? [
          ...addressChecks(azure, aws),
          ...ipsecChecks(azure.connection, aws),
          ...(routing === "bgp" ? bgpChecks(azure, aws) : staticChecks(azure, aws)),
          ...spareChecks(estate, aws),
        ]
      : ends.spare && aws !== undefined
        ? spareChecks(estate, aws)
        : [missingEnd(ends)];
  const up = azure !== undefined && aws !== undefined && checks.every((check) => check.ok || !check.breaks);
  return { ...ends, routing, checks, up };
}

function missingEnd(ends: Pick<TunnelEnds, "azure" | "aws">): TunnelCheck {
  const { azure, aws } = ends;
  return {
    what: "both ends",
    azure:
      azure === undefined ? "no connection" : (azure.connection.localNetworkGateway?.address ?? "no far end"),
    aws: aws?.tunnel.outsideAddress ?? "no tunnel",
    ok: false,
    breaks: true,
    rule: "the address of Azure's local network gateway is the outside address of an AWS tunnel",
    places: [
      azure?.connection.localNetworkGateway?.resource.urn,
      azure?.connection.resource.urn,
      aws?.connection.resource.urn,
    ].filter((urn) => urn !== undefined),
  };
}

function addressChecks(azure: AzureEnd, aws: AwsEnd): readonly TunnelCheck[] {
  const { connection, instance } = azure;
  const customer = aws.connection.customerGateway;
  return [
    {
      what: "outside addresses",
      azure: instance?.publicIp?.address ?? "another",
      aws: aws.tunnel.outsideAddress ?? "none",
      ok: instance !== undefined,
      breaks: true,
      rule: `AWS's customer gateway (${customer?.address ?? "none"}) is a public address of the Azure gateway`,
      places: urns(customer, aws.connection, connection.gateway, connection),
    },
    {
      what: "networks",
      azure: azure.network?.prefixes.join(", ") ?? "none",
      aws: aws.vpc?.cidr ?? "none",
      ok: azure.network !== undefined && aws.vpc !== undefined,
      breaks: true,
      rule: "Azure's gateway stands in a virtual network, AWS's gateway is attached to a VPC",
      places: urns(aws.connection, aws.connection.vpnGateway, connection.gateway, connection),
    },
  ];
}

/** Without BGP each end holds a list of the other's networks. */
function staticChecks(azure: AzureEnd, aws: AwsEnd): readonly TunnelCheck[] {
  const { localNetworkGateway: site } = azure.connection;
  const behindAws = aws.vpc?.cidr;
  const behindAzure = azure.network?.prefixes ?? [];
  const toAws = site?.prefixes ?? [];
  const toAzure = aws.connection.routes.map((route) => route.destination);
  return [
    {
      what: "routing",
      azure: "static",
      aws: aws.connection.staticRoutesOnly ? "static" : "BGP",
      ok: aws.connection.staticRoutesOnly && azure.connection.gateway?.enableBgp !== true,
      breaks: true,
      rule: "both ends route statically, or both speak BGP",
      places: urns(aws.connection, azure.connection, azure.connection.gateway),
    },
    {
      what: "networks behind AWS",
      azure: toAws.join(", ") || "none",
      aws: behindAws ?? "none",
      ok: behindAws !== undefined && same(toAws, [behindAws]),
      breaks: true,
      rule: "Azure's local network gateway lists the VPC's network, and nothing else",
      places: urns(site, aws.vpc, azure.connection),
    },
    {
      what: "networks behind Azure",
      azure: behindAzure.join(", ") || "none",
      aws: toAzure.join(", ") || "none",
      ok: behindAzure.length > 0 && same(toAzure, behindAzure),
      breaks: true,
      rule: "AWS's VPN connection has a route to the virtual network, and to nothing else",
      places: [...aws.connection.routes.map((r) => r.resource.urn), ...urns(aws.connection, azure.network)],
    },
  ];
}

/** Each list covers the other. */
function same(one: readonly string[], other: readonly string[]): boolean {
  const within = (parts: readonly string[], wholes: readonly string[]) =>
    parts.every((part) => wholes.some((whole) => covers(whole, part)));
  return one.length > 0 && within(one, other) && within(other, one);
}
