import { azureTypes } from "../../../model/resourceTypes";
import type { ResourceRecord } from "../../cloudType";
import { none } from "../../impact";
import { alwaysAbout, words } from "../../rules";
import { azureImpacts } from "../impacts";
import { refuseLocation } from "../location";
import { azure } from "../permissions";
import { dnsPermissions, refuseName, resolverType, securityPolicy } from "./policyParts";

export const dnsResolverPolicy: ResourceRecord = {
  ...resolverType("dnsResolverPolicies", "dnsResolverPolicyName"),
  properties: words("dnsResolverPolicyName location resourceGroupName tags.*"),
  permissions: azure("Microsoft.Network/dnsResolverPolicies", dnsPermissions),
  impact: azureImpacts({
    create: none("a policy does nothing before it is linked to a network", securityPolicy),
    replace: none(
      "its rules and its link are replaced with it, which are judged by themselves",
      securityPolicy,
    ),
    replacing: "dnsResolverPolicyName",
  }),
  ...alwaysAbout(0.2, "a policy is there within seconds"),
  refuse: (inputs, cloud, { id }) => [
    ...refuseLocation(azureTypes.dnsResolverPolicy, inputs, cloud, id),
    ...refuseName(inputs, "dnsResolverPolicyName"),
  ],
};
