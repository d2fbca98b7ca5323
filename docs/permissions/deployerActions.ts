import { cloudTypes } from "../../rehearsal/clouds/clouds";
import type { Permissions } from "../../rehearsal/clouds/permissions";

const azureNetwork = "https://learn.microsoft.com/azure/role-based-access-control/permissions/networking";
const azureVpn = `https://learn.microsoft.com/azure/vpn-gateway/roles-permissions; ${azureNetwork}`;

const azureMonitor = "https://learn.microsoft.com/azure/role-based-access-control/permissions/monitor";
const azureCompute = "https://learn.microsoft.com/azure/role-based-access-control/permissions/compute";

/** Azure names a resource's rights alike: updating is writing. */
function azure(resource: string, source: string, joins: readonly string[] = []): Permissions {
  return {
    create: [`${resource}/write`, ...joins],
    read: [`${resource}/read`],
    update: [`${resource}/write`, ...joins],
    delete: [`${resource}/delete`],
    source,
  };
}

/** Every resource type of the program. A type without a row fails the tests. */
const rows: Readonly<Record<string, Permissions>> = {
  "azure-native:monitor:ActionGroup": azure("Microsoft.Insights/actionGroups", azureMonitor),
  // Whoever sends logs to a workspace must be able to use its keys.
  "azure-native:monitor:DiagnosticSetting": azure("Microsoft.Insights/diagnosticSettings", azureMonitor, [
    "Microsoft.OperationalInsights/workspaces/sharedKeys/action",
  ]),
  "azure-native:monitor:MetricAlert": azure("Microsoft.Insights/metricAlerts", azureMonitor),
  "azure-native:compute:VirtualMachine": {
    create: [
      "Microsoft.Compute/virtualMachines/write",
      "Microsoft.Compute/disks/write",
      "Microsoft.Network/networkInterfaces/join/action",
    ],
    read: ["Microsoft.Compute/virtualMachines/read"],
    update: ["Microsoft.Compute/virtualMachines/write", "Microsoft.Network/networkInterfaces/join/action"],
    delete: ["Microsoft.Compute/virtualMachines/delete", "Microsoft.Compute/disks/delete"],
    source: `guess: whether the disk that comes and goes with it needs rights of its own; the rights: ${azureCompute}`,
  },
  "azure-native:network:LocalNetworkGateway": azure("Microsoft.Network/localNetworkGateways", azureVpn),
  "azure-native:network:NetworkInterface": azure("Microsoft.Network/networkInterfaces", azureNetwork, [
    "Microsoft.Network/virtualNetworks/subnets/join/action",
  ]),
  "azure-native:network:NetworkSecurityGroup": azure("Microsoft.Network/networkSecurityGroups", azureNetwork),
  "azure-native:network:PublicIPAddress": azure("Microsoft.Network/publicIPAddresses", azureNetwork),
  "azure-native:network:Subnet": azure("Microsoft.Network/virtualNetworks/subnets", azureNetwork, [
    "Microsoft.Network/networkSecurityGroups/join/action",
  ]),
  "azure-native:network:VirtualNetwork": azure("Microsoft.Network/virtualNetworks", azureNetwork),
  "azure-native:network:VirtualNetworkGateway": azure("Microsoft.Network/virtualNetworkGateways", azureVpn, [
    "Microsoft.Network/publicIPAddresses/join/action",
    "Microsoft.Network/virtualNetworks/subnets/join/action",
  ]),
  "azure-native:network:VirtualNetworkGatewayConnection": azure("Microsoft.Network/connections", azureVpn),
  "azure-native:operationalinsights:Workspace": azure(
    "Microsoft.OperationalInsights/workspaces",
    azureMonitor,
  ),
  "azure-native:resources:ResourceGroup": azure(
    "Microsoft.Resources/subscriptions/resourceGroups",
    "https://learn.microsoft.com/azure/role-based-access-control/permissions/management-and-governance",
  ),
};

/** By type: from its record, or from the rows above that have not moved there yet. */
export const actionsByType: Readonly<Record<string, Permissions>> = {
  ...rows,
  ...Object.fromEntries(
    Object.entries(cloudTypes).flatMap(([type, { permissions }]) =>
      permissions === undefined ? [] : [[type, permissions]],
    ),
  ),
};

/** What the program and its providers ask beside resources. */
export const otherActions: readonly { readonly action: string; readonly because: string }[] = [
  {
    action: "sts:GetCallerIdentity",
    because: "the provider learns its account; AWS allows it to everybody",
  },
  {
    action: "iam:GetRole",
    because:
      "with perimeter: enforced the program learns its own role, to let it through (getSessionContext)",
  },
];
