import type { StackOutputs } from "../../../outputs";

/** All address ranges of AWS's network. */
export function awsCidrs({ awsNetwork }: StackOutputs): readonly string[] {
  return awsNetwork.cidrs ?? [awsNetwork.cidr];
}

/** All address ranges of Azure's network. */
export function azureCidrs({ azureNetwork }: StackOutputs): readonly string[] {
  return azureNetwork.cidrs ?? [azureNetwork.cidr];
}

/** Networks that AWS must lead back to: in a network of others those alone that may use the endpoint. */
export function reachedCidrs(outputs: StackOutputs): readonly string[] {
  const clients = Object.values(outputs.azureClients ?? {});
  const isOthers = outputs.joined?.azureVirtualNetworkId !== undefined;
  return isOthers && clients.length > 0 ? clients : [...azureCidrs(outputs), ...clients];
}
