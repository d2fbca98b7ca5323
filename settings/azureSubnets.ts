import { blockOf, contains, lastBlockOf, overlap, prefixLength } from "../network/cidr";
import type { GatewaySku } from "../vpn/tunnels";
import { resized } from "./addresses";
import { smallestGatewaySubnet } from "./gatewaySkus";
import type { Problem } from "./problem";

interface AzureAddresses {
  readonly azureCidr: string;
  readonly clientSubnetCidr?: string | undefined;
  readonly gatewaySubnetCidr?: string | undefined;
  readonly sku: GatewaySku;
}

/** Azure's smallest subnet. @see https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq */
const SMALLEST_SUBNET = 29;

/** The two subnets as set, else the clients in the first half and the gateway at the very end of the other. */
export function azureSubnetsOf(given: AzureAddresses): { readonly client: string; readonly gateway: string } {
  const network = given.azureCidr;
  const half = prefixLength(network) + 1;
  const gatewayPrefix = Math.max(half, given.sku === "Basic" ? 28 : 27);
  return {
    client: given.clientSubnetCidr ?? blockOf({ network, prefix: half, index: 0 }),
    gateway: given.gatewaySubnetCidr ?? lastBlockOf({ network, prefix: gatewayPrefix }),
  };
}

/** The virtual network must hold the GatewaySubnet and as much again for the clients. */
export function checkRoom({ azureCidr, sku }: AzureAddresses): readonly Problem[] {
  const longest = smallestGatewaySubnet(sku) - 1;
  if (prefixLength(azureCidr) <= longest) return [];
  return [
    {
      setting: "azureCidr",
      value: azureCidr,
      rule: `a client subnet and the GatewaySubnet of ${sku} need a /${longest} or larger`,
      fix: `use ${resized(azureCidr, longest)}`,
    },
  ];
}

export function checkClientSubnet({
  azureCidr,
  clientSubnetCidr: client,
  sku,
}: AzureAddresses): readonly Problem[] {
  if (client === undefined) return [];
  const problem = (rule: string, fix: string) => [{ setting: "clientSubnetCidr", value: client, rule, fix }];
  if (prefixLength(client) > SMALLEST_SUBNET) {
    return problem(
      `Azure's subnets are /${SMALLEST_SUBNET} or larger`,
      `use ${resized(client, SMALLEST_SUBNET)}`,
    );
  }
  if (contains({ network: azureCidr, part: client })) return [];
  const usual = azureSubnetsOf({ azureCidr, sku }).client;
  return problem(`it is outside azureCidr ${azureCidr}`, `use a part of it, as ${usual}`);
}

export function checkGatewaySubnet({
  azureCidr,
  gatewaySubnetCidr: gateway,
  sku,
}: AzureAddresses): readonly Problem[] {
  if (gateway === undefined) return [];
  const problem = (rule: string, fix: string) => [
    { setting: "gatewaySubnetCidr", value: gateway, rule, fix },
  ];
  const smallest = smallestGatewaySubnet(sku);
  if (prefixLength(gateway) > smallest) {
    return problem(
      `${sku} needs a GatewaySubnet of /${smallest} or larger`,
      `use ${resized(gateway, smallest)}`,
    );
  }
  if (contains({ network: azureCidr, part: gateway })) return [];
  const usual = azureSubnetsOf({ azureCidr, sku }).gateway;
  return problem(`it is outside azureCidr ${azureCidr}`, `use a part of it, as ${usual}`);
}

/** Reported at the one that is set; where both are, at the clients'. */
export function checkApart(given: AzureAddresses): readonly Problem[] {
  const { client, gateway } = azureSubnetsOf(given);
  if (!overlap(client, gateway)) return [];
  const [setting, value, other] =
    given.clientSubnetCidr === undefined
      ? ["gatewaySubnetCidr", gateway, `the client subnet ${client}`]
      : ["clientSubnetCidr", client, `the GatewaySubnet ${gateway}`];
  const derived =
    given.clientSubnetCidr === undefined ? "set clientSubnetCidr too" : "make it smaller or move it";
  return [{ setting, value, rule: `it overlaps ${other}`, fix: derived }];
}
