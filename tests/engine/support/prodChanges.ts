import { bucket, logBucket, type Change } from "./changes";
import { plan } from "./plan";
import { own } from "./settings";

const sites = [1, 2, 3, 4].map((number) => `vpn-tunnel${String(number)}-azure-site`);
const connections = [1, 2, 3, 4].map((number) => `vpn-tunnel${String(number)}-azure-connection`);

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
    says: "another GatewaySubnet is asked for in place",
    settings: own({ gatewaySubnetCidr: "10.1.3.192/27" }),
    plan: plan({ update: "azure-gateway-subnet" }),
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
    plan: plan({ replace: `vpn-azure-gateway ${connections.join(" ")}` }),
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
    refused: /aws-subnet-ap-northeast-1a: DependencyViolation/,
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
      "vpn-tunnel3-azure-connection": ["sharedKey"],
    },
  },
  {
    of: "tunnelInsideCidrs",
    says: "other addresses inside one tunnel need another connection, which has the other tunnel's too",
    settings: own({ tunnelInsideCidrs: { tunnel3: "169.254.21.8/30" } }),
    plan: plan({
      update: `vpn-azure-gateway vpn-tunnel3-azure-site vpn-tunnel4-azure-site
        vpn-tunnel1-azure-connection vpn-tunnel2-azure-connection vpn-tunnel3-azure-connection`,
      replace: "vpn-aws-connection2",
    }),
    refused: /vpn-aws-connection2: InvalidParameterValue: .*169\.254\.22\.4\/30 overlaps/,
  },
  {
    of: "buckets",
    says: "a bucket less takes its guards with it, and touches nothing of the other",
    settings: own({ buckets: [{ name: "reports", access: "read" }] }),
    plan: plan({ update: "s3-endpoint", delete: bucket("uploads") }),
    inOrder: ["update s3-endpoint", "delete s3-uploads-policy", "delete s3-uploads"],
  },
  {
    of: "trustedPrincipals",
    says: "another trusted principal changes the buckets' policies",
    settings: own({ trustedPrincipals: ["arn:aws:iam::123456789012:role/other"] }),
    plan: plan({ update: "s3-reports-policy s3-uploads-policy" }),
  },
  {
    of: "vpnTopology",
    says: "from four tunnels to one is refused: the new AWS connection would repeat the old one's addresses",
    settings: own({ vpnTopology: "single-tunnel" }),
    plan: plan({
      create: "vpn-aws-connection1-route",
      update: "azure-gateway-subnet vpn-tunnel1-azure-site",
      replace:
        "vpn-aws-connection1 vpn-aws-customer1 vpn-azure-gateway vpn-azure-ip1 vpn-tunnel1-azure-connection",
      delete: `vpn-aws-connection2 vpn-aws-customer2 vpn-azure-ip2 vpn-tunnel3-key vpn-tunnel4-key
        ${sites.slice(1).join(" ")}`,
    }),
    refused: /vpn-aws-connection1: InvalidParameterValue: .*169\.254\.21\.0\/30 overlaps/,
  },
  {
    of: "accessLogs",
    says: "both kinds of logs share one bucket, and no tunnel and no policy of the data is touched",
    settings: own({ flowLogs: true, accessLogs: true }),
    plan: plan({ create: `${logBucket} logs-flow s3-reports-logging s3-uploads-logging` }),
  },
  {
    of: "tags",
    says: "tags change in place wherever there are any",
    settings: own({ tags: { environment: "production", owner: "somebody else" } }),
    plan: "everything with tags",
  },
];
