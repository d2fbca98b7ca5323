import { bucket, logBucket, type Change } from "./changes";
import { plan } from "./plan";
import { own } from "./settings";

const sites = [1, 2, 3, 4].map((number) => `vpn-tunnel${String(number)}-azure-site`);
const connections = [1, 2, 3, 4].map((number) => `vpn-tunnel${String(number)}-azure-connection`);

const peerAlerts = "alarms-azure-bgp-peer alarms-azure-bgp-routes";
const dropAlerts = "alarms-azure-ingress-mismatch alarms-azure-egress-mismatch";
const alerts = `${peerAlerts} ${dropAlerts}`;
/** What notifies of changes that the trail records. */
const notifying = `audit-topic-policy audit-bucket-changes audit-bucket-changes-target audit-endpoint-changes
  audit-endpoint-changes-target audit-trail-changes audit-trail-changes-target audit-reader-changes
  audit-reader-changes-target audit-iam-topic audit-iam-data-platform@example.com audit-iam-topic-policy`;
/** What watches four tunnels, and whom it tells. */
const watching = `alarms-aws-topic alarms-aws-data-platform@example.com alarms-aws-tunnel1 alarms-aws-tunnel2
  alarms-aws-tunnel3 alarms-aws-tunnel4 alarms-aws-connection1 alarms-aws-connection2 alarms-azure-workspace
  alarms-azure-logs alarms-azure-group ${alerts}`;

