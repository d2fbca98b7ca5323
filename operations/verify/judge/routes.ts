import type { StackOutputs } from "../../../outputs";
import { isGone, known } from "../facts/answer";
import type { AwsFacts } from "../facts/aws";
import { finding, type Finding } from "./findings";
import { covers } from "./addresses";

/** Whether the VPC knows the way to Azure. */
export function judgeRoutes(outputs: StackOutputs, aws: AwsFacts): readonly Finding[] {
  return [...judgeStaticRoutes(outputs, aws), ...judgeRouteTable(outputs, aws)];
}

/** Without BGP the AWS gateway forwards only what its connection's own routes name. */
function judgeStaticRoutes({ vpn, azureNetwork }: StackOutputs, aws: AwsFacts): readonly Finding[] {
  if (vpn.topology === "active-active") return [];
  return (known(aws.connections) ?? [])
    .filter(
      ({ staticRoutes }) =>
        !staticRoutes.some(({ cidr, state }) => cidr === azureNetwork.cidr && state === "available"),
    )
    .map(({ id, staticRoutes }) => {
      const there = staticRoutes.map(({ cidr, state }) => `${cidr} (${state})`).join(", ");
      return finding(
        "aws-static-route-missing",
        id,
        `the connection carries ${there === "" ? "no static route" : there}, and must carry ${azureNetwork.cidr}`,
      );
    });
}

function judgeRouteTable({ vpn, awsNetwork, azureNetwork }: StackOutputs, aws: AwsFacts): readonly Finding[] {
  const id = awsNetwork.routeTableId;
  if (isGone(aws.routeTable))
    return [finding("aws-route-table-missing", id, "AWS has no route table of this id")];
  const table = known(aws.routeTable);
  if (table === undefined) return [];
  const findings: Finding[] = [];
  if (!table.propagatingGateways.includes(vpn.awsGatewayId))
    findings.push(finding("aws-propagation-off", id, `it takes no routes from ${vpn.awsGatewayId}`));
  // The most specific route decides; of equals a static one stands before a propagated one.
  const routes = table.routes.filter(({ cidr }) => covers(cidr, azureNetwork.cidr));
  const longest = routes.sort((a, b) => prefixLength(b.cidr) - prefixLength(a.cidr)).at(0);
  if (longest === undefined || prefixLength(longest.cidr) === 0)
    findings.push(finding("aws-route-missing", id, `it has no route to ${azureNetwork.cidr}`));
  else if (longest.target !== vpn.awsGatewayId || longest.state !== "active")
    findings.push(
      finding(
        "aws-route-elsewhere",
        id,
        `${longest.cidr} leads to ${longest.target} (${longest.state}), not to ${vpn.awsGatewayId}`,
      ),
    );
  return findings;
}

function prefixLength(cidr: string): number {
  return Number(cidr.split("/")[1] ?? 0);
}
