import type { Props } from "../model/recording";
import { isProps } from "../model/values";

/** The ranges of the clients that the outputs name, in whatever network they are. */
export function namedClients({ azureClients }: Props): readonly string[] {
  if (!isProps(azureClients)) return [];
  return Object.values(azureClients).filter((cidr) => typeof cidr === "string");
}
