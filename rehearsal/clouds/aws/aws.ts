import type { Props, Refusal } from "../../model/recording";
import type { CloudPlace, CloudView, Reference } from "../cloudType";
import { refuseIf } from "../rules";
import { hexOf } from "../seeds";
import { isProps, text } from "../../model/values";

export const ec2Errors = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html";

/** Where a property is marked as forcing replacement: `ForceNew` in the schema that @pulumi/aws is generated from. */
export function forceNew(file: string): string {
  return `https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/${file}.go (ForceNew)`;
}

/** Every regional resource is replaced when its `region` changes. */
export const regional: Readonly<Record<string, string>> = {
  region: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support",
};

export function regionOf(inputs: Props, cloud: CloudPlace): string {
  return text(inputs, "region") ?? cloud.region;
}

export function arnOf(service: string, inputs: Props, cloud: CloudPlace, resource: string): string {
  return `arn:aws:${service}:${regionOf(inputs, cloud)}:${cloud.accountId}:${resource}`;
}

/** An id as EC2 gives it, as `vpc-0` and sixteen digits. */
export function ec2Id(
  prefix: string,
): (inputs: Props, cloud: CloudPlace, subject: { seed: string }) => string {
  return (_inputs, _cloud, { seed }) => `${prefix}-0${hexOf(`${seed}/${prefix}`, 16)}`;
}

/** The provider adds its default tags to a resource's own; it has none here. */
export function tagsAll(inputs: Props): Props {
  return { tagsAll: isProps(inputs["tags"]) ? inputs["tags"] : {} };
}

export const vpcReference: Reference = {
  types: ["aws:ec2/vpc:Vpc"],
  missing: "InvalidVpcID.NotFound",
  inUse: "DependencyViolation",
  source: ec2Errors,
};
export const subnetReference: Reference = {
  types: ["aws:ec2/subnet:Subnet"],
  missing: "InvalidSubnetID.NotFound",
  inUse: "DependencyViolation",
  source: ec2Errors,
};
export const routeTableReference: Reference = {
  types: ["aws:ec2/routeTable:RouteTable"],
  missing: "InvalidRouteTableID.NotFound",
  source: ec2Errors,
};

/**
 * Zone letters of each commercial region, as new accounts see them.
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
 */
const zonesByRegion: Readonly<Record<string, string>> = {
  "af-south-1": "abc",
  "ap-east-1": "abc",
  "ap-northeast-1": "acd",
  "ap-northeast-2": "abcd",
  "ap-northeast-3": "abc",
  "ap-south-1": "abc",
  "ap-south-2": "abc",
  "ap-southeast-1": "abc",
  "ap-southeast-2": "abc",
  "ap-southeast-3": "abc",
  "ap-southeast-4": "abc",
  "ap-southeast-5": "abc",
  "ap-southeast-7": "abc",
  "ca-central-1": "abd",
  "ca-west-1": "abc",
  "eu-central-1": "abc",
  "eu-central-2": "abc",
  "eu-north-1": "abc",
  "eu-south-1": "abc",
  "eu-south-2": "abc",
  "eu-west-1": "abc",
  "eu-west-2": "abc",
  "eu-west-3": "abc",
  "il-central-1": "abc",
  "me-central-1": "abc",
  "me-south-1": "abc",
  "mx-central-1": "abc",
  "sa-east-1": "abc",
  "us-east-1": "abcdef",
  "us-east-2": "abc",
  "us-west-1": "ac",
  "us-west-2": "abcd",
};

export function zonesOf(region: string): readonly string[] {
  return (zonesByRegion[region] ?? "").split("").map((letter) => `${region}${letter}`);
}

export function refuseRegion(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const region = regionOf(inputs, cloud);
  return refuseIf(zonesByRegion[region] === undefined, {
    code: "InvalidRegion",
    message: `'${region}' is not an AWS region`,
    property: "region",
    source:
      "https://registry.terraform.io/providers/hashicorp/aws/latest/docs : the provider validates regions itself",
  });
}
