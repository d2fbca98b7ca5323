import type { Props, Refusal } from "../../../model/recording";
import { text } from "../../../model/values";
import type { CloudPlace, CloudView } from "../../cloudType";
import { refuseIf, words } from "../../rules";
import { regionOf } from "../aws";
import { ec2Errors } from "./ec2";
import { awsProviderPage } from "../../pins";

/**
 * Regions by the letters of their zones, as new accounts see them: from these AWS picks where nobody names one.
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

/** A region of the partition that the simulated account belongs to. New ones open every year: the form decides. */
const regionForm = /^(?!cn-|us-gov-|us-iso|eu-isoe-|eusc-)[a-z]{2}(-[a-z]+)+-\d+$/;

/** The zones that AWS picks from in a region. */
export function usualZones(region: string): readonly string[] {
  const found = Object.entries(regionsByZones).find(([, regions]) => words(regions).includes(region));
  return (found?.[0] ?? "a").split("").map((letter) => `${region}${letter}`);
}

/** The zones of the account; letters differ from account to account, and one of which nothing is said has them all. */
export function accountZones(region: string, { awsZones }: CloudPlace): readonly string[] {
  return awsZones ?? "abcdefghijklmnopqrstuvwxyz".split("").map((letter) => `${region}${letter}`);
}

export function refuseRegion(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const region = regionOf(inputs, cloud);
  return refuseIf(!regionForm.test(region), {
    code: "InvalidRegion",
    message: `'${region}' is not an AWS region of this account's partition`,
    property: "region",
    source: `${awsProviderPage("index")} : the provider validates regions itself`,
  });
}

/** A region of another partition, or a zone of another region or account. */
export function refuseZone(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const zone = text(inputs, "availabilityZone");
  const zones = accountZones(regionOf(inputs, cloud), cloud);
  return [
    ...refuseRegion(inputs, cloud),
    ...refuseIf(zone !== undefined && !zones.includes(zone), {
      code: "InvalidParameterValue",
      message: `value (${zone ?? ""}) for parameter availabilityZone is invalid: use one of ${zones.join(", ")}`,
      property: "availabilityZone",
      source: ec2Errors,
    }),
  ];
}
