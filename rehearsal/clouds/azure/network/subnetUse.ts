import type { Props } from "../../../model/recording";
import { azureTypes } from "../../../model/resourceTypes";
import { knownStrings } from "../../../model/values";
import type { CloudView, LiveResource } from "../../cloudType";

export function subnetsOf(networkId: string, cloud: CloudView): readonly LiveResource[] {
  return cloud
    .all(azureTypes.subnet)
    .filter(({ id }) => id.toLowerCase().startsWith(`${networkId}/`.toLowerCase()));
}

export function rangesOf(subnet: Props): readonly string[] {
  return [...knownStrings(subnet, "addressPrefix"), ...knownStrings(subnet, "addressPrefixes")];
}

/** Gateways and interfaces with an address in one of these subnets. */
export function usersOf(isOne: (subnetId: string) => boolean, cloud: CloudView): readonly LiveResource[] {
  return [azureTypes.virtualNetworkGateway, azureTypes.networkInterface]
    .flatMap((type) => cloud.all(type))
    .filter(({ inputs }) => knownStrings(inputs, "ipConfigurations.subnet.id").some(isOne));
}
