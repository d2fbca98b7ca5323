import { azureTypes } from "../../../rehearsal/model/resourceTypes";
import type { Props } from "../../../rehearsal/model/recording";
import type { Change, Estate, Made } from "./estates";
import { azureNetwork, inGroup, named, planned } from "./networkEstates";
import { own, withTwin, type Row } from "./refusalRows";

const inPolicy = (made: Made): Props => ({
  ...inGroup(made),
  dnsResolverPolicyName: named(made, "dnsPolicy"),
});

const rule = (priority: number, actionType: string, list: string) =>
  planned(azureTypes.dnsSecurityRule, (made) => ({
    ...inPolicy(made),
    priority,
    action: { actionType },
    dnsResolverDomainLists: [{ id: made(list).id }],
  }));

/** A network whose machines may look up one domain. */
export const dnsEstate: Estate = {
  ...azureNetwork,
  dnsPolicy: planned(azureTypes.dnsResolverPolicy, inGroup),
  endpointDomain: planned(azureTypes.dnsResolverDomainList, (made) => ({
    ...inGroup(made),
    domains: ["s3.ap-northeast-1.vpce.amazonaws.com."],
  })),
  everyName: planned(azureTypes.dnsResolverDomainList, (made) => ({ ...inGroup(made), domains: ["."] })),
  allow: rule(100, "Allow", "endpointDomain"),
  block: rule(200, "Block", "everyName"),
  dnsLink: planned(azureTypes.dnsResolverPolicyVirtualNetworkLink, (made) => ({
    ...inPolicy(made),
    virtualNetwork: { id: made("network").id },
  })),
};

const refused = (of: string, code: string, change: Change, property?: string): Row =>
  own(dnsEstate, of, code, change, property);

export const dnsRows: readonly Row[] = [
  refused("dnsPolicy", "InvalidResourceName", { dnsResolverPolicyName: "-policy" }, "dnsResolverPolicyName"),
  refused("dnsPolicy", "LocationNotAvailableForResourceType", { location: "chinaeast" }, "location"),
  refused("everyName", "InvalidParameter", { domains: [] }, "domains"),
  refused(
    "everyName",
    "InvalidParameter",
    { domains: Array.from({ length: 1001 }, (_, at) => `d${at}.example.`) },
    "domains",
  ),
  ...["*.amazonaws.com.", "", "two words.", "a..b."].map((domain) =>
    refused("endpointDomain", "InvalidParameter", { domains: [domain] }, "domains"),
  ),
  refused("allow", "InvalidParameter", { priority: 99 }, "priority"),
  refused("allow", "InvalidParameter", { priority: 65_001 }, "priority"),
  refused("allow", "InvalidParameter", { action: {} }, "action"),
  refused("allow", "ParentResourceNotFound", { dnsResolverPolicyName: "elsewhere" }),
  refused("allow", "InvalidResourceReference", { dnsResolverDomainLists: [{ id: "/nothing" }] }),
  refused("dnsLink", "InvalidResourceReference", { virtualNetwork: { id: "/nothing" } }),
  refused("dnsLink", "InvalidParameter", { location: "westeurope" }, "location"),
  {
    title: "a network that has a policy already",
    estate: withTwin(dnsEstate, "dnsLink"),
    of: "twin",
    changes: {},
    code: "VirtualNetworkAlreadyLinked",
    property: "virtualNetwork",
  },
];
