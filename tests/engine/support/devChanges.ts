import { bucket, logBucket, type Change } from "./changes";
import { plan } from "./plan";
import { own } from "./settings";

const awsNetwork = "aws-network aws-routes aws-routes-any aws-subnet-any";
const vpcAnew = [
  "delete vpn-aws-attachment",
  "delete s3-endpoint",
  "delete aws-subnet-any",
  "delete aws-network",
  "create aws-network",
  "create aws-subnet-any",
];
const endpoint = "s3-endpoint s3-endpoint-security-group s3-https-from-aws s3-https-from-azure";

export const devChanges: readonly Change[] = [
  {
    of: "aws:region",
    says: "another AWS region builds the AWS side anew, the endpoint gone before its subnets",
    settings: { "aws:region": "eu-west-1" },
    plan: plan({
      update: "vpn-tunnel1-azure-site",
      replace: `${awsNetwork} ${endpoint} ${bucket("data")} s3-data-sample vpn-aws-gateway vpn-aws-attachment
        vpn-aws-propagation vpn-aws-logs vpn-aws-customer1 vpn-aws-connection1 vpn-aws-connection1-route`,
    }),
    inOrder: vpcAnew,
  },
  {
    of: "azure-native:location",
    says: "another Azure location is refused while the gateway holds its subnet",
    settings: { "azure-native:location": "westeurope" },
    plan: plan({
      update: "vpn-aws-connection1",
      replace: `azure-group azure-network azure-client-security-group azure-client-subnet azure-gateway-subnet
        vpn-azure-ip1 vpn-azure-gateway vpn-tunnel1-azure-site vpn-tunnel1-azure-connection vpn-aws-customer1`,
    }),
    refused: {
      says: /azure-gateway-subnet: InUseSubnetCannotBeDeleted/,
      instead: "destroy, then up",
      of: "vpn-azure-gateway",
    },
  },
  {
    of: "azureResourceGroup",
    says: "a resource group made beforehand is refused while the gateway holds its subnet",
    settings: own({ azureResourceGroup: "made-before" }),
    plan: plan({
      update: "vpn-aws-connection1",
      replace: `azure-network azure-client-security-group azure-client-subnet azure-gateway-subnet
        vpn-azure-ip1 vpn-azure-gateway vpn-tunnel1-azure-site vpn-tunnel1-azure-connection vpn-aws-customer1`,
      delete: "azure-group",
    }),
    refused: {
      says: /azure-gateway-subnet: InUseSubnetCannotBeDeleted/,
      instead: "destroy, then up",
      of: "vpn-azure-gateway",
    },
  },
  {
    of: "azureCidr",
    says: "other addresses in Azure are refused while the subnets have the old ones",
    settings: own({
      azureCidr: "10.0.2.0/24",
      clientSubnetCidr: "10.0.2.0/28",
      gatewaySubnetCidr: "10.0.2.240/28",
    }),
    plan: plan({
      update:
        "azure-network azure-client-subnet azure-gateway-subnet azure-client-security-group s3-https-from-azure",
      replace: "vpn-aws-connection1-route",
    }),
    refused: {
      says: /azure-network: InUsePrefixCannotBeDeleted/,
      instead: "destroy, then up",
      of: "azure-network",
    },
  },
  {
    of: "awsCidr",
    says: "other addresses in AWS build the VPC and the endpoint anew, and no tunnel",
    settings: own({ awsCidr: "10.0.2.0/24" }),
    plan: plan({
      update: "azure-client-security-group s3-data-policy vpn-tunnel1-azure-site",
      replace: `${awsNetwork} ${endpoint} vpn-aws-attachment vpn-aws-propagation`,
    }),
    inOrder: vpcAnew,
  },
  {
    of: "clientSubnetCidr",
    says: "another client subnet moves in place, and its rules with it",
    settings: own({ clientSubnetCidr: "10.0.1.32/28" }),
    plan: plan({ update: "azure-client-subnet azure-client-security-group s3-https-from-azure" }),
  },
  {
    of: "awsZones",
    says: "a zone of one's own for the subnet that AWS placed is refused: both would have the same addresses",
    settings: own({ awsZones: ["ap-northeast-1a"] }),
    plan: plan({
      create: "aws-subnet-ap-northeast-1a aws-routes-ap-northeast-1a",
      update: "s3-endpoint",
      delete: "aws-subnet-any aws-routes-any",
    }),
    refused: {
      says: /aws-subnet-ap-northeast-1a: InvalidSubnet\.Conflict/,
      instead: "up --replace",
      of: "aws-network",
    },
  },
  {
    of: "vpnTopology",
    says: "the second tunnel is added without touching the first",
    settings: own({ vpnTopology: "dual-tunnel" }),
    plan: plan({ create: "vpn-tunnel2-azure-site vpn-tunnel2-azure-connection" }),
    inOrder: ["create vpn-tunnel2-azure-site", "create vpn-tunnel2-azure-connection"],
  },
  {
    of: "vpnTopology",
    says: "from one tunnel to four is refused where the GatewaySubnet is too small for it",
    settings: own({
      vpnTopology: "active-active",
      gatewaySku: undefined,
      gatewaySubnetCidr: "10.0.1.224/27",
    }),
    plan: plan({
      create: `vpn-azure-ip2 vpn-aws-customer2 vpn-aws-connection2 vpn-tunnel3-key vpn-tunnel4-key
        vpn-tunnel2-azure-site vpn-tunnel3-azure-site vpn-tunnel4-azure-site vpn-tunnel2-azure-connection
        vpn-tunnel3-azure-connection vpn-tunnel4-azure-connection`,
      update: "azure-gateway-subnet vpn-tunnel1-azure-site",
      replace:
        "vpn-aws-connection1 vpn-aws-customer1 vpn-azure-gateway vpn-azure-ip1 vpn-tunnel1-azure-connection",
    }),
    refused: {
      says: /azure-gateway-subnet: InUsePrefixCannotBeDeleted/,
      instead: "destroy, then up",
      of: "vpn-azure-gateway",
    },
  },
  {
    of: "tunnelInsideCidrs",
    says: "other addresses inside a tunnel are set in place, on its AWS connection alone",
    settings: own({ tunnelInsideCidrs: { tunnel1: "169.254.30.0/30" } }),
    plan: plan({ update: "vpn-aws-connection1" }),
    properties: { "vpn-aws-connection1": ["tunnel1InsideCidr"] },
  },
  {
    of: "presharedKeyGenerations",
    says: "a new key replaces the one Azure connection and updates the one AWS tunnel",
    settings: own({ presharedKeyGenerations: { tunnel1: 2 } }),
    plan: plan({
      update: "vpn-aws-connection1",
      replace: "vpn-tunnel1-key vpn-tunnel1-azure-connection",
    }),
    properties: {
      "vpn-aws-connection1": ["tunnel1PresharedKey"],
    },
    inOrder: ["delete vpn-tunnel1-azure-connection", "create vpn-tunnel1-azure-connection"],
  },
  {
    of: "presharedKeyGenerations",
    says: "a new key of the unused tunnel leaves Azure alone",
    settings: own({ presharedKeyGenerations: { tunnel2: 2 } }),
    plan: plan({ update: "vpn-aws-connection1", replace: "vpn-tunnel2-key" }),
    properties: { "vpn-aws-connection1": ["tunnel2PresharedKey"] },
  },
  {
    of: "tunnelLogs",
    says: "logs switched off change both tunnels of the connection",
    settings: own({ tunnelLogs: false }),
    plan: plan({ update: "vpn-aws-connection1", delete: "vpn-aws-logs" }),
    properties: { "vpn-aws-connection1": ["tunnel1LogOptions", "tunnel2LogOptions"] },
    inOrder: ["update vpn-aws-connection1", "delete vpn-aws-logs"],
  },
  {
    of: "alarms",
    says: "alarms are added beside the link, and touch nothing of it",
    settings: own({ alarms: true, alarmEmails: ["us@example.com"] }),
    plan: plan({
      create: `alarms-aws-topic alarms-aws-us@example.com alarms-aws-tunnel1 alarms-aws-connection1
        alarms-azure-workspace alarms-azure-logs alarms-azure-group alarms-azure-ingress-mismatch
        alarms-azure-egress-mismatch`,
    }),
  },
  {
    of: "buckets",
    says: "another bucket touches the endpoint's policy and no tunnel",
    settings: own({
      buckets: [
        { name: "data", access: "read" },
        { name: "more", access: "readWrite" },
      ],
    }),
    plan: plan({ create: bucket("more"), update: "s3-endpoint" }),
    properties: { "s3-endpoint": ["policy"] },
  },
  {
    of: "buckets",
    says: "a right to write changes both policies in place",
    settings: own({ buckets: [{ name: "data", access: "readWrite" }] }),
    plan: plan({ update: "s3-endpoint s3-data-policy" }),
    properties: { "s3-endpoint": ["policy"], "s3-data-policy": ["policy"] },
  },
  {
    of: "buckets",
    says: "a name of one's own is another bucket, with all its guards",
    settings: own({ buckets: [{ name: "data", access: "read", bucketName: "a-name-of-our-own" }] }),
    plan: plan({ update: "s3-endpoint", replace: `${bucket("data")} s3-data-sample` }),
    inOrder: ["delete s3-data-sample", "delete s3-data", "create s3-data", "create s3-data-policy"],
  },
  {
    of: "dnsSecurityPolicy",
    says: "a DNS security policy reaches the network when its rules are there, and touches nothing else",
    settings: own({ dnsSecurityPolicy: true }),
    plan: plan({
      create: `azure-dns-policy azure-dns-endpoint azure-dns-every-name azure-dns-allow azure-dns-block azure-dns-link`,
    }),
    inOrder: ["create azure-dns-allow", "create azure-dns-link"],
  },
  {
    of: "perimeter",
    says: "an enforced perimeter changes the bucket's policy",
    settings: own({ perimeter: "enforced" }),
    plan: plan({ update: "s3-data-policy" }),
  },
  {
    of: "sampleObject",
    says: "the sample object goes alone",
    settings: own({ sampleObject: false }),
    plan: plan({ delete: "s3-data-sample" }),
  },
  {
    of: "flowLogs",
    says: "flow logs bring a bucket of their own, which is ready before they come",
    settings: own({ flowLogs: true }),
    plan: plan({ create: `${logBucket} logs-flow` }),
    inOrder: ["create logs-bucket", "create logs-bucket-policy", "create logs-flow"],
  },
  {
    of: "accessLogs",
    says: "access logs are the last that is set on a bucket, and touch nothing else of it",
    settings: own({ accessLogs: true }),
    plan: plan({ create: `${logBucket} s3-data-logging` }),
    inOrder: ["create logs-bucket-policy", "create s3-data-logging"],
  },
  {
    of: "auditTrail",
    says: "a trail waits for a log bucket that takes it, and without alarms notifies nobody",
    settings: own({ auditTrail: true }),
    plan: plan({ create: `${logBucket} audit-trail` }),
    inOrder: ["create logs-bucket-policy", "create audit-trail"],
  },
  {
    of: "clientVm",
    says: "a client inside comes by itself, and touches nothing else",
    settings: own({ clientVm: true }),
    plan: plan({ create: "client-interface client-machine" }),
    inOrder: ["create client-interface", "create client-machine"],
  },
  {
    of: "tags",
    says: "tags change in place wherever there are any",
    settings: own({ tags: { cost: "42" } }),
    plan: "everything with tags",
  },
];
