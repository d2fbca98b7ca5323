import type { Props, Refusal } from "../../../model/recording";
import { text } from "../../../model/values";
import type { CloudView } from "../../cloudType";
import { refuseIf } from "../../rules";
import { regionOf } from "../aws";
import { ec2Errors } from "./ec2";

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

/** An unknown region, or a zone of another one. */
export function refuseZone(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const zone = text(inputs, "availabilityZone");
  const zones = zonesOf(regionOf(inputs, cloud));
  return [
    ...refuseRegion(inputs, cloud),
    ...refuseIf(zone !== undefined && zones.length > 0 && !zones.includes(zone), {
      code: "InvalidParameterValue",
      message: `value (${zone ?? ""}) for parameter availabilityZone is invalid: use one of ${zones.join(", ")}`,
      property: "availabilityZone",
      source: ec2Errors,
    }),
  ];
}
