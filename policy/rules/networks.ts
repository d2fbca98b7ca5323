import { unless, type Check, type ResourceRule } from "../rule";
import { objects, texts, type Props } from "../values";

/** No private network is wider: RFC 1918 (10.0.0.0/8), RFC 4193 (fc00::/7). */
const widestPrefix = { ipv4: 8, ipv6: 7 };

/** Azure's names of the internet: https://learn.microsoft.com/azure/virtual-network/service-tags-overview */
const anywhere: readonly string[] = ["*", "any", "internet", "0.0.0.0", "::"];

/** Whether a network or service tag lets in the internet, also as one of two halves. */
function isOpen(source: string): boolean {
  const [address = "", prefix] = source.split("/");
  if (prefix === undefined) return anywhere.includes(source.toLowerCase());
  return Number(prefix) < (address.includes(":") ? widestPrefix.ipv6 : widestPrefix.ipv4);
}

function openings(source: readonly string[], setting: string): readonly string[] {
  return source
    .filter(isOpen)
    .map((network) => `${setting} is ${network}, which lets the internet in; name the networks that may`);
}

const awsSources = ["cidrIpv4", "cidrIpv6", "cidrBlocks", "ipv6CidrBlocks"] as const;

function awsOpenings(rule: Props, place = ""): readonly string[] {
  return awsSources.flatMap((setting) => openings(texts(rule[setting]), `${place}${setting}`));
}

const awsInline: Check = ({ props }) =>
  objects(props["ingress"]).flatMap((rule) => awsOpenings(rule, "ingress "));

const awsRule: Check = ({ props }) => awsOpenings(props);

const awsOldRule: Check = ({ props }) => (props["type"] === "egress" ? [] : awsOpenings(props));

function azureOpenings(rule: Props): readonly string[] {
  if (rule["direction"] !== "Inbound" || rule["access"] !== "Allow") return [];
  const place = typeof rule["name"] === "string" ? `${rule["name"]}'s ` : "";
  return ["sourceAddressPrefix", "sourceAddressPrefixes"].flatMap((setting) =>
    openings(texts(rule[setting]), `${place}${setting}`),
  );
}

const azureInline: Check = ({ props }) => objects(props["securityRules"]).flatMap(azureOpenings);

const azureRule: Check = ({ props }) => azureOpenings(props);

export const noOpenIngress: ResourceRule = {
  kind: "resource",
  name: "no-open-ingress",
  description: "No security group lets the internet in, in either cloud.",
  checks: {
    "aws:ec2/securityGroup:SecurityGroup": awsInline,
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": awsInline,
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": awsRule,
    "aws:ec2/securityGroupRule:SecurityGroupRule": awsOldRule,
    "azure-native:network:NetworkSecurityGroup": azureInline,
    "azure-native:network:SecurityRule": azureRule,
    "azure-native:network:DefaultSecurityRule": azureRule,
  },
};

const isNoWayOut: Check = () => ["it connects the private network to the internet; remove it"];

const givesNoPublicAddress: Check = ({ props }) =>
  unless(
    props["mapPublicIpOnLaunch"] !== true,
    "mapPublicIpOnLaunch is true, so every machine of the subnet is on the internet; leave it false",
  );

const hasNoPublicAddress: Check = ({ props }) =>
  unless(
    objects(props["ipConfigurations"]).every(({ publicIPAddress }) => publicIPAddress === undefined),
    "ipConfigurations has a publicIPAddress, so the machine is on the internet; leave it out",
  );

const keepsInside: Check = ({ props }) =>
  unless(
    props["defaultOutboundAccess"] === false || props["subnetName"] === "GatewaySubnet",
    "defaultOutboundAccess is not false, so Azure gives its machines a public address; set it to false",
  );

/** The gateway's own addresses are left out: a VPN needs them. */
export const privateNetworks: ResourceRule = {
  kind: "resource",
  name: "private-networks",
  description: "Only the VPN gateways connect the two networks to the internet.",
  checks: {
    "aws:ec2/internetGateway:InternetGateway": isNoWayOut,
    "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": isNoWayOut,
    "aws:ec2/natGateway:NatGateway": isNoWayOut,
    "aws:ec2/eip:Eip": isNoWayOut,
    "azure-native:network:NatGateway": isNoWayOut,
    "aws:ec2/subnet:Subnet": givesNoPublicAddress,
    "azure-native:network:Subnet": keepsInside,
    "azure-native:network:NetworkInterface": hasNoPublicAddress,
  },
};

const directions = ["Inbound", "Outbound"] as const;

/** A rule that denies everything, and none after it that allows something. */
const deniesTheRest: Check = ({ props }) => {
  const rules = objects(props["securityRules"]);
  return directions.flatMap((direction) => {
    const own = rules.filter((rule) => rule["direction"] === direction);
    const priority = (rule: Props) => Number(rule["priority"]);
    const final = own.filter(deniesEverything).map(priority);
    const last = Math.max(0, ...own.filter(({ access }) => access === "Allow").map(priority));
    return unless(
      final.some((denial) => denial > last),
      `no ${direction} rule denies all the rest, so Azure's default rules let pass what a peering, a NAT gateway or a load ` +
        "balancer brings; end with one that denies everything",
    );
  });
};

function deniesEverything(rule: Props): boolean {
  const ends = [
    ...["sourceAddressPrefix", "sourcePortRange"],
    ...["destinationAddressPrefix", "destinationPortRange"],
  ];
  return rule["access"] === "Deny" && rule["protocol"] === "*" && ends.every((end) => rule[end] === "*");
}

export const finalDenials: ResourceRule = {
  kind: "resource",
  name: "final-denials",
  description: "A security group in Azure denies, last, everything that it does not allow, out and in.",
  checks: { "azure-native:network:NetworkSecurityGroup": deniesTheRest },
};
