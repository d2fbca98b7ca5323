import { azureTypes } from "../../../model/resourceTypes";
import { isList, knownStrings } from "../../../model/values";
import type { ResourceRecord } from "../../cloudType";
import { none } from "../../impact";
import { alwaysAbout, refuseIf, words } from "../../rules";
import { azureImpacts } from "../impacts";
import { refuseLocation } from "../location";
import { azure } from "../permissions";
import { answers, dnsPermissions, refuseName, resolverType, securityPolicy } from "./policyParts";

/** A list that is longer comes from a storage account, which this version of the API does not know. */
const mostDomains = 1000;

export const dnsResolverDomainList: ResourceRecord = {
  ...resolverType("dnsResolverDomainLists", "dnsResolverDomainListName"),
  properties: words("dnsResolverDomainListName domains location resourceGroupName tags.*"),
  required: words("domains resourceGroupName"),
  permissions: azure("Microsoft.Network/dnsResolverDomainLists", dnsPermissions),
  impact: azureImpacts({
    create: none("a list does nothing before a rule names it", securityPolicy),
    replace: none("the rules that name it change with it, which are judged by themselves", securityPolicy),
    replacing: "dnsResolverDomainListName",
    properties: { domains: answers },
  }),
  ...alwaysAbout(0.2, "a list of domains is there within seconds"),
  refuse: (inputs, cloud, { id }) => {
    const given = knownStrings(inputs, "domains");
    const count = isList(inputs["domains"]) ? inputs["domains"].length : undefined;
    return [
      ...refuseLocation(azureTypes.dnsResolverDomainList, inputs, cloud, id),
      ...refuseName(inputs, "dnsResolverDomainListName"),
      ...refuseIf(count !== undefined && (count === 0 || count > mostDomains), {
        code: "InvalidParameter",
        message: `a list has 1-${mostDomains} domains`,
        property: "domains",
        source: `guess: the code; the rule: ${securityPolicy}`,
      }),
      ...given
        .filter((domain) => !/^(\.|([a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}\.?)$/i.test(domain))
        .map((domain) => ({
          code: "InvalidParameter",
          message: `'${domain}' is no domain; a list takes whole domains without *, and . for every name`,
          property: "domains",
          source: `guess: the code; the rule: ${securityPolicy}`,
        })),
    ];
  },
};
