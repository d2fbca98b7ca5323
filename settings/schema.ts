import { z } from "zod";
import { networkRule, cidrRule, insideCidrRule } from "./addresses";
import { awsAsnRule, azureAsnRule } from "./asns";
import { bucketKeyRule, bucketListRule, bucketNameRule, lockDaysRule } from "./bucketNames";
import { emailListRule, emailRule } from "./emails";
import { gatewaySkus, skuMessage } from "./gatewaySkus";
import { awsIdRule, azureIdRule, clientNamesRule, spokeListRule } from "./joinRules";
import { locationRule, regionRule, resourceGroupRule, zoneRule } from "./places";
import { principalListRule, principalRule } from "./principals";
import { distinct, type Rule, ruled } from "./rule";
import { tagsRule } from "./tags";
import { logRetentionDays } from "../logRetention";
import { tunnelNames } from "../vpn/tunnels";

/** What the reference and Pulumi.yaml say of a setting, in addition to its type and default. */
export interface SettingFacts {
  /** How the stack file writes it, in Pulumi.yaml's words. */
  readonly type: "string" | "integer" | "boolean" | "array" | "object";
  /** One or two sentences; where the default is derived, from what. */
  readonly description: string;
  /** Unit and range. */
  readonly range: string;
  /** What the default is, where the schema holds none because it is derived. */
  readonly derived?: string;
  readonly example: string;
  /** What changing it does to a stack that is deployed. */
  readonly change: string;
  readonly source?: string;
}

export const settingFacts = z.registry<SettingFacts>();

const network = (kind: string, largest: number, smallest: number) =>
  ruled(z.string(), networkRule({ kind, largest, smallest }));

const exampleNetwork =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/network/providers/Microsoft.Network";

const insideCidr = ruled(z.string(), insideCidrRule);

const generation = ruled(z.int(), (value) =>
  value >= 1 ? [] : [{ rule: "generations count from 1", fix: "use 1, or one more than before" }],
);

/** A request signed in its header may be 15 minutes old, and no signature works for longer than seven days. */
const presignedUrlRule: Rule<number> = (minutes) =>
  minutes >= 15 && minutes <= 10_080
    ? []
    : [
        {
          rule: "S3 takes no signature that is older than seven days, and below 15 minutes clocks that differ shut out requests that are not presigned",
          fix: "use 15 to 10080",
        },
      ];

const bucket = z.strictObject({
  name: ruled(z.string(), bucketKeyRule),
  access: z.enum(["read", "readWrite"]),
  bucketName: ruled(z.string(), bucketNameRule).optional(),
  lockDays: ruled(z.int(), lockDaysRule).optional(),
});

/**
 * Every setting of a stack: the one place for types, defaults, single-value rules and descriptions.
 * Rules across settings are in checks.ts; `npm run docs` carries the descriptions to Pulumi.yaml and docs/settings.md.
 */
