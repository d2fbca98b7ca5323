import { azureRouting, azureSubnetRoutes } from "../../../rehearsal/model/routes/azureRoutes";
import { wayOf } from "../../../rehearsal/model/routes/routing";
import type { StackOutputs } from "../../../outputs";
import type { AzureFacts } from "../facts/azure";
import { awsCidrs, azureCidrs } from "../facts/networks";
import { tableOf } from "./clientNetwork";
import { findingsOn } from "./findings";
import { type Judgement, judgeUnknown, read } from "./judgement";

/**
 * The subnet of Azure's gateway, which takes neither a security group nor routes of ours.
 * @see https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings#gwsub
 */
export function* judgeGatewaySubnet(
  outputs: StackOutputs,
  azure: Pick<AzureFacts, "network" | "routeTables">,
): Judgement {
  const network = yield* read(azure.network);
  if (network === undefined) return;
  const found = findingsOn("GatewaySubnet");
  const { gatewaySubnet: subnet } = network;
  if (subnet === undefined) {
    yield found("gateway-subnet-missing", "Azure has no such subnet in the network");
    return;
  }
  yield* judgeUnknown("the GatewaySubnet", subnet);
  if (subnet.securityGroupId !== undefined)
    yield found("gateway-subnet-guarded", `it has the security group ${subnet.securityGroupId}`);
  const table = yield* tableOf(subnet, azure.routeTables);
  if (table === undefined || table === "not known") return;
  if (table.disableBgpRoutePropagation)
    yield found("gateway-subnet-propagation-off", "its route table does not take the gateway's routes");
  const everything = table.routes.find(({ destination }) => destination === "0.0.0.0/0");
  if (everything !== undefined)
    yield found("gateway-subnet-diverted", `${everything.name} leads 0.0.0.0/0 to ${everything.nextHop}`);
  // With propagation off there is one finding already.
  const whole = { ...table, disableBgpRoutePropagation: false };
  const { prefixes: space, peered } = network;
  const routes = azureSubnetRoutes({ space, peered, behindGateway: awsCidrs(outputs), table: whole });
  for (const [destination, must] of [
    ...azureCidrs(outputs).map((cidr) => [cidr, "VnetLocal"] as const),
    ...awsCidrs(outputs).map((cidr) => [cidr, "VirtualNetworkGateway"] as const),
  ]) {
    const way = wayOf(
      azureRouting(destination, routes),
      ({ nextHop }) => nextHop.toLowerCase() === must.toLowerCase(),
    );
    for (const { route, networks } of way.wrong)
      yield found(
        "gateway-subnet-diverted",
        `${route?.name ?? "no route"} leads ${networks.join(", ")} to ${route?.nextHop ?? "nothing"}, not to ${must}`,
      );
    for (const route of way.notJudged)
      yield { about: `${route.name} of the GatewaySubnet`, reason: `${route.destination} is no network` };
  }
}
