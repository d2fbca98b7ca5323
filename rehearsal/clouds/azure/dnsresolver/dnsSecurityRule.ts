import { azureTypes } from "../../../model/resourceTypes";
import { isProps, number } from "../../../model/values";
import type { ResourceRecord } from "../../cloudType";
import { alwaysAbout, each, refuseIf, words } from "../../rules";
import { byId } from "../azure";
import { azureImpacts } from "../impacts";
import { refuseLocation } from "../location";
import { azure } from "../permissions";
import { answers, dnsPermissions, policyPart, refuseName, securityPolicy } from "./policyParts";

const common = policyPart("dnsSecurityRules", "dnsSecurityRuleName");
const [first, last] = [100, 65_000];

export const dnsSecurityRule: ResourceRecord = {
  ...common,
  properties: words(`
    action.actionType action.blockResponseCode dnsResolverDomainLists.id dnsResolverPolicyName dnsSecurityRuleName
    dnsSecurityRuleState location priority resourceGroupName tags.*`),
  required: words("action dnsResolverDomainLists dnsResolverPolicyName priority resourceGroupName"),
  values: {
    "action.actionType": words("Allow Alert Block"),
    "action.blockResponseCode": words("SERVFAIL"),
    dnsSecurityRuleState: words("Enabled Disabled"),
  },
  references: {
    ...common.references,
    "dnsResolverDomainLists.id": byId(azureTypes.dnsResolverDomainList, {
      inUse: "CannotDeleteResource",
      source: `guess: the code; the rule: ${securityPolicy}`,
    }),
  },
  permissions: azure("Microsoft.Network/dnsResolverPolicies/dnsSecurityRules", dnsPermissions),
  impact: azureImpacts({
    create: answers,
    replace: answers,
    replacing: "dnsResolverPolicyName dnsSecurityRuleName",
    properties: each("action dnsResolverDomainLists dnsSecurityRuleState priority", answers),
  }),
  ...alwaysAbout(0.2, "a rule is there within seconds"),
  refuse: (inputs, cloud, { id }) => {
    const priority = number(inputs, "priority");
    return [
      ...refuseLocation(azureTypes.dnsSecurityRule, inputs, cloud, id),
      ...refuseName(inputs, "dnsSecurityRuleName"),
      ...refuseIf(isProps(inputs["action"]) && inputs["action"]["actionType"] === undefined, {
        code: "InvalidParameter",
        message: "a rule needs an action: Allow, Alert or Block",
        property: "action",
        source: `guess: the code; the rule: ${securityPolicy}`,
      }),
      ...refuseIf(priority !== undefined && (priority < first || priority > last), {
        code: "InvalidParameter",
        message: `a rule's priority is a number from ${first} to ${last}, not ${String(priority)}`,
        property: "priority",
        source: `guess: the code; the rule: ${securityPolicy}`,
      }),
    ];
  },
};
