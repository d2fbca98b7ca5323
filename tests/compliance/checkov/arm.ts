import { azureTypes } from "../../../rehearsal/model/resourceTypes";
import type { Props, RecordedResource, Value } from "../../../rehearsal/model/recording";

/** What stands beside `properties` in a template; all else goes into them. */
const outside: readonly string[] = ["identity", "location", "name", "sku", "tags", "zones"];

/** Lists whose items have `properties` of their own, as the resource itself does. */
const lists: readonly string[] = ["ipConfigurations", "securityRules"];

/**
 * Left out: checkov searches it for secrets, which takes minutes. It holds one by decision (docs/decisions/key-in-custom-data.md).
 */
const secret = "customData";

/** Azure-native's inputs are Azure's own words without their `properties`: they come back here. */
function body(inputs: Props): Props {
  const entries = Object.entries(inputs);
  const inner = entries
    .filter(([key]) => !outside.includes(key))
    .map(([key, value]) => [
      key,
      lists.includes(key)
        ? (value as readonly Props[]).map((item) => body(item))
        : key === "osProfile"
          ? Object.fromEntries(Object.entries(value as Props).filter(([one]) => one !== secret))
          : value,
    ]);
  return {
    ...Object.fromEntries(entries.filter(([key]) => outside.includes(key))),
    properties: Object.fromEntries(inner) as Props,
  };
}

/** Types that come into the template: Azure's name of each, its API's version and the input that is its name. */
const converters: Readonly<Record<string, { type: string; apiVersion: string; nameIn: string }>> = {
  [azureTypes.networkInterface]: {
    type: "Microsoft.Network/networkInterfaces",
    apiVersion: "2024-05-01",
    nameIn: "networkInterfaceName",
  },
  [azureTypes.networkSecurityGroup]: {
    type: "Microsoft.Network/networkSecurityGroups",
    apiVersion: "2024-05-01",
    nameIn: "networkSecurityGroupName",
  },
  [azureTypes.virtualMachine]: {
    type: "Microsoft.Compute/virtualMachines",
    apiVersion: "2024-07-01",
    nameIn: "vmName",
  },
  [azureTypes.virtualNetwork]: {
    type: "Microsoft.Network/virtualNetworks",
    apiVersion: "2024-05-01",
    nameIn: "virtualNetworkName",
  },
};

export const convertedAzure: readonly string[] = Object.keys(converters);

/** Types for which checkov has no check, and Azure's name of each: a check that comes is noticed by it. */
export const uncheckedAzure: Readonly<Record<string, string>> = {
  [azureTypes.actionGroup]: "Microsoft.Insights/actionGroups",
  [azureTypes.diagnosticSetting]: "Microsoft.Insights/diagnosticSettings",
  [azureTypes.dnsResolverDomainList]: "Microsoft.Network/dnsResolverDomainLists",
  [azureTypes.dnsResolverPolicy]: "Microsoft.Network/dnsResolverPolicies",
  [azureTypes.dnsResolverPolicyVirtualNetworkLink]:
    "Microsoft.Network/dnsResolverPolicies/virtualNetworkLinks",
  [azureTypes.dnsSecurityRule]: "Microsoft.Network/dnsResolverPolicies/dnsSecurityRules",
  [azureTypes.localNetworkGateway]: "Microsoft.Network/localNetworkGateways",
  [azureTypes.metricAlert]: "Microsoft.Insights/metricAlerts",
  [azureTypes.publicIPAddress]: "Microsoft.Network/publicIPAddresses",
  [azureTypes.resourceGroup]: "Microsoft.Resources/resourceGroups",
  [azureTypes.subnet]: "Microsoft.Network/virtualNetworks/subnets",
  [azureTypes.virtualNetworkGateway]: "Microsoft.Network/virtualNetworkGateways",
  [azureTypes.virtualNetworkGatewayConnection]: "Microsoft.Network/connections",
  [azureTypes.virtualNetworkPeering]: "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
  [azureTypes.workspace]: "Microsoft.OperationalInsights/workspaces",
};

/** The Azure half of a stack as a template; each resource by its name in Pulumi. */
export function armTemplate(stack: readonly RecordedResource[]): Value {
  const resources = stack.flatMap(({ type, name, inputs }) => {
    const converter = converters[type];
    if (converter === undefined) return [];
    const { nameIn, ...known } = converter;
    const given = Object.entries(inputs).filter(([key]) => key !== nameIn && key !== "resourceGroupName");
    return [{ ...known, name, ...body(Object.fromEntries(given)) }];
  });
  return {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    resources,
  };
}
