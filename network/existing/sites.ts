import { ipv4 } from "../cidr";
import { nameOf, sameId } from "./azureIds";
import type { AzureGatewayFacts } from "./azureReads";
import type { SnapshotResource } from "./snapshot";

/** A network of others behind a gateway that the stack shares or that is beside its own: on premises, another cloud. */
export interface Site {
  /** What people call it: the name of its connection. */
  readonly name: string;
  /** The name of the gateway. */
  readonly gateway: string;
  /** IPv4, each once; empty where the snapshot shows none. */
  readonly cidrs: readonly string[];
}

type Resources = readonly SnapshotResource[];

const ofType = (resources: Resources, kind: string) =>
  resources.filter(({ type }) => type.split(":").at(-1) === kind);

/** What a gateway learned from its own network, and from its other instances, is none of a site's. */
const isInside = (origin: string | undefined) => /^(network|ibgp)$/i.test(origin ?? "");

/** Behind a VPN or ExpressRoute gateway of others: what its local network gateways list, and what it learned. */
export function azureSites(
  resources: Resources,
  gateway: Pick<AzureGatewayFacts, "id" | "name">,
): readonly Site[] {
  const ends = ofType(resources, "LocalNetworkGateway");
  const connections = ofType(resources, "VirtualNetworkGatewayConnection")
    .filter(({ inputs: { virtualNetworkGateway1: one, virtualNetworkGateway2: other } }) =>
      [one, other].some((end) => sameId(end?.id, gateway.id)),
    )
    .map(({ id, inputs }) => ({
      name: nameOf(id),
      end: ends.find((one) => sameId(one.id, inputs.localNetworkGateway2?.id))?.inputs,
    }));
  const learned = ofType(resources, "VirtualNetworkGateway")
    .filter(({ id }) => sameId(id, gateway.id))
    .flatMap(({ outputs }) => outputs.learnedRoutes)
    .filter(({ origin }) => !isInside(origin));
  // A circuit has no local network gateway: what no other peer brought is its.
  const circuit = connections.find(({ end }) => end === undefined);
  const bringer = ({ nextHop = "none" }: { readonly nextHop?: string | undefined }) =>
    connections.find(({ end }) => end?.bgpSettings?.bgpPeeringAddress === nextHop) ?? circuit;
  const learnedBy = (connection: (typeof connections)[number] | undefined) =>
    learned.filter((route) => bringer(route) === connection).map(({ network }) => network);
  const unnamed = learnedBy(undefined);
  return [
    ...connections.map((one) => ({
      name: one.name,
      cidrs: [...(one.end?.localNetworkAddressSpace?.addressPrefixes ?? []), ...learnedBy(one)],
    })),
    ...(unnamed.length === 0 ? [] : [{ name: "a site without a name", cidrs: unnamed }]),
  ].map(({ name, cidrs }) => ({ name, gateway: gateway.name, cidrs: ipv4(cidrs) }));
}

/**
 * Behind a virtual private gateway: the static routes of its connections, and what route tables took from it. The snapshot
 * leaves out the stack's own connections, but not all that they brought into the tables.
 * @param fromAzure What Azure's side brings: exactly that is none of a site's.
 */
export function awsSites(
  resources: Resources,
  gatewayId: string,
  fromAzure: readonly string[],
): readonly Site[] {
  const routes = ofType(resources, "VpnConnectionRoute").map(({ inputs }) => inputs);
  const connections = ofType(resources, "VpnConnection")
    .filter(({ inputs }) => inputs.vpnGatewayId === gatewayId)
    .map(({ id, inputs }) => ({
      id,
      bgp: !inputs.staticRoutesOnly,
      written: routes
        .filter(({ vpnConnectionId }) => vpnConnectionId === id)
        .flatMap(({ destinationCidrBlock }) => destinationCidrBlock ?? []),
    }));
  const others = [...fromAzure, ...connections.flatMap(({ written }) => written)];
  const learned = ofType(resources, "RouteTable")
    .flatMap(({ outputs }) => outputs.propagatedRoutes)
    .filter((route) => route.gatewayId === gatewayId)
    .flatMap(({ destinationCidrBlock }) => destinationCidrBlock ?? [])
    .filter((cidr) => !others.includes(cidr));
  // The tables name no connection: of several that speak BGP each may have brought a route.
  const speakers = connections.filter(({ bgp }) => bgp).map(({ id }) => id);
  const listed = connections.filter((one) => !one.bgp || one.written.length > 0);
  return [
    ...listed.map(({ id, written }) => ({ name: id, cidrs: written })),
    ...(speakers.length === 0 && learned.length === 0
      ? []
      : [{ name: speakers.join(" or ") || "another connection", cidrs: learned }]),
  ].map(({ name, cidrs }) => ({ name, gateway: gatewayId, cidrs: ipv4(cidrs) }));
}