export const settingsSchema = z.strictObject({
  "aws:region": ruled(z.string(), regionRule).register(settingFacts, {
    type: "string",
    description: "AWS region of the network, the endpoint and the buckets; the AWS provider's own key.",
    range: "an AWS region's name; not of China, GovCloud or another partition",
    example: "ap-northeast-1",
    change: "Replaces everything in AWS; S3 refuses while a bucket has contents.",
    source: "https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html",
  }),
  "azure-native:location": ruled(z.string(), locationRule).register(settingFacts, {
    type: "string",
    description: "Azure region of the virtual network and the gateway; the Azure provider's own key.",
    range: "an Azure region's short name; not of Azure Government or Azure in China",
    example: "japaneast",
    change:
      "Replaces everything in Azure. Azure refuses while the gateway is in its subnet: delete the gateway first, an hour without the VPN.",
    source: "https://learn.microsoft.com/azure/reliability/regions-list",
  }),
  azureResourceGroup: ruled(z.string(), resourceGroupRule).optional().register(settingFacts, {
    type: "string",
    description:
      "Resource group in Azure that exists already and gets everything of the stack. The program neither makes, changes nor deletes it, so that deployers need no rights outside it. Empty: the stack makes one of its own.",
    range: "name of a resource group in the subscription, whatever its region",
    derived: "a resource group of the stack's own",
    example: "rg-s3-link-prod",
    change:
      "Replaces everything in Azure. Azure refuses while the gateway is in its subnet: delete the gateway first, an hour without the VPN.",
    source: "https://learn.microsoft.com/azure/role-based-access-control/scope-overview",
  }),
  azureCidr: network("a virtual network of Azure", 8, 29).optional().register(settingFacts, {
    type: "string",
    description:
      "Address space of the Azure virtual network that the stack makes. Must not overlap awsCidr. Empty only with azureVirtualNetworkId.",
    range: "IPv4 network, /8 to /28 with a Basic gateway, /8 to /26 with others",
    derived: "none: every stack without `azureVirtualNetworkId` sets it",
    example: "10.0.1.0/24",
    change:
      "Updates the network in place where its subnets still fit; routes, rules and tunnels follow. Azure refuses addresses that leave out a subnet: delete the network first, and the VPN with it.",
    source: "https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq",
  }),
  azureVirtualNetworkId: ruled(z.string(), azureIdRule("Microsoft.Network/virtualNetworks"))
    .optional()
    .register(settingFacts, {
      type: "string",
      description:
        "An Azure virtual network that exists and that the stack joins: it is read, checked and never changed. Empty: the stack makes one.",
      range:
        "resource id of a virtual network in the stack's subscription and, without azureGatewayId, region",
      derived: "none: the stack makes a network",
      example: `${exampleNetwork}/virtualNetworks/hub`,
      change: "Replaces everything in Azure but the resource group, with an outage of an hour.",
      source: "https://learn.microsoft.com/azure/virtual-network/virtual-networks-overview",
    }),
  azureGatewayId: ruled(z.string(), azureIdRule("Microsoft.Network/virtualNetworkGateways"))
    .optional()
    .register(settingFacts, {
      type: "string",
      description:
        "A VPN gateway of azureVirtualNetworkId that others use and the stack shares: only its connections are the stack's. Its SKU and ASN are read. Empty: the stack makes a gateway.",
      range: "resource id of a route-based VPN gateway in azureVirtualNetworkId",
      derived: "none: the stack makes a gateway",
      example: `${exampleNetwork}/virtualNetworkGateways/hub-vpn`,
      change: "Replaces gateway and tunnels, with an outage.",
      source: "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-howto-aws-bgp",
    }),
  azureClients: ruled(z.record(z.string(), ruled(z.string(), cidrRule)), clientNamesRule)
    .default({})
    .register(settingFacts, {
      type: "object",
      description:
        "Networks that may use the endpoint beside the stack's client subnet, by a name that never changes: ranges in the network, in one that is peered with it, or on premises behind azureGatewayId. Their routes and rules are read and checked.",
      range: "IPv4 network for each name; names have up to 32 lower-case letters, digits and hyphens",
      example: "{apps: 10.101.0.0/24}",
      change:
        "Adds or removes the rule of the endpoint's security group and, without BGP, the route of the tunnels.",
      source: "https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview",
    }),
  azureSpokes: ruled(
    z.array(ruled(z.string(), azureIdRule("Microsoft.Network/virtualNetworks"))),
    spokeListRule,
  )
    .default([])
    .register(settingFacts, {
      type: "array",
      description:
        "Virtual networks that the stack peers with its own, so that they use its gateway. Which of their addresses may use the endpoint is said by azureClients.",
      range:
        "resource ids of virtual networks in the stack's subscription; not with a Basic gateway, not with azureGatewayId",
      example: `[${exampleNetwork}/virtualNetworks/apps]`,
      change: "Adds or removes a pair of peerings. The gateway announces the network by BGP.",
      source: "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-peering-gateway-transit",
    }),
  clientSubnetCidr: ruled(z.string(), cidrRule).optional().register(settingFacts, {
    type: "string",
    description:
      "Subnet of the clients in Azure. Empty: the first half of azureCidr; with azureVirtualNetworkId none.",
    range: "IPv4 network inside azureCidr or azureVirtualNetworkId, /29 or larger",
    derived: "the first half of `azureCidr`; with `azureVirtualNetworkId` none",
    example: "10.0.1.0/28",
    change: "Updates the subnet in place; Azure refuses while machines are in it.",
    source: "https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq",
  }),
  gatewaySubnetCidr: ruled(z.string(), cidrRule).optional().register(settingFacts, {
    type: "string",
    description:
      "GatewaySubnet in Azure. Empty: the last /28 of azureCidr with a Basic gateway, else its last /27; with azureVirtualNetworkId the one that it has. A new stack that may outgrow Basic sets the last /27: it cannot be enlarged under its gateway.",
    range:
      "IPv4 network inside azureCidr or azureVirtualNetworkId; Basic takes /29 or larger, others /27 or larger",
    derived:
      "the last /28 of `azureCidr` with a Basic gateway, else its last /27; with `azureVirtualNetworkId` the one that it has",
    example: "10.0.1.224/27",
    change: "Azure refuses while the gateway is in it: delete the gateway first, an hour without the VPN.",
    source: "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings#gwsub",
  }),
  dnsSecurityPolicy: z.boolean().default(false).register(settingFacts, {
    type: "boolean",
    description:
      "Limits the virtual network that the stack makes to looking up S3's endpoint: a DNS security policy of Azure allows names below s3.REGION.vpce.amazonaws.com and answers all others with SERVFAIL, so that no data leaves in names. Azure bills it by the query.",
    range: "true or false; not with azureVirtualNetworkId, whose owner makes the policy",
    example: "true",
    change:
      "Adds or removes the policy, and touches no tunnel. Machines of the network that look up any other name no longer find it.",
    source: "https://learn.microsoft.com/azure/dns/dns-security-policy",
  }),
  awsCidr: network("a VPC of AWS", 16, 28).optional().register(settingFacts, {
    type: "string",
    description:
      "Address space of the AWS VPC that the stack makes. Must not overlap azureCidr. Empty only with awsVpcId.",
    derived: "none: every stack without `awsVpcId` sets it",
    range: "IPv4 network, /16 to /28; /26 or larger for several zones, /25 past zone d, larger past zone h",
    example: "10.0.0.0/24",
    change:
      "Replaces the VPC with its subnets and the endpoint, one after the other: S3 is away for minutes. The buckets and the tunnels stay.",
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
  }),
  awsZones: ruled(z.array(ruled(z.string(), zoneRule)), (zones) =>
    distinct(zones, () => ({ rule: "it is in the list already", fix: "list it once" })),
  )
    .default([])
    .register(settingFacts, {
      type: "array",
      description:
        "Availability zones that get a subnet and an address of the endpoint each. Empty: one subnet in a zone that AWS picks.",
      range: "names of zones of aws:region, in any order; a preview asks the account which letters it has",
      example: "[ap-northeast-1a, ap-northeast-1c]",
      change:
        "Adds or removes that zone's subnet. From one zone to several or back, or to a first zone past d, h or p, replaces all subnets, which AWS refuses while the endpoint is in them: replace the VPC with them.",
      source: "https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html",
    }),
  awsVpcId: ruled(z.string(), awsIdRule("vpc")).optional().register(settingFacts, {
    type: "string",
    description:
      "An AWS VPC that exists and that the stack joins: it is read, checked and never changed. Empty: the stack makes one.",
    range: "id of a VPC in aws:region, of the account that Pulumi runs in",
    derived: "none: the stack makes a VPC",
    example: "vpc-0123456789abcdef0",
    change:
      "Replaces the endpoint and the virtual private gateway: S3 is away for minutes. The buckets stay.",
    source: "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
  }),
  awsSubnetIds: ruled(z.array(ruled(z.string(), awsIdRule("subnet"))), (ids) =>
    distinct(ids, () => ({ rule: "it is in the list already", fix: "list it once" })),
  )
    .default([])
    .register(settingFacts, {
      type: "array",
      description: "Subnets of awsVpcId that get an address of the endpoint each.",
      range: "ids of subnets of awsVpcId, one a zone, in zones that have the S3 service; only with awsVpcId",
      example: "[subnet-0123456789abcdef0, subnet-0fedcba9876543210]",
      change: "Adds or removes that subnet's address of the endpoint, in place.",
      source: "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
    }),
  awsGatewayId: ruled(z.string(), awsIdRule("vgw")).optional().register(settingFacts, {
    type: "string",
    description:
      "A virtual private gateway that is attached to awsVpcId and that others use: the stack shares it. Its ASN is read, and the route tables of awsSubnetIds must take its routes. Empty: the stack makes one.",
    range: "id of a virtual private gateway that is attached to awsVpcId",
    derived: "none: the stack makes a virtual private gateway",
    example: "vgw-0123456789abcdef0",
    change: "Updates the AWS connections to it; all tunnels go down for minutes.",
    source: "https://docs.aws.amazon.com/vpn/latest/s2svpn/how_it_works.html",
  }),
  vpnTopology: z
    .enum(["single-tunnel", "dual-tunnel", "active-active"])
    .default("single-tunnel")
    .register(settingFacts, {
      type: "string",
      description:
        "single-tunnel: one tunnel, static routes, for development. dual-tunnel: both tunnels of one connection, static, best effort. active-active: two gateway instances, four tunnels, BGP, for production.",
      range: "single-tunnel, dual-tunnel or active-active",
      example: "active-active",
      change:
        "Rebuilds the VPN, with an outage; a change of SKU from or to Basic replaces the gateway too, which Azure refuses where it needs another GatewaySubnet: keep gatewaySubnetCidr as it is.",
      source: "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-howto-aws-bgp",
    }),
  gatewaySku: z
    .enum(gatewaySkus, { error: ({ input }) => skuMessage(input) })
    .optional()
    .register(settingFacts, {
      type: "string",
      description:
        "Size of the Azure gateway. Empty: Basic for single-tunnel, VpnGw1AZ for dual-tunnel, VpnGw2AZ for active-active. Basic has no BGP and no IPsec policy.",
      range: "Basic (not for active-active) or VpnGw1AZ to VpnGw5AZ",
      derived: "`Basic` for single-tunnel, `VpnGw1AZ` for dual-tunnel, `VpnGw2AZ` for active-active",
      example: "VpnGw1AZ",
      change:
        "Resizes in place among the zoned SKUs of one generation; from or to Basic replaces the gateway.",
      source: "https://learn.microsoft.com/azure/vpn-gateway/about-gateway-skus",
    }),
  azureAsn: ruled(z.int(), azureAsnRule).default(65_000).register(settingFacts, {
    type: "integer",
    description: "BGP number of the Azure gateway, in active-active only.",
    range:
      "1 to 2147483647, 65515 (Azure's default) too, less what Azure, AWS and IANA reserve; differs from awsAsn",
    example: "65000",
    change: "Replaces the customer gateways at AWS; all tunnels go down for minutes.",
    source: "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-bgp-overview",
  }),
  awsAsn: ruled(z.int(), awsAsnRule).default(64_512).register(settingFacts, {
    type: "integer",
    description: "BGP number of the AWS gateway, in active-active only.",
    range: "64512 to 65514, 65516, 65521 to 65534 or 4200000000 to 4294967294; differs from azureAsn",
    example: "64512",
    change: "Replaces the virtual private gateway; all tunnels go down for minutes.",
    source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpnGateway.html",
  }),
  tunnelInsideCidrs: z
    .strictObject({
      tunnel1: insideCidr.default("169.254.21.0/30"),
      tunnel2: insideCidr.default("169.254.22.0/30"),
      tunnel3: insideCidr.default("169.254.21.4/30"),
      tunnel4: insideCidr.default("169.254.22.4/30"),
    })
    .prefault({})
    .register(settingFacts, {
      type: "object",
      description:
        "The /30 inside each tunnel, by its name: AWS takes the first host, Azure the second. Tunnels left out keep the official table's.",
      range:
        "a /30 of 169.254.0.0/16 per tunnel, none twice, none of AWS's reserved blocks; in active-active of 169.254.21.0 to 169.254.22.255",
      derived: "169.254.21.0/30, 169.254.22.0/30, 169.254.21.4/30 and 169.254.22.4/30",
      example: "{tunnel1: 169.254.21.8/30}",
      change:
        "Updates the AWS connection that carries the tunnel: that tunnel goes down for minutes. In active-active every BGP session starts again, too. Two tunnels swap theirs in two steps, over a /30 that is free.",
      source: "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-howto-aws-bgp",
    }),
  presharedKeyGenerations: z
    .strictObject({
      tunnel1: generation.default(1),
      tunnel2: generation.default(1),
      tunnel3: generation.default(1),
      tunnel4: generation.default(1),
    })
    .prefault({})
    .register(settingFacts, {
      type: "object",
      description: "Raise a tunnel's number to give it a new pre-shared key. Tunnels left out are at 1.",
      range: "whole number per tunnel, from 1",
      derived: "1 for every tunnel",
      example: "{tunnel1: 2}",
      change: "Makes a new key and takes that tunnel down for minutes. Rotate one tunnel at a time.",
      source: "https://docs.aws.amazon.com/vpn/latest/s2svpn/modify-vpn-tunnel-options.html",
    }),
  tunnelLogs: z
    .boolean()
    .default(true)
    .register(settingFacts, {
      type: "boolean",
      description: `Sends the tunnels' logs to CloudWatch, kept for ${logRetentionDays} days.`,
      range: "true or false",
      example: "false",
      change:
        "Interrupts each tunnel for minutes: better left on from the start. The logs kept so far go with it, save with protection.",
      source: "https://docs.aws.amazon.com/vpn/latest/s2svpn/monitoring-logs.html",
    }),
  alarms: z
    .boolean()
    .default(false)
    .register(settingFacts, {
      type: "boolean",
      description: `Watches the link: alarms on tunnels and connections in AWS; in Azure alerts on BGP peers, routes and dropped packets, and the gateway's logs for ${logRetentionDays} days. A Basic gateway has no BGP, and may log nothing.`,
      range: "true or false",
      example: "true",
      change:
        "Adds or removes what watches; no tunnel is touched. The logs kept so far go with it, save with protection.",
      source: "https://docs.aws.amazon.com/vpn/latest/s2svpn/monitoring-cloudwatch-vpn.html",
    }),
  alarmEmails: ruled(z.array(ruled(z.string(), emailRule)), emailListRule)
    .default([])
    .register(settingFacts, {
      type: "array",
      description:
        "Who is notified of an alarm, by either cloud. Each address gets a message from AWS first and must confirm it; previews show the addresses.",
      range: "e-mail addresses, none twice; only with alarms",
      example: "[data-platform@example.com]",
      change: "Adds or removes a subscription; a new address must be confirmed.",
      source: "https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html",
    }),
  flowLogs: z
    .boolean()
    .default(false)
    .register(settingFacts, {
      type: "boolean",
      description: `Logs the traffic of the AWS network, what was rejected too, to a bucket of its own, kept for ${logRetentionDays} days.`,
      range: "true or false",
      example: "true",
      change:
        "Adds or removes the logs; no traffic is touched. S3 refuses to remove the log bucket until it is emptied; with protection it stays, out of the stack.",
      source: "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3.html",
    }),
  buckets: ruled(z.array(bucket), bucketListRule)
    .default([{ name: "data", access: "read" }])
    .register(settingFacts, {
      type: "array",
      description:
        "The buckets: name is a key that never changes, access is read or readWrite for the reader, bucketName is S3's name where a generated one will not do, lockDays keeps what is written from being deleted for so many days (object lock, governance).",
      range:
        "name: up to 52 lower-case letters, digits, hyphens; bucketName: 3 to 63 of them; lockDays: 1 to 36500",
      example: "[{name: data, access: read}]",
      change:
        "Adds or removes a bucket; another name or bucketName replaces it. S3 refuses to remove a bucket with contents. lockDays counts for what is written from then on; it ends for none that is locked.",
      source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
    }),
  perimeter: z.enum(["enforced", "allow"]).default("enforced").register(settingFacts, {
    type: "string",
    description:
      "enforced: nobody but deployers and trustedPrincipals reaches the objects from elsewhere, or changes what could reveal them, AWS's own services included. allow: principals with rights in the AWS account reach them from anywhere.",
    range: "enforced or allow",
    example: "allow",
    change: "Updates the bucket policies in place.",
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies-vpc-endpoint.html",
  }),
  deployers: ruled(z.array(ruled(z.string(), principalRule)), principalListRule)
    .default([])
    .register(settingFacts, {
      type: "array",
      description:
        "ARNs of those who run pulumi up. With perimeter: enforced they reach the objects from anywhere, because Pulumi reads them, and nobody else may update the stack; previews are open to others. Empty: whoever runs Pulumi, so that a preview by somebody else shows every bucket's policy as changed.",
      range: "ARNs of IAM users, IAM roles or an account's root; no wildcards, no sessions",
      example: "[arn:aws:iam::123456789012:role/deployer]",
      change: "Updates the bucket policies in place, where that lets in or shuts out anybody.",
      source:
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn",
    }),
  trustedPrincipals: ruled(z.array(ruled(z.string(), principalRule)), principalListRule)
    .default([])
    .register(settingFacts, {
      type: "array",
      description: "ARNs that the perimeter lets in from anywhere beside deployers, for emergencies.",
      range: "ARNs of IAM users, IAM roles or an account's root; no wildcards",
      example: "[arn:aws:iam::123456789012:role/break-glass]",
      change: "Updates the bucket policies in place.",
      source:
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn",
    }),
  presignedUrlMinutes: ruled(z.int(), presignedUrlRule).default(60).register(settingFacts, {
    type: "integer",
    description:
      "How long a presigned URL of a bucket works at most, whoever signed it and whatever it says itself. One of the reader works through the endpoint only.",
    range: "15 to 10080 minutes (seven days)",
    example: "15",
    change: "Updates the bucket policies in place; URLs that are older stop working.",
    source: "https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html",
  }),
  oldVersionDays: ruled(z.int(), (value) =>
    value >= 0 && value <= 36_500
      ? []
      : [
          {
            rule: "days are counted from 1 to 36500",
            fix: "use 90, or 0 to keep all old versions",
          },
        ],
  )
    .default(0)
    .register(settingFacts, {
      type: "integer",
      description:
        "Days after which what was overwritten or deleted in the buckets is gone for good; unfinished uploads go after 7 days then. 0: S3 keeps both, and charges for them, until somebody deletes them.",
      range: "0 to 36500 days",
      example: "90",
      change:
        "Adds, changes or removes a lifecycle of each bucket. S3 deletes what is already older within a day or two, and nothing brings it back.",
      source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html",
    }),
  protection: z.boolean().default(false).register(settingFacts, {
    type: "boolean",
    description:
      "For production. Pulumi refuses to delete or replace the buckets, the gateway's public addresses and AWS's VPN connections. Logs (the log bucket, the tunnels' log group, the workspace and its resource group) stay in the clouds when a setting or a destroy takes them out of the stack.",
    range: "true or false",
    example: "true",
    change:
      "Touches nothing in the clouds; Pulumi notes it with the next up. The runbook teardown says how to lift it.",
    source: "https://www.pulumi.com/docs/iac/concepts/resources/options/protect/",
  }),
  sampleObject: z.boolean().default(false).register(settingFacts, {
    type: "boolean",
    description: "Puts a small text into the first bucket, to have something to list.",
    range: "true or false",
    example: "true",
    change: "Adds or removes the object.",
  }),
  accessLogs: z
    .boolean()
    .default(false)
    .register(settingFacts, {
      type: "boolean",
      description: `Logs the requests to every bucket, to the bucket that flowLogs uses too, kept for ${logRetentionDays} days.`,
      range: "true or false",
      example: "true",
      change:
        "Adds or removes the logs; no request is touched. S3 refuses to remove the log bucket until it is emptied; with protection it stays, out of the stack.",
      source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html",
    }),
  auditTrail: z
    .boolean()
    .default(false)
    .register(settingFacts, {
      type: "boolean",
      description: `Records in CloudTrail who reads and writes the buckets' objects and who changes anything in the account, in all its regions, to the bucket that flowLogs uses too, kept for ${logRetentionDays} days. With alarms, changes of the buckets, the endpoint's way in, the trail and the reader are notified; without them, there is the trail only. IAM's events are in one region alone (us-east-1, us-gov-west-1 or cn-north-1): elsewhere alarmEmails get a second subscription to confirm, to a topic there. Costs 0.10 USD per 100,000 requests to objects, and 2.00 USD per 100,000 changes where the account has another trail (AWS's list, 2026-10).`,
      range: "true or false",
      example: "true",
      change:
        "Adds or removes the trail and its notifications; no request is touched. What it has recorded goes with the log bucket.",
      source:
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html",
    }),
  clientVm: z.boolean().default(false).register(settingFacts, {
    type: "boolean",
    description:
      "Adds a small Linux machine without a public address to the client subnet, which lists the first bucket every five minutes and writes the result to its serial console, for verify to read. Costs about 10 USD a month.",
    range: "true or false",
    example: "true",
    change: "Adds or removes the machine and its network interface; nothing else changes.",
    source: "https://learn.microsoft.com/azure/virtual-machines/boot-diagnostics",
  }),
  tags: ruled(z.record(z.string(), z.string()), tagsRule).default({}).register(settingFacts, {
    type: "object",
    description: "Tags of every resource in both clouds that takes them.",
    range:
      "up to 47 beside the program's project, stack and Name, with those of aws:defaultTags; keys up to 128 and values up to 256 letters, digits, spaces and _ . : / = + - @ (no slash in keys)",
    example: "{owner: data-team}",
    change: "Updates the tags in place.",
    source: "https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations",
  }),
});

/** What the stack file says, with the schema's defaults; derived defaults are still missing. */
export type GivenSettings = z.output<typeof settingsSchema>;
export type SettingKey = keyof GivenSettings;

/** The keys that maps, and the entries of lists, may have. */
export const innerKeys: Readonly<Partial<Record<SettingKey, readonly string[]>>> = {
  buckets: Object.keys(bucket.shape),
  tunnelInsideCidrs: tunnelNames,
  presharedKeyGenerations: tunnelNames,
};

export const settingKeys = Object.keys(settingsSchema.shape) as readonly SettingKey[];

export function factsOf(key: SettingKey): SettingFacts {
  const facts = settingFacts.get(settingsSchema.shape[key]);
  if (facts === undefined) throw new Error(`the schema describes no ${key}`);
  return facts;
}
