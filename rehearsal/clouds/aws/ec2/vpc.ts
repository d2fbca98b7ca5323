import { covers, isNetwork, overlap, prefixLength } from "../../../model/addresses";
import type { Props, Refusal } from "../../../model/recording";
import {
  arnOf,
  ec2Errors,
  ec2Id,
  forceNew,
  refuseRegion,
  regional,
  regionOf,
  tagsAll,
  vpcReference,
  zonesOf,
} from "../aws";
import { awsEndpoint } from "./vpcEndpoint";
import { awsFlowLog } from "./flowLog";
import { awsRouting } from "./routeTable";
import { awsSecurityGroups } from "./securityGroup";
import type { CloudType, CloudView } from "../../cloudType";
import { aboutMinutes, each, refuseIf, words } from "../../rules";
import { hexOf, numberOf } from "../../seeds";
import { isTrue, knownStrings, text } from "../../../model/values";

const vpc = "aws:ec2/vpc:Vpc";
const subnet = "aws:ec2/subnet:Subnet";
const vpcSizes = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html";
const subnetSizes = "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html";

export const awsVpc: Readonly<Record<string, CloudType>> = {
  ...awsRouting,
  ...awsSecurityGroups,
  ...awsEndpoint,
  ...awsFlowLog,
  [vpc]: {
    properties: words(`
      assignGeneratedIpv6CidrBlock cidrBlock enableDnsHostnames enableDnsSupport enableNetworkAddressUsageMetrics
      instanceTenancy ipv4IpamPoolId ipv4NetmaskLength ipv6CidrBlock ipv6CidrBlockNetworkBorderGroup ipv6IpamPoolId
      ipv6NetmaskLength region tags.*`),
    required: [],
    replaces: { ...regional, ...each("cidrBlock ipv4IpamPoolId ipv4NetmaskLength", forceNew("ec2/vpc_")) },
    create: aboutMinutes(0.2, "a VPC is there within seconds, its DNS attributes a little later"),
    update: aboutMinutes(0.2, "DNS attributes change within seconds"),
    delete: aboutMinutes(0.1, "an empty VPC goes at once"),
    refuse: (inputs, cloud) => [
      ...refuseRegion(inputs, cloud),
      ...refuseVpcRange(text(inputs, "cidrBlock")),
      ...refuseIf(isTrue(inputs, "enableDnsHostnames") && inputs["enableDnsSupport"] === false, {
        code: "InvalidParameterCombination",
        message: "DNS host names need DNS support",
        property: "enableDnsHostnames",
        source: "https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html",
      }),
    ],
    id: ec2Id("vpc"),
    outputs: (inputs, cloud, { seed, id }) => ({
      ...tagsAll(inputs),
      arn: arnOf("ec2", inputs, cloud, `vpc/${id}`),
      region: regionOf(inputs, cloud),
      ownerId: cloud.accountId,
      enableDnsSupport: inputs["enableDnsSupport"] ?? true,
      enableDnsHostnames: inputs["enableDnsHostnames"] ?? false,
      instanceTenancy: inputs["instanceTenancy"] ?? "default",
      mainRouteTableId: `rtb-0${hexOf(`${seed}/main`, 16)}`,
      defaultRouteTableId: `rtb-0${hexOf(`${seed}/main`, 16)}`,
      defaultSecurityGroupId: `sg-0${hexOf(`${seed}/default`, 16)}`,
      defaultNetworkAclId: `acl-0${hexOf(`${seed}/acl`, 16)}`,
      dhcpOptionsId: `dopt-0${hexOf(`${cloud.accountId}/dhcp`, 16)}`,
    }),
  },
  [subnet]: {
    properties: words(`
      assignIpv6AddressOnCreation availabilityZone availabilityZoneId cidrBlock customerOwnedIpv4Pool enableDns64
      enableLniAtDeviceIndex enableResourceNameDnsARecordOnLaunch enableResourceNameDnsAaaaRecordOnLaunch
      ipv4IpamPoolId ipv4NetmaskLength ipv6CidrBlock ipv6IpamPoolId ipv6Native ipv6NetmaskLength
      mapCustomerOwnedIpOnLaunch mapPublicIpOnLaunch outpostArn privateDnsHostnameTypeOnLaunch region tags.* vpcId`),
    required: ["vpcId"],
    replaces: {
      ...regional,
      ...each(
        "availabilityZone availabilityZoneId cidrBlock ipv4IpamPoolId ipv4NetmaskLength ipv6IpamPoolId ipv6Native ipv6NetmaskLength outpostArn vpcId",
        forceNew("ec2/vpc_subnet"),
      ),
    },
    references: { vpcId: vpcReference },
    create: aboutMinutes(0.1, "a subnet is there within seconds"),
    update: aboutMinutes(0.1, "a subnet changes within seconds"),
    delete: aboutMinutes(0.1, "an empty subnet goes within seconds"),
    refuse: (inputs, cloud, { id }) => [
      ...refuseRegion(inputs, cloud),
      ...refuseZone(inputs, cloud),
      ...refuseSubnetRange(inputs, cloud, id),
    ],
    id: ec2Id("subnet"),
    outputs: (inputs, cloud, { seed, id }) => {
      // Left alone, AWS picks a zone.
      const zones = zonesOf(regionOf(inputs, cloud));
      const zone =
        text(inputs, "availabilityZone") ?? zones[numberOf(`${seed}/zone`, Math.max(1, zones.length))] ?? "";
      return {
        ...tagsAll(inputs),
        arn: arnOf("ec2", inputs, cloud, `subnet/${id}`),
        region: regionOf(inputs, cloud),
        ownerId: cloud.accountId,
        availabilityZone: zone,
        availabilityZoneId: `${zoneIdPrefix(zone)}-az${1 + numberOf(`${cloud.accountId}/${zone}`, 4)}`,
        mapPublicIpOnLaunch: inputs["mapPublicIpOnLaunch"] ?? false,
      };
    },
  },
};

