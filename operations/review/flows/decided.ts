import { addedTypes, awsTypes, azureTypes } from "../../../rehearsal/model/resourceTypes";

/** Whose changes do to traffic what the comparison says and nothing else. */
export const decided: Readonly<Record<string, "all" | readonly string[]>> = {
  [awsTypes.securityGroupIngressRule]: "all",
  [addedTypes.securityGroupEgressRule]: "all",
  [awsTypes.securityGroup]: ["ingress", "egress"],
  [addedTypes.networkAcl]: ["ingress", "egress"],
  [addedTypes.defaultNetworkAcl]: ["ingress", "egress"],
  [addedTypes.networkAclRule]: "all",
  [azureTypes.networkSecurityGroup]: ["securityRules"],
  [addedTypes.azureSecurityRule]: "all",
  [azureTypes.subnet]: ["networkSecurityGroup", "routeTable"],
  [awsTypes.routeTable]: ["routes", "propagatingVgws"],
  [awsTypes.vpnGatewayRoutePropagation]: "all",
  [addedTypes.route]: "all",
  [addedTypes.azureRoute]: "all",
  [addedTypes.azureRouteTable]: "all",
};
