import { uncovered } from "../../../rehearsal/model/parts";
import type { StackOutputs } from "../../../outputs";
import { known } from "../facts/answer";
import type { AwsFacts, RouteTableFacts } from "../facts/aws";
import type { AzureFacts } from "../facts/azure";
import type { Facts } from "../facts/facts";
import { speaksBgp } from "../facts/routing";
import { finding } from "./findings";
import { type Judgement, read } from "./judgement";

/** Whether AWS routes more than Azure's network into the tunnels: what the other end announces decides who can answer. */
export function* judgeAwsRoutesBeyond(outputs: StackOutputs, aws: AwsFacts, { azure }: Facts): Judgement {
  const { azureNetwork, vpn } = outputs;
  const found = (subject: string, says: string) =>
    finding("aws-routes-beyond", subject, `${says}; only ${azureNetwork.cidr} is expected`);
  for (const table of known(aws.routeTables) ?? []) {
    const beyond = outside(azureNetwork.cidr, propagated(table, vpn.awsGatewayId));
    if (beyond.length > 0)
      yield found(table.id, `it has taken ${beyond.join(", ")} from ${vpn.awsGatewayId}`);
  }
  const network = known(azure);
  const prefixes = network && known(network.network)?.prefixes;
  for (const { id, staticRoutes, telemetry } of known(aws.connections) ?? []) {
    const beyond = outside(
      azureNetwork.cidr,
      staticRoutes.map(({ cidr }) => cidr),
    );
    if (beyond.length > 0) yield found(id, `it has the static routes ${beyond.join(", ")}`);
    if (!speaksBgp(outputs) || prefixes === undefined) continue;
    // AWS tells how many; a route that no table takes is seen here alone.
    for (const { outsideAddress, acceptedRoutes } of telemetry)
      if (acceptedRoutes > prefixes.length)
        yield found(
          id,
          `it has accepted ${acceptedRoutes} routes over ${outsideAddress}, and Azure's network has ${prefixes.length}`,
        );
  }
}

function propagated({ routes }: RouteTableFacts, gateway: string): readonly string[] {
  return routes
    .filter(({ origin, target }) => origin === "EnableVgwRoutePropagation" && target === gateway)
    .map(({ destination }) => destination);
}

/** Whether Azure routes more than AWS's network into the tunnels. */
export function* judgeAzureRoutesBeyond(outputs: StackOutputs, azure: AzureFacts): Judgement {
  const { awsNetwork, azureNetwork, vpn } = outputs;
  const found = (subject: string, says: string) =>
    finding("azure-routes-beyond", subject, `${says}; only ${awsNetwork.cidr} is expected`);
  // The judge of Azure's routes says where they cannot be read.
  const learned = (azure.learnedRoutes && known(azure.learnedRoutes)) ?? [];
  const fromPeers = learned.filter(({ origin }) => ["EBgp", "IBgp"].includes(origin));
  // An instance tells the other one of Azure's own network as well.
  const beyond = outside(
    awsNetwork.cidr,
    fromPeers.map(({ network }) => network),
  ).filter((network) => uncovered(network, [azureNetwork.cidr]).length > 0);
  if (beyond.length > 0) yield found(vpn.azureGatewayName, `it has learned ${beyond.join(", ")}`);
  for (const [tunnel, { site }] of Object.entries(azure.connections)) {
    const prefixes = outside(awsNetwork.cidr, (yield* read(site, "all right"))?.prefixes ?? []);
    if (prefixes.length > 0) yield found(tunnel, `Azure sends ${prefixes.join(", ")} into it`);
  }
}

/** Those that are not wholly inside; each once. */
function outside(network: string, routes: readonly string[]): readonly string[] {
  const isInside = (route: string) => !route.includes(":") && uncovered(route, [network]).length === 0;
  return [...new Set(routes.filter((route) => !isInside(route)))];
}
