import type { AzureSubnet } from "../estate/azure";
import type { Item } from "../estate/estateIndex";
import { wayFrom, waysInWords } from "./azureWays";

/** What a route table does to the gateway, and which. */
export interface GatewaySubnetProblem {
  readonly at: Item;
  readonly rule: string;
}

/**
 * What keeps a gateway from working in its subnet. A route table that is none of the stack's is told where the answer is
 * delivered.
 * @see https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings#gwsub
 */
export function gatewaySubnetProblem(
  subnet: AzureSubnet,
  farAddresses: readonly string[],
): GatewaySubnetProblem | undefined {
  if (subnet.securityGroupId !== undefined)
    return { at: subnet, rule: "Azure supports no security group on the GatewaySubnet" };
  const table = subnet.routeTable;
  if (table === undefined) return undefined;
  if (table.disableBgpRoutePropagation)
    return { at: table, rule: "without propagation in its subnet's route table the gateway does not work" };
  if (table.routes.some(({ destination }) => destination === "0.0.0.0/0"))
    return { at: table, rule: "Azure supports no route to 0.0.0.0/0 on the GatewaySubnet" };
  const wrong = waysInWords(
    farAddresses.map((address) => wayFrom(subnet, address, [], ({ nextHop }) => nextHop === "Internet")),
  );
  return wrong === undefined
    ? undefined
    : { at: table, rule: `the tunnels do not get out of the GatewaySubnet: ${wrong}` };
}
