import { blockOf } from "../../../rehearsal/model/addresses";
import { divide } from "../../../rehearsal/model/parts";
import { type Props, UNKNOWN } from "../../../rehearsal/model/recording";
import { addedTypes, awsTypes, azureTypes } from "../../../rehearsal/model/resourceTypes";
import {
  type AwsRoute,
  awsRouting,
  routeDestinations,
  routeTargets,
} from "../../../rehearsal/model/routes/awsRoutes";
import {
  type AzureRoute,
  azureRouting,
  azureSubnetRoutes,
} from "../../../rehearsal/model/routes/azureRoutes";
import type { Route, Routing } from "../../../rehearsal/model/routes/routing";
import { isList, isProps, isTrue, knownStrings, text } from "../../../rehearsal/model/values";
import type { Resource } from "../changes";
import { type Moment, NotCompared, ofType, pointsAt } from "./place";

/** Networks that are sent another way than before. */
export interface Rerouted {
  readonly to: readonly string[];
  /** As `vpn-aws-gateway`; undefined where no route took them. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Where each part of the IPv4 addresses goes; undefined where nothing takes it. */
export type Ways = readonly { readonly networks: readonly string[]; readonly target: string }[];

const everything = "0.0.0.0/0";

/** Both divided at the borders of each other. */
export function rerouted(before: Ways, after: Ways): readonly Rerouted[] {
  const borders = [...before, ...after].flatMap(({ networks }) => networks);
  const targetIn = (ways: Ways, part: string) => {
    const block = blockOf(part);
    return ways.find(({ networks }) => block !== undefined && networks.some((one) => holds(one, part)))
      ?.target;
  };
  const parts = divide(everything, borders, (part) =>
    JSON.stringify([targetIn(before, part) ?? null, targetIn(after, part) ?? null]),
  );
  return [...parts].flatMap(([answer, networks]) => {
    const [was, is] = JSON.parse(answer) as [string | null, string | null];
    return was === is ? [] : [{ to: networks, before: was ?? undefined, after: is ?? undefined }];
  });
}

function holds(whole: string, part: string): boolean {
  const [outer, inner] = [blockOf(whole), blockOf(part)];
  if (outer === undefined || inner === undefined) return false;
  const size = 2 ** (32 - outer.length);
  return inner.length >= outer.length && Math.floor(inner.start / size) * size === outer.start;
}

function waysOf<R extends Route>({ taken, unread }: Routing<R>, target: (route: R) => string): Ways {
  const [strange] = unread;
  if (strange !== undefined)
    throw new NotCompared(
      `the destination ${strange.destination} is no network whose addresses are known here`,
    );
  return taken.map(({ route, networks }) => ({ networks, target: target(route) }));
}

/** Where a subnet of AWS, or a table that no subnet of the preview has, sends its packets. */
export function awsWays(moment: Moment, place: Resource): Ways {
  const table = place.type === awsTypes.subnet ? tableOf(moment, place) : place.urn;
  const vpc = pointsAt(moment, place, "vpcId");
  const routes = [...localRoutes(moment, vpc), ...(table === undefined ? [] : awsRoutesIn(moment, table))];
  return waysOf(awsRouting(everything, routes), ({ target }) => nameOf(moment, target));
}

/** The table that an association gives a subnet; the VPC's main table, of which nothing is known, where there is none. */
function tableOf(moment: Moment, subnet: Resource): string | undefined {
  const own = ofType(moment, awsTypes.routeTableAssociation).find(
    (one) => pointsAt(moment, one, "subnetId") === subnet.urn,
  );
  return own === undefined ? undefined : pointsAt(moment, own, "routeTableId");
}

export function hasSubnets(moment: Moment, table: Resource): boolean {
  return ofType(moment, awsTypes.routeTableAssociation).some(
    (one) => pointsAt(moment, one, "routeTableId") === table.urn,
  );
}

function localRoutes(moment: Moment, vpc: string | undefined): readonly AwsRoute[] {
  const own = moment.resources.filter(({ urn }) => urn === vpc);
  const added = ofType(moment, addedTypes.vpcIpv4CidrBlockAssociation).filter(
    (one) => pointsAt(moment, one, "vpcId") === vpc,
  );
  return [...own, ...added]
    .flatMap(({ inputs }) => knownStrings(inputs, "cidrBlock"))
    .map((destination) => ({ destination, target: "local", origin: "local", state: "active" }));
}

function awsRoutesIn(moment: Moment, table: string): readonly AwsRoute[] {
  const self = moment.resources.filter(({ urn }) => urn === table);
  const beside = ofType(moment, addedTypes.route).filter(
    (one) => pointsAt(moment, one, "routeTableId") === table,
  );
  const gateways = [
    ...self.flatMap(({ inputs }) => knownStrings(inputs, "propagatingVgws")),
    ...ofType(moment, awsTypes.vpnGatewayRoutePropagation)
      .filter((one) => pointsAt(moment, one, "routeTableId") === table)
      .flatMap((one) => pointsAt(moment, one, "vpnGatewayId") ?? []),
  ];
  return [
    ...self.flatMap(({ inputs }) => inline(inputs, "routes")).map((route) => awsRoute(route)),
    ...beside.map((one) => awsRoute(one.inputs, targetOf(moment, one))),
    ...gateways.flatMap((gateway) => propagated(moment, gateway)),
  ];
}

function targetOf(moment: Moment, route: Resource): string | undefined {
  const property = routeTargets.find((one) => route.inputs[one] !== undefined && route.inputs[one] !== "");
  return property === undefined ? undefined : pointsAt(moment, route, property);
}

function awsRoute(route: Props, pointed?: string): AwsRoute {
  const first = (names: readonly string[]) =>
    names.flatMap((name) => knownStrings(route, name)).find((one) => one !== "");
  const [destination, target] = [first(routeDestinations), pointed ?? first(routeTargets)];
  if (destination === undefined || target === undefined)
    throw new NotCompared("a route is not known before the update");
  return { destination, target, origin: target === "local" ? "local" : "static", state: "active" };
}

/** What a virtual private gateway brings: static routes of its connections; with BGP, what Azure announces. */
function propagated(moment: Moment, gateway: string): readonly AwsRoute[] {
  const connections = ofType(moment, awsTypes.vpnConnection).filter(
    (one) => pointsAt(moment, one, "vpnGatewayId") === gateway,
  );
  const written = ofType(moment, awsTypes.vpnConnectionRoute).filter((one) =>
    connections.some(({ urn }) => pointsAt(moment, one, "vpnConnectionId") === urn),
  );
  const announced = connections.some(({ inputs }) => !isTrue(inputs, "staticRoutesOnly"))
    ? azureNetworks(moment)
    : [];
  const route = (destination: string, origin: AwsRoute["origin"]): AwsRoute => ({
    destination,
    target: gateway,
    origin,
    state: "active",
  });
  return [
    ...written
      .flatMap(({ inputs }) => knownStrings(inputs, "destinationCidrBlock"))
      .map((destination) => route(destination, "static VPN, propagated")),
    ...announced.map((destination) => route(destination, "BGP VPN, propagated")),
  ];
}

export function azureNetworks(moment: Moment): readonly string[] {
  return ofType(moment, azureTypes.virtualNetwork).flatMap(({ inputs }) =>
    knownStrings(inputs, "addressSpace.addressPrefixes"),
  );
}

export function awsNetworks(moment: Moment): readonly string[] {
  return [awsTypes.vpc, addedTypes.vpcIpv4CidrBlockAssociation]
    .flatMap((type) => ofType(moment, type))
    .flatMap(({ inputs }) => knownStrings(inputs, "cidrBlock"));
}

/** Where a subnet of Azure sends its packets. */
export function azureWays(moment: Moment, subnet: Resource): Ways {
  const networkName = text(subnet.inputs, "virtualNetworkName");
  const networks = ofType(moment, azureTypes.virtualNetwork).filter(
    ({ inputs, outputs, urn }) =>
      [text(outputs, "name"), text(inputs, "virtualNetworkName")].includes(networkName) ||
      (subnet.madeOf["virtualNetworkName"] ?? []).includes(urn),
  );
  const sites = ofType(moment, azureTypes.localNetworkGateway);
  const bgp = sites.some(({ inputs }) => inputs["bgpSettings"] !== undefined);
  const pointed =
    subnet.inputs["routeTable"] === undefined ? undefined : pointsAt(moment, subnet, "routeTable.id");
  const table = moment.resources.find(({ urn }) => urn === pointed);
  if (pointed !== undefined && table === undefined)
    throw new NotCompared(`its route table ${pointed} is none of the stack's`);
  const routes = azureSubnetRoutes({
    space: networks.flatMap(({ inputs }) => knownStrings(inputs, "addressSpace.addressPrefixes")),
    behindGateway: [
      ...new Set([
        ...sites.flatMap(({ inputs }) => knownStrings(inputs, "localNetworkAddressSpace.addressPrefixes")),
        ...(bgp ? awsNetworks(moment) : []),
      ]),
    ],
    table:
      table === undefined
        ? undefined
        : {
            routes: azureRoutesIn(moment, table),
            disableBgpRoutePropagation: isTrue(table.inputs, "disableBgpRoutePropagation"),
          },
  });
  return waysOf(azureRouting(everything, routes), ({ nextHop, nextHopAddress }) =>
    nextHopAddress === undefined ? nextHop : `${nextHop} ${nextHopAddress}`,
  );
}

/** Whether a route of its own belongs to a table of Azure, which it names. */
export function isIn(moment: Moment, route: Resource, table: Resource): boolean {
  const name = text(route.inputs, "routeTableName");
  if (name === undefined) return (route.madeOf["routeTableName"] ?? []).includes(table.urn);
  return [text(table.outputs, "name"), text(table.inputs, "routeTableName")].includes(name);
}

function azureRoutesIn(moment: Moment, table: Resource): readonly AzureRoute[] {
  const beside = ofType(moment, addedTypes.azureRoute).filter((one) => isIn(moment, one, table));
  return [...inline(table.inputs, "routes"), ...beside.map(({ inputs }) => inputs)].map((route) => {
    const [destination, nextHop] = [text(route, "addressPrefix"), text(route, "nextHopType")];
    if (destination === undefined || nextHop === undefined)
      throw new NotCompared("a route is not known before the update");
    const address = text(route, "nextHopIpAddress");
    const hop = address === undefined ? {} : { nextHopAddress: address };
    return { name: text(route, "name") ?? "", origin: "user", destination, nextHop, ...hop };
  });
}

function inline(inputs: Props, property: string): readonly Props[] {
  const value = inputs[property];
  if (value === undefined) return [];
  if (!isList(value) || JSON.stringify(value).includes(UNKNOWN))
    throw new NotCompared(`${property} is not known before the update`);
  return value.filter(isProps);
}

function nameOf(moment: Moment, target: string): string {
  const known = [...moment.resources, ...moment.known].find(({ urn }) => urn === target);
  return known?.name ?? target;
}
