import { matches } from "./rule";

/** `ap-northeast-1`, `us-gov-west-1`. New regions appear yearly: the form is checked, never a list of names. */
export const regionRule = matches(/^[a-z]{2}(-[a-z]+)+-\d+$/, (region) => ({
  rule: "it is not the name of an AWS region",
  fix: /^[a-z]+\d*$/.test(region)
    ? "write the AWS region, as ap-northeast-1; Azure's goes into azure-native:location"
    : "write it as ap-northeast-1, without a zone's letter",
}));

/** Azure shows `Japan East` and stores `japaneast`; the shown name would read back as a change. */
export const locationRule = matches(/^[a-z]+\d*$/, (location) => ({
  rule: "it is not the short form of an Azure region's name",
  fix: /^[A-Za-z][A-Za-z ]*\d*$/.test(location)
    ? `use ${location.replaceAll(" ", "").toLowerCase()}`
    : "write it as japaneast (az account list-locations shows all)",
}));

/** Availability zones only: local and wavelength zones have no interface endpoints and VPN gateways. */
export const zoneRule = matches(/^[a-z]{2}(-[a-z]+)+-\d+[a-h]$/, (zone) => ({
  rule: "it is not the name of an availability zone",
  fix: /-az\d+$/.test(zone)
    ? "use the name, as ap-northeast-1a, instead of the zone id"
    : "write it as ap-northeast-1a",
}));

/** The part of AWS with accounts and ARNs of its own. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function partitionOf(region: string): "aws" | "aws-cn" | "aws-us-gov" {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
