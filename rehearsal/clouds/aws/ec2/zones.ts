import type { Props, Refusal } from "../../../model/recording";
import { text } from "../../../model/values";
import type { CloudView } from "../../cloudType";
import { refuseIf, words } from "../../rules";
import { regionOf } from "../aws";
import { ec2Errors } from "./ec2";

/**
 * The commercial regions by the letters of their zones, as new accounts see them.
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
 */
const regionsByZones = {
  abc: `
    af-south-1 ap-east-1 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3
    ap-southeast-4 ap-southeast-5 ap-southeast-7 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2
    eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-east-2`,
  abcd: "ap-northeast-2 us-west-2",
  abcdef: "us-east-1",
  abd: "ca-central-1",
  ac: "us-west-1",
  acd: "ap-northeast-1",
};

/** The zones of a region; none of one that does not exist. */
export function zonesOf(region: string): readonly string[] {
  const found = Object.entries(regionsByZones).find(([, regions]) => words(regions).includes(region));
  return (found?.[0] ?? "").split("").map((letter) => `${region}${letter}`);
}

export function refuseRegion(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const region = regionOf(inputs, cloud);
  return refuseIf(zonesOf(region).length === 0, {
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