export const prodChanges: readonly Change[] = [
  {
    of: "azureCidr",
    says: "a wider Azure network grows in place",
    settings: own({
      azureCidr: "10.1.0.0/21",
      clientSubnetCidr: "10.1.0.0/23",
      gatewaySubnetCidr: "10.1.3.224/27",
    }),
    plan: plan({ update: "azure-network" }),
  },
  {
    of: "gatewaySubnetCidr",
    says: "another GatewaySubnet is refused while the gateway stands in it",
    settings: own({ gatewaySubnetCidr: "10.1.3.192/27" }),
    plan: plan({ update: "azure-gateway-subnet" }),
    refused: {
      says: /azure-gateway-subnet: InUsePrefixCannotBeDeleted/,
      instead: "destroy, then up",
      of: "vpn-azure-gateway",
    },
  },
  {
    of: "azureAsn",
    says: "another ASN in Azure needs other customer gateways, one connection after the other",
    settings: own({ azureAsn: 64513 }),
    plan: plan({
      update: "vpn-azure-gateway vpn-aws-connection1 vpn-aws-connection2",
      replace: "vpn-aws-customer1 vpn-aws-customer2",
    }),
    properties: {
      "vpn-aws-connection1": ["customerGatewayId"],
      "vpn-aws-connection2": ["customerGatewayId"],
      "vpn-azure-gateway": ["bgpSettings"],
    },
    inOrder: ["create vpn-aws-customer1", "update vpn-aws-connection1", "delete vpn-aws-customer1"],
  },
  {
    of: "awsAsn",
    says: "another ASN in AWS needs another gateway there, to which the connections move",
    settings: own({ awsAsn: 64514 }),
    plan: plan({
      update: `vpn-aws-connection1 vpn-aws-connection2 ${sites.join(" ")}`,
      replace: "vpn-aws-gateway vpn-aws-attachment vpn-aws-propagation",
    }),
    inOrder: ["create vpn-aws-gateway", "delete vpn-aws-attachment", "create vpn-aws-attachment"],
  },
  {
    of: "gatewaySku",
    says: "a larger gateway of the same generation grows in place",
    settings: own({ gatewaySku: "VpnGw3AZ" }),
    plan: plan({ update: "vpn-azure-gateway" }),
    properties: { "vpn-azure-gateway": ["sku"] },
  },
  {
    of: "gatewaySku",
    says: "a gateway of the other generation is another gateway, with its connections, at the same addresses",
    settings: own({ gatewaySku: "VpnGw1AZ" }),
    plan: plan({ replace: `vpn-azure-gateway ${connections.join(" ")} alarms-azure-logs ${alerts}` }),
    inOrder: [
      ...connections.map((name) => `delete ${name}`).reverse(),
      "delete vpn-azure-gateway",
      "create vpn-azure-gateway",
      ...connections.map((name) => `create ${name}`),
    ],
  },
  {
    of: "awsZones",
    says: "another zone adds a subnet and one more address of the endpoint",
    settings: own({ awsZones: ["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"] }),
    plan: plan({
      create: "aws-subnet-ap-northeast-1d aws-routes-ap-northeast-1d",
      update: "s3-endpoint",
    }),
    properties: { "s3-endpoint": ["subnetIds"] },
  },
  {
    of: "awsZones",
    says: "a zone less gives the last one the whole network, which is refused while the endpoint is in it",
    settings: own({ awsZones: ["ap-northeast-1a"] }),
    plan: plan({
      update: "s3-endpoint",
      replace: "aws-subnet-ap-northeast-1a aws-routes-ap-northeast-1a",
      delete: "aws-subnet-ap-northeast-1c aws-routes-ap-northeast-1c",
    }),
    refused: {
      says: /aws-subnet-ap-northeast-1a: DependencyViolation/,
      instead: "up --replace",
      of: "aws-network",
    },
  },
  {
    of: "presharedKeyGenerations",
    says: "a new key of the third tunnel touches the third tunnel only",
    settings: own({ presharedKeyGenerations: { tunnel3: 2 } }),
    plan: plan({
      update: "vpn-aws-connection2",
      replace: "vpn-tunnel3-key vpn-tunnel3-azure-connection",
    }),
    properties: {
      "vpn-aws-connection2": ["tunnel1PresharedKey"],
    },
  },
  {
    of: "tunnelInsideCidrs",
    says: "other addresses inside one tunnel are set in place in both clouds, and no outside address changes",
    settings: own({ tunnelInsideCidrs: { tunnel3: "169.254.21.8/30" } }),
    plan: plan({
      update: `vpn-azure-gateway vpn-tunnel3-azure-site vpn-tunnel1-azure-connection vpn-tunnel2-azure-connection
        vpn-tunnel3-azure-connection vpn-aws-connection2 ${peerAlerts}`,
    }),
    properties: { "vpn-aws-connection2": ["tunnel1InsideCidr"] },
  },
  {
    of: "alarms",
    says: "alarms that are switched off go alone, with what tells their receivers of changes",
    settings: own({ alarms: false, alarmEmails: [] }),
    plan: plan({ delete: `${watching} ${notifying}` }),
  },
  {
    of: "alarmEmails",
    says: "another address is one more receiver, and one more subscription of each topic",
    settings: own({ alarmEmails: ["data-platform@example.com", "night-shift@example.com"] }),
    plan: plan({
      create: "alarms-aws-night-shift@example.com audit-iam-night-shift@example.com",
      update: "alarms-azure-group",
    }),
    properties: { "alarms-azure-group": ["emailReceivers"] },
  },
  {
    of: "alarmEmails",
    says: "an address less is told no more",
    settings: own({ alarmEmails: [] }),
    plan: plan({
      update: "alarms-azure-group",
      delete: "alarms-aws-data-platform@example.com audit-iam-data-platform@example.com",
    }),
  },
  {
    of: "buckets",
    says: "a bucket less takes its guards with it, and touches nothing of the other",
    settings: own({ buckets: [{ name: "reports", access: "read" }] }),
    plan: plan({
      update: "s3-endpoint audit-trail audit-bucket-changes",
      delete: `${bucket("uploads")} s3-uploads-logging`,
    }),
    // S3 takes the guards along with the bucket.
    inOrder: ["update s3-endpoint", "delete s3-uploads"],
  },
  {
    of: "deployers",
    says: "another deployer beside the first changes the buckets' policies",
    settings: own({
      deployers: ["azure-s3-privatelink-deployer", "ops/deployer"].map(
        (role) => `arn:aws:iam::123456789012:role/${role}`,
      ),
    }),
    plan: plan({ update: "s3-reports-policy s3-uploads-policy" }),
  },
  {
    of: "trustedPrincipals",
    says: "another trusted principal changes the buckets' policies",
    settings: own({ trustedPrincipals: ["arn:aws:iam::123456789012:role/other"] }),
    plan: plan({ update: "s3-reports-policy s3-uploads-policy" }),
  },
  {
    of: "presignedUrlMinutes",
    says: "shorter presigned URLs change the buckets' policies",
    settings: own({ presignedUrlMinutes: "15" }),
    plan: plan({ update: "s3-reports-policy s3-uploads-policy" }),
  },
  {
    of: "oldVersionDays",
    says: "an end for old versions adds a lifecycle to each bucket",
    settings: own({ oldVersionDays: "90" }),
    plan: plan({ create: "s3-reports-lifecycle s3-uploads-lifecycle" }),
  },
  {
    of: "buckets",
    says: "a lock is added to a bucket that stands, which is not replaced",
    settings: own({
      buckets: [
        { name: "reports", access: "read" },
        { name: "uploads", access: "readWrite", lockDays: 30 },
      ],
    }),
    plan: plan({ create: "s3-uploads-lock" }),
  },
  {
    of: "protection",
    says: "protection touches nothing in the clouds",
    settings: own({ protection: "true" }),
    plan: plan({}),
  },
  {
    of: "vpnTopology",
    says: "from four tunnels to one builds the VPN anew, with its address, in the subnet that is there",
    settings: own({ vpnTopology: "single-tunnel", gatewaySubnetCidr: "10.1.3.224/27" }),
    plan: plan({
      create: "vpn-aws-connection1-route",
      update: "vpn-tunnel1-azure-site alarms-aws-tunnel1 alarms-aws-connection1",
      replace: `vpn-aws-connection1 vpn-aws-customer1 vpn-azure-gateway vpn-azure-ip1 vpn-tunnel1-azure-connection
        alarms-azure-logs ${dropAlerts}`,
      delete: `vpn-aws-connection2 vpn-aws-customer2 vpn-azure-ip2 vpn-tunnel3-key vpn-tunnel4-key
        ${sites.slice(1).join(" ")} alarms-aws-tunnel2 alarms-aws-tunnel3 alarms-aws-tunnel4 alarms-aws-connection2`,
    }),
    inOrder: [
      "delete vpn-aws-connection1",
      "create vpn-aws-connection1",
      "create vpn-aws-connection1-route",
      "delete vpn-aws-connection2",
    ],
  },
  {
    of: "vpnTopology",
    says: "from four tunnels to two builds the VPN anew, at the address that stays",
    settings: own({ vpnTopology: "dual-tunnel" }),
    plan: plan({
      create: "vpn-aws-connection1-route",
      update: `vpn-tunnel1-azure-site vpn-tunnel2-azure-site
        alarms-aws-tunnel1 alarms-aws-tunnel2 alarms-aws-connection1`,
      replace: `vpn-aws-connection1 vpn-azure-gateway ${connections.slice(0, 2).join(" ")}
        alarms-azure-logs ${dropAlerts}`,
      delete: `vpn-aws-connection2 vpn-aws-customer2 vpn-azure-ip2 vpn-tunnel3-key vpn-tunnel4-key
        ${sites.slice(2).join(" ")} alarms-aws-tunnel3 alarms-aws-tunnel4 alarms-aws-connection2`,
    }),
    inOrder: [
      "delete vpn-aws-connection1",
      "create vpn-aws-connection1",
      "create vpn-aws-connection1-route",
      "delete vpn-aws-connection2",
    ],
  },
  {
    of: "accessLogs",
    says: "without access logs the buckets log no more, and what is logged stays beside the other logs",
    settings: own({ accessLogs: undefined }),
    plan: plan({ update: "logs-bucket-policy", delete: "s3-reports-logging s3-uploads-logging" }),
    properties: { "logs-bucket-policy": ["policy"] },
  },
  {
    of: "flowLogs",
    says: "without flow logs the traffic is logged no more, and what is logged stays beside the other logs",
    settings: own({ flowLogs: undefined }),
    plan: plan({ update: "logs-bucket-policy", delete: "logs-flow" }),
    properties: { "logs-bucket-policy": ["policy"] },
  },
  {
    of: "auditTrail",
    says: "without a trail nobody is notified of changes, and the alarms' topic stays",
    settings: own({ auditTrail: undefined }),
    plan: plan({ update: "logs-bucket-policy", delete: `audit-trail ${notifying}` }),
    properties: { "logs-bucket-policy": ["policy"] },
  },
  {
    of: "auditTrail",
    says: "without any logs their bucket goes as the last, and no tunnel and no policy of the data is touched",
    settings: own({ flowLogs: undefined, accessLogs: undefined, auditTrail: undefined }),
    plan: plan({
      delete: `${logBucket} logs-flow s3-reports-logging s3-uploads-logging
        audit-trail ${notifying}`,
    }),
    // S3 takes the guards along with the bucket.
    inOrder: ["delete audit-trail", "delete logs-bucket"],
  },
  {
    of: "tags",
    says: "tags change in place wherever there are any",
    settings: own({ tags: { environment: "production", owner: "somebody else" } }),
    plan: "everything with tags",
  },
];
