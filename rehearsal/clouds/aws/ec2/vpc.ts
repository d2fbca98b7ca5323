import { isNetwork, prefixLength } from "../../../model/addresses";
import type { Refusal } from "../../../model/recording";
import { isTrue, text } from "../../../model/values";
import type { ResourceRecord } from "../../cloudType";
import { access, address, awsImpacts, none } from "../../impact";
import { aboutMinutes, each, refuseIf, words } from "../../rules";
import { hexOf } from "../../seeds";
import { ec2Actions, ec2Errors, ec2Id, ec2Outputs, ec2Replaces, ec2Tags } from "./ec2";
import { refuseRegion } from "./zones";

const docs = "https://docs.aws.amazon.com/vpc/latest/userguide/configure-your-vpc.html";
const tenancy = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcTenancy.html";
const sizes = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html";
const replaces = ec2Replaces("vpc_", "cidrBlock instanceTenancy ipv4IpamPoolId ipv4NetmaskLength");

export const vpc: ResourceRecord = {
  properties: words(`
    assignGeneratedIpv6CidrBlock cidrBlock enableDnsHostnames enableDnsSupport enableNetworkAddressUsageMetrics
    instanceTenancy ipv4IpamPoolId ipv4NetmaskLength ipv6CidrBlock ipv6CidrBlockNetworkBorderGroup ipv6IpamPoolId
    ipv6NetmaskLength region tags.*`),
  required: [],
  replaces,
  // Dedicated becomes default in place, and nothing else does.
  inPlace: (olds, news) => {
    const [old, now] = [olds, news].map((inputs) => text(inputs, "instanceTenancy") ?? "default");
    return now === "default" && (old === "dedicated" || old === now) ? ["instanceTenancy"] : [];
  },
  decides: ["path"],
  permissions: {
    create: ["ec2:CreateTags", "ec2:CreateVpc", "ec2:ModifyVpcAttribute"],
    // It also looks up what every VPC has from the start: its network ACL, route table and security group.
    read: [
      "ec2:DescribeNetworkAcls",
      "ec2:DescribeRouteTables",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeVpcAttribute",
      "ec2:DescribeVpcs",
    ],
    update: ["ec2:ModifyVpcAttribute", ...ec2Tags],
    delete: ["ec2:DeleteVpc"],
    source: ec2Actions,
  },
  impact: awsImpacts({
    create: none("an empty network", docs),
    replace: address("everything in the VPC is replaced with it, and its id is an output", docs),
    replaces,
    properties: {
      ...each(
        "enableDnsHostnames enableDnsSupport",
        access("names inside the VPC resolve differently", docs),
      ),
      instanceTenancy: none("only machines that are launched from then on are affected", tenancy),
    },
  }),
  create: aboutMinutes(0.2, "a VPC exists within seconds, its DNS attributes a little later"),
  update: aboutMinutes(0.2, "DNS attributes change within seconds"),
  delete: aboutMinutes(0.1, "an empty VPC is deleted at once"),
  refuse: (inputs, cloud) => [
    ...refuseRegion(inputs, cloud),
    ...refuseRange(text(inputs, "cidrBlock")),
    ...refuseIf(isTrue(inputs, "enableDnsHostnames") && inputs["enableDnsSupport"] === false, {
      code: "InvalidParameterCombination",
      message: "DNS host names need DNS support",
      property: "enableDnsHostnames",
      source: "https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html",
    }),
  ],
  id: ec2Id("vpc"),
  outputs: (inputs, cloud, subject) => ({
    ...ec2Outputs("vpc", inputs, cloud, subject),
    ownerId: cloud.accountId,
    enableDnsSupport: inputs["enableDnsSupport"] ?? true,
    enableDnsHostnames: inputs["enableDnsHostnames"] ?? false,
    instanceTenancy: inputs["instanceTenancy"] ?? "default",
    mainRouteTableId: `rtb-0${hexOf(`${subject.seed}/main`, 16)}`,
    defaultRouteTableId: `rtb-0${hexOf(`${subject.seed}/main`, 16)}`,
    defaultSecurityGroupId: `sg-0${hexOf(`${subject.seed}/default`, 16)}`,
    defaultNetworkAclId: `acl-0${hexOf(`${subject.seed}/acl`, 16)}`,
    dhcpOptionsId: `dopt-0${hexOf(`${cloud.accountId}/dhcp`, 16)}`,
  }),
};

function refuseRange(range: string | undefined): readonly Refusal[] {
  if (range === undefined) return [];
  return refuseIf(!isNetwork(range) || prefixLength(range) < 16 || prefixLength(range) > 28, {
    code: "InvalidVpc.Range",
    message: `the CIDR '${range}' is invalid: a VPC is a network of /16 to /28`,
    property: "cidrBlock",
    source: `${ec2Errors} ; ${sizes}`,
  });
}
