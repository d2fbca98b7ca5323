import { isProps } from "../model/values";
import type { Estate } from "./estate";

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
