import { prefixLength } from "../addresses";
import { type Route, type Routing, routingOf } from "./routing";

/** One route of a VPC's route table. */
export interface AwsRoute extends Route {
  /** As AWS shows it: `local`, `vgw-…`, `pcx-…`. */
  readonly target: string;
  readonly origin: AwsRouteOrigin;
  /** With `blackhole` the target is gone, and the packets with it. */
  readonly state: "active" | "blackhole";
}

/** Where a route comes from: the VPC itself, somebody who wrote it, or a virtual private gateway that propagates it. */
export type AwsRouteOrigin =
  | "local"
  | "static"
  | "prefix list"
  | "Direct Connect, propagated"
  | "static VPN, propagated"
  | "BGP VPN, propagated";

/**
 * Among routes to the same destination the first of these wins.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html
 */
const order: readonly AwsRouteOrigin[] = [
  "local",
  "static",
  "prefix list",
  "Direct Connect, propagated",
  "static VPN, propagated",
  "BGP VPN, propagated",
];

/** What a route table does with the packets to a network. */
export function awsRouting<R extends AwsRoute>(network: string, routes: readonly R[]): Routing<R> {
  return routingOf(network, routes, (covering) => chooseAwsRoute(covering));
}

/**
 * Of the routes that cover an address the one that AWS takes: the most specific, then by origin.
 * guess: a blackhole route wins like any other; AWS documents that its packets are dropped, not that it is skipped.
 */
export function chooseAwsRoute<R extends AwsRoute>(covering: readonly R[]): R | undefined {
  // The local route beats propagated routes that are more specific, but not static ones:
  // https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-route-priority.html
  const local = covering.some(({ origin }) => origin === "local");
  const [taken] = covering
    .filter(({ origin }) => !local || !isPropagated(origin))
    .sort(
      (one, other) =>
        prefixLength(other.destination) - prefixLength(one.destination) ||
        order.indexOf(one.origin) - order.indexOf(other.origin),
    );
  return taken;
}

export function isPropagated(origin: AwsRouteOrigin): boolean {
  return origin.endsWith(", propagated");
}

/**
 * Where a route's destination stands: in a route of its own, or inside of a table, where it has other names.
 * @see https://www.pulumi.com/registry/packages/aws/api-docs/ec2/routetable/
 */
export const routeDestinations = [
  "destinationCidrBlock",
  "cidrBlock",
  "destinationIpv6CidrBlock",
  "ipv6CidrBlock",
  "destinationPrefixListId",
] as const;

/** Where its target stands; one of them is given. */
export const routeTargets = [
  "gatewayId",
  "natGatewayId",
  "networkInterfaceId",
  "instanceId",
  "transitGatewayId",
  "vpcPeeringConnectionId",
  "vpcEndpointId",
  "egressOnlyGatewayId",
  "carrierGatewayId",
  "localGatewayId",
  "coreNetworkArn",
  "odbNetworkArn",
] as const;