/** `ap-northeast-1a` → `apne1`, the way AWS shortens its regions. */
function zoneIdPrefix(zone: string): string {
  const [area = "", direction = "", rest = ""] = zone.split("-");
  const short = direction.match(/north|south|east|west|central/g) ?? [];
  return `${area}${short.map((part) => part[0] ?? "").join("")}${rest.slice(0, 1)}`;
}

function refuseVpcRange(range: string | undefined): readonly Refusal[] {
  if (range === undefined) return [];
  return refuseIf(!isNetwork(range) || prefixLength(range) < 16 || prefixLength(range) > 28, {
    code: "InvalidVpc.Range",
    message: `the CIDR '${range}' is invalid: a VPC is a network of /16 to /28`,
    property: "cidrBlock",
    source: `${ec2Errors} ; ${vpcSizes}`,
  });
}

function refuseZone(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const zone = text(inputs, "availabilityZone");
  const zones = zonesOf(regionOf(inputs, cloud));
  return refuseIf(zone !== undefined && zones.length > 0 && !zones.includes(zone), {
    code: "InvalidParameterValue",
    message: `value (${zone ?? ""}) for parameter availabilityZone is invalid: use one of ${zones.join(", ")}`,
    property: "availabilityZone",
    source: ec2Errors,
  });
}

function refuseSubnetRange(inputs: Props, cloud: CloudView, id: string | undefined): readonly Refusal[] {
  const range = text(inputs, "cidrBlock");
  if (range === undefined) return [];
  const whole = text(cloud.find(vpc, text(inputs, "vpcId") ?? "")?.inputs, "cidrBlock");
  const siblings = cloud
    .all(subnet)
    .filter((other) => other.id !== id && other.inputs["vpcId"] === inputs["vpcId"]);
  const fits = isNetwork(range) && prefixLength(range) >= 16 && prefixLength(range) <= 28;
  return [
    ...refuseIf(!fits || (whole !== undefined && !covers(whole, range)), {
      code: "InvalidSubnet.Range",
      message: `the CIDR '${range}' is invalid: a subnet is a network of /16 to /28 within ${whole ?? "its VPC"}`,
      property: "cidrBlock",
      source: `${ec2Errors} ; ${subnetSizes}`,
    }),
    ...siblings
      .filter((other) => knownStrings(other.inputs, "cidrBlock").some((taken) => overlap(taken, range)))
      .map((other) => ({
        code: "InvalidSubnet.Conflict",
        message: `the CIDR '${range}' conflicts with ${other.id}`,
        property: "cidrBlock",
        source: ec2Errors,
      })),
  ];
}
