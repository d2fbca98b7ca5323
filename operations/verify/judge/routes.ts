import type { StackOutputs } from "../../../outputs";
import type { AwsFacts } from "../facts/aws";
import type { AzureFacts } from "../facts/azure";
import { speaksBgp } from "../facts/routing";
import { covers } from "./addresses";
import { finding, findingsOn } from "./findings";
import { type Judgement, read } from "./judgement";

/** Whether the VPC's routes lead to Azure. */
export function* judgeAwsRoutes(outputs: StackOutputs, aws: AwsFacts): Judgement {
  if (!speaksBgp(outputs)) yield* judgeStaticRoutes(outputs, aws);
  const { awsNetwork, azureNetwork, vpn } = outputs;
  const id = awsNetwork.routeTableId;
  const found = findingsOn(id);
  const missing = found("aws-route-table-missing", "AWS has no route table of this id");
  const table = yield* read(aws.routeTable, missing);
  if (table === undefined) return;
  if (!table.propagatingGateways.includes(vpn.awsGatewayId))
    yield found("aws-propagation-off", `it takes no routes from ${vpn.awsGatewayId}`);
  // The most specific route decides; of two equal ones AWS prefers a static route to a propagated one.
  const [longest] = table.routes
    .filter(({ cidr }) => covers(cidr, azureNetwork.cidr))
    .sort((a, b) => prefixLength(b.cidr) - prefixLength(a.cidr));
  if (longest === undefined || prefixLength(longest.cidr) === 0)
    yield found("aws-route-missing", `it has no route to ${azureNetwork.cidr}`);
  else if (longest.target !== vpn.awsGatewayId || longest.state !== "active")
    yield found(
      "aws-route-elsewhere",
      `${longest.cidr} leads to ${longest.target} (${longest.state}), not to ${vpn.awsGatewayId}`,
    );
}

/** Without BGP the AWS gateway forwards only what its connection's own routes name. */
function* judgeStaticRoutes({ azureNetwork: { cidr } }: StackOutputs, aws: AwsFacts): Judgement {
  for (const { id, staticRoutes } of (yield* read(aws.connections)) ?? []) {
    if (staticRoutes.some((route) => route.cidr === cidr && route.state === "available")) continue;
    const there =
      staticRoutes.map((route) => `${route.cidr} (${route.state})`).join(", ") || "no static route";
    yield finding("aws-static-route-missing", id, `the connection has ${there}, and must have ${cidr}`);
  }
}

function prefixLength(cidr: string): number {
  return Number(cidr.split("/")[1] ?? 0);
}

/** Whether Azure's gateway has learned the routes to AWS, where they come over BGP. */
export function* judgeAzureRoutes({ vpn, awsNetwork }: StackOutputs, azure: AzureFacts): Judgement {
  const routes = azure.learnedRoutes === undefined ? undefined : yield* read(azure.learnedRoutes);
  const learned = routes?.some(
    ({ network, origin }) => origin === "EBgp" && covers(network, awsNetwork.cidr),
  );
  if (learned === false)
    yield finding(
      "azure-route-not-learned",
      vpn.azureGatewayName,
      `it has not learned ${awsNetwork.cidr} over BGP`,
    );
}
