import { words } from "../../clouds/rules";
import { azureTypes } from "../../model/resourceTypes";
import { harmless, labels, type PathProperties, type PathType } from "./table";

/** What Azure's own DNS answers the machines of a network for. */
export const azureDnsProperties = {
  [azureTypes.dnsResolverPolicy]: {
    judged: words("dnsResolverPolicyName location resourceGroupName"),
    harmless: [labels("tags")],
    notJudged: [],
  },
  [azureTypes.dnsResolverDomainList]: {
    judged: words("dnsResolverDomainListName domains location resourceGroupName"),
    harmless: [labels("tags")],
    notJudged: [],
  },
  [azureTypes.dnsSecurityRule]: {
    judged: words(`
      action.actionType dnsResolverDomainLists.id dnsResolverPolicyName dnsSecurityRuleName dnsSecurityRuleState location
      priority resourceGroupName`),
    harmless: [labels("tags"), harmless("with which error it blocks", "action.blockResponseCode")],
    notJudged: [],
  },
  [azureTypes.dnsResolverPolicyVirtualNetworkLink]: {
    judged: words(`
      dnsResolverPolicyName dnsResolverPolicyVirtualNetworkLinkName location resourceGroupName virtualNetwork.id`),
    harmless: [labels("tags")],
    notJudged: [],
  },
} satisfies Partial<Record<PathType, PathProperties>>;
