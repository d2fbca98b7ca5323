import { awsTypes, azureTypes, randomTypes } from "../../rehearsal/model/resourceTypes";

/** The registered types that no control of the three standards is about, and why. */
export const untouched: Readonly<Record<string, string>> = {
  [awsTypes.bucketServerSideEncryptionConfiguration]:
    "S3 encrypts every object since January 2023, so both standards of AWS dropped their control (S3.4). `encrypted-buckets` asks for it all the same.",
  [awsTypes.bucketObjectLockConfiguration]:
    "Security Hub asks for a lock (S3.15) by the standards NIST SP 800-53 and PCI DSS alone. `lockDays` is a setting, off by default.",
  [awsTypes.topicSubscription]: "No control of them is about who is told.",
  [awsTypes.vpnConnectionRoute]: "No control is about static routes of a VPN.",
  [azureTypes.actionGroup]: "No control is about who is told by which group.",
  [azureTypes.metricAlert]: "The controls ask for alerts on changes of resources, not on metrics.",
  [azureTypes.localNetworkGateway]: "No control is about the description of the other end.",
  [azureTypes.networkInterface]: "The controls judge the subnet's security group.",
  ...Object.fromEntries(
    [
      azureTypes.dnsResolverDomainList,
      azureTypes.dnsResolverPolicy,
      azureTypes.dnsResolverPolicyVirtualNetworkLink,
      azureTypes.dnsSecurityRule,
    ].map((type) => [
      type,
      "No control is about what Azure's DNS answers. `dnsSecurityPolicy` is a setting, off by default.",
    ]),
  ),
  [azureTypes.virtualNetworkPeering]:
    "No control is about peerings. `nothing-of-others` refuses those that would change a gateway of others.",
  [azureTypes.virtualNetworkGatewayConnection]:
    "No control is about IPsec. `strong-ipsec` and `pinned-ipsec` are ours.",
  [randomTypes.randomPassword]: "It is in Pulumi's state, encrypted, and in no cloud.",
};
