import { isProps } from "../model/values";
import type { AzureSubnet } from "./azure";
import type { Estate } from "./estate";
import { ownOf } from "./estateIndex";

/** A network of the setting `azureClients`. */
export interface ClientNetwork {
  readonly name: string;
  readonly cidr: string;
}

/** The networks that may use the endpoint beside the client subnet, as the stack exports them. */
export function clientNetworks({ outputs }: Pick<Estate, "outputs">): readonly ClientNetwork[] {
  const clients = outputs["azureClients"];
  if (!isProps(clients)) return [];
  return Object.entries(clients).flatMap(([name, cidr]) =>
    typeof cidr === "string" ? [{ name, cidr }] : [],
  );
}

/** Every subnet of the stack's but the gateway's own. */
export function clientSubnets({ azure }: Pick<Estate, "azure">): readonly AzureSubnet[] {
  return ownOf(azure.subnets).filter((subnet) => subnet.name !== "GatewaySubnet");
}

/** The addresses that clients have: of the stack's own subnets, and of the networks that it names. */
export function clientRanges(estate: Pick<Estate, "azure" | "outputs">): readonly string[] {
  return [
    ...clientSubnets(estate).flatMap(({ prefix }) => prefix ?? []),
    ...clientNetworks(estate).map(({ cidr }) => cidr),
  ];
}
