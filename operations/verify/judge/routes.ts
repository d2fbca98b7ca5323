import { awsRouting, type AwsRoute } from "../../../rehearsal/model/routes/awsRoutes";
import { wayOf } from "../../../rehearsal/model/routes/routing";
import type { StackOutputs } from "../../../outputs";
import type { AwsFacts, RouteFacts, RouteTableFacts } from "../facts/aws";
import type { AzureFacts } from "../facts/azure";
import { awsCidrs, reachedCidrs } from "../facts/networks";
import { speaksBgp } from "../facts/routing";
import { uncovered } from "../../../rehearsal/model/parts";
import { finding, findingsOn } from "./findings";
import { type Judgement, read } from "./judgement";

/** Whether the VPC's routes lead to Azure, from the endpoint's subnets and from those that others attach. */
export function* judgeAwsRoutes(outputs: StackOutputs, aws: AwsFacts): Judgement {
  if (!speaksBgp(outputs)) yield* judgeStaticRoutes(outputs, aws);
  const { awsNetwork, vpn } = outputs;
  const tables = yield* read(aws.routeTables);
  if (tables === undefined) return;
  for (const id of tableIds(awsNetwork)) {
    const own = tables.find((table) => table.id === id);
    if (own === undefined) {
      yield finding("aws-route-table-missing", id, "AWS has no route table of this id");
      continue;
    }
    if (!own.propagatingGateways.includes(vpn.awsGatewayId))
      yield finding("aws-propagation-off", id, `it takes no routes from ${vpn.awsGatewayId}`);
    yield* judgeTable(outputs, own);
  }
  yield* judgeSubnets(outputs, tables);
}

/** Of the stack's own one, or of those of the endpoint's subnets in a VPC of others. */
function tableIds({ routeTableId, routeTableIds = [] }: StackOutputs["awsNetwork"]): readonly string[] {
  return routeTableId === undefined ? routeTableIds : [routeTableId];
}

/** The endpoint answers by the table of its own subnet: the one associated with it, or else the VPC's main one. */
function* judgeSubnets(outputs: StackOutputs, tables: readonly RouteTableFacts[]): Judgement {
  const { subnetIds, vpcId } = outputs.awsNetwork;
  const must = tableIds(outputs.awsNetwork);
  const others = new Set<RouteTableFacts>();
  for (const subnet of Object.values(subnetIds)) {
    const explicit = tables.find((table) => table.subnetIds.includes(subnet));
    const table = explicit ?? tables.find(({ main }) => main);
    if (table === undefined) {
      yield {
        about: `the route table of ${subnet}`,
        reason: `AWS shows none for it, and no main one of ${vpcId}`,
      };
      continue;
    }
    if (must.includes(table.id)) continue;
    const what =
      explicit === undefined ? `the VPC's main route table ${table.id}` : `the route table ${table.id}`;
    yield finding("endpoint-subnet-other-table", subnet, `it uses ${what}, not ${must.join(", ")}`);
    others.add(table);
  }
  for (const table of others) yield* judgeTable(outputs, table);
}

/** Over the whole of Azure's network: a route that takes a part of it breaks that part. */
function* judgeTable(outputs: StackOutputs, { id, routes }: RouteTableFacts): Judgement {
  const { vpn } = outputs;
  const found = findingsOn(id);
  const [known, unknown] = [routes.filter(isKnown), routes.filter((route) => !isKnown(route))];
  for (const { destination, origin } of unknown)
    yield {
      about: `the route to ${destination} in ${id}`,
      reason: `verify does not know the origin ${origin}`,
    };
  const asRoutes = known.map((route) => asRoute(outputs, route));
  const ways = reachedCidrs(outputs).map((cidr) =>
    wayOf(
      awsRouting(cidr, asRoutes),
      ({ target, state }) => target === vpn.awsGatewayId && state === "active",
    ),
  );
  for (const { route, networks } of ways.flatMap(({ wrong }) => wrong)) {
    const parts = networks.join(", ");
    if (route === undefined || route.destination === "0.0.0.0/0")
      yield found("aws-route-missing", `it has no route to ${parts}`);
    else
      yield found(
        "aws-route-elsewhere",
        `${route.destination} leads to ${route.target || "an unknown target"} (${route.state}), not to ${vpn.awsGatewayId}; it takes ${parts}`,
      );
  }
  // A gateway endpoint has the list of a service's public addresses.
  const notJudged = new Set(ways.flatMap((way) => way.notJudged));
  for (const { destination, target } of [...notJudged].filter((route) => !route.target.startsWith("vpce-")))
    yield {
      about: `the route to ${destination} in ${id}`,
      reason: `it leads to ${target}, and verify does not look into prefix lists`,
    };
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html */
const origins = ["CreateRouteTable", "CreateRoute", "EnableVgwRoutePropagation"];

function isKnown({ origin }: RouteFacts): boolean {
  return origins.includes(origin);
}

function asRoute(outputs: StackOutputs, { destination, target, origin, state }: RouteFacts): AwsRoute {
  const propagated = speaksBgp(outputs) ? "BGP VPN, propagated" : "static VPN, propagated";
  const written = destination.startsWith("pl-") ? "prefix list" : "static";
  return {
    destination,
    target,
    origin: origin === "CreateRouteTable" ? "local" : origin === "CreateRoute" ? written : propagated,
    state: state === "active" ? "active" : "blackhole",
  };
}

/** Without BGP the AWS gateway forwards only what its connection's own routes name. */
function* judgeStaticRoutes(outputs: StackOutputs, aws: AwsFacts): Judgement {
  for (const { id, staticRoutes } of (yield* read(aws.connections)) ?? []) {
    const available = staticRoutes.filter(({ state }) => state === "available").map((route) => route.cidr);
    const missing = reachedCidrs(outputs).flatMap((cidr) => uncovered(cidr, available));
    if (missing.length === 0) continue;
    const there =
      staticRoutes.map((route) => `${route.cidr} (${route.state})`).join(", ") || "no static route";
    const must = missing.join(", ");
    yield finding("aws-static-route-missing", id, `the connection has ${there}, and must have ${must}`);
  }
}

/** Whether Azure's gateway has learned the routes to AWS, where they come over BGP. */
export function* judgeAzureRoutes(outputs: StackOutputs, azure: AzureFacts): Judgement {
  const routes = azure.learnedRoutes === undefined ? undefined : yield* read(azure.learnedRoutes);
  if (routes === undefined) return;
  const learned = routes.filter(({ origin }) => origin === "EBgp").map(({ network }) => network);
  const missing = awsCidrs(outputs).flatMap((cidr) => uncovered(cidr, learned));
  if (missing.length > 0)
    yield finding(
      "azure-route-not-learned",
      outputs.vpn.azureGatewayName,
      `it has not learned ${missing.join(", ")} over BGP`,
    );
}
