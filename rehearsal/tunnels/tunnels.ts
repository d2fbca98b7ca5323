import { covers } from "../model/addresses";
import { uncovered } from "../model/parts";
import { clientNetworks, clientRanges } from "../estate/clientNetworks";
import type { Estate } from "../estate/estate";
import { ownOf, urns } from "../estate/estateIndex";
import type { AwsEnd, AzureEnd, TunnelEnds } from "../estate/tunnelEnds";
import { bgpChecks } from "./bgp";
import type { TunnelCheck } from "./check";
import { ipsecChecks, spareChecks } from "./ipsec";

/** One tunnel with what its ends agree on. */
export interface Tunnel extends TunnelEnds {
  readonly checks: readonly TunnelCheck[];
  /** It comes up and stays up. */
  readonly up: boolean;
}

export function judgeTunnels(estate: Estate): readonly Tunnel[] {
  return estate.tunnels.map((ends) => {
    const checks = checksOf(estate, ends);
    const matched = ends.azure !== undefined && ends.aws !== undefined;
    return { ...ends, checks, up: matched && checks.every((check) => check.ok || !check.breaks) };
  });
}

function checksOf(estate: Estate, ends: TunnelEnds): readonly TunnelCheck[] {
  const { azure, aws, routing, spare } = ends;
  if (azure !== undefined && aws !== undefined)
    return [
      ...addressChecks(azure, aws),
      ...ipsecChecks(azure.connection, aws),
      ...(routing === "bgp" ? bgpChecks(azure, aws) : staticChecks(estate, azure, aws)),
      ...spareChecks(estate, aws),
    ];
  return spare && aws !== undefined ? spareChecks(estate, aws) : [missingEnd(ends)];
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
      aws: aws.vpc?.cidrs.join(", ") ?? "none",
      ok: azure.network !== undefined && aws.vpc !== undefined,
      breaks: true,
      rule: "Azure's gateway is in a virtual network, AWS's gateway is attached to a VPC",
      places: urns(aws.connection, aws.connection.vpnGateway, connection.gateway, connection),
    },
  ];
}

/** Without BGP each end holds a list of the other's networks. A gateway of others may speak BGP with others. */
function staticChecks(estate: Estate, azure: AzureEnd, aws: AwsEnd): readonly TunnelCheck[] {
  const { localNetworkGateway: site, gateway } = azure.connection;
  const ownGateway = gateway?.resource.foreign !== true;
  const behindAws = aws.vpc?.cidrs ?? [];
  const behindAzure = azure.network?.prefixes ?? [];
  const joined = joinedNetworks(estate, azure, aws);
  const toAws = site?.prefixes ?? [];
  const toAzure = aws.connection.routes.map((route) => route.destination);
  return [
    {
      what: "routing",
      azure: "static",
      aws: aws.connection.staticRoutesOnly ? "static" : "BGP",
      ok: aws.connection.staticRoutesOnly && !(ownGateway && gateway?.enableBgp === true),
      breaks: true,
      rule: "both ends route statically, or both use BGP",
      places: urns(aws.connection, azure.connection, gateway),
    },
    {
      what: "networks behind AWS",
      azure: toAws.join(", ") || "none",
      aws: behindAws.join(", ") || "none",
      ok: same(toAws, joined.aws?.needed ?? behindAws, behindAws),
      breaks: true,
      rule:
        joined.aws === undefined
          ? "Azure's local network gateway lists the VPC's network, and nothing else"
          : "Azure's local network gateway lists the VPC's networks that hold the endpoint, and none outside the VPC",
      places: urns(site, aws.vpc, azure.connection),
    },
    {
      what: "networks behind Azure",
      azure: behindAzure.join(", ") || "none",
      aws: toAzure.join(", ") || "none",
      ok:
        behindAzure.length > 0 &&
        same(toAzure, joined.azure?.needed ?? behindAzure, joined.azure?.allowed ?? behindAzure),
      breaks: true,
      rule:
        joined.azure === undefined
          ? "AWS's VPN connection has a route to the virtual network, and to nothing else"
          : "AWS's VPN connection has a route to every network of clients, and to none that Azure does not lead to",
      places: [...aws.connection.routes.map((r) => r.resource.urn), ...urns(aws.connection, azure.network)],
    },
  ];
}

/** The networks that a stack among others' needs and may list on each side; undefined for a side that is its own alone. */
function joinedNetworks(estate: Estate, azure: AzureEnd, aws: AwsEnd) {
  const clients = clientNetworks(estate).map(({ cidr }) => cidr);
  const peered = estate.azure.peerings.filter(({ network }) => network === azure.network);
  const subnets = ownOf(estate.aws.endpoints).flatMap((endpoint) =>
    endpoint.subnets.flatMap(({ cidr }) => cidr ?? []),
  );
  const { cidrs = [], resource } = aws.vpc ?? {};
  const allowed = [
    ...(azure.network?.prefixes ?? []),
    ...clients,
    ...peered.flatMap(({ remotePrefixes }) => remotePrefixes),
  ];
  return {
    azure: clients.length + peered.length === 0 ? undefined : { needed: clientRanges(estate), allowed },
    aws:
      resource?.foreign !== true
        ? undefined
        : { needed: cidrs.filter((cidr) => subnets.some((subnet) => covers(cidr, subnet))) },
  };
}

/** The list covers all that it must, and nothing beyond what it may. */
function same(listed: readonly string[], needed: readonly string[], allowed: readonly string[]): boolean {
  const within = (parts: readonly string[], wholes: readonly string[]) =>
    parts.every((part) => uncovered(part, wholes).length === 0);
  return listed.length > 0 && within(listed, allowed) && within(needed, listed);
}
