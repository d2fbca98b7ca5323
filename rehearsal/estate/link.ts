import type { AwsEndpoint, AwsEstate, AwsVpnGateway } from "./aws";
import type { AwsSubnet, AwsVpc } from "./awsNetworks";
import type { AzureEstate, AzureGateway, AzureNetwork } from "./azure";
import { ownOf } from "./estateIndex";

/** What the link of a stack stands on: its own where it has one, else what it joins. */
export interface Link {
  readonly azureNetwork: AzureNetwork | undefined;
  readonly azureGateway: AzureGateway | undefined;
  readonly vpc: AwsVpc | undefined;
  readonly vpnGateway: AwsVpnGateway | undefined;
  readonly endpoint: AwsEndpoint | undefined;
  /** The subnets that the endpoint is meant for. */
  readonly awsSubnets: readonly AwsSubnet[];
}

export function linkOf(azure: AzureEstate, aws: AwsEstate): Link {
  const [endpoint] = ownOf(aws.endpoints);
  const [azureGateway = ownOf(azure.connections)[0]?.gateway] = ownOf(azure.gateways);
  const [vpnGateway = ownOf(aws.vpnConnections)[0]?.vpnGateway] = ownOf(aws.vpnGateways);
  const joinedNetwork = ownOf(azure.subnets)[0]?.network ?? azureGateway?.instances[0]?.subnet?.network;
  const [azureNetwork = joinedNetwork] = ownOf(azure.networks);
  const [vpc = aws.vpcs.find(({ resource }) => resource.id === endpoint?.vpcId)] = ownOf(aws.vpcs);
  const subnets = ownOf(aws.subnets);
  const awsSubnets = subnets.length > 0 ? subnets : (endpoint?.subnets ?? []);
  return { azureNetwork, azureGateway, vpc, vpnGateway, endpoint, awsSubnets };
}
