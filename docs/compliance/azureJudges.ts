import { azureTypes } from "../../rehearsal/model/resourceTypes";
import type { Props } from "../../rehearsal/model/recording";
import { each, type Judgement, listed, ofType, type Stack, text, within } from "./control";

// What each control asks of the recorded resources. It judges inputs alone and shares nothing with policy pack and rehearsal.

export const flowLogType = "azure-native:network:FlowLog";
export const lockType = "azure-native:authorization:ManagementLockByScope";

const anywhere = ["*", "any", "internet", "0.0.0.0/0", "::/0"];

/** No rule of a security group may let the internet in on these ports by this protocol, whatever other rules deny. */
export function letsNoInternetIn(
  protocols: readonly string[],
  isGuarded: (port: number) => boolean,
): (stack: Stack) => Judgement {
  const takes = (range: unknown): boolean => {
    if (range === "*") return true;
    const [from = NaN, to = from] = String(range).split("-").map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index).some(isGuarded);
  };
  return each(
    [azureTypes.networkSecurityGroup],
    ({ securityRules }) =>
      !listed(securityRules)
        .map(within)
        .some(
          (rule) =>
            rule["direction"] === "Inbound" &&
            rule["access"] === "Allow" &&
            [...protocols, "*"].includes(text(rule["protocol"])) &&
            [...listed(rule["sourceAddressPrefix"]), ...listed(rule["sourceAddressPrefixes"])].some(
              (source) => anywhere.includes(text(source).toLowerCase()),
            ) &&
            [...listed(rule["destinationPortRange"]), ...listed(rule["destinationPortRanges"])].some(takes),
        ),
  );
}

/** Azure lets no gateway's own subnet have one: https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings */
export const hasSecurityGroup = each(
  [azureTypes.subnet],
  ({ subnetName, networkSecurityGroup }) =>
    subnetName === "GatewaySubnet" || typeof within(networkSecurityGroup)["id"] === "string",
);

export const isProtectedAgainstFloods = each(
  [azureTypes.virtualNetwork],
  ({ enableDdosProtection }) => enableDdosProtection === true,
);

export const signsClientsInByEntraOnly = each([azureTypes.virtualNetworkGateway], (inputs) => {
  const clients = inputs["vpnClientConfiguration"];
  return (
    clients === undefined || listed(within(clients)["vpnAuthenticationTypes"]).every((kind) => kind === "AAD")
  );
});

const isPaid = ({ sku }: Props): boolean => within(sku)["name"] !== "Basic";

export const isNotBasic = each([azureTypes.virtualNetworkGateway, azureTypes.publicIPAddress], isPaid);

/** What of ours has logs of its own: https://learn.microsoft.com/azure/azure-monitor/reference/logs-index */
const logging = [
  azureTypes.virtualNetworkGateway,
  azureTypes.networkSecurityGroup,
  azureTypes.publicIPAddress,
  azureTypes.virtualNetwork,
];

export const keepsItsLogs = each(logging, (_, stack, resource) =>
  ofType(stack, azureTypes.diagnosticSetting).some(
    ({ inputs }) =>
      inputs["resourceUri"] === resource.id &&
      listed(inputs["logs"]).some((log) => within(log)["enabled"] === true),
  ),
);

/** The flow log of each resource of a type must hold. */
export function withFlowLog(type: string, holds: (flowLog: Props) => boolean): (stack: Stack) => Judgement {
  return each([type], (_, stack, target) =>
    ofType(stack, flowLogType).some(
      ({ inputs }) => inputs["targetResourceId"] === target.id && inputs["enabled"] === true && holds(inputs),
    ),
  );
}

export const goesToAWorkspace = ({ flowAnalyticsConfiguration }: Props): boolean => {
  const analytics = within(within(flowAnalyticsConfiguration)["networkWatcherFlowAnalyticsConfiguration"]);
  return analytics["enabled"] === true && typeof analytics["workspaceResourceId"] === "string";
};

export const isKeptForNinetyDays = ({ retentionPolicy }: Props): boolean => {
  const { days, enabled } = within(retentionPolicy);
  // Without a policy, or with 0 days, a flow log stays until somebody deletes it.
  return enabled !== true || days === 0 || Number(days) >= 90;
};

export const isLocked = each(
  [azureTypes.virtualNetworkGateway, azureTypes.publicIPAddress],
  (_, stack, resource) =>
    ofType(stack, lockType).some(
      ({ inputs }) => text(inputs["scope"]) !== "" && resource.id.startsWith(text(inputs["scope"])),
    ),
);
