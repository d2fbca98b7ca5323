import { covers, isNetwork, overlap, prefixLength } from "../../../model/addresses";
import type { Props, Refusal } from "../../../model/recording";
import { awsTypes } from "../../../model/resourceTypes";
import { knownStrings, text } from "../../../model/values";
import type { CloudView, ResourceRecord } from "../../cloudType";
import { address, awsImpacts, none } from "../../impact";
import { aboutMinutes, refuseIf, words } from "../../rules";
import { numberOf } from "../../seeds";
import { regionOf } from "../aws";
import { ec2Actions, ec2Errors, ec2Id, ec2Outputs, ec2Replaces, ec2Tags } from "./ec2";
import { replaceVpc, vpcReference } from "./references";
import { refuseZone, usualZones } from "./zones";

const docs = "https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html";
const sizes = "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html";
const replaces = ec2Replaces(
  "vpc_subnet",
  `availabilityZone availabilityZoneId cidrBlock ipv4IpamPoolId ipv4NetmaskLength ipv6IpamPoolId ipv6Native
    ipv6NetmaskLength outpostArn vpcId`,
);

export const subnet: ResourceRecord = {
  properties: words(`
    assignIpv6AddressOnCreation availabilityZone availabilityZoneId cidrBlock customerOwnedIpv4Pool enableDns64
    enableLniAtDeviceIndex enableResourceNameDnsARecordOnLaunch enableResourceNameDnsAaaaRecordOnLaunch
    ipv4IpamPoolId ipv4NetmaskLength ipv6CidrBlock ipv6IpamPoolId ipv6Native ipv6NetmaskLength
    mapCustomerOwnedIpOnLaunch mapPublicIpOnLaunch outpostArn privateDnsHostnameTypeOnLaunch region tags.* vpcId`),
  required: ["vpcId"],
  replaces,
  references: { vpcId: { ...vpcReference, inUse: "DependencyViolation" } },
  decides: ["path"],
  permissions: {
    create: ["ec2:CreateSubnet", "ec2:CreateTags", "ec2:ModifySubnetAttribute"],
    read: ["ec2:DescribeSubnets"],
    update: ["ec2:ModifySubnetAttribute", ...ec2Tags],
    delete: ["ec2:DeleteSubnet", "ec2:DescribeNetworkInterfaces"],
    source: ec2Actions,
  },
  impact: awsImpacts({
    create: none("an empty subnet", docs),
    replace: address("the endpoint's address in it is replaced, and its id is an output", docs),
    replaces,
  }),
  create: aboutMinutes(0.1, "a subnet exists within seconds"),
  update: aboutMinutes(0.1, "a subnet changes within seconds"),
  delete: aboutMinutes(0.1, "an empty subnet is deleted within seconds"),
  refuse: (inputs, cloud, { id }) => [...refuseZone(inputs, cloud), ...refuseRange(inputs, cloud, id)],
  id: ec2Id("subnet"),
  outputs: (inputs, cloud, subject) => {
    // Without one, AWS picks a zone.
    const zones = cloud.awsZones ?? usualZones(regionOf(inputs, cloud));
    const picked = zones[numberOf(`${subject.seed}/zone`, Math.max(1, zones.length))] ?? "";
    const zone = text(inputs, "availabilityZone") ?? picked;
    return {
      ...ec2Outputs("subnet", inputs, cloud, subject),
      ownerId: cloud.accountId,
      availabilityZone: zone,
      availabilityZoneId: `${zoneIdPrefix(zone)}-az${1 + numberOf(`${cloud.accountId}/${zone}`, 4)}`,
      mapPublicIpOnLaunch: inputs["mapPublicIpOnLaunch"] ?? false,
    };
  },
};

/** `ap-northeast-1a` → `apne1`, the way AWS shortens its regions. */
function zoneIdPrefix(zone: string): string {
  const [area = "", direction = "", rest = ""] = zone.split("-");
  const short = direction.match(/north|south|east|west|central/g) ?? [];
  return `${area}${short.map((part) => part[0] ?? "").join("")}${rest.slice(0, 1)}`;
}

function refuseRange(inputs: Props, cloud: CloudView, id: string | undefined): readonly Refusal[] {
  const range = text(inputs, "cidrBlock");
  if (range === undefined) return [];
  const whole = text(cloud.find(awsTypes.vpc, text(inputs, "vpcId") ?? "")?.inputs, "cidrBlock");
  const siblings = cloud
    .all(awsTypes.subnet)
    .filter((other) => other.id !== id && other.inputs["vpcId"] === inputs["vpcId"]);
  const fits = isNetwork(range) && prefixLength(range) >= 16 && prefixLength(range) <= 28;
  return [
    ...refuseIf(!fits || (whole !== undefined && !covers(whole, range)), {
      code: "InvalidSubnet.Range",
      message: `the CIDR '${range}' is invalid: a subnet is a network of /16 to /28 within ${whole ?? "its VPC"}`,
      property: "cidrBlock",
      source: `${ec2Errors} ; ${sizes}`,
    }),
    ...siblings
      .filter((other) => knownStrings(other.inputs, "cidrBlock").some((taken) => overlap(taken, range)))
      .map((other) => ({
        code: "InvalidSubnet.Conflict",
        message: `the CIDR '${range}' conflicts with ${other.id}`,
        heldBy: other.urn,
        procedure: replaceVpc,
        property: "cidrBlock",
        source: ec2Errors,
      })),
  ];
}
