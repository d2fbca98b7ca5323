import {
  DnsResolverDomainList,
  DnsResolverPolicy,
  DnsResolverPolicyVirtualNetworkLink,
  DnsSecurityRule,
} from "@pulumi/azure-native/dnsresolver";
import type { VirtualNetwork } from "@pulumi/azure-native/network";
import type * as pulumi from "@pulumi/pulumi";
import type { AzurePlace } from "./azureSide";

export interface DnsPolicyArgs extends AzurePlace {
  /** The domains that the network may look up, each with all names below it, as `s3.eu-west-1.vpce.amazonaws.com.` */
  readonly allowedDomains: readonly string[];
  readonly network: VirtualNetwork;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Azure's own DNS, which no security group reaches, answers for these domains alone. The link comes after the rules and goes
 * before them, so that the network never has the block without what it allows.
 * @see https://learn.microsoft.com/azure/dns/dns-security-policy
 */
export function createDnsPolicy(
  name: string,
  args: DnsPolicyArgs,
  child: pulumi.CustomResourceOptions,
): void {
  const place = { resourceGroupName: args.resourceGroupName, location: args.location, tags: args.tags };
  const domainList = (suffix: string, domains: readonly string[]) =>
    new DnsResolverDomainList(`${name}-dns-${suffix}`, { ...place, domains: [...domains] }, child);
  const policy = new DnsResolverPolicy(`${name}-dns-policy`, place, child);
  const inPolicy = { ...place, dnsResolverPolicyName: policy.name };
  const rules = [
    new DnsSecurityRule(
      `${name}-dns-allow`,
      {
        ...inPolicy,
        priority: 100,
        action: { actionType: "Allow" },
        dnsResolverDomainLists: [{ id: domainList("endpoint", args.allowedDomains).id }],
        dnsSecurityRuleState: "Enabled",
      },
      child,
    ),
    new DnsSecurityRule(
      `${name}-dns-block`,
      {
        ...inPolicy,
        priority: 200,
        action: { actionType: "Block", blockResponseCode: "SERVFAIL" },
        dnsResolverDomainLists: [{ id: domainList("every-name", ["."]).id }],
        dnsSecurityRuleState: "Enabled",
      },
      child,
    ),
  ];
  new DnsResolverPolicyVirtualNetworkLink(
    `${name}-dns-link`,
    { ...inPolicy, virtualNetwork: { id: args.network.id } },
    { ...child, dependsOn: rules },
  );
}
