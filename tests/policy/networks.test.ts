import { finalDenials, noOpenIngress, privateNetworks } from "../../policy/rules/networks";
import type { Props } from "../../policy/values";
import { describeRule } from "./tables";

const awsRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const oldRule = "aws:ec2/securityGroupRule:SecurityGroupRule";
const azureGroup = "azure-native:network:NetworkSecurityGroup";
const azureRule = "azure-native:network:SecurityRule";
const lets = (setting: string, network: string) =>
  `${setting} is ${network}, which lets the internet in; name the networks that may`;
const inbound = (rule: Props) => ({ name: "Clients", direction: "Inbound", access: "Allow", ...rule });

describeRule(noOpenIngress, [
  { that: "one network", type: awsRule, props: { cidrIpv4: "10.0.1.0/28" } },
  {
    that: "the widest private network",
    type: awsRule,
    props: { cidrIpv4: "10.0.0.0/8", cidrIpv6: "fc00::/7" },
  },
  { that: "another security group", type: awsRule, props: { referencedSecurityGroupId: "sg-1" } },
  {
    that: "the internet",
    type: awsRule,
    props: { cidrIpv4: "0.0.0.0/0" },
    stack: "dev",
    says: [lets("cidrIpv4", "0.0.0.0/0")],
  },
  {
    that: "half of the internet",
    type: awsRule,
    props: { cidrIpv4: "128.0.0.0/1" },
    says: [lets("cidrIpv4", "128.0.0.0/1")],
  },
  {
    that: "the internet of IPv6",
    type: awsRule,
    props: { cidrIpv6: "::/0" },
    says: [lets("cidrIpv6", "::/0")],
  },
  {
    that: "an open way out, which is no way in",
    type: oldRule,
    props: { type: "egress", cidrBlocks: ["0.0.0.0/0"] },
  },
  {
    that: "one open network among others",
    type: oldRule,
    props: { type: "ingress", cidrBlocks: ["10.0.0.0/24", "0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] },
    says: [lets("cidrBlocks", "0.0.0.0/0"), lets("ipv6CidrBlocks", "::/0")],
  },
  ...["aws:ec2/securityGroup:SecurityGroup", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"].map(
    (type) => ({
      that: `an open rule inside ${type}`,
      type,
      props: { ingress: [{ cidrBlocks: ["0.0.0.0/0"] }], egress: [{ cidrBlocks: ["0.0.0.0/0"] }] },
      says: [lets("ingress cidrBlocks", "0.0.0.0/0")],
    }),
  ),
  { that: "a group without rules", type: azureGroup, props: {} },
  {
    that: "clients by their network",
    type: azureGroup,
    props: { securityRules: [inbound({ sourceAddressPrefix: "10.0.0.0/24" })] },
  },
  {
    that: "Azure's own services by their tag",
    type: azureGroup,
    props: { securityRules: [inbound({ sourceAddressPrefix: "AzureLoadBalancer" })] },
  },
  {
    that: "a refusal of the internet",
    type: azureGroup,
    props: { securityRules: [inbound({ access: "Deny", sourceAddressPrefix: "*" })] },
  },
  {
    that: "a way out from anywhere",
    type: azureGroup,
    props: { securityRules: [inbound({ direction: "Outbound", sourceAddressPrefix: "*" })] },
  },
  ...["*", "Internet", "Any", "0.0.0.0/0", "0.0.0.0"].map((source) => ({
    that: `the internet as ${source}`,
    type: azureGroup,
    props: { securityRules: [inbound({ sourceAddressPrefix: source })] },
    says: [lets("Clients's sourceAddressPrefix", source)],
  })),
  {
    that: "the internet in a list, in a rule of its own of an older version of Azure's interface",
    type: "azure-native:network/v20240501:SecurityRule",
    props: inbound({ sourceAddressPrefixes: ["10.0.0.0/24", "::/0"] }),
    says: [lets("Clients's sourceAddressPrefixes", "::/0")],
  },
  ...[azureRule, "azure-native:network:DefaultSecurityRule"].map((type) => ({
    that: `the internet in a rule without a name, as ${type}`,
    type,
    props: { direction: "Inbound", access: "Allow", sourceAddressPrefix: "*" },
    says: [lets("sourceAddressPrefix", "*")],
  })),
]);

const denial = (direction: string, rule: Props = {}) => ({
  ...{ name: `Deny${direction}`, access: "Deny", priority: 4096, protocol: "*", direction },
  ...{
    sourceAddressPrefix: "*",
    sourcePortRange: "*",
    destinationAddressPrefix: "*",
    destinationPortRange: "*",
  },
  ...rule,
});
const open = (direction: string) =>
  `no ${direction} rule denies all the rest, so Azure's default rules let pass what a peering, a NAT gateway or a load ` +
  "balancer brings; end with one that denies everything";
const group = (...securityRules: readonly Props[]) => ({ type: azureGroup, props: { securityRules } });

describeRule(finalDenials, [
  { that: "denials in both directions", ...group(denial("Inbound"), denial("Outbound")) },
  {
    that: "what is allowed before them",
    ...group(inbound({ priority: 100 }), denial("Inbound"), denial("Outbound")),
  },
  { that: "a group without rules", type: azureGroup, props: {}, says: [open("Inbound"), open("Outbound")] },
  { that: "none outbound", ...group(denial("Inbound")), says: [open("Outbound")] },
  {
    that: "what is allowed after one",
    ...group(inbound({ priority: 4000 }), denial("Inbound", { priority: 200 }), denial("Outbound")),
    says: [open("Inbound")],
  },
  ...[
    { protocol: "Tcp" },
    { access: "Allow" },
    { sourceAddressPrefix: "10.0.0.0/24" },
    { destinationAddressPrefix: "VirtualNetwork" },
    { destinationPortRange: "0-65535" },
    { sourcePortRange: "443" },
  ].map((rule) => ({
    that: `one of ${Object.keys(rule).join()} alone`,
    ...group(denial("Inbound"), denial("Outbound", rule)),
    says: [open("Outbound")],
  })),
]);

const joins = "it connects the private network to the internet; remove it";

describeRule(privateNetworks, [
  ...[
    "aws:ec2/internetGateway:InternetGateway",
    "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
    "aws:ec2/natGateway:NatGateway",
    "aws:ec2/eip:Eip",
    "azure-native:network:NatGateway",
  ].map((type) => ({ that: type, type, props: {}, says: [joins] })),
  { that: "the VPN gateway's own address", type: "azure-native:network:PublicIPAddress", props: {} },
  {
    that: "a subnet without public addresses",
    type: "aws:ec2/subnet:Subnet",
    props: { cidrBlock: "10.0.0.0/24" },
  },
  {
    that: "a subnet that gives public addresses",
    type: "aws:ec2/subnet:Subnet",
    props: { mapPublicIpOnLaunch: true },
    says: ["mapPublicIpOnLaunch is true, so every machine of the subnet is on the internet; leave it false"],
  },
  { that: "a private subnet", type: "azure-native:network:Subnet", props: { defaultOutboundAccess: false } },
  {
    that: "the gateway's subnet",
    type: "azure-native:network:Subnet",
    props: { subnetName: "GatewaySubnet" },
  },
  {
    that: "a subnet with Azure's default way out",
    type: "azure-native:network:Subnet",
    props: { subnetName: "clients" },
    says: [
      "defaultOutboundAccess is not false, so Azure gives its machines a public address; set it to false",
    ],
  },
  {
    that: "a machine inside",
    type: "azure-native:network:NetworkInterface",
    props: { ipConfigurations: [{ name: "a" }] },
  },
  {
    that: "a machine with a public address",
    type: "azure-native:network:NetworkInterface",
    props: { ipConfigurations: [{ name: "a", publicIPAddress: { id: "ip" } }] },
    says: ["ipConfigurations has a publicIPAddress, so the machine is on the internet; leave it out"],
  },
]);
