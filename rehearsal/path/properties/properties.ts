import { awsNetworkProperties } from "./awsNetworks";
import { awsVpnProperties } from "./awsVpn";
import { azureDnsProperties } from "./azureDns";
import { azureNetworkProperties } from "./azureNetworks";
import { azureVpnProperties } from "./azureVpn";
import type { PathProperties, PathType } from "./table";

/** Every type of the path; one without a table does not compile. */
export const pathProperties = {
  ...awsNetworkProperties,
  ...awsVpnProperties,
  ...azureDnsProperties,
  ...azureNetworkProperties,
  ...azureVpnProperties,
} satisfies Record<PathType, PathProperties>;

/** The table of a type; undefined for one that is not of the path. */
export function propertiesOf(type: string): PathProperties | undefined {
  const tables: Readonly<Record<string, PathProperties>> = pathProperties;
  return Object.hasOwn(tables, type) ? tables[type] : undefined;
}
